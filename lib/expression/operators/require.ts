import type { Expression, Leaf } from '../expression';

/** The metric itself; refuses what was already computed, and kinds of metric for which the operator means nothing. */
export const requireLeaf = (
  operator: string,
  { node }: Expression,
  types: readonly Leaf['type'][] | undefined,
  hint: string,
): Leaf => {
  if (node.kind !== 'leaf') {
    throw new Error(`${operator} applies to a metric, before anything else is done with it: ${hint}`);
  }
  if (types && !types.includes(node.type)) {
    throw new Error(`${operator} of \`${node.metric}\`, which is a ${node.type}: ${hint}`);
  }
  return node;
};

/** Refuses labels that the expression no longer carries. */
export const requireLabels = (what: string, of: Expression, labels: readonly string[]): void => {
  const lost = labels.filter((label) => !of.labels.has(label));
  if (lost.length === 0) return;
  throw new Error(
    `${what} ${lost.map((label) => `\`${label}\``).join(', ')}: not carried here; it has ${listOf(of.labels)}`,
  );
};

export const listOf = (labels: Iterable<string>): string => [...labels].sort().join(', ') || 'no labels';
