import kumaCatalog from '../catalog/recorded/uptime_kuma.json';
import oldCatalog from '../catalog/recorded/uptime_kuma_v1.json';
import type { Expression } from '../expression/expression';
import {
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
  multiply,
  overPanelRange,
  tag,
  where,
} from '../expression/operators';
import { defineSource, not, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition, type ValueNames } from './signal';
import { prober } from './prober';
import { upOrDown } from './states';

/** Uptime Kuma 2: each monitor has a number, and, since 2.1, what it was over days. */
const two = defineSource(kumaCatalog, ['service', 'host']);
/** Uptime Kuma 1: two monitors of one name cannot be told apart. */
const one = defineSource(oldCatalog, ['service', 'host']);
/** What asks the same services from elsewhere, and has alerts of its own: where the homelab file has it. */

type Monitor = 'service' | 'monitor' | 'type' | 'number';

/** What both versions say alike; groups only repeat what their members say. */
const both = <L extends string>(of: (source: typeof one) => Expression<L>) =>
  from<L>({ 'version 2': of(two as unknown as typeof one), 'version 1': of(one) });

/** By the name of the monitor and its number, which is the only one of its kind; version 1 has none. */
const named = <L extends string>(
  metric: Expression<L | 'monitor_name' | 'monitor_type'>,
  source: typeof one,
): Expression<L | 'monitor' | 'type' | 'number'> =>
  tag(
    tag(tag(metric, 'monitor', '{monitor_name}'), 'type', '{monitor_type}'),
    'number',
    source.reference.name === one.reference.name ? '' : '{monitor_id}',
  ) as Expression<L | 'monitor' | 'type' | 'number'>;

/** The worst, should two still be one. */
const each = (of: (source: typeof one) => Expression<'service' | 'monitor_name' | 'monitor_type'>) =>
  both<Monitor>((source) => min(named(of(source), source), 'service', 'monitor', 'type', 'number'));

const real = { monitor_type: not('group') } as const;
const status = each((source) => source.metric('monitor_status', real));

const down = 0;
const up = 1;
const pending = 2;
const maintenance = 3;

/** How many monitors are in that state. */
const inState = (state: number): Expression<'service'> =>
  both<'service'>((source) => countWhere(source.metric('monitor_status', real), '==', state, 'service'));

const overDays = (window: '1d' | '30d' | '365d') =>
  min(
    named(two.metric('monitor_uptime_ratio', { ...real, window }), two as unknown as typeof one),
    'service',
    'monitor',
    'type',
    'number',
  );

const certificateLeft = both<Monitor>((source) =>
  min(
    named(multiply(source.metric('monitor_cert_days_remaining'), 86_400), source),
    'service',
    'monitor',
    'type',
    'number',
  ),
);

const scrapes = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  both<B>((source) => max(source.scraped('up'), ...by));

/** Monitors named like a service that a probe finds down as well. */
const toldElsewhere = where(
  max(tag(prober.metric('probe_success', { group: 'service' }), 'monitor', '{service}'), 'monitor'),
  '==',
  0,
);

/** Kinds that measure a time by themselves: it hardly ever stays the same. */
const asked = ['http', 'keyword', 'json-query', 'port', 'dns'] as const;
const legend = '{{monitor}}';
const share = {
  unit: 'ratio',
  range: [0, 1],
  levels: thresholds.availability,
  legend,
} as const satisfies Partial<SignalDefinition>;

const states: ValueNames = {
  0: { text: 'Down', state: 'critical' },
  1: { text: 'Up', state: 'ok' },
  2: { text: 'Pending', state: 'warning' },
  3: { text: 'Maintenance', state: 'neutral' },
};

