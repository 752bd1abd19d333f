import type { BoardPanel } from '../proof/board';
import type { QueryProof } from '../proof/prove';

/** The least and the largest value that a unit of Grafana lets somebody expect. */
interface Expectation {
  readonly from?: number;
  readonly to?: number;
  readonly because: string;
}

const notNegative = (what: string): Expectation => ({ from: 0, because: `${what} cannot be below 0` });

/** By Grafana's name of the unit; a unit that is not here can hold anything. */
const byUnit: Readonly<Record<string, Expectation>> = {
  // A share may be of something smaller, and may be how much something grew or shrank.
  percentunit: { from: -1, to: 100, because: 'that is ten thousand percent' },
  percent: { from: -100, to: 10_000, because: 'that is ten thousand percent' },
  celsius: { from: -40, to: 130, because: 'nothing at home is that cold or hot in degrees Celsius' },
  fahrenheit: { from: -40, to: 270, because: 'nothing at home is that cold or hot in degrees Fahrenheit' },
  rotrpm: { from: 0, to: 50_000, because: 'no fan or disk turns so fast' },
  bool_on_off: { from: 0, to: 1, because: 'on or off is 1 or 0' },
  bool_yes_no: { from: 0, to: 1, because: 'yes or no is 1 or 0' },
  ...Object.fromEntries(
    ['bytes', 'decbytes', 'bits', 'decbits', 'Bps', 'binBps', 'bps', 'binbps', 'hertz', 'watt', 'reqps', 'iops'].map(
      (unit) => [unit, notNegative(`${unit} of anything`)],
    ),
  ),
  dateTimeAsIso: { from: Date.UTC(1990, 0), to: Date.UTC(2100, 0), because: 'a date is in milliseconds since 1970' },
  dateTimeFromNow: { from: Date.UTC(1990, 0), to: Date.UTC(2100, 0), because: 'a date is in milliseconds since 1970' },
};

/** What rounding leaves, and a line that is drawn below the axis on purpose is not here: it has a unit of its own. */
const slack = 0.01;

/**
 * What is wrong with the values of a panel, one sentence each: outside of what its unit lets expect, not a number, or nowhere near
 * its thresholds (all a thousand times larger or smaller: the unit is another).
 */
export const valueFaults = (panel: BoardPanel, queries: readonly QueryProof[]): readonly string[] => {
  // Each column of a table has a unit of its own.
  if (panel.type === 'table') return [];
  const faults: string[] = [];
  const expected = expectationOf(panel);
  const mirrored = isMirrored(queries);
  for (const { refId, series } of queries) {
    const values = series.flatMap(({ samples }) => samples.map(([, value]) => value));
    const numbers = values.filter((value) => Number.isFinite(value));
    if (values.some((value) => value === Infinity || value === -Infinity)) faults.push(`${refId}: a value is infinite`);
    if (numbers.length === 0) continue;
    const [least, most] = extremes(numbers);
    const room = slack * Math.max(1, Math.abs((expected.to ?? 1) - (expected.from ?? 0)));
    if (expected.from !== undefined && least < expected.from - room && !mirrored)
      faults.push(`${refId}: ${shown(least)}, and ${expected.because}`);
    if (expected.to !== undefined && most > expected.to + room)
      faults.push(`${refId}: ${shown(most)}, and ${expected.because}`);
  }
  return [...faults, ...farFromLimits(panel, queries)];
};

/** What the unit says, but for an end of the axis that the panel fixes. */
const expectationOf = ({ fieldConfig: { defaults: { unit = '', min, max } = {} } = {} }: BoardPanel): Expectation => {
  const isShare = unit === 'percentunit' || unit === 'percent';
  const { from, to, because } = byUnit[unit] ?? { because: '' };
  const least = isShare ? (min ?? from) : from;
  const most = isShare ? (max ?? to) : to;
  return {
    ...(least !== undefined && { from: least }),
    ...(most !== undefined && { to: most }),
    because: isShare && (min ?? max) !== undefined ? `the axis is from ${min ?? '…'} to ${max ?? '…'}` : because,
  };
};

/** All values a hundred thousand times what the thresholds call bad: the limit is in another unit. */
const farFromLimits = (panel: BoardPanel, queries: readonly QueryProof[]): readonly string[] => {
  const { mode, steps = [] } = panel.fieldConfig?.defaults?.thresholds ?? {};
  // Where more is better, values may be as far above as they like.
  if (mode === 'percentage' || steps[0]?.color !== 'green') return [];
  const limits = steps.flatMap(({ value }) => (value ? [Math.abs(value)] : []));
  const sizes = queries
    .flatMap(({ series }) => series.flatMap(({ samples }) => samples.map(([, value]) => Math.abs(value))))
    .filter((value) => Number.isFinite(value) && value > 0);
  if (limits.length === 0 || sizes.length === 0) return [];
  const [least] = extremes(sizes);
  const [, highest] = extremes(limits);
  return least > highest * 1e5
    ? [`every value is above ${shown(least)}, and the highest threshold is ${shown(highest)}: another unit?`]
    : [];
};

/** Received above the axis, sent below it. */
const isMirrored = (queries: readonly QueryProof[]): boolean =>
  queries.some(({ expr }) => /^\s*(0 - |-\s*\(?|-1 \*)|\* -1\s*\)?$/.test(expr));

const extremes = (numbers: readonly number[]): readonly [number, number] =>
  numbers.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const, [
    Infinity,
    -Infinity,
  ] as readonly [number, number]);

const shown = (value: number): string => String(Number(value.toPrecision(4)));
