import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsAround, observationsOf } from './observations';

const typical = fc.constantFrom(0.003, 0.04, 6, 40, 2_000);
const counts = fc.integer({ min: 0, max: 1e6 });

describe('observations', () => {
  it('in buckets never exceed their number, nor fall with a larger bound or a larger count', () => {
    fc.assert(
      fc.property(fc.string(), typical, counts, fc.integer({ min: 0, max: 100 }), (seed, of, count, more) => {
        const { atMost } = observationsOf(seed, of);
        const buckets = boundsAround(of).map((bound) => atMost(bound, count));
        expect([...buckets, count]).toEqual([...buckets, count].sort((a, b) => a - b));
        boundsAround(of).forEach((bound, index) =>
          expect(atMost(bound, count + more)).toBeGreaterThanOrEqual(buckets[index] ?? 0),
        );
      }),
    );
  });

  it('have a sum that their buckets allow', () => {
    fc.assert(
      fc.property(fc.string(), typical, counts, (seed, of, count) => {
        const { atMost, sum } = observationsOf(seed, of);
        const bounds = boundsAround(of);
        const inEach = [...bounds.map((bound) => atMost(bound, count)), count].map(
          (upTo, index, all) => upTo - (all[index - 1] ?? 0),
        );
        const least = inEach.reduce((total, many, index) => total + many * (bounds[index - 1] ?? 0), 0);
        // Nothing takes longer than seven times the typical one.
        const mostly = inEach.reduce(
          (total, many, index) => total + many * Math.min(bounds[index] ?? Infinity, 7 * of),
          0,
        );
        expect(sum(count)).toBeGreaterThanOrEqual(least * (1 - 1e-9));
        expect(sum(count)).toBeLessThanOrEqual(mostly * (1 + 1e-9));
      }),
    );
  });

  it('have quantiles that do not fall', () => {
    const { quantile } = observationsOf('x', 6);
    expect(quantile(0.5)).toBeCloseTo(5.7);
    expect(quantile(0.9)).toBeGreaterThan(quantile(0.5));
    expect(quantile(0.99)).toBeGreaterThan(quantile(0.9));
  });
});
