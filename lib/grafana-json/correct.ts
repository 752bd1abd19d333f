import { sorted } from './canonical-json';
import { corrections, type Part } from './corrections';
import { isObject, objectAt, objectsAt, type Json } from './json';
import { placedIn } from './panels';

export { canonicalJson } from './canonical-json';

/**
 * What the SDK's `DashboardBuilder` gave, as Grafana wants it: wrong defaults put right, needless ones gone, keys sorted.
 * The argument stays as it is.
 */
export const correctDashboard = (dashboard: object): Json => sorted(correctUnsorted(dashboard)) as Json;

/** The same with its keys as they come: sorting takes as long as all corrections. */
export const correctUnsorted = (dashboard: object): Json => {
  const copy = JSON.parse(JSON.stringify(dashboard)) as Json;
  const parts = partsOf(copy);
  for (const { part, apply } of corrections) for (const it of parts[part]) apply(it);
  return copy;
};

const partsOf = (dashboard: Json): Readonly<Record<Part, readonly Json[]>> => {
  const placed = placedIn(dashboard);
  const panels = placed.filter(({ isRow }) => !isRow).map(({ panel }) => panel);
  return {
    dashboard: [dashboard],
    dashboardLink: objects(dashboard, 'links'),
    annotation: objects(objectAt(dashboard, 'annotations'), 'list'),
    variable: objects(objectAt(dashboard, 'templating'), 'list'),
    row: placed.filter(({ isRow }) => isRow).map(({ panel }) => panel),
    panel: panels,
    dataLink: panels.flatMap((panel) => [...objects(panel, 'links'), ...fieldValues(panel, 'links').flatMap(listed)]),
    thresholds: panels.flatMap((panel) => fieldValues(panel, 'thresholds').filter(isObject)),
  };
};

/** What the defaults and the overrides of a panel's fields say for one option. */
const fieldValues = (panel: Json, option: string): unknown[] => {
  const config = objectAt(panel, 'fieldConfig');
  const overridden = objects(config, 'overrides')
    .flatMap((override) => objects(override, 'properties'))
    .filter(({ id }) => id === option)
    .map(({ value }) => value);
  return [objectAt(config, 'defaults')[option], ...overridden];
};

const objects = (parent: unknown, key: string): Json[] => objectsAt(parent, key).map(([it]) => it);
const listed = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