/** What Uptime Kuma sees. */
export const uptimeKuma = defineSignals('uptimeKuma', {
  up: {
    title: 'Uptime Kuma',
    description: 'Whether Uptime Kuma answers Prometheus. While it does not, nobody watches what only it watches.',
    unit: 'state',
    values: upOrDown,
    expression: scrapes('service'),
  },
  status: {
    title: 'Monitors',
    description:
      'What each monitor finds. One that was deleted, renamed or paused may stay as it was until Uptime Kuma restarts.',
    unit: 'state',
    values: states,
    legend,
    empty: 'No monitor',
    expression: status,
  },
  answering: {
    title: 'Up',
    description: 'How many monitors find that all is well.',
    unit: 'count',
    expression: inState(up),
  },
  down: {
    title: 'Down',
    description: 'How many monitors find nothing, or an error.',
    unit: 'count',
    levels: thresholds.some,
    expression: inState(down),
  },
  pending: {
    title: 'Pending',
    description: 'How many monitors have failed, and try again before they call it down.',
    unit: 'count',
    expression: inState(pending),
  },
  maintenance: {
    title: 'Maintenance',
    description: 'How many monitors are told to be quiet.',
    unit: 'count',
    expression: inState(maintenance),
  },
  availability: {
    title: 'Answered',
    description: 'Share of the time shown in which the monitor was up, without what it was told to be quiet about.',
    ...share,
    empty: 'No monitor',
    expression: overPanelRange('avg', compare(where(status, '<=', up), '==', up)),
  },
  uptimeDay: {
    title: 'Uptime in a day',
    description: 'Share of the last day in which the monitor was up, as Uptime Kuma reckons it.',
    ...share,
    empty: 'Not reckoned yet',
    expression: overDays('1d'),
  },
  uptimeMonth: {
    title: 'Uptime in 30 days',
    description: 'Share of the last thirty days in which the monitor was up, as Uptime Kuma reckons it.',
    ...share,
    empty: 'Not reckoned yet',
    expression: overDays('30d'),
  },
  uptimeYear: {
    title: 'Uptime in a year',
    description: 'Share of the last year in which the monitor was up, as Uptime Kuma reckons it.',
    ...share,
    empty: 'Not reckoned yet',
    expression: overDays('365d'),
  },
  responseTime: {
    title: 'Response time',
    description: 'How long each target takes to answer, where it does.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    legend,
    empty: 'Nothing answers',
    expression: both<Monitor>((source) =>
      max(
        named(divide(where(source.metric('monitor_response_time', real), '>=', 0), 1000), source),
        'service',
        'monitor',
        'type',
        'number',
      ),
    ),
  },
  responseTimeDay: {
    title: 'Response in a day',
    description: 'How long each target took to answer in the last day, on average, as Uptime Kuma reckons it.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    legend,
    empty: 'Not reckoned yet',
    expression: max(
      named(
        where(two.metric('monitor_response_time_seconds', { ...real, window: '1d' }), '>=', 0),
        two as unknown as typeof one,
      ),
      'service',
      'monitor',
      'type',
      'number',
    ),
  },
  certificateLeft: {
    title: 'Certificate left',
    description: 'Time until the certificate of each target runs out.',
    unit: 'duration',
    levels: thresholds.certificateLeft,
    legend,
    empty: 'No certificate',
    expression: certificateLeft,
  },
  certificateValid: {
    title: 'Certificate',
    description: 'Whether the certificate of each target is one to be trusted.',
    unit: 'state',
    values: { 0: { text: 'Not valid', state: 'critical' }, 1: { text: 'Valid', state: 'ok' } },
    legend,
    empty: 'No certificate',
    expression: each((source) => source.metric('monitor_cert_is_valid')),
  },
  changes: {
    title: 'Changes',
    description: 'How often the state of each monitor changed in the time shown. Many: it flaps.',
    unit: 'count',
    legend,
    empty: 'No monitor',
    expression: both<Monitor>((source) =>
      max(
        named(changes(source.metric('monitor_status', real), 'range'), source),
        'service',
        'monitor',
        'type',
        'number',
      ),
    ),
  },

  // --- is its list true ----------------------------------------------------------------------------------------
  renamed: {
    title: 'Names of one monitor',
    description:
      'Monitors that are there under several names: they were renamed, and the old name stays as it was until Uptime Kuma restarts.',
    unit: 'count',
    levels: thresholds.severalNames,
    empty: 'None was renamed',
    expression: where(
      count(
        group(tag(two.metric('monitor_status'), 'number', '{monitor_id}'), 'service', 'number', 'monitor_name'),
        'service',
        'number',
      ),
      '>',
      1,
    ),
  },
  frozen: {
    title: 'Unchanged for six hours',
    description:
      'Monitors that are up and whose response time is the same to the millisecond for six hours: probably deleted or paused since.',
    unit: 'seconds',
    empty: 'None',
    expression: both<Monitor>((source) =>
      max(
        named(
          except(
            divide(where(source.metric('monitor_response_time', { monitor_type: oneOf(...asked) }), '>=', 3), 1000),
            where(changes(source.metric('monitor_response_time', { monitor_type: oneOf(...asked) }), '6h'), '>', 0),
          ),
          source,
        ),
        'service',
        'monitor',
        'type',
        'number',
      ),
    ),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  downUntold: {
    title: 'Down and not told',
    description: 'What each monitor finds; without what a probe finds down as well, of which ServiceDown tells.',
    unit: 'state',
    values: states,
    legend,
    empty: 'No monitor',
    expression: from<Monitor>({
      'where it is probed': except(status, toldElsewhere),
      'where it is not': status,
    }),
  },
  changesLately: {
    title: 'Changes in two hours',
    description: 'How often the state of each monitor changed within two hours.',
    unit: 'count',
    legend,
    empty: 'No monitor',
    expression: both<Monitor>((source) =>
      max(named(changes(source.metric('monitor_status', real), '2h'), source), 'service', 'monitor', 'type', 'number'),
    ),
  },
  certificateUntold: {
    title: 'Certificate not told',
    description:
      'Time until the certificate of each target runs out; without what a probe asks as well, of which CertificateExpiring tells.',
    unit: 'duration',
    levels: thresholds.certificateLeft,
    legend,
    empty: 'No certificate',
    expression: from<Monitor>({
      'where it is probed': except(
        certificateLeft,
        group(tag(prober.metric('probe_ssl_earliest_cert_expiry'), 'monitor', '{service}'), 'monitor'),
      ),
      'where it is not': certificateLeft,
    }),
  },
});
