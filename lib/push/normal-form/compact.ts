/** Where a panel stands on the grid of a dashboard. */
export interface Box {
  y: number;
  readonly x: number;
  readonly w: number;
  readonly h: number;
}

/** How wide Grafana's grid is. */
const columns = 24;
/** Far more boxes than a dashboard has, each over the next. */
const deepest = 500;

/**
 * The boxes as Grafana's browser shows them and saves them: inside the grid, moved up as far as they go, none over another, in reading order.
 * The way of react-grid-layout 1.4.4, which Grafana 12.3 uses: what comes first in reading order, then in the list, takes its place first.
 */
export const compact = <T extends Box>(boxes: readonly T[]): T[] => {
  const waiting = boxes.map(inside).sort(byPlace);
  const placed: T[] = [];
  waiting.forEach((waits, index) => {
    const box = { ...waits, y: Math.min(bottomOf(placed), waits.y) };
    let met = firstMet(box, placed);
    if (met === undefined)
      box.y = bottomOf(placed.filter((other) => !isBeside(box, other) && other.y + other.h <= box.y));
    for (; met !== undefined; met = firstMet(box, placed)) pushDown(waiting, index, box, met.y + met.h);
    placed.push(box);
  });
  return placed.sort(byPlace);
};

const inside = <T extends Box>(box: T): T => {
  const isWide = box.w > columns;
  const x = isWide ? 0 : Math.max(Math.min(box.x, columns - box.w), 0);
  return { ...box, x, w: isWide ? columns : box.w, y: Math.max(box.y, 0) };
};

const byPlace = (left: Box, right: Box): number => left.y - right.y || left.x - right.x;

const bottomOf = (boxes: readonly Box[]): number => boxes.reduce((most, { y, h }) => Math.max(most, y + h), 0);

const isBeside = (left: Box, right: Box): boolean => left.x + left.w <= right.x || right.x + right.w <= left.x;

const collides = (left: Box, right: Box): boolean =>
  !isBeside(left, right) && left.y < right.y + right.h && right.y < left.y + left.h;

const firstMet = <T extends Box>(box: Box, placed: readonly T[]): T | undefined =>
  placed.find((other) => collides(box, other));

/** Moves a box down, and before it what it would meet among those that still wait for their place. */
const pushDown = (waiting: readonly Box[], index: number, box: Box, to: number, depth = 0): void => {
  box.y += 1;
  for (let next = index + 1; next < waiting.length && depth < deepest; next++) {
    const other = waiting[next];
    if (other === undefined || other.y > box.y + box.h) break;
    if (collides(box, other)) pushDown(waiting, next, other, to + box.h, depth + 1);
  }
  box.y = to;
};
