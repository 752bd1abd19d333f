import type { Json } from '../../grafana-json/json';

/** What a panel of a type is without being told. */
export interface PanelDefaults {
  readonly options?: Json;
  /** Of `fieldConfig.defaults`. */
  readonly field?: Json;
}

const legend = { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true };
const tooltip = { hideZeros: false, mode: 'single', sort: 'none' };
const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false };
const hideFrom = { legend: false, tooltip: false, viz: false };
const stacking = { group: 'A', mode: 'none' };
const paletteClassic = { mode: 'palette-classic' };
/** The value of the first step is always left out: Grafana stores null, 0 or nothing there. */
const fields = {
  mappings: [],
  thresholds: { mode: 'absolute', steps: [{ color: 'green' }, { color: 'red', value: 80 }] },
};
const axis = {
  axisBorderShow: false,
  axisCenteredZero: false,
  axisColorMode: 'text',
  axisLabel: '',
  axisPlacement: 'auto',
  scaleDistribution: { type: 'linear' },
  thresholdsStyle: { mode: 'off' },
};
const graph = {
  ...axis,
  barAlignment: 0,
  barWidthFactor: 0.6,
  drawStyle: 'line',
  fillOpacity: 0,
  gradientMode: 'none',
  hideFrom,
  insertNulls: false,
  lineInterpolation: 'linear',
  lineWidth: 1,
  pointSize: 5,
  showPoints: 'auto',
  showValues: false,
  spanNulls: false,
  stacking,
};
const graphPanel = { options: { legend, tooltip }, field: { ...fields, color: paletteClassic, custom: graph } };

/** The layer that a map begins with. */
const markers = {
  config: {
    showLegend: true,
    style: {
      color: { fixed: 'dark-green' },
      opacity: 0.4,
      rotation: { fixed: 0, max: 360, min: -360, mode: 'mod' },
      size: { fixed: 5, max: 15, min: 2 },
      symbol: { fixed: 'img/icons/marker/circle.svg', mode: 'fixed' },
      symbolAlign: { horizontal: 'center', vertical: 'center' },
      textConfig: { fontSize: 12, offsetX: 0, offsetY: 0, textAlign: 'center', textBaseline: 'middle' },
    },
  },
  location: { mode: 'auto' },
  name: 'Layer 1',
  tooltip: true,
  type: 'markers',
};

/**
 * What Grafana 12.3 writes into a panel that it has drawn, when a person saves the dashboard, by panel type: seen in browser saves of bare panels.
 * A type that is not here got nothing.
 */
