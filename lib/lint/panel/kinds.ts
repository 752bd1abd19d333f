import type { Panel } from '../subject';

/** Panels that show no data of a data source. */
const withoutData = new Set([
  ...[
    'text',
    'row',
    'news',
    'dashlist',
    'alertlist',
    'annolist',
    'welcome',
    'gettingstarted',
    'live',
    'debug',
    'pluginlist',
  ],
  ...['library-panel-ref', 'grafana-clock-panel', 'datagrid', 'canvas', 'dashboard-list', 'alert-list'],
]);

/** Whether a panel draws what queries answer. */
export const drawsData = (panel: Panel): boolean =>
  panel.type !== '' && panel.library === undefined && !withoutData.has(panel.type);

/** One value, large, for each series. */
export const singleValue: ReadonlySet<string> = new Set([
  'stat',
  'gauge',
  'bargauge',
  'singlestat',
  'piechart',
  'radialbar',
]);

/** Lines, bars and points over time. */
export const overTime: ReadonlySet<string> = new Set(['timeseries', 'graph']);

/** Rows and columns. */
export const tables: ReadonlySet<string> = new Set(['table', 'table-old']);

/** Transformations that leave neither number nor name of a value as the query gave it. */
const changing = new Set([
  ...[
    'calculateField',
    'groupBy',
    'reduce',
    'histogram',
    'configFromData',
    'rowsToFields',
    'convertFieldType',
    'extractFields',
  ],
  ...['groupToMatrix', 'regression', 'spatial', 'formatTime', 'heatmap', 'timeSeriesTable', 'formatString'],
]);

/** Whether values are reckoned with after the query. */
export const reckonsAfterwards = (panel: Panel): boolean =>
  panel.transformations.some(({ id }) => typeof id === 'string' && changing.has(id));
