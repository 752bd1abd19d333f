/**
 * The field options that each panel type registers in Grafana 12.3 (`public/app/plugins/panel/<type>/module.tsx` and
 * `packages/grafana-ui/src/options/builder`). When a panel loads, Grafana removes every other key from `fieldConfig.defaults`
 * and every override property with another id, without a word (`getPanelOptionsWithDefaults.ts`), so these are all there is.
 */
export interface RegisteredFields {
  /** Keys of `fieldConfig.defaults`, and ids of override properties. */
  readonly standard: readonly string[];
  /** Paths below `fieldConfig.defaults.custom`; with `custom.` before them, ids of override properties. */
  readonly custom: readonly string[];
}

/** `public/app/core/components/OptionsUI/registry.tsx`. */
export const standardFields = [
  'actions',
  'color',
  'decimals',
  'displayName',
  'fieldMinMax',
  'filterable',
  'links',
  'mappings',
  'max',
  'min',
  'noValue',
  'thresholds',
  'unit',
] as const;

const axis = [
  'axisBorderShow',
  'axisCenteredZero',
  'axisColorMode',
  'axisGridShow',
  'axisLabel',
  'axisPlacement',
  'axisSoftMax',
  'axisSoftMin',
  'axisWidth',
  'scaleDistribution',
];
const graph = [
  ...axis,
  'barAlignment',
  'barWidthFactor',
  'drawStyle',
  'fillBelowTo',
  'fillOpacity',
  'gradientMode',
  'hideFrom',
  'insertNulls',
  'lineInterpolation',
  'lineStyle',
  'lineWidth',
  'pointSize',
  'showPoints',
  'showValues',
  'spanNulls',
  'stacking',
  'thresholdsStyle',
  'transform',
];
const bars = ['fillOpacity', 'gradientMode', 'hideFrom', 'lineWidth'];
const timeline = ['axisPlacement', 'axisWidth', 'fillOpacity', 'hideFrom', 'lineWidth'];
const table = [
  'align',
  'cellOptions',
  'filterable',
  'footer.reducers',
  'hideFrom.viz',
  'inspect',
  'minWidth',
  'styleField',
  'tooltip.field',
  'tooltip.placement',
  'width',
  'wrapHeaderText',
  'wrapText',
];

const all = (custom: readonly string[]): RegisteredFields => ({ standard: standardFields, custom });
const none: RegisteredFields = { standard: [], custom: [] };

/** By panel type. */
export const registeredFields = {
  alertlist: none,
  annolist: none,
  barchart: all([...axis, ...bars, 'thresholdsStyle', 'transform']),
  bargauge: all([]),
  dashlist: none,
  gauge: all(['neutral']),
  heatmap: { standard: ['links', 'unit'], custom: ['hideFrom', 'scaleDistribution'] },
  histogram: all([...bars, 'stacking']),
  logs: none,
  nodeGraph: { standard: ['links'], custom: [] },
  piechart: { standard: standardFields.filter((name) => name !== 'thresholds'), custom: ['hideFrom'] },
  stat: all([]),
  'state-timeline': all([...timeline, 'insertNulls', 'spanNulls']),
  'status-history': all(timeline),
  table: all(table),
  text: none,
  timeseries: all(graph),
  traces: none,
  trend: all(graph),
} as const satisfies Readonly<Record<string, RegisteredFields>>;

/** A panel type whose options and field options are known here. */
export type PanelType = keyof typeof registeredFields;

export const isPanelType = (type: string): type is PanelType => Object.hasOwn(registeredFields, type);

/** The ids that an override property of such a panel can have. */
export const overrideIds = (type: PanelType): string[] => [
  ...registeredFields[type].standard,
  ...registeredFields[type].custom.map((path) => `custom.${path}`),
];
