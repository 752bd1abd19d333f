import { isObject, objectsAt, textAt, type Json } from './json';
import { placedIn, type Placed } from './panels';
import { inPanel, type Problem } from './problem';

/** How wide Grafana's grid is. */
export const columns = 24;

/** The places of rows and panels: on the grid, without overlap, every line full, every panel where its row says. */
export const checkGrid = (dashboard: Json): Problem[] => {
  const all = placedIn(dashboard).flatMap(boxOf);
  const top = all.filter(({ placed }) => placed.row === undefined);
  const problems = [...all.flatMap(ownProblems), ...rowProblems(dashboard), ...outOfOrder(top), ...overlaps(top)];
  let section: Section = { boxes: [], start: 0, latest: 0 };
  for (const box of top) {
    if (!box.placed.isRow) {
      section.boxes.push(box);
      continue;
    }
    problems.push(...lineProblems(section), ...gapBefore(box, section));
    const held = all.filter(({ placed }) => placed.row === box.placed.panel);
    problems.push(...overlaps(held), ...lineProblems({ boxes: held, start: box.y + 1, latest: box.y + 1 }));
    section = { boxes: [], start: box.y + 1, latest: Math.max(box.y + 1, ...held.map(bottom)) };
  }
  return [...problems, ...lineProblems(section)];
};

interface Box {
  readonly placed: Placed;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Panels that follow each other without a row between; the next may start from `start` to `latest`. */
interface Section {
  readonly boxes: Box[];
  readonly start: number;
  readonly latest: number;
}

/** Only boxes that are whole numbers: the others are told by the schema. */
const boxOf = (placed: Placed): Box[] => {
  const position = placed.panel['gridPos'];
  if (!isObject(position)) return [];
  const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((key) => position[key]);
  if (![x, y, w, h].every(Number.isSafeInteger)) return [];
  return [{ placed, x: Number(x), y: Number(y), w: Number(w), h: Number(h) }];
};

const bottom = ({ y, h }: Box): number => y + h;
const nameOf = ({ placed }: Box): string => JSON.stringify(textAt(placed.panel, 'title') ?? placed.path);
const at = (box: Box, message: string, got?: unknown): Problem[] =>
  inPanel(box.placed.panel, [{ path: `${box.placed.path}.gridPos`, message, ...(got !== undefined && { got }) }]);

const ownProblems = (box: Box): Problem[] => {
  const { x, w, h, placed } = box;
  if (placed.isRow) return x === 0 && w === columns && h === 1 ? [] : at(box, 'a row is 24 wide, 1 high, at x 0');
  if (x + w > columns) return at(box, `ends at column ${x + w} of ${columns}`, x + w);
  if (placed.panel['repeat'] !== undefined && placed.panel['repeatDirection'] !== 'v' && w !== columns) {
    return at(box, 'repeats side by side, so it takes the whole line: 24 wide, with `maxPerRow`', w);
  }
  return [];
};

/** A collapsed row holds its panels; an expanded one holds none, and loses them at the first save if it does. */
const rowProblems = (dashboard: Json): Problem[] => {
  const problems: Problem[] = [];
  let collapsed: Json | undefined;
  for (const [panel, index] of objectsAt(dashboard, 'panels')) {
    const path = `panels[${index}]`;
    if (panel['type'] !== 'row') {
      if (collapsed !== undefined) {
        const row = JSON.stringify(textAt(collapsed, 'title') ?? '');
        problems.push(...inPanel(panel, [{ path, message: `stands after the collapsed row ${row} and not in it` }]));
      }
      continue;
    }
    const count = objectsAt(panel, 'panels').length;
    collapsed = panel['collapsed'] === true ? panel : undefined;
    if (collapsed !== undefined && count === 0) {
      problems.push(...inPanel(panel, [{ path, message: 'is collapsed and holds no panels' }]));
    }
    if (collapsed === undefined && count > 0) {
      const message = `is expanded, so its ${count} panels belong after it: Grafana loses them at the first save`;
      problems.push(...inPanel(panel, [{ path: `${path}.panels`, message }]));
    }
  }
  return problems;
};

/** Which panels a row has is told by the order in the file, where they stand by their place: both must agree. */
const outOfOrder = (boxes: readonly Box[]): Problem[] =>
  boxes.flatMap((box, index) => {
    const before = boxes[index - 1];
    if (before === undefined || before.y < box.y || (before.y === box.y && before.x <= box.x)) return [];
    return at(box, `comes after ${nameOf(before)} in the file and stands before it on the grid`);
  });

const overlaps = (boxes: readonly Box[]): Problem[] =>
  boxes.flatMap((box, index) =>
    boxes
      .slice(0, index)
      .filter(
        (other) =>
          box.x < other.x + other.w && other.x < box.x + box.w && box.y < bottom(other) && other.y < bottom(box),
      )
      .flatMap((other) => at(box, `overlaps ${nameOf(other)}`)),
  );

const lineProblems = ({ boxes, start, latest }: Section): Problem[] => {
  const problems: Problem[] = [];
  let [from, to] = [start, latest];
  for (const line of linesOf(boxes)) {
    const [first, ...rest] = line;
    if (first === undefined) continue;
    if (first.y > to) problems.push(...at(first, `leaves a gap of ${first.y - to} above it`, first.y));
    else if (first.y < from) problems.push(...at(first, `starts at ${first.y}, inside what stands above it`, first.y));
    problems.push(...fillProblems(line));
    const uneven = rest.find(({ h }) => h !== first.h);
    if (uneven !== undefined)
      problems.push(...at(uneven, `is ${uneven.h} high, beside ${nameOf(first)} with ${first.h}`, uneven.h));
    from = to = Math.max(...line.map(bottom));
  }
  return problems;
};

const linesOf = (boxes: readonly Box[]): Box[][] => {
  const lines = new Map<number, Box[]>();
  for (const box of boxes) lines.set(box.y, [...(lines.get(box.y) ?? []), box]);
  return [...lines.entries()].sort(([a], [b]) => a - b).map(([, line]) => line.sort((a, b) => a.x - b.x));
};

const fillProblems = (line: readonly Box[]): Problem[] => {
  let end = 0;
  for (const box of line) {
    if (box.x > end) return at(box, `leaves a gap of ${box.x - end} columns before it`, box.x);
    end = Math.max(end, box.x + box.w);
  }
  const last = line.at(-1);
  return last !== undefined && end < columns ? at(last, `its line is ${end} of ${columns} columns wide`, end) : [];
};

const gapBefore = (row: Box, { boxes, start, latest }: Section): Problem[] => {
  const from = boxes.length === 0 ? start : Math.max(...boxes.map(bottom));
  const to = Math.max(from, boxes.length === 0 ? latest : from);
  if (row.y > to) return at(row, `leaves a gap of ${row.y - to} above it`, row.y);
  return row.y < from ? at(row, `starts at ${row.y}, inside what stands above it`, row.y) : [];
};
