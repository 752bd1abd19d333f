import type { Json } from '../../grafana-json/json';
import { onlyKeys, withoutEmpty, withoutNulls } from './without';

/** Its title and the folder it is in; Grafana does not give its description back. */
export const normalFolder = (body: Json): Json => {
  const { title, ...rest } = onlyKeys(withoutNulls(body) as Json, ['title', 'parentUid']);
  return withoutEmpty({
    ...rest,
    ...(title !== undefined && { title: typeof title === 'string' ? title.trim() : title }),
  });
};
