import { bare, walk, type Binary, type Expr } from '../../query/tree';
import type { Report } from '../finding';
import type { Knowledge } from '../knowledge';
import { isMatched, isScalar, labelsOf, type Labels } from '../labels';
import { misspelt } from '../promql/label-doubt';
import { defineRule } from '../rule';

export const joinLabels = defineRule({
  id: 'join-labels',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: 'a binary operation whose sides can never match',
  why: 'Series of both sides pair up only where all labels that are matched are equal. Where one side has lost a label that the other has, nothing pairs up, and the result is empty.',
  instead:
    'Group both sides by the same labels, or name those to match with `on (...)` and the side with more series with `group_left`.',

  *check({ parsed: { tree } }, { knowledge }) {
    if (!tree) return;
    for (const { node } of walk(tree)) {
      if (node.kind !== 'binary' || node.operator === 'or' || node.operator === 'default') continue;
      if (isScalar(node.left) || isScalar(node.right) || isConstant(node.left) || isConstant(node.right)) continue;
      const report = mismatch(node, knowledge) ?? manyOfOne(node, knowledge) ?? nothingBrought(node, knowledge);
      if (report) yield { span: node.operatorSpan, ...report };
    }
  },

  accepts: [
    { name: 'both sides whole', query: 'node_filesystem_avail_bytes / node_filesystem_size_bytes' },
    {
      name: 'both grouped alike',
      query: 'sum by (instance) (node_filesystem_avail_bytes) / sum by (instance) (node_memory_MemTotal_bytes)',
    },
    {
      name: 'what the other side lacks is ignored',
      query:
        'node_filesystem_avail_bytes / ignoring (device, fstype, mountpoint) group_left () node_memory_MemTotal_bytes',
    },
    {
      name: 'only what both have',
      query: 'node_filesystem_avail_bytes / on (instance) group_left () node_memory_MemTotal_bytes',
    },
    { name: 'an info metric', query: 'node_load1 * on (instance) group_left (nodename) node_uname_info' },
    { name: 'an alternative', query: 'sum by (instance) (node_load1) or sum(node_load1)' },
    { name: 'a number', query: 'sum by (instance) (node_load1) > 4' },
    {
      name: 'a pinned label',
      query: 'node_cpu_seconds_total{mode="idle"} / ignoring (mode) node_cpu_seconds_total{mode="user"}',
    },
  ],
  rejects: [
    {
      name: 'one side has lost a label',
      query: 'sum by (instance) (node_load1) / sum(node_load1)',
      because: 'only the left side has `instance`',
    },
    {
      name: 'a label that only one metric has',
      query: 'node_filesystem_avail_bytes / node_memory_MemTotal_bytes',
      because: 'only the left side',
    },
    {
      name: 'on a label that one side lost',
      query: 'sum by (job) (node_load1) * on (instance) node_memory_MemTotal_bytes',
      because: 'only the right side has `instance`',
    },
    {
      name: 'a misspelt label',
      query: 'node_load1 * on (instnce) group_left (nodename) node_uname_info',
      because: '`instnce`',
    },
    {
      name: 'a misspelt label to bring along',
      query: 'node_load1 * on (instance) group_left (nodenam) node_uname_info',
      because: 'has no `nodenam` to bring',
    },
    {
      name: 'a label that both lost',
      query: 'sum by (instance) (node_load1) * on (instance, mode) sum by (instance) (node_load5)',
      because: 'neither side of `*` has `mode`',
    },
    {
      name: 'several of one',
      query: 'sum by (instance, mode) (rate(node_cpu_seconds_total[5m])) / on (instance) node_load1',
      because: 'several series',
    },
  ],
});

/** `vector(1)`, also inside an aggregation or behind an `or`. */
const isConstant = (expr: Expr): boolean => ![...walk(expr)].some(({ node }) => node.kind === 'selector');

