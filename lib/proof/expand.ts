import type { Board, BoardAnnotation, BoardPanel, BoardTarget, DataSourceReference } from './board';
import { panelsOf } from './board';
import { expandMacros, stepsOf, type TimeRange } from './grafana-interval';
import { openPicker, Scope, type OpenPicker, type Pick } from './pickers';
import type { Prometheus } from './prometheus';
import { Hopeless } from './until';

/** One query as Grafana sends it when the board is opened: nothing in it is left to expand. */
export interface ExpandedQuery {
  readonly refId: string;
  readonly expr: string;
  /** As the browser sends it to Grafana, which expands the rest. */
  readonly sent: SentQuery;
  readonly instant: boolean;
  /** Aligned to the step, as the plugin does. An instant query asks for `end`. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** uid of the data source. */
  readonly dataSource: string;
}

/** A query of `POST /api/ds/query`: the board's variables are filled in, `$__rate_interval` and its like are not. */
export interface SentQuery {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly expr: string;
  readonly instant: boolean;
  readonly range: boolean;
  readonly interval: string;
  readonly intervalMs: number;
  readonly maxDataPoints: number;
}

export interface ExpandedPanel {
  readonly panel: BoardPanel;
  /** Queries for Prometheus. */
  readonly queries: readonly ExpandedQuery[];
  /** Kinds of other data sources that it asks. */
  readonly others: readonly string[];
}

export interface ExpandedBoard {
  readonly board: Board;
  /** Values that the pickers hold when the board is opened, and all that they offer. */
  readonly variables: readonly OpenPicker[];
  readonly panels: readonly ExpandedPanel[];
  readonly annotations: readonly (ExpandedQuery & { readonly name: string })[];
}

/**
 * Opens a board as a browser does: asks for the values of its pickers, in order, then expands every query. `look`: the time that is
 * chosen afterwards, while the pickers stay as they are.
 */
export const expandBoard = async (
  board: Board,
  prometheus: Prometheus,
  range: TimeRange,
  pick: Pick = 'opening',
  look: TimeRange = range,
): Promise<ExpandedBoard> => {
  const scope = new Scope();
  const variables: OpenPicker[] = [];
  for (const variable of board.templating?.list ?? [])
    variables.push(await openPicker(variable, scope, prometheus, range, pick));
  return {
    board,
    variables,
    panels: panelsOf(board).map((panel) => expandPanel(panel, scope, look)),
    annotations: (board.annotations?.list ?? []).flatMap((annotation) => expandAnnotation(annotation, scope, look)),
  };
};

const expandPanel = (panel: BoardPanel, scope: Scope, range: TimeRange): ExpandedPanel => {
  const shown = (panel.targets ?? []).filter(({ hide }) => !hide);
  const kind = (target: BoardTarget): string => (target.datasource ?? panel.datasource)?.type ?? 'unknown';
  return {
    panel,
    queries: shown
      .filter((target) => kind(target) === 'prometheus' && target.expr !== undefined)
      .map((target) => expandTarget(target, panel, scope, range)),
    others: shown.map(kind).filter((name) => name !== 'prometheus'),
  };
};

const expandTarget = (target: BoardTarget, panel: BoardPanel, scope: Scope, range: TimeRange): ExpandedQuery => {
  const steps = stepsOf(panel, target, range);
  const written = scope.replace(target.expr ?? '');
  const expr = expandMacros(written, steps, range);
  // `$1` and its like belong to label_replace.
  const left = /\$\{?[a-zA-Z_]\w*/.exec(expr)?.[0];
  if (left) throw new Hopeless(`${panel.title} ${target.refId}: \`${left}\` is no variable of this board`);
  const instant = target.instant === true && target.range !== true;
  const dataSource = uidOf(target.datasource ?? panel.datasource, scope);
  return {
    refId: target.refId,
    expr,
    sent: {
      refId: target.refId,
      datasource: { type: 'prometheus', uid: dataSource },
      expr: written,
      instant,
      range: !instant,
      interval: target.interval ?? '',
      intervalMs: steps.interval * 1000,
      maxDataPoints: steps.maxDataPoints,
    },
    instant,
    start: Math.floor(range.from / steps.step) * steps.step,
    end: Math.floor(range.to / steps.step) * steps.step,
    step: steps.step,
    dataSource,
  };
};

const expandAnnotation = (
  { name, enable, datasource, target }: BoardAnnotation,
  scope: Scope,
  range: TimeRange,
): readonly (ExpandedQuery & { readonly name: string })[] => {
  if (enable === false || datasource?.type !== 'prometheus' || !target?.expr) return [];
  const asTarget = {
    refId: 'Anno',
    expr: target.expr,
    range: true,
    datasource,
    ...(target.interval && { interval: target.interval }),
  };
  return [{ ...expandTarget(asTarget, { id: 0, type: 'annotation', title: name }, scope, range), name }];
};

const uidOf = (reference: DataSourceReference | undefined, scope: Scope): string => scope.replace(reference?.uid ?? '');
