import { makeExpression, type AggregateFunction, type Comparison, type Expression } from '../expression';
import { fallback, multiply, when, where } from './between';
import { overAllPanel } from './over-time';
import { requireLabels } from './require';

const aggregate =
  (name: AggregateFunction) =>
  <L extends string, const B extends L = never>(of: Expression<L>, ...by: readonly B[]): Expression<B> => {
    requireLabels(`${name} by`, of, by);
    return makeExpression({ kind: 'aggregate', function: name, by, of }, by);
  };

// Each gives one series for each combination of the labels named, which are all that is left.
export const sum = aggregate('sum');
export const avg = aggregate('avg');
export const max = aggregate('max');
export const min = aggregate('min');
export const count = aggregate('count');
/** 1 for each combination of the labels named. */
export const group = aggregate('group');

/** How many series hold the comparison, counting presence: 0 while there are series and none holds it, nothing while blind. */
export const countWhere = <L extends string, const B extends L = never>(
  of: Expression<L>,
  operator: Comparison,
  against: number,
  ...by: readonly B[]
): Expression<B> => fallback(count(where(of, operator, against), ...by), multiply(count(of, ...by), 0));

/** The `k` highest series of each moment: for instant queries. In a graph the lines would break: see `steadyTop`. */
export const highest = <L extends string>(k: number, of: Expression<L>): Expression<L> =>
  makeExpression({ kind: 'call', function: 'topk', before: [k], of, after: [] }, of.labels);
/** The `k` lowest series of each moment. */
export const lowest = <L extends string>(k: number, of: Expression<L>): Expression<L> =>
  makeExpression({ kind: 'call', function: 'bottomk', before: [k], of, after: [] }, of.labels);

/** The `k` series that were highest on average over what the panel shows: the same ones at each point of the graph. Needs Prometheus 2.33 or later. */
export const steadyTop = <L extends string>(k: number, of: Expression<L>): Expression<L> =>
  when(of, highest(k, overAllPanel('avg', of)));
