/** Panel plugins that come with Grafana 12.3 (`public/app/plugins/panel`). */
export const corePanels: ReadonlySet<string> = new Set([
  ...[
    'alertlist',
    'annolist',
    'barchart',
    'bargauge',
    'candlestick',
    'canvas',
    'dashlist',
    'datagrid',
    'debug',
    'flamegraph',
    'gauge',
  ],
  ...[
    'geomap',
    'gettingstarted',
    'heatmap',
    'histogram',
    'live',
    'logs',
    'news',
    'nodeGraph',
    'piechart',
    'radialbar',
    'stat',
  ],
  ...[
    'state-timeline',
    'status-history',
    'table',
    'text',
    'timeseries',
    'traces',
    'trend',
    'welcome',
    'xychart',
    'row',
  ],
]);

export interface Removed {
  readonly instead: string;
  /** Grafana that no longer has it. */
  readonly since: string;
  /** Whether Grafana shows the new one by itself (`autoMigrateAngular` of `PanelModel.ts`). */
  readonly migrated: boolean;
}

/** Panels that no longer work as they are: written for AngularJS, which Grafana 12 does not load. */
export const removedPanels: ReadonlyMap<string, Removed> = new Map([
  ['graph', { instead: 'timeseries', since: '11', migrated: true }],
  ['graphite', { instead: 'timeseries', since: '2', migrated: true }],
  ['table-old', { instead: 'table', since: '11', migrated: true }],
  ['singlestat', { instead: 'stat', since: '8', migrated: true }],
  ['grafana-singlestat-panel', { instead: 'stat', since: '11', migrated: true }],
  ['grafana-piechart-panel', { instead: 'piechart', since: '11', migrated: true }],
  ['grafana-worldmap-panel', { instead: 'geomap', since: '11', migrated: true }],
  ['natel-discrete-panel', { instead: 'state-timeline', since: '11', migrated: true }],
  ['heatmap-new', { instead: 'heatmap', since: '9.1', migrated: true }],
  ['flant-statusmap-panel', { instead: 'status-history', since: '12', migrated: false }],
  ['natel-plotly-panel', { instead: 'xychart', since: '12', migrated: false }],
  ['vonage-status-panel', { instead: 'stat', since: '12', migrated: false }],
  ['mtanda-histogram-panel', { instead: 'histogram', since: '12', migrated: false }],
  ['savantly-heatmap-panel', { instead: 'heatmap', since: '12', migrated: false }],
  ['petrslavotinek-carpetplot-panel', { instead: 'heatmap', since: '12', migrated: false }],
  ['briangann-datatable-panel', { instead: 'table', since: '12', migrated: false }],
  ['jdbranham-diagram-panel', { instead: 'canvas', since: '12', migrated: false }],
  ['agenty-flowcharting-panel', { instead: 'canvas', since: '12', migrated: false }],
  ['michaeldmoore-multistat-panel', { instead: 'bargauge', since: '12', migrated: false }],
  ['neocat-cal-heatmap-panel', { instead: 'heatmap', since: '12', migrated: false }],
  ['digrich-bubblechart-panel', { instead: 'xychart', since: '12', migrated: false }],
  ['corpglory-progresslist-panel', { instead: 'bargauge', since: '12', migrated: false }],
  ['blackmirror1-singlestat-math-panel', { instead: 'stat', since: '12', migrated: false }],
  ['farski-blendstat-panel', { instead: 'stat', since: '12', migrated: false }],
  ['btplc-alarm-box-panel', { instead: 'stat', since: '12', migrated: false }],
  ['larona-epict-panel', { instead: 'canvas', since: '12', migrated: false }],
]);

/** Panels of Grafana's catalogue that are in use and still load. */
export const cataloguePanels: ReadonlySet<string> = new Set([
  ...[
    'grafana-polystat-panel',
    'grafana-clock-panel',
    'marcusolsson-treemap-panel',
    'marcusolsson-hourly-heatmap-panel',
  ],
  ...[
    'marcusolsson-calendar-panel',
    'marcusolsson-gantt-panel',
    'marcusolsson-dynamictext-panel',
    'volkovlabs-echarts-panel',
  ],
  ...[
    'volkovlabs-form-panel',
    'volkovlabs-image-panel',
    'volkovlabs-table-panel',
    'volkovlabs-variable-panel',
    'ae3e-plotly-panel',
  ],
  ...[
    'nline-plotlyjs-panel',
    'netsage-sankey-panel',
    'knightss27-weathermap-panel',
    'orchestracities-map-panel',
    'pr0ps-trackmap-panel',
  ],
  ...[
    'innius-video-panel',
    'aceiot-svg-panel',
    'gapit-htmlgraphics-panel',
    'andrewbmchugh-flow-panel',
    'dalvany-image-panel',
  ],
  ...['briangann-gauge-panel', 'yesoreyeram-boomtable-panel', 'speakyourcode-button-panel', 'cloudspout-button-panel'],
  ...[
    'ryantxu-ajax-panel',
    'esnet-matrix-panel',
    'esnet-networkmap-panel',
    'timomyl-breadcrumb-panel',
    'isaozler-paretochart-panel',
  ],
  ...[
    'zuburqan-parity-report-panel',
    'frser-feature-panel',
    'grafana-candlestick-panel',
    'alexanderzobnin-zabbix-triggers-panel',
  ],
  ...[
    'isovalent-hubble-panel',
    'operato-windrose-panel',
    'fatcloud-windrose-panel',
    'bilibala-windrose-panel',
    'auxmoney-waterfall-panel',
  ],
]);
