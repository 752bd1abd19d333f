import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lifeOf } from './life';

const time = fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2028, 0) / 1000 });

it('starts before now, at night, and not longer ago than its period', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), time, (seed, days, now) => {
      const start = lifeOf(seed, days)(now);
      expect(start).toBeLessThanOrEqual(now);
      expect(now - start).toBeLessThanOrEqual(days * 86_400 + 1);
      expect(Math.floor((start % 86_400) / 3_600)).toBe(4);
    }),
  );
});

it('starts anew at the moments given, not before them', () => {
  const now = Date.UTC(2026, 10, 20, 20) / 1000;
  const life = lifeOf('nas', 30, [now]);
  expect(life(now - 1)).toBe(lifeOf('nas', 30)(now - 1));
  expect(life(now)).toBe(now);
  expect(life(now + 3_600)).toBe(now);
});
