import { isObject, objectAt, objectsAt, type Json } from '../../../grafana-json/json';
import type { State } from './state';

/** Contract 3.3: what a v1beta1 write, and a v1beta1 read of what the legacy API saved, make of a spec. Undefined for a schema of the future (a 422). */
export const migrate = (spec: Json, state: State): Json | undefined => {
  const from = typeof spec['schemaVersion'] === 'number' ? spec['schemaVersion'] : 0;
  if (from > 42) return undefined;
  const kept = Object.fromEntries(
    Object.entries(spec).filter(([key, value]) => !dropped.includes(key) && !(key === 'gnetId' && value === null)),
  );
  const panels = withIds(spec['panels']);
  return {
    ...defaults,
    // Contract 8.1: version 40 turns a refresh that is no text, also a missing one, into an empty text.
    ...(from < 40 && typeof kept['refresh'] !== 'string' && { refresh: '' }),
    ...kept,
    ...(from < 40 && kept['refresh'] !== undefined && typeof kept['refresh'] !== 'string' && { refresh: '' }),
    ...(from < 41 && { timepicker: withoutKey(objectAt(kept, 'timepicker'), 'time_options') }),
    schemaVersion: 42,
    annotations: { ...objectAt(kept, 'annotations'), list: withBuiltIn(objectAt(kept, 'annotations')['list']) },
    templating: withoutNulls({ ...objectAt(kept, 'templating'), list: listOf(objectAt(kept, 'templating')['list']) }),
    panels: sorted(panels).map((panel) => withoutNulls(from < 36 ? withSources(panel, state) : panel)),
  };
};

/** Seen on 12.3.0: gone after a v1beta1 write; others at the top stay, `null` or not. */
const dropped = [
  'id',
  'uid',
  'version',
  'iteration',
  'style',
  'hideControls',
  'variables',
  '__inputs',
  '__requires',
  '__elements',
];

const defaults = {
  editable: true,
  fiscalYearStartMonth: 0,
  graphTooltip: 0,
  links: [],
  tags: [],
  time: { from: 'now-6h', to: 'now' },
  timepicker: {},
  timezone: '',
  weekStart: '',
} as const;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

const withoutKey = (value: Json, key: string): Json =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

const withBuiltIn = (list: unknown): readonly unknown[] =>
  listOf(list).some((item) => isObject(item) && item['builtIn'] === 1) ? listOf(list) : [builtIn, ...listOf(list)];

const builtIn = {
  builtIn: 1,
  datasource: { type: 'grafana', uid: '-- Grafana --' },
  enable: true,
  hide: true,
  iconColor: 'rgba(0, 211, 255, 1)',
  name: 'Annotations & Alerts',
  type: 'dashboard',
};

/** Keys whose value is `null` go, at every depth of panels and variables; items of lists stay. */
export const withoutNulls = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutNulls(item)) as Value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  ) as Value;
};

/** Double and missing ids get the next above the highest, in the order in which they were sent. */
const withIds = (list: unknown): readonly Json[] => {
  const every = objectsAt({ list }, 'list').flatMap(([panel]) => [
    panel,
    ...objectsAt(panel, 'panels').map(([inner]) => inner),
  ]);
  let highest = Math.max(0, ...every.map(({ id }) => (typeof id === 'number' ? id : 0)));
  const seen = new Set<unknown>();
  const named = (panel: Json): Json => {
    const id = panel['id'];
    const own = typeof id === 'number' && id > 0 && !seen.has(id) ? id : ++highest;
    seen.add(own);
    const inner = objectsAt(panel, 'panels').map(([child]) => child);
    return { ...panel, id: own, ...(Array.isArray(panel['panels']) && { panels: inner.map(named) }) };
  };
  return objectsAt({ list }, 'list').map(([panel]) => named(panel));
};

const sorted = (panels: readonly Json[]): readonly Json[] => {
  const place = (panel: Json, key: string): number => Number(objectAt(panel, 'gridPos')[key] ?? 0);
  return [...panels].sort((a, b) => place(a, 'y') - place(b, 'y') || place(a, 'x') - place(b, 'x'));
};

/** Contract 8.1, 33 and 36: names of data sources become references. */
const withSources = (panel: Json, state: State): Json => {
  const reference = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const source = [...state.world.dataSources.values()].find(({ name, uid }) => name === value || uid === value);
    return source ? { type: source.type, uid: source.uid } : { uid: value };
  };
  return {
    ...panel,
    ...('datasource' in panel && { datasource: reference(panel['datasource']) }),
    ...(Array.isArray(panel['targets']) && {
      targets: panel['targets'].map((target: unknown) =>
        isObject(target) && 'datasource' in target
          ? { ...target, datasource: reference(target['datasource']) }
          : target,
      ),
    }),
  };
};

/** Contract 3.7, 8.3: what the Strict check sees, as far as it is told here. */
export const schemaFaults = (spec: Json): readonly { readonly field: string; readonly message: string }[] => {
  const wrong = (field: string, fine: boolean): { readonly field: string; readonly message: string }[] =>
    fine ? [] : [{ field: `spec.${field}`, message: `Invalid value: conflicting values in ${field}` }];
  const is = (key: string, type: string): boolean => spec[key] === undefined || typeof spec[key] === type;
  return [
    ...wrong('graphTooltip', spec['graphTooltip'] === undefined || [0, 1, 2].includes(spec['graphTooltip'] as number)),
    ...wrong('editable', is('editable', 'boolean')),
    ...wrong('description', is('description', 'string')),
    ...wrong('tags', spec['tags'] === undefined || Array.isArray(spec['tags'])),
    ...wrong('panels', spec['panels'] === undefined || Array.isArray(spec['panels'])),
    ...wrong('fiscalYearStartMonth', Number(spec['fiscalYearStartMonth'] ?? 0) < 12),
    ...objectsAt(spec, 'panels').flatMap(([panel, index]) =>
      wrong(`panels.${index}.gridPos.w`, Number(objectAt(panel, 'gridPos')['w'] ?? 1) <= 24),
    ),
  ];
};
