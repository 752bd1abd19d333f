// The generated boards with grafonnet: the same panels, queries and limits, in the look of our helpers.
local g = import 'github.com/grafana/grafonnet/gen/grafonnet-v11.4.0/main.libsonnet';
local boards = import 'boards.json';

local query(q) =
  g.query.prometheus.new('$datasource', q.expr)
  + g.query.prometheus.withRefId(q.refId)
  + g.query.prometheus.withLegendFormat(q.legendFormat)
  + g.query.prometheus.withInterval(q.interval)
  + g.query.prometheus.withInstant(q.instant)
  + g.query.prometheus.withRange(!q.instant)
  + (if std.objectHas(q, 'format') then g.query.prometheus.withFormat(q.format) else {});

local dressed(kind, p) =
  kind.new(p.title)
  + kind.panelOptions.withDescription(p.description)
  + kind.queryOptions.withTargets(std.map(query, p.targets))
  + kind.standardOptions.withUnit(p.unit)
  + (if p.min != null then kind.standardOptions.withMin(p.min) else {})
  + (if p.max != null then kind.standardOptions.withMax(p.max) else {})
  + kind.standardOptions.thresholds.withMode('absolute')
  + kind.standardOptions.thresholds.withSteps(p.steps)
  + kind.gridPos.withX(p.gridPos.x)
  + kind.gridPos.withY(p.gridPos.y)
  + kind.gridPos.withW(p.gridPos.w)
  + kind.gridPos.withH(p.gridPos.h);

local looks = {
  stat(p):
    dressed(g.panel.stat, p)
    + g.panel.stat.options.withGraphMode('none')
    + g.panel.stat.options.withColorMode('background')
    + g.panel.stat.options.withTextMode('value')
    + g.panel.stat.options.reduceOptions.withCalcs(['lastNotNull']),
  timeseries(p):
    dressed(g.panel.timeSeries, p)
    + g.panel.timeSeries.fieldConfig.defaults.custom.withLineWidth(1)
    + g.panel.timeSeries.fieldConfig.defaults.custom.withFillOpacity(12)
    + g.panel.timeSeries.fieldConfig.defaults.custom.withShowPoints('never')
    + g.panel.timeSeries.fieldConfig.defaults.custom.withSpanNulls(false)
    + g.panel.timeSeries.standardOptions.color.withMode('palette-classic-by-name')
    + g.panel.timeSeries.options.tooltip.withMode('multi')
    + g.panel.timeSeries.options.tooltip.withSort('desc')
    + g.panel.timeSeries.options.legend.withDisplayMode('list')
    + g.panel.timeSeries.options.legend.withPlacement('bottom'),
  'state-timeline'(p):
    dressed(g.panel.stateTimeline, p)
    + g.panel.stateTimeline.options.withMergeValues(true)
    + g.panel.stateTimeline.options.withShowValue('never')
    + g.panel.stateTimeline.options.withRowHeight(0.8)
    + g.panel.stateTimeline.fieldConfig.defaults.custom.withFillOpacity(80)
    + g.panel.stateTimeline.standardOptions.color.withMode('thresholds'),
  table(p): dressed(g.panel.table, p),
  row(p):
    g.panel.row.new(p.title)
    + g.panel.row.gridPos.withX(p.gridPos.x)
    + g.panel.row.gridPos.withY(p.gridPos.y)
    + g.panel.row.gridPos.withW(p.gridPos.w)
    + g.panel.row.gridPos.withH(p.gridPos.h),
};

{
  [board.uid + '.json']:
    g.dashboard.new(board.title)
    + g.dashboard.withUid(board.uid)
    + g.dashboard.withDescription(board.description)
    + g.dashboard.withTags(board.tags)
    + g.dashboard.withTimezone(board.timezone)
    + g.dashboard.graphTooltip.withSharedCrosshair()
    + g.dashboard.withVariables([
      g.dashboard.variable.datasource.new('datasource', 'prometheus'),
      g.dashboard.variable.query.new('host', 'label_values(node_uname_info{job="node"}, host)')
      + g.dashboard.variable.query.withDatasource('prometheus', '$datasource'),
    ])
    + g.dashboard.withPanels([looks[p.type](p) for p in board.panels], setPanelIDs=false)
  for board in boards
}
