import { readBy } from '../board/variable-uses';
import { defineRule } from '../rule';
import type { Board } from '../subject';

/** Variables do not read each other in a circle. */
export const variableCycle = defineRule({
  id: 'variable-cycle',
  on: 'board',
  severity: 'error',
  needs: 'nothing',
  says: 'variables that read each other in a circle',
  why: 'Grafana waits for each before it asks for the other, so neither gets a value and the panels never load.',
  instead: 'Let one of them stand on its own.',

  *check(board) {
    const reads = new Map(board.variables.map((variable) => [variable.name, readBy(variable)]));
    const told = new Set<string>();
    for (const { name, at } of board.variables) {
      const circle = circleFrom(name, reads);
      if (!circle || circle.some((one) => told.has(one))) continue;
      for (const one of circle) told.add(one);
      yield {
        message:
          circle.length === 1
            ? `the variable \`${name}\` reads itself`
            : `the variables ${circle.map((one) => `\`${one}\``).join(', ')} read each other in a circle`,
        culprit: name,
        at,
        expected: 'let one of them stand on its own',
      };
    }
  },

  accepts: [{ name: 'a chain', board: variables(['a', 'up'], ['b', 'up{job="$a"}']) }],
  rejects: [
    { name: 'two', board: variables(['a', 'up{job="$b"}'], ['b', 'up{job="$a"}']), because: 'in a circle' },
    { name: 'one', board: variables(['a', 'up{job="$a"}']), because: 'reads itself' },
  ],
});

function variables(...list: readonly (readonly [name: string, selector: string])[]): Pick<Board['json'], string> {
  return {
    templating: {
      list: list.map(([name, selector]) => ({ name, type: 'query', query: `label_values(${selector}, job)` })),
    },
  };
}

const circleFrom = (start: string, reads: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined => {
  const visited = new Set<string>();
  const search = (name: string, path: readonly string[]): readonly string[] | undefined => {
    for (const next of reads.get(name) ?? []) {
      if (next === start) return path;
      if (visited.has(next) || !reads.has(next)) continue;
      visited.add(next);
      const found = search(next, [...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  return search(start, [start]);
};
