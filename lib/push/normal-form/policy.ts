import { isObject, type Json } from '../../grafana-json/json';
import { normalDuration } from './durations';
import { isEmpty, isSame, withoutKeys, withoutNulls } from './without';

/** A route of the notification policies, and those below it, as the server spells them; their order counts. */
export const normalPolicy = (body: Json): Json => route(withoutKeys(withoutNulls(body) as Json, ['version']));

const durations = ['group_wait', 'group_interval', 'repeat_interval'];

const route = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(withoutKeys(value, ['provenance']))
      .map(([key, item]): [string, unknown] => [key, spelled(key, item)])
      .filter(([key, item]) => !isEmpty(item) && !(key === 'continue' && item === false)),
  );

const spelled = (key: string, item: unknown): unknown => {
  if (durations.includes(key)) return normalDuration(item);
  if (!Array.isArray(item)) return item;
  if (key === 'routes') return item.map((child: unknown) => (isObject(child) ? route(child) : child));
  return key === 'object_matchers' ? item.map(matcher).sort(byName) : item;
};

const matcher = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((part: unknown, index) => (index === 2 ? unquoted(part) : part)) : value;

/** The server takes the quotes off a value. */
const unquoted = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^".*"$/s.test(value) || value.length < 2) return value;
  return unquoted(value.slice(1, -1));
};

/** By label, value, operator: as the server sorts. */
const byName = (left: unknown, right: unknown): number => {
  const [one, other] = [sortKey(left), sortKey(right)];
  return isSame(one, other) ? 0 : one < other ? -1 : 1;
};

const sortKey = (value: unknown): string =>
  Array.isArray(value) ? JSON.stringify([value[0], value[2], value[1]]) : JSON.stringify(value);
