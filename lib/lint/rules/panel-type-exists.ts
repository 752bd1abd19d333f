import { nearest } from '../../nearest';
import { cataloguePanels, corePanels, removedPanels } from '../panel/plugins';
import { defineRule } from '../rule';
import type { Panel } from '../subject';

/** The panels of a board are of types that Grafana has. */
export const panelTypeExists = defineRule({
  id: 'panel-type-exists',
  on: 'board',
  severity: 'warning',
  needs: 'nothing',
  says: 'a panel of a type that Grafana does not have, or no longer',
  why: 'In place of a panel whose plugin is missing, Grafana draws a box saying that it was not found. Since version 12 it loads no plugin that was written for AngularJS; the old core panels are turned into their successors each time the board is opened.',
  instead: 'Take one of the core panels; save the board once in a current Grafana to have old ones rewritten.',

  *check(board) {
    const byType = new Map<string, Panel[]>();
    for (const panel of board.panels) {
      const { type, library } = panel;
      if (type === '' || library !== undefined || type === 'library-panel-ref' || type.includes('$')) continue;
      if (corePanels.has(type) || cataloguePanels.has(type)) continue;
      byType.set(type, [...(byType.get(type) ?? []), panel]);
    }
    for (const [type, [first, ...more]] of byType) {
      if (!first) continue;
      const removed = removedPanels.get(type);
      const many = more.length > 0 ? `, here and in ${more.length} more` : '';
      if (removed)
        yield {
          message: removed.migrated
            ? `panels of type \`${type}\` are gone since Grafana ${removed.since}, which shows \`${removed.instead}\` in their place${many}`
            : `panels of type \`${type}\` do not load in Grafana ${removed.since} and later${many}`,
          culprit: type,
          at: first.at,
          expected: `use \`${removed.instead}\``,
          severity: removed.migrated ? 'info' : 'warning',
        };
      else {
        const near = nearest(type, corePanels).filter((name) => !type.includes('-') || name.includes('-'));
        yield {
          message: `\`${type}\` is no panel that comes with Grafana${many}`,
          culprit: type,
          at: first.at,
          expected:
            near.length > 0 ? 'use a type that exists' : 'see that its plugin is installed where the board goes',
          nearest: near,
          severity: near.length > 0 ? 'warning' : 'info',
        };
      }
    }
  },

  accepts: [
    { name: 'a core panel', panel: { type: 'state-timeline' } },
    { name: 'one of the catalogue', panel: { type: 'grafana-polystat-panel' } },
  ],
  rejects: [
    { name: 'an old core panel', panel: { type: 'graph' }, because: 'gone since Grafana 11' },
    { name: 'a misspelt one', panel: { type: 'timeserie' }, because: 'no panel that comes with Grafana' },
    {
      name: 'one that needs AngularJS',
      panel: { type: 'flant-statusmap-panel' },
      because: 'do not load in Grafana 12',
    },
    { name: 'an unknown plugin', panel: { type: 'acme-rocket-panel' }, because: 'no panel that comes with Grafana' },
  ],
});
