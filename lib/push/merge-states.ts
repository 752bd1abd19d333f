import { sameObject } from './next-state';
import type { BaseObject } from './object';

type Objects = ReadonlyMap<string, BaseObject>;

/** What we changed since we read, on top of what is there now: another push may have written meanwhile. */
export const mergeStates = (read: Objects | undefined, ours: Objects, now: Objects | undefined): Objects => {
  const merged = new Map(now);
  for (const id of read?.keys() ?? []) if (!ours.has(id)) merged.delete(id);
  for (const [id, object] of ours) {
    const before = read?.get(id);
    if (!before || !sameObject(before, object)) merged.set(id, object);
  }
  return merged;
};
