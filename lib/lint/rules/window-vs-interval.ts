import { formatDuration } from '../../duration';
import { bare } from '../../query/tree';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Functions that need two samples in their window. */
const ofChange = new Set(['changes', 'resets']);
const ofTwoSamples = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear']);

/** Windows hold enough samples. */
export const windowVsInterval = defineRule({
  id: 'window-vs-interval',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'a window too short for the interval between two samples',
  why: '`rate()` and its like need two samples in their window. With fewer there is no value: the graph has gaps, or is empty, and the alert never fires. One scrape that is missed does the same to a window of two intervals.',
  instead: 'In panels `$__rate_interval`; in rules four scrape intervals at least.',

  *check(query, { knowledge }) {
    for (const { node } of nodesOfKind(query, 'call')) {
      const inner = node.args[0] && bare(node.args[0]);
      if (!(ofTwoSamples.has(node.name) || ofChange.has(node.name)) || inner?.kind !== 'selector' || !inner.window)
        continue;
      const { window } = inner;
      if (window.seconds === undefined || window.variable !== undefined) continue;
      const written = sliceOf(query, window).replace(/^\[|\]$/g, '');
      const report = { culprit: written, span: inner };
      const interval = knowledge.intervalOf(inner);
      // One sample is enough for them to have a value, which is 0 for ever.
      if (ofChange.has(node.name) && (interval === undefined || window.seconds > interval)) continue;
      if (interval === undefined) {
        if (window.seconds >= 60) continue;
        yield {
          ...report,
          message: `\`${node.name}()\` over \`${written}\` needs two samples in it, and most are further apart`,
          expected: 'a window of at least four scrape intervals',
          severity: 'info',
        };
        continue;
      }
      const says = `samples are ${formatDuration(interval)} apart`;
      const expected = `a window of at least \`${formatDuration(4 * interval)}\``;
      if (window.seconds <= interval) {
        const message = `\`${node.name}()\` over \`${written}\` never has two samples: ${says}`;
        yield { ...report, message, expected, severity: 'error' };
      } else if (window.seconds < 2 * interval) {
        yield {
          ...report,
          message: `\`${node.name}()\` over \`${written}\` has two samples only by luck: ${says}`,
          expected,
        };
      } else if (window.seconds < 4 * interval) {
        const message = `\`${node.name}()\` over \`${written}\` has a gap when a scrape or two fail: ${says}`;
        yield { ...report, message, expected, severity: ownSeverity(query, 'warning', 'info') };
      }
    }
  },

  accepts: [
    { name: 'four intervals', query: 'rate(node_cpu_seconds_total[1m])', interval: 15 },
    { name: 'an average, which one sample is enough for', query: 'avg_over_time(node_load1[15s])', interval: 15 },
    { name: 'what Grafana fills in', query: 'rate(node_cpu_seconds_total[$__rate_interval])', interval: 60 },
    { name: 'changes in two intervals', query: 'changes(node_boot_time_seconds[1m])', interval: 30 },
    { name: 'an interval that nobody knows', query: 'rate(node_cpu_seconds_total[1m])' },
  ],
  rejects: [
    { name: 'one interval', query: 'rate(node_cpu_seconds_total[1m])', interval: 60, because: 'never has two samples' },
    { name: 'a bit more', query: 'increase(node_cpu_seconds_total[90s])', interval: 60, because: 'only by luck' },
    { name: 'two intervals', query: 'irate(node_cpu_seconds_total[2m])', interval: 60, because: 'has a gap' },
    {
      name: 'changes in one interval',
      query: 'changes(node_boot_time_seconds[30s])',
      interval: 30,
      because: 'never has two',
    },
    { name: 'seconds', query: 'rate(node_cpu_seconds_total[10s])', because: 'most are further apart' },
  ],
});
