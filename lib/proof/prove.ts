import { formatDuration } from '../duration';
import type { Board, BoardPanel } from './board';
import { explainEmptiness, type Evidence } from './emptiness';
import { expandBoard, type ExpandedPanel, type ExpandedQuery } from './expand';
import type { TimeRange } from './grafana-interval';
import type { Pick } from './pickers';
import { QueryError, type Prometheus, type Series } from './prometheus';
import type { Scraped } from './scraped';

/**
 * What came of a query or a panel. `data`; `quiet`: nothing has such a value now, and what is selected from is there; `lacking`: the
 * scraped page does not have it; `young`: it looks back further than there is data, and gives some when it looks back less, or its
 * points are so far apart that none fell on data yet, and one now would; `empty`: nothing, without a reason; `error`:
 * Prometheus refuses it.
 */
export type Verdict = 'data' | 'quiet' | 'lacking' | 'young' | 'empty' | 'error';

export interface QueryProof {
  readonly refId: string;
  readonly expr: string;
  readonly verdict: Verdict;
  /** Why, in words; the number of series where there is data. */
  readonly why: string;
  /** What it gave. */
  readonly series: readonly Series[];
  /** How long the answer took. */
  readonly seconds: number;
}

export interface PanelProof {
  readonly board: string;
  readonly panel: string;
  readonly type: string;
  readonly verdict: Verdict;
  readonly why: string;
  readonly queries: readonly QueryProof[];
  /** The queries as they were sent; none of a picker. */
  readonly asked?: readonly ExpandedQuery[];
  /** The panel itself; absent for pickers and marks. */
  readonly model?: BoardPanel;
}

export interface ProveOptions {
  readonly prometheus: Prometheus;
  readonly range: TimeRange;
  /** What the pickers hold; default: what they hold when the board is opened. */
  readonly pick?: Pick;
  /** What is scraped, for the reasons. */
  readonly scraped: Scraped;
}

/** Whether a verdict is nothing to mend. */
export const holds = (verdict: Verdict): boolean => verdict !== 'empty' && verdict !== 'error';

/**
 * Asks every query of a board as Grafana would when it is opened: pickers, marks and panels, collapsed rows included. A panel holds
 * when it has data or a reason computed from the scraped pages; a panel that is rightly quiet must say so in words.
 */
export const proveBoard = async (
  board: Board,
  { prometheus, range, scraped, pick = 'opening' }: ProveOptions,
): Promise<readonly PanelProof[]> => {
  const expanded = await expandBoard(board, prometheus, range, pick);
  const rules = await prometheus.rules();
  const recorded = new Map(rules.filter(({ type }) => type === 'recording').map(({ name, query }) => [name, query]));
  const ask = (query: ExpandedQuery): Promise<QueryProof> =>
    proveQuery(query, prometheus, range.to, { scraped, recorded });
  const proof = (panel: string, type: string, queries: readonly QueryProof[], summary: Summary): PanelProof => ({
    board: board.title,
    panel,
    type,
    queries,
    ...summary,
  });
  return [
    ...expanded.variables
      .filter(({ query }) => query !== null)
      .map(({ name, query, options }) => proof(`$${name}`, 'picker', [], ofPicker(query as string, options))),
    ...(await each(expanded.annotations, async (annotation) => {
      const query = await ask(annotation);
      // A mark is there only when something happened, so it needs no words for nothing.
      const quiet: Summary = { verdict: 'quiet', why: 'nothing to mark' };
      const summary = query.verdict === 'quiet' ? quiet : ofPanel([query], undefined);
      return { ...proof(annotation.name, 'mark', [query], summary), asked: [annotation] };
    })),
    ...(await each(expanded.panels.filter(asksPrometheus), async ({ panel, queries }) => {
      const proofs = await each(queries, ask);
      const summary = ofPanel(proofs, panel.fieldConfig?.defaults?.noValue);
      return { ...proof(panel.title ?? '', panel.type, proofs, summary), asked: queries, model: panel };
    })),
  ];
};

const asksPrometheus = ({ queries }: ExpandedPanel): boolean => queries.length > 0;

interface Summary {
  readonly verdict: Verdict;
  readonly why: string;
}

const ofPicker = (query: string, options: readonly string[]): Summary =>
  options.length > 0
    ? { verdict: 'data', why: `${options.length} to pick from` }
    : { verdict: 'empty', why: `nothing to pick from: ${query}` };

