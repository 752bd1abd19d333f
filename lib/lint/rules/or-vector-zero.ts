import { bare } from '../../query/tree';
import { constantOf } from '../promql/comparison';
import { nodesOfKind } from '../promql/nodes';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** A zero is measured, not made up. */
export const orVectorZero = defineRule({
  id: 'or-vector-zero',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'a zero that is shown when nothing is known',
  why: '`or vector(0)` says 0 both when there is nothing wrong and when nothing is measured any more: green while blind.',
  instead: 'A zero of what is there: `count(x == 0) or 0 * count(x)`; for events `or 0 * count(up{job="…"} == 1)`.',

  *check(query) {
    for (const { node } of nodesOfKind(query, 'binary')) {
      if (node.operator !== 'or') continue;
      const right = bare(node.right);
      if (right.kind !== 'call' || right.name !== 'vector' || !right.args[0] || constantOf(right.args[0]) !== 0)
        continue;
      yield {
        message: '`or vector(0)` shows 0 when nothing is measured any more',
        culprit: 'vector(0)',
        span: { from: node.operatorSpan.from, to: right.to },
        expected: 'a zero of what is there: `or 0 * count(…)`',
        severity: ownSeverity(query, 'error', 'info'),
      };
    }
  },

  accepts: [
    { name: 'a zero of what is there', query: 'count(up == 0) or 0 * count(up)' },
    { name: 'a heartbeat', alert: { expr: 'vector(1)' } },
    { name: 'a zero that is compared', query: 'up > vector(0)' },
  ],
  rejects: [{ name: 'a zero from nowhere', query: 'count(up == 0) or vector(0)', because: 'nothing is measured' }],
});
