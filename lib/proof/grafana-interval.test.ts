import { describe, expect, it } from 'vitest';
import { expandMacros, stepsOf } from './grafana-interval';

const hours = (count: number) => ({ from: 0, to: count * 3600 });

describe('stepsOf', () => {
  it.each([
    [
      'the min step rules while the range is short',
      { gridPos: { w: 12 } },
      { interval: '15s' },
      1,
      { step: 15, rateInterval: 60 },
    ],
    [
      'a point a pixel, rounded, in a long range',
      { gridPos: { w: 24 } },
      { interval: '15s' },
      24,
      { step: 60, rateInterval: 75 },
    ],
    [
      'a slow source has a wide rate interval',
      { interval: '5m', gridPos: { w: 12 } },
      { interval: '5m' },
      1,
      { step: 300, rateInterval: 1200 },
    ],
    ['few points make wide steps', { maxDataPoints: 50 }, { interval: '15s' }, 6, { step: 300, rateInterval: 315 }],
    ['nothing said means the data source: 15 s', {}, {}, 1, { step: 15, rateInterval: 60 }],
    [
      'never more points than Prometheus gives',
      { maxDataPoints: 100_000 },
      { interval: '1s' },
      24,
      { step: 10, rateInterval: 16 },
    ],
  ])('%s', (_, panel, target, range, steps) => {
    expect(stepsOf(panel, target, hours(range))).toMatchObject(steps);
  });
});

describe('expandMacros', () => {
  it('writes lengths of time as Prometheus reads them', () => {
    const text = 'rate(a[$__rate_interval]) + b[$__interval] + c[${__range}] + $__interval_ms + $__range_s';
    expect(expandMacros(text, { step: 15, rateInterval: 75 }, hours(1))).toBe(
      'rate(a[1m15s]) + b[15s] + c[3600s] + 15000 + 3600',
    );
  });

  it('leaves what it does not know', () => {
    expect(expandMacros('a{b="$host"} $__timeFilter', { step: 1, rateInterval: 4 }, hours(1))).toBe(
      'a{b="$host"} $__timeFilter',
    );
  });
});
