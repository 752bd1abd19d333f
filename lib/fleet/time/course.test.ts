import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daily, during, scaled, steady, sum, wave, type Course } from './course';

const time = fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2028, 0) / 1000 });
const shape = fc.record({
  mean: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
  day: fc.double({ min: 0, max: 1, noNaN: true }),
  noise: fc.double({ min: 0, max: 1, noNaN: true }),
});
const course = fc.tuple(fc.string(), shape).map(([seed, of]) => wave(seed, of));

/** The integral of half an hour, by adding up seconds. */
const added = (of: Course, from: number): number =>
  Array.from({ length: 1_800 }, (_, second) => of.at(from + second + 0.5)).reduce((total, value) => total + value, 0);

const holdsIntegral = (of: Course, from: number): void => {
  const exact = of.total(from + 1_800) - of.total(from);
  expect(Math.abs(exact - added(of, from))).toBeLessThanOrEqual(1e-3 * Math.max(1, Math.abs(exact)));
};

describe('a wave', () => {
  it('is never below nothing, and its total never falls', () => {
    fc.assert(
      fc.property(course, time, fc.integer({ min: 1, max: 90_000 }), (of, at, later) => {
        const mean = of.total(at + 1e7) / (at + 1e7);
        expect(of.at(at)).toBeGreaterThanOrEqual(-1e-9 * mean);
        expect(of.total(at + later)).toBeGreaterThanOrEqual(of.total(at) - 1e-6 * mean);
      }),
    );
  });

  it('has the total of its values', () => {
    fc.assert(fc.property(course, time, holdsIntegral), { numRuns: 30 });
  });

  it('is higher in the evening than before dawn', () => {
    const of = wave('x', { mean: 10, day: 0.5, noise: 0.1 });
    const midnight = Date.UTC(2026, 4, 1) / 1000;
    expect(of.at(midnight + 20.5 * 3_600)).toBeGreaterThan(13);
    expect(of.at(midnight + 8.5 * 3_600)).toBeLessThan(7);
  });

  it('is the same for a seed, and another for another', () => {
    expect(wave('a', { mean: 1 }).at(1e9)).toBe(wave('a', { mean: 1 }).at(1e9));
    expect(wave('a', { mean: 1 }).at(1e9)).not.toBe(wave('b', { mean: 1 }).at(1e9));
  });
});

describe('courses put together', () => {
  it('have the total of their values', () => {
    fc.assert(
      fc.property(course, course, time, fc.integer({ min: 0, max: 3_000 }), (one, other, at, wait) => {
        const window = { from: at - 600 + wait, to: at + 300 + wait };
        holdsIntegral(during([window], sum(one, scaled(other, 2)), steady(3)), at);
      }),
      { numRuns: 30 },
    );
  });

  it('are another only within the window', () => {
    const of = during([{ from: 100, to: 200 }], steady(1), steady(5));
    expect([99, 100, 199, 200].map(of.at)).toEqual([1, 5, 5, 1]);
    expect([100, 150, 200, 300].map(of.total)).toEqual([100, 350, 600, 700]);
  });

  it('of a day are there between two hours only', () => {
    const of = daily(19, 22.5);
    const midnight = Date.UTC(2026, 4, 1) / 1000;
    expect([18.9, 19, 22.4, 22.5].map((hour) => of.at(midnight + hour * 3_600))).toEqual([0, 1, 1, 0]);
    expect(of.total(midnight + 86_400) - of.total(midnight)).toBe(3.5 * 3_600);
  });
});
