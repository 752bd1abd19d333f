import catalog from '../catalog/recorded/blackbox_exporter.json';
import {
  avg,
  changes,
  compare,
  count,
  countWhere,
  divide,
  group,
  max,
  min,
  momentOf,
  overPanelRange,
  overTime,
  quantileOverTime,
  ratio,
  rest,
  shift,
  sum,
  timeLeft,
  when,
  where,
} from '../expression/operators';
import { defineSource, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type ValueNames } from './signal';

/**
 * blackbox_exporter: one thing that is asked a target. `group` (router, internet, dns, service) and `reach` (internal,
 * external) are labels that our scrape configuration writes.
 */
const blackbox = defineSource(catalog, ['service', 'host'], { added: ['group', 'reach'] });
const { metric, scraped } = blackbox;

/** The same exporter, asking each address of the LAN. */
const addresses = defineSource(catalog, ['device'], { name: 'blackbox_lan' });

const answers: ValueNames = { 0: { text: 'Down', state: 'critical' }, 1: { text: 'Up', state: 'ok' } };
const success = metric('probe_success');
const duration = metric('probe_duration_seconds');
const roundTrip = metric('probe_icmp_duration_seconds', { phase: 'rtt' });
const seen = where(addresses.metric('probe_success'), '==', 1);

