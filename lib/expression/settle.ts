import { availability } from '../catalog/lookup';
import { mapParts, partsOf, leavesOf, type Expression, type Leaf } from './expression';
import { union } from './operators';
import type { PrintContext } from './print';

/** What of an expression this homelab can have. */
export interface Settled {
  /** Without choices. */
  readonly expression: Expression;
  /** Why it can have no data; absent when it can. */
  readonly missing?: string;
}

/** Settles which exporter's expression is used where there is a choice, and says why there can be no data. */
export const settle = (expression: Expression, context: Pick<PrintContext, 'sources'>): Settled => {
  const missing = whyMissing(expression, context);
  return { expression: choose(expression, context), ...(missing !== undefined && { missing }) };
};

const choose = (expression: Expression, context: Pick<PrintContext, 'sources'>): Expression => {
  const { node } = expression;
  if (node.kind !== 'choice') return mapParts(expression, (part) => choose(part, context));
  const all = node.among.map(({ of }) => of);
  const there = all.filter((of) => whyMissing(of, context) === undefined);
  const [first, ...others] = (there.length > 0 ? there : all).map((of) => choose(of, context));
  const taken = node.take === 'first' ? [] : others;
  return { ...union(first as Expression, ...taken), labels: expression.labels };
};

/** Why one of the metrics cannot be there: no such source, switched off, too old or too new everywhere. */
const whyMissing = (expression: Expression, context: Pick<PrintContext, 'sources'>): string | undefined => {
  const { node } = expression;
  if (node.kind === 'choice') {
    const reasons = node.among.map(({ of }) => whyMissing(of, context));
    if (reasons.includes(undefined)) return undefined;
    const sources = new Set(leavesOf(expression).map(({ source }) => source.name));
    return sources.size > 1 ? `needs one of ${[...sources].join(', ')}` : reasons[0];
  }
  const parts = partsOf(node);
  const leaves = parts.length > 0 ? [] : leavesOf(expression);
  return (
    firstDefined(leaves, (leaf) => whyWithout(leaf, context)) ??
    firstDefined(parts, (part) => whyMissing(part, context))
  );
};

const whyWithout = (
  { source, metric, facts }: Leaf,
  { sources }: Pick<PrintContext, 'sources'>,
): string | undefined => {
  const resolved = sources[source.name];
  if (!resolved) return `nothing in the homelab file gives ${source.name}`;
  const answers = resolved.instances.map((instance) => availability(facts, instance));
  const reasons = answers.flatMap((answer) => (answer.available ? [] : [answer.why]));
  return reasons.length > 0 && reasons.length === answers.length
    ? `\`${metric}\` of ${source.name}: ${reasons[0]}`
    : undefined;
};

const firstDefined = <T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const result = of(item);
    if (result !== undefined) return result;
  }
  return undefined;
};
