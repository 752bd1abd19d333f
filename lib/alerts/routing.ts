import type { Category, Severity } from '../homelab/homelab';
import { formatDuration } from '../duration';
import type { ResolvedAlerting, ResolvedFilter, ResolvedRoute } from '../homelab/resolved';
import type { Alert } from './alert';
import { titleOf } from './tune';

/** What decides who is told of an alert, and when. */
export type Told = Pick<Alert, 'name' | 'severity' | 'category' | 'heartbeat' | 'notify' | 'part'>;

/** `at once`; `gathered` with others; `digest`: once a day; `heartbeat`: again and again, since its silence is the message. */
export type Timing = 'at once' | 'gathered' | 'digest' | 'heartbeat';

/** Who is told of an alert, and when. Every engine's settings are made of this, and nothing else. */
export interface Decision {
  /** Names of receivers, in the order given; empty: nobody, but for the heartbeat, which has a receiver of its own. */
  readonly audience: readonly string[];
  readonly timing: Timing;
  /** Held back during quiet hours. */
  readonly muted: boolean;
}

/** One label, and the values that fit. */
export interface Match {
  readonly label: string;
  readonly values: readonly string[];
}

/** A branch of a tree of routes: alerts that fit all matches are told so. */
export interface Branch {
  readonly matches: readonly Match[];
  readonly decision: Decision;
}

/** How often somebody is told, and how long messages wait for company. */
export interface Pace {
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
}

/** The name of the heartbeat's receiver, and that of nobody's: no receiver of the homelab has them. */
export const heartbeatReceiver = 'heartbeat';
export const nobody = 'nobody';

const severities: readonly Severity[] = ['critical', 'warning', 'info'];
const categories: readonly Category[] = ['availability', 'capacity', 'data-loss', 'performance', 'power', 'monitoring'];
const silent: Decision = { audience: [], timing: 'gathered', muted: false };

/** Who is told of an alert, and when. */
export const decide = (alerting: ResolvedAlerting, { severity, category, heartbeat, notify }: Told): Decision => {
  if (heartbeat) return alerting.heartbeat ? { audience: [], timing: 'heartbeat', muted: false } : silent;
  return decideFor(alerting, severity, category, notify);
};

/** The same for whatever carries these labels; null: a category that is not ours, or none. */
const decideFor = (
  alerting: ResolvedAlerting,
  severity: Severity,
  category: Category | null,
  notify?: readonly string[],
): Decision => {
  const gathered = isGathered(alerting, severity, category);
  const audience =
    notify ?? (gathered && alerting.digest?.to ? [alerting.digest.to] : routed(alerting, severity, category));
  if (audience.length === 0) return silent;
  if (gathered) return { audience, timing: 'digest', muted: false };
  return {
    audience,
    timing: severity === 'critical' ? 'at once' : 'gathered',
    muted: alerting.quietHours !== null && !mayPass(alerting, severity, category),
  };
};

/** The first route that fits, else the default receiver. `info` is no message: only a route that names `info` itself sends it. */
const routed = (alerting: ResolvedAlerting, severity: Severity, category: Category | null): readonly string[] => {
  const route = alerting.routes.find((one) => takes(one, severity, category));
  const to = route?.to ?? (severity === 'info' ? null : alerting.defaultReceiver);
  return to === null ? [] : [to];
};

const takes = (route: ResolvedRoute, severity: Severity, category: Category | null): boolean =>
  (route.severity !== null || severity !== 'info') && fits(route, severity, category);

/** What may pass at night is told at once by day, too. */
const isGathered = (
  { digest, ...alerting }: ResolvedAlerting,
  severity: Severity,
  category: Category | null,
): boolean =>
  digest !== null &&
  (digest.of.severity !== null || severity !== 'info') &&
  fits(digest.of, severity, category) &&
  !mayPass({ digest, ...alerting }, severity, category);

const mayPass = ({ quietHours }: ResolvedAlerting, severity: Severity, category: Category | null): boolean =>
  quietHours ? fits(quietHours.except, severity, category) : severity === 'critical';

