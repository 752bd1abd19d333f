import { describe, expect, it } from 'vitest';
import { splitLayout } from './dashboard-json';

const place = (y: number): object => ({ x: 0, y, w: 24, h: 1 });

describe('splitLayout', () => {
  const board = {
    title: 'A',
    panels: [
      { id: 7, type: 'row', gridPos: place(0), panels: [{ id: 9, title: 'inside', gridPos: place(1) }] },
      { id: 8, title: 'below', gridPos: place(2) },
    ],
  };

  it('keeps places apart, one line a panel, and everything else', () => {
    const { content, layout } = splitLayout(board);
    expect(JSON.parse(content)).toEqual({
      title: 'A',
      panels: [
        { id: 7, type: 'row', panels: [{ id: 9, title: 'inside' }] },
        { id: 8, title: 'below' },
      ],
    });
    expect(JSON.parse(layout)).toEqual({ 7: place(0), 8: place(2), 9: place(1) });
    expect(layout.split('\n')).toHaveLength(6);
  });

  it('changes nothing else when a panel moves', () => {
    const moved = { ...board, panels: board.panels.map((panel) => ({ ...panel, gridPos: place(5) })) };
    expect(splitLayout(moved).content).toBe(splitLayout(board).content);
  });
});
