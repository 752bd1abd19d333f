import { LogsDedupStrategy, LogsSortOrder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/logs';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki';
import { madeBy, recordFacts } from '../lib/panel-facts';
import { tokens } from '../lib/tokens';
import { dataSourceVariable } from '../lib/dashboards/data-source-variable';

/** Lines of log to show: a LogQL query on one of the homelab file's data sources. */
export interface LogLines {
  readonly title: string;
  readonly description: string;
  readonly query: string;
  /** Key in `dataSources`; undefined where this homelab has no logs, and the panel is left out. */
  readonly dataSource: string | undefined;
}

/** Lines of log, newest first. */
export const logs = ({ title, description, query, dataSource }: LogLines): PanelBuilder =>
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
    recordFacts(panel, {
      key: `logs ${query}`,
      look: 'logs',
      signals: [],
      ...(dataSource !== undefined && { dataSources: [dataSource] }),
      ...(dataSource === undefined && { missing: 'the homelab file names no data source of kind loki' }),
    });
    return panel;
  });
