import { ownSeverity } from '../own-severity';
import { defineRule } from '../rule';

/** A board has a title, and a uid that stays. */
export const boardIdentity = defineRule({
  id: 'board-identity',
  on: 'board',
  severity: 'info',
  needs: 'nothing',
  says: 'a board without a title, or without a uid',
  why: 'Without a title Grafana refuses the file. Without a uid it makes up a new one at each import, and links to the board break.',
  instead: 'Give it both.',

  *check(board) {
    if (board.title.trim() === '')
      yield {
        message: 'the board has no title, so Grafana does not take it',
        culprit: board.uid ?? 'title',
        expected: 'give it a title',
        severity: 'warning',
      };
    if (/^new dashboard( copy)?$/i.test(board.title.trim()))
      yield {
        message: `the title is still the editor's: \`${board.title}\``,
        culprit: board.title,
        expected: 'name what the board is about',
        severity: ownSeverity(board, 'warning', 'info'),
      };
    if (board.uid === undefined)
      yield {
        message: `\`${board.title}\` has no uid, so links to it break when it is imported again`,
        culprit: board.title,
        expected: 'give it a uid',
        severity: ownSeverity(board, 'warning', 'info'),
      };
    else if (board.uid.length > 40)
      yield {
        message: `the uid \`${board.uid}\` has ${board.uid.length} characters, of which Grafana takes 40`,
        culprit: board.uid,
        expected: 'give it a shorter one',
        severity: 'error',
      };
  },

  accepts: [
    { name: 'both', board: { uid: 'a', title: 'A' } },
    { name: 'a uid of 40', board: { uid: 'a'.repeat(40) } },
  ],
  rejects: [
    { name: 'no title', board: { title: '' }, because: 'has no title' },
    { name: 'no uid', board: { uid: undefined }, because: 'has no uid' },
    { name: 'a long uid', board: { uid: 'a'.repeat(41) }, because: '41 characters' },
  ],
});
