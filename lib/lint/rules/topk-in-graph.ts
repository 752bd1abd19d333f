import { nodesOfKind } from '../promql/nodes';
import { isGraph } from '../promql/used-in';
import { defineRule } from '../rule';

/** Who is on top is asked for one moment. */
export const topkInGraph = defineRule({
  id: 'topk-in-graph',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: '`topk()` or `bottomk()` in a graph over time',
  why: 'They choose anew at each point: the graph shows more series than asked for, with gaps.',
  instead:
    'An instant query in a table, or choose by the whole range: `x and topk(5, avg_over_time(x[$__range] @ `end()`))`.',

  *check(query) {
    if (!isGraph(query)) return;
    for (const { node, around } of nodesOfKind(query, 'aggregation')) {
      if (node.name !== 'topk' && node.name !== 'bottomk') continue;
      if (around.length > 0 || /@\s*(?:end|start)\(\)/.test(query.text)) continue;
      yield {
        message: `\`${node.name}\` chooses anew at each point of the graph`,
        culprit: node.name,
        span: node.nameSpan,
      };
    }
  },

  accepts: [
    { name: 'chosen at the end', query: 'node_load1 and topk(5, avg_over_time(node_load1[$__range] @ end()))' },
    {
      name: 'a table',
      panel: { type: 'table', targets: [{ refId: 'A', expr: 'topk(5, node_load1)', instant: true, format: 'table' }] },
    },
    { name: 'the largest one, as a number', query: 'sum(topk(5, node_load1))' },
  ],
  rejects: [{ name: 'a graph', query: 'topk(5, node_load1)', because: 'anew at each point' }],
});
