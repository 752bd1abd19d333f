import { makeExpression, type Alternative, type Expression } from '../expression';
import { listOf } from './require';

/**
 * The same signal from different exporters, or versions of one: the first that this homelab has. All carry the same labels,
 * and mean the same in the same unit.
 */
export const from = <L extends string>(alternatives: Readonly<Record<string, Expression<L>>>): Expression<L> => {
  const among = Object.entries(alternatives).map(([name, of]): Alternative => ({ name, of }));
  const [first, ...others] = among;
  if (!first) throw new Error('from: there must be one at least');
  for (const { name, of } of others) {
    if (listOf(of.labels) !== listOf(first.of.labels)) {
      throw new Error(
        `from: ${first.name} gives ${listOf(first.of.labels)}, but ${name} gives ${listOf(of.labels)}: aggregate, or rename with tag, until they are the same`,
      );
    }
  }
  return makeExpression({ kind: 'choice', take: 'first', among }, first.of.labels);
};

/** Several expressions as one set of series, without those that this homelab does not have. */
export const together = <L extends string>(...expressions: readonly Expression<L>[]): Expression<L> => {
  const [first] = expressions;
  if (!first) throw new Error('together: there must be one at least');
  const among = expressions.map((of, index): Alternative => ({ name: String(index + 1), of }));
  const labels = [...first.labels].filter((label) => expressions.every((each) => each.labels.has(label)));
  return makeExpression({ kind: 'choice', take: 'all', among }, labels);
};
