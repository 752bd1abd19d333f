import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Alert } from '../alerts/alert';
import { is } from '../alerts/condition';
import { buildAlerts } from '../alerts/define';
import { sampleGroup } from '../alerts/testing/sample';
import { titleOf } from '../alerts/tune';
import type { AlertingSettings, Category, Severity } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import type { Artifact } from './artifact';
import { renderGrafanaAlerting } from './grafana-alerting';
import { renderPrometheusAlerting } from './prometheus-rules';

const severities: readonly Severity[] = ['critical', 'warning', 'info'];
const categories: readonly Category[] = ['availability', 'capacity', 'data-loss', 'performance', 'power', 'monitoring'];
const receivers = {
  mail: { kind: 'email', to: ['me@example.org'] },
  phone: { kind: 'pushover', userKey: { env: 'A' }, token: { env: 'B' } },
  'phone-urgent': { kind: 'pushover', userKey: { env: 'A' }, token: { env: 'C' } },
} as const;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replace('-', '');
const kinds = severities.flatMap((severity) =>
  categories.map((category) => ({ name: `Host${capital(severity)}${capital(category)}`, severity, category })),
);

/** Every severity and category once, and a heartbeat. */
const group = sampleGroup(...kinds, ({ host }) => ({
  name: 'DeadMansSwitch',
  heartbeat: true,
  severity: 'info',
  category: 'monitoring',
  signal: host.up,
  when: is(1),
  description: 'All is well.',
}));

const receiver = fc.constantFrom(...Object.keys(receivers));
const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const filter = fc.record({ severity: some(severities), category: some(categories) }, { requiredKeys: [] });
const change = fc.record(
  { severity: fc.constantFrom(...severities), notify: fc.oneof(receiver, fc.array(receiver, { maxLength: 3 })) },
  { requiredKeys: [] },
);
const tuning = fc
  .tuple(
    change,
    fc.uniqueArray(fc.tuple(fc.constantFrom('nas', 'a.b', 'pi|x'), change), {
      maxLength: 2,
      selector: ([host]) => host,
    }),
  )
  .map(([all, parts]) => ({ ...all, overrides: parts.map(([host, one]) => ({ match: { host }, ...one })) }));
