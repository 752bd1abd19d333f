import { GraphDrawStyle, LogsDedupStrategy, LogsSortOrder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki';
import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { BoardHome } from '../lib/dashboards/dashboard';
import { madeBy, recordFacts } from '../lib/panel-facts';
import { tokens } from '../lib/tokens';
import { dataSourceVariable } from '../lib/dashboards/data-source-variable';
import { noLegend } from './house';

/** Lines of log to show: a LogQL query on one of the homelab file's data sources. */
export interface LogLines {
  readonly title: string;
  readonly description: string;
  readonly query: string;
  /** Key in `dataSources`; undefined where this homelab has no logs, and the panel is left out. */
  readonly dataSource: string | undefined;
  /** Lines that name people, or what they watch: shown only where the homelab file allows it. */
  readonly personal?: BoardHome['privacy'];
}

/** The streams of an app: since Loki 3.0 each has a `service_name`, found in whatever labels its collector writes. */
export const logsOf = (app: string): string => `{service_name=~"(?i).*${app}.*"}`;

/** Lines of log, newest first. */
export const logs = ({ title, description, query, dataSource, personal }: LogLines): PanelBuilder =>
  madeBy(() => {
    const panel = new PanelBuilder()
      .title(title)
      .description(description)
      .span(tokens.width.full)
      .height(tokens.height.logs)
      .datasource({ type: 'loki', uid: `\${${dataSourceVariable(dataSource ?? 'loki')}}` })
      .withTarget(new DataqueryBuilder().expr(query).refId('A'))
      .showTime(true)
      .wrapLogMessage(true)
      .enableLogDetails(true)
      .dedupStrategy(LogsDedupStrategy.None)
      .sortOrder(LogsSortOrder.Descending);
    record(panel, 'logs', query, dataSource, personal);
    return panel;
  });

/** How many lines there were in each stretch of time: `query` selects them. */
export const logCount = ({ title, description, query, dataSource }: Omit<LogLines, 'personal'>): BarsBuilder =>
  madeBy(() => {
    const panel = new BarsBuilder()
      .title(title)
      .description(description)
      .unit('short')
      .noValue('None')
      .span(tokens.width.full)
      .height(tokens.height.short)
      .datasource({ type: 'loki', uid: `\${${dataSourceVariable(dataSource ?? 'loki')}}` })
      .withTarget(
        new DataqueryBuilder().expr(`sum(count_over_time(${query} [$__auto]))`).refId('A').legendFormat('lines'),
      )
      .drawStyle(GraphDrawStyle.Bars)
      .fillOpacity(tokens.line.stackedFill)
      .maxDataPoints(tokens.points.bars)
      .min(0)
      .legend(noLegend());
    record(panel, 'log-count', query, dataSource);
    return panel;
  });

const record = (
  panel: object,
  look: string,
  query: string,
  dataSource: string | undefined,
  privacy?: BoardHome['privacy'],
): void =>
  recordFacts(panel, {
    key: `${look} ${query}`,
    look,
    signals: [],
    ...(dataSource !== undefined && { dataSources: [dataSource] }),
    ...(privacy === 'aggregate' && {
      missing: "its lines name people or what they watch, which only `privacy: 'full'` in the homelab file shows",
    }),
    ...(dataSource === undefined && { missing: 'the homelab file names no data source of kind loki' }),
  });
