import { describe, expect, it } from 'vitest';
import type { Levels } from '../thresholds';
import { moveLevel } from './tuned-levels';

const why = 'tuned';
const move = (levels: Levels, severity: 'warning' | 'critical', from: number, to: number) =>
  moveLevel(levels, { severity, from, to, why });

describe('the line of a panel', () => {
  it('moves with the alert that started there', () => {
    expect(
      move({ bad: 'high', warn: 0.1, critical: 0.4, alert: { warning: 0.4 }, why: '' }, 'warning', 0.4, 0.6),
    ).toEqual({
      bad: 'high',
      warn: 0.1,
      critical: 0.6,
      alert: { warning: 0.6, critical: 0.6 },
      why,
    });
    expect(move({ bad: 'low', warn: 14, critical: 7, why: '' }, 'warning', 14, 30)).toMatchObject({
      warn: 30,
      critical: 7,
    });
  });

  it('of its colour moves where the alert had a place of its own', () =>
    expect(
      move({ bad: 'high', warn: 0.8, critical: 0.95, alert: { warning: 0.9 }, why: '' }, 'warning', 0.9, 0.93),
    ).toMatchObject({
      warn: 0.93,
      critical: 0.95,
    }));

  it('takes the other one along where that would be on the wrong side, and then is the only one', () => {
    const high = move(
      { bad: 'high', warn: 0.8, critical: 0.9, alert: { warning: 0.95, critical: 0.97 }, why: '' },
      'warning',
      0.95,
      0.98,
    );
    expect(high).toMatchObject({ critical: 0.98, alert: { warning: 0.98, critical: 0.97 } });
    expect(high).not.toHaveProperty('warn');
    expect(move({ bad: 'low', warn: 15, critical: 5, alert: { warning: 5 }, why: '' }, 'warning', 5, 20)).toMatchObject(
      { critical: 20 },
    );
  });

  it('stays where the alert never started at a level', () =>
    expect(move({ bad: 'high', warn: 0.8, critical: 0.9, why: '' }, 'warning', 0.85, 0.5)).toBeUndefined());
});
