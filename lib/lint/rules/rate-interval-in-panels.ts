import { bare } from '../../query/tree';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { isGraph } from '../promql/used-in';
import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Rates in graphs go with the zoom. */
export const rateIntervalInPanels = defineRule({
  id: 'rate-interval-in-panels',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'a rate in a graph whose window does not go with the zoom',
  why: 'Over a long time range a fixed window is shorter than the step between two points, so that what happens between them is not drawn; over a short one it smooths away what one zoomed in for. `$__interval` is as long as the step, but can be shorter than two scrapes: then the graph is empty.',
  instead: '`$__rate_interval`: as long as the step, and four scrape intervals at least.',

  *check(query) {
    if (query.owner.kind !== 'panel') return;
    for (const { node } of nodesOfKind(query, 'call')) {
      if (!['rate', 'irate', 'increase'].includes(node.name) || !node.args[0]) continue;
      const inner = bare(node.args[0]);
      if (inner.kind !== 'selector' || !inner.window) continue;
      const { variable, seconds } = inner.window;
      const written = sliceOf(query, inner.window).replace(/^\[|\]$/g, '');
      const report = { culprit: written, span: inner.window, expected: '`$__rate_interval`' };
      if (variable === '__interval') {
        // A minimum step, and bars that count per step, are reasons for it.
        const meant = query.interval !== undefined || node.name === 'increase';
        yield {
          ...report,
          message: `\`${node.name}()\` over \`$__interval\` is empty where the step is shorter than two scrapes`,
          severity: meant ? 'info' : 'warning',
        };
      } else if (
        variable === undefined &&
        seconds !== undefined &&
        seconds <= 600 &&
        node.name !== 'increase' &&
        isGraph(query)
      ) {
        yield {
          ...report,
          message: `\`${node.name}()\` over a fixed \`${written}\` leaves out what happens between two points of a long time range`,
          severity: ownSeverity(query, 'warning', 'info'),
        };
      }
    }
  },

  accepts: [
    { name: 'the macro', query: 'rate(node_cpu_seconds_total[$__rate_interval])' },
    { name: 'a count per hour, which the title can say', query: 'increase(node_vmstat_oom_kill[1h])' },
    { name: 'an average over hours, on purpose', query: 'rate(node_network_receive_bytes_total[6h])' },
    { name: 'a variable of the board', query: 'rate(node_cpu_seconds_total[$window])' },
    {
      name: 'a number of now',
      panel: { type: 'stat', targets: [{ refId: 'A', expr: 'rate(node_cpu_seconds_total[5m])', instant: true }] },
    },
    { name: 'an alert', alert: { expr: 'rate(node_vmstat_oom_kill[5m]) > 0' } },
  ],
  rejects: [
    { name: 'a fixed window', query: 'rate(node_cpu_seconds_total[5m])', because: 'a fixed `5m`' },
    {
      name: 'the wrong macro',
      query: 'rate(node_cpu_seconds_total[$__interval])',
      because: 'shorter than two scrapes',
    },
  ],
});
