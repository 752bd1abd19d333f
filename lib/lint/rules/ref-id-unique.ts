import { defineRule } from '../rule';

/** Each query of a panel has a letter of its own. */
export const refIdUnique = defineRule({
  id: 'ref-id-unique',
  on: 'panel',
  severity: 'error',
  needs: 'nothing',
  says: 'two queries of a panel with the same refId',
  why: 'Answers are handed to panels by refId: of two with the same one Grafana shows the first twice, or refuses the request.',
  instead: 'Give each query its own letter.',

  *check(panel) {
    const targets = panel.json['targets'];
    if (!Array.isArray(targets)) return;
    const seen = new Set<string>();
    for (const [index, target] of targets.entries()) {
      const refId: unknown =
        typeof target === 'object' && target !== null && 'refId' in target ? target.refId : undefined;
      if (typeof refId !== 'string' || refId === '') continue;
      if (seen.has(refId))
        yield {
          message: `two queries are called \`${refId}\``,
          culprit: refId,
          at: [...panel.at, 'targets', index],
          expected: 'give each its own letter',
        };
      seen.add(refId);
    }
  },

  accepts: [
    {
      name: 'two letters',
      panel: {
        targets: [
          { refId: 'A', expr: 'up' },
          { refId: 'B', expr: 'up == 0' },
        ],
      },
    },
  ],
  rejects: [
    {
      name: 'one letter twice',
      panel: {
        targets: [
          { refId: 'A', expr: 'up' },
          { refId: 'A', expr: 'up == 0' },
        ],
      },
      because: 'are called `A`',
    },
  ],
});
