import { isObject, type Json } from './json';

/** What a panel is without being told. */
interface PanelDefaults {
  readonly options?: Json;
  readonly custom?: Json;
}

const legend = { calcs: [], displayMode: 'list', placement: 'bottom' };
const tooltip = { mode: 'single' };
const timelineFields = { fillOpacity: 70 };
const barFields = { fillOpacity: 80, gradientMode: 'none', lineWidth: 1 };

/**
 * What the SDK writes into every panel of a type and Grafana 12.3 fills in itself with the same value. Where both differ the
 * SDK's stays, for nobody can tell it from a choice: `keptDefaults` says which these are.
 */
export const grafanaDefaults: Readonly<Record<string, PanelDefaults>> = {
  annolist: {
    options: {
      limit: 10,
      navigateAfter: '10m',
      navigateBefore: '10m',
      navigateToPanel: true,
      onlyFromThisDashboard: false,
      onlyInTimeRange: false,
      showTags: true,
      showTime: true,
      showUser: true,
      tags: [],
    },
  },
  barchart: {
    options: {
      barRadius: 0,
      barWidth: 0.97,
      fullHighlight: false,
      groupWidth: 0.7,
      legend,
      orientation: 'auto',
      showValue: 'auto',
      stacking: 'none',
      tooltip,
      xTickLabelRotation: 0,
      xTickLabelSpacing: 0,
    },
    custom: barFields,
  },
  bargauge: {
    options: {
      displayMode: 'gradient',
      legend: { ...legend, showLegend: false },
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'auto',
      orientation: 'auto',
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
  },
  dashlist: {
    options: {
      includeVars: false,
      keepTime: false,
      maxItems: 10,
      query: '',
      showFolderNames: true,
      showHeadings: true,
      showRecentlyViewed: false,
      showSearch: false,
      showStarred: true,
      tags: [],
    },
  },
  gauge: {
    options: {
      minVizHeight: 75,
      minVizWidth: 75,
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
    },
  },
  heatmap: {
    options: {
      color: { exponent: 0.5, fill: 'dark-orange', reverse: false, scheme: 'Oranges' },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      filterValues: { le: 1e-9 },
    },
  },
  histogram: { options: { legend, tooltip }, custom: barFields },
  logs: {
    options: {
      dedupStrategy: 'none',
      prettifyLogMessage: false,
      showCommonLabels: false,
      showLabels: false,
      showLogContextToggle: false,
      showTime: false,
      sortOrder: 'Descending',
      wrapLogMessage: false,
    },
  },
  piechart: { options: { legend: { ...legend, values: [] }, orientation: 'auto', pieType: 'pie', tooltip } },
  stat: {
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
  },
  'state-timeline': {
    options: { alignValue: 'left', legend, mergeValues: true, rowHeight: 0.9, showValue: 'auto', tooltip },
    custom: { ...timelineFields, lineWidth: 0 },
  },
  'status-history': {
    options: { colWidth: 0.9, legend, rowHeight: 0.9, showValue: 'auto', tooltip },
    custom: { ...timelineFields, lineWidth: 1 },
  },
  table: {
    options: { cellHeight: 'sm', frameIndex: 0, showHeader: true, showTypeIcons: false },
    custom: { align: 'auto', inspect: false },
  },
  text: { options: { mode: 'markdown' } },
  timeseries: { options: { legend, tooltip } },
  trend: { options: { legend, tooltip } },
};

/** What the SDK writes into every panel, unlike Grafana's own default or without one: panel helpers choose it on purpose. */
export const keptDefaults: Readonly<Record<string, readonly string[]>> = {
  barchart: ['options.legend.showLegend', 'options.xTickLabelMaxLength'],
  heatmap: [
    'options.calculate',
    'options.cellGap',
    'options.color.steps',
    'options.legend.show',
    'options.selectionMode',
    'options.showValue',
    'options.tooltip.mode',
  ],
  histogram: ['options.bucketCount', 'options.bucketOffset', 'options.legend.showLegend'],
  logs: ['options.enableLogDetails'],
  piechart: ['options.legend.showLegend'],
  'state-timeline': ['options.legend.showLegend'],
  'status-history': ['options.legend.showLegend'],
  text: ['options.content'],
  timeseries: ['options.legend.showLegend'],
  trend: ['options.legend.showLegend'],
};

/** What the SDK gets wrong and cannot be put right here, because a choice looks the same. Panel helpers always say these. */
export const leftAlone: readonly { readonly path: string; readonly why: string }[] = [
  {
    path: 'options.legend.showLegend',
    why: 'the SDK writes false where Grafana shows the legend; a panel that wants none says the same',
  },
  {
    path: 'options.enableLogDetails',
    why: 'the SDK writes false where Grafana opens a line on a click; a panel that wants none says the same',
  },
];

/** The object without the leaves that equal the defaults, and without what is empty then. */
export const withoutDefaults = (value: Json, defaults: Json): Json =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      const usual = defaults[key];
      if (!isObject(item)) return same(item, usual) ? [] : [[key, item]];
      const rest = withoutDefaults(item, isObject(usual) ? usual : {});
      return Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );

const same = (value: unknown, usual: unknown): boolean =>
  value === usual || (Array.isArray(value) && Array.isArray(usual) && value.length === 0 && usual.length === 0);
