import { variablesIn } from '../../query/filled';
import { defineRule } from '../rule';
import type { Board, Query } from '../subject';

/** Variables of several values are matched as patterns. */
export const variableMultiMatch = defineRule({
  id: 'variable-multi-match',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'a variable of which several values can be chosen, compared with `=`',
  why: 'For two chosen values Grafana writes `(a|b)`, and for `All` a pattern. Compared with `=`, no series has such a label, and the panel is empty.',
  instead: 'Compare with `=~`.',

  *check(query) {
    const board = boardOf(query);
    if (!board) return;
    for (const { matchers } of [...query.parsed.selectors, ...query.parsed.streams])
      for (const { label, operator, value, open, from, to } of matchers) {
        if (!open || (operator !== '=' && operator !== '!=')) continue;
        for (const { name, format } of variablesIn(value)) {
          const variable = board.variables.find((one) => one.name === name);
          if (
            !variable ||
            (!variable.multi && !variable.includeAll) ||
            (format !== undefined && format !== 'regex' && format !== 'pipe')
          )
            continue;
          if (isOneAtATime(query, name)) continue;
          yield {
            message: `\`${name}\` can have ${variable.multi ? 'several values' : 'the value `All`'}, but \`${label}\` is compared with \`${operator}\``,
            culprit: name,
            span: { from, to },
            expected: `compare with \`${operator === '=' ? '=~' : '!~'}\``,
          };
        }
      }
  },

  accepts: [
    { name: 'a pattern', variable: { name: 'host', multi: true }, query: 'up{instance=~"$host"}' },
    {
      name: 'a single value',
      variable: { name: 'host', multi: false, includeAll: false },
      query: 'up{instance="$host"}',
    },
    {
      name: 'a panel for each value',
      variable: { name: 'host', multi: true },
      query: 'up{instance="$host"}',
      panel: { repeat: 'host' },
    },
  ],
  rejects: [
    {
      name: 'several values',
      variable: { name: 'host', multi: true },
      query: 'up{instance="$host"}',
      because: 'several values',
    },
    {
      name: 'All',
      variable: { name: 'host', multi: false, includeAll: true },
      query: 'up{instance!="$host"}',
      because: 'value `All`',
    },
  ],
});

const boardOf = ({ owner }: Query): Board | undefined =>
  owner.kind === 'panel' || owner.kind === 'variable' || owner.kind === 'annotation' ? owner.board : undefined;

/** Whether the panel or its row is repeated, with one value each. */
const isOneAtATime = ({ owner }: Query, name: string): boolean =>
  owner.kind === 'panel' &&
  (owner.repeat === name || owner.board.rows.some((row) => row.repeat === name && row.panels.includes(owner)));
