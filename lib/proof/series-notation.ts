import type { Labels } from './prometheus';
import { expressionIn } from './query-nodes';
import { readSelector } from './selectors';

/** One series of `promtool test rules`: a value for each step from the beginning, undefined where there is no sample. */
export interface NotedSeries {
  readonly labels: Labels;
  readonly values: readonly (number | undefined)[];
}

/**
 * Reads `input_series` as promtool does: `1 2 _ 0+10x3 5x2 _x4`. `stale` is read as a gap: OpenMetrics, from which blocks are made, has no
 * marker for the end of a series, so there it is seen for five minutes more (Prometheus' lookback).
 */
export const readSeries = (selector: string, values: string): NotedSeries => {
  const { matchers } = readSelector(expressionIn(selector), selector);
  return {
    labels: Object.fromEntries(matchers.map(({ label, value }) => [label, value])),
    values: values.trim().split(/\s+/).flatMap(readItem),
  };
};

const readItem = (item: string): readonly (number | undefined)[] => {
  if (item === 'stale') return [undefined];
  const [, gap, times = '1'] = /^(_)(?:x(\d+))?$/.exec(item) ?? [];
  if (gap) return Array.from({ length: Number(times) }, () => undefined);
  const [, start, step = '+0', count] = /^([+-]?[\d.eE]+)(?:([+-][\d.eE]+))?x(\d+)$/.exec(item) ?? [];
  if (start) return Array.from({ length: Number(count) + 1 }, (_, index) => Number(start) + index * Number(step));
  const value = Number(item.replace(/^([+-]?)Inf$/, '$1Infinity'));
  if (Number.isNaN(value) && item !== 'NaN')
    throw new Error(`\`${item}\` is no value of a series that can be backfilled`);
  return [value];
};