/** The worst that needs mending; else data, if any query has some; else why there is none. */
const ofPanel = (queries: readonly QueryProof[], noValue: string | undefined): Summary => {
  const named = (found: readonly QueryProof[]): string =>
    [...new Set(found.map(({ refId, why }) => (queries.length > 1 ? `${refId}: ${why}` : why)))].join('; ');
  for (const verdict of ['error', 'empty'] as const) {
    const found = queries.filter((query) => query.verdict === verdict);
    if (found.length > 0) return { verdict, why: named(found) };
  }
  if (queries.some(({ verdict }) => verdict === 'data')) {
    const others = queries.filter(({ verdict }) => verdict !== 'data');
    return { verdict: 'data', why: others.length > 0 ? named(others) : named(queries) };
  }
  const young = queries.filter(({ verdict }) => verdict === 'young');
  if (young.length > 0) return { verdict: 'young', why: named(young) };
  if (!queries.some(({ verdict }) => verdict === 'quiet')) return { verdict: 'lacking', why: named(queries) };
  return noValue
    ? { verdict: 'quiet', why: `says “${noValue}”` }
    : { verdict: 'empty', why: 'rightly nothing to show, but it says “No data”: the signal needs `empty`' };
};

const proveQuery = async (
  query: ExpandedQuery,
  prometheus: Prometheus,
  now: number,
  { scraped, recorded }: Omit<Evidence, 'hasData'>,
): Promise<QueryProof> => {
  const { refId, expr } = query;
  const run = (text: string): Promise<readonly Series[]> =>
    query.instant ? prometheus.instant(text, query.end) : prometheus.range(text, query);
  const started = performance.now();
  let seconds = 0;
  let series: readonly Series[] = [];
  const came = (verdict: Verdict, why: string): QueryProof => ({
    refId,
    expr,
    verdict,
    why,
    series,
    seconds,
  });
  try {
    series = await run(expr);
    seconds = (performance.now() - started) / 1000;
    const numbers = series.filter(({ samples }) => samples.some(([, value]) => !Number.isNaN(value)));
    if (numbers.length > 0) return came('data', `${numbers.length} series`);
    if (series.length > 0) return came('empty', `${series.length} series, all of them not a number`);
    const hasData = async (text: string): Promise<boolean> => (await run(text)).length > 0;
    const hasDataNow = async (text: string): Promise<boolean> => (await prometheus.instant(text, now)).length > 0;
    // The end is aligned to the step, instant queries' too: on a board of a month that may be before there was any data.
    const isLate = query.end < now && query.end + query.step > now;
    if (isLate && (await hasDataNow(expr)))
      return came('young', `a point each ${formatDuration(query.step)}, and none since there is data`);
    const atEnd = await explainEmptiness(expr, { hasData, scraped, recorded });
    const reason =
      isLate && atEnd.kind === 'unexplained'
        ? await explainEmptiness(expr, { hasData: hasDataNow, scraped, recorded })
        : atEnd;
    if (reason.kind === 'unexplained') return came('empty', reason.why);
    return came(reason.kind, 'what' in reason ? words[reason.kind](reason.what) : 'nothing has such a value now');
  } catch (error) {
    if (error instanceof QueryError) return came('error', error.message);
    throw error;
  }
};

const words = {
  lacking: (what: readonly string[]): string => `not on the page: ${what.join(', ')}`,
  young: (what: readonly string[]): string =>
    `looks back further than there is data, has some with less of ${what.join(', ')}`,
};

/** One after another: a proof is no load test. */
const each = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
};

/** Panels with their verdicts as a table, what needs mending first, with its query below it. */
export const formatProofs = (proofs: readonly PanelProof[]): string => {
  const sorted = [...proofs].sort((a, b) => Number(holds(a.verdict)) - Number(holds(b.verdict)));
  const width = (of: (proof: PanelProof) => string): number => Math.max(...proofs.map((proof) => of(proof).length));
  const [boards, panels] = [width(({ board }) => board), width(({ panel }) => panel)];
  return sorted
    .flatMap(({ board, panel, verdict, why, queries }) => [
      `${verdict.padEnd(8)} ${board.padEnd(boards)}  ${panel.padEnd(panels)}  ${why}`,
      ...(holds(verdict)
        ? []
        : queries.filter((query) => !holds(query.verdict)).map(({ refId, expr }) => `         ${refId}: ${expr}`)),
    ])
    .join('\n');
};

/** `112 panels: 98 data, 6 quiet, 8 lacking`. */
export const countProofs = (proofs: readonly PanelProof[]): string => {
  const order: readonly Verdict[] = ['data', 'quiet', 'lacking', 'young', 'empty', 'error'];
  const counts = order.map((verdict) => [verdict, proofs.filter((proof) => proof.verdict === verdict).length] as const);
  return `${proofs.length} panels: ${counts
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')}`;
};
