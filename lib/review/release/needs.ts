import { leavesOf, partsOf, type Expression, type Leaf } from '../../expression/expression';
import type { Signal } from '../../signals/signal';

/** Source -> metric -> labels, sorted: what has to be there for something to have data. */
export type Needs = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What signals need of their sources: the metrics, and the labels that a query or a text names. `texts` hold labels as `{label}`. */
export const needsOf = (signals: readonly Signal[], texts: readonly string[] = []): Needs => {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { expression, legend = '' } of signals) {
    const named = new Set([...labelsNamed(expression), ...[legend, ...texts].flatMap(holesOf)]);
    for (const leaf of leavesOf(expression)) {
      const metrics = found.get(leaf.source.name) ?? new Map<string, Set<string>>();
      const labels = metrics.get(leaf.metric) ?? new Set<string>();
      for (const label of labelsNeeded(leaf, named)) labels.add(label);
      found.set(leaf.source.name, metrics.set(leaf.metric, labels));
    }
  }
  return inOrder([...found].map(([source, metrics]) => [source, inOrder([...metrics].map(listed))]));
};

/** What is needed now and was not before; empty where nothing is. */
export const newlyNeeded = (was: Needs, is: Needs): Needs =>
  inOrder(
    Object.entries(is).flatMap(([source, metrics]) => {
      const more = Object.entries(metrics).flatMap(([metric, labels]): [string, readonly string[]][] => {
        const known = was[source]?.[metric];
        const added = labels.filter((label) => !known?.includes(label));
        return !known || added.length > 0 ? [[metric, added]] : [];
      });
      return more.length > 0 ? [[source, inOrder(more)] as const] : [];
    }),
  );

const listed = ([metric, labels]: readonly [string, ReadonlySet<string>]): [string, readonly string[]] => [
  metric,
  [...labels].sort(),
];

/** A label is needed of a leaf that has it: chosen by a matcher, or named by something above. */
const labelsNeeded = ({ where, facts, source }: Leaf, named: ReadonlySet<string>): readonly string[] => [
  ...where.map(({ label }) => label),
  ...[...Object.keys(facts.labels), ...source.entities, ...source.added].filter((label) => named.has(label)),
];

/** Labels that results are grouped by, matched on, or made from. */
const labelsNamed = ({ node }: Expression): readonly string[] => [
  ...(node.kind === 'aggregate' || node.kind === 'buckets' ? node.by : []),
  ...(node.kind === 'binary' ? [...(node.on ?? []), ...(node.group?.include ?? [])] : []),
  ...(node.kind === 'tag' && node.from !== undefined ? [node.from] : []),
  ...(node.kind === 'raw' ? node.texts.flatMap((text) => text.match(/\w+/g) ?? []) : []),
  ...partsOf(node).flatMap(labelsNamed),
];

const holesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\s*(\w+)\s*\}/g)].map(([, name]) => name as string);

const inOrder = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
