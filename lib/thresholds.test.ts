import { describe, expect, it } from 'vitest';
import { alertLevel, thresholds, type Levels } from './thresholds';

const table: readonly (readonly [string, Levels])[] = Object.entries(thresholds);

describe('thresholds', () => {
  it.each(table)('%s gets worse in one direction', (_, { bad, warn, critical, alert }) => {
    const worse = (a: number, b: number): boolean => (bad === 'high' ? a < b : a > b);
    if (warn !== undefined) expect(worse(warn, critical)).toBe(true);
    if (alert?.warning !== undefined && alert.critical !== undefined)
      expect(worse(alert.warning, alert.critical)).toBe(true);
    if (alert?.warning !== undefined && warn !== undefined) expect(worse(alert.warning, warn)).toBe(false);
  });

  it.each(table)('%s says why', (_, { why }) => expect(why).toMatch(/^\S.*[^.]$/));
});

describe('where alerts start', () => {
  it.each([
    [thresholds.cpuBusy, 'warning', 0.9],
    [thresholds.cpuBusy, 'critical', 0.95],
    [thresholds.filesystemUsed, 'critical', 0.97],
    [thresholds.diskBusy, 'warning', 0.6],
    [thresholds.up, 'warning', 1],
  ] as const)('%#', (levels, severity, level) => expect(alertLevel(levels, severity)).toBe(level));
});
