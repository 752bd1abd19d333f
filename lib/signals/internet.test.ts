import { describe, expect, it } from 'vitest';
import { contextOf } from '../expression/testing/context';
import { bindAll } from './index';
import { queryOf } from './signal';

const both = [{ exporter: 'speedtest_exporter' }, { exporter: 'speedtest_tracker', port: 80 }] as const;

describe('a speed test', () => {
  it.each(both)('of $exporter gives speed and delay', (exporter) => {
    const { internet } = bindAll(contextOf({ exporters: [exporter] }));
    const { download, upload, ping, jitter, downloadOfUsual, uploadOfUsual } = internet;
    for (const signal of [download, upload, ping, jitter, downloadOfUsual, uploadOfUsual])
      expect(signal.missing, signal.id).toBeUndefined();
  });

  it('is asked for as long as two scrapes take, where each scrape is a test', () => {
    const { internet } = bindAll(contextOf({ exporters: ['speedtest_exporter'] }));
    expect(queryOf(internet.download)).toBe(
      'max by (service) (last_over_time(speedtest_download_bits_per_second{job="speedtest"}[2h]) > 0)',
    );
  });

  it('knows its server only where the program tells', () => {
    const missing = both.map(
      (exporter) => bindAll(contextOf({ exporters: [exporter] })).internet.server.missing !== undefined,
    );
    expect(missing).toEqual([true, false]);
  });

  it('is missing by its names where none is run', () => {
    expect(bindAll(contextOf()).internet.download.missing).toBe('needs one of speedtest_exporter, speedtest_tracker');
  });
});
