import type { JsonObject, Link, Path } from '../subject';
import { objectsIn, textIn } from './value';

/** Links of a board, a panel or a field, of any age. */
export const linksIn = (parent: JsonObject, key: string, at: Path): readonly Link[] =>
  objectsIn(parent, key).map(([link, index]) => ({
    title: textIn(link, 'title') ?? '',
    url: urlOf(link),
    type: link['type'] === 'dashboards' ? 'dashboards' : 'link',
    tags: Array.isArray(link['tags']) ? link['tags'].filter((tag): tag is string => typeof tag === 'string') : [],
    at: [...at, key, index],
  }));

/** Before Grafana 6 links named a board by its slug: `dashUri: db/my-board`. */
const urlOf = (link: JsonObject): string => {
  const url = textIn(link, 'url') ?? textIn(link, 'targetUrl');
  if (url) return url;
  const slug = textIn(link, 'dashUri');
  return slug ? `/dashboard/${slug}` : '';
};
