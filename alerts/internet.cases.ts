import type { CasesByAlert } from '../lib/alerts/promtool';

const speedtest = (metric: string): string =>
  `${metric}{job="speedtest", instance="speedtest:9798", service="speedtest"}`;

// Tests every fifty minutes, so that none falls on the edge of four hours, which Prometheus 2 and 3 count differently.
export const internetCases: CasesByAlert = {
  InternetSlow: {
    fires: {
      series: { [speedtest('speedtest_download_bits_per_second')]: '100000000x60 20000000x20' },
      interval: '50m',
      silentAt: '3350m',
      firesAt: '3400m',
      labels: { service: 'speedtest' },
      summary: 'The internet connection is much slower than usual',
      description:
        'The fastest speed test of the last four hours got 20% of what is usual in a week (below 50%), for 2h.',
    },
    nearMiss: {
      because: 'every other test meets a download, and some fail',
      series: {
        [speedtest('speedtest_download_bits_per_second')]:
          '100000000x60 20000000 100000000 0 20000000 100000000 0 20000000 90000000 20000000',
      },
      interval: '50m',
      at: '3450m',
    },
  },
  SpeedtestFailed: {
    fires: {
      series: { [speedtest('speedtest_up')]: '1x5 0x20' },
      silentAt: '5m',
      firesAt: '6m',
      labels: { service: 'speedtest' },
      summary: 'The last speed test failed',
      description: 'The last speed test did not come to an end.',
    },
    nearMiss: {
      because: 'the next test is still to come',
      series: { [speedtest('speedtest_up')]: '1x5 _x60' },
      at: '60m',
    },
  },
};
