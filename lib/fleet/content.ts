import type { Course } from './time/course';

/** A value at a moment (seconds since 1970); undefined: the series is not there then. */
export type Value = (time: number) => number | undefined;

/** A value that is always there. */
export type Amount = (time: number) => number;

/** A counter: the integral of its pace since the program, or what else counts, started. */
export interface Counted {
  readonly kind: 'counted';
  /** Per second. */
  readonly pace: Course;
  /** Whose start it begins at: the program's, or the machine's for what a kernel counts. */
  readonly since: 'program' | 'machine';
}

/** Things that are observed one by one: a histogram or a summary. */
export interface Observed {
  readonly kind: 'observed';
  /** Their counts and sums are added up: what is observed while all is well, and what is while it is not. */
  readonly phases: readonly Phase[];
}

/** Observations a second, and a typical one in the metric's unit. */
export interface Phase {
  readonly pace: Course;
  readonly typical: number;
}

/** What a series holds: a number that stays, a value at each moment, a counter, observations. */
export type Content = number | Value | Counted | Observed;

/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** Several series of a metric, with the labels that tell them apart; labels that are not given are filled in. */
export type Series = readonly (readonly [Labels, Content])[];

/** The series of a metric: one, or several. */
export type Rows = Content | Series;

/** Counts what happens at a pace (per second) since the program started. */
export const counted = (pace: Course, since: Counted['since'] = 'program'): Counted => ({
  kind: 'counted',
  pace,
  since,
});

/** Observes at a pace (per second) things of a typical size or length. */
export const observed = (pace: Course, typical: number): Observed => ({
  kind: 'observed',
  phases: [{ pace, typical }],
});

/** What a course is at each moment. */
export const level =
  (course: Course): Amount =>
  (time) =>
    course.at(time);

/** The same in whole numbers. */
export const whole =
  (course: Course): Amount =>
  (time) =>
    Math.round(course.at(time));

/** When 2026 began, in seconds since 1970: what is kept through restarts is counted from then. */
export const beginning = Date.UTC(2026, 0, 1) / 1000;

/** A number of things that grows by so many a day and was `base` when 2026 began: what a database holds, which no restart takes away. */
export const grown =
  (base: number, perDay: number): Amount =>
  (time) =>
    Math.max(0, Math.floor(base + (perDay * (time - beginning)) / 86_400));

/** The last moment at which something happened that happens every `period` seconds. */
export const lastOf =
  (period: number, offset = 0): Amount =>
  (time) =>
    Math.floor((time - offset) / period) * period + offset;
