import type { Alert } from '../alerts/alert';
import { dependenciesOf, type Messages } from '../alerts/dependencies';
import { decide } from '../alerts/routing';
import type { ResolvedHomelab } from '../homelab/resolved';
import { matcher, operand } from './alertmanager-matcher';

type Part = Readonly<Record<string, unknown>>;

/**
 * A host that is down explains all else about it; what something depends on explains why it does not answer; a worse stage explains
 * the milder one on the same labels.
 */
export const inhibitions = (homelab: ResolvedHomelab, alerts: readonly Alert[]): readonly Part[] => {
  const hosts = alerts.filter(({ absenceOf }) => absenceOf === 'host');
  const hostNames = namesOf(hosts);
  return [
    ...explaining(homelab, hosts).map((source) => ({
      source_matchers: source,
      target_matchers: [`alertname ${hostNames.length > 1 ? '!~' : '!='} ${operand(hostNames)}`, 'host != ""'],
      equal: ['host'],
    })),
    ...dependenciesOf(homelab, alerts).flatMap(({ told, quiet }) =>
      sameLabels(told).flatMap((source) =>
        sameLabels(quiet).map((target) => ({ source_matchers: source, target_matchers: target })),
      ),
    ),
    ...namesOf(alerts).flatMap((name) => stageInhibitions(homelab, alerts, name)),
  ];
};

/** Labels that only one of the two stages has would never be equal. */
const stageInhibitions = (homelab: ResolvedHomelab, alerts: readonly Alert[], name: string): readonly Part[] => {
  const stages = alerts.filter((alert) => alert.name === name);
  const milder = alerts.find((alert) => alert.name === stages[0]?.escalates);
  if (!milder) return [];
  const shared = [...milder.signal.labels].filter((label) => stages[0]?.signal.labels.has(label)).sort();
  return explaining(homelab, stages).map((source) => ({
    source_matchers: source,
    target_matchers: [matcher('alertname', [milder.name])],
    equal: shared,
  }));
};

/** Matchers of those that somebody is told of: a message that nobody gets explains nothing. Without receivers none is ours to judge. */
const explaining = ({ alerting }: ResolvedHomelab, alerts: readonly Alert[]): readonly (readonly string[])[] => {
  const isTold = (alert: Alert): boolean =>
    Object.keys(alerting.receivers).length === 0 || decide(alerting, alert).audience.length > 0;
  const whole = namesOf(alerts).filter((name) => alerts.every((alert) => alert.name !== name || isTold(alert)));
  const parts = alerts.filter((alert) => isTold(alert) && !whole.includes(alert.name));
  return [
    ...(whole.length > 0 ? [[matcher('alertname', whole)]] : []),
    ...parts.map(({ name, part }) => [matcher('alertname', [name]), matcher('override', [part?.words ?? ''])]),
  ];
};

/** Overrides of an alert carry its name. */
const namesOf = (alerts: readonly Alert[]): readonly string[] => [...new Set(alerts.map(({ name }) => name))];

/** Matchers for messages; alerts of which the same labels are meant share them. */
const sameLabels = (messages: readonly Messages[]): readonly (readonly string[])[] => {
  const groups = new Map<string, { readonly alerts: readonly string[]; readonly labels: Messages['labels'] }>();
  for (const { alert, labels } of messages) {
    const key = JSON.stringify(labels);
    groups.set(key, { labels, alerts: [...(groups.get(key)?.alerts ?? []), alert] });
  }
  return [...groups.values()].map(({ alerts, labels }) => [
    matcher('alertname', alerts),
    ...Object.entries(labels).map(([label, values]) => matcher(label, values)),
  ]);
};
