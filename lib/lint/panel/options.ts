import type { JsonObject, Panel } from '../subject';

/** The object at a path of keys; empty where there is none. */
export const objectAt = (json: JsonObject, ...keys: readonly string[]): JsonObject => {
  let here: unknown = json;
  for (const key of keys) here = isObject(here) ? here[key] : undefined;
  return isObject(here) ? here : {};
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `fieldConfig.defaults`, of the v2 schema too. */
export const fieldDefaults = ({ json }: Panel): JsonObject => {
  for (const path of [
    ['fieldConfig'],
    ['spec', 'vizConfig', 'spec', 'fieldConfig'],
    ['vizConfig', 'spec', 'fieldConfig'],
  ]) {
    const config = objectAt(json, ...path);
    if (Object.keys(config).length > 0) return objectAt(config, 'defaults');
  }
  return {};
};

/** What a single value is taken from its series by: `lastNotNull`, `max`, … */
export const calculations = ({ options, json }: Panel): readonly string[] => {
  const { calcs } = objectAt(options, 'reduceOptions');
  if (Array.isArray(calcs)) return calcs.filter((calc): calc is string => typeof calc === 'string');
  return typeof json['valueName'] === 'string' ? [json['valueName']] : [];
};

/** Whether a panel shows labels or texts where a number could stand. */
export const showsText = (panel: Panel): boolean => {
  const { options, json } = panel;
  const { fields } = objectAt(options, 'reduceOptions');
  return (
    options['textMode'] === 'name' ||
    options['textMode'] === 'none' ||
    (typeof fields === 'string' && fields !== '') ||
    calculations(panel).some((calc) =>
      /^(name|last_time|time_step|count|changeCount|distinctCount|allValues|uniqueValues)$/.test(calc),
    ) ||
    (typeof json['tableColumn'] === 'string' && json['tableColumn'] !== '' && json['tableColumn'] !== 'Value')
  );
};

/** Whether thresholds are to be seen in a panel. */
export const drawsThresholds = (panel: Panel): boolean => {
  const { type, options, json } = panel;
  const defaults = fieldDefaults(panel);
  const { mode } = objectAt(defaults, 'color');
  const byThresholds = mode === undefined || mode === 'thresholds';
  switch (type) {
    case 'stat':
      return byThresholds && options['colorMode'] !== 'none' && options['textMode'] !== 'name';
    case 'gauge':
      return byThresholds || options['showThresholdMarkers'] === true || options['showThresholdLabels'] === true;
    case 'bargauge':
      return byThresholds;
    case 'singlestat':
      return (
        json['colorValue'] === true || json['colorBackground'] === true || objectAt(json, 'gauge')['show'] === true
      );
    case 'graph':
      return Array.isArray(json['thresholds']) && json['thresholds'].length > 0;
    case 'timeseries': {
      const style = objectAt(defaults, 'custom', 'thresholdsStyle')['mode'];
      return mode === 'thresholds' || (style !== undefined && style !== 'off');
    }
    default:
      return false;
  }
};

/** The mappings of values that are there; `No data` and such are not. */
export const valueMappings = ({ fields: { mappings } }: Panel): readonly JsonObject[] =>
  mappings.filter(({ type }) => type !== 'special');

/** Whether mappings colour all that is to be seen, so that thresholds do not matter. */
export const mappingsColour = (panel: Panel): boolean =>
  valueMappings(panel).some((mapping) => JSON.stringify(mapping).includes('"color"'));
