import type { JsonObject } from '../subject';

/** What strangers wrote may be anything: these look and never complain. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectIn = (parent: unknown, key: string): JsonObject => {
  const value = isObject(parent) ? parent[key] : undefined;
  return isObject(value) ? value : nothing;
};
const nothing: JsonObject = Object.freeze({});

/** The objects of a list, each with its index in it. */
export const objectsIn = (parent: unknown, key: string): (readonly [JsonObject, number])[] => {
  const value = isObject(parent) ? parent[key] : undefined;
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => (isObject(item) ? [[item, index] as const] : []));
};

export const textIn = (parent: unknown, key: string): string | undefined => {
  const value = isObject(parent) ? parent[key] : undefined;
  return typeof value === 'string' ? value : undefined;
};

export const numberIn = (parent: unknown, key: string): number | undefined => {
  const value = isObject(parent) ? parent[key] : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // Old boards have numbers as text.
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const read = Number(value);
  return Number.isFinite(read) ? read : undefined;
};

export const flagIn = (parent: unknown, key: string): boolean => isObject(parent) && parent[key] === true;

/** Text, or what is written like one: numbers and booleans. */
export const wordIn = (parent: unknown, key: string): string | undefined => {
  const value = isObject(parent) ? parent[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
};

/** The texts of a map such as `labels`; what is no text is left out. */
export const textsIn = (parent: unknown, key: string): Readonly<Record<string, string>> => {
  const texts: Record<string, string> = {};
  const map = objectIn(parent, key);
  for (const name of Object.keys(map)) {
    const text = wordIn(map, name);
    if (text !== undefined)
      Object.defineProperty(texts, name, { value: text, enumerable: true, configurable: true, writable: true });
  }
  return texts;
};

/** Lets a part be made before what it points to. */
export type Building<T> = { -readonly [K in keyof T]: T[K] };
