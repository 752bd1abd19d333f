import type { Alert } from '../alerts/alert';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { conditionQuery, dashboardUrl, evaluationInterval, ruleLabels, runbookUrl, type PanelOf } from '../alerts/rule';
import { prometheusText, renderText } from '../alerts/text';
import type { ResolvedHomelab } from '../homelab/resolved';
import { renderAlertmanager } from './alertmanager';
import type { Artifact } from './artifact';
import { toYaml } from './yaml';

/** A rule as Prometheus, Mimir's ruler and vmalert read it. */
export interface PrometheusRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One rule file a group, and Alertmanager's configuration; nothing where Grafana evaluates. */
export const renderPrometheusAlerting = (
  homelab: ResolvedHomelab,
  alerts: BuiltAlerts,
  panelOf: PanelOf,
): readonly Artifact[] => {
  if (homelab.alerting.engine === 'grafana') return [];
  return [
    ...alerts.groups.map((group): Artifact => ({
      kind: 'rules',
      path: `prometheus/rules/${group.name}.yaml`,
      name: group.name,
      text: toYaml(prometheusRuleFile(group, homelab, panelOf), `Alert rules for Prometheus: ${group.name}.`),
    })),
    ...renderAlertmanager(homelab, alerts),
  ];
};

/** What a rule file holds. */
export const prometheusRuleFile = (
  { name, alerts }: BuiltGroup,
  homelab: ResolvedHomelab,
  panelOf: PanelOf,
): {
  readonly groups: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly PrometheusRule[];
  }[];
} => ({
  groups: [
    { name, interval: evaluationInterval, rules: alerts.map((alert) => prometheusRule(alert, homelab, panelOf)) },
  ],
});

const prometheusRule = (alert: Alert, homelab: ResolvedHomelab, panelOf: PanelOf): PrometheusRule => ({
  alert: alert.name,
  expr: conditionQuery(alert),
  // Also `0s`: that it fires at once is said, not forgotten.
  for: alert.for,
  ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
  labels: ruleLabels(alert),
  annotations: annotationsOf(alert, homelab, panelOf),
});

const annotationsOf = (alert: Alert, homelab: ResolvedHomelab, panelOf: PanelOf): Readonly<Record<string, string>> => {
  const runbook = runbookUrl(alert, homelab);
  const place = alert.panel && panelOf(alert.panel.dashboard, alert.panel.signal);
  const dashboard = place && dashboardUrl(alert, place, homelab);
  return {
    summary: renderText(alert.summary, alert, prometheusText),
    description: renderText(alert.description, alert, prometheusText),
    first_step: renderText(alert.firstSteps[0], alert, prometheusText),
    ...(runbook && { runbook_url: runbook }),
    ...(dashboard && { dashboard_url: dashboard }),
  };
};
