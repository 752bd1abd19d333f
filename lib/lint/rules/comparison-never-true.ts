import { bare, type Binary } from '../../query/tree';
import { limitOf, outcomeOf, type Limit } from '../promql/comparison';
import { nodesOfKind, sliceOf } from '../promql/nodes';
import { valueRangeOf, type ValueRange } from '../promql/value-range';
import type { Knowledge } from '../knowledge';
import { defineRule } from '../rule';
import { unitOf } from '../values';
import type { Query } from '../subject';

/** Comparisons can be true. */
export const comparisonNeverTrue = defineRule({
  id: 'comparison-never-true',
  on: 'query',
  severity: 'error',
  needs: 'nothing',
  says: 'a comparison that no value satisfies',
  why: 'An alert on it never fires, and nobody notices, since silence is what one hopes for. `count(x) == 0` is the usual one: without anything to count there is no series, and so no 0.',
  instead:
    'For "none of them", `absent(x)`, or `count(x) or vector(0)` where zero is meant; otherwise the limit that was meant.',

  *check(query, { knowledge }) {
    for (const { node } of nodesOfKind(query, 'binary')) {
      const limit = limitOf(node);
      if (limit) {
        // A variable that switches a query off: `x < ($show * +Inf)`.
        if (variable.test(sliceOf(query, limit.of === node.left ? node.right : node.left))) continue;
        const share = query.owner.kind === 'alert' && isPercentageOfShare(limit, knowledge);
        if (share) {
          yield {
            message: `\`${short(sliceOf(query, limit.of))}\` is a share of 0 to 1, and is compared with \`${limit.value}\``,
            culprit: String(limit.value),
            span: node,
            expected: `\`${limit.value / 100}\`, or \`100 * …\` on the other side`,
            severity: 'warning',
          };
          continue;
        }
        const range = valueRangeOf(limit.of, knowledge);
        if (!Number.isNaN(limit.value) && outcomeOf(range, limit.operator, limit.value) !== 'never') continue;
        yield {
          message: `\`${short(sliceOf(query, node))}\` is never true: ${Number.isNaN(limit.value) ? 'nothing equals NaN' : whyNever(range)}`,
          culprit: sliceOf(query, limit.of),
          span: node,
          // A catalog is of one version; what a function gives is certain.
          severity: range.byCatalog && limit.value >= 0 ? 'warning' : 'error',
        };
      } else if (node.operator === 'and' && contradict(query, node)) {
        yield {
          message: `\`${short(sliceOf(query, node))}\` is never true: the two limits exclude each other`,
          culprit: sliceOf(query, node.left),
          span: node,
        };
      }
    }
  },

  accepts: [
    { name: 'a switch', query: 'node_load1 < ($show * Inf)', variable: { name: 'show', type: 'custom', query: '0,1' } },
    { name: 'some of them', query: 'count(up == 0) > 0' },
    { name: 'none of them, with a zero', query: '(count(up) or vector(0)) == 0' },
    { name: 'a difference of counts', query: 'count(up) - count(up == 1) == 0' },
    { name: 'no events', query: 'increase(node_vmstat_oom_kill[1h]) == 0' },
    { name: 'a slope', query: 'deriv(node_filesystem_avail_bytes[1h]) < 0' },
    { name: 'a percentage', alert: { expr: '100 * node_filesystem_avail_bytes / node_filesystem_size_bytes > 90' } },
    { name: 'a share', alert: { expr: 'node_filesystem_avail_bytes / node_filesystem_size_bytes > 0.9' } },
    { name: 'between two limits', query: 'node_load1 > 1 and node_load1 < 5' },
    { name: 'a sum of ones', query: 'sum(up) > 3' },
    { name: 'absent, and 1', query: 'absent(up{job="node"}) == 1' },
  ],
  rejects: [
    { name: 'a count of nothing', alert: { expr: 'count(up{job="node"}) == 0' }, because: '`count` gives no series' },
    { name: 'fewer than one', query: 'count by (job) (up) < 1', because: '`count` gives no series' },
    { name: 'absent, and 0', query: 'absent(up{job="node"}) == 0', because: '1 or no series at all' },
    {
      name: 'a share compared with a percentage',
      alert: { expr: '1 - node_filesystem_avail_bytes / node_filesystem_size_bytes > 90' },
      because: 'a share of 0 to 1',
    },
    { name: 'a negative rate', query: 'rate(node_network_receive_bytes_total[5m]) < 0', because: 'never negative' },
    { name: 'a limit out of reach', query: 'avg_over_time(up[5m]) > 1', because: '`up` is 0 or 1' },
    { name: 'two limits', query: 'node_load1 > 5 and node_load1 < 1', because: 'exclude each other' },
    { name: 'the other way round', query: '0 > increase(node_vmstat_oom_kill[1h])', because: 'never negative' },
  ],
});

/** `used / size > 90`: in percent, where the value is a share. Some shares are above 1, but hardly fifty. */
const isPercentageOfShare = ({ of, operator, value }: Limit, knowledge: Knowledge): boolean => {
  if (!operator.startsWith('>') || value < 50 || value > 100) return false;
  const measure = unitOf(of, knowledge);
  return measure?.unit === 'ratio' && measure.scale === 1;
};

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 67)}…` : line;
};

/** Whether two limits of the same expression exclude each other. */
const contradict = (query: Query, node: Binary): boolean => {
  const left = limitIn(node.left);
  const right = limitIn(node.right);
  if (!left || !right) return false;
  if (plain(query, left) !== plain(query, right)) return false;
  const from = Math.max(
    ...[left, right].map(({ operator, value }) => (/[>=]/.test(operator[0] as string) ? value : -Infinity)),
  );
  const to = Math.min(
    ...[left, right].map(({ operator, value }) => (/[<=]/.test(operator[0] as string) ? value : Infinity)),
  );
  const open =
    [left, right].some(({ operator, value }) => operator === '>' && value === from) ||
    [left, right].some(({ operator, value }) => operator === '<' && value === to);
  return from > to || (from === to && open);
};

const limitIn = (expr: Binary['left']): Limit | undefined => {
  const node = bare(expr);
  return node.kind === 'binary' && !node.bool ? limitOf(node) : undefined;
};

const plain = (query: Query, { of }: Limit): string => sliceOf(query, bare(of)).replace(/\s+/g, '');

const variable = /\$|\[\[/;

const whyNever = ({ from, to, because }: ValueRange): string =>
  from === to && because.startsWith('`') && because.includes('lets')
    ? `there is only ${from}, since ${because}`
    : because;
