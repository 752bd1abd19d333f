import { describe, expect, it } from 'vitest';
import { thresholds } from '../thresholds';
import { above, atLevel, below, comparing, is, isNot, isSelfEvident } from './condition';

const high = { id: 'host.cpuBusy', levels: thresholds.cpuBusy };
const low = { id: 'host.temperatureLeft', levels: thresholds.temperatureLeft };

describe('conditions', () => {
  it('start where the panel changes its colour, or where the shared table starts alerts', () => {
    expect(atLevel(high, 'warning')).toEqual({ atLeast: 0.9 });
    expect(atLevel(high, 'critical')).toEqual({ atLeast: 0.95 });
    expect(atLevel(low, 'warning')).toEqual({ below: 5 });
    expect(() => atLevel({ id: 'host.up' }, 'warning')).toThrow(/host\.up has no levels/);
  });

  it('compare alike in both engines', () => {
    expect(
      [above(1), atLevel(high, 'warning'), below(1), is(1), isNot(1)].map((condition) => {
        const { operator, evaluator } = comparing(condition);
        return [operator, evaluator];
      }),
    ).toEqual([
      ['>', 'gt'],
      ['>=', 'gte'],
      ['<', 'lt'],
      ['==', 'eq'],
      ['!=', 'ne'],
    ]);
  });

  it('need a reason where they are a number of their own', () => {
    expect([above(0), is(7), above(0.8)].map((condition) => isSelfEvident(high, condition))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isSelfEvident(high, above(0.85))).toBe(false);
  });
});
