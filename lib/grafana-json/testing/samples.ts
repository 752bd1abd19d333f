import { PanelBuilder as AnnotationsList } from '@grafana/grafana-foundation-sdk/annotationslist';
import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as DashboardList } from '@grafana/grafana-foundation-sdk/dashboardlist';
import { PanelBuilder as Gauge } from '@grafana/grafana-foundation-sdk/gauge';
import { HeatmapColorOptionsBuilder, PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as Histogram } from '@grafana/grafana-foundation-sdk/histogram';
import { PanelBuilder as Logs } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder as Loki } from '@grafana/grafana-foundation-sdk/loki';
import { NodeOptionsBuilder, PanelBuilder as NodeGraph } from '@grafana/grafana-foundation-sdk/nodegraph';
import { PanelBuilder as PieChart, PieChartType } from '@grafana/grafana-foundation-sdk/piechart';
import { DataqueryBuilder as Prometheus } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { DataqueryBuilder as Tempo } from '@grafana/grafana-foundation-sdk/tempo';
import { PanelBuilder as Text } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { PanelBuilder as Trend } from '@grafana/grafana-foundation-sdk/trend';
import { correctDashboard } from '../correct';
import type { Json } from '../json';
import type { PanelType } from '../registered-fields';

type PanelSource = Builder<dashboard.Panel>;

const prometheus = { type: 'prometheus', uid: '${datasource}' };
const loki = { type: 'loki', uid: '${logs}' };
const tempo = { type: 'tempo', uid: 'tempo' };

const legend = new common.VizLegendOptionsBuilder()
  .showLegend(true)
  .calcs(['max'])
  .displayMode(common.LegendDisplayMode.Table);
const tooltip = new common.VizTooltipOptionsBuilder()
  .mode(common.TooltipDisplayMode.Multi)
  .sort(common.SortOrder.Descending);
const reduce = new common.ReduceDataOptionsBuilder().calcs(['mean']).fields('/.*/').values(false);
const levels = new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps([
  { color: 'green', value: null },
  { color: 'red', value: 0.9 },
]);
const query = (): Prometheus =>
  new Prometheus()
    .refId('A')
    .expr('rate(up{host=~"$host"}[$__rate_interval])')
    .legendFormat('{{host}}')
    .interval('15s');

