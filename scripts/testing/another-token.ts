import { expect } from 'vitest';
import { tokens } from '../../lib/tokens';
import { changedLines } from './changed-lines';
import { outlines, typicalContent } from './outlines-of';

/** Every token, by its group. */
export const tokenNames = Object.entries(tokens).flatMap(([group, values]) =>
  Object.keys(values).map((name) => [group, name] as const),
);

// Alerts name no token, and these two boards draw in nearly every look: all boards would take a quarter of the time of all tests.
const boards = {
  dashboards: typicalContent.dashboards.filter(({ name }) => name === 'home' || name === 'network'),
  alerts: [],
};
const before = outlines(boards);

/** Another value that Grafana takes as well. */
const another = (value: string | number): string | number => {
  if (typeof value === 'string') return `dark-${value}`;
  return Number.isInteger(value) ? (value > 1 ? value - 1 : value + 1) : value / 2;
};

/** Another value of a token is seen, and makes little to read. */
export const anotherTokenChangesFewLines = (group: string, name: string): void => {
  const values = tokens[group as keyof typeof tokens] as Record<string, string | number>;
  const value = values[name] as string | number;
  values[name] = another(value);
  try {
    const changed = changedLines(before, outlines(boards));
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThanOrEqual(5);
  } finally {
    values[name] = value;
  }
};
