import {
  leavesOf,
  makeExpression,
  type Arithmetic,
  type Binary,
  type Comparison,
  type Expression,
  type SetOperator,
} from '../expression';
import { listOf, requireLabels } from './require';

/** A second operand: an expression, or a number. */
type Operand<M extends string> = Expression<M> | number;

export const number = (value: number): Expression => makeExpression({ kind: 'number', value }, []);

export const add = <L extends string, M extends string = never>(a: Expression<L>, b: Operand<M>): Expression<L | M> =>
  matched('+', a, b);
export const subtract = <L extends string, M extends string = never>(
  a: Expression<L>,
  b: Operand<M>,
): Expression<L | M> => matched('-', a, b);
export const multiply = <L extends string, M extends string = never>(
  a: Expression<L>,
  b: Operand<M>,
): Expression<L | M> => matched('*', a, b);

/** `a / b` where `b` is a number that is not 0; between expressions use `ratio`. */
export const divide = <L extends string>(a: Expression<L>, b: number): Expression<L> => {
  if (b === 0) throw new Error('divide by 0');
  return matched('/', a, b);
};

/** `a / b`, and nothing where `b` is not above zero, so that idle differs from broken. */
export const ratio = <L extends string, M extends string>(a: Expression<L>, b: Expression<M>): Expression<L | M> =>
  matched('/', a, where(b, '>', 0));

/** `part / whole` where `part` may not exist before the first of its kind (errors): 0 then, and nothing while there is no whole. */
export const share = <L extends string, M extends string>(
  part: Expression<L>,
  whole: Expression<M>,
): Expression<L & M> => ratio(fallback(part, multiply(whole, 0)), whole) as Expression<L & M>;

/** `1 - of`: what is left of a share. */
export const rest = <L extends string>(of: Expression<L>): Expression<L> =>
  makeExpression({ kind: 'binary', operator: '-', left: number(1), right: of }, of.labels);

/** The larger of two, series by series. */
export const larger = <L extends string>(a: Expression<L>, b: Expression<L>): Expression<L> =>
  fallback(where(a, '>=', b), b);

/** `a`, and where it has nothing, `b`. What counts as the same is found by `on`; left out, by the labels that both carry. */
export const fallback = <L extends string, M extends string>(
  a: Expression<L>,
  b: Expression<M>,
  on?: readonly (L & M)[],
): Expression<L & M> => {
  if (on) {
    requireLabels('fallback on', a, on);
    requireLabels('fallback on', b, on);
  }
  return setOf('or', a, b, commonLabels(a, b), on);
};

/** Several expressions as one set of series; what has the same labels is taken once. */
export const union = <L extends string>(first: Expression<L>, ...others: readonly Expression<L>[]): Expression<L> =>
  others.reduce<Expression<L>>(
    (left, right) => makeExpression({ kind: 'binary', operator: 'or', left, right }, commonLabels(left, right)),
    first,
  );

/** `of` while `condition` holds. */
export const when = <L extends string, M extends string>(of: Expression<L>, condition: Expression<M>): Expression<L> =>
  setOf('and', of, condition, of.labels);
/** `of` unless `condition` holds. */
export const except = <L extends string, M extends string>(
  of: Expression<L>,
  condition: Expression<M>,
): Expression<L> => setOf('unless', of, condition, of.labels);

/** Only the series for which the comparison holds, with their values. */
export const where = <L extends string, M extends string = never>(
  of: Expression<L>,
  operator: Comparison,
  against: Operand<M>,
): Expression<L | M> => matched(operator, of, against);

/** 1 where the comparison holds, else 0. */
export const compare = <L extends string, M extends string = never>(
  of: Expression<L>,
  operator: Comparison,
  against: Operand<M>,
): Expression<L | M> => {
  const made = matched(operator, of, against);
  return makeExpression({ ...(made.node as Binary), bool: true }, made.labels);
};

/** Arithmetic and comparison: equal labels match as they are; where one side has fewer, it is matched on those and repeated. */
const matched = <L extends string, M extends string>(
  operator: Arithmetic | Comparison,
  left: Expression<L>,
  other: Operand<M>,
): Expression<L | M> => {
  const right = typeof other === 'number' ? number(other) : other;
  const plain: Binary = { kind: 'binary', operator, left, right };
  if (isScalar(right)) return makeExpression(plain, left.labels);
  if (isScalar(left)) return makeExpression(plain, right.labels);
  refuseForeign(operator, left, right);
  if (sameLabels(left, right)) return makeExpression(plain, left.labels);
  const on = commonLabels(left, right);
  if (on.length === right.labels.size)
    return makeExpression({ ...plain, on, group: { side: 'left', include: [] } }, left.labels);
  if (on.length === left.labels.size)
    return makeExpression({ ...plain, on, group: { side: 'right', include: [] } }, right.labels);
  throw new Error(
    `\`${operator}\` between series by ${listOf(left.labels)} and series by ${listOf(right.labels)}: one side must carry all labels of the other; aggregate some away, or join`,
  );
};

const setOf = <L extends string>(
  operator: SetOperator,
  left: Expression,
  right: Expression,
  labels: Iterable<string>,
  on: readonly string[] | undefined = sameLabels(left, right) ? undefined : commonLabels(left, right),
): Expression<L> => {
  if (operator !== 'or') refuseForeign(operator, left, right);
  return makeExpression({ kind: 'binary', operator, left, right, ...(on && { on }) }, labels);
};

/** Series of two exporters never agree in `instance`, nor in `job`. */
const refuseForeign = (operator: string, left: Expression, right: Expression): void => {
  const own = ['job', 'instance'].filter((label) => left.labels.has(label) && right.labels.has(label));
  if (own.length === 0) return;
  const [here, there] = [left, right].map((side) => new Set(leavesOf(side).map(({ source }) => source.name)));
  if (!here || !there || here.size === 0 || there.size === 0 || [...here].some((name) => there.has(name))) return;
  throw new Error(
    `\`${operator}\` between ${listOf(here)} and ${listOf(there)}: each has its own ${own.join(' and ')}, so nothing would match; aggregate both by an entity first`,
  );
};

const isScalar = ({ node }: Expression): boolean => node.kind === 'number' || node.kind === 'time';

const sameLabels = (a: Expression, b: Expression): boolean =>
  a.labels.size === b.labels.size && [...a.labels].every((label) => b.labels.has(label));

const commonLabels = (a: Expression, b: Expression): readonly string[] =>
  [...a.labels].filter((label) => b.labels.has(label));
