import type { Place } from '../place';
import { isIn } from '../time/course';
import { windowsOf } from '../world/world';

/** Whom Prowlarr asks. */
export const indexers = ['Indexer One', 'Indexer Two', 'Indexer Three'] as const;

/** Searches of one indexer, and those that failed: nine in ten while it fails. Exportarr calls these totals gauges. */
export const searches = (place: Place, index: number) => {
  const age = (time: number): number => time - place.lives.program(time);
  const pace = 0.01 * (3 - index);
  const { world, service } = place;
  const windows = [
    ...(index === 0 ? windowsOf(world, 'indexer-failing', service) : []),
    ...windowsOf(world, 'indexers-down', service),
  ];
  const failingFor = (time: number): number =>
    windows.reduce((total, { from, to }) => total + Math.max(0, Math.min(time, to) - from), 0);
  return {
    queries: (time: number) => Math.floor(age(time) * pace),
    failed: (time: number) => Math.floor(failingFor(time) * pace * 0.9),
    isFailing: (time: number) => windows.some((window) => isIn(window, time)),
  };
};
