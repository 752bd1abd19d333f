import { makeExpression, type Expression } from '../expression';
import { toWindow, type Reach } from './over-time';
import { requireLabels, requireLeaf } from './require';

/** The `q`-quantile (0 to 1) of a histogram's observations, per combination of the labels named. */
export const quantile = <L extends string, const B extends L = never>(
  q: number,
  of: Expression<L>,
  by: readonly B[] = [],
  reach?: Reach,
): Expression<B> => {
  const leaf = requireLeaf('quantile', of, ['histogram'], 'a quantile needs the buckets of a histogram');
  requireLabels('quantile by', of, by);
  return makeExpression({ kind: 'buckets', q, of: leaf, by, window: toWindow(reach) }, by);
};

/** How a histogram's observations are spread, for heatmaps: one series a bucket (`le`), or one native histogram. */
export const distribution = <L extends string, const B extends L = never>(
  of: Expression<L>,
  by: readonly B[] = [],
  reach?: Reach,
): Expression<B | 'le'> => {
  const leaf = requireLeaf('distribution', of, ['histogram'], 'only a histogram knows how its observations are spread');
  requireLabels('distribution by', of, by);
  return makeExpression({ kind: 'buckets', of: leaf, by, window: toWindow(reach) }, ['le', ...by]);
};

/** One quantile that a summary gives by itself, such as `0.9`. */
export const summaryQuantile = <L extends string>(q: string, of: Expression<L>): Expression<L> => {
  const leaf = requireLeaf('summaryQuantile', of, ['summary'], 'only a summary gives its own quantiles');
  const where = [...leaf.where, { label: 'quantile', operator: '=', value: { text: q } } as const];
  return makeExpression({ ...leaf, where }, of.labels);
};

/** Observations of a histogram or summary, per second. */
export const observations = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  observe('observations', 'count', of, reach);
/** What a histogram or summary observed, added up, per second. */
export const observed = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  observe('observed', 'sum', of, reach);

const observe = <L extends string>(
  name: string,
  part: 'count' | 'sum',
  of: Expression<L>,
  reach: Reach | undefined,
): Expression<L> => {
  const leaf = requireLeaf(name, of, ['histogram', 'summary'], 'only histograms and summaries observe');
  return makeExpression({ kind: 'observed', part, function: 'rate', of: leaf, window: toWindow(reach) }, of.labels);
};
