import type { Alert } from '../alerts/alert';
import { comparing } from '../alerts/condition';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { retiredAlerts, type RetiredAlert } from '../alerts/retired';
import { paceOf, receiverOf } from '../alerts/routing';
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
import { alertUid } from '../alerts/uid';
import type { ResolvedHomelab } from '../homelab/resolved';
import { shownValue } from '../signals/signal';
import type { Artifact } from './artifact';
import { escapeAlertingFile, type AlertingValue } from './grafana-escape';
import { contactPointName, muteTimingName, renderNotifications } from './grafana-notifications';
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

/** Rules, contact points, the mute timing of what is no message, and (in `owned` mode) policies; nothing where another engine evaluates. */
export const renderGrafanaAlerting = (
  homelab: ResolvedHomelab,
  alerts: BuiltAlerts,
  panelOf: PanelOf,
  retired: readonly RetiredAlert[] = retiredAlerts,
): readonly Artifact[] => {
  if (homelab.alerting.engine !== 'grafana') return [];
  const all = alerts.groups.flatMap((group) => group.alerts);
  const file = {
    apiVersion: 1,
    groups: alerts.groups.map((group) => groupOf(group, homelab, panelOf)),
    ...deletions(homelab, alerts, retired),
  };
  return [
    {
      kind: 'alert-rules',
      path: `grafana/provisioning/alerting/${homelab.project}-rules.yaml`,
      name: `${homelab.project}-rules`,
      title: alertFolder(homelab),
      text: toYaml(escapeAlertingFile(file), 'Alert rules for Grafana.'),
    },
    ...renderNotifications(homelab, all),
  ];
};

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

/** Grafana keeps a rule that vanishes from a file, and lets nobody delete it: what is retired, or not for this homelab, is named. */
const deletions = (
  { project }: ResolvedHomelab,
  { groups, omissions }: BuiltAlerts,
  retired: readonly RetiredAlert[],
): { readonly deleteRules?: AlertingValue } => {
  const rendered = new Set(groups.flatMap(({ alerts }) => alerts.map(({ name }) => alertUid(project, name))));
  const gone = [...retired.map(({ name }) => name), ...omissions.map(({ where }) => where)].map((name) =>
    alertUid(project, name),
  );
  const uids = [...new Set(gone)].filter((uid) => !rendered.has(uid)).sort();
  return uids.length > 0 ? { deleteRules: uids.map((uid) => ({ orgId: 1, uid })) } : {};
};

/** One alert as a Grafana rule: query A without the comparison, threshold C on it. */
export const grafanaRule = (alert: Alert, homelab: ResolvedHomelab, panelOf: PanelOf): GrafanaRule => ({
  uid: alertUid(homelab.project, alert.name),
  title: alert.name,
  condition: 'C',
  data: [measured(alert, homelab), threshold(alert)],
  noDataState: { ok: 'OK', alerting: 'Alerting', noData: 'NoData' }[alert.noData],
  // Grafana's own default pages for the alert itself when its query fails; an error says so instead.
  execErrState: 'Error',
  for: alert.for,
  ...(alert.keepFiringFor && { keepFiringFor: alert.keepFiringFor }),
  labels: ruleLabels(alert),
  annotations: annotationsOf(alert, homelab, panelOf),
  isPaused: false,
  ...notificationSettings(alert, homelab),
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

/**
 * In a Grafana with a life of its own each rule names its receiver, so that its policy tree stays untouched. `info` is no message:
 * a rule cannot have no receiver, so its messages are muted at all times. Without receivers that Grafana's policies decide.
 */
const notificationSettings = (
  alert: Alert,
  homelab: ResolvedHomelab,
): { readonly notification_settings?: AlertingValue } => {
  const { mode } = homelab.grafana;
  const { defaultReceiver } = homelab.alerting;
  if (mode === 'owned' || defaultReceiver === null) return {};
  const receiver = receiverOf(homelab.alerting, alert);
  return {
    notification_settings:
      receiver === null
        ? { receiver: contactPointName(homelab, defaultReceiver), mute_time_intervals: [muteTimingName(homelab)] }
        : { receiver: contactPointName(homelab, receiver), ...paceOf(alert.severity, alert.heartbeat) },
  };
};
