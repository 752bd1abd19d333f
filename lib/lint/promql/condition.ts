import { bare, type Expr } from '../../query/tree';
import type { Knowledge } from '../knowledge';
import type { Recording } from '../subject';
import { constantOf, isComparison } from './comparison';

/** Series that are there only while something is wrong. */
const onlyWhileWrong = /^ALERTS(_FOR_STATE)?$|:/;

/** Labels that say whose a series is, and nothing of how it is. */
export const identity = new Set(['job', 'instance', 'namespace', 'cluster', 'host', 'service', 'env', 'environment']);

/**
 * Whether an expression has series only where something holds, so that an alert on it does not fire always. `perhaps`: a
 * recording rule that we do not have, or nothing that we read, decides.
 */
export const isCondition = (
  expr: Expr,
  recordings: ReadonlyMap<string, Recording>,
  knowledge: Knowledge,
): boolean | 'perhaps' => {
  const node = bare(expr);
  const inside = (inner: Expr): boolean | 'perhaps' => isCondition(inner, recordings, knowledge);
  switch (node.kind) {
    case 'selector': {
      if (node.name === undefined) return 'perhaps';
      const tree = recordings.get(node.name)?.query.parsed.tree;
      // A rule that reads itself would go on for ever.
      if (tree) return isCondition(tree, new Map(), knowledge);
      // `flux_instance_info{ready!="True"}`: there only while something is wrong. What is known to be measured is there always.
      const known = knowledge.of(node);
      const measured = known.state === 'known' && !['info', 'stateset', undefined].includes(known.type);
      const chosen = node.matchers.some(({ label }) => !identity.has(label));
      if (!measured && chosen && node.window === undefined) return 'perhaps';
      return onlyWhileWrong.test(node.name) ? 'perhaps' : false;
    }
    case 'number':
      // The heartbeat, which is to fire always; `vector(1)` is another way to write it.
      return true;
    case 'string':
      return false;
    case 'subquery':
    case 'unary':
      return inside(node.inner);
    case 'aggregation':
      return inside(node.inner);
    case 'call':
      if (node.name.startsWith('absent')) return true;
      if (node.name === 'vector') return node.args[0] !== undefined && constantOf(node.args[0]) !== undefined;
      return any(node.args.filter(varies).map(inside));
    case 'binary':
      if (isComparison(node.operator)) return !node.bool || any([node.left, node.right].filter(varies).map(inside));
      if (node.operator === 'unless' || node.operator === 'if' || node.operator === 'ifnot') return true;
      if (node.operator === 'or' || node.operator === 'default') {
        const sides = [inside(node.left), inside(node.right)];
        return sides.every((side) => side === true) ? true : sides.includes(false) ? false : 'perhaps';
      }
      if (node.operator === '/')
        return any([node.left, node.right].filter((side) => varies(side) && !isGuard(side)).map(inside));
      return any([node.left, node.right].filter(varies).map(inside));
    default:
      return 'perhaps';
  }
};

const any = (sides: readonly (boolean | 'perhaps')[]): boolean | 'perhaps' =>
  sides.includes(true) ? true : sides.includes('perhaps') ? 'perhaps' : false;

const varies = (expr: Expr): boolean => constantOf(expr) === undefined;

/** `x > 0` in a quotient keeps it from being infinite, and says nothing of what is wrong. */
const isGuard = (expr: Expr): boolean => {
  const node = bare(expr);
  return node.kind === 'binary' && ['>', '!='].includes(node.operator) && constantOf(node.right) === 0;
};
