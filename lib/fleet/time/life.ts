import { fractionOf } from './seed';

/** When a program, or a machine, started last: its counters begin there. */
export type Life = (time: number) => number;

const day = 86_400;

/**
 * A life that begins anew every so many days, shortly after four in the morning (UTC), as after nightly updates, and at the
 * moments given. Lives of other seeds begin on other days.
 */
export const lifeOf = (seed: string, days: number, restarts: readonly number[] = []): Life => {
  const period = days * day;
  const phase = Math.floor(fractionOf(`${seed} day`) * days) * day + 4 * 3_600 + fractionOf(`${seed} minute`) * 1_800;
  return (time) => {
    const regular = Math.floor((time - phase) / period) * period + phase;
    let start = Math.round(regular);
    for (const restart of restarts) if (restart <= time && restart > start) start = restart;
    return start;
  };
};