const fits = (filter: ResolvedFilter, severity: Severity, category: Category | null): boolean =>
  (filter.severity === null || filter.severity.includes(severity)) &&
  (filter.category === null || (category !== null && filter.category.includes(category)));

/**
 * The branches of a tree of routes, the first that fits wins: heartbeats, alerts with receivers of their own, what a category
 * changes, then one for each severity, which also takes alerts that are not ours.
 */
export const branchesOf = (alerting: ResolvedAlerting, alerts: readonly Told[]): readonly Branch[] => [
  ...alerts.filter(({ heartbeat }) => heartbeat).map((alert) => own(alerting, alert)),
  // Overrides first, since all series carry the name.
  ...alerts.filter(({ heartbeat, notify, part }) => !heartbeat && notify && part).map((alert) => own(alerting, alert)),
  ...alerts.filter(({ heartbeat, notify, part }) => !heartbeat && notify && !part).map((alert) => own(alerting, alert)),
  ...severities.flatMap((severity) => severityBranches(alerting, severity)),
];

/** In Grafana the name of an override's alert is its title. */
const own = (alerting: ResolvedAlerting, alert: Told): Branch => ({
  matches: [
    { label: 'alertname', values: [...new Set([alert.name, titleOf(alert)])] },
    ...(alert.part ? [{ label: 'override', values: [alert.part.words] }] : []),
  ],
  decision: decide(alerting, alert),
});

const severityBranches = (alerting: ResolvedAlerting, severity: Severity): readonly Branch[] => {
  const usual = decideFor(alerting, severity, null);
  const matchesSeverity: Match = { label: 'severity', values: [severity] };
  const different = new Map<string, { readonly decision: Decision; readonly values: readonly Category[] }>();
  for (const category of categories) {
    const decision = decideFor(alerting, severity, category);
    const key = JSON.stringify(decision);
    if (key === JSON.stringify(usual)) continue;
    different.set(key, { decision, values: [...(different.get(key)?.values ?? []), category] });
  }
  return [
    ...[...different.values()].map(({ decision, values }) => ({
      matches: [matchesSeverity, { label: 'category', values }],
      decision,
    })),
    { matches: [matchesSeverity], decision: usual },
  ];
};

/** Minutes that the digest's window is open: longer than its group interval, so that one look falls into it, and hardly ever two. */
export const digestWindow = 6;

/** How messages of a decision wait and come again. */
export const paceOf = (timing: Timing, { heartbeat }: Pick<ResolvedAlerting, 'heartbeat'>): Pace => {
  switch (timing) {
    case 'at once':
      return { group_wait: '30s', group_interval: '5m', repeat_interval: '4h' };
    case 'gathered':
      return { group_wait: '5m', group_interval: '1h', repeat_interval: '1d' };
    case 'digest':
      return { group_wait: '1m', group_interval: '5m', repeat_interval: '20h' };
    case 'heartbeat':
      return heartbeatPace(heartbeat?.period.seconds ?? 600);
  }
};

/** Minutes between two messages of the heartbeat: two and a half fit into a period, so that one that is lost calls nobody. */
export const heartbeatMinutes = (periodSeconds: number): number => Math.floor(periodSeconds / 60 / 2.5);

/** It is looked at every minute; half a minute less than the whole minutes wanted, since the last message took a moment. */
const heartbeatPace = (periodSeconds: number): Pace => ({
  group_wait: '10s',
  group_interval: '1m',
  repeat_interval: formatDuration(heartbeatMinutes(periodSeconds) * 60 - 30),
});

/** The label that makes one message of what is told: with `host` one dead machine is one message; what has no host is told by alert. */
export const groupsOf = (timing: Timing): { readonly withHost: string; readonly without: string } => {
  if (timing === 'at once') return { withHost: 'host', without: 'alertname' };
  const label = timing === 'heartbeat' ? 'alertname' : 'severity';
  return { withHost: label, without: label };
};

/** Every audience of several receivers that is told of something: each needs a contact point of its own. */
export const audiencesOf = (decisions: readonly Decision[]): readonly (readonly string[])[] => [
  ...new Map(
    decisions.filter(({ audience }) => audience.length > 0).map(({ audience }) => [audience.join('\n'), audience]),
  ).values(),
];
