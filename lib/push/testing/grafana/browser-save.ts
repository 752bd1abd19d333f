import { isObject, objectAt, objectsAt, textAt, type Json } from '../../../grafana-json/json';
import { migrate, withoutNulls } from './migration';
import type { State } from './state';

/**
 * Contract 8.10: what a save in the browser makes of a dashboard, beside what the person changed. `rendered`: panels that the browser drew; only
 * those get defaults (P2, P3, P4).
 */
export const browserSave = (spec: Json, state: State, rendered: (panel: Json) => boolean = () => true): Json => {
  const migrated = withoutNulls(migrate(spec, state) ?? spec);
  const kept = Object.fromEntries(Object.entries(migrated).filter(([key]) => topKeys.includes(key)));
  return {
    preload: false,
    ...kept,
    // D4, D5
    refresh: typeof kept['refresh'] === 'string' ? kept['refresh'] : '',
    timepicker: pick(objectAt(kept, 'timepicker'), ['refresh_intervals', 'hidden', 'nowDelay', 'quick_ranges'], {
      hidden: false,
    }),
    // D6, D7
    annotations: {
      list: objectsAt(kept['annotations'], 'list').map(([annotation]) => ({ hide: false, ...annotation })),
    },
    // V1 to V10
    templating: { list: objectsAt(kept['templating'], 'list').flatMap(([variable]) => variableOf(variable)) },
    panels: compacted(objectsAt(kept, 'panels').map(([panel]) => panelOf(panel, rendered))),
  };
};

/** D9: all others are dropped. */
const topKeys = [
  'annotations',
  'description',
  'editable',
  'fiscalYearStartMonth',
  'graphTooltip',
  'links',
  'liveNow',
  'panels',
  'preload',
  'refresh',
  'schemaVersion',
  'tags',
  'templating',
  'time',
  'timepicker',
  'timezone',
  'title',
  'weekStart',
];

/** Some keys, without those that have their default. */
const pick = (value: Json, keys: readonly string[], defaults: Json = {}): Json =>
  Object.fromEntries(Object.entries(value).filter(([key, inner]) => keys.includes(key) && defaults[key] !== inner));

const common = ['name', 'label', 'description', 'skipUrlSync', 'hide', 'type', 'current', 'options'];
const list = ['multi', 'allValue', 'includeAll', 'allowCustomValue'];
const variableKeys: Readonly<Record<string, readonly string[]>> = {
  query: [
    ...list,
    'query',
    'definition',
    'datasource',
    'sort',
    'refresh',
    'regex',
    'staticOptions',
    'staticOptionsOrder',
  ],
  custom: [...list, 'query'],
  datasource: [...list, 'query', 'regex', 'refresh'],
  interval: ['query', 'refresh', 'auto', 'auto_min', 'auto_count'],
  textbox: ['query'],
  constant: ['query'],
  adhoc: ['datasource', 'allowCustomValue', 'baseFilters', 'filters', 'defaultKeys'],
};

const variableOf = (variable: Json): Json[] => {
  const type = textAt(variable, 'type') ?? '';
  // V10: lost.
  if (type === 'groupby' || (type === 'interval' && !isObject(variable['current']))) return [];
  const defaults = { hide: 0, skipUrlSync: false, label: '', multi: false, sort: 0 };
  const kept = pick(variable, [...common, ...(variableKeys[type] ?? Object.keys(variable))], defaults);
  const { selected, ...current } = objectAt(kept, 'current');
  void selected;
  return [
    {
      ...kept,
      ...(isObject(kept['current']) && { current }),
      ...((type === 'query' || type === 'datasource') && { options: [] }),
      ...(type === 'constant' && { skipUrlSync: true, hide: 2 }),
      ...(type === 'datasource' && { refresh: 1 }),
      ...(type === 'adhoc' && { baseFilters: kept['baseFilters'] ?? [] }),
    },
  ];
};

const panelOf = (panel: Json, rendered: (panel: Json) => boolean): Json => {
  if (panel['type'] === 'row') {
    const { gridPos, panels, ...rest } = panel;
    const collapsed = rest['collapsed'] === true;
    return {
      ...pick(rest, ['id', 'title', 'type', 'collapsed', 'repeat']),
      gridPos: { ...objectAt({ gridPos }, 'gridPos'), h: 1, w: 24, x: 0 },
      // Contract 8.3: what was left inside an expanded row is lost; inside a collapsed one nothing is drawn.
      panels: collapsed ? objectsAt({ panels }, 'panels').map(([inner]) => panelOf(inner, () => false)) : [],
    };
  }
  // P8
  if (isObject(panel['libraryPanel']))
    return pick(panel, ['id', 'gridPos', 'title', 'libraryPanel', 'repeat', 'repeatDirection', 'maxPerRow']);
  const kept = withoutEmpty(pick(panel, panelKeys, { transparent: false, title: '' }));
  // P10
  const typed = { type: 'timeseries', ...kept };
  return rendered(panel) ? withDefaults(typed) : typed;
};

/** P14: all others are dropped. */
const panelKeys = [
  'cacheTimeout',
  'datasource',
  'description',
  'fieldConfig',
  'gridPos',
  'hideTimeOverride',
  'id',
  'interval',
  'links',
  'maxDataPoints',
  'maxPerRow',
  'options',
  'pluginVersion',
  'queryCachingTTL',
  'repeat',
  'repeatDirection',
  'targets',
  'timeFrom',
  'timeShift',
  'title',
  'transformations',
  'transparent',
  'type',
];

