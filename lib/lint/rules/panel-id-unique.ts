import { defineRule } from '../rule';

/** Each panel of a board has an id of its own. */
export const panelIdUnique = defineRule({
  id: 'panel-id-unique',
  on: 'board',
  severity: 'error',
  needs: 'nothing',
  says: 'two panels of a board with the same id',
  why: 'Links to a panel, alerts on it and its queries go by id: Grafana opens another panel than was meant, and gives one of them a new id when the board is opened.',
  instead: 'Give each panel its own id, or none at all.',

  *check(board) {
    const seen = new Map<number, string>();
    for (const { id, title, type, at } of board.panels) {
      if (id === undefined || id === 0 || at.includes('__elements')) continue;
      const before = seen.get(id);
      if (before !== undefined)
        yield {
          message: `\`${before}\` and \`${title || type}\` have the same id \`${id}\``,
          culprit: String(id),
          at,
          expected: 'give each its own id',
        };
      else seen.set(id, title || type);
    }
  },

  accepts: [
    { name: 'two ids', board: two(1, 2) },
    { name: 'none, which Grafana gives', board: two(undefined, undefined) },
  ],
  rejects: [{ name: 'one id', board: two(3, 3), because: 'the same id `3`' }],
});

function two(...ids: readonly (number | undefined)[]): object {
  return {
    panels: ids.map((id, index) => ({
      id,
      type: 'text',
      title: `Text ${index}`,
      gridPos: { x: 12 * index, y: 0, w: 12, h: 8 },
    })),
  };
}
