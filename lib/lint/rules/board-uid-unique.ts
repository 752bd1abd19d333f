import { defineRule } from '../rule';
import type { Board } from '../subject';

/** Each board has a uid of its own. */
export const boardUidUnique = defineRule({
  id: 'board-uid-unique',
  on: 'board',
  severity: 'error',
  needs: 'nothing',
  says: 'two boards with the same uid',
  why: 'The uid is how Grafana knows a board: of two with the same one, the later overwrites the earlier without a word, again at each reload.',
  instead: 'Give each board its own uid.',

  *check(board, { all }) {
    if (board.uid === undefined) return;
    const first = firstWith(all.boards, board.uid);
    if (!first || first === board) return;
    const same = first.title === board.title;
    yield {
      message: `the uid \`${board.uid}\` is also that of \`${first.title}\` in ${first.document.file}`,
      culprit: board.uid,
      at: [...board.at, 'uid'],
      expected: 'give each board its own uid',
      // A copy of the same board, for another place or version, is never loaded beside it.
      ...(same && { severity: 'info' as const }),
    };
  },

  accepts: [{ name: 'two uids', files: { 'a.json': board('a', 'A'), 'b.json': board('b', 'B') } }],
  rejects: [
    {
      name: 'one uid',
      files: { 'a.json': board('a', 'A'), 'b.json': board('a', 'B') },
      because: 'is also that of `A`',
    },
    { name: 'a copy', files: { 'a.json': board('a', 'A'), 'b.json': board('a', 'A') }, because: 'is also that of `A`' },
  ],
});

function board(uid: string, title: string): string {
  return JSON.stringify({ uid, title, schemaVersion: 42, panels: [] });
}

const made = new WeakMap<object, ReadonlyMap<string, Board>>();

const firstWith = (boards: readonly Board[], uid: string): Board | undefined => {
  let first = made.get(boards);
  if (!first) {
    const found = new Map<string, Board>();
    for (const one of boards) if (one.uid !== undefined && !found.has(one.uid)) found.set(one.uid, one);
    made.set(boards, (first = found));
  }
  return first.get(uid);
};
