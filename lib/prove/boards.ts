import type { ResolvedHomelab } from '../homelab/resolved';
import { panelsOf, type Board, type BoardPanel } from '../proof/board';
import type { Prometheus } from '../proof/prometheus';
import { proveBoard, type PanelProof, type QueryProof } from '../proof/prove';
import type { Scraped } from '../proof/scraped';
import { weakestGrade } from './grades';
import { quietPanels, rangeOf, type QuietPanel } from './quiet';
import type { Reader } from './reads';
import { budget, type PanelReport } from './report/report';

/** Everything that a board asks Prometheus. */
export const readersOf = (board: Board): readonly Reader[] => {
  const seconds = rangeOf(board);
  const pickers = (board.templating?.list ?? []).flatMap(({ query }) => {
    const text = typeof query === 'string' ? query : query?.query;
    const [, match] = /^label_values\((.+),\s*\w+\)\s*$/.exec(text ?? '') ?? [];
    return match ? [match] : [];
  });
  const marks = (board.annotations?.list ?? []).flatMap(({ target }) => (target?.expr ? [target.expr] : []));
  const panels = panelsOf(board).flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => (expr ? [expr] : [])));
  return [...pickers, ...marks, ...panels].map((expr) => ({ expr, seconds }));
};

export interface BoardStage {
  readonly prometheus: Prometheus;
  readonly scraped: Scraped;
  readonly homelab: ResolvedHomelab;
  /** The moment at which the board is opened, in seconds since 1970. */
  readonly at: number;
  /** What is wrong with the names and values of what a panel draws. */
  readonly faultsIn: (panel: BoardPanel, queries: readonly QueryProof[]) => Pick<PanelReport, 'legends' | 'values'>;
}

/** What came of opening a board. */
export interface OpenedBoard {
  readonly panels: readonly PanelReport[];
  readonly quiet: readonly QuietPanel[];
}

/** Opens a board and reports on every panel. A query that seems slow is asked again: it may have been the machine. */
export const reportBoard = async (board: Board, stage: BoardStage): Promise<OpenedBoard> => {
  const { prometheus, scraped, at } = stage;
  const range = { from: at - rangeOf(board), to: at };
  const proofs = await proveBoard(board, { prometheus, scraped, range });
  const slow = proofs.flatMap(({ model, queries }) =>
    model && queries.some(({ seconds }) => seconds > budget) ? [model] : [],
  );
  const again = slow.length === 0 ? [] : await proveBoard({ ...board, panels: slow }, { prometheus, scraped, range });
  return {
    panels: proofs.map((proof) =>
      reportOf(
        proof,
        stage,
        again.find(({ model }) => model !== undefined && model.id === proof.model?.id),
      ),
    ),
    quiet: quietPanels(board, proofs),
  };
};

const reportOf = (proof: PanelProof, { homelab, faultsIn }: BoardStage, again: PanelProof | undefined): PanelReport => {
  const { board, panel, type, verdict, why, queries, model } = proof;
  return {
    board,
    panel,
    type,
    verdict,
    why,
    evidence:
      weakestGrade(
        queries.map(({ expr }) => expr),
        homelab,
      ) ?? null,
    ...(model ? faultsIn(model, queries) : { legends: [], values: [] }),
    queries: queries.map(({ refId, expr, verdict: own, why: reason, series, seconds }, index) => ({
      refId,
      expr,
      verdict: own,
      why: reason,
      series: series.length,
      seconds: Math.min(seconds, again?.queries[index]?.seconds ?? Infinity),
    })),
  };
};
