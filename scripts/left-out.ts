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
  groupsOf(omissions).map(({ what, board, names, why, whys }) => {
    const [first = ''] = names;
    if (names.length === 1) return `  ${what} ${emphasise(board ? `${board} › ${first}` : first)}: ${whys[0]}`;
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
  /** Of each, in its own words. */
  readonly whys: readonly string[];
}

/** Most homelabs have few of all the apps: a line for each of the others would hide the lines about theirs. */
const sharedWhy = ({ what, why }: Omission): string =>
  what === 'dashboard' && /(^|: )(nothing in the homelab file gives \w+$|needs one of )/.test(why)
    ? 'your homelab file lists none of their exporters; docs/apps has them'
    : why;

/** In the order of the first of each. */
const groupsOf = (omissions: readonly Omission[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const omission of omissions) {
    const { what, where } = omission;
    const why = sharedWhy(omission);
    const [top = '', ...path] = where.split(' › ');
    const isOnBoard = what === 'panel' || what === 'section';
    const [board, name] = isOnBoard ? [top, path.join(' › ')] : ['', where];
    const key = JSON.stringify([what, board, why]);
    const earlier = groups.get(key);
    groups.set(key, {
      what,
      board,
      why,
      names: [...(earlier?.names ?? []), name],
      whys: [...(earlier?.whys ?? []), omission.why],
    });
  }
  return [...groups.values()];
};
