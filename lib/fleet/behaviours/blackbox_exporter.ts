import type { ResolvedProbe } from '../../homelab/resolved';
import { level, type Content, type Rows } from '../content';
import type { Behave, Behaviour, Place } from '../place';
import { isIn, wave } from '../time/course';
import { fractionOf } from '../time/seed';
import { befalls, windowsOf } from '../world/world';
import { inCatalog } from './in-catalog';

const ofItself = (name: string): boolean => /^blackbox_/.test(name);

/** The exporter's own page: nothing about what it asks. */
export const blackboxExporter: Behave = ({ catalog, lives }) => ({
  metrics: {
    ...Object.fromEntries(
      Object.keys(catalog.metrics)
        .filter((name) => !ofItself(name))
        .map((name) => [name, null]),
    ),
    blackbox_exporter_config_last_reload_success_timestamp_seconds: lives.program,
  },
});

/** Round trips in seconds: within the house, and to the internet. */
const distance = { internal: 0.0015, external: 0.014 } as const;

/** What the page of one probe has: with what it asks by, and whether there is an answer. */
export const probeBehaviour = (place: Place, probe: ResolvedProbe, isLan: boolean): Behaviour => {
  const { world, key, catalog } = place;
  const answers = (time: number): boolean =>
    (isThere(place, probe, isLan) && isAnswering(place, probe, time)) || (isLan && isStranger(place, probe, time));
  const far = distance[probe.reach] * (0.7 + 0.6 * fractionOf(`${world.seed} ${probe.target}`));
  const ifSo =
    (value: number): Content =>
    (time) =>
      answers(time) ? value : 0;
  const takes = (seconds: number, name: string): Content => {
    const course = wave(`${key} ${name}`, { mean: seconds, day: 0.15, noise: 0.15 });
    return (time) => (answers(time) ? course.at(time) * slowness(place, probe, time) : 0);
  };
  const phases = (shares: Readonly<Record<string, number>>): Rows =>
    Object.entries(shares).map(([phase, seconds]) => [{ phase }, takes(seconds, phase)]);
  const isHttps = probe.target.startsWith('https:');
  const whole = { icmp: far, dns: far + 0.004, tcp: far + 0.001, http: far * 3 + 0.03 }[probe.by];
  const total = wave(`${key} all`, { mean: whole, day: 0.15, noise: 0.15 });
  const own: Readonly<Record<string, Rows>> = {
    probe_success: ifSo(1),
    // What does not answer is waited for.
    probe_duration_seconds: (time) => (answers(time) ? total.at(time) * slowness(place, probe, time) : 5),
    probe_dns_lookup_time_seconds: level(wave(`${key} lookup`, { mean: 0.0006, noise: 0.3 })),
    probe_ip_addr_hash: Math.floor(fractionOf(probe.target) * 4e9),
    probe_ip_protocol: 4,
    ...(Object.hasOwn(catalog.metrics, 'probe_timeout_seconds') && { probe_timeout_seconds: 5 }),
  };
  const icmp: Readonly<Record<string, Rows>> = {
    probe_icmp_duration_seconds: phases({ resolve: 0.0002, setup: 0.0001, rtt: far }),
    probe_icmp_reply_hop_limit: ifSo(probe.reach === 'internal' ? 64 : 57),
  };
  const dns: Readonly<Record<string, Rows>> = {
    probe_dns_duration_seconds: phases({ resolve: 0.0002, connect: 0.0005, request: far + 0.003 }),
    probe_dns_query_succeeded: ifSo(1),
    probe_dns_answer_rrs: ifSo(1),
    probe_dns_additional_rrs: 0,
    probe_dns_authority_rrs: 0,
    probe_dns_serial: 0,
  };
  const tls: Readonly<Record<string, Rows>> = {
    probe_ssl_earliest_cert_expiry: (time) => (answers(time) ? expiryOf(place, probe, time) : undefined),
    probe_ssl_last_chain_expiry_timestamp_seconds: (time) => (answers(time) ? expiryOf(place, probe, time) : undefined),
    probe_ssl_last_chain_info: [
      [
        {
          fingerprint_sha256: '5f'.repeat(32),
          issuer: 'CN=Simulated CA',
          subject: `CN=${hostOf(probe.target)}`,
          subjectalternative: hostOf(probe.target),
          serialnumber: '1a2b',
        },
        (time: number) => (answers(time) ? 1 : undefined),
      ],
    ],
    probe_tls_version_info: [[{ version: 'TLS 1.3' }, (time: number) => (answers(time) ? 1 : undefined)]],
    probe_tls_cipher_info: [[{ cipher: 'TLS_AES_128_GCM_SHA256' }, (time: number) => (answers(time) ? 1 : undefined)]],
  };
  const http: Readonly<Record<string, Rows>> = {
    probe_http_duration_seconds: phases({
      resolve: 0.0006,
      connect: far,
      tls: isHttps ? far * 1.5 : 0,
      processing: 0.03,
      transfer: 0.0008,
    }),
    probe_http_status_code: (time) =>
      answers(time) ? 200 : befalls(world, 'service-broken', place.service, time) ? 502 : 0,
    probe_http_content_length: ifSo(-1),
    probe_http_uncompressed_body_length: ifSo(4_096),
    probe_http_redirects: 0,
    probe_http_ssl: ifSo(Number(isHttps)),
    probe_http_version: ifSo(2),
    probe_http_last_modified_timestamp_seconds: (time) =>
      answers(time) ? Math.floor(time / 86_400) * 86_400 : undefined,
    probe_failed_due_to_regex: 0,
    ...(isHttps && tls),
  };
  const tcp: Readonly<Record<string, Rows>> = { probe_failed_due_to_regex: 0, probe_failed_due_to_bytes: 0 };
  const there = { ...own, ...{ icmp, dns, http, tcp }[probe.by] };
  return {
    metrics: {
      ...Object.fromEntries(Object.keys(catalog.metrics).map((name) => [name, null])),
      ...inCatalog(place, there),
    },
  };
};

