import type { Labels, Series } from '../proof/prometheus';

/** How an alert waits, in seconds. */
export interface Waits {
  readonly for: number;
  readonly keepFiring: number;
}

/** One alert of one rule from the evaluation at which its condition holds first to the one at which it is over. */
export interface Course {
  readonly labels: Labels;
  /** Seconds since 1970. */
  readonly pendingFrom: number;
  /** Absent: its condition did not hold long enough. */
  readonly firingFrom?: number;
  /** Absent: it is not over at the last evaluation. */
  readonly until?: number;
}

/**
 * What becomes of a rule whose condition was asked at every evaluation from `start` to `end`: `for` and `keep_firing_for` as
 * Prometheus applies them (`rules/alerting.go`, `AlertingRule.Eval`). A series is an alert.
 */
export const coursesOf = (
  condition: readonly Series[],
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  waits: Waits,
): readonly Course[] =>
  condition
    .flatMap(({ labels, samples }) => {
      const { __name__: _, ...own } = labels;
      return stretches(new Set(samples.map(([time]) => time)), { start, end, step }, waits).map((stretch) => ({
        labels: own,
        ...stretch,
      }));
    })
    .sort((a, b) => a.pendingFrom - b.pendingFrom);

type Stretch = Omit<Course, 'labels'>;

const stretches = (
  holds: ReadonlySet<number>,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  { for: wait, keepFiring }: Waits,
): readonly Stretch[] => {
  const found: Stretch[] = [];
  let now: { pendingFrom: number; firingFrom?: number } | undefined;
  let keptSince: number | undefined;
  for (let time = start; time <= end; time += step) {
    if (holds.has(time)) {
      keptSince = undefined;
      now ??= { pendingFrom: time };
      if (now.firingFrom === undefined && time - now.pendingFrom >= wait) now.firingFrom = time;
      continue;
    }
    if (!now) continue;
    if (now.firingFrom !== undefined && keepFiring > 0) {
      keptSince ??= time;
      if (time - keptSince < keepFiring) continue;
    }
    found.push({ ...now, until: time });
    now = keptSince = undefined;
  }
  return now ? [...found, now] : found;
};
