import { makeExpression, type Expression } from '../expression';
import { count } from './across';
import { fallback, multiply, where } from './between';
import { requireLabels, requireLeaf } from './require';

/** 1 while no series fits, or none did `over` that long. Carries the labels that were matched by equality. */
export const absent = <L extends string>(of: Expression<L>, over?: string): Expression<L> => {
  const leaf = requireLeaf('absent', of, undefined, 'only the absence of a metric itself can be seen');
  if (leaf.where.some(({ operator }) => operator === '=~' || operator === '!~')) {
    throw new Error(
      `absent(\`${leaf.metric}\`) with a regular expression stays silent while one of the series is there: match by equality, or use absentTargets`,
    );
  }
  const labels = leaf.where.filter(({ operator }) => operator === '=').map(({ label }) => label);
  return makeExpression({ kind: 'absent', of: leaf, ...(over && { over }) }, labels);
};

/**
 * 1 for each target that the homelab file declares and that has no such series: the scrape configuration lost it. Of the
 * source `scrape`: for the targets of all sources.
 */
export const absentTargets = <L extends string>(of: Expression<L>): Expression<L> => {
  const leaf = requireLeaf('absentTargets', of, undefined, 'only the absence of a metric itself can be seen');
  if (leaf.where.length > 0) throw new Error('absentTargets finds its own conditions: one for each target');
  return makeExpression({ kind: 'absent', of: leaf, each: true }, ['job', ...leaf.source.entities]);
};

/** `of`, and 0 where there is none of it while `presence` is there: for what is only counted once it happens. */
export const zeroWhile = <L extends string, M extends string, const B extends L & M = never>(
  of: Expression<L>,
  presence: Expression<M>,
  ...by: readonly B[]
): Expression<B> => {
  requireLabels('zeroWhile by', of, by);
  if (of.labels.size !== by.length)
    throw new Error(`zeroWhile: name all labels of what is counted, or aggregate it first`);
  return fallback(of, multiply(count(presence, ...(by as readonly never[])), 0)) as Expression<B>;
};

/** The presence of a source: its targets that answer. */
export const answering = <L extends string>(up: Expression<L>): Expression<L> => where(up, '==', 1);
