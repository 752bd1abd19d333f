import type { CasesByAlert } from '../lib/alerts/promtool';

/** A series of blackbox_exporter about something that is asked. */
const about =
  (labels: Readonly<Record<string, string>>) =>
  (metric: string, more: Readonly<Record<string, string>> = {}): string =>
    `${metric}{${Object.entries({ job: 'blackbox', ...labels, ...more })
      .map(([label, value]) => `${label}="${value}"`)
      .join(', ')}}`;

const onNas = { service: 'photos', host: 'nas' };
const photos = about({ instance: 'https://photos.home.arpa/', ...onNas, group: 'service', reach: 'internal' });
const homepage = about({
  instance: 'https://example.org/',
  service: 'homepage',
  group: 'service',
  reach: 'external',
});
const router = about({ instance: '192.168.1.1', service: 'router', group: 'router', reach: 'internal' });
const cloudflare = about({ instance: '1.1.1.1', service: 'Cloudflare', group: 'internet', reach: 'external' });
const quad9 = about({ instance: '9.9.9.9', service: 'Quad9', group: 'internet', reach: 'external' });
const pihole = about({ instance: '192.168.1.12', service: 'Pi-hole DNS', group: 'dns', reach: 'internal' });
const telephone = 'probe_success{job="blackbox-lan", instance="192.168.1.77", device="192.168.1.77"}';
const prober = about({ instance: 'blackbox-exporter:9115', service: 'blackbox-exporter' });

/** A machine that has been there for a day. */
const nasUp = {
  'up{job="node", instance="nas:9100", host="nas"}': '1x200',
  'node_boot_time_seconds{job="node", instance="nas:9100", host="nas"}': '-100000x200',
};
/** Half of the echoes come back. Between two minutes, so that Prometheus 2 and 3 agree on what ten minutes hold. */
const everyOther = Array.from({ length: 60 }, (_, index) => 1 - (index % 2)).join(' ');

