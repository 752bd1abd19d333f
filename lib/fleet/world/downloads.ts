import { daily, during, scaled, steady, sum, wave, type Course } from '../time/course';
import { appOf, isSecond, windowsOf, type World } from './world';

/** What a download client, or an app that gives it work, does. */
export interface Downloads {
  /** Things that are being downloaded. */
  readonly queue: Course;
  /** Things in the queue that need somebody. */
  readonly stuck: Course;
  /** Bytes a second. */
  readonly speed: Course;
}

/** What seldom brings anything new. */
const rare: readonly (string | null)[] = ['lidarr', 'readarr', 'whisparr'];

/** The downloads of one app or client: a few at any time, more in the evening when new episodes appear. */
export const downloadsOf = (world: World, service: string): Downloads => {
  const stalled = windowsOf(world, 'download-stalled', service);
  const stuck = windowsOf(world, 'queue-stuck', service);
  const seed = `${world.seed} downloads ${service}`;
  const isQuiet = rare.includes(appOf(world.homelab, service)) || isSecond(world, service);
  const usual = isQuiet ? daily(19, 23) : sum(steady(2), scaled(daily(19, 23), 3));
  return {
    queue: during(stuck, usual, steady(14)),
    stuck: during(stuck, steady(0), steady(9)),
    speed: during(stalled, wave(seed, { mean: 3.5e6, day: 0.4, noise: 0.3 }), steady(0)),
  };
};