const settings = fc.record(
  {
    routes: fc.array(
      fc.tuple(filter, receiver).map(([of, to]) => ({ ...of, to })),
      { maxLength: 3 },
    ),
    defaultReceiver: receiver,
    digest: fc.record({ at: fc.constant('08:00'), of: filter, to: receiver }, { requiredKeys: ['at'] }),
    quietHours: fc.record(
      { from: fc.constant('22:00'), to: fc.constant('07:00'), except: filter },
      { requiredKeys: ['from', 'to'] },
    ),
    heartbeat: fc.constant({ url: { env: 'D' } }),
    alerts: fc.dictionary(fc.constantFrom(...kinds.map(({ name }) => name)), tuning, {
      maxKeys: 4,
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<AlertingSettings>;

/** What it comes to for whoever waits for a message. */
interface Told {
  readonly to: readonly string[];
  readonly pace?: readonly unknown[];
  readonly quietAtNight?: boolean;
  readonly digest?: boolean;
}

interface Route {
  readonly receiver?: string;
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly active_time_intervals?: readonly string[];
  readonly matchers?: readonly string[];
  readonly object_matchers?: readonly (readonly [string, string, string])[];
  readonly routes?: readonly Route[];
}

type Labels = Readonly<Record<string, string>>;

/** As both read a tree: the first child that fits, as deep as it goes; all is inherited but times and the way down. */
const walk = (route: Route, labels: Labels): Route => {
  const child = route.routes?.find((one) => matchersOf(one).every((matcher) => holds(matcher, labels)));
  if (!child) return route;
  const { mute_time_intervals: _, active_time_intervals: __, routes: ___, ...inherited } = route;
  return walk({ ...inherited, ...child }, labels);
};

const matchersOf = ({ matchers = [], object_matchers = [] }: Route): readonly (readonly [string, string, string])[] => [
  ...object_matchers,
  ...matchers.map((text) => {
    const [, label = '', operator = '', value = '""'] = /^(\w+) (\S+) (".*")$/.exec(text) ?? [];
    return [label, operator, JSON.parse(value) as string] as const;
  }),
];

const holds = ([label, operator, value]: readonly [string, string, string], labels: Labels): boolean => {
  const is = labels[label] ?? '';
  const same = operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(is) : is === value;
  return same === !operator.startsWith('!');
};

const told = (route: Route): Told => {
  const bare = (route.receiver ?? '').replace(/^hl-/, '').replace(/\+\+urgent$/, '');
  const mute = (route.mute_time_intervals ?? []).map((name) => name.replace(/^hl-/, ''));
  if (bare === 'nobody' || mute.includes('no-message')) return { to: [] };
  return {
    to: bare.split('+'),
    pace: [route.group_wait, route.group_interval, route.repeat_interval],
    quietAtNight: mute.includes('quiet-hours'),
    digest: (route.active_time_intervals ?? []).map((name) => name.replace(/^hl-/, '')).includes('digest'),
  };
};

const find = (artifacts: readonly Artifact[], kind: string, name = '') =>
  parse(artifacts.find((one) => one.kind === kind && one.path.includes(name))?.text ?? '');

const rendered = (alerting: AlertingSettings, engine: 'grafana' | 'prometheus', mode: 'existing' | 'owned') => {
  const homelab = resolveHomelab(
    { hosts: [{ name: 'nas' }], timeZone: 'Europe/Berlin', alerting: { receivers, ...alerting } },
    { engine, mode },
  );
  const built = buildAlerts([group], homelab);
  const panelOf = () => undefined;
  return {
    alerts: built.groups.flatMap(({ alerts }) => alerts),
    artifacts: [
      ...renderGrafanaAlerting(homelab, built, panelOf),
      ...renderPrometheusAlerting(homelab, built, panelOf),
    ],
  };
};

const labelsOf = ({ severity, category, part }: Alert, alertname: string): Labels => ({
  alertname,
  severity,
  category,
  ...(part && { override: part.words }),
});

it('tells the same people at the same time, whatever evaluates and sends', () => {
  fc.assert(
    fc.property(settings, fc.boolean(), (alerting, withHost) => {
      const host: Labels = withHost ? { host: 'nas' } : {};
      const existing = rendered(alerting, 'grafana', 'existing');
      const rules = find(existing.artifacts, 'alert-rules').groups[0].rules as {
        title: string;
        notification_settings: Route;
      }[];
      const inRules = rules.map(({ title, notification_settings }) => [title, told(notification_settings)]);

      const owned = rendered(alerting, 'grafana', 'owned');
      const policies = find(owned.artifacts, 'policies').policies[0] as Route;
      const inPolicies = owned.alerts.map((alert) => [
        titleOf(alert),
        told(walk(policies, { ...labelsOf(alert, titleOf(alert)), ...host })),
      ]);

      const prometheus = rendered(alerting, 'prometheus', 'existing');
      const routes = find(prometheus.artifacts, 'alertmanager', 'alertmanager.yml').route as Route;
      const inRoutes = prometheus.alerts.map((alert) => [
        titleOf(alert),
        told(walk(routes, { ...labelsOf(alert, alert.name), ...host })),
      ]);

      expect(inPolicies).toEqual(inRules);
      expect(inRoutes).toEqual(inRules);
      // One contact point each, and no uid twice.
      const points = find(existing.artifacts, 'contact-points').contactPoints as {
        name: string;
        receivers: { uid: string }[];
      }[];
      const uids = points.flatMap((point) => point.receivers.map(({ uid }) => uid));
      expect(new Set(uids).size).toBe(uids.length);
      expect(new Set(points.map(({ name }) => name)).size).toBe(points.length);
      expect(inRules.length).toBeGreaterThan(17);
    }),
    { numRuns: 15 },
  );
}, 60_000);
