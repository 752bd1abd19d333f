import type { Alert } from '../alerts/alert';
import { comparing } from '../alerts/condition';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { retiredAlerts, type RetiredAlert } from '../alerts/retired';
import {
  dashboardUrl,
  dataSourcesOf,
  evaluationInterval,
  measuredQuery,
  ruleLabels,
  runbookUrl,
  type PanelOf,
} from '../alerts/rule';
import { grafanaText, renderText } from '../alerts/text';
import { titleOf } from '../alerts/tune';
import { alertUid } from '../alerts/uid';
import type { ResolvedHomelab } from '../homelab/resolved';
import { shownValue } from '../signals/signal';
import { artifactOf, type Artifact } from './artifact';
import { escapeAlertingFile, type AlertingValue } from './grafana-escape';
import { notificationSettings, renderNotifications } from './grafana-notifications';
import { toYaml } from './yaml';

/** A rule as Grafana's provisioning files spell it, before `$` is escaped. */
export interface GrafanaRule {
  readonly [key: string]: AlertingValue | undefined;
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: readonly GrafanaQuery[];
}

export interface GrafanaQuery {
  readonly [key: string]: AlertingValue | undefined;
  readonly refId: string;
  readonly relativeTimeRange: { readonly from: number; readonly to: number };
  readonly datasourceUid: string;
  readonly model: { readonly [key: string]: AlertingValue };
}

/** The title of the folder that holds our rules; no board is in it, because files find folders by title alone. */
export const alertFolder = ({ project }: ResolvedHomelab): string =>
  project === 'hl' ? 'Homelab alerts' : `Homelab alerts (${project})`;

/**
 * Rules, contact points, the mute timing of what is no message, and (in `owned` mode) policies. Where another engine evaluates:
 * only the deletion of what Grafana got before, if there is any. `rulesBefore`: uids of rules that any earlier render wrote.
 */
export const renderGrafanaAlerting = (
  homelab: ResolvedHomelab,
  alerts: BuiltAlerts,
  panelOf: PanelOf,
  rulesBefore: readonly string[] = [],
  retired: readonly RetiredAlert[] = retiredAlerts,
): readonly Artifact[] => {
  const all = alerts.groups.flatMap((group) => group.alerts);
  if (homelab.alerting.engine !== 'grafana') {
    const gone = deletions(homelab, [], rulesBefore, []);
    return gone.deleteRules ? [rulesFile(homelab, { apiVersion: 1, ...gone }, leaving(homelab))] : [];
  }
  const file = {
    apiVersion: 1,
    groups: alerts.groups.map((group) => groupOf(group, homelab, panelOf)),
    ...deletions(homelab, all, rulesBefore, retired),
  };
  return [rulesFile(homelab, file, 'Alert rules for Grafana.'), ...renderNotifications(homelab, all)];
};

/** The uids of all rules that Grafana gets; empty where another engine evaluates. */
export const ruleUidsOf = (homelab: ResolvedHomelab, { groups }: BuiltAlerts): readonly string[] =>
  homelab.alerting.engine === 'grafana'
    ? groups.flatMap(({ alerts }) => alerts.map((alert) => ruleUid(homelab, alert)))
    : [];

const rulesFile = (
  homelab: ResolvedHomelab,
  file: { readonly [key: string]: AlertingValue },
  comment: string,
): Artifact =>
  artifactOf(
    {
      kind: 'alert-rules',
      path: `grafana/provisioning/alerting/${homelab.project}-rules.yaml`,
      name: `${homelab.project}-rules`,
      title: alertFolder(homelab),
    },
    () => toYaml(escapeAlertingFile(file), comment),
  );

const leaving = ({ alerting }: ResolvedHomelab): string =>
  `Alerts are evaluated by ${alerting.engine}: Grafana deletes the rules that it got before, so that nothing is told twice.`;

const groupOf = (
  { name, alerts }: BuiltGroup,
  homelab: ResolvedHomelab,
  panelOf: PanelOf,
): { readonly [key: string]: AlertingValue } => ({
  orgId: 1,
  name,
  folder: alertFolder(homelab).replaceAll('/', '\\/'),
  interval: evaluationInterval,
  rules: alerts.map((alert) => grafanaRule(alert, homelab, panelOf)),
});

