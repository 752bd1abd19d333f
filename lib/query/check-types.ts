import { aggregations, functions, type ValueType } from './functions';
import { Refused } from './lexer';
import type { Reading } from './read-promql';
import type { Binary, Call, Expr, Selector } from './tree';

const words: Readonly<Record<ValueType, string>> = {
  vector: 'instant vector',
  matrix: 'range vector',
  scalar: 'scalar',
  string: 'string',
  any: 'any type',
};

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);
const sets = new Set(['and', 'or', 'unless']);

/**
 * Checks the types of an expression as `checkAST` of Prometheus' `promql/parser` does, in its words.
 *
 * @throws Refused at the first that is wrong
 */
export const checkTypes = (reading: Reading): void => {
  typeOf(reading.tree, reading.open);
};

const typeOf = (expr: Expr, open: ReadonlySet<Expr>): ValueType => {
  switch (expr.kind) {
    case 'number':
      return open.has(expr) ? 'any' : 'scalar';
    case 'string':
      return 'string';
    case 'selector':
      checkSelector(expr);
      if (open.has(expr)) return 'any';
      return expr.window ? 'matrix' : 'vector';
    case 'parenthesised':
      return typeOf(expr.inner, open);
    case 'subquery': {
      const inner = typeOf(expr.inner, open);
      if (inner !== 'vector' && inner !== 'any')
        throw new Refused(`subquery is only allowed on instant vector, got ${words[inner]} instead`, expr);
      return 'matrix';
    }
    case 'unary': {
      const inner = typeOf(expr.inner, open);
      if (inner === 'matrix' || inner === 'string')
        throw new Refused(
          `unary expression only allowed on expressions of type scalar or instant vector, got "${words[inner]}"`,
          expr,
        );
      return inner;
    }
    case 'aggregation': {
      const type = typeOf(expr.inner, open);
      if (open.has(expr)) return 'vector';
      expect(type, 'vector', 'aggregation expression', expr.inner);
      const wanted = aggregations.get(expr.name);
      if (expr.parameter && wanted)
        expect(typeOf(expr.parameter, open), wanted, 'aggregation parameter', expr.parameter);
      return 'vector';
    }
    case 'binary':
      return typeOfBinary(expr, open);
    case 'call':
      return typeOfCall(expr, open);
  }
};

const expect = (type: ValueType, wanted: ValueType, context: string, place: Expr): void => {
  if (type !== wanted && type !== 'any')
    throw new Refused(`expected type ${words[wanted]} in ${context}, got ${words[type]}`, place);
};

const typeOfCall = (call: Call, open: ReadonlySet<Expr>): ValueType => {
  const signature = open.has(call) ? undefined : functions.get(call.name);
  if (!signature) {
    for (const argument of call.args) typeOf(argument, open);
    return 'any';
  }
  const { takes, variadic } = signature;
  const count = call.args.length;
  const least = variadic === 0 ? takes.length : takes.length - 1;
  const most = variadic < 0 ? Infinity : least + variadic;
  if (variadic === 0 && count !== takes.length)
    throw new Refused(`expected ${takes.length} argument(s) in call to "${call.name}", got ${count}`, call);
  if (count < least)
    throw new Refused(`expected at least ${least} argument(s) in call to "${call.name}", got ${count}`, call);
  if (count > most)
    throw new Refused(`expected at most ${most} argument(s) in call to "${call.name}", got ${count}`, call);
  call.args.forEach((argument, index) => {
    // The second argument of `info` may select by labels that match the empty text as well.
    if (call.name === 'info' && index === 1 && argument.kind === 'selector') return;
    const wanted = takes[Math.min(index, takes.length - 1)] as ValueType;
    expect(typeOf(argument, open), wanted, `call to function "${call.name}"`, argument);
  });
  return signature.gives;
};

const typeOfBinary = (expr: Binary, open: ReadonlySet<Expr>): ValueType => {
  const left = typeOf(expr.left, open);
  const right = typeOf(expr.right, open);
  const { operator, matching } = expr;
  const isOpen = /[$[]/.test(operator);
  if (expr.bool && !comparisons.has(operator) && !isOpen)
    throw new Refused('bool modifier can only be used on comparison operators', expr.operatorSpan);
  if (comparisons.has(operator) && !expr.bool && left === 'scalar' && right === 'scalar')
    throw new Refused('comparisons between scalars must use BOOL modifier', expr.operatorSpan);
  for (const { name } of matching?.mode === 'on' ? matching.labels : [])
    if (matching?.include.some((label) => label.name === name))
      throw new Refused(`label "${name}" must not occur in ON and GROUP clause at once`, expr.operatorSpan);
  for (const [type, side] of [
    [left, expr.left],
    [right, expr.right],
  ] as const)
    if (type === 'matrix' || type === 'string')
      throw new Refused('binary expression must contain only scalar and instant vector types', side);
  const hasScalar = left === 'scalar' || right === 'scalar';
  if (hasScalar && matching && matching.labels.length > 0)
    throw new Refused('vector matching only allowed between instant vectors', expr);
  if (sets.has(operator) && matching?.group) throw new Refused(`no grouping allowed for "${operator}" operation`, expr);
  if (hasScalar && sets.has(operator))
    throw new Refused(`set operator "${operator}" not allowed in binary scalar expression`, expr);
  if (left === 'vector' || right === 'vector') return 'vector';
  return left === 'any' || right === 'any' ? 'any' : 'scalar';
};

/** Prometheus refuses a selector that could mean every series. */
const checkSelector = (selector: Selector): void => {
  if (selector.nameSpan) return;
  const narrows = selector.matchers.some((matcher) => matcher.open || !matchesEmpty(matcher.operator, matcher.value));
  if (!narrows) throw new Refused('vector selector must contain at least one non-empty matcher', selector);
};

const matchesEmpty = (operator: string, value: string): boolean => {
  if (operator === '=') return value === '';
  if (operator === '!=') return value !== '';
  let empty: boolean;
  try {
    empty = new RegExp(`^(?:${value.replace(/^\(\?[a-zA-Z]+\)/, '')})$`).test('');
  } catch {
    return false;
  }
  return operator === '=~' ? empty : !empty;
};
