import type { Expr } from '../../query/tree';
import { constantOf } from '../promql/comparison';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { defineRule } from '../rule';
import type { Query } from '../subject';

/** Quantiles are shares. */
export const quantileOutOfRange = defineRule({
  id: 'quantile-out-of-range',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a quantile that is not between 0 and 1',
  why: 'Above 1 the result is infinity, below 0 minus infinity: nothing is drawn, or every alert fires.',
  instead: '`0.95` for the 95th percentile.',

  *check(query) {
    for (const { node } of nodesOfKind(query, 'call')) {
      if (node.name === 'histogram_quantile' || node.name === 'quantile_over_time')
        yield* judge(query, node.name, node.args[0]);
    }
    for (const { node } of nodesOfKind(query, 'aggregation')) {
      if (node.name === 'quantile') yield* judge(query, node.name, node.parameter);
    }
  },

  accepts: [
    {
      name: 'a share',
      query: 'histogram_quantile(0.95, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
    },
    { name: 'the largest', query: 'quantile_over_time(1, node_load1[1h])' },
    { name: 'a variable', query: 'quantile($quantile, node_load1)' },
  ],
  rejects: [
    {
      name: 'a percentage',
      query: 'histogram_quantile(95, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
      because: 'not between 0 and 1',
    },
    { name: 'of series', query: 'quantile by (job) (99, node_load1)', because: 'not between 0 and 1' },
    { name: 'over time', query: 'quantile_over_time(1.5, node_load1[1h])', because: 'not between 0 and 1' },
  ],
});

function* judge(query: Query, name: string, argument: Expr | undefined) {
  const value = argument && constantOf(argument);
  if (!argument || value === undefined || (value >= 0 && value <= 1)) return;
  yield {
    message: `\`${sliceOf(query, argument)}\` in \`${name}\` is not between 0 and 1`,
    culprit: sliceOf(query, argument),
    span: argument,
    ...(value > 1 && value <= 100 && { expected: `\`${value / 100}\`` }),
  };
}
