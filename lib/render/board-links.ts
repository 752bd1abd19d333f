import type { BuiltDashboard } from './dashboard';

/**
 * Turns `board:name?…` links into `/d/uid?…` and names them after the board; links to boards that are not rendered go.
 * Changes the model, which is as large as a board: a copy of each would be a tenth of a render.
 */
export const resolveLinks = (model: object, boards: ReadonlyMap<string, BuiltDashboard>): object => {
  for (const [key, value] of Object.entries(model)) {
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value) && value.some(isBoardLink)) {
      (model as Record<string, unknown>)[key] = value.flatMap((item) =>
        isBoardLink(item) ? resolveLink(item, boards) : [item],
      );
    } else {
      resolveLinks(value, boards);
    }
  }
  return model;
};

interface Link {
  readonly title?: string;
  readonly url: string;
}

const isBoardLink = (value: unknown): value is Link =>
  typeof value === 'object' &&
  value !== null &&
  'url' in value &&
  typeof value.url === 'string' &&
  value.url.startsWith('board:');

const resolveLink = (link: Link, boards: ReadonlyMap<string, BuiltDashboard>): readonly Link[] => {
  const [, name = '', query] = /^board:([\w-]+)(\?.*)?$/.exec(link.url) ?? [];
  const board = boards.get(name);
  if (!board) return [];
  const title = link.title === `board:${name}` ? board.definition.title : link.title;
  return [
    { ...link, ...(title !== undefined && { title }), url: `/d/${board.uid}${query && query !== '?' ? query : ''}` },
  ];
};
