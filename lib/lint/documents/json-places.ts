import type { Path } from '../subject';

/** Where a value of a JSON text is: `key` is where the name before it begins. */
export interface JsonSpot {
  readonly key: number;
  readonly value: number;
}

/**
 * Finds values in a text that `JSON.parse` takes. Each object or list is looked through once, when something in it is asked for, and
 * what lies deeper is skipped without being read: a board of 10 MB costs what its top costs.
 */
export const jsonPlaces = (text: string): ((path: Path) => JsonSpot) => {
  const known = new Map<number, ReadonlyMap<string | number, JsonSpot>>();
  const inside = (at: number): ReadonlyMap<string | number, JsonSpot> => {
    const found = known.get(at) ?? childrenAt(text, at);
    known.set(at, found);
    return found;
  };
  const top = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  return (path) => {
    let spot: JsonSpot = { key: top, value: top };
    for (const step of path) {
      const next = inside(spot.value).get(step);
      if (!next) break;
      spot = next;
    }
    return spot;
  };
};

const none: ReadonlyMap<string | number, JsonSpot> = new Map();

/** What an object or a list holds; of two of the same name the last counts, as in `JSON.parse`. */
const childrenAt = (text: string, start: number): ReadonlyMap<string | number, JsonSpot> => {
  const isList = text[start] === '[';
  if (!isList && text[start] !== '{') return none;
  const children = new Map<string | number, JsonSpot>();
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index++) {
    const key = at;
    let name: string | number = index;
    if (!isList) {
      const end = endOfString(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    children.set(name, { key, value: at });
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return children;
};

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
};

/** Just behind the string that begins at `start`. */
export const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0 || quote - slashes <= start) return quote + 1;
    at = quote + 1;
  }
};

const endOfValue = (text: string, start: number): number => {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== '{' && first !== '[') {
    let at = start;
    while (at < text.length && !/[,\]}\s]/.test(text[at] as string)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = endOfString(text, at) - 1;
    else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return at + 1;
  }
  return text.length;
};

/** The place in the text of the `offset`th character of the string that begins at `start`. */
export const insideString = (text: string, start: number, offset: number): number => {
  if (text[start] !== '"') return start;
  let at = start + 1;
  for (let left = offset; left > 0 && text[at] !== '"' && at < text.length; left--)
    at += text[at] === '\\' ? (text[at + 1] === 'u' ? 6 : 2) : 1;
  return at;
};
