import type { Omission } from '../lib/render/artifact';

/** Names in a line, before the rest is only counted. */
const room = 6;

/**
 * What was left out as lines for a person, in the order of the boards: what shares its reason shares a line. Panels of a board
 * are only counted. `emphasise` makes what is missing stand out.
 */
export const leftOutInWords = (
  omissions: readonly Omission[],
  emphasise: (text: string) => string = (text) => text,
): readonly string[] =>
  groupsOf(omissions).map(({ what, board, names, why }) => {
    const [first = ''] = names;
    if (names.length === 1) return `  ${what} ${emphasise(board ? `${board} › ${first}` : first)}: ${why}`;
    if (what === 'panel') return `  ${names.length} panels of ${emphasise(board)}: ${why}`;
    const listed = names.length > room + 1 ? [...names.slice(0, room), `and ${names.length - room} more`] : names;
    const all = listed.join(', ').replace(/, (and \d+ more)$/, ' $1');
    return `  ${what}s ${emphasise(board ? `${board} › ${all}` : all)}: ${what === 'section' ? whyTheirs : why}`;
  });

const whyTheirs = 'none of their panels can have data';

interface Group {
  readonly what: Omission['what'];
  /** Empty for what stands on no board. */
  readonly board: string;
  readonly names: readonly string[];
  readonly why: string;
}

/** In the order of the first of each. */
const groupsOf = (omissions: readonly Omission[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const { what, where, why } of omissions) {
    const [top = '', ...path] = where.split(' › ');
    const isOnBoard = what === 'panel' || what === 'section';
    const [board, name] = isOnBoard ? [top, path.join(' › ')] : ['', where];
    const key = JSON.stringify([what, board, why]);
    const earlier = groups.get(key);
    groups.set(key, { what, board, why, names: [...(earlier?.names ?? []), name] });
  }
  return [...groups.values()];
};
