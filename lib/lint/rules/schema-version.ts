import { defineRule } from '../rule';

/** The oldest schema that was written by a Grafana of the last years: 7.5. */
const old = 27;

/** Boards are written in a schema that is still in use. */
export const schemaVersion = defineRule({
  id: 'schema-version',
  on: 'board',
  severity: 'info',
  needs: 'nothing',
  says: 'a board in the schema of an old Grafana',
  why: 'Grafana rewrites old boards each time that it opens them, and what it makes of panels that are gone is not always what was meant.',
  instead: 'Open it in a current Grafana, look at each panel, and save it.',

  *check(board) {
    if (board.schemaVersion === undefined || board.schemaVersion >= old) return;
    yield {
      message: `\`${board.title}\` has schema version \`${board.schemaVersion}\`, of a Grafana before 7.5`,
      culprit: String(board.schemaVersion),
      at: [...board.at, 'schemaVersion'],
      expected: 'save it once in a current Grafana',
    };
  },

  accepts: [
    { name: 'a current one', board: { schemaVersion: 41 } },
    { name: 'that of 7.5', board: { schemaVersion: 27 } },
  ],
  rejects: [{ name: 'an old one', board: { schemaVersion: 16 }, because: 'schema version `16`' }],
});
