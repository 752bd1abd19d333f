import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** Panels can be told apart by their titles. */
export const panelTitleUnique = defineRule({
  id: 'panel-title-unique',
  on: 'board',
  severity: 'info',
  needs: 'nothing',
  says: 'two panels of the same title and type in one row',
  why: 'In a link, an alert or a talk nobody knows which of them is meant.',
  instead: 'Say in each title what is different.',

  *check(board) {
    const seen = new Set<string>();
    const told = new Set<string>();
    for (const { title, type, row, at, library, repeat } of board.panels) {
      if (title.trim() === '' || library !== undefined || repeat !== undefined || at.includes('__elements')) continue;
      const key = JSON.stringify([title, type, row]);
      if (seen.has(key) && !told.has(key)) {
        told.add(key);
        yield {
          message: `two panels are called \`${title}\`${row ? ` in the row \`${row}\`` : ''}`,
          culprit: title,
          at,
          expected: 'say in each title what is different',
          severity: ownSeverity(board, 'warning', 'info'),
        };
      }
      seen.add(key);
    }
  },

  accepts: [
    { name: 'two titles', board: two('Read', 'Written') },
    {
      name: 'a number and its history',
      board: {
        panels: [
          { id: 1, type: 'stat', title: 'Load' },
          { id: 2, type: 'timeseries', title: 'Load' },
        ],
      },
    },
  ],
  rejects: [{ name: 'the same', board: two('Disk', 'Disk'), because: 'are called `Disk`' }],
});

function two(...titles: readonly string[]): object {
  return {
    panels: titles.map((title, index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      gridPos: { x: 12 * index, y: 0, w: 12, h: 8 },
    })),
  };
}
