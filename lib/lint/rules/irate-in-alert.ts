import { nodesOfKind } from '../promql/nodes';
import { defineRule } from '../rule';

/** Alerts look at a while, not at two samples. */
export const irateInAlert = defineRule({
  id: 'irate-in-alert',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: '`irate()` in an alert',
  why: '`irate()` looks at the last two samples only. One quiet pair of them resets `for`, so that an alert on what is bad nearly always may never fire.',
  instead: '`rate()` over the same window.',

  *check(query) {
    if (query.owner.kind !== 'alert') return;
    for (const { node } of nodesOfKind(query, 'call')) {
      if (node.name !== 'irate') continue;
      const message = '`irate()` looks at two samples only: one quiet pair resets the alert';
      yield { message, culprit: 'irate', span: node.nameSpan, expected: '`rate()`' };
    }
  },

  accepts: [
    { name: 'rate', alert: { expr: 'rate(node_vmstat_oom_kill[5m]) > 0' } },
    { name: 'a graph', query: 'irate(node_cpu_seconds_total[$__rate_interval])' },
  ],
  rejects: [{ name: 'irate', alert: { expr: 'irate(node_vmstat_oom_kill[5m]) > 0' }, because: 'two samples only' }],
});
