import type { FieldOptions, JsonObject, Link, Override, Path, Thresholds } from '../subject';
import { linksIn } from './links';
import { isObject, numberIn, objectIn, objectsIn, textIn } from './value';

/** What a panel says of its values, wherever its age and kind put it. */
export const fieldOptionsOf = (panel: JsonObject, at: Path): FieldOptions => {
  const modern = modernOf(panel, at);
  switch (textIn(panel, 'type')) {
    case 'graph':
      return Array.isArray(panel['yaxes']) || !isObject(panel['fieldConfig']) ? graphOf(panel, at, modern) : modern;
    case 'singlestat':
    case 'grafana-singlestat-panel':
      return singlestatOf(panel, at, modern);
    case 'heatmap':
    case 'heatmap-old':
      return isObject(panel['yAxis']) ? axisOf(objectIn(panel, 'yAxis'), modern) : newHeatmapOf(panel, modern);
    default:
      return modern;
  }
};

/** `fieldConfig`, since Grafana 7; before it `options.fieldOptions` (6.3) and `options.valueOptions` (6.0). */
const modernOf = (panel: JsonObject, at: Path): FieldOptions => {
  if (isObject(panel['fieldConfig'])) {
    const defaults = objectIn(panel['fieldConfig'], 'defaults');
    return fromDefaults(defaults, [...at, 'fieldConfig', 'defaults']);
  }
  const options = objectIn(panel, 'options');
  if (isObject(options['fieldOptions'])) {
    const field = options['fieldOptions'];
    const path = [...at, 'options', 'fieldOptions'];
    const read = fromDefaults(objectIn(field, 'defaults'), [...path, 'defaults']);
    return {
      ...read,
      displayName: read.displayName ?? textIn(objectIn(field, 'defaults'), 'title'),
      thresholds: read.thresholds ?? stepsOf(field['thresholds'], 'absolute', [...path, 'thresholds']),
      mappings: read.mappings.length > 0 ? read.mappings : objectsIn(field, 'mappings').map(([mapping]) => mapping),
    };
  }
  if (isObject(options['valueOptions'])) {
    const value = options['valueOptions'];
    return {
      ...fromDefaults(value, [...at, 'options', 'valueOptions']),
      min: numberIn(options, 'minValue'),
      max: numberIn(options, 'maxValue'),
      thresholds: stepsOf(options['thresholds'], 'absolute', [...at, 'options', 'thresholds']),
    };
  }
  return fromDefaults({}, at);
};

/** A `fieldConfig.defaults`, of v2 too. */
export const fromDefaults = (defaults: JsonObject, at: Path): FieldOptions => ({
  unit: textIn(defaults, 'unit') || undefined,
  decimals: numberIn(defaults, 'decimals'),
  min: numberIn(defaults, 'min'),
  max: numberIn(defaults, 'max'),
  noValue: textIn(defaults, 'noValue'),
  thresholds: thresholdsOf(defaults['thresholds'], [...at, 'thresholds']),
  mappings: objectsIn(defaults, 'mappings').map(([mapping]) => mapping),
  displayName: textIn(defaults, 'displayName') || undefined,
  links: linksIn(defaults, 'links', at),
});

const thresholdsOf = (value: unknown, at: Path): Thresholds | undefined => {
  if (Array.isArray(value)) return stepsOf(value, 'absolute', at);
  if (!isObject(value)) return undefined;
  return stepsOf(value['steps'], value['mode'] === 'percentage' ? 'percentage' : 'absolute', at);
};

const stepsOf = (value: unknown, mode: Thresholds['mode'], at: Path): Thresholds | undefined => {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const steps = value
    .filter(isObject)
    .map((step) => ({ value: numberIn(step, 'value') ?? null, color: textIn(step, 'color') ?? '' }));
  return steps.length > 0 ? { mode, steps, at } : undefined;
};

const axisOf = (axis: JsonObject, modern: FieldOptions): FieldOptions => ({
  ...modern,
  unit: (textIn(axis, 'format') || undefined) ?? modern.unit,
  decimals: numberIn(axis, 'decimals') ?? modern.decimals,
  min: numberIn(axis, 'min') ?? modern.min,
  max: numberIn(axis, 'max') ?? modern.max,
});

const newHeatmapOf = (panel: JsonObject, modern: FieldOptions): FieldOptions => {
  const axis = objectIn(objectIn(panel, 'options'), 'yAxis');
  return { ...modern, unit: (textIn(axis, 'unit') || undefined) ?? modern.unit };
};

const graphOf = (panel: JsonObject, at: Path, modern: FieldOptions): FieldOptions => {
  const [axis] = objectsIn(panel, 'yaxes');
  const lines = objectsIn(panel, 'thresholds').flatMap(([line]) => {
    const value = numberIn(line, 'value');
    return value === undefined ? [] : [{ value, color: textIn(line, 'colorMode') ?? '' }];
  });
  const dataLinks = linksIn(objectIn(panel, 'options'), 'dataLinks', [...at, 'options']);
  return {
    ...axisOf(axis?.[0] ?? {}, modern),
    decimals: numberIn(panel, 'decimals') ?? (axis && numberIn(axis[0], 'decimals')) ?? modern.decimals,
    thresholds:
      lines.length > 0
        ? { mode: 'absolute', steps: [{ value: null, color: '' }, ...lines], at: [...at, 'thresholds'] }
        : modern.thresholds,
    links: [...modern.links, ...dataLinks],
  };
};

