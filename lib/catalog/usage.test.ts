import { describe, expect, it } from 'vitest';
import type { CatalogChange } from './compare';
import { brokenBy } from './usage';

const change = (kind: CatalogChange['kind'], metric: string, more: Partial<CatalogChange> = {}): CatalogChange => ({
  kind,
  metric,
  message: `${metric}: ${kind}`,
  ...more,
});
const breaks = (one: CatalogChange, query: string, foreign: readonly string[] = []): boolean =>
  brokenBy([one], [{ where: 'Board › Panel', query }], new Set(foreign)).length > 0;

describe('brokenBy', () => {
  it.each<[string, CatalogChange, string, string]>([
    ['a metric', change('metric gone', 'a_total'), 'sum(rate(a_total{x="1"}[$__rate_interval]))', 'rate(a_totals[5m])'],
    ['a metric in a match', change('metric gone', 'a'), '{__name__="a"}', '{__name__="b"}'],
    [
      'a histogram',
      change('metric gone', 'a_seconds'),
      'histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[5m])))',
      'a_seconds_max',
    ],
    ['a label that is matched', change('label gone', 'a', { label: 'x' }), 'a{x=~"$host"}', 'a{y="1"}'],
    ['a label that is grouped by', change('label gone', 'a', { label: 'x' }), 'sum by (x) (a)', 'sum by (y) (a)'],
    ['a label of another metric', change('label gone', 'a', { label: 'x' }), 'a * on (x) b', 'b{x="1"} + sum(a)'],
    ['a value', change('value gone', 'a', { label: 'x', value: 'idle' }), 'a{x=~"busy|idle"}', 'a{x=~"busy"}'],
    ['a value that is wanted', change('value gone', 'a', { label: 'x', value: 'idle' }), 'a{x="idle"}', 'a{x!="idle"}'],
    ['a type', change('type changed', 'a'), 'rate(a[5m])', 'rate(b[5m])'],
  ])('%s', (_, one, hit, miss) => {
    expect([breaks(one, hit), breaks(one, miss)]).toEqual([true, false]);
  });

  it('is nothing that is new or told', () => {
    expect(breaks(change('metric new', 'a'), 'a')).toBe(false);
    expect(breaks(change('type told', 'a'), 'a')).toBe(false);
  });

  it('leaves out what is selected from the jobs of others only', () => {
    const gone = change('metric gone', 'process_open_fds');
    expect(breaks(gone, 'process_open_fds{job="other"}', ['other'])).toBe(false);
    expect(breaks(gone, 'process_open_fds{job=~"other|own"}', ['other'])).toBe(true);
    expect(breaks(gone, 'process_open_fds', ['other'])).toBe(true);
  });
});
