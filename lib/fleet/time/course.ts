import { fractionOf } from './seed';

/** A course of something through time (seconds since 1970): what it is at a moment, and its integral, so that a counter needs no replay. */
export interface Course {
  readonly at: (time: number) => number;
  /** The integral since 1970. Never falls while `at` is never negative. */
  readonly total: (time: number) => number;
}

/** From one moment up to, not including, another, in seconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What a wave is made of; shares are of its mean. */
export interface WaveShape {
  readonly mean: number;
  /** How much the evening is above the mean, and the early morning below it. Default 0. */
  readonly day?: number;
  /** How much it moves within an hour. Default 0.1. */
  readonly noise?: number;
  /** Seconds after midnight (UTC) at which it is highest. Default: half past eight in the evening. */
  readonly peak?: number;
}

const day = 86_400;
const turn = 2 * Math.PI;
/** Periods of the noise in seconds: none is a multiple of another, so that it does not repeat within a day. */
const periods = [4_027, 1_153, 389] as const;
const weights = [0.5, 0.3, 0.2] as const;
const evening = 20.5 * 3_600;

/** A course that never changes. */
export const steady = (value: number): Course => ({ at: () => value, total: (time) => value * time });

/** The rhythm of a day with noise on it; never negative while its mean is not. */
export const wave = (seed: string, { mean, day: share = 0, noise = 0.1, peak = evening }: WaveShape): Course => {
  // Together they would else reach below zero.
  const scale = Math.min(1, 1 / Math.max(share + noise, 1e-9));
  const rhythm = mean * share * scale;
  const parts = periods.map((period, index) => ({
    height: mean * noise * scale * (weights[index] ?? 0),
    speed: turn / period,
    phase: turn * fractionOf(`${seed} ${period}`),
  }));
  const [a, b, c] = parts as [Part, Part, Part];
  const pace = turn / day;
  return {
    at: (time) =>
      mean +
      rhythm * Math.cos(pace * (time - peak)) +
      a.height * Math.cos(a.speed * time + a.phase) +
      b.height * Math.cos(b.speed * time + b.phase) +
      c.height * Math.cos(c.speed * time + c.phase),
    total: (time) =>
      mean * time +
      (rhythm / pace) * Math.sin(pace * (time - peak)) +
      (a.height / a.speed) * Math.sin(a.speed * time + a.phase) +
      (b.height / b.speed) * Math.sin(b.speed * time + b.phase) +
      (c.height / c.speed) * Math.sin(c.speed * time + c.phase),
  };
};

interface Part {
  readonly height: number;
  readonly speed: number;
  readonly phase: number;
}

/** The sum of courses. */
export const sum = (...courses: readonly Course[]): Course => ({
  at: (time) => courses.reduce((total, course) => total + course.at(time), 0),
  total: (time) => courses.reduce((total, course) => total + course.total(time), 0),
});

/** A course times a number. */
export const scaled = (course: Course, factor: number): Course => ({
  at: (time) => factor * course.at(time),
  total: (time) => factor * course.total(time),
});

/** A course that is another one in some windows, which do not overlap. */
export const during = (windows: readonly Window[], course: Course, otherwise: Course): Course =>
  windows.length === 0
    ? course
    : {
        at: (time) => (windows.some((window) => isIn(window, time)) ? otherwise : course).at(time),
        total: (time) =>
          windows.reduce((total, { from, to }) => {
            const end = Math.min(time, to);
            if (end <= from) return total;
            return total + otherwise.total(end) - otherwise.total(from) - course.total(end) + course.total(from);
          }, course.total(time)),
      };

/** Whether a moment is in a window. */
export const isIn = ({ from, to }: Window, time: number): boolean => time >= from && time < to;

/** 1 between two hours of each day (UTC), else 0. The hours may be parts of one; the second is later than the first. */
export const daily = (fromHour: number, toHour: number): Course => {
  const [from, to] = [fromHour * 3_600, toHour * 3_600];
  const ofDay = (time: number): number => ((time % day) + day) % day;
  return {
    at: (time) => Number(ofDay(time) >= from && ofDay(time) < to),
    total: (time) => Math.floor(time / day) * (to - from) + Math.min(Math.max(ofDay(time) - from, 0), to - from),
  };
};
