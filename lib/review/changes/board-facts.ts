import { isObject, objectAt, objectsAt, textAt, type Json } from '../../grafana-json/json';
import type { BoardFacts, LimitFacts, PanelFacts } from './facts';

/** Facts of a dashboard as Grafana gets it. Throws where it is none. */
export const boardFacts = (json: unknown, folder?: string): BoardFacts => {
  const uid = textAt(json, 'uid');
  if (!isObject(json) || uid === undefined) throw new Error('no dashboard: it has no uid');
  const { uid: _, title, panels: __, links, templating, annotations, description, time, refresh, ...others } = json;
  return {
    uid,
    title: typeof title === 'string' ? title : uid,
    ...(folder !== undefined && { folder }),
    panels: panelsOf(json).map(panelFacts),
    parts: {
      description: textOf(description),
      pickers: textOf(templating),
      marks: textOf(annotations),
      links: textOf(links),
      'time shown': textOf([time, refresh]),
      places: textOf(rowsAndPlaces(json)),
      details: textOf(others),
    },
  };
};

const panelsOf = (parent: Json): readonly Json[] =>
  objectsAt(parent, 'panels').flatMap(([panel]) => (panel['type'] === 'row' ? panelsOf(panel) : [panel]));

const panelFacts = (panel: Json): PanelFacts => {
  const { id, title, type, description, links, gridPos: _, targets: __, fieldConfig: ___, ...others } = panel;
  const defaults = objectAt(objectAt(panel, 'fieldConfig'), 'defaults');
  const unit = textAt(defaults, 'unit');
  return {
    id: typeof id === 'number' ? id : -1,
    title: typeof title === 'string' ? title : '',
    look: typeof type === 'string' ? type : '',
    ...(unit !== undefined && { unit }),
    limits: limitsOf(panel),
    queries: Object.fromEntries(
      objectsAt(panel, 'targets').map(([target], index) => [
        textAt(target, 'refId') ?? String(index),
        textAt(target, 'expr') ?? textOf(target),
      ]),
    ),
    parts: {
      text: textOf([description, links]),
      legend: textOf(objectsAt(panel, 'targets').map(([target]) => target['legendFormat'])),
      'data source': textOf([
        others['datasource'],
        objectsAt(panel, 'targets').map(([target]) => target['datasource']),
      ]),
      details: textOf([without(others, 'datasource'), targetsElse(panel), fieldsElse(panel)]),
    },
  };
};

/** Of the panel, and of each column of a table. */
const limitsOf = (panel: Json): Readonly<Record<string, LimitFacts>> => {
  const { defaults, overrides } = {
    defaults: objectAt(objectAt(panel, 'fieldConfig'), 'defaults'),
    overrides: objectsAt(objectAt(panel, 'fieldConfig'), 'overrides').map(([override]) => override),
  };
  const found: [string, LimitFacts][] = [['', limit(defaults['thresholds'], defaults['unit'])]];
  for (const override of overrides) {
    const { thresholds, unit } = Object.fromEntries(
      objectsAt(override, 'properties').map(([{ id, value }]) => [id, value]),
    ) as Json;
    if (thresholds)
      found.push([String(objectAt(override, 'matcher')['options']), limit(thresholds, unit ?? defaults['unit'])]);
  }
  return Object.fromEntries(found.filter(([, { steps }]) => steps.length > 0));
};

const limit = (thresholds: unknown, unit: unknown): LimitFacts => ({
  ...(typeof unit === 'string' && { unit }),
  steps: objectsAt(thresholds, 'steps').map(([{ value, color }]) => ({
    at: typeof value === 'number' ? value : null,
    colour: String(color),
  })),
});

const targetsElse = (panel: Json): unknown =>
  objectsAt(panel, 'targets').map(([target]) => without(target, 'expr', 'legendFormat', 'datasource'));

const fieldsElse = (panel: Json): unknown => {
  const { defaults, overrides } = objectAt(panel, 'fieldConfig');
  return [
    isObject(defaults) ? without(defaults, 'thresholds', 'unit') : defaults,
    Array.isArray(overrides) ? overrides.map(withoutLimits) : overrides,
  ];
};

const withoutLimits = (override: unknown): unknown =>
  isObject(override)
    ? {
        ...override,
        properties: objectsAt(override, 'properties')
          .filter(([{ id }]) => id !== 'thresholds')
          .map(([it]) => it),
      }
    : override;

/** Rows by title, and where each panel stands. */
const rowsAndPlaces = (json: Json): unknown =>
  objectsAt(json, 'panels').map(([{ id, type, title, collapsed, gridPos, panels }]) => [
    id,
    gridPos,
    ...(type === 'row' ? [title, collapsed] : []),
    ...(Array.isArray(panels) ? panels.filter(isObject).map((panel) => [panel['id'], panel['gridPos']]) : []),
  ]);

const without = (value: Json, ...keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** Keys are sorted in what we write. */
const textOf = (value: unknown): string => JSON.stringify(value ?? null);
