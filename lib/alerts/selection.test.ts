import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, fitting, holds, partition, without, type Match } from './selection';

const value = fc.constantFrom('a', 'b', 'c');
const match: fc.Arbitrary<Match> = fc.dictionary(
  fc.constantFrom('host', 'device', 'mountpoint'),
  fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
  { minKeys: 1, maxKeys: 3 },
);
const labels = fc.dictionary(fc.constantFrom('host', 'device', 'mountpoint'), value);
const fits = (one: Match, set: Readonly<Record<string, string>>): boolean =>
  Object.entries(one).every(([label, values]) => values.includes(set[label] ?? ''));

describe('a selection', () => {
  it('holds what fits, and its complement what does not', () => {
    const media = { host: ['nas'], mountpoint: ['/media', '/backup'] };
    const inside = fitting(everything, media);
    const outside = without(everything, media);
    expect(inside).toEqual([{ host: { in: ['nas'] }, mountpoint: { in: ['/media', '/backup'] } }]);
    expect(outside).toEqual([
      { host: { notIn: ['nas'] } },
      { host: { in: ['nas'] }, mountpoint: { notIn: ['/media', '/backup'] } },
    ]);
    expect(holds(outside, { host: 'nas' })).toBe(true);
    expect(holds(outside, { host: 'nas', mountpoint: '/media' })).toBe(false);
  });

  it('leaves a box whole that has nothing in common with what goes', () => {
    const backup = fitting(everything, { mountpoint: ['/backup'] });
    expect(without(backup, { host: ['nas'], mountpoint: ['/media'] })).toEqual(backup);
  });

  it('puts each label set into exactly one part, or into none where it is excepted; the first match wins', () => {
    fc.assert(
      fc.property(
        fc.array(match, { maxLength: 3 }),
        fc.array(match, { maxLength: 4 }),
        labels,
        (except, matches, set) => {
          const { base, parts } = partition(except, matches);
          const where = [base, ...parts].map((selection) => holds(selection, set));
          const first = matches.findIndex((one) => fits(one, set));
          const expected = except.some((one) => fits(one, set)) ? [] : [first + 1];
          expect(where.flatMap((is, index) => (is ? [index] : []))).toEqual(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is made of boxes that share nothing', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 4 }), labels, (matches, set) => {
        const boxes = matches.reduce(without, everything).filter((box) => holds([box], set));
        expect(boxes.length).toBeLessThan(2);
      }),
      { numRuns: 1000 },
    );
  });
});
