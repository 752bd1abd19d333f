import { parse, stringify } from 'yaml';
import { toSeconds } from '../duration';

/** Every time by which it is hurried, in the order of the file: `for: 3m -> 12s`. */
export interface Hurried {
  readonly text: string;
  readonly changes: readonly string[];
}

/**
 * A rendered Prometheus, rule or Alertmanager file with its waiting times divided by `factor`, so that a proof takes seconds.
 * Windows in queries stay: they are what is proven.
 */
export const hurry = (yaml: string, factor: number): Hurried => {
  const changes: string[] = [];
  const visit = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, key));
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, visit(item, name)]));
    if (typeof value !== 'string' || !waits.has(key)) return value;
    const shorter = `${Math.max(1, Math.round((toSeconds(value) * 1000) / factor))}ms`;
    changes.push(`${key}: ${value} -> ${shorter.replace(/000ms$/, 's')}`);
    return shorter.replace(/000ms$/, 's');
  };
  return { text: stringify(visit(parse(yaml), '')), changes: [...new Set(changes)] };
};

/** Scrape intervals are the homelab file's own, so they stay. */
const waits = new Set([
  'evaluation_interval',
  'interval',
  'for',
  'keep_firing_for',
  'group_wait',
  'group_interval',
  'repeat_interval',
]);
