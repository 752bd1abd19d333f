import { isDeepStrictEqual } from 'node:util';
import { isObject, pathOf } from '../../grafana-json/json';

/** Paths of the values that differ; a list of another length, or of other kinds of items, is one. */
export const differingPaths = (was: unknown, is: unknown, path = ''): readonly string[] => {
  if (isObject(was) && isObject(is))
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .sort()
      .flatMap((key) => differingPaths(was[key], is[key], pathOf(path, key)));
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
    return was.flatMap((item: unknown, index) => differingPaths(item, is[index], pathOf(path, index)));
  return isDeepStrictEqual(was, is) ? [] : [path];
};

/** So many paths are told, the rest is counted. */
const most = 5;

/** `details changed: panels[3].options.legend`: for what nobody has better words for. */
export const detailsChanged = (was: unknown, is: unknown): readonly string[] => {
  const paths = differingPaths(was, is);
  const rest = paths.length - most;
  const told = rest > 1 ? [...paths.slice(0, most), `${rest} more`] : paths;
  return paths.length === 0 ? [] : [`details changed: ${told.map((path) => path || 'everything').join(', ')}`];
};