/** A panel of each type, as the SDK builds it, with at least one option and field option that is not the default. */
export const panelSources: Readonly<Record<PanelType, () => PanelSource>> = {
  alertlist: () =>
    generic('alertlist', { maxItems: 10, stateFilter: { firing: true, pending: true }, viewMode: 'list' }),
  annolist: () => new AnnotationsList().limit(20).tags(['deploy']),
  barchart: () =>
    new BarChart()
      .datasource(prometheus)
      .withTarget(query())
      .xField('host')
      .axisLabel('hosts')
      .legend(legend)
      .tooltip(tooltip),
  bargauge: () =>
    new BarGauge()
      .datasource(prometheus)
      .withTarget(query())
      .displayMode(common.BarGaugeDisplayMode.Lcd)
      .reduceOptions(reduce)
      .unit('percentunit')
      .thresholds(levels),
  dashlist: () => new DashboardList().tags(['homelab']).maxItems(30).showHeadings(false),
  gauge: () =>
    new Gauge()
      .datasource(prometheus)
      .withTarget(query())
      .showThresholdLabels(true)
      .reduceOptions(reduce)
      .min(0)
      .max(1),
  heatmap: () =>
    new Heatmap()
      .datasource(prometheus)
      .withTarget(query())
      .color(new HeatmapColorOptionsBuilder().scheme('Blues').steps(32))
      .hideFrom(new common.HideSeriesConfigBuilder().legend(true))
      .unit('s'),
  histogram: () =>
    new Histogram().datasource(prometheus).withTarget(query()).bucketCount(20).lineWidth(2).legend(legend),
  logs: () =>
    new Logs()
      .datasource(loki)
      .withTarget(new Loki().refId('A').expr('{host="$host"} | line_format "{{ $x }}"').maxLines(100))
      .showTime(true)
      .enableLogDetails(true),
  nodeGraph: () =>
    new NodeGraph()
      .datasource(tempo)
      .withTarget(new Tempo().refId('A').queryType('serviceMap'))
      .nodes(new NodeOptionsBuilder().mainStatUnit('reqps')),
  piechart: () =>
    new PieChart()
      .datasource(prometheus)
      .withTarget(query())
      .pieType(PieChartType.Donut)
      .reduceOptions(reduce)
      .hideFrom(new common.HideSeriesConfigBuilder().tooltip(true)),
  stat: () =>
    new Stat()
      .datasource(prometheus)
      .withTarget(query())
      .colorMode(common.BigValueColorMode.Background)
      .reduceOptions(reduce)
      .unit('suffix:x')
      .mappings([
        { type: dashboard.MappingType.ValueToText, options: { '0': { text: 'down', color: 'red', index: 0 } } },
        {
          type: dashboard.MappingType.SpecialValue,
          options: { match: dashboard.SpecialValueMatch.Null, result: { text: '-' } },
        },
      ]),
  'state-timeline': () =>
    new StateTimeline().datasource(prometheus).withTarget(query()).rowHeight(0.8).fillOpacity(80).spanNulls(3_600_000),
  'status-history': () => new StatusHistory().datasource(prometheus).withTarget(query()).colWidth(0.8).fillOpacity(80),
  table: () =>
    new Table()
      .datasource(prometheus)
      .withTarget(
        query()
          .instant()
          .format('table' as never),
      )
      .sortBy([new common.TableSortByFieldStateBuilder().displayName('host').desc(true)])
      .align(common.FieldTextAlignment.Right)
      .withTransformation({ id: 'organize', options: { renameByName: { host: 'Host' } } })
      .overrideByName('used', [
        { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic' } },
        { id: 'custom.footer.reducers', value: ['max'] },
        { id: 'links', value: [{ title: 'Open', url: '/d/other?var-host=${__data.fields.host}' }] },
      ]),
  text: () => new Text().content('see [other](/d/other), and `$HOME`'),
  timeseries: () =>
    new TimeSeries()
      .datasource(prometheus)
      .withTarget(query())
      .legend(legend)
      .tooltip(tooltip)
      .fillOpacity(12)
      .unit('bytes')
      .thresholds(levels)
      .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Line))
      .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.PaletteClassicByName))
      .links([new dashboard.DashboardLinkBuilder('Other').url('/d/other')])
      .dataLinks([new dashboard.DashboardLinkBuilder('Host').url('/d/other?var-host=${__field.labels.host}')])
      .overrideByRegexp('/limit/', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } }]),
  traces: () =>
    generic('traces', { spanFilters: { matchesOnly: true, spanNameOperator: '!=' } })
      .datasource(tempo)
      .withTarget(new Tempo().refId('A').query('{ duration > 1s }').queryType('traceql').limit(20)),
  trend: () => new Trend().datasource(prometheus).withTarget(query()).lineWidth(2).legend(legend),
};

const generic = (type: string, options: object): dashboard.PanelBuilder => {
  const builder = new dashboard.PanelBuilder().type(type);
  return builder.options(options);
};

/** A dashboard with these panels one below the other, as it is before corrections. */
export const rawDashboardOf = (...panels: readonly PanelSource[]): Json => {
  const board = new dashboard.DashboardBuilder('Sample')
    .uid('sample')
    .tags(['homelab'])
    .time({ from: 'now-6h', to: 'now' })
    .withVariable(new dashboard.DatasourceVariableBuilder('datasource').type('prometheus'))
    .withVariable(new dashboard.DatasourceVariableBuilder('logs').type('loki'))
    .withVariable(
      new dashboard.QueryVariableBuilder('host')
        .datasource(prometheus)
        .query({ query: 'label_values(up, host)', refId: 'V', qryType: 1 })
        .multi(true)
        .includeAll(true),
    )
    .withVariable(new dashboard.IntervalVariableBuilder('window').values('1m,5m'))
    .annotation(
      new dashboard.AnnotationQueryBuilder()
        .name('Restarts')
        .datasource(prometheus)
        .iconColor('blue')
        .target(new Prometheus().refId('Anno').expr('changes(up[5m]) > 0')),
    )
    .link(new dashboard.DashboardLinkBuilder('Other').url('/d/other').keepTime(true));
  const model = JSON.parse(JSON.stringify(board.build())) as Json;
  const built = panels.map((panel, index) => ({
    ...(JSON.parse(JSON.stringify(panel.build())) as Json),
    id: index + 1,
    title: `Panel ${index + 1}`,
    gridPos: { h: 8, w: 24, x: 0, y: index * 8 },
  }));
  return { ...model, panels: built };
};

/** The same as Grafana is given it. */
export const dashboardOf = (...panels: readonly PanelSource[]): Json => correctDashboard(rawDashboardOf(...panels));

/** What the sample may name. */
export const sampleWorld = { knownUids: ['other'], knownDatasources: { tempo: 'tempo' } } as const;
