import { bare, type Expr } from '../../query/tree';
import { countsEvents, isGuarded } from '../promql/divisor';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { isRule } from '../promql/used-in';
import { defineRule } from '../rule';

/** Divisors that can be zero are kept from it. */
export const ratioWithoutGuard = defineRule({
  id: 'ratio-without-guard',
  on: 'query',
  severity: 'info',
  needs: 'nothing',
  says: 'a division by what can be zero',
  why: 'Where nothing happened, a rate is 0, and dividing by it gives NaN or infinity: an alert on it stays silent, or fires without cause, and one NaN makes the sum or average of all series NaN.',
  instead: 'Divide by what is above zero: `a / (b > 0)` gives no series where there is nothing to divide by.',

  *check(query) {
    for (const { node, around } of nodesOfKind(query, 'binary')) {
      if ((node.operator !== '/' && node.operator !== '%') || isGuarded(node.right)) continue;
      const events = countsEvents(node.right);
      const summedBy = poisoned(around);
      if (!query.document.own && !events) continue;
      const divisor = sliceOf(query, node.right);
      yield {
        message:
          summedBy && events
            ? `one series without events makes the whole \`${summedBy}\` NaN: it divides by \`${short(divisor)}\`, which can be 0`
            : `divides by \`${short(divisor)}\`, which can be 0`,
        culprit: divisor,
        span: node.right,
        expected: 'divide by what is above zero: `(… > 0)`',
        severity: query.document.own || (summedBy && events && isRule(query)) ? 'warning' : 'info',
      };
    }
  },

  accepts: [
    {
      name: 'a divisor above zero',
      query: 'rate(node_disk_read_time_seconds_total[5m]) / (rate(node_disk_reads_completed_total[5m]) > 0)',
    },
    { name: 'a constant', query: 'node_memory_MemAvailable_bytes / 1024 / 1024' },
    {
      name: 'a count, which gives no series instead of 0',
      query: 'node_load1 / on (instance) count by (instance) (node_cpu_seconds_total{mode="idle"})',
    },
    { name: 'a capacity of somebody else', query: 'node_filesystem_avail_bytes / node_filesystem_size_bytes' },
    {
      name: 'a floor',
      query: 'rate(node_disk_read_time_seconds_total[5m]) / clamp_min(rate(node_disk_reads_completed_total[5m]), 1)',
    },
  ],
  rejects: [
    {
      name: 'seconds per read',
      query: 'rate(node_disk_read_time_seconds_total[5m]) / rate(node_disk_reads_completed_total[5m])',
      because: 'which can be 0',
    },
    {
      name: 'an average over such quotients',
      alert: {
        expr: 'avg by (instance) (rate(node_disk_read_time_seconds_total[5m]) / rate(node_disk_reads_completed_total[5m])) > 0.1',
      },
      because: 'makes the whole `avg` NaN',
    },
  ],
});

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The sum or average around a quotient; a comparison between them drops NaN, unless it says `!=`. */
const poisoned = (around: readonly Expr[]): string | undefined => {
  for (const node of around) {
    const outer = bare(node);
    if (outer.kind === 'aggregation')
      return ['sum', 'avg', 'stddev', 'stdvar'].includes(outer.name) ? outer.name : undefined;
    if (outer.kind === 'binary' && !['+', '-', '*', '/'].includes(outer.operator)) return undefined;
    if (outer.kind === 'call' || outer.kind === 'subquery') return undefined;
  }
  return undefined;
};
