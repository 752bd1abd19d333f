import { isObject, type Json } from '../../../grafana-json/json';

/** One thing that happens to a dashboard. `apply` works on the object it gets and says whether there was anything to do. */
export interface Change {
  /** Of the contract, section 8.10. */
  readonly rule: string;
  readonly does: string;
  readonly apply: (dashboard: Json, pick: Pick) => boolean;
}

/** A whole number from 0 to below the one given. */
export type Pick = (below: number) => number;

/** A copy of the dashboard to which the change happened, or undefined where there was nothing to do. */
export const changed = (dashboard: Json, { apply }: Change, pick: Pick): Json | undefined => {
  const copy = structuredClone(dashboard);
  return apply(copy, pick) ? copy : undefined;
};

export const listIn = (parent: Json, key: string): Json[] => {
  const list = parent[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

export const objectIn = (parent: Json, key: string): Json => {
  const found = parent[key];
  if (isObject(found)) return found;
  const made: Json = {};
  parent[key] = made;
  return made;
};

export const listHeldBy = (parent: Json, key: string): Json[] => {
  const holder = objectIn(parent, key);
  if (!Array.isArray(holder['list'])) holder['list'] = [];
  return holder['list'] as Json[];
};

export const top = (dashboard: Json): Json[] => listIn(dashboard, 'panels');
export const isRow = (panel: Json): boolean => panel['type'] === 'row';

/** Panels wherever they are, without rows. */
export const allPanels = (dashboard: Json): Json[] =>
  top(dashboard)
    .flatMap((panel) => [panel, ...listIn(panel, 'panels')])
    .filter((panel) => !isRow(panel));

export const place = (panel: Json): Record<string, number> => objectIn(panel, 'gridPos') as Record<string, number>;

/** One of the list; undefined where it is empty. */
export const oneOf = <T>(list: readonly T[], pick: Pick): T | undefined =>
  list.length > 0 ? list[pick(list.length)] : undefined;

/** Does it to one of the list. */
export const toOne = <T>(list: readonly T[], pick: Pick, act: (one: T) => void): boolean => {
  const one = oneOf(list, pick);
  if (one === undefined) return false;
  act(one);
  return true;
};

/** Adds what is not there. */
export const addMissing = (target: Json, defaults: Json): void => {
  for (const [key, value] of Object.entries(defaults)) {
    if (!(key in target)) target[key] = structuredClone(value);
    else if (isObject(target[key]) && isObject(value)) addMissing(target[key], value);
  }
};
