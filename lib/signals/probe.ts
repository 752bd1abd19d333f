import catalog from '../catalog/recorded/blackbox_exporter.json';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import {
  absent,
  add,
  age,
  avg,
  changes,
  compare,
  count,
  countWhere,
  divide,
  except,
  from,
  group,
  max,
  min,
  momentOf,
  multiply,
  overAllShown,
  overPanelRange,
  overTime,
  quantileOverTime,
  ratio,
  rest,
  shift,
  subtract,
  sum,
  timeLeft,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, not, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition, type SignalGroup } from './signal';
import { upOrDown } from './states';

/**
 * blackbox_exporter: one thing that is asked a target. `group` (router, internet, dns, service) and `reach` (internal,
 * external) are labels that our scrape configuration writes.
 */
const blackbox = defineSource(catalog, ['service', 'host'], { added: ['group', 'reach'] });
const { metric, scraped } = blackbox;

/** The same exporter, asking each address of the LAN. */
const addresses = defineSource(catalog, ['device'], { name: 'blackbox_lan' });

const success = metric('probe_success');
const service = metric('probe_success', { group: 'service' });
const duration = metric('probe_duration_seconds');
const onLine = metric('probe_icmp_duration_seconds', { phase: 'rtt', group: 'internet' });
const roundTrip = metric('probe_icmp_duration_seconds', { phase: 'rtt' });
const onInternet = metric('probe_success', { group: 'internet' });
/** Whether any address on the internet answers. */
const internet = max(onInternet);
const expiry = metric('probe_ssl_earliest_cert_expiry');
/** What failed its check, or ran out, has no certificate any more as far as the prober tells: what it told last still holds. */
const known = overTime('last', expiry, '7d');
const certificateTimeLeft = timeLeft(min(known, 'service'));
const chainExpiry = metric('probe_ssl_last_chain_expiry_timestamp_seconds');
const unencrypted = where(metric('probe_http_ssl'), '==', 0);
const seen = where(addresses.metric('probe_success'), '==', 1);

const newcomer = max(
  compare(when(shift(overTime('max', addresses.metric('probe_success'), '7d'), '1h'), seen), '==', 0),
  'device',
);

// --- what alerts watch: what was answered last, also where a scrape was missed since ---
const lastOfServices = overTime('last', service);
const internetLast = max(overTime('last', onInternet));
const lineDown = where(internetLast, '==', 0);
const outside = overTime('last', metric('probe_success', { group: 'service', reach: 'external' }));
const inside = overTime('last', metric('probe_success', { group: 'service', reach: not('external') }));
/** Nobody reaches what is outside while the line is down, which InternetDown tells. */
const reachable = union(max(inside, 'service', 'host'), except(max(outside, 'service', 'host'), lineDown));
const machines = defineSource(nodeCatalog, ['host']);
/** Nothing on a machine that is down answers, which HostDown tells; and what runs on one that just started needs its time. */
const machineAway = union(
  where(max(machines.scraped('up'), 'host'), '==', 0),
  where(age(max(machines.metric('node_boot_time_seconds'), 'host')), '<', thresholds.uptime.warn),
);

/** The share of the time shown in which something answered: of all that is asked, or of the things of one group. */
const answeredShare = (title: string, of: typeof success, empty: string): SignalDefinition => ({
  title,
  description: 'Share of the time shown in which it answered as it should.',
  unit: 'ratio',
  range: [0, 1],
  levels: thresholds.availability,
  legend: '{{service}}',
  empty,
  expression: max(overTime('avg', of, 'range'), 'service'),
});

