import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, share, type Placed } from './layout';

const placed = (id: number, width: number, height = 8): Placed => ({
  panel: { id, type: 'timeseries' } as never,
  width,
  height,
});
const all = (): boolean => true;

describe('share', () => {
  it('fills 24 columns by weight', () => {
    expect(share([3, 3, 3, 3, 3, 3, 3, 3])).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
    expect(share([8, 8])).toEqual([12, 12]);
    expect(share([3, 3, 3, 3, 3, 3, 3])).toEqual([4, 4, 4, 3, 3, 3, 3]);
  });

  it('gives whole columns, each at least one, 24 together, for any weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 12 }), (weights) => {
        const widths = share(weights);
        expect(widths.reduce((a, b) => a + b, 0)).toBe(24);
        expect(widths.every((width) => Number.isInteger(width) && width >= 1)).toBe(true);
      }),
    );
  });
});

describe('layOut', () => {
  it('widens what stays when a neighbour cannot have data, and keeps the line', () => {
    const { panels, bottom } = layOut(
      [placed(1, 8), placed(2, 8), placed(3, 8), placed(4, 24)],
      ({ panel }) => panel.id !== 2,
      5,
    );
    expect(panels.map(({ id, gridPos }) => [id, gridPos?.x, gridPos?.y, gridPos?.w])).toEqual([
      [1, 0, 5, 12],
      [3, 12, 5, 12],
      [4, 0, 13, 24],
    ]);
    expect(bottom).toBe(21);
  });

  it('drops a line of which nothing stays', () => {
    const { panels, bottom } = layOut([placed(1, 24), placed(2, 24)], ({ panel }) => panel.id === 2, 0);
    expect(panels[0]?.gridPos).toEqual({ x: 0, y: 0, w: 24, h: 8 });
    expect(bottom).toBe(8);
  });

  it('joins lines of panels of one size when what is left of both fits into one, and only then', () => {
    const numbers = [...Array(11)].map((_, id) => placed(id, 3, 4));
    const widths = (left: (id: number) => boolean): readonly (readonly number[])[] => {
      const { panels } = layOut(numbers, ({ panel }) => left(panel.id as number), 0);
      const tops = [...new Set(panels.map(({ gridPos }) => gridPos?.y))];
      return tops.map((top) =>
        panels.filter(({ gridPos }) => gridPos?.y === top).map(({ gridPos }) => gridPos?.w ?? 0),
      );
    };
    expect(widths((id) => id % 2 === 0)).toEqual([[4, 4, 4, 4, 4, 4]]);
    expect(widths((id) => id > 1)).toEqual([
      [4, 4, 4, 4, 4, 4],
      [8, 8, 8],
    ]);
    const pairs = [placed(1, 12), placed(2, 12), placed(3, 12), placed(4, 12)];
    const one = layOut(pairs, ({ panel }) => panel.id !== 2, 0);
    expect(one.panels.map(({ gridPos }) => gridPos?.w)).toEqual([24, 12, 12]);
    const two = layOut([placed(1, 12), placed(2, 12), placed(3, 24), placed(4, 12)], ({ panel }) => panel.id !== 2, 0);
    expect(two.panels.map(({ gridPos }) => gridPos?.w)).toEqual([24, 24, 24]);
  });

  it('never overlaps and leaves no hole, whatever is left out', () => {
    const panel = fc.record({
      width: fc.integer({ min: 1, max: 24 }),
      height: fc.integer({ min: 3, max: 20 }),
      drawn: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(panel, { maxLength: 30 }), (wanted) => {
        const { panels, bottom } = layOut(
          wanted.map(({ width, height }, id) => placed(id, width, height)),
          ({ panel: { id } }) => wanted[id as number]?.drawn === true,
          0,
        );
        const cells = new Set<string>();
        for (const { gridPos } of panels) {
          const { x, y, w, h } = gridPos as { x: number; y: number; w: number; h: number };
          for (let row = y; row < y + h; row++)
            for (let column = x; column < x + w; column++) cells.add(`${row},${column}`);
        }
        expect(cells.size).toBe(panels.reduce((sum, { gridPos }) => sum + (gridPos?.w ?? 0) * (gridPos?.h ?? 0), 0));
        expect(cells.size).toBe(bottom * 24);
      }),
    );
  });

  it('draws nothing of nothing', () => expect(layOut([], all, 3)).toEqual({ panels: [], bottom: 3 }));
});