/** P1. */
const withoutEmpty = (panel: Json): Json =>
  Object.fromEntries(
    Object.entries(panel).filter(
      ([key, value]) =>
        !(['links', 'transformations'].includes(key) && Array.isArray(value) && value.length === 0) &&
        !(key === 'options' && isObject(value) && Object.keys(value).length === 0) &&
        !(key === 'repeatDirection' && panel['repeat'] === undefined),
    ),
  );

const legend = { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true };
const tooltip = { hideZeros: false, mode: 'single', sort: 'none' };
const reduce = { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } };
const field = {
  mappings: [],
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: 'green', value: 0 },
      { color: 'red', value: 80 },
    ],
  },
};
const graph = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: 'text',
  axisLabel: '',
  axisPlacement: 'auto',
  barAlignment: 0,
  barWidthFactor: 0.6,
  drawStyle: 'line',
  fillOpacity: 0,
  gradientMode: 'none',
  hideFrom: { legend: false, tooltip: false, viz: false },
  insertNulls: false,
  lineInterpolation: 'linear',
  lineWidth: 1,
  pointSize: 5,
  scaleDistribution: { type: 'linear' },
  showPoints: 'auto',
  showValues: false,
  spanNulls: false,
  stacking: { group: 'A', mode: 'none' },
  thresholdsStyle: { mode: 'off' },
};

interface Defaults {
  readonly options: Json;
  readonly defaults: Json;
}

/** P3, for the types that homelabs have most; others are left as they are. */
const panelDefaults: Readonly<Record<string, Defaults>> = {
  timeseries: {
    options: { legend, tooltip },
    defaults: { ...field, color: { mode: 'palette-classic' }, custom: graph },
  },
  stat: {
    options: {
      ...reduce,
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
    defaults: field,
  },
  gauge: {
    options: {
      ...reduce,
      minVizHeight: 75,
      minVizWidth: 75,
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
    },
    defaults: field,
  },
  bargauge: {
    options: {
      ...reduce,
      legend: { ...legend, showLegend: false },
      displayMode: 'gradient',
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'auto',
      orientation: 'auto',
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
    defaults: field,
  },
  table: {
    options: { cellHeight: 'sm', showHeader: true },
    defaults: {
      ...field,
      custom: { align: 'auto', cellOptions: { type: 'auto' }, footer: { reducers: [] }, inspect: false },
    },
  },
  text: {
    options: { mode: 'markdown', code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false } },
    defaults: {},
  },
  logs: {
    options: {
      dedupStrategy: 'none',
      enableInfiniteScrolling: false,
      enableLogDetails: true,
      showControls: false,
      showTime: false,
      sortOrder: 'Descending',
      wrapLogMessage: false,
    },
    defaults: {},
  },
};

const withDefaults = (panel: Json): Json => {
  const known = panelDefaults[textAt(panel, 'type') ?? ''];
  if (!known) return { ...panel, pluginVersion: '12.3.0' };
  const config = objectAt(panel, 'fieldConfig');
  const defaults = filled(objectAt(config, 'defaults'), known.defaults);
  const options = { ...filled(objectAt(panel, 'options'), known.options) };
  // P13
  if (panel['type'] === 'table') delete (options as Record<string, unknown>)['footer'];
  return {
    ...panel,
    pluginVersion: '12.3.0',
    options,
    fieldConfig: { overrides: [], ...config, defaults: withFirstStep(defaults) },
  };
};

/** P4: the first step of thresholds has no value, drawn it has 0. */
const withFirstStep = (defaults: Json): Json => {
  const thresholds = objectAt(defaults, 'thresholds');
  const steps = objectsAt(thresholds, 'steps').map(([step], index) => (index === 0 ? { value: 0, ...step } : step));
  return steps.length === 0 ? defaults : { ...defaults, thresholds: { ...thresholds, steps } };
};

/** Defaults below what is there, deeply; lists are one value. */
const filled = (value: Json, defaults: Json): Json => ({
  ...value,
  ...Object.fromEntries(
    Object.entries(defaults).map(([key, inner]) => {
      const own = value[key];
      if (isObject(own) && isObject(inner)) return [key, filled(own, inner)];
      return [key, own === undefined ? inner : own];
    }),
  ),
});

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const placeOf = (panel: Json): Place => {
  const { x = 0, y = 0, w = 6, h = 3 } = objectAt(panel, 'gridPos') as Partial<Place>;
  return { x: Math.max(0, Math.min(x, 24 - w)), y, w, h };
};

const meets = (a: Place, b: Place): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** P5: upwards, overlaps pushed down, sorted by y and x. */
const compacted = (panels: readonly Json[]): readonly Json[] => {
  const order = (a: Place, b: Place): number => a.y - b.y || a.x - b.x;
  const placed: { readonly panel: Json; readonly place: Place }[] = [];
  for (const panel of [...panels].sort((a, b) => order(placeOf(a), placeOf(b)))) {
    let place = placeOf(panel);
    const blocked = (at: Place): boolean => placed.some((other) => meets(other.place, at));
    while (blocked(place)) place = { ...place, y: place.y + 1 };
    while (place.y > 0 && !blocked({ ...place, y: place.y - 1 })) place = { ...place, y: place.y - 1 };
    placed.push({ panel, place });
  }
  return placed
    .sort((a, b) => order(a.place, b.place))
    .map(({ panel, place: { h, w, x, y } }) => ({ ...panel, gridPos: { h, w, x, y } }));
};