const mismatch = (
  binary: Binary,
  knowledge: Knowledge,
): (Pick<Report, 'message' | 'culprit'> & Partial<Report>) | undefined => {
  const [left, right] = [labelsOf(binary.left, knowledge), labelsOf(binary.right, knowledge)];
  const asked =
    binary.matching?.mode === 'on' ? binary.matching.labels.filter(({ open }) => !open).map(({ name }) => name) : [];
  const grouped = [...groupedBy(binary.left), ...groupedBy(binary.right)];
  for (const label of new Set([...left.names, ...right.names, ...asked, ...grouped])) {
    if (label === '__name__' || isMatched(binary, label) !== true) continue;
    const [one, other] = [left.has(label), right.has(label)];
    const side = missesOne(label, one, other, binary);
    if (side) {
      // A series that lost the label cannot pair up with one that has it; where nobody knows that it has it, it is as good as said.
      const sure = one === 'yes' || other === 'yes';
      return {
        message: `the sides of \`${binary.operator}\` cannot match: only the ${side} side has \`${label}\``,
        culprit: label,
        ...(!sure && { severity: 'warning' as const }),
      };
    }
    if (!asked.includes(label) || one === 'yes' || other === 'yes') continue;
    const nearest = [...bothNear(label, left, right), ...misspelt(label, knowledge.scraped)];
    const isNowhere = one === 'no' && other === 'no';
    if (nearest.length > 0 || isNowhere)
      return {
        message: `neither side of \`${binary.operator}\` has \`${label}\` to match on`,
        culprit: label,
        nearest,
        ...(nearest.length === 0 && { severity: 'warning' as const }),
      };
  }
  return undefined;
};

const missesOne = (
  label: string,
  one: string,
  other: string,
  { left, right }: Binary,
): 'left' | 'right' | undefined => {
  if (other === 'no' && (one === 'yes' || (one === 'maybe' && groupedBy(left).includes(label)))) return 'left';
  if (one === 'no' && (other === 'yes' || (other === 'maybe' && groupedBy(right).includes(label)))) return 'right';
  return undefined;
};

/** The labels by which the outermost aggregation groups. */
const groupedBy = (expr: Expr): readonly string[] => {
  const node = bare(expr);
  if (node.kind === 'binary' && isConstant(node.right)) return groupedBy(node.left);
  if (node.kind !== 'aggregation' || node.grouping?.mode !== 'by') return [];
  return node.grouping.labels.filter(({ open }) => !open).map(({ name }) => name);
};

const bothNear = (label: string, left: Labels, right: Labels): readonly string[] =>
  misspelt(label, left.names).filter((each) => right.names.has(each));

const setOperators = new Set(['and', 'unless', 'if', 'ifnot']);

/** Grouped by more than is matched, without `group_left` or `group_right`: more than one series for each of the other side. */
const manyOfOne = (
  binary: Binary,
  knowledge: Knowledge,
): (Pick<Report, 'message' | 'culprit'> & Partial<Report>) | undefined => {
  const { matching, operator } = binary;
  if (matching?.mode !== 'on' || matching.group || setOperators.has(operator)) return undefined;
  if (matching.labels.some(({ open }) => open)) return undefined;
  for (const [side, expr] of [
    ['left', binary.left],
    ['right', binary.right],
  ] as const) {
    const labels = labelsOf(expr, knowledge);
    const more = groupedBy(expr).find((label) => isMatched(binary, label) === false && labels.has(label) === 'yes');
    if (more === undefined || isPinned(expr, more)) continue;
    return {
      message: `the ${side} side of \`${operator}\` is grouped by \`${more}\`, so that several series match one of the other`,
      culprit: more,
      expected: `add \`${more}\` to \`on (...)\`, or \`group_${side}\``,
      severity: 'warning',
    };
  }
  return undefined;
};

/** `group_left (label)` of a label that the other side lost, or that is a letter away from one that it has: nothing is brought along. */
const nothingBrought = (
  { matching, operator, left, right }: Binary,
  knowledge: Knowledge,
): (Pick<Report, 'message' | 'culprit'> & Partial<Report>) | undefined => {
  if (!matching?.group) return undefined;
  const one = labelsOf(matching.group === 'left' ? right : left, knowledge);
  for (const { name, open, from, to } of matching.include) {
    if (open || name === '__name__' || one.has(name) === 'yes') continue;
    const near = misspelt(name, one.names);
    if (near.length === 0 && !(one.has(name) === 'no' && one.lostAt(name))) continue;
    return {
      message: `the ${matching.group === 'left' ? 'right' : 'left'} side of \`${operator}\` has no \`${name}\` to bring along`,
      culprit: name,
      nearest: near,
      span: { from, to },
      severity: 'warning',
    };
  }
  return undefined;
};

/** One value of the label is selected, so that grouping by it makes no more series. */
const isPinned = (expr: Expr, label: string): boolean =>
  [...walk(expr)].some(
    ({ node }) =>
      node.kind === 'selector' && node.matchers.some((each) => each.label === label && each.operator === '='),
  );
