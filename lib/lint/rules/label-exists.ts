import { bare, walk, type Expr, type LabelName } from '../../query/tree';
import type { Report } from '../finding';
import type { Knowledge, KnownMetric } from '../knowledge';
import { labelsOf } from '../labels';
import { doubtOf, misspelt, type LabelDoubt } from '../promql/label-doubt';
import { queriesOf } from '../promql/queries-of-world';
import { defineRule, type World } from '../rule';

export const labelExists = defineRule({
  id: 'label-exists',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: 'a label that its metric does not have, or that an aggregation took away',
  why: 'A matcher on a label that is not there selects nothing, and grouping by one puts all series into a single group: the numbers look right and are of everything together.',
  instead:
    'Take a label that the metric has, or keep it in the aggregation inside. Labels that scraping adds are no mistake; recorded catalogs do not know them.',

  *check({ text, parsed: { tree, selectors } }, { knowledge, all }) {
    for (const selector of selectors) {
      const known = knowledge.of(selector);
      if (known.state !== 'known') continue;
      for (const matcher of selector.matchers) {
        if (matcher.operator === '=' && matcher.value === '' && !matcher.open) continue;
        const doubt = doubtOf(matcher.label, known, knowledge.scraped);
        if (!doubt) continue;
        const isAdded = metricsWith(all, knowledge).get(matcher.label);
        if (isAdded && isAdded.size >= enough[doubt.sure]) continue;
        const report = onMetric(matcher.label, known, doubt);
        const harmless = matcher.operator === '!=' || matcher.operator === '!~';
        // Without the label it takes everything, which is what who writes it for labels of some targets wants.
        if (harmless && doubt.sure === 'unheard') continue;
        yield {
          ...report,
          span: matcher,
          ...(harmless &&
            report.severity !== 'info' && {
              severity: doubt.sure === 'elsewhere' ? ('info' as const) : ('warning' as const),
            }),
        };
      }
    }
    if (!tree) return;
    for (const { node, around } of walk(tree)) {
      if (node.kind !== 'aggregation' || !node.grouping) continue;
      for (const label of node.grouping.labels) {
        if (label.open || label.name === '') continue;
        const report =
          onExpression(label, node.inner, text, knowledge) ??
          elsewhere(label, node.inner, knowledge, all) ??
          unlikeOther(label, node, around);
        if (!report) continue;
        // Both are meant where the one that is near is named, too; a matcher shows that it is known to be there, or not to be.
        if (report.nearest?.some((each) => node.grouping?.labels.some(({ name }) => name === each))) continue;
        if (isMatchedInside(node.inner, label.name) && !labelsOf(node.inner, knowledge).lostAt(label.name)) continue;
        const isSpare = node.grouping.mode === 'without' || isOfOther(label.name, node, around, knowledge);
        yield isSpare ? { ...report, severity: 'info' } : report;
      }
    }
  },

  accepts: [
    { name: 'a label of the metric', query: 'node_cpu_seconds_total{mode="idle"}' },
    { name: 'labels that scraping adds', query: 'sum by (cluster, instance) (node_load1{cluster="home", rack="a"})' },
    { name: 'not those that somebody labels', query: 'up{reach!~"internal|external"}' },
    { name: 'that it must not have a label', query: 'node_load1{cpu=""}' },
    {
      name: 'a label that only the aggregation outside drops',
      query: 'sum(sum by (mode) (rate(node_cpu_seconds_total[5m])))',
    },
    { name: 'sides of `or` that are grouped otherwise', query: 'max by (host) (up) or max by (service) (up)' },
    {
      name: 'a label that is made',
      query: 'sum by (host) (label_replace(node_load1, "host", "$1", "instance", "(.*):.*"))',
    },
  ],
  rejects: [
    { name: 'a misspelt label', query: 'node_cpu_seconds_total{moode="idle"}', because: '`moode`' },
    { name: 'a misspelt label in by', query: 'sum by (devixe) (node_filesystem_avail_bytes)', because: '`devixe`' },
    { name: 'a label of another metric', query: 'node_load1{mountpoint="/"}', because: '`mountpoint`' },
    {
      name: 'a letter missing on one side of `or`',
      query: 'max by (serice) (up{job="a"}) or max by (service) (up{job="b"})',
      because: 'the other side of `or`',
    },
    {
      name: 'a label that is gone',
      query: 'max by (mode) (sum by (instance) (rate(node_cpu_seconds_total[5m])))',
      because: 'takes `mode` away',
    },
  ],
});

/** On so many metrics a label was probably added by who scrapes them. */
const enough: Readonly<Record<LabelDoubt['sure'], number>> = {
  taken: Infinity,
  closed: Infinity,
  misspelt: 4,
  elsewhere: 4,
  unheard: 2,
};

const withLabel = new WeakMap<World, ReadonlyMap<string, ReadonlySet<string>>>();

