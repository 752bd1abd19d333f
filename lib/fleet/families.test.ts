import { describe, expect, it } from 'vitest';
import type { MetricType, Unit } from '../catalog/catalog';
import { boundOf } from './bounds';
import { counted, observed, type Content } from './content';
import { familyOf, type Lives } from './families';
import { steady } from './time/course';

/** A program that started at 100 and again at 200, on a machine that started with 1970. */
const lives: Lives = { program: (time) => (time < 200 ? 100 : 200), machine: () => 0 };

const family = (
  type: MetricType,
  content: Content,
  more: { readonly unit?: Unit; readonly bounds?: readonly string[] } = {},
) =>
  familyOf('x', { type, ...(more.unit && { unit: more.unit }) }, [{ labels: { a: 'b' }, content }], {
    lives,
    seed: 's',
    ...(more.bounds && { bounds: more.bounds.map(boundOf) }),
  });

const valuesOf = (type: MetricType, content: Content, unit?: Unit): readonly unknown[] =>
  [150, 199, 200, 230].map((at) => family(type, content, unit && { unit }).samples[0]?.value(at));

describe('a counter', () => {
  it('begins at zero with its program', () => {
    expect(valuesOf('counter', counted(steady(2)))).toEqual([100, 198, 0, 60]);
  });

  it('of a kernel goes on while programs restart', () => {
    expect(valuesOf('counter', counted(steady(2), 'machine'))).toEqual([300, 398, 400, 460]);
  });

  it('counts whole things, and thousandths of what can be parted', () => {
    expect(valuesOf('counter', counted(steady(0.3337)), 'count')).toEqual([16, 33, 0, 10]);
    expect(valuesOf('counter', counted(steady(0.3337)), 'seconds')).toEqual([16.685, 33.036, 0, 10.011]);
  });

  it('of what is observed counts how often', () => {
    expect(valuesOf('counter', observed(steady(2), 0.04))).toEqual([100, 198, 0, 60]);
  });
});

describe('a gauge', () => {
  it('is what it is', () => {
    expect(valuesOf('gauge', 7)).toEqual([7, 7, 7, 7]);
    expect(valuesOf('gauge', (time) => (time < 200 ? time : undefined))).toEqual([150, 199, undefined, undefined]);
  });

  it.each(['info', 'stateset'] as const)('is what the text format makes of %s', (type) => {
    expect(family(type, 1).type).toBe('gauge');
  });
});

describe('a histogram', () => {
  const { samples } = family('histogram', observed(steady(1), 1), { bounds: ['0.5', '1', '1e+01'] });
  const at = (time: number) => samples.map(({ value }) => value(time));

  it('has its buckets, as the exporter spells their bounds, then sum and count', () => {
    expect(samples.map(({ name, labels }) => [name, labels['le']])).toEqual([
      ['x_bucket', '0.5'],
      ['x_bucket', '1'],
      ['x_bucket', '1e+01'],
      ['x_bucket', '+Inf'],
      ['x_sum', undefined],
      ['x_count', undefined],
    ]);
    expect(samples.every(({ labels }) => labels['a'] === 'b')).toBe(true);
  });

  // Of each twenty: four take half of the usual time or less, eleven the usual time or less, none ten times as long.
  it('counts in each bucket what is at most its bound, and adds up what was observed', () => {
    expect(at(160)).toEqual([12, 33, 60, 60, expect.closeTo(3 * 28), 60]);
  });

  it('begins at zero with its program', () => {
    expect(at(200)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(at(220).slice(0, 4)).toEqual([4, 11, 20, 20]);
  });

  it('is made of what is observed only', () => {
    expect(() => family('histogram', 3)).toThrow('must be `observed`');
  });
});

describe('a summary', () => {
  const { samples } = family('summary', observed(steady(1), 1));

  it('has quantiles of the same observations as its sum and count', () => {
    expect(samples.map(({ name, labels, value }) => [name, labels['quantile'], value(160)])).toEqual([
      ['x', '0.5', 0.95],
      ['x', '0.9', 2.4],
      ['x', '0.99', 7],
      ['x_sum', undefined, expect.closeTo(3 * 28)],
      ['x_count', undefined, 60],
    ]);
  });
});