const singlestatOf = (panel: JsonObject, at: Path, modern: FieldOptions): FieldOptions => {
  const gauge = objectIn(panel, 'gauge');
  const isGauge = gauge['show'] === true;
  return {
    ...modern,
    unit: (textIn(panel, 'format') || undefined) ?? modern.unit,
    decimals: numberIn(panel, 'decimals') ?? modern.decimals,
    min: isGauge ? numberIn(gauge, 'minValue') : modern.min,
    max: isGauge ? numberIn(gauge, 'maxValue') : modern.max,
    noValue: (textIn(panel, 'nullText') || undefined) ?? modern.noValue,
    thresholds: listedThresholds(panel['thresholds'], panel['colors'], [...at, 'thresholds']) ?? modern.thresholds,
    mappings: [
      ...objectsIn(panel, 'valueMaps').map(([map]) => map),
      ...objectsIn(panel, 'rangeMaps').map(([map]) => map),
      ...modern.mappings,
    ],
  };
};

/** `"70,90"` or `["70", "90"]`, and the colours below, between and above. */
const listedThresholds = (value: unknown, colours: unknown, at: Path): Thresholds | undefined => {
  const parts: readonly unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const limits = parts
    .map((part) => (typeof part === 'string' && part.trim() === '' ? NaN : Number(part)))
    .filter(Number.isFinite);
  if (limits.length === 0) return undefined;
  const colour = (index: number): string => {
    const found: unknown = Array.isArray(colours) ? colours[index] : undefined;
    return typeof found === 'string' ? found : '';
  };
  const steps = [null, ...limits].map((limit, index) => ({ value: limit, color: colour(index) }));
  return { mode: 'absolute', steps, at };
};

/** Options for some fields only: `fieldConfig.overrides`, the `styles` of old tables, the second axis of old graphs. */
export const overridesOf = (panel: JsonObject, at: Path): readonly Override[] => {
  const type = textIn(panel, 'type');
  const old =
    type === 'table' || type === 'table-old' ? stylesOf(panel, at) : type === 'graph' ? secondAxisOf(panel, at) : [];
  const config = isObject(panel['fieldConfig'])
    ? panel['fieldConfig']
    : objectIn(objectIn(panel, 'options'), 'fieldOptions');
  const path = isObject(panel['fieldConfig']) ? [...at, 'fieldConfig'] : [...at, 'options', 'fieldOptions'];
  return [...overridesIn(config, path), ...old];
};

/** The `overrides` of a field configuration, of v2 too. */
export const overridesIn = (config: JsonObject, at: Path): readonly Override[] =>
  objectsIn(config, 'overrides').map(([override, index]) => {
    const path = [...at, 'overrides', index];
    const matcher = objectIn(override, 'matcher');
    return {
      at: path,
      matcher: { id: textIn(matcher, 'id') ?? '', options: matcher['options'] },
      properties: objectsIn(override, 'properties').map(([property, place]) => ({
        id: textIn(property, 'id') ?? '',
        value: property['value'],
        at: [...path, 'properties', place],
      })),
    };
  });

const stylesOf = (panel: JsonObject, at: Path): readonly Override[] =>
  objectsIn(panel, 'styles').map(([style, index]) => {
    const path = [...at, 'styles', index];
    const pattern = textIn(style, 'pattern') ?? '';
    const thresholds = listedThresholds(style['thresholds'], style['colors'], [...path, 'thresholds']);
    const link = style['link'] === true ? textIn(style, 'linkUrl') : undefined;
    const isNumber = style['type'] === 'number';
    const candidates: readonly (readonly [string, unknown, string])[] = [
      ['unit', isNumber ? textIn(style, 'unit') : undefined, 'unit'],
      ['decimals', isNumber ? numberIn(style, 'decimals') : undefined, 'decimals'],
      ['displayName', textIn(style, 'alias') || undefined, 'alias'],
      ['thresholds', thresholds && { mode: thresholds.mode, steps: thresholds.steps }, 'thresholds'],
      ['links', link === undefined ? undefined : [{ title: textIn(style, 'linkTooltip') ?? '', url: link }], 'linkUrl'],
      ['custom.hidden', style['type'] === 'hidden' ? true : undefined, 'type'],
    ];
    return {
      at: path,
      matcher: { id: /^\/.*\/$/.test(pattern) ? 'byRegexp' : 'byName', options: pattern },
      properties: candidates.flatMap(([id, value, key]) =>
        value === undefined ? [] : [{ id, value, at: [...path, key] }],
      ),
    };
  });

const secondAxisOf = (panel: JsonObject, at: Path): readonly Override[] => {
  const axis = objectsIn(panel, 'yaxes')[1]?.[0];
  const unit = axis && textIn(axis, 'format');
  if (!unit) return [];
  return objectsIn(panel, 'seriesOverrides').flatMap(([series, index]) => {
    if (numberIn(series, 'yaxis') !== 2) return [];
    const alias = textIn(series, 'alias') ?? '';
    return {
      at: [...at, 'seriesOverrides', index],
      matcher: { id: /^\/.*\/$/.test(alias) ? 'byRegexp' : 'byName', options: alias },
      properties: [{ id: 'unit', value: unit, at: [...at, 'yaxes', 1, 'format'] }],
    };
  });
};

/** The links of overrides, beside those of all fields. */
export const overrideLinks = (overrides: readonly Override[]): readonly Link[] =>
  overrides.flatMap(({ properties }) =>
    properties.flatMap(({ id, value, at }) => (id === 'links' ? linksIn({ value }, 'value', at) : [])),
  );