/** The metrics of all queries by the labels that their selectors name and that are none of their own. */
const metricsWith = (world: World, knowledge: Knowledge): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = withLabel.get(world);
  if (known) return known;
  const metrics = new Map<string, Set<string>>();
  for (const { parsed } of queriesOf(world))
    for (const selector of parsed.selectors) {
      const { name, matchers } = selector;
      const metric = name === undefined ? undefined : knowledge.of(selector);
      const own = metric?.state === 'known' ? metric.labels.names : undefined;
      for (const { label } of matchers)
        if (name !== undefined && !own?.has(label)) metrics.set(label, (metrics.get(label) ?? new Set()).add(name));
    }
  withLabel.set(world, metrics);
  return metrics;
};

const onMetric = (label: string, known: KnownMetric, { sure, nearest }: LabelDoubt): Report => {
  const facts = { culprit: label, nearest, evidence: known.evidence };
  switch (sure) {
    case 'taken':
      return { ...facts, message: `the recording rule \`${known.name}\` takes \`${label}\` away` };
    case 'closed':
    case 'misspelt':
      return { ...facts, message: `\`${known.name}\` has no label \`${label}\`` };
    case 'elsewhere':
      return {
        ...facts,
        message: `\`${known.name}\` has no label \`${label}\`; other metrics of its exporter have it`,
        severity: 'warning',
      };
    case 'unheard':
      return {
        ...facts,
        message: `\`${known.name}\` has no label \`${label}\` of its own: only who scrapes it can add one`,
        severity: 'info',
      };
  }
};

/** Whether the other side of an `or` has the label: both sides name the same ones, so that they line up. */
const isOfOther = (label: string, node: Expr, around: readonly Expr[], knowledge: Knowledge): boolean =>
  othersOf(node, around).some((other) => labelsOf(other, knowledge).has(label) !== 'no');

/** What stands on the other side of an `or`, of a union of the same thing of several exporters: the group expressions that a node is in. */
const othersOf = (node: Expr, around: readonly Expr[]): readonly Expr[] =>
  around.flatMap((outer, index) => {
    if (outer.kind !== 'binary' || outer.operator !== 'or') return [];
    const inside = index === 0 ? node : around[index - 1];
    return [outer.left === inside ? outer.right : outer.left];
  });

/** A label that only this side of an `or` is grouped by, and that is nearly one of the other side: a letter is wrong in one of them. */
const unlikeOther = ({ name, from, to }: LabelName, node: Expr, around: readonly Expr[]): Report | undefined => {
  const others = new Set(othersOf(node, around).flatMap(groupedBy));
  const nearest = others.has(name) ? [] : misspelt(name, others);
  return nearest.length === 0
    ? undefined
    : {
        culprit: name,
        span: { from, to },
        message: `the other side of \`or\` has no label \`${name}\``,
        nearest,
        severity: 'warning',
      };
};

/** Labels of an aggregation, or of all that are united. */
const groupedBy = (expr: Expr): readonly string[] => {
  const node = bare(expr);
  if (node.kind === 'binary' && node.operator === 'or') return [...groupedBy(node.left), ...groupedBy(node.right)];
  return node.kind === 'aggregation' && node.grouping?.mode === 'by'
    ? node.grouping.labels.map((label) => label.name)
    : [];
};

const isMatchedInside = (expr: Expr, label: string): boolean =>
  [...walk(expr)].some(({ node }) => node.kind === 'selector' && node.matchers.some((each) => each.label === label));

/** A label of other metrics of the exporter, right around a metric or its rate; what scraping added is named in matchers, too. */
const elsewhere = (
  { name, from, to }: LabelName,
  inner: Expr,
  knowledge: Knowledge,
  all: World,
): Report | undefined => {
  const node = bare(inner);
  const selector = node.kind === 'call' && node.args.length === 1 && node.args[0] ? bare(node.args[0]) : node;
  if (selector.kind !== 'selector') return undefined;
  const known = knowledge.of(selector);
  if (known.state !== 'known') return undefined;
  const doubt = doubtOf(name, known, knowledge.scraped);
  if (doubt?.sure !== 'elsewhere' || (metricsWith(all, knowledge).get(name)?.size ?? 0) >= enough.elsewhere)
    return undefined;
  return { ...onMetric(name, known, doubt), span: { from, to }, severity: 'info' };
};

const onExpression = (
  { name, from, to }: LabelName,
  inner: Expr,
  text: string,
  knowledge: Knowledge,
): Report | undefined => {
  const labels = labelsOf(inner, knowledge);
  const has = labels.has(name);
  if (has === 'yes') return undefined;
  const base = { culprit: name, span: { from, to } };
  const nearest = misspelt(name, labels.names);
  const lost = labels.lostAt(name);
  if (has === 'no' && lost)
    return {
      ...base,
      message: `\`${text.slice(lost.from, lost.to)}\` inside takes \`${name}\` away, so all is one group here`,
      severity: 'warning',
    };
  // One label too many in a list does no harm.
  if (has === 'no' && nearest.length === 0)
    return { ...base, message: `nothing inside has a label \`${name}\``, severity: 'info', evidence: knowledge.says };
  if (nearest.length === 0) return undefined;
  return { ...base, message: `nothing inside has a label \`${name}\``, nearest, evidence: knowledge.says };
};
