import type { World } from '../rule';
import type { Recording } from '../subject';

const byName = new WeakMap<World, ReadonlyMap<string, Recording>>();

/** The recording rules linted together, by the metric that they write. */
export const recordingsByName = (world: World): ReadonlyMap<string, Recording> => {
  const before = byName.get(world);
  if (before) return before;
  const made = new Map(world.recordings.map((recording) => [recording.name, recording]));
  byName.set(world, made);
  return made;
};
