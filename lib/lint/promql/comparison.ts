import { bare, type Binary, type Expr } from '../../query/tree';
import { calculate } from '../../query/arithmetic';

const turned: Readonly<Record<string, string>> = { '==': '==', '!=': '!=', '>': '<', '<': '>', '>=': '<=', '<=': '>=' };

/** Whether an operator compares values. */
export const isComparison = (operator: string): boolean => operator in turned;

/** A comparison with a constant, written so that the constant stands right. */
export interface Limit {
  readonly of: Expr;
  readonly operator: string;
  readonly value: number;
}

/** `x > 5` and `5 < x` alike; undefined where no side is a constant. */
export const limitOf = (node: Binary): Limit | undefined => {
  if (!isComparison(node.operator)) return undefined;
  const right = constantOf(node.right);
  if (right !== undefined) return { of: node.left, operator: node.operator, value: right };
  const left = constantOf(node.left);
  return left === undefined ? undefined : { of: node.right, operator: turned[node.operator] as string, value: left };
};

/** The value of an expression of numbers alone: `10 * 60`, `-1`, `1e9`. */
export const constantOf = (expr: Expr): number | undefined => {
  const node = bare(expr);
  if (node.kind === 'number') return node.value;
  if (node.kind === 'unary') {
    const inner = constantOf(node.inner);
    return inner === undefined ? undefined : node.operator === '-' ? -inner : inner;
  }
  if (node.kind !== 'binary') return undefined;
  const left = constantOf(node.left);
  const right = constantOf(node.right);
  return left === undefined || right === undefined ? undefined : calculate(left, node.operator, right);
};

/** Whether a comparison with a constant holds for some value, and for all, between two ends. */
export const outcomeOf = (
  { from, to }: { readonly from: number; readonly to: number },
  operator: string,
  value: number,
): 'never' | 'always' | 'depends' => {
  const single = from === to;
  switch (operator) {
    case '==':
      return value < from || value > to ? 'never' : single ? 'always' : 'depends';
    case '!=':
      return value < from || value > to ? 'always' : single ? 'never' : 'depends';
    case '>':
      return to <= value ? 'never' : from > value ? 'always' : 'depends';
    case '>=':
      return to < value ? 'never' : from >= value ? 'always' : 'depends';
    case '<':
      return from >= value ? 'never' : to < value ? 'always' : 'depends';
    case '<=':
      return from > value ? 'never' : to <= value ? 'always' : 'depends';
    default:
      return 'depends';
  }
};
