import { isObject, type Json } from '../grafana-json/json';
import { nameInWords, optionInWords } from './words';

/** What has a line of its own in an outline, or no place in it. */
const toldElsewhere =
  /^(id|type|title|description|gridPos|fieldConfig\.overrides|transformations|links|fieldConfig\.defaults\.(unit|min|max|thresholds|mappings|noValue|links)|targets\.[^.]+\.(expr|legendFormat|refId)|options\.(content|sortBy))(\.|$)/;

/** What a board made of a panel that its helper does not: `decimals 2`, `legend show legend no (house: yes)`. One text each, sorted. */
export const deviations = (panel: Json, plain: Json): readonly string[] => {
  const [own, house] = [leaves(panel), leaves(plain)];
  return [...new Set([...own.keys(), ...house.keys()])]
    .filter((path) => !toldElsewhere.test(path))
    .filter((path) => JSON.stringify(own.get(path)) !== JSON.stringify(house.get(path)))
    .map((path) => {
      const usual = house.has(path) ? ` (house: ${optionInWords(house.get(path))})` : '';
      return `${nameInWords(path)} ${optionInWords(own.get(path))}${usual}`;
    })
    .sort();
};

/** Every value by its path; targets go by their names, other lists are one value. */
const leaves = (value: unknown, path = '', into = new Map<string, unknown>()): ReadonlyMap<string, unknown> => {
  const below = path === 'targets' && Array.isArray(value) ? byName(value) : value;
  if (!isObject(below)) {
    into.set(path, below);
    return into;
  }
  for (const [key, item] of Object.entries(below)) leaves(item, path === '' ? key : `${path}.${key}`, into);
  return into;
};

const byName = (targets: readonly unknown[]): Json =>
  Object.fromEntries(targets.filter(isObject).map((target) => [String(target['refId']), target]));
