import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';

const columns = 24;

/** A panel with the width and height that it would like; widths are weights. */
export interface Placed {
  readonly panel: Panel;
  readonly width: number;
  readonly height: number;
}

/**
 * Lines of panels, each exactly 24 columns wide. A line is what was meant to stand together, so it is formed from `all` before
 * what cannot have data (null in `drawn`) leaves; the others then share the room by their weights. Lines of panels of one size that
 * fit into one after that become one: eleven numbers of which six are left are no line of four above one of two.
 */
export const layOut = (
  all: readonly Placed[],
  drawn: (placed: Placed) => boolean,
  y: number,
): { readonly panels: readonly Panel[]; readonly bottom: number } => {
  const panels: Panel[] = [];
  let bottom = y;
  for (const rest of joined(toLines(all).map((line) => line.filter(drawn)))) {
    const height = Math.max(...rest.map((placed) => placed.height));
    let x = 0;
    for (const [index, width] of share(rest.map((placed) => placed.width)).entries()) {
      panels.push({ ...(rest[index] as Placed).panel, gridPos: { x, y: bottom, w: width, h: height } });
      x += width;
    }
    bottom += height;
  }
  return { panels, bottom };
};

const toLines = (all: readonly Placed[]): readonly (readonly Placed[])[] => {
  const lines: Placed[][] = [];
  let room = 0;
  for (const placed of all) {
    if (placed.width > room || lines.length === 0) {
      lines.push([]);
      room = columns;
    }
    (lines.at(-1) as Placed[]).push(placed);
    room -= placed.width;
  }
  return lines;
};

/** The lines that are not empty; whole ones beside each other where all their panels are of one size and there is room. */
const joined = (lines: readonly (readonly Placed[])[]): readonly (readonly Placed[])[] =>
  lines.reduce<readonly (readonly Placed[])[]>((before, line) => {
    const [first] = line;
    if (!first) return before;
    const both = [...(before.at(-1) ?? []), ...line];
    const alike = both.every(({ width, height }) => width === first.width && height === first.height);
    return alike && both.length * first.width <= columns ? [...before.slice(0, -1), both] : [...before, line];
  }, []);

/** 24 columns by weight, whole, each at least one: largest remainders first, the left one where they are equal. */
export const share = (weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (weight / total) * columns);
  const widths = exact.map((width) => Math.max(1, Math.floor(width)));
  const byRemainder = exact
    .map((width, index) => ({ index, remainder: width - Math.floor(width) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const add = (index: number, amount: number): void => void (widths[index] = (widths[index] as number) + amount);
  let left = columns - widths.reduce((a, b) => a + b, 0);
  // Weights so small that they were rounded up to one column take it from the widest.
  for (; left < 0; left++) add(widths.indexOf(Math.max(...widths)), -1);
  for (let next = 0; left > 0; left--, next++)
    add((byRemainder[next % byRemainder.length] as { index: number }).index, 1);
  return widths;
};
