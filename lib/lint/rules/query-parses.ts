import { sliceOf } from '../promql/nodes';
import { isRule } from '../promql/used-in';
import { defineRule } from '../rule';
import type { LintDocument, Query } from '../subject';

const names = { promql: 'PromQL', logql: 'LogQL', traceql: 'TraceQL', other: 'query' } as const;

/** Queries are in their data source's language. */
export const queryParses = defineRule({
  id: 'query-parses',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a query that is not PromQL, LogQL or TraceQL, whichever its data source speaks',
  why: 'The server refuses it: a panel shows an error, and a rule file with one such query is not loaded at all.',
  instead: 'The caret shows the first place that does not fit what stands before it: look left of it, too.',

  *check(query) {
    const { error, language, metricsql } = query.parsed;
    // `{}` is what Grafana writes where no label was chosen.
    if (query.text.trim() === '' || query.text.trim() === '{}') {
      if (isRule(query)) yield { message: 'the query is empty', culprit: query.refId };
      return;
    }
    if (error) {
      // What a variable stands for decides.
      if (/^\s*(?:\$\{?[a-zA-Z_]|\[\[)/.test(query.text.slice(error.span.from))) return;
      const culprit = sliceOf(query, error.span).trim().slice(0, 60) || query.refId;
      // VictoriaMetrics takes it, and is often used by the name of Prometheus.
      const elsewhere = metricsql && meansVictoria(query);
      yield {
        message: `this is not ${names[language]}: ${error.message}`,
        culprit,
        span: error.span,
        ...(metricsql && { expected: 'PromQL, unless the server is VictoriaMetrics' }),
        severity: elsewhere ? 'warning' : 'error',
      };
      return;
    }
    const type = query.dataSource?.type;
    if (!metricsql || /victoria/i.test(type ?? '')) return;
    yield {
      message: 'only VictoriaMetrics understands this query: it is MetricsQL',
      culprit: query.refId,
      expected: 'write it in PromQL, or use the data source of VictoriaMetrics',
      severity: type === undefined || meansVictoria(query) ? 'info' : 'warning',
    };
  },

  accepts: [
    { name: 'a query', query: 'sum by (instance) (rate(node_cpu_seconds_total[$__rate_interval]))' },
    { name: 'variables of Grafana', query: 'topk($top, node_load1{instance=~"${instance:regex}"} offset $shift)' },
    { name: 'lines and comments', query: 'up # comes from scraping\n == 0' },
    { name: 'LogQL', query: 'sum(rate({job="varlogs"} |= "error" [5m]))', language: 'logql' },
    { name: 'TraceQL', query: '{ span.http.status_code >= 500 }', language: 'traceql' },
  ],
  rejects: [
    { name: 'a bracket that is never closed', query: 'sum(rate(node_cpu_seconds_total[5m])', because: 'not PromQL' },
    { name: 'two operators', query: 'node_load1 > < 5', because: 'not PromQL' },
    { name: 'LogQL without an end', query: '{job="varlogs"', language: 'logql', because: 'not LogQL' },
    {
      name: 'TraceQL without a field',
      query: '{ span.http.status_code >= }',
      language: 'traceql',
      because: 'not TraceQL',
    },
    {
      name: 'MetricsQL for Prometheus',
      panel: {
        datasource: { type: 'prometheus', uid: '$datasource' },
        targets: [{ refId: 'A', expr: 'rate(node_cpu_seconds_total) keep_metric_names' }],
      },
      because: 'only VictoriaMetrics',
    },
  ],
});

const hints = new WeakMap<LintDocument, boolean>();

/** Whether something else in the file says that the server is VictoriaMetrics; a panel that does not name its source may mean it. */
const meansVictoria = ({ document, owner, dataSource }: Query): boolean => {
  if (owner.kind === 'panel' && dataSource?.type !== 'prometheus') return true;
  const before = hints.get(document);
  if (before !== undefined) return before;
  const hint = /victoria|\bvm(?:alert|agent|anomaly)?_[a-z]/i.test(document.text);
  hints.set(document, hint);
  return hint;
};