export const panelDefaults: Readonly<Record<string, PanelDefaults>> = {
  timeseries: graphPanel,
  trend: graphPanel,
  candlestick: {
    options: {
      legend,
      tooltip,
      mode: 'candles+volume',
      candleStyle: 'candles',
      colorStrategy: 'open-close',
      colors: { up: 'green', down: 'red' },
      includeAllFields: false,
    },
    field: graphPanel.field,
  },
  barchart: {
    options: {
      legend,
      tooltip,
      barRadius: 0,
      barWidth: 0.97,
      fullHighlight: false,
      groupWidth: 0.7,
      orientation: 'auto',
      showValue: 'auto',
      stacking: 'none',
      xTickLabelRotation: 0,
      xTickLabelSpacing: 0,
    },
    field: {
      ...fields,
      color: paletteClassic,
      custom: { ...axis, hideFrom, fillOpacity: 80, gradientMode: 'none', lineWidth: 1 },
    },
  },
  stat: {
    options: {
      reduceOptions,
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
    field: fields,
  },
  gauge: {
    options: {
      reduceOptions,
      minVizHeight: 75,
      minVizWidth: 75,
      orientation: 'auto',
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
    },
    field: fields,
  },
  bargauge: {
    options: {
      reduceOptions,
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
    field: fields,
  },
  table: {
    options: { cellHeight: 'sm', showHeader: true },
    field: {
      ...fields,
      custom: { align: 'auto', cellOptions: { type: 'auto' }, footer: { reducers: [] }, inspect: false },
    },
  },
  'state-timeline': {
    options: { legend, tooltip, alignValue: 'left', mergeValues: true, rowHeight: 0.9, showValue: 'auto' },
    field: {
      ...fields,
      color: { mode: 'continuous-GrYlRd' },
      custom: {
        axisPlacement: 'auto',
        fillOpacity: 70,
        hideFrom,
        insertNulls: false,
        lineWidth: 0,
        spanNulls: false,
      },
    },
  },
  'status-history': {
    options: { legend, tooltip, colWidth: 0.9, rowHeight: 0.9, showValue: 'auto' },
    field: {
      ...fields,
      color: { mode: 'thresholds' },
      custom: { axisPlacement: 'auto', fillOpacity: 70, hideFrom, lineWidth: 1 },
    },
  },
  histogram: {
    options: { legend, tooltip },
    field: {
      ...fields,
      color: paletteClassic,
      custom: { fillOpacity: 80, gradientMode: 'none', hideFrom, lineWidth: 1, stacking },
    },
  },
  piechart: {
    options: { reduceOptions, tooltip, legend, pieType: 'pie', sort: 'desc' },
    field: { mappings: [], color: paletteClassic, custom: { hideFrom } },
  },
  heatmap: {
    options: {
      calculate: true,
      calculation: {},
      cellGap: 2,
      cellValues: {},
      color: {
        exponent: 0.5,
        fill: 'dark-orange',
        mode: 'scheme',
        reverse: false,
        scale: 'exponential',
        scheme: 'Oranges',
        steps: 128,
      },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
      filterValues: { le: 1e-9 },
      legend: { show: false },
      rowsFrame: { layout: 'auto' },
      showValue: 'never',
      tooltip: { mode: 'none', showColorScale: false, yHistogram: false },
      yAxis: { axisPlacement: 'left', reverse: false },
    },
    field: { custom: { hideFrom, scaleDistribution: { type: 'linear' } } },
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
  },
  text: {
    options: {
      mode: 'markdown',
      content: '# Title\n\nFor markdown syntax help: [commonmark.org/help](https://commonmark.org/help/)',
      code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false },
    },
  },
  alertlist: {
    options: {
      alertInstanceLabelFilter: '',
      alertName: '',
      dashboardAlerts: false,
      groupBy: [],
      groupMode: 'default',
      maxItems: 20,
      showInactiveAlerts: false,
      sortOrder: 1,
      stateFilter: { error: true, firing: true, noData: false, normal: false, pending: true, recovering: true },
      viewMode: 'list',
    },
  },
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
    },
  },
  news: { options: { showImage: true } },
  canvas: {
    options: {
      inlineEditing: true,
      panZoom: false,
      showAdvancedTypes: true,
      tooltip: { disableForOneClick: false, mode: 'single' },
      zoomToContent: false,
    },
    field: fields,
  },
  geomap: {
    options: {
      controls: {
        mouseWheelZoom: true,
        showAttribution: true,
        showDebug: false,
        showMeasure: false,
        showScale: false,
        showZoom: true,
      },
      layers: [markers],
      tooltip: { mode: 'details' },
      view: { allLayers: true, id: 'zero', lat: 0, lon: 0, noRepeat: false, zoom: 1 },
    },
    field: { ...fields, custom: { hideFrom } },
  },
  nodeGraph: { options: { edges: {}, nodes: {}, layoutAlgorithm: 'layered', zoomMode: 'cooperative' } },
  traces: {
    options: {
      spanFilters: {
        criticalPathOnly: false,
        matchesOnly: false,
        serviceNameOperator: '=',
        spanNameOperator: '=',
      },
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
};

/**
 * The range that Grafana 12.3 writes into a drawn panel of a share that names none and no version of its plugin: a migration from before 8.0
 * (`sharedSingleStatMigrationHandler`). Seen in browser saves of our boards.
 */
export const rangeOfShares = (type: unknown, unit: unknown): Json => {
  if (type !== 'stat' && type !== 'gauge' && type !== 'bargauge') return {};
  if (unit === 'percent') return { min: 0, max: 100 };
  return unit === 'percentunit' ? { min: 0, max: 1 } : {};
};
