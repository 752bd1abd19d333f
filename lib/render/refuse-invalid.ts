import { fileOf } from '../dashboards/dashboard';
import { formatProblem } from '../grafana-json/problem';
import { validateDashboard, validateSet } from '../grafana-json/validate';
import type { ResolvedHomelab } from '../homelab/resolved';
import { placeOf } from '../panel-facts';
import type { RenderedDashboard } from './render';

/** Throws with all that Grafana would refuse, drop or show wrongly, each with the TypeScript file of the board and the line of the panel. */
export const refuseInvalid = (boards: readonly RenderedDashboard[], homelab: ResolvedHomelab): void => {
  const knownUids = boards.map(({ uid }) => uid);
  const knownDatasources = Object.fromEntries(Object.values(homelab.dataSources).map(({ uid, kind }) => [uid, kind]));
  const alone = boards.flatMap((board) =>
    validateDashboard(board.json, { knownUids, knownDatasources }).map((problem) => {
      const panel = problem.panelId === undefined ? undefined : board.panels.get(problem.panelId);
      return `${panel ? placeOf(panel.facts) : fileOf(board.definition)}: ${formatProblem(problem)}`;
    }),
  );
  // Where a board was declared is only read for messages: a stack takes longer than all these checks.
  const together = (nameOf: (board: RenderedDashboard) => string) =>
    validateSet(boards.map((board) => ({ name: nameOf(board), folder: board.folderUid, dashboard: board.json })));
  const shared =
    together(({ definition }) => definition.name).length > 0 ? together(({ definition }) => fileOf(definition)) : [];
  const problems = [...alone, ...shared.map(formatProblem)];
  if (problems.length === 0) return;
  throw new Error(
    `${problems.length === 1 ? 'a dashboard is' : 'dashboards are'} not what Grafana takes\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
};
