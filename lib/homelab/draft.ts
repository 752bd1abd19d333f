import type { Homelab } from './homelab';
import type { Keys } from './problem';

/** A homelab whose values have the types they claim, but any of them may be missing. */
export type Draft = Partially<Homelab>;

export type Partially<T> = T extends readonly (infer Item)[]
  ? readonly (Partially<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partially<T[Key]> | undefined }
    : T;

/** The value without what stands at these places, so that the rest can still be looked at. */
export const withoutAll = (value: unknown, places: readonly Keys[]): Draft => {
  const rest = places.reduce(without, value);
  return isObject(rest) ? rest : {};
};

const without = (value: unknown, [key, ...rest]: Keys): unknown => {
  if (key === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? without(item, rest) : item));
  if (isObject(value)) return { ...value, [key]: without(value[key], rest) };
  return value;
};

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items that are there, each with its index. */
export const each = <Item>(list: readonly (Item | undefined)[] | undefined): readonly (readonly [number, Item])[] =>
  (list ?? []).flatMap((item, index) => (item === undefined ? [] : [[index, item] as const]));

/** The entries that are there. */
export const eachEntry = <Value>(
  record: Readonly<Record<string, Value | undefined>> | undefined,
): readonly (readonly [string, Value])[] =>
  Object.entries(record ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
