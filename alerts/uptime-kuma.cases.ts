import type { AlertCases } from '../lib/alerts/alert';
import type { CasesByAlert } from '../lib/alerts/promtool';

/** The cases of Uptime Kuma 2, or of 1, which gives its monitors no numbers. */
const casesOf = (job: string, version: 1 | 2): CasesByAlert => {
  const instance = `job="${job}", instance="kuma:3001", service="uptime-kuma"`;
  const series = (metric: string, monitor: string, extra = ''): string =>
    `${metric}{${instance}, monitor_name="${monitor}", monitor_type="${monitor === 'All' ? 'group' : 'http'}"${
      version === 2 ? `, monitor_id="${monitor.length}"` : ''
    }${extra}}`;
  const labels = { service: 'uptime-kuma', monitor: 'wiki', type: 'http', ...(version === 2 && { number: '4' }) };
  const left = (days: number): AlertCases['fires']['series'] => ({
    [series('monitor_cert_days_remaining', 'wiki')]: `${days}x120`,
  });
  const month = ', window="30d"';
  const all: CasesByAlert = {
    UptimeKumaDown: {
      fires: {
        series: { [`up{${instance}}`]: '1x9 0x30' },
        silentAt: '14m',
        firesAt: '15m',
        labels: { service: 'uptime-kuma' },
        summary: 'uptime-kuma does not answer',
        description: 'uptime-kuma has not answered Prometheus for 5m: it is stopped, or refuses the API key.',
      },
      nearMiss: { because: 'it is updated', series: { [`up{${instance}}`]: '1x9 0x3 1x30' }, at: '20m' },
    },
    UptimeMonitorDown: {
      fires: {
        series: { [series('monitor_status', 'wiki')]: '1x9 0x30' },
        silentAt: '12m',
        firesAt: '13m',
        labels,
        summary: 'A monitor of uptime-kuma is down: wiki',
        description: 'The monitor wiki (kind http) of uptime-kuma has found its target down for 3m.',
      },
      nearMiss: {
        because: 'it is tried again, or told to be quiet, or a group of others',
        series: {
          [series('monitor_status', 'wiki')]: '1x9 2x30',
          [series('monitor_status', 'homepage')]: '1x9 3x30',
          [series('monitor_status', 'All')]: '1x9 0x30',
        },
        at: '30m',
      },
    },
    UptimeMonitorFlapping: {
      fires: {
        series: { [series('monitor_status', 'wiki')]: '1x9 0x2 1x5 0x2 1x5 0x2 1x5 0x2 1x30' },
        silentAt: '41m',
        firesAt: '42m',
        labels,
        summary: 'A monitor of uptime-kuma comes and goes: wiki',
        description: 'The state of the monitor wiki of uptime-kuma changed 8 times within two hours.',
      },
      nearMiss: {
        because: 'three times are not many',
        series: { [series('monitor_status', 'wiki')]: '1x9 0x2 1x5 0x2 1x5 0x2 1x60' },
        at: '60m',
      },
    },
    UptimeCertificateExpiring: {
      fires: {
        series: left(13),
        silentAt: '59m',
        firesAt: '60m',
        labels,
        summary: 'The certificate of wiki was not renewed',
        description: `The certificate that uptime-kuma sees at wiki runs out in 13d 0h 0m 0s (below 14d).`,
      },
      nearMiss: { because: 'it is renewed within these days', series: left(15), at: '100m' },
    },
    UptimeCertificateExpiringSoon: {
      fires: {
        series: left(2),
        silentAt: '29m',
        firesAt: '30m',
        labels,
        summary: 'The certificate of wiki runs out in days',
        description: 'The certificate that uptime-kuma sees at wiki runs out in 2d 0h 0m 0s.',
      },
      nearMiss: { because: 'there are days left', series: left(4), at: '100m' },
    },
    UptimeCertificateInvalid: {
      fires: {
        series: { [series('monitor_cert_is_valid', 'wiki')]: '1x9 0x30' },
        silentAt: '19m',
        firesAt: '20m',
        labels,
        summary: 'The certificate of wiki is not valid',
        description: 'uptime-kuma has found the certificate of wiki not to be trusted for 10m.',
      },
      nearMiss: {
        because: 'it is exchanged',
        series: { [series('monitor_cert_is_valid', 'wiki')]: '1x9 0x5 1x30' },
        at: '30m',
      },
    },
  };
  if (version === 1) return all;
  return {
    ...all,
    UptimeLow: {
      fires: {
        series: { [series('monitor_uptime_ratio', 'wiki', month)]: '0.97x120' },
        silentAt: '59m',
        firesAt: '60m',
        labels,
        summary: 'A monitor of uptime-kuma was down for long this month: wiki',
        description: 'The monitor wiki of uptime-kuma was up 97% of the last thirty days (below 99%).',
      },
      nearMiss: {
        because: 'it was down today, which is little of a month',
        series: {
          [series('monitor_uptime_ratio', 'wiki', ', window="1d"')]: '0.8x120',
          [series('monitor_uptime_ratio', 'wiki', month)]: '0.995x120',
        },
        at: '100m',
      },
    },
  };
};

export const uptimeKumaCases: CasesByAlert = casesOf('uptime-kuma', 2);

/** The cases of version 1, which is an example of its own. */
export const uptimeKumaOldCases: CasesByAlert = casesOf('uptime-kuma', 1);
