import { ownSeverity } from '../own-severity';
import { usesIn } from '../board/variable-uses';
import { defineRule } from '../rule';

/** Variables that are there are used. */
export const variableUsed = defineRule({
  id: 'variable-used',
  on: 'variable',
  severity: 'info',
  needs: 'nothing',
  says: 'a variable that nothing on the board uses',
  why: 'It stands at the top of the board, asks the server each time, and changes nothing when somebody chooses.',
  instead: 'Use it, or take it away.',

  *check(variable) {
    const { board, name, type } = variable;
    if (type === 'adhoc' || type === 'groupby' || name === '') return;
    const uses = usesIn(board);
    const where = uses.get(name);
    if (where && [...where].some((definition) => definition !== name)) return;
    if (uses.has('__all_variables') || board.panels.some(({ library }) => library !== undefined)) return;
    yield {
      message: `nothing uses the variable \`${name}\``,
      culprit: name,
      expected: 'use it, or take it away',
      severity: ownSeverity(variable, 'warning', 'info'),
    };
  },

  accepts: [
    { name: 'in a query', variable: { name: 'host' } },
    { name: 'in another variable', variable: { name: 'host' }, board: { title: 'of ${host:text}' }, query: 'up' },
    { name: 'filters, which Grafana adds by itself', variable: { name: 'filters', type: 'adhoc' }, query: 'up' },
    { name: 'a repeat', variable: { name: 'host' }, query: 'up', panel: { repeat: 'host' } },
  ],
  rejects: [{ name: 'nowhere', variable: { name: 'host' }, query: 'up', because: 'nothing uses' }],
});
