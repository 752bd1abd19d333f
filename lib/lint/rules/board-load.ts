import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** What a board may ask for at once when it is opened. */
const most = 30;

/** A board does not ask for more than a server likes. */
export const boardLoad = defineRule({
  id: 'board-load',
  on: 'board',
  severity: 'info',
  needs: 'nothing',
  says: 'a board that asks many queries as soon as it is opened, or again every few seconds',
  why: 'All queries outside collapsed rows are asked when the board is opened and at each refresh; a small server answers slowly then, to alerts too. New samples come once in a scrape interval, so faster brings nothing.',
  instead: 'Collapse the rows that are rarely read; refresh once a minute.',

  *check(board) {
    const hidden = new Set(board.rows.filter(({ collapsed }) => collapsed).flatMap(({ panels }) => panels));
    const asked = board.panels
      .filter((panel) => !hidden.has(panel))
      .reduce((sum, { queries }) => sum + queries.filter((query) => !query.hidden).length, 0);
    if (asked > most)
      yield {
        message: `${asked} queries are asked when \`${board.title}\` is opened`,
        culprit: board.title,
        expected: `collapse rows, so that there are at most ${most}`,
        severity: ownSeverity(board, 'warning', 'info'),
      };
    if (board.refresh !== undefined && board.refresh < 10)
      yield {
        message: `\`${board.title}\` asks all its queries every ${board.refresh} seconds`,
        culprit: board.title,
        at: [...board.at, 'refresh'],
        expected: 'refresh once a minute',
      };
  },

  accepts: [
    { name: 'few', query: 'up' },
    {
      name: 'many in a collapsed row',
      board: {
        panels: [
          {
            id: 1,
            type: 'row',
            title: 'More',
            collapsed: true,
            gridPos: { x: 0, y: 0, w: 24, h: 1 },
            panels: [many(31)],
          },
        ],
      },
    },
    { name: 'every ten seconds', board: { refresh: '10s' } },
  ],
  rejects: [
    { name: 'many', board: { panels: [many(31)] }, because: '31 queries' },
    { name: 'every five seconds', board: { refresh: '5s' }, because: 'every 5 seconds' },
  ],
});

function many(number: number): object {
  const targets = Array.from({ length: number }, (_, index) => ({
    refId: `Q${index}`,
    datasource: { type: 'prometheus', uid: 'x' },
    expr: 'up',
  }));
  return { id: 2, type: 'timeseries', title: 'Many', targets };
}