/** Grafana keeps a rule that vanishes from a file, and lets nobody delete it: what was written before, or is retired, is named. */
const deletions = (
  homelab: ResolvedHomelab,
  alerts: readonly Alert[],
  rulesBefore: readonly string[],
  retired: readonly RetiredAlert[],
): { readonly deleteRules?: AlertingValue } => {
  const rendered = new Set(alerts.map((alert) => ruleUid(homelab, alert)));
  const gone = [...new Set([...retired.map(({ name }) => alertUid(homelab.project, name)), ...rulesBefore])]
    .filter((uid) => !rendered.has(uid))
    .sort();
  return gone.length > 0 ? { deleteRules: gone.map((uid) => ({ orgId: 1, uid })) } : {};
};

/** The uid of an alert's rule; where the homelab file treats some series differently, one for those. */
const ruleUid = ({ project }: ResolvedHomelab, { name, part }: Pick<Alert, 'name' | 'part'>): string =>
  alertUid(project, part ? `${name}-${part.key}` : name);

/** One alert as a Grafana rule: query A without the comparison, threshold C on it. */
export const grafanaRule = (alert: Alert, homelab: ResolvedHomelab, panelOf: PanelOf): GrafanaRule => ({
  uid: ruleUid(homelab, alert),
  title: titleOf(alert),
  condition: 'C',
  data: [measured(alert, homelab), threshold(alert)],
  noDataState: { ok: 'OK', alerting: 'Alerting', noData: 'NoData' }[alert.noData],
  // Grafana's own default pages for the alert itself when its query fails; an error says so instead. To a watchdog any message is a
  // sign of life, so of a heartbeat that cannot be asked for it must hear nothing.
  execErrState: alert.heartbeat ? 'OK' : 'Error',
  for: alert.for,
  ...(alert.keepFiringFor && { keepFiringFor: alert.keepFiringFor }),
  labels: ruleLabels(alert),
  annotations: annotationsOf(alert, homelab, panelOf),
  isPaused: false,
  ...withSettings(notificationSettings(homelab, alert)),
});

/** Grafana adds these two to a model that lacks them, which would read as a change. */
const serverDefaults = { intervalMs: 1000, maxDataPoints: 43_200 } as const;

const measured = (alert: Alert, homelab: ResolvedHomelab): GrafanaQuery => {
  const uid = dataSourceUid(alert, homelab);
  return {
    refId: 'A',
    relativeTimeRange: { from: 600, to: 0 },
    datasourceUid: uid,
    model: {
      refId: 'A',
      datasource: { type: 'prometheus', uid },
      expr: measuredQuery(alert),
      instant: true,
      range: false,
      editorMode: 'code',
      ...serverDefaults,
    },
  };
};

const threshold = ({ signal, when }: Alert): GrafanaQuery => {
  const { evaluator, value } = comparing(when);
  return {
    refId: 'C',
    relativeTimeRange: { from: 0, to: 0 },
    datasourceUid: '__expr__',
    model: {
      refId: 'C',
      datasource: { type: '__expr__', uid: '__expr__' },
      type: 'threshold',
      expression: 'A',
      conditions: [{ evaluator: { type: evaluator, params: [shownValue(signal, value)] } }],
      ...serverDefaults,
    },
  };
};

const dataSourceUid = (alert: Alert, { dataSources }: ResolvedHomelab): string => {
  const [key] = dataSourcesOf(alert);
  const found =
    key === undefined ? Object.values(dataSources).find(({ kind }) => kind === 'prometheus') : dataSources[key];
  if (!found)
    throw new Error(
      `${alert.name} asks the data source \`${key ?? 'prometheus'}\`, which the homelab file does not have`,
    );
  return found.uid;
};

const annotationsOf = (
  alert: Alert,
  homelab: ResolvedHomelab,
  panelOf: PanelOf,
): { readonly [key: string]: string } => {
  const runbook = runbookUrl(alert, homelab);
  return {
    summary: renderText(alert.summary, alert, grafanaText),
    description: renderText(alert.description, alert, grafanaText),
    first_step: renderText(alert.firstSteps[0], alert, grafanaText),
    ...(runbook && { runbook_url: runbook }),
    ...panelAnnotations(alert, homelab, panelOf),
  };
};

/** Both keys or neither: Grafana refuses one of them alone. */
const panelAnnotations = (
  alert: Alert,
  homelab: ResolvedHomelab,
  panelOf: PanelOf,
): { readonly [key: string]: string } => {
  const place = alert.panel && panelOf(alert.panel.dashboard, alert.panel.signal);
  if (!place) return {};
  if (place.panelId !== undefined) return { __dashboardUid__: place.dashboardUid, __panelId__: String(place.panelId) };
  const url = dashboardUrl(alert, place, homelab);
  return url === undefined ? {} : { dashboard_url: url };
};

const withSettings = (settings: AlertingValue | undefined): { readonly notification_settings?: AlertingValue } =>
  settings === undefined ? {} : { notification_settings: settings };
