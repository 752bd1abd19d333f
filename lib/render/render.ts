import type { Dashboard } from '../dashboards/dashboard';
import { canonicalJson, correctDashboard } from '../grafana-json/correct';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Artifact, Omission } from './artifact';
import { renderBlackbox } from './blackbox';
import { renderCompose } from './compose';
import { buildDashboard, isBuilt, resolveLinks, type BuiltDashboard } from './dashboard';
import { renderEnvironment } from './environment';
import { renderDataSources, renderProviders } from './grafana-provisioning';
import { renderInstructions } from './instructions';
import { renderScrape } from './scrape';

/** All that can be rendered: ours, and what the user wrote beside the homelab file. */
export interface Content {
  readonly dashboards: readonly Dashboard[];
}

export interface Rendered {
  /** Sorted by path. */
  readonly artifacts: readonly Artifact[];
  readonly omissions: readonly Omission[];
  readonly boards: readonly BuiltDashboard[];
}

/** Everything that one homelab needs, as files in memory: pure, sorted, the same bytes for the same input. */
export const render = (homelab: ResolvedHomelab, content: Content): Rendered => {
  const chosen = content.dashboards.filter(({ name }) => isChosen(homelab, name));
  const results = [...chosen]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => buildDashboard(definition, homelab));
  const boards = results.filter(isBuilt);
  const byName = new Map(boards.map((board) => [board.definition.name, board]));
  const artifacts = [
    ...boards.map((board) => dashboardArtifact(board, byName)),
    ...renderProviders(homelab, boards),
    ...renderDataSources(homelab),
    ...renderScrape(homelab),
    ...renderBlackbox(homelab),
    ...renderCompose(homelab),
    ...renderEnvironment(homelab),
    ...renderInstructions(homelab),
  ];
  return {
    artifacts: artifacts.sort((a, b) => (a.path < b.path ? -1 : 1)),
    omissions: results.flatMap(({ omissions }) => omissions),
    boards,
  };
};

const isChosen = ({ dashboards }: ResolvedHomelab, name: string): boolean =>
  (dashboards.include === null || dashboards.include.includes(name)) && !dashboards.exclude.includes(name);

const dashboardArtifact = (board: BuiltDashboard, boards: ReadonlyMap<string, BuiltDashboard>): Artifact => ({
  kind: 'dashboard',
  path: `grafana/dashboards/${board.folderUid}/${board.uid}.json`,
  name: board.uid,
  title: board.definition.title,
  text: canonicalJson(correctDashboard(resolveLinks(board.model, boards))),
});
