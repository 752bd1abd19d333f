import { defineRule } from '../rule';

/** Boards that others are to use do not name one server's data source. */
export const dataSourceVariable = defineRule({
  id: 'data-source-variable',
  on: 'board',
  severity: 'info',
  needs: 'nothing',
  says: 'a board that names a data source by its uid',
  why: 'A uid is of one Grafana. Anybody who imports the board elsewhere gets `Data source not found` in each panel.',
  instead: 'Add a variable of type `datasource` and let panels use `${datasource}`.',

  *check(board) {
    if (board.document.own) return;
    const counted = new Map<string, number>();
    for (const panel of board.panels)
      for (const uid of new Set(
        [panel.dataSource, ...panel.queries.map(({ dataSource }) => dataSource)].map((ref) =>
          fixed(ref?.type) ? ref?.uid : undefined,
        ),
      ))
        if (uid !== undefined && uid !== '' && !/\$|\[\[|^-- |^-100$|^grafana$/.test(uid))
          counted.set(uid, (counted.get(uid) ?? 0) + 1);
    for (const [uid, panels] of counted)
      yield {
        message: `the data source is fixed: \`${uid}\`, in ${panels === 1 ? 'one panel' : `${panels} panels`}`,
        culprit: uid,
        expected: 'use a variable of type `datasource`',
      };
  },

  accepts: [
    { name: 'a variable', panel: { datasource: { type: 'prometheus', uid: '${datasource}' } } },
    { name: 'several in one panel', panel: { datasource: { type: 'datasource', uid: '-- Mixed --' } } },
  ],
  rejects: [
    { name: 'a uid', panel: { datasource: { type: 'prometheus', uid: 'PBFA97CFB590B2093' } }, because: 'is fixed' },
  ],
});

const fixed = (type: string | undefined): boolean =>
  type !== 'mixed' && type !== 'dashboard' && type !== 'grafana' && type !== '__expr__';
