import { narrow } from '../expression/narrow';
import { union } from '../expression/operators';
import type { Expression } from '../expression/expression';
import type { PrintContext } from '../expression/print';
import type { Selection } from './selection';

/** The series of an expression that are in a selection; undefined where there can be none. Throws a `NarrowError`. */
export const select = (
  expression: Expression,
  selection: Selection,
  context: Pick<PrintContext, 'sources'>,
): Expression | undefined => {
  const [first, ...others] = selection.flatMap((box) => narrow(expression, box, context) ?? []);
  if (!first) return undefined;
  return others.length === 0 ? first : { ...union(first, ...others), labels: expression.labels };
};