/** What blackbox_exporter sees from outside. */
export const probe = defineSignals('probe', {
  up: {
    title: 'Answers',
    description: 'Whether it answered as it should when it was last asked.',
    unit: 'state',
    values: upOrDown,
    legend: '{{service}}',
    expression: max(success, 'service', 'host', 'group'),
  },
  connectivity: {
    title: 'Connectivity',
    description:
      'Whether router, internet and name servers answer. If only the router does, the line is down; if not even that, look at the cable.',
    unit: 'state',
    values: upOrDown,
    legend: '{{service}}',
    empty: 'Nothing is asked',
    expression: max(metric('probe_success', { group: oneOf('router', 'internet', 'dns') }), 'service'),
  },
  services: {
    title: 'Services',
    description: 'Whether each service answers.',
    unit: 'state',
    values: upOrDown,
    empty: 'Nothing is asked',
    expression: max(service, 'service'),
  },
  routerUp: {
    title: 'Router',
    description: 'Whether the router answers. Without it nothing leaves the house.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    expression: max(metric('probe_success', { group: 'router' }), 'service'),
  },
  internetUp: {
    title: 'Internet',
    description:
      'Whether any of the addresses on the internet answers. One of them may be away; all of them at once is the line.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    expression: internet,
  },
  nameServers: {
    title: 'All name servers',
    description:
      'Whether all name servers find the name they are asked for. One that does not makes every second page slow.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    expression: min(metric('probe_success', { group: 'dns' })),
  },
  wentDown: {
    title: 'Went down',
    description: 'Whether it stopped answering a few minutes ago, and did not come back at once.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Went down', state: 'critical' } },
    legend: '{{service}}',
    expression: max(
      compare(when(overTime('max', success, '3m'), where(overTime('max', success, '15m'), '==', 1)), '==', 0),
      'service',
    ),
  },
  downCount: {
    title: 'Things down',
    description: 'How many of the things that are asked do not answer.',
    unit: 'count',
    levels: thresholds.some,
    expression: countWhere(success, '==', 0),
  },
  availability: answeredShare('Availability', success, 'Nothing is asked'),
  availabilityDay: {
    title: 'Availability today',
    description: 'Share of the last 24 hours in which it answered.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.availability,
    legend: '{{service}}',
    expression: max(overTime('avg', success, '1d'), 'service', 'host', 'group'),
  },
  servicesDown: {
    title: 'Services down',
    description: 'How many services do not answer as they should.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'Nothing is asked',
    expression: countWhere(max(service, 'service'), '==', 0),
  },
  serviceAvailability: answeredShare('Service availability', service, 'Nothing is asked'),
  // An outage is two changes, but for one that began before the time shown, or that lasts: it has one, or none.
  serviceOutages: {
    title: 'Outages',
    description: 'How often the service was away in the time shown.',
    unit: 'count',
    empty: 'Nothing is asked',
    expression: max(divide(add(changes(service, 'range'), rest(service)), 2), 'service'),
  },
  serviceDuration: {
    title: 'Service answer time',
    description: 'How long the service takes to answer: 19 of 20 answers in the time shown were faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'Nothing is asked',
    expression: max(quantileOverTime(0.95, metric('probe_duration_seconds', { group: 'service' }), 'range'), 'service'),
  },

  // --- the line ---------------------------------------------------------------------------------------------------
  lineAvailability: {
    title: 'Line up',
    description: 'Share of the time shown in which any address on the internet answered, looked at once a minute.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.lineAvailability,
    empty: 'Not asked',
    expression: overPanelRange('avg', internet),
  },
  lineDownTime: {
    title: 'Without internet',
    description: 'How long no address on the internet answered in the time shown, to a minute.',
    unit: 'duration',
    empty: 'Not asked',
    expression: multiply(overPanelRange('sum', compare(internet, '==', 0)), 60),
  },
  lineAnswers: answeredShare('Answers from the internet', onInternet, 'Not asked'),
  lineWentDown: {
    title: 'Line went down',
    description: 'Whether all addresses on the internet stopped answering a few minutes ago.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Went down', state: 'critical' } },
    expression: compare(
      when(max(overTime('max', onInternet, '3m')), where(max(overTime('max', onInternet, '15m')), '==', 1)),
      '==',
      0,
    ),
  },
  lineRoundTrip: {
    title: 'Round trip on the line',
    description: 'How long an echo from each address on the internet takes, the middle of a quarter of an hour.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    legend: '{{service}}',
    empty: 'Not asked',
    // Without any answer it is 0, which would be the fastest of all.
    expression: max(where(quantileOverTime(0.5, onLine, '15m'), '>', 0), 'service'),
  },
  lineUsual: {
    title: 'Line against usual',
    description: 'The middle of a quarter of an hour against the middle of a week: 1 is as usual, 3 is a busy line.',
    unit: 'none',
    levels: thresholds.slower,
    legend: '{{service}}',
    empty: 'Not asked',
    expression: max(
      ratio(where(quantileOverTime(0.5, onLine, '15m'), '>', 0), quantileOverTime(0.5, onLine, '7d')),
      'service',
    ),
  },
  lineLoss: {
    title: 'Loss on the line',
    description:
      'Share of echoes to each address on the internet that did not come back within half an hour. One is sent at each scrape.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.loss,
    legend: '{{service}}',
    empty: 'Not asked',
    expression: max(rest(overTime('avg', onInternet, '30m')), 'service'),
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
    // Without an answer it is 0, which would be the fastest of all.
    expression: max(when(roundTrip, where(success, '==', 1)), 'service'),
  },
  roundTripWan: {
    title: 'Round trip to the internet',
    description: 'How long an echo from the internet takes: 19 of 20 in the last hour were faster.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    empty: 'Not asked',
    expression: max(where(quantileOverTime(0.95, onLine, '1h'), '>', 0), 'service'),
  },
  jitter: {
    title: 'Jitter',
    description:
      'How much the round trip varies. Calls need it to be small; a busy line makes it large. A lost echo counts as none, so losses show here as well.',
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
  certificateTimeLeft: {
    title: 'Certificate left',
    description:
      'Time until the first certificate of the chain runs out, as told within the last week. Below zero it ran out. Renewal is tried at 30 days.',
    unit: 'duration',
    levels: thresholds.certificateLeft,
    empty: 'No TLS',
    legend: '{{service}}',
    expression: certificateTimeLeft,
  },
  certificatesExpiring: {
    title: 'Running out',
    description: 'Certificates that run out within 30 days, which is when renewal is tried first, or did.',
    unit: 'duration',
    levels: thresholds.certificateLeft,
    empty: 'None runs out soon',
    expression: where(certificateTimeLeft, '<', 30 * 86_400),
  },
  certificateAnswers: {
    title: 'Answers over TLS',
    description: 'Whether what has a certificate answers. One that ran out is an answer that does not count.',
    unit: 'state',
    values: upOrDown,
    empty: 'No TLS',
    expression: when(max(success, 'service'), max(known, 'service')),
  },
  certificates: {
    title: 'Certificates',
    description: 'How many things are asked over TLS.',
    unit: 'count',
    empty: 'No TLS',
    expression: count(known),
  },
  certificatesDue: {
    title: 'Renewal overdue',
    description:
      'How many certificates run out within two weeks, or did. Renewal is tried at 30 days, so it has failed.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No TLS',
    expression: countWhere(timeLeft(known), '<', thresholds.certificateLeft.warn),
  },
  certificateRenewed: {
    title: 'Renewed',
    description: 'Whether the certificate was replaced by one that lasts longer within the last hour.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'neutral' }, 1: { text: 'Renewed', state: 'ok' } },
    empty: 'No TLS',
    legend: '{{service}}',
    expression: max(compare(subtract(expiry, overTime('min', expiry, '1h')), '>', 0), 'service'),
  },
  chainVerified: {
    title: 'Trusted',
    description:
      'Whether the chain leads to an authority that the prober trusts. A certificate that nobody signed is asked without that check.',
    unit: 'state',
    values: { 0: { text: 'Not checked', state: 'neutral' }, 1: { text: 'Trusted', state: 'ok' } },
    empty: 'No TLS',
    expression: max(compare(chainExpiry, '>', 0), 'service'),
  },
  chainLeft: {
    title: 'Chain left',
    description:
      'Time until the last of the trusted chains runs out. Longer than the certificate where there are two ways to an authority.',
    unit: 'duration',
    empty: 'None trusted',
    // Where no chain was trusted it is the year 1.
    expression: timeLeft(max(where(chainExpiry, '>', 0), 'service')),
  },
  chain: {
    title: 'Certificate chain',
    description: 'Who the certificate is for, under which names, and who signed it.',
    unit: 'state',
    values: { 1: { text: 'Seen', state: 'neutral' } },
    empty: 'No TLS',
    expression: group(
      metric('probe_ssl_last_chain_info'),
      'service',
      'subject',
      'subjectalternative',
      'issuer',
      'fingerprint_sha256',
    ),
  },
  cipher: {
    title: 'Agreed cipher',
    description: 'The cipher that was agreed on.',
    unit: 'state',
    values: { 1: { text: 'Agreed', state: 'neutral' } },
    empty: 'Not told',
    expression: group(metric('probe_tls_cipher_info'), 'service', 'cipher'),
  },
  oldTls: {
    title: 'Old TLS',
    description: 'How many answer by TLS 1.0 or 1.1, which browsers refuse.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No TLS',
    expression: zeroWhile(
      count(metric('probe_tls_version_info', { version: oneOf('TLS 1.0', 'TLS 1.1') })),
      metric('probe_tls_version_info'),
    ),
  },
  plain: {
    title: 'Without encryption',
    description: 'What answers by plain HTTP. At home that is a choice; over the internet it is a mistake.',
    unit: 'state',
    values: { 0: { text: 'Plain', state: 'neutral' } },
    empty: 'All are encrypted',
    expression: max(when(unencrypted, where(success, '==', 1)), 'service', 'reach'),
  },
  plainCount: {
    title: 'Plain HTTP',
    description: 'How many things answer by plain HTTP.',
    unit: 'count',
    empty: 'No HTTP',
    expression: zeroWhile(count(when(unencrypted, where(success, '==', 1))), metric('probe_http_ssl')),
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
    values: upOrDown,
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

  // --- what alerts watch -----------------------------------------------------------------------------------------
  serviceLastAnswer: {
    title: 'Last answer of the service',
    description:
      'Whether the service answered when it was last asked; without those on a machine that is down or started within ten minutes, and without those outside while the line is down.',
    unit: 'state',
    values: upOrDown,
    empty: 'Nothing is asked',
    expression: from({
      'where machines are watched': except(reachable, machineAway),
      'where none is': reachable,
    }),
  },
  serviceChanges: {
    title: 'Comes and goes',
    description: 'How often within half an hour the service went away or came back.',
    unit: 'count',
    empty: 'Nothing is asked',
    expression: max(changes(service, '30m'), 'service', 'host'),
  },
  serviceChangesDay: {
    title: 'Comes and goes in a day',
    description: 'How often within 24 hours the service went away or came back: each outage is two.',
    unit: 'count',
    empty: 'Nothing is asked',
    expression: max(changes(service, '1d'), 'service', 'host'),
  },
  serviceAnswered: {
    title: 'Service, wherever it runs',
    description: 'Whether the service answered when it was last asked, wherever it runs.',
    unit: 'state',
    values: upOrDown,
    empty: 'Nothing is asked',
    expression: max(lastOfServices, 'service', 'host'),
  },
  serviceTime: {
    title: 'Answer time of services',
    description: 'How long the whole answer of a service takes, averaged over some minutes.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'Nothing is asked',
    expression: max(overTime('avg', metric('probe_duration_seconds', { group: 'service' })), 'service', 'host'),
  },
  internetLastAnswer: {
    title: 'Last answer of the internet',
    description: 'Whether any of the addresses on the internet answered, the last few times that they were asked.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    // Not the last answer alone: rules look only at every second or fourth, and on a line that loses packets these can all be lost.
    expression: max(overTime('max', onInternet, '90s')),
  },
  routerLastAnswer: {
    title: 'Last answer of the router',
    description: 'Whether the router answered when it was last asked.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    expression: max(overTime('last', metric('probe_success', { group: 'router' })), 'service'),
  },
  dnsLastAnswer: {
    title: 'Last answer of the name server',
    description:
      'Whether the name server found the name when it was last asked; not while the line is down, since none then does.',
    unit: 'state',
    values: upOrDown,
    empty: 'Not asked',
    expression: except(max(overTime('last', metric('probe_success', { group: 'dns' })), 'service'), lineDown),
  },
  roundTripMiddle: {
    title: 'Middle round trip',
    description: 'The middle of the echoes from the internet within a quarter of an hour.',
    unit: 'seconds',
    levels: thresholds.roundTripWan,
    empty: 'Nothing is pinged',
    expression: max(quantileOverTime(0.5, onLine, '15m'), 'service'),
  },
});

