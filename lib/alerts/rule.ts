import type { Expression } from '../expression/expression';
import { when as whileHolding, where } from '../expression/operators';
import { printExpression } from '../expression/print';
import type { ResolvedHomelab } from '../homelab/resolved';
import { shownExpression, shownValue, type Signal } from '../signals/signal';
import type { Alert, Condition } from './alert';
import { comparing } from './condition';

/** Where the board shows an alert's signal; without `panelId` the board left the panel out. */
export interface PanelPlace {
  readonly dashboardUid: string;
  readonly panelId?: number;
}

/** Finds the panel of a board, named by its short name, that draws a signal; undefined where the board is not rendered. */
export type PanelOf = (dashboard: string, signal: Signal) => PanelPlace | undefined;

/** Seconds between two evaluations of a group. */
export const evaluationInterval = '1m';

/** The whole condition in PromQL: the query, the comparison, and what must hold beside it. Each series of the result is an alert. */
export const conditionQuery = (alert: Alert): string => print(alert, compared(alert.signal, alert.when));

/** The query without its own comparison, which Grafana makes in a node of its own, so that no data differs from fine. Guards stay in. */
export const measuredQuery = (alert: Alert): string => print(alert, shownExpression(alert.signal));

const print = ({ signal, and = [] }: Alert, expression: Expression): string => {
  const guarded = and.reduce((inner, guard) => whileHolding(inner, compared(guard.signal, guard.when)), expression);
  return printExpression(guarded, signal.context, signal.labels);
};

const compared = (signal: Signal, condition: Condition): Expression => {
  const { operator, value } = comparing(condition);
  return where(shownExpression(signal), operator, shownValue(signal, value));
};

/** Labels that say what the message is about, and which override of the homelab file made it; the others come from the query. */
export const ruleLabels = ({ severity, category, part }: Alert): Readonly<Record<string, string>> => ({
  severity,
  category,
  // Rules of one name must differ in a label, or Prometheus takes them for one.
  ...(part && { override: asTemplate(part.words) }),
});

/** A text that engines, which take labels and annotations for templates, give back as it is. */
const asTemplate = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/** Keys of the data sources that an alert asks; more than one cannot be asked by one rule. Empty: any Prometheus will do. */
export const dataSourcesOf = ({ signal, and = [] }: Alert): readonly string[] => [
  ...new Set(
    [signal, ...and.map((guard) => guard.signal)].flatMap(({ sources }) => sources.map(({ dataSource }) => dataSource)),
  ),
];

/** Page of the alert's runbook; absent where the homelab file does not say where they are published. */
export const runbookUrl = ({ name }: Alert, { urls }: ResolvedHomelab): string | undefined =>
  urls.runbooks === undefined ? undefined : `${asTemplate(urls.runbooks)}/${name}.md`;

/** The place of the panel on its board; a host in the alert's labels is chosen there. */
export const dashboardUrl = (
  { signal }: Alert,
  { dashboardUid, panelId }: PanelPlace,
  { urls }: ResolvedHomelab,
): string | undefined => {
  if (urls.grafana === undefined) return undefined;
  const query = [
    ...(signal.labels.has('host') ? ['var-host={{ $labels.host | urlquery }}'] : []),
    ...(panelId === undefined ? [] : [`viewPanel=${panelId}`]),
  ];
  return `${asTemplate(urls.grafana)}/d/${dashboardUid}${query.length > 0 ? `?${query.join('&')}` : ''}`;
};
