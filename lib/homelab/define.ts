import { recordedCatalogs, type Catalogs } from './catalogs';
import { checkHomelab } from './check';
import type { Homelab } from './homelab';
import { HomelabError } from './homelab-error';

/**
 * The homelab, checked and frozen. Throws a `HomelabError` that names everything that is wrong, not only the first.
 *
 * @example
 * export default defineHomelab({ hosts: [{ name: 'nas', address: '192.168.1.10' }] });
 */
export const defineHomelab = (homelab: Homelab): Homelab => define(homelab, current);

/** The same for what need not be one, with these catalogs. */
export const define = (homelab: unknown, catalogs: Catalogs): Homelab => {
  const problems = checkHomelab(homelab, catalogs);
  if (problems.length > 0) throw new HomelabError(problems);
  const sound = freeze(homelab as Homelab);
  defined.set(sound, catalogs);
  return sound;
};

const defined = new WeakMap<object, Catalogs>();

/** Whether this very object was checked and frozen before. */
export const isDefined = (value: unknown): value is Homelab =>
  typeof value === 'object' && value !== null && defined.has(value);

/** The catalogs that the homelab was checked with. */
export const catalogsOf = (homelab: Homelab): Catalogs => defined.get(homelab) ?? recordedCatalogs;

// A homelab file calls `defineHomelab` while it is loaded, and cannot know which folder it is in.
let current = recordedCatalogs;

/** Runs something during which `defineHomelab` knows these catalogs. */
export const withCatalogs = <Result>(catalogs: Catalogs, run: () => Result): Result => {
  const before = current;
  current = catalogs;
  try {
    return run();
  } finally {
    current = before;
  }
};

const freeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
};
