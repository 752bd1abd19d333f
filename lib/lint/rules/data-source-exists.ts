import { defineRule } from '../rule';
import type { DataSourceRef, Panel } from '../subject';

/** Our own boards ask data sources that the homelab has. */
export const dataSourceExists = defineRule({
  id: 'data-source-exists',
  on: 'board',
  severity: 'error',
  needs: 'nothing',
  says: 'a data source that the homelab does not have, or of another kind',
  why: 'Grafana writes `Data source not found` in the panel.',
  instead: 'Name one of `dataSources` in the homelab file.',

  *check(board, { homelab }) {
    if (!homelab || !board.document.own) return;
    const known = new Map(Object.values(homelab.dataSources).map(({ uid, kind }) => [uid, kind as string]));
    const told = new Set<string>();
    for (const panel of board.panels)
      for (const { type, uid } of refsOf(panel)) {
        if (
          uid === undefined ||
          /\$|\[\[|^-- |^-100$|^__expr__$|^grafana$/.test(uid) ||
          known.has(uid) ||
          told.has(uid)
        )
          continue;
        told.add(uid);
        yield {
          message: `\`${panel.title}\` asks the data source \`${uid}\`${type ? ` (${type})` : ''}, which the homelab does not have`,
          culprit: uid,
          at: panel.at,
          expected: `name one of ${[...known.keys()].map((one) => `\`${one}\``).join(', ')}`,
        };
      }
  },

  accepts: [{ name: 'a file of somebody else', panel: { datasource: { type: 'prometheus', uid: 'abc' } } }],
  rejects: [
    {
      name: 'a uid that nobody has',
      own: true,
      homelab: { hosts: [{ name: 'nas', address: '192.168.1.10' }] },
      panel: { datasource: { type: 'prometheus', uid: 'abc' } },
      because: 'the data source `abc`',
    },
  ],
});

const refsOf = ({ dataSource, queries }: Panel): readonly DataSourceRef[] =>
  [dataSource, ...queries.map((query) => query.dataSource)].filter((ref): ref is DataSourceRef => ref !== undefined);
