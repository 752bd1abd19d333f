import { fractionOf } from './time/seed';

/** How many observations make a round: each round has the same ones, so that sums need no replay. */
const round = 20;

/** Shares of the typical observation, from quick to slow: most are near it, a few take many times as long. */
const spread: readonly number[] = [
  0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.35, 1.5, 1.8, 2.4, 3.5, 7,
];

/** What `n` observations amount to. */
export interface Observations {
  /** Their sum. */
  readonly sum: (count: number) => number;
  /** How many of them are at most so large. */
  readonly atMost: (bound: number, count: number) => number;
  /** The observation that so many of them, as a share, do not exceed. */
  readonly quantile: (share: number) => number;
}

/**
 * Observations around a typical one, in an order that the seed gives: sum, buckets and quantiles are those of the same
 * observations, so they agree at any count.
 */
export const observationsOf = (seed: string, typical: number): Observations => {
  const values = spread
    .map((share, index) => ({ value: share * typical, rank: fractionOf(`${seed} ${index}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
  const sums = prefix(values);
  const bounds = new Map<number, readonly number[]>();
  const atMost = (bound: number): readonly number[] => {
    const known = bounds.get(bound) ?? prefix(values.map((value) => (value <= bound ? 1 : 0)));
    bounds.set(bound, known);
    return known;
  };
  const upTo = (sizes: readonly number[], count: number): number =>
    Math.floor(count / round) * (sizes[round] ?? 0) + (sizes[count % round] ?? 0);
  return {
    sum: (count) => upTo(sums, count),
    atMost: (bound, count) => upTo(atMost(bound), count),
    quantile: (share) => typical * (spread[Math.min(round - 1, Math.ceil(share * round) - 1)] ?? spread[0] ?? 0),
  };
};

/** The sums of the first 0, 1, 2 ... numbers. */
const prefix = (numbers: readonly number[]): readonly number[] => {
  const sums = [0];
  for (const number of numbers) sums.push((sums.at(-1) ?? 0) + number);
  return sums;
};

/** Five upper bounds around a typical observation, for histograms whose own are not known. */
export const boundsAround = (typical: number): readonly number[] => {
  const magnitude = 10 ** Math.floor(Math.log10(typical));
  return [0.1, 0.5, 1, 5, 25].map((step) => Number((step * magnitude).toPrecision(3)));
};