/** What blackbox_exporter sees from outside. */
export const probe = defineSignals('probe', {
  up: {
    title: 'Answers',
    description: 'Whether it answered as it should when it was last asked.',
    unit: 'state',
    values: answers,
    legend: '{{service}}',
    expression: max(success, 'service', 'host', 'group'),
  },
  connectivity: {
    title: 'Connectivity',
    description:
      'Whether router, internet and name servers answer. If only the router does, the line is down; if not even that, look at the cable.',
    unit: 'state',
    values: answers,
    legend: '{{service}}',
    empty: 'Nothing is asked',
    expression: max(metric('probe_success', { group: oneOf('router', 'internet', 'dns') }), 'service'),
  },
  services: {
    title: 'Services',
    description: 'Whether each service answers.',
    unit: 'state',
    values: answers,
    empty: 'Nothing is asked',
    expression: max(metric('probe_success', { group: 'service' }), 'service'),
  },
  routerUp: {
    title: 'Router',
    description: 'Whether the router answers. Without it nothing leaves the house.',
    unit: 'state',
    values: answers,
    empty: 'Not asked',
    expression: max(metric('probe_success', { group: 'router' }), 'service'),
  },
  internetUp: {
    title: 'Internet',
    description:
      'Whether any of the addresses on the internet answers. One of them may be away; all of them at once is the line.',
    unit: 'state',
    values: answers,
    empty: 'Not asked',
    expression: max(metric('probe_success', { group: 'internet' })),
  },
  dnsUp: {
    title: 'Name servers',
    description: 'Whether each name server finds the name it is asked for. Without one, everything seems to be down.',
    unit: 'state',
    values: answers,
    empty: 'Not asked',
    expression: max(metric('probe_success', { group: 'dns' }), 'service'),
  },
  down: {
    title: 'Down',
    description: 'What does not answer now.',
    unit: 'state',
    values: { 0: { text: 'Down', state: 'critical' } },
    legend: '{{service}}',
    empty: 'All answer',
    expression: where(max(success, 'service', 'group'), '==', 0),
  },
  downCount: {
    title: 'Things down',
    description: 'How many of the things that are asked do not answer.',
    unit: 'count',
    levels: thresholds.some,
    expression: countWhere(success, '==', 0),
  },
  asked: {
    title: 'Things asked',
    description: 'How many things are asked.',
    unit: 'count',
    expression: count(success),
  },
  availability: {
    title: 'Availability',
    description: 'Share of the time shown in which it answered.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.availability,
    legend: '{{service}}',
    expression: max(overTime('avg', success, 'range'), 'service'),
  },
  availabilityDay: {
    title: 'Availability today',
    description: 'Share of the last 24 hours in which it answered.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.availability,
    legend: '{{service}}',
    expression: max(overTime('avg', success, '1d'), 'service', 'host', 'group'),
  },
  outages: {
    title: 'Outages',
    description: 'How often it went away in the time shown.',
    unit: 'count',
    expression: max(divide(changes(success, 'range'), 2), 'service'),
  },

  // --- how fast --------------------------------------------------------------------------------------------------
  duration: {
    title: 'Answer time',
    description: 'How long the whole answer takes, averaged over some minutes: one slow answer is an accident.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    legend: '{{service}}',
    expression: max(overTime('avg', duration), 'service', 'host', 'group'),
  },
  durationYesterday: {
    title: 'Answer time yesterday',
    description: 'The same, a day ago.',
    unit: 'seconds',
    legend: '{{service}} yesterday',
    expression: max(shift(overTime('avg', duration), '1d'), 'service'),
  },
  httpPhases: {
    title: 'Where the time goes',
    description:
      'The parts of an HTTP answer: finding the address, connecting, encryption, the server thinking, and the transfer.',
    unit: 'seconds',
    empty: 'No HTTP',
    legend: '{{phase}}',
    expression: avg(metric('probe_http_duration_seconds'), 'service', 'phase'),
  },
  roundTrip: {
    title: 'Round trip',
    description: 'How long an echo takes to come back.',
    unit: 'seconds',
    empty: 'Nothing is pinged',
    levels: thresholds.roundTripWan,
    expression: max(roundTrip, 'service'),
  },
  roundTripWan: {
    title: 'Round trip to the internet',
    description: 'How long an echo from the internet takes: 19 of 20 in the last hour were faster.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    empty: 'Not asked',
    expression: max(
      quantileOverTime(0.95, metric('probe_icmp_duration_seconds', { phase: 'rtt', group: 'internet' }), '1h'),
      'service',
    ),
  },
  roundTripUsual: {
    title: 'Round trip against usual',
    description: 'The middle of a quarter of an hour against the middle of a week: 1 is as usual.',
    unit: 'none',
    levels: thresholds.slower,
    empty: 'Nothing is pinged',
    expression: max(ratio(quantileOverTime(0.5, roundTrip, '15m'), quantileOverTime(0.5, roundTrip, '7d')), 'service'),
  },
  jitter: {
    title: 'Jitter',
    description: 'How much the round trip varies. Calls need it to be small; a busy line makes it large.',
    unit: 'seconds',
    empty: 'Nothing is pinged',
    expression: max(overTime('stddev', roundTrip, '10m'), 'service'),
  },
  loss: {
    title: 'Loss',
    description:
      'Share of echoes that did not come back within ten minutes. One echo is sent at each scrape, so less than some percent cannot be seen.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.loss,
    empty: 'Nothing is pinged',
    expression: max(
      rest(overTime('avg', metric('probe_success', { group: oneOf('router', 'internet') }), '10m')),
      'service',
    ),
  },
  dnsDuration: {
    title: 'Name lookup',
    description: 'How long each name server takes to answer. Every page that opens waits for it first.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    empty: 'No name server is asked',
    expression: sum(metric('probe_dns_duration_seconds'), 'service'),
  },
  dnsLookup: {
    title: 'Lookup by the prober',
    description: 'How long the prober’s own name server takes, before the question itself is asked.',
    unit: 'seconds',
    expression: max(metric('probe_dns_lookup_time_seconds'), 'service'),
  },

  // --- what HTTP and TLS say -------------------------------------------------------------------------------------
  status: {
    title: 'Status code',
    description:
      'What the server answered: 2xx is fine, 4xx a wrong address or login, 5xx the server’s own fault, 0 no answer.',
    unit: 'none',
    empty: 'No HTTP',
    expression: max(metric('probe_http_status_code'), 'service'),
  },
  redirects: {
    title: 'Redirects',
    description: 'How often the server sent the question elsewhere.',
    unit: 'count',
    empty: 'No HTTP',
    expression: max(metric('probe_http_redirects'), 'service'),
  },
  httpVersion: {
    title: 'HTTP version',
    description: 'The version that the server speaks.',
    unit: 'none',
    empty: 'No HTTP',
    expression: max(metric('probe_http_version'), 'service'),
  },
  encrypted: {
    title: 'Encrypted',
    description: 'Whether the last answer came over TLS.',
    unit: 'state',
    values: { 0: { text: 'Plain', state: 'neutral' }, 1: { text: 'TLS', state: 'ok' } },
    empty: 'No HTTP',
    expression: max(metric('probe_http_ssl'), 'service'),
  },
  certificateLeft: {
    title: 'Certificate left',
    description: 'Time until the first certificate of the chain runs out. Below two weeks, renewal has failed.',
    unit: 'duration',
    levels: thresholds.certificateLeft,
    empty: 'No TLS',
    legend: '{{service}}',
    expression: timeLeft(min(metric('probe_ssl_earliest_cert_expiry'), 'service', 'host', 'group')),
  },
  tlsVersion: {
    title: 'TLS version',
    description: 'The version of TLS that was agreed on. Below 1.2 browsers refuse.',
    unit: 'none',
    empty: 'No TLS',
    expression: group(metric('probe_tls_version_info'), 'service', 'version'),
  },

  // --- the exporter itself ---------------------------------------------------------------------------------------
  exporterUp: {
    title: 'Prober up',
    description: 'Whether Prometheus reaches blackbox_exporter. If not, nothing is known of anything here.',
    unit: 'state',
    values: answers,
    expression: min(scraped('up')),
  },
  configLoaded: {
    title: 'Modules loaded',
    description: 'Whether the prober’s configuration on disk is the one that runs.',
    unit: 'state',
    values: { 0: { text: 'Failed', state: 'warning' }, 1: { text: 'Loaded', state: 'ok' } },
    empty: 'Not scraped',
    expression: min(metric('blackbox_exporter_config_last_reload_successful'), 'service'),
  },
});

