import { isObject } from '../grafana-json/json';

/** The short name of a board by its uid. */
export type BoardNames = ReadonlyMap<string, string>;

/** `Open it: host-use, with host`; boards go by their short names, so that a new title changes nothing here. */
export const linkInWords = (link: unknown, boards: BoardNames): string => {
  const { title, url } = isObject(link) ? link : {};
  return `${String(title)}: ${urlInWords(String(url), boards)}`;
};

const urlInWords = (url: string, boards: BoardNames): string => {
  const [, uid, query] = /^\/d\/([\w-]+)\??(.*)$/.exec(url) ?? [];
  const name = boards.get(uid ?? '');
  if (!name) return url;
  const variables = [...(query ?? '').matchAll(/(?:^|&)var-([\w-]+)=/g)].map(([, variable]) => variable);
  return variables.length > 0 ? `board ${name}, with its ${variables.join(' and ')}` : `board ${name}`;
};
