import { defineRule } from '../rule';
import type { Report } from '../finding';
import type { Board, Grid, Panel, Path } from '../subject';

/** Panels lie beside each other on 24 columns. */
export const layout = defineRule({
  id: 'layout',
  on: 'board',
  severity: 'warning',
  needs: 'nothing',
  says: 'panels that overlap, reach beyond the 24 columns, have no size, or a row with nothing in it',
  why: 'Grafana pushes overlapping panels down and cuts wide ones, so the board looks other than it was laid out, and other again after it is saved.',
  instead: 'Give each panel its own place: x + w at most 24.',

  *check(board) {
    for (const { grid, at, what } of placed(board)) {
      const wrong = flaw(grid);
      if (wrong)
        yield { message: `${what} ${wrong.message}`, culprit: what, at: [...at, 'gridPos'], expected: wrong.expected };
    }
    const groups = groupsOf(board);
    for (const panels of groups) yield* overlaps(panels, board.document.own);
    for (const row of board.rows)
      if (row.panels.length === 0 && row.grid !== undefined && row.repeat === undefined)
        yield {
          message: `the row \`${row.title}\` has no panels`,
          culprit: row.title,
          at: row.at,
          expected: 'take it away',
          severity: board.document.own ? 'warning' : 'info',
        };
  },

  accepts: [
    { name: 'side by side', board: panels([0, 0, 12, 8], [12, 0, 12, 8]) },
    { name: 'below each other', board: panels([0, 0, 24, 8], [0, 8, 24, 8]) },
    {
      name: 'in two collapsed rows, which are never open at the same place',
      board: { panels: [row(0, 1), row(1, 2)] },
    },
  ],
  rejects: [
    { name: 'overlapping', board: panels([0, 0, 13, 8], [12, 0, 12, 8]), because: 'overlap' },
    { name: 'too wide', board: panels([12, 0, 13, 8]), because: 'column 25' },
    { name: 'without height', board: panels([0, 0, 12, 0]), because: 'no height' },
    { name: 'left of the board', board: panels([-1, 0, 12, 8]), because: 'left of' },
    {
      name: 'an empty row',
      board: {
        panels: [
          { id: 1, type: 'row', title: 'Disks', collapsed: true, panels: [], gridPos: { x: 0, y: 0, w: 24, h: 1 } },
        ],
      },
      because: 'has no panels',
    },
  ],
});

function panels(...places: readonly (readonly [x: number, y: number, w: number, h: number])[]): object {
  return { panels: places.map(([x, y, w, h], index) => panelAt(index + 1, { x, y, w, h })) };
}

function panelAt(id: number, gridPos: Grid): object {
  return { id, type: 'text', title: `Panel ${id}`, gridPos };
}

function row(y: number, id: number): object {
  return {
    id: 10 + id,
    type: 'row',
    title: `Row ${id}`,
    collapsed: true,
    gridPos: { x: 0, y, w: 24, h: 1 },
    panels: [panelAt(id, { x: 0, y: 1, w: 24, h: 8 })],
  };
}

/** Panels that lie on one grid: those of a collapsed row have their own, as has each row of the v2 schema; what lies in tabs is not told apart. */
const groupsOf = (board: Board): readonly (readonly Panel[])[] => {
  const isV2 = board.document.format === 'v2-dashboard';
  if (isV2 && JSON.stringify(board.json['layout'] ?? '').includes('"TabsLayout"')) return [];
  const apart = board.rows.filter(({ collapsed }) => collapsed || isV2).map(({ panels }) => panels);
  const inside = new Set(apart.flat());
  return [board.panels.filter((panel) => !inside.has(panel) && !isCarried(panel)), ...apart];
};

const placed = (board: Board): readonly { readonly grid: Grid; readonly at: Path; readonly what: string }[] =>
  board.panels.flatMap((panel) =>
    panel.grid && !isCarried(panel) ? [{ grid: panel.grid, at: panel.at, what: nameOf(panel) }] : [],
  );

/** A library panel that an export carries: it lies nowhere. */
const isCarried = ({ at }: Panel): boolean => at.includes('__elements');

const nameOf = ({ title, type, id }: Panel): string => `\`${title || `${type} ${id ?? ''}`.trim()}\``;

const flaw = ({ x, y, w, h }: Grid): { readonly message: string; readonly expected: string } | undefined => {
  if (w <= 0) return { message: 'has no width', expected: 'give it a width of 1 to 24' };
  if (h <= 0) return { message: 'has no height', expected: 'give it a height of at least 1' };
  if (x < 0 || y < 0)
    return { message: `lies ${x < 0 ? 'left of' : 'above'} the board`, expected: 'give it a place from 0 on' };
  if (x + w > 24)
    return { message: `reaches to column ${x + w} of 24`, expected: `make it ${Math.max(1, 24 - x)} columns wide` };
  return undefined;
};

const overlaps = function* (panels: readonly Panel[], own: boolean): Generator<Report> {
  const sorted = panels.filter(({ grid, repeat }) => grid && !repeat && !flaw(grid)).sort((a, b) => top(a) - top(b));
  for (const [index, panel] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const other = sorted[next] as Panel;
      if (top(other) >= bottom(panel)) break;
      if (!beside(panel.grid as Grid, other.grid as Grid)) {
        yield {
          message: `${nameOf(panel)} and ${nameOf(other)} overlap`,
          culprit: nameOf(other),
          at: [...other.at, 'gridPos'],
          expected: 'give each its own place',
          // Grafana pushes down what begins lower, and it looks as it was meant.
          ...(!own && top(panel) < top(other) && { severity: 'info' as const }),
        };
        break;
      }
    }
  }
};

const top = ({ grid }: Panel): number => (grid as Grid).y;
const bottom = ({ grid }: Panel): number => (grid as Grid).y + (grid as Grid).h;
const beside = (one: Grid, other: Grid): boolean => one.x + one.w <= other.x || other.x + other.w <= one.x;