/** Who is on the LAN: each address is pinged. */
export const lan = defineSignals('lan', {
  present: {
    title: 'On the LAN',
    description: 'Whether the address answers. Not to be there is normal: people take their telephones along.',
    unit: 'state',
    values: { 0: { text: 'Away', state: 'unknown' }, 1: { text: 'Here', state: 'ok' } },
    expression: max(
      when(
        addresses.metric('probe_success'),
        where(overTime('max', addresses.metric('probe_success'), 'range'), '==', 1),
      ),
      'device',
    ),
  },
  online: {
    title: 'Hosts online',
    description: 'How many addresses of the LAN answer.',
    unit: 'count',
    expression: sum(addresses.metric('probe_success')),
  },
  onlineYesterday: {
    title: 'Hosts online yesterday',
    description: 'How many addresses answered at the same time yesterday.',
    unit: 'count',
    legend: 'yesterday',
    expression: sum(shift(addresses.metric('probe_success'), '1d')),
  },
  shareOnline: {
    title: 'Online',
    description: 'Share of the time shown in which the address answered.',
    unit: 'ratio',
    range: [0, 1],
    expression: max(where(overTime('avg', addresses.metric('probe_success'), 'range'), '>', 0), 'device'),
  },
  lastSeen: {
    title: 'Last seen',
    description: 'When the address answered last in the time shown.',
    unit: 'moment',
    expression: max(overPanelRange('max', momentOf(seen)), 'device'),
  },
  firstSeen: {
    title: 'First seen',
    description: 'When the address answered first in the time shown.',
    unit: 'moment',
    expression: min(overPanelRange('min', momentOf(seen)), 'device'),
  },
  newcomer: {
    title: 'New on the LAN',
    description: 'Whether an address that answers did not in the week before the last hour.',
    unit: 'state',
    values: { 0: { text: 'Known', state: 'neutral' }, 1: { text: 'New', state: 'warning' } },
    expression: max(
      compare(when(shift(overTime('max', addresses.metric('probe_success'), '7d'), '1h'), seen), '==', 0),
      'device',
    ),
  },
  roundTrip: {
    title: 'Round trip on the LAN',
    description:
      'How long an echo takes inside the house. Wi-Fi is slower than a cable; tens of milliseconds are a bad place for it.',
    unit: 'seconds',
    levels: thresholds.roundTripLan,
    expression: max(when(addresses.metric('probe_icmp_duration_seconds', { phase: 'rtt' }), seen), 'device'),
  },
});