/** In the LAN only some addresses are in use: those of the hosts, the router, and a dozen others. */
const isThere = ({ world }: Place, { target }: ResolvedProbe, isLan: boolean): boolean => {
  if (!isLan) return true;
  const { hosts, probes } = world.homelab;
  return (
    hosts.some(({ address }) => address === target) ||
    probes.targets.some((probe) => probe.target === target) ||
    fractionOf(`${world.seed} lan ${target}`) < 0.05
  );
};

/** The first address that nobody has. */
const isStranger = (place: Place, probe: ResolvedProbe, time: number): boolean => {
  const { world } = place;
  if (!befalls(world, 'stranger-on-lan', undefined, time)) return false;
  const free = world.homelab.probes.lan?.addresses.find(
    (address) => !isThere(place, { ...probe, target: address }, true),
  );
  return probe.target === free;
};

const isAnswering = ({ world, key }: Place, probe: ResolvedProbe, time: number): boolean => {
  const { hosts } = world.homelab;
  const host = probe.host ?? hosts.find(({ address }) => address === hostOf(probe.target))?.name;
  if (host !== undefined && befalls(world, 'host-down', host, time)) return false;
  for (const incident of ['service-down', 'service-broken', 'media-server-down', 'app-unreachable', 'dns-down'])
    if (befalls(world, incident, probe.name, time)) return false;
  if (befalls(world, 'service-flapping', probe.name, time) && time % 360 < 120) return false;
  const router = world.homelab.probes.targets.find(({ group }) => group === 'router');
  if ((probe.reach === 'external' || probe.target === router?.target) && befalls(world, 'router-down', undefined, time))
    return false;
  if (probe.reach === 'external' && befalls(world, 'internet-down', undefined, time)) return false;
  if (probe.reach === 'external' && probe.by === 'icmp' && befalls(world, 'packet-loss', undefined, time))
    return fractionOf(`${key} ${Math.floor(time / 15)}`) > 0.3;
  return true;
};

/** How many times as long as usual an answer takes. */
const slowness = ({ world, service }: Place, { reach }: ResolvedProbe, time: number): number =>
  (befalls(world, 'service-slow', service, time) ? 60 : 1) *
  (reach === 'external' && befalls(world, 'internet-slow', undefined, time) ? 12 : 1);

const day = 86_400;

/** Certificates of ninety days, renewed thirty days before they end; five days are left while that does not work, and at last one. A new one has all of them. */
const expiryOf = ({ world, service }: Place, { target }: ResolvedProbe, time: number): number => {
  for (const [incident, days] of [
    ['certificate-expiring', 5],
    ['certificate-nearly-over', 1],
    ['certificate-renewed', 90],
  ] as const) {
    const expiring = windowsOf(world, incident, service).find((window) => isIn(window, time));
    if (expiring) return Math.round(expiring.from) + days * day;
  }
  const period = 60 * day;
  const phase = Math.floor(fractionOf(`${world.seed} certificate ${target}`) * 60) * day;
  return Math.floor((time - phase) / period) * period + phase + 90 * day;
};

const hostOf = (target: string): string =>
  (URL.canParse(target) && /^https?:/.test(target) ? new URL(target).hostname : target).replace(/:\d+$/, '');
