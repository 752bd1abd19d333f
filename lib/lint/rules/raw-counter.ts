import { bare, walk, type Binary, type Expr, type Selector } from '../../query/tree';
import type { Knowledge, KnownMetric } from '../knowledge';
import type { Severity } from '../finding';
import { defineRule } from '../rule';
import type { Query } from '../subject';
import { constantOf, valueOf } from '../values';

export const rawCounter = defineRule({
  id: 'raw-counter',
  on: 'query',
  severity: 'warning',
  needs: 'catalog',
  says: 'a counter drawn or compared as it stands, without `rate()` or `increase()`',
  why: 'A counter only rises until its process restarts: its height says how long that was ago, not what happens now, and an alert on it never ends by itself.',
  instead:
    'Draw `rate()` or `increase()`. Totals since the start in a stat or a table are only mentioned, and comparisons with 0, too.',

  *check(query, { knowledge }) {
    const { tree } = query.parsed;
    if (!tree) return;
    for (const { selector, severity } of rawIn(query, tree, knowledge)) {
      const known = counterOf(selector, knowledge);
      if (!known) continue;
      yield {
        message: `\`${known.name}\` is a counter and is ${query.owner.kind === 'alert' ? 'compared' : 'drawn'} as it stands: it rises until a restart`,
        culprit: known.name,
        span: selector,
        expected: `use \`rate(${known.name}[…])\` or \`increase()\``,
        evidence: known.evidence,
        severity,
      };
    }
  },

  accepts: [
    { name: 'its rate', query: 'sum(rate(node_network_receive_bytes_total[5m]))' },
    { name: 'whether it is there', query: 'count(node_network_receive_bytes_total)' },
    { name: 'what it has gained', query: 'node_forks_total - node_forks_total offset 1h' },
    { name: 'a share of two totals', query: 'go_memstats_frees_total / go_memstats_mallocs_total' },
    { name: 'what of it was gained', query: 'increase(node_forks_total[1h]) / node_forks_total' },
    { name: 'a gauge', query: 'node_load1' },
    { name: 'the age of a disk in an alert', alert: { expr: 'smartctl_device_power_on_seconds > 189341556' } },
    { name: 'how often it changed in an alert', alert: { expr: 'changes(node_vmstat_oom_kill[1h]) > 2' } },
  ],
  rejects: [
    { name: 'a counter in a graph', query: 'node_network_receive_bytes_total', because: 'is a counter' },
    { name: 'a sum of counters', query: 'sum by (instance) (node_disk_read_bytes_total)', because: 'rises until' },
    {
      name: 'the rate of one of two',
      query: 'rate(node_disk_read_bytes_total[5m]) + node_disk_written_bytes_total',
      because: '`node_disk_written_bytes_total` is a counter',
    },
    { name: 'all but a share', query: '1 - avg(node_cpu_seconds_total{mode="idle"})', because: 'is a counter' },
    { name: 'an alert on its height', alert: { expr: 'node_context_switches_total > 1000' }, because: 'compared' },
  ],
});

interface Raw {
  readonly selector: Selector;
  readonly severity: Severity;
}

const rawIn = (query: Query, tree: Expr, knowledge: Knowledge): readonly Raw[] => {
  const { owner } = query;
  if (owner.kind === 'panel') {
    if (query.hidden) return [];
    if (valueOf(tree, knowledge).kind !== 'counter') return mixedIn(tree, knowledge);
    const graph =
      (owner.type === 'timeseries' || owner.type === 'graph') &&
      query.mode !== 'instant' &&
      query.format === 'time_series';
    return first(tree, knowledge, graph && !isTransformed(owner.transformations) ? 'warning' : 'info');
  }
  if (owner.kind !== 'alert') return [];
  if (owner.engine === 'grafana')
    return valueOf(tree, knowledge).kind === 'counter' ? first(tree, knowledge, 'info') : mixedIn(tree, knowledge);
  const compared = comparisonsIn(tree).flatMap(({ side, isZero }) =>
    valueOf(side, knowledge).kind === 'counter' ? first(side, knowledge, isZero ? 'info' : 'warning') : [],
  );
  return compared.length > 0 ? compared : mixedIn(tree, knowledge);
};

/** A counter beside the rate of another, where `rate()` was forgotten around one of them; or taken from a number. */
const mixedIn = (tree: Expr, knowledge: Knowledge): readonly Raw[] => {
  for (const { node } of walk(tree)) {
    if (node.kind !== 'binary' || !['+', '-', '/', 'or'].includes(node.operator)) continue;
    const kinds = [node.left, node.right].map((side) => valueOf(side, knowledge).kind);
    const raw = [node.left, node.right].find((_, index) => kinds[index] === 'counter');
    if (!raw) continue;
    // What was gained of all that there was is a share.
    const beside = kinds.includes('rate') || (node.operator !== '/' && kinds.includes('increase'));
    const ofNumber = node.operator === '-' && constantOf(node.left) !== undefined;
    if (beside || ofNumber) return first(raw, knowledge, 'warning');
  }
  return [];
};

/** A transformation may take the difference. */
const isTransformed = (transformations: readonly object[]): boolean => transformations.length > 0;

const comparisonOperators = new Set(['>', '<', '>=', '<=', '==', '!=']);

/** Comparisons with a number that decide whether an alert fires, and whether that number is 0. */
const comparisonsIn = (expr: Expr): readonly { side: Expr; isZero: boolean }[] => {
  const node = bare(expr);
  if (node.kind === 'aggregation') return comparisonsIn(node.inner);
  if (node.kind !== 'binary') return [];
  if (comparisonOperators.has(node.operator)) return ofComparison(node);
  if (node.operator === 'and' || node.operator === 'or')
    return [...comparisonsIn(node.left), ...comparisonsIn(node.right)];
  return node.operator === 'unless' ? comparisonsIn(node.left) : [];
};

const ofComparison = ({ left, right }: Binary): readonly { side: Expr; isZero: boolean }[] => {
  const [low, high] = [constantOf(left), constantOf(right)];
  if (high !== undefined) return [{ side: left, isZero: high === 0 }];
  return low === undefined ? [] : [{ side: right, isZero: low === 0 }];
};

const first = (expr: Expr, knowledge: Knowledge, severity: Severity): readonly Raw[] => {
  for (const { node } of walk(expr))
    if (node.kind === 'selector' && counterOf(node, knowledge)) return [{ selector: node, severity }];
  return [];
};

const counterOf = (selector: Selector, knowledge: Knowledge): KnownMetric | undefined => {
  const known = knowledge.of(selector);
  const isTime = known.state === 'known' && (known.unit?.startsWith('timestamp_') || age.test(known.family));
  return known.state === 'known' && !isTime && valueOf(selector, knowledge).kind === 'counter' ? known : undefined;
};

/** What counts how long a thing has been in use, or how much it has taken in its life: its height is what one wants to know. */
const age = /power_on|power_cycle|uptime|lifetime|wear/;