/** What of the things named Prometheus has nothing of, although the prober answers: its scrape configuration is another one. */
export const notAsked = (
  first: string,
  ...others: readonly string[]
): SignalGroup<{ readonly absent: SignalDefinition }> => {
  const without = (name: string) => absent(metric('probe_success', { service: name }));
  const proberDown = where(max(scraped('up', { reach: oneOf('internal', 'external') })), '==', 0);
  return defineSignals('probe-targets', {
    absent: {
      title: 'Not asked',
      description: 'What the homelab file wants to be asked, and Prometheus has no answer of, good or bad.',
      unit: 'state',
      values: { 1: { text: 'Missing', state: 'critical' } },
      empty: 'None missing',
      expression: except(union(without(first), ...others.map(without)), proberDown),
    },
  });
};

/** Who is on the LAN: each address is pinged. */
export const lan = defineSignals('lan', {
  present: {
    title: 'On the LAN',
    description: 'Whether the address answers. Not to be there is normal: people take their telephones along.',
    unit: 'state',
    values: { 0: { text: 'Away', state: 'absent' }, 1: { text: 'Here', state: 'ok' } },
    expression: max(
      when(addresses.metric('probe_success'), where(overAllShown('max', addresses.metric('probe_success')), '==', 1)),
      'device',
    ),
  },
  online: {
    title: 'Devices online',
    description: 'How many addresses of the LAN answer.',
    unit: 'count',
    expression: sum(addresses.metric('probe_success')),
  },
  onlineYesterday: {
    title: 'Devices online yesterday',
    description: 'How many addresses answered at the same time yesterday.',
    unit: 'count',
    legend: 'yesterday',
    expression: sum(shift(addresses.metric('probe_success'), '1d')),
  },
  arrived: {
    title: 'Arrived',
    description: 'Addresses that answer and did not in the week before the last hour: a new device, or an unknown one.',
    unit: 'state',
    values: { 1: { text: 'New', state: 'warning' } },
    empty: 'None new',
    expression: where(newcomer, '==', 1),
  },
  newcomers: {
    title: 'New on the LAN',
    description: 'How many addresses answer that did not in the week before the last hour.',
    unit: 'count',
    expression: countWhere(newcomer, '==', 1),
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
    title: 'Newcomer',
    description: 'Whether an address that answers did not in the week before the last hour.',
    unit: 'state',
    values: { 0: { text: 'Known', state: 'neutral' }, 1: { text: 'New', state: 'warning' } },
    expression: newcomer,
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
