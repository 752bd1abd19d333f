import { bare, type Expr } from '../../query/tree';
import type { Knowledge, KnownMetric } from '../knowledge';

/** The metric whose raw samples a function reads, where it is known: `x` of `rate(x[5m])` and of `rate((x)[1h:1m])`. */
export const rawMetricOf = (argument: Expr | undefined, knowledge: Knowledge): KnownMetric | undefined => {
  const node = argument && bare(argument);
  const inner = node?.kind === 'subquery' ? bare(node.inner) : node;
  if (inner?.kind !== 'selector') return undefined;
  const known = knowledge.of(inner);
  return known.state === 'known' ? known : undefined;
};
