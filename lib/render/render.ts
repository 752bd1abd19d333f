import { buildAlerts, type AlertGroup, type BuiltAlerts } from '../alerts/define';
import type { PanelOf } from '../alerts/rule';
import type { Dashboard } from '../dashboards/dashboard';
import { canonicalJson, correctDashboard, correctUnsorted } from '../grafana-json/correct';
import { HomelabError } from '../homelab/homelab-error';
import { allowedNames, closest } from '../homelab/nearest';
import { problem } from '../homelab/problem';
import type { ResolvedHomelab } from '../homelab/resolved';
import { include, type Included } from '../included/include';
import type { IncludedFile } from '../included/included-file';
import { renderAlloy } from './alloy';
import { artifactOf, type Artifact, type Omission } from './artifact';
import { renderBlackbox } from './blackbox';
import { renderCompose } from './compose';
import { resolveLinks } from './board-links';
import { buildDashboard, isBuilt, panelDrawing, type BuiltDashboard } from './dashboard';
import { renderEnvironment } from './environment';
import { renderExporters } from './exporters-compose';
import { renderGrafanaAlerting, ruleUidsOf } from './grafana-alerting';
import { renderDataSources, renderProviders } from './grafana-provisioning';
import { includedNotes, renderIncluded } from './included';
import { renderInstructions } from './instructions';
import { messageLimits } from './message-limits';
import { renderPrometheusAlerting } from './prometheus-rules';
import { refuseInvalid } from './refuse-invalid';
import { renderOwnRunbooks, type PanelTitleOf } from './runbooks';
import { renderScrape } from './scrape';

/** All that can be rendered: ours, and what the user wrote beside the homelab file. */
export interface Content {
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly AlertGroup[];
  /** What `include` in the homelab file names, read. */
  readonly included?: readonly IncludedFile[];
}

export interface Rendered {
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly omissions: readonly Omission[];
  /** Sorted by name. */
  readonly boards: readonly RenderedDashboard[];
  /** Boards and rule files of others. */
  readonly included: Included;
  readonly alerts: BuiltAlerts;
  /** Uids of the rules that Grafana gets. */
  readonly rules: readonly string[];
  /** What is allowed in the homelab file, but perhaps not meant. */
  readonly notes: readonly string[];
  /** What all this was rendered for. */
  readonly homelab: ResolvedHomelab;
}

/** What rendering knows of earlier runs. */
export interface RenderOptions {
  /** Uids of the rules that they wrote for Grafana (`readRulesBefore`): those that are gone are deleted there. */
  readonly rulesBefore?: readonly string[];
  /** Only boards, alerts and rules, not checked against Grafana's schema, texts made when they are read: what the linter looks at. */
  readonly forLint?: boolean;
}

/** A board as Grafana gets it. */
export interface RenderedDashboard extends BuiltDashboard {
  readonly json: object;
}

/**
 * Everything that one homelab needs, as files in memory: pure, sorted, the same bytes for the same input. Throws with the file and
 * line of what an author got wrong, before anything is written.
 */
export const render = (
  homelab: ResolvedHomelab,
  content: Content,
  { rulesBefore = [], forLint = false }: RenderOptions = {},
): Rendered => {
  const alerts = buildAlerts(
    [...content.alerts].sort((a, b) => (a.name < b.name ? -1 : 1)),
    homelab,
  );
  refuseUnknownBoards(homelab, content.dashboards);
  const chosen = content.dashboards.filter(({ name }) => isChosen(homelab, name));
  const results = [...chosen]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => buildDashboard(definition, homelab, alerts.levels));
  const built = results.filter(isBuilt);
  const byName = new Map(built.map((board) => [board.definition.name, board]));
  const correct = forLint ? correctUnsorted : correctDashboard;
  const boards = built.map((board) => ({ ...board, json: correct(resolveLinks(board.model, byName, board.picks)) }));
  if (!forLint) refuseInvalid(boards, homelab);

  const ours = boards.map(({ uid, folderUid, definition: { title, folder } }) => ({ uid, folderUid, title, folder }));
  const included = include(content.included ?? [], homelab, ours);

  const panelOf = panelFinder(byName);
  const artifacts = [
    ...boards.map(dashboardArtifact),
    ...renderIncluded(included),
    ...renderGrafanaAlerting(homelab, alerts, panelOf, rulesBefore),
    ...renderPrometheusAlerting(homelab, alerts, panelOf),
  ];
  if (!forLint) {
    artifacts.push(
      ...renderProviders(homelab, [...ours, ...included.boards]),
      ...renderDataSources(homelab),
      ...renderScrape(homelab),
      ...renderAlloy(homelab),
      ...renderBlackbox(homelab),
      ...renderCompose(homelab),
      ...renderExporters(homelab),
      ...renderEnvironment(homelab),
      ...renderOwnRunbooks(alerts, titleFinder(byName)),
    );
    artifacts.push(...renderInstructions(homelab, artifacts));
  }
  return {
    artifacts: artifacts.sort((a, b) => (a.path < b.path ? -1 : 1)),
    omissions: [...results.flatMap(({ omissions }) => omissions), ...alerts.omissions, ...messageLimits(homelab)],
    boards,
    included,
    alerts,
    homelab,
    rules: ruleUidsOf(homelab, alerts),
    notes: [...alerts.notes, ...includedNotes(included, homelab)],
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

/** What a board and its panel that draws a signal are called. */
export const titleFinder =
  (boards: ReadonlyMap<string, BuiltDashboard>): PanelTitleOf =>
  (dashboard, signal) => {
    const board = boards.get(dashboard);
    const panel = board && panelDrawing(board, signal.id);
    return board && { board: board.definition.title, ...(panel && { panel: panel.title }) };
  };

/** Names in `dashboards` that no board has: to include none of ours by mistake would take all boards away. */
const refuseUnknownBoards = ({ dashboards, project }: ResolvedHomelab, boards: readonly Dashboard[]): void => {
  const known = boards.map(({ name }) => name).sort();
  const wrong = (['include', 'exclude'] as const).flatMap((key) =>
    (dashboards[key] ?? []).flatMap((name, index) => {
      if (known.includes(name)) return [];
      const bare = name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
      const meant = known.includes(bare) ? bare : closest(name, known);
      return problem(['dashboards', key, index], {
        what: 'no board is called so',
        value: name,
        allowed: allowedNames(name, known),
        try: meant ? `write '${meant}'` : 'take it out',
      });
    }),
  );
  if (wrong.length > 0) throw new HomelabError(wrong);
};

const isChosen = ({ dashboards }: ResolvedHomelab, name: string): boolean =>
  (dashboards.include === null || dashboards.include.includes(name)) && !dashboards.exclude.includes(name);

const dashboardArtifact = (board: RenderedDashboard): Artifact =>
  artifactOf(
    {
      kind: 'dashboard',
      path: `grafana/dashboards/${board.folderUid}/${board.uid}.json`,
      name: board.uid,
      title: board.definition.title,
    },
    () => canonicalJson(board.json),
  );
