import { sorted } from '../../grafana-json/canonical-json';
import { isObject, type Json } from '../../grafana-json/json';

/** The value without the keys that are null, at any depth; nulls in lists stay. Grafana drops these in a save (contract of 12.3, seen). */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === null || item === undefined ? [] : [[key, withoutNulls(item)]],
    ),
  );
};

/** The object without the leaves that equal the defaults, and without the objects that are empty then. A list is a leaf. */
export const withoutDefaults = (value: Json, defaults: Json): Json =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      const usual = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
      if (!isObject(item)) return isSame(item, usual) ? [] : [[key, item]];
      const rest = withoutDefaults(item, isObject(usual) ? usual : {});
      return Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );

/** The object without those of its keys that have exactly this value. */
export const withoutUsual = (value: Json, usual: Json): Json =>
  Object.fromEntries(
    Object.entries(value).filter(([key, item]) => !(Object.hasOwn(usual, key) && isSame(item, usual[key]))),
  );

export const withoutKeys = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

export const onlyKeys = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));

/** The object without keys whose value says nothing: an empty text, list or object. */
export const withoutEmpty = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => !isEmpty(item)));

export const isEmpty = (value: unknown): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** Equal whatever the order of keys. */
export const isSame = (left: unknown, right: unknown): boolean =>
  left === right || JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
