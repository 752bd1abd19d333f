import { expect, it } from 'vitest';
import { readsOf } from './reads';

const reads = readsOf([
  { expr: 'sum(rate(a_total{job="x"}[5m])) / b', seconds: 0 },
  { expr: 'max_over_time(b[1d] offset 1h)', seconds: 0 },
  { expr: 'avg_over_time(rate(c_total[10m])[7d:30m])', seconds: 0 },
  { expr: 'increase(d_total[$__range]) + rate(e_total[$__rate_interval])', seconds: 3_600 },
  { expr: '{__name__=~"f_.+"}', seconds: 60 },
]);

it('knows how far back a metric is read: windows, offsets, subqueries around it, the range on the screen', () => {
  expect(reads.reach('a_total', { job: 'x' })).toBe(300);
  expect(reads.reach('b', {})).toBe(90_000);
  expect(reads.reach('c_total', {})).toBe(604_800 + 600);
  expect(reads.reach('d_total', {})).toBe(3_600);
  expect(reads.reach('e_total', {})).toBe(0);
  expect(reads.reach('f_x', {})).toBe(0);
});

it('looks back only for the series that are read so far back', () => {
  const { reach } = readsOf([
    { expr: 'g', seconds: 0 },
    { expr: 'max_over_time(g{phase="rtt", job!="lan"}[1d]) + max_over_time(g{phase=~"res.*"}[1h])', seconds: 0 },
    { expr: 'max_over_time(h{host="$host"}[1d])', seconds: 0 },
  ]);
  expect(reach('g', { phase: 'rtt', job: 'blackbox' })).toBe(86_400);
  expect(reach('g', { phase: 'rtt', job: 'lan' })).toBe(0);
  expect(reach('g', { phase: 'resolve' })).toBe(3_600);
  expect(reach('g', { phase: 'a resolve' })).toBe(0);
  // What a picker holds is not known.
  expect(reach('h', { host: 'nas' })).toBe(86_400);
});

it('does not know a metric that nobody reads, nor one whose name only begins so', () => {
  expect(reads.reads('b')).toBe(true);
  expect(reads.reads('b_bucket')).toBe(false);
  expect(reads.reads('f_x')).toBe(true);
  expect(reads.reads('xf_x')).toBe(false);
});

it('takes a query that does not parse for one that reads nothing', () => {
  expect(readsOf([{ expr: 'sum(a', seconds: 0 }]).reads('a')).toBe(false);
});
