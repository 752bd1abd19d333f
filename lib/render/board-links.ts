import type { BuiltDashboard, Pick } from './dashboard';

/**
 * Turns `board:name?…` links into `/d/uid?…` and names them after the board; links to boards that are not rendered go.
 * A variable that the other board has not is left out.
 * What the reader picked on the board `from` goes along where it means the same there. Changes the model, which is as large as a board: a copy of each would be a tenth of a render.
 */
export const resolveLinks = (
  model: object,
  boards: ReadonlyMap<string, BuiltDashboard>,
  from?: readonly Pick[],
): object => {
  for (const [key, value] of Object.entries(model)) {
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value) && value.some(isBoardLink)) {
      (model as Record<string, unknown>)[key] = value.flatMap((item) =>
        isBoardLink(item) ? resolveLink(item, boards, from) : [item],
      );
    } else {
      resolveLinks(value, boards, from);
    }
  }
  return model;
};

interface Link {
  readonly title?: string;
  readonly url: string;
  readonly includeVars?: boolean;
}

const isBoardLink = (value: unknown): value is Link =>
  typeof value === 'object' &&
  value !== null &&
  'url' in value &&
  typeof value.url === 'string' &&
  value.url.startsWith('board:');

const resolveLink = (
  link: Link,
  boards: ReadonlyMap<string, BuiltDashboard>,
  from: readonly Pick[] = [],
): readonly Link[] => {
  const [, name = '', query] = /^board:([\w-]+)(\?.*)?$/.exec(link.url) ?? [];
  const board = boards.get(name);
  if (!board) return [];
  const known = query?.replaceAll(/var-(\w+)=[^&]*&?/g, (whole, variable: string) =>
    board.picks.some((pick) => pick.name === variable) ? whole : '',
  );
  const title = link.title === `board:${name}` ? board.definition.title : link.title;
  return [
    {
      ...link,
      ...(link.includeVars && { includeVars: meansTheSame(from, board.picks) }),
      ...(title !== undefined && { title }),
      url: `/d/${board.uid}${known && known !== '?' ? known : ''}`,
    },
  ];
};

/**
 * Whether everything that is picked here, and can be picked there, is the same thing: of all services one that is probed is
 * no Prometheus, and all hosts are not one. Grafana would take it all the same, and find no data.
 */
const meansTheSame = (here: readonly Pick[], there: readonly Pick[]): boolean =>
  here.every(({ name, several, source }) => {
    const other = there.find((pick) => pick.name === name);
    return !other || (other.several === several && other.source === source);
  });
