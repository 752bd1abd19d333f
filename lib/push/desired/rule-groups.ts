import { evaluationInterval } from '../../alerts/rule';
import { toSeconds } from '../../duration';
import type { Json } from '../../grafana-json/json';
import { grafanaRule, type GrafanaRule } from '../../render/grafana-alerting';
import { panelFinder, type Rendered } from '../../render/render';
import type { DesiredObject } from '../object';
import { alertFolderUid } from './folders';
import { plain } from './plain';

/**
 * Carried by every rule that a push wrote, with the project as its value: how rules are known as ours when the state is lost. Two
 * underscores on both sides keep it out of messages.
 */
export const ownerAnnotation = '__homelab_dashboards__';

/** Groups of Grafana's own rules, each with the order of its rules. Nothing where another engine evaluates. */
export const desiredRuleGroups = ({ homelab, boards, alerts }: Rendered): readonly DesiredObject[] => {
  if (homelab.alerting.engine !== 'grafana') return [];
  const panelOf = panelFinder(new Map(boards.map((board) => [board.definition.name, board])));
  const folderUid = alertFolderUid(homelab);
  return (
    alerts.groups
      // A group without rules cannot be written: an empty list changes nothing in Grafana.
      .filter((group) => group.alerts.length > 0)
      .map(({ name, alerts: members }) => ({
        kind: 'rule-group',
        key: `${folderUid}/${name}`,
        title: name,
        body: plain({
          title: name,
          folderUid,
          interval: toSeconds(evaluationInterval),
          rules: members.map((alert) => apiRule(grafanaRule(alert, homelab, panelOf), homelab.project)),
        }),
      }))
  );
};

/** The API spells one key otherwise than files do, and takes an unknown one without a word. */
const apiRule = ({ keepFiringFor, annotations, ...rule }: GrafanaRule, project: string): Json => ({
  ...rule,
  ...(keepFiringFor !== undefined && { keep_firing_for: keepFiringFor }),
  annotations: { ...(annotations as object), [ownerAnnotation]: project },
});
