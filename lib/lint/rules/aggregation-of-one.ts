import { bare } from '../../query/tree';
import { nodesOfKind } from '../promql/nodes';
import { defineRule } from '../rule';

const merging = new Set(['sum', 'avg', 'min', 'max', 'count', 'group', 'quantile', 'stddev', 'stdvar']);

/** Aggregations have several series to merge. */
export const aggregationOfOne = defineRule({
  id: 'aggregation-of-one',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'an aggregation of a single series',
  why: 'Inside, all series were merged into one already: what stands around it merges nothing. Often a `by (…)` was forgotten inside.',
  instead: 'Leave the outer one out, or keep labels in the inner one.',

  *check(query) {
    for (const { node } of nodesOfKind(query, 'aggregation')) {
      const inner = bare(node.inner);
      if (!merging.has(node.name) || inner.kind !== 'aggregation' || !merging.has(inner.name)) continue;
      if (inner.grouping && (inner.grouping.mode === 'without' || inner.grouping.labels.length > 0)) continue;
      yield {
        message: `\`${node.name}\` of \`${inner.name}\`, which leaves one series only`,
        culprit: node.name,
        span: node.nameSpan,
        expected: `labels for the inner \`${inner.name}\`, or no outer \`${node.name}\``,
      };
    }
  },

  accepts: [
    { name: 'the largest sum', query: 'max(sum by (instance) (rate(node_network_receive_bytes_total[5m])))' },
    { name: 'a sum of the largest', query: 'sum(topk(3, node_load1))' },
    { name: 'without a label', query: 'sum(max without (device) (node_network_up))' },
  ],
  rejects: [{ name: 'a sum of a sum', query: 'sum(sum(node_network_up))', because: 'one series only' }],
});
