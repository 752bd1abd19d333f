import {
  leavesOf,
  makeExpression,
  mapLeaves,
  type Expression,
  type Leaf,
  type OverTime,
  type RangeFunction,
  type Window,
} from '../expression';
import { requireLeaf } from './require';

/** How far back: a duration, or `range` for all that the panel shows. Left out: the standing window (see `Window`). */
export type Reach = 'range' | (string & {});

export const toWindow = (reach: Reach | undefined): Window =>
  reach === undefined ? 'default' : reach === 'range' ? 'range' : { duration: reach };

/** Per second, of a counter. */
export const rate = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('rate', of, reach, counters);
/** How much a counter grew. */
export const increase = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('increase', of, reach, counters);
/** How much a gauge changed. */
export const delta = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('delta', of, reach, gauges);
/** Per second, of a gauge, by linear regression. */
export const slope = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('deriv', of, reach, gauges);
/** How often the value changed. */
export const changes = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('changes', of, reach, singles);
/** Where a gauge will be, `ahead` seconds from now, if it goes on as it did. */
export const predict = <L extends string>(of: Expression<L>, reach: Reach, ahead: number): Expression<L> =>
  overRange('predict_linear', of, reach, gauges, ahead);
/** The `q`-quantile (0 to 1) of a gauge over time. */
export const quantileOverTime = <L extends string>(q: number, of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('quantile_over_time', of, reach, gauges, q);

/** The average, highest, last … of a gauge over time. `last` and `count` make sense of a counter, too. */
export const overTime = <L extends string>(how: OverTime, of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange(`${how}_over_time`, of, reach, how === 'last' || how === 'count' ? singles : gauges);

/**
 * The average, highest, last … of a gauge over all that the panel shows, the same at each point of a graph: what was there at
 * any time of it. (`overTime` with `range` looks back from each point.) Needs Prometheus 2.33 or later, for `@ end()`.
 */
export const overAllShown = <L extends string>(how: OverTime, of: Expression<L>): Expression<L> =>
  makeExpression(
    {
      kind: 'range',
      function: `${how}_over_time`,
      of: requireLeaf('overAllShown', of, gauges.allowed, gauges.hint),
      window: 'range',
      toTheEnd: true,
    },
    of.labels,
  );

/** The average, highest, last … of a computed expression over the panel's range. A subquery, so dear: for tables and stats only. */
export const overPanelRange = <L extends string>(how: OverTime, of: Expression<L>, step = '1m'): Expression<L> =>
  makeExpression({ kind: 'subquery', function: `${how}_over_time`, of, window: 'range', step }, of.labels);

/** The same from the end of what is shown, at each point of a graph alike: evaluated once. Needs Prometheus 2.33 or later, for `@ end()`. */
export const overAllPanel = <L extends string>(how: OverTime, of: Expression<L>, step = '1m'): Expression<L> =>
  makeExpression(
    { kind: 'subquery', function: `${how}_over_time`, of, window: 'range', step, toTheEnd: true },
    of.labels,
  );

/**
 * The middle of what a computed expression was, looked at once in each step: what is usual. Survives labels that come and go,
 * because the expression may aggregate them away first. A subquery, so dear where the step is short.
 */
export const usual = <L extends string>(of: Expression<L>, reach: string, step: string): Expression<L> =>
  makeExpression(
    { kind: 'subquery', function: 'quantile_over_time', of, window: { duration: reach }, step, parameter: 0.5 },
    of.labels,
  );

/** As it was `by` ago: the line of yesterday. */
export const shift = <L extends string>(of: Expression<L>, by: string): Expression<L> => {
  if (leavesOf(of).some(({ offset }) => offset))
    throw new Error('shift of what is shifted already: shift once, by the sum');
  return mapLeaves(of, (leaf) => ({ ...leaf, offset: by }));
};

interface Kinds {
  readonly allowed: readonly Leaf['type'][];
  readonly hint: string;
}

const counters: Kinds = {
  allowed: ['counter'],
  hint: 'rate and increase are for what only grows; of a gauge take delta, slope or overTime',
};
const gauges: Kinds = {
  allowed: ['gauge', 'info', 'stateset'],
  hint: 'a counter needs rate or increase, a histogram quantile, observations or observed',
};
const singles: Kinds = {
  allowed: [...gauges.allowed, 'counter'],
  hint: 'a histogram or summary is many series: take quantile, observations or observed',
};

const overRange = <L extends string>(
  name: RangeFunction,
  of: Expression<L>,
  reach: Reach | undefined,
  { allowed, hint }: Kinds,
  parameter?: number,
): Expression<L> => {
  const leaf = requireLeaf(name, of, allowed, of.node.kind === 'leaf' ? hint : 'the rate first, then the sum');
  const window = toWindow(reach);
  return makeExpression(
    { kind: 'range', function: name, of: leaf, window, ...(parameter !== undefined && { parameter }) },
    of.labels,
  );
};
