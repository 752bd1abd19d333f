import { makeExpression, type Expression, type Hole } from './expression';

/**
 * PromQL as it is, for what the operators do not carry. The labels that the result keeps are stated, the reason stands in
 * a comment beside it, and it is parsed when the signal is defined. A range of a metric belongs into the hole
 * (`${rate(x)}`, not `rate(${x}[5m])`): only there can the library give it the labels of its entities.
 *
 * @example promql('host')`max by (host) (${temperature}) - 5`
 */
export const promql =
  <const L extends string = never>(...labels: readonly L[]) =>
  (texts: TemplateStringsArray, ...holes: readonly Hole[]): Expression<L> =>
    makeExpression({ kind: 'raw', texts: [...texts], holes }, labels);

/** In the subquery of a template: the window that stands where the query is printed, for the sources of `of`. */
export const standingWindow = (of: Expression): Hole => ({ window: 'default', of });
