import { bare, type Expr } from '../../query/tree';
import { constantOf, isComparison } from './comparison';
import { rates } from './nodes';

/** Whether a divisor is kept from being zero: `x > 0`, `x != 0`, `clamp_min(x, 1)`, a constant, a count. */
export const isGuarded = (expr: Expr): boolean => {
  const node = bare(expr);
  if (constantOf(node) !== undefined) return true;
  switch (node.kind) {
    case 'number':
      // A variable stands there.
      return true;
    case 'aggregation':
      return node.name === 'count' || node.name === 'group' || isGuarded(node.inner);
    case 'call': {
      if (['clamp_min', 'clamp', 'count_over_time', 'time', 'scalar', 'vector'].includes(node.name)) return true;
      const [inner] = node.args;
      return inner !== undefined && isGuarded(inner);
    }
    case 'subquery':
      return isGuarded(node.inner);
    case 'unary':
      return isGuarded(node.inner);
    case 'binary': {
      if (isComparison(node.operator) && !node.bool) return true;
      if (node.operator === 'and') return true;
      if (node.operator === 'or') return isGuarded(node.left) && isGuarded(node.right);
      // More by a constant or a count, or shared out among one: zero only where the other side is.
      if (node.operator === '+') return isGuarded(node.left) || isGuarded(node.right);
      if (node.operator === '*' || node.operator === '/') return isGuarded(node.left) && isGuarded(node.right);
      return false;
    }
    default:
      return false;
  }
};

/** Whether something counts events, of which there may have been none: a rate, or a sum of rates. */
export const countsEvents = (expr: Expr): boolean => {
  const node = bare(expr);
  switch (node.kind) {
    case 'call':
      return (
        rates.has(node.name) ||
        (node.name.startsWith('label_') && node.args[0] !== undefined && countsEvents(node.args[0]))
      );
    case 'aggregation':
      return node.name !== 'count' && countsEvents(node.inner);
    case 'binary':
      return ['+', '*'].includes(node.operator) && countsEvents(node.left) && countsEvents(node.right);
    default:
      return false;
  }
};
