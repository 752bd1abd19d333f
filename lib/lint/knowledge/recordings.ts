import type { MetricType } from '../../catalog/catalog';
import type { Expr, Selector } from '../../query/tree';
import { walk } from '../../query/tree';
import type { KnownMetric, Knowledge } from '../knowledge';
import { labelsOf, type Labels } from '../labels';
import { valueOf } from '../values';
import { undescribed } from './undescribed';

/** What a recording rule writes. */
export interface RecordedMetric {
  readonly name: string;
  /** Those that the rule sets. */
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined where its expression does not parse. */
  readonly query: { readonly parsed: { readonly tree: Expr | undefined } };
}

/** What recording rules write, known by name; rules that read each other in a circle know nothing of each other. */
export const recordedBy = (
  recordings: readonly RecordedMetric[],
  knowledge: Knowledge,
): ((name: string) => KnownMetric | undefined) => {
  const byName = new Map<string, RecordedMetric[]>();
  for (const recording of recordings) byName.set(recording.name, [...(byName.get(recording.name) ?? []), recording]);
  const made = new Map<string, KnownMetric>();
  return (name) => {
    const rules = byName.get(name);
    if (!rules) return undefined;
    const before = made.get(name);
    if (before) return before;
    made.set(name, recorded(name));
    const metric = describe(name, rules, knowledge);
    made.set(name, metric);
    return metric;
  };
};

const describe = (name: string, rules: readonly RecordedMetric[], knowledge: Knowledge): KnownMetric => {
  const trees = rules.flatMap(({ query }) => query.parsed.tree ?? []);
  if (trees.length < rules.length) return recorded(name);
  const labels = trees.map((tree) => labelsOf(tree, knowledge));
  const values = trees.map((tree) => valueOf(tree, knowledge));
  const types = new Set(values.map(({ kind }) => typeOf(kind)));
  const units = new Set(values.map(({ unit, scale }) => (scale === 1 ? unit : undefined)));
  const set = new Set(rules.flatMap((rule) => Object.keys(rule.labels)));
  return {
    ...recorded(name),
    type: types.size === 1 ? [...types][0] : undefined,
    unit: units.size === 1 ? [...units][0] : undefined,
    labels: {
      names: new Set([...set, ...labels.flatMap(({ names }) => [...names])]),
      open: true,
      taken: new Set([...takenFrom(trees, labels, knowledge)].filter((label) => !set.has(label))),
      valuesOf: (label) => {
        if (!rules.every((rule) => label in rule.labels)) return undefined;
        return { values: new Set(rules.map((rule) => rule.labels[label] as string)), closed: true };
      },
    },
  };
};

const typeOf = (kind: ReturnType<typeof valueOf>['kind']): MetricType | undefined => {
  if (kind === 'unknown') return undefined;
  return kind === 'counter' ? 'counter' : 'gauge';
};

/** Labels that what the rules read has and what they write has not. */
const takenFrom = (trees: readonly Expr[], labels: readonly Labels[], knowledge: Knowledge): ReadonlySet<string> => {
  const read = new Set<string>();
  for (const tree of trees)
    for (const { node } of walk(tree))
      if (node.kind === 'selector') for (const name of namesOf(node, knowledge)) read.add(name);
  return new Set([...read].filter((label) => labels.every((each) => each.has(label) === 'no')));
};

const namesOf = (selector: Selector, knowledge: Knowledge): readonly string[] => {
  const known = knowledge.of(selector);
  return known.state === 'known' ? [...known.labels.names, ...knowledge.scraped] : [];
};

const recorded = (name: string): KnownMetric => ({
  ...undescribed(name, `the recording rule \`${name}\``),
  recording: true,
});