export const probeCases: CasesByAlert = {
  ServiceDown: {
    fires: {
      series: { ...nasUp, [photos('probe_success')]: '1x4 0x20' },
      silentAt: '9m',
      firesAt: '10m',
      labels: onNas,
      summary: 'photos does not answer',
      description:
        'photos has not given one good answer for 5m: no connection, an error, or a certificate that is not valid.',
    },
    nearMiss: {
      because: 'its machine is down, which HostDown tells; the line is down, which InternetDown tells',
      series: {
        'up{job="node", instance="nas:9100", host="nas"}': '0x40',
        [photos('probe_success')]: '0x40',
        [cloudflare('probe_success')]: '0x40',
        [homepage('probe_success')]: '0x40',
      },
      at: '40m',
    },
  },
  ServiceFlapping: {
    fires: {
      series: { [photos('probe_success')]: '1 0 1 0 1 0 1 0 1x20' },
      silentAt: '6m',
      firesAt: '7m',
      labels: onNas,
      summary: 'photos comes and goes',
      description: 'photos went away or came back within half an hour: 7 times; the limit is 6.',
    },
    nearMiss: {
      because: 'two restarts after an update',
      series: { [photos('probe_success')]: '1x5 0 0 1x5 0 0 1x20' },
      at: '20m',
    },
  },
  ServiceLowAvailability: {
    fires: {
      series: { [photos('probe_success')]: '1x4 0 0 1x4 0 0 1x4 0 0 1x60' },
      silentAt: '33m',
      firesAt: '34m',
      labels: { ...onNas, group: 'service' },
      summary: 'photos was away several times today',
      description:
        'photos answered 82.86% of the time within 24 hours (below 99%), and went away three times at least.',
    },
    nearMiss: {
      because: 'one long outage was told when it happened',
      series: { [photos('probe_success')]: '1x10 0x39 1x100' },
      at: '100m',
    },
  },
  HttpProbeSlow: {
    fires: {
      series: { [photos('probe_duration_seconds')]: '3x30', [photos('probe_success')]: '1x30' },
      silentAt: '9m',
      firesAt: '10m',
      labels: onNas,
      summary: 'photos answers slowly',
      description: 'photos takes 3s for an answer on average, at least 2s for 10m.',
    },
    nearMiss: {
      because: 'it does not answer at all, and the prober waits',
      series: { [photos('probe_duration_seconds')]: '8x30', [photos('probe_success')]: '0x30' },
      at: '30m',
    },
  },
  InternetDown: {
    fires: {
      series: {
        [cloudflare('probe_success')]: '1x4 0x20',
        [quad9('probe_success')]: '1x2 0x20',
        [router('probe_success')]: '1x30',
      },
      silentAt: '7m',
      firesAt: '8m',
      labels: {},
      summary: 'The internet connection is down',
      description: 'None of the addresses on the internet has answered for 2m, while the house itself answers.',
    },
    nearMiss: {
      because: 'one address is away; and without the router it is the router',
      series: {
        [cloudflare('probe_success')]: '0x30',
        [quad9('probe_success')]: '1x14 0x20',
        [router('probe_success')]: '1x14 0x20',
      },
      at: '20m',
    },
  },
  RouterUnreachable: {
    fires: {
      series: { [router('probe_success')]: '1x4 0x20' },
      silentAt: '7m',
      firesAt: '8m',
      labels: { service: 'router' },
      summary: 'The router does not answer',
      description: 'The router (router) has not answered a ping for 3m.',
    },
    nearMiss: { because: 'it restarts', series: { [router('probe_success')]: '1x4 0x2 1x20' }, at: '8m' },
  },
  DnsProbeFailed: {
    fires: {
      series: { [pihole('probe_success')]: '1x4 0x20', [cloudflare('probe_success')]: '1x30' },
      silentAt: '9m',
      firesAt: '10m',
      labels: { service: 'Pi-hole DNS' },
      summary: 'The name server Pi-hole DNS finds no names',
      description: 'Pi-hole DNS has not found the name it is asked for, for 5m, while the line is up.',
    },
    nearMiss: {
      because: 'the line is down, so that nobody finds names',
      series: { [pihole('probe_success')]: '0x30', [cloudflare('probe_success')]: '0x30' },
      at: '30m',
    },
  },
  PacketLoss: {
    fires: {
      series: { [cloudflare('probe_success')]: everyOther },
      interval: '45s',
      silentAt: '20m',
      firesAt: '21m',
      labels: { service: 'Cloudflare' },
      summary: 'Echoes of Cloudflare get lost',
      description: '50% of the echoes of Cloudflare did not come back, at least 5% for 20m.',
    },
    nearMiss: {
      because: 'one outage that is over, and an address that never answers',
      series: { [cloudflare('probe_success')]: '1x10 0x8 1x40', [quad9('probe_success')]: '0x60' },
      at: '29m',
    },
  },
  WanLatencyHigh: {
    fires: {
      series: { [cloudflare('probe_icmp_duration_seconds', { phase: 'rtt' })]: '0.01x400 0.1x40' },
      interval: '5m',
      silentAt: '2020m',
      firesAt: '2025m',
      labels: { service: 'Cloudflare' },
      summary: 'The way to Cloudflare is much slower than usual',
      description:
        'Echoes of Cloudflare take 10.0 times as long as in the middle of the week (at least 3), and more than 50ms.',
    },
    nearMiss: {
      because: 'ten times as long as next to nothing is felt by nobody',
      series: { [cloudflare('probe_icmp_duration_seconds', { phase: 'rtt' })]: '0.002x400 0.02x40' },
      interval: '5m',
      at: '2100m',
    },
  },
  CertificateExpiring: {
    fires: {
      series: { [photos('probe_ssl_earliest_cert_expiry')]: '1209000x80' },
      silentAt: '59m',
      firesAt: '60m',
      labels: { service: 'photos' },
      summary: 'The certificate of photos runs out',
      description: 'The certificate of photos runs out in 13d 22h 50m 0s (less than 14d), and was not renewed.',
    },
    nearMiss: {
      because: 'it is renewed within the hour',
      series: { [photos('probe_ssl_earliest_cert_expiry')]: '1209000x30 9000000x60' },
      at: '70m',
    },
  },
  CertificateExpiringSoon: {
    fires: {
      // The service is gone meanwhile: what was known last still holds.
      series: { [photos('probe_ssl_earliest_cert_expiry')]: '259000x20 _x80' },
      silentAt: '59m',
      firesAt: '60m',
      labels: { service: 'photos' },
      summary: 'The certificate of photos runs out within days',
      description: 'The certificate of photos runs out in 2d 22h 56m 40s (less than 3d), or did already.',
    },
    nearMiss: {
      because: 'four days are left, which the milder alert tells',
      series: { [photos('probe_ssl_earliest_cert_expiry')]: '345600x90' },
      at: '80m',
    },
  },
  UnknownDeviceOnLan: {
    fires: {
      series: { [telephone]: '0x100 1x20' },
      silentAt: '100m',
      firesAt: '101m',
      labels: { device: '192.168.1.77' },
      summary: 'A new address answers on the LAN: 192.168.1.77',
      description: '192.168.1.77 answers, and did not once in the week before.',
    },
    nearMiss: { because: 'somebody comes home', series: { [telephone]: '1x10 0x89 1x20' }, at: '105m' },
  },
  ProbeTargetAbsent: {
    fires: {
      series: Object.fromEntries([
        ...[router, cloudflare, quad9, pihole, homepage].map((of) => [of('probe_success'), '1x30']),
        [router('up'), '1x30'],
      ]),
      silentAt: '14m',
      firesAt: '15m',
      labels: { job: 'blackbox', service: 'photos' },
      summary: 'Prometheus does not ask photos',
      description:
        'The homelab file wants photos to be asked, and Prometheus has had no answer of it for 15m, good or bad, although the prober answers.',
    },
    nearMiss: {
      because: 'the prober is down, which TargetDown tells once',
      series: { [router('up')]: '0x60', [photos('up')]: '0x60' },
      at: '40m',
    },
  },
  BlackboxConfigReloadFailed: {
    fires: {
      series: { [prober('blackbox_exporter_config_last_reload_successful')]: '0x20' },
      silentAt: '9m',
      firesAt: '10m',
      labels: { service: 'blackbox-exporter' },
      summary: 'blackbox_exporter could not load its modules',
      description:
        'blackbox_exporter runs with an old configuration for 10m, because it could not load the one on disk.',
    },
    nearMiss: {
      because: 'the second try is right',
      series: { [prober('blackbox_exporter_config_last_reload_successful')]: '0x5 1x20' },
      at: '10m',
    },
  },
};
