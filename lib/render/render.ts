import { buildAlerts, type AlertGroup, type BuiltAlerts } from '../alerts/define';
import type { PanelOf } from '../alerts/rule';
import type { Dashboard } from '../dashboards/dashboard';
import { correctDashboard } from '../grafana-json/correct';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact, Omission } from './artifact';
import { renderBlackbox } from './blackbox';
import { renderCompose } from './compose';
import { resolveLinks } from './board-links';
import { buildDashboard, isBuilt, panelDrawing, type BuiltDashboard } from './dashboard';
import { renderEnvironment } from './environment';
import { renderGrafanaAlerting } from './grafana-alerting';
import { renderDataSources, renderProviders } from './grafana-provisioning';
import { renderInstructions } from './instructions';
import { renderPrometheusAlerting } from './prometheus-rules';
import { refuseInvalid } from './refuse-invalid';
import { renderScrape } from './scrape';

/** All that can be rendered: ours, and what the user wrote beside the homelab file. */
export interface Content {
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly AlertGroup[];
}

export interface Rendered {
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly omissions: readonly Omission[];
  /** Sorted by name. */
  readonly boards: readonly RenderedDashboard[];
  readonly alerts: BuiltAlerts;
}

/** A board as Grafana gets it. */
export interface RenderedDashboard extends BuiltDashboard {
  readonly json: object;
}

/**
 * Everything that one homelab needs, as files in memory: pure, sorted, the same bytes for the same input. Throws with the file and
 * line of what an author got wrong, before anything is written.
 */
export const render = (homelab: ResolvedHomelab, content: Content): Rendered => {
  const chosen = content.dashboards.filter(({ name }) => isChosen(homelab, name));
  const results = [...chosen]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => buildDashboard(definition, homelab));
  const built = results.filter(isBuilt);
  const byName = new Map(built.map((board) => [board.definition.name, board]));
  const boards = built.map((board) => ({ ...board, json: correctDashboard(resolveLinks(board.model, byName)) }));
  refuseInvalid(boards, homelab);

  const alerts = buildAlerts(
    [...content.alerts].sort((a, b) => (a.name < b.name ? -1 : 1)),
    homelab,
  );
  const panelOf = panelFinder(byName);
  const artifacts = [
    ...boards.map(dashboardArtifact),
    ...renderProviders(homelab, boards),
    ...renderDataSources(homelab),
    ...renderGrafanaAlerting(homelab, alerts, panelOf),
    ...renderPrometheusAlerting(homelab, alerts, panelOf),
    ...renderScrape(homelab),
    ...renderBlackbox(homelab),
    ...renderCompose(homelab),
    ...renderEnvironment(homelab),
  ];
  artifacts.push(...renderInstructions(homelab, artifacts));
  return {
    artifacts: artifacts.sort((a, b) => (a.path < b.path ? -1 : 1)),
    omissions: [...results.flatMap(({ omissions }) => omissions), ...alerts.omissions],
    boards,
    alerts,
  };
};

/** Where alerts link to: the board's panel that draws the signal. */
export const panelFinder =
  (boards: ReadonlyMap<string, BuiltDashboard>): PanelOf =>
  (dashboard, signal) => {
    const board = boards.get(dashboard);
    const panel = board && panelDrawing(board, signal.id);
    return board && panel && { dashboardUid: board.uid, panelId: panel.id };
  };

const isChosen = ({ dashboards }: ResolvedHomelab, name: string): boolean =>
  (dashboards.include === null || dashboards.include.includes(name)) && !dashboards.exclude.includes(name);

const dashboardArtifact = (board: RenderedDashboard): Artifact => ({
  kind: 'dashboard',
  path: `grafana/dashboards/${board.folderUid}/${board.uid}.json`,
  name: board.uid,
  title: board.definition.title,
  // Its keys are sorted: `correctDashboard` does that.
  text: `${JSON.stringify(board.json, null, 2)}\n`,
});
