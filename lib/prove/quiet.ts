import { toSeconds } from '../duration';
import type { Board } from '../proof/board';
import { expandBoard, type ExpandedBoard, type ExpandedQuery } from '../proof/expand';
import type { Prometheus } from '../proof/prometheus';
import type { PanelProof } from '../proof/prove';
import { readsOf, type Reader, type Reads } from './reads';

/** A panel that rightly shows nothing while all is well, and what it asks: an incident may make it show something. */
export interface QuietPanel {
  readonly board: string;
  readonly panel: string;
  readonly type: string;
  /** As they were sent when the board was opened. */
  readonly queries: readonly ExpandedQuery[];
  /** The board that it is on. */
  readonly source: Board;
  /** Its number there; null for a mark. */
  readonly id: number | null;
}

/** Of the panels and marks of a board those that select by value and found nothing to select. */
export const quietPanels = (source: Board, proofs: readonly PanelProof[]): readonly QuietPanel[] =>
  proofs
    .filter(({ verdict }) => verdict === 'quiet')
    .map(({ board, panel, type, asked = [], model }) => ({
      board,
      panel,
      type,
      queries: asked,
      source,
      id: model?.id ?? null,
    }));

/** What it reads. */
export const readersOfQuiet = ({ queries }: QuietPanel): readonly Reader[] =>
  queries.map(({ expr }) => ({ expr, seconds: 0 }));

const known = new WeakMap<QuietPanel, Reads>();

/** Which metrics it reads; worked out once. */
export const readsOfQuiet = (panel: QuietPanel): Reads => {
  const reads = known.get(panel) ?? readsOf(readersOfQuiet(panel));
  known.set(panel, reads);
  return reads;
};

/** Whether it shows alerts: then whatever fires makes it. */
export const isOfAlerts = (panel: QuietPanel): boolean => readsOfQuiet(panel).reads('ALERTS');

/** How somebody looks at a board while something goes wrong. */
export interface Look {
  /** The moment, in seconds since 1970. */
  readonly at: number;
  /** What the pickers hold that offer it. */
  readonly about: string;
  /** How much is looked at, in seconds. Default: what the board opens with. */
  readonly seconds?: number;
}

/**
 * How somebody looks who heard of an incident: at what it befell, half an hour after it began, when it has lasted until now, and then at
 * the last hour only. The first sees what is new for an hour at most, the last what is gone from all of the time shown.
 */
export const looksAt = (
  about: string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Look[] => [
  { at: to, about },
  { at: from + 1_800, about },
  { at: to, about, seconds: 3_600 },
];

/** Asks one server what quiet panels show. A board is opened once for all of its panels. */
export class QuietPanels {
  private readonly opened = new Map<string, Promise<ExpandedBoard>>();

  constructor(private readonly prometheus: Prometheus) {}

  /** Whether one has something to show when its board is opened. */
  showsAsOpened({ queries }: QuietPanel): Promise<boolean> {
    return this.gives(queries);
  }

  /** Whether one has something to show to somebody who looks so. */
  async showsTo(look: Look, panel: QuietPanel): Promise<boolean> {
    const { panels, annotations } = await this.open(look, panel);
    return this.gives(
      panel.id === null
        ? annotations.filter(({ name }) => name === panel.panel)
        : panels.flatMap((one) => (one.panel.id === panel.id ? one.queries : [])),
    );
  }

  private open({ at, about, seconds }: Look, { source }: QuietPanel): Promise<ExpandedBoard> {
    const key = [source.uid, at, about, seconds].join('\n');
    const known = this.opened.get(key);
    if (known) return known;
    const range = { from: at - rangeOf(source), to: at };
    const look = { from: at - (seconds ?? rangeOf(source)), to: at };
    const opening = expandBoard(source, this.prometheus, range, { about }, look);
    this.opened.set(key, opening);
    return opening;
  }

  private async gives(queries: readonly ExpandedQuery[]): Promise<boolean> {
    for (const query of queries) {
      const series = await (query.instant
        ? this.prometheus.instant(query.expr, query.end)
        : this.prometheus.range(query.expr, query));
      if (series.some(({ samples }) => samples.some(([, value]) => !Number.isNaN(value)))) return true;
    }
    return false;
  }
}

/** Seconds that a board shows when it is opened. */
export const rangeOf = ({ time }: Board): number => {
  const [, reach] = /^now-(\w+)$/.exec(time?.from ?? '') ?? [];
  return reach ? toSeconds(reach.replace(/M$/, 'd')) : 6 * 3_600;
};
