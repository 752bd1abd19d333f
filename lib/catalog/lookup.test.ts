import { describe, expect, it } from 'vitest';
import type { Metric } from './catalog';
import { availability, isOlder, labelAvailability, openPattern, ownerOf, type Running } from './lookup';

const gauge: Metric = { type: 'gauge', labels: {} };
const why = (metric: Partial<Metric>, running: Running = {}): string | undefined => {
  const answer = availability({ ...gauge, ...metric }, running);
  return answer.available ? undefined : answer.why;
};

describe('availability', () => {
  it('of a metric without conditions', () => {
    expect(why({})).toBeUndefined();
    expect(why({ collector: 'cpu' }, { version: '0.1.0' })).toBeUndefined();
  });

  it.each([
    ['1.8.2', 'needs version 1.9.0, 1.8.2 runs'],
    ['v1.8.2', 'needs version 1.9.0, v1.8.2 runs'],
    ['1.9.0', undefined],
    ['1.10.0', undefined],
    ['1.9.0-rc.1', undefined],
    ['2', undefined],
    ['1', undefined],
    ['0', 'needs version 1.9.0, 0 runs'],
    ['master 2026-08-22', undefined],
    ['2026-08-22', undefined],
    [undefined, undefined],
  ])('of a metric since 1.9.0 in %s', (version, expected) => {
    expect(why({ since: '1.9.0' }, { version })).toBe(expected);
  });

  it.each([
    ['0.30.9', undefined],
    ['0.31.0', 'gone since version 0.31.0, 0.31.0 runs'],
    [undefined, 'gone since version 0.31.0'],
    ['main', 'gone since version 0.31.0, main runs'],
  ])('of a metric until 0.31.0 in %s', (version, expected) => {
    expect(why({ until: '0.31.0' }, { version })).toBe(expected);
  });

  it('of a metric whose collector is off by default', () => {
    const metric: Partial<Metric> = { collector: 'systemd', default: false };
    expect(why(metric)).toBe('needs the collector `systemd`, which is off by default');
    expect(why(metric, { collectors: { systemd: true } })).toBeUndefined();
    expect(why(metric, { collectors: { processes: true } })).toBeDefined();
  });

  it('of a metric whose collector is switched off', () => {
    expect(why({ collector: 'zfs' }, { collectors: { zfs: false } })).toBe('the collector `zfs` is switched off');
    expect(why({ collector: 'zfs' }, { collectors: { xfs: false } })).toBeUndefined();
  });

  it('of a metric behind a flag: its collector alone is not enough', () => {
    const metric: Partial<Metric> = { collector: 'cpu', flag: '--collector.cpu.info', default: false };
    expect(why(metric, { collectors: { cpu: true } })).toBe('needs `--collector.cpu.info`, which is off by default');
    expect(why(metric, { collectors: { '--collector.cpu.info': true } })).toBeUndefined();
    expect(why(metric, { collectors: { '--collector.cpu.info': true, cpu: false } })).toBeDefined();
  });

  it('of a metric that a flag can switch off', () => {
    expect(why({ flag: 'addServicesLabels' }, { collectors: { addServicesLabels: false } })).toBeDefined();
    expect(why({ flag: 'addServicesLabels' })).toBeUndefined();
  });
});

describe('labelAvailability', () => {
  const metric: Metric = { ...gauge, labels: { device: {}, device_error: {} }, labelSince: { device_error: '1.8.0' } };

  it('knows labels that came later', () => {
    expect(labelAvailability(metric, 'device_error', { version: '1.7.0' })).toEqual({
      available: false,
      why: 'label `device_error` needs version 1.8.0, 1.7.0 runs',
    });
    expect(labelAvailability(metric, 'device_error', { version: '1.8.0' })).toEqual({ available: true });
    expect(labelAvailability(metric, 'device', { version: '1.7.0' })).toEqual({ available: true });
  });

  it('knows no label that is not there', () => {
    expect(labelAvailability(metric, 'mountpoint', {})).toEqual({ available: false, why: 'has no label `mountpoint`' });
  });
});

describe('isOlder', () => {
  it.each([
    ['1.9.1', '1.10.0', true],
    ['1.10.0', '1.9.1', false],
    ['1.9.1', '1.9.1', false],
    ['12.4.0 (a copy)', '12.4.1', true],
    ['2.42.0+ds', '2.43.0', true],
    ['RELEASE.2025-10-15', '99.0.0', false],
    ['', '1.0.0', false],
  ])('%s before %s: %s', (running, than, expected) => {
    expect(isOlder(running, than)).toBe(expected);
  });
});

describe('openPattern', () => {
  const catalog = { open: [{ pattern: '^node_netstat_[A-Za-z0-9]+_[A-Za-z0-9]+$', why: 'fields of the kernel' }] };

  it('knows names made at run time', () => {
    expect(openPattern(catalog, 'node_netstat_TcpExt_ListenDrops')?.why).toBe('fields of the kernel');
    expect(openPattern(catalog, 'node_netstat_TcpExt')).toBeUndefined();
    expect(openPattern({}, 'node_netstat_TcpExt_ListenDrops')).toBeUndefined();
  });
});

describe('ownerOf', () => {
  const speedtest = { source: 'speedtest', prefixes: ['speedtest_'] };
  const tracker = { source: 'tracker', prefixes: ['speedtest_tracker_'] };
  const next = { source: 'next', prefixes: ['speedtest_'] };

  it('is who has the longest beginning, and all who share it', () => {
    expect(ownerOf('speedtest_tracker_ping_ms', [speedtest, tracker, next])).toEqual([tracker]);
    expect(ownerOf('speedtest_up', [speedtest, tracker, next])).toEqual([speedtest, next]);
  });

  it('is nobody for a name that anybody may have', () => {
    expect(ownerOf('process_cpu_seconds_total', [speedtest, tracker])).toEqual([]);
    expect(ownerOf('speedtest', [speedtest])).toEqual([]);
  });
});
