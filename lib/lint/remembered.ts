import type { Expr } from '../query/tree';
import type { Knowledge } from './knowledge';

/** The same function, which reckons once for each expression under each knowledge: rules ask the same things of the same queries. */
export const remembered = <T>(
  compute: (expr: Expr, knowledge: Knowledge) => T,
): ((expr: Expr, knowledge: Knowledge) => T) => {
  const results = new WeakMap<Knowledge, WeakMap<Expr, T>>();
  return (expr, knowledge) => {
    let known = results.get(knowledge);
    if (!known) results.set(knowledge, (known = new WeakMap()));
    if (!known.has(expr)) known.set(expr, compute(expr, knowledge));
    return known.get(expr) as T;
  };
};
