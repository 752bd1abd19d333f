export { byHour } from './by-hour';
export { compared, measured } from './compared';
export { each } from './each';
export { allow } from '../lib/panel-facts';
export { alertCount, alertList, dashboardList, firingList, firingStat } from './lists';
export { barGauge, gauge } from './gauges';
export { heatmap } from './heatmap';
export { labelStat } from './label-stat';
export { linkSeries, linkValues } from './links';
export { logCount, logs, logsOf } from './logs';
export { pagedTimeline } from './presence';
export { withPreflight } from './preflight';
export { redSection } from './red';
export { namedStat, stat, worstNamedStat, worstStat } from './stat';
export { ageTimeline, stateTimeline } from './state-timeline';
export { statusHistory } from './status-history';
export {
  asColour,
  asGauge,
  asLabel,
  asNumber,
  exact,
  labelTable,
  linkRows,
  shortTable,
  smallTable,
  table,
} from './table';
export { text } from './text';
export { bars, manyLines, mirrored, stacked, timeseries } from './timeseries';
export { resource, useMatrix, useRow, useSections } from './use';
export { full, half, third } from './width';
