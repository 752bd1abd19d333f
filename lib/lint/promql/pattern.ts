import type * as re2 from 're2js';

/** Slow to load, and hardly ever needed. */
const library = () => require('re2js') as typeof re2;

/** Why a regular expression of RE2 does not compile; undefined: it does. Patterns of plain words are never compiled. */
export const patternError = (pattern: string): string | undefined => {
  if (isPlainlyValid(pattern)) return undefined;
  try {
    library().RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    // Go says the same without what the port adds: `error parsing regexp: missing closing ]: …`.
    return error instanceof Error ? error.message.replace(/^error parsing regexp:\s*/, '') : String(error);
  }
};

/** Words, escaped signs, plain sets of signs, each repeated at most once, and groups of them, nested once at most. */
const isPlainlyValid = (pattern: string): boolean => {
  const atoms = pattern.replace(/\\[.\-/$^|()[\]{}?*+dws\\]/g, 'x').replace(/\[\^?(?:a-z|A-Z|0-9|[\w.:/])+\]/g, 'x');
  const once = (text: string): string => text.replace(/[\w.:/][*+?](?![*+?])/g, 'x');
  const flat = once(once(atoms).replace(/\((?:\?:)?[^()[\]{}*+?\\]*\)/g, 'x'));
  return /^[^()[\]{}*+?\\]*$/.test(flat);
};

/** The only texts that a pattern, anchored at both ends as matchers are, matches; undefined: there are others, or it is hard to say. */
export const literalsOf = (pattern: string): readonly string[] | undefined => {
  const open = withoutAnchors(pattern);
  const inner = /^\((?:\?:)?([^()]*)\)$/.exec(open)?.[1] ?? open;
  const parts = inner.split('|');
  const texts = parts.map(literalOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
};

/** The text that a pattern without alternatives stands for. */
const literalOf = (part: string): string | undefined => {
  if (/[.*+?()[\]{}^$]/.test(part.replace(/\\[^a-zA-Z0-9]/g, ''))) return undefined;
  if (/\\[a-zA-Z0-9]|\\$/.test(part)) return undefined;
  return part.replace(/\\(.)/g, '$1');
};

/** Matchers are anchored at both ends anyway. A pattern with alternatives outside of brackets keeps its own: `^a|b$`. */
export const withoutAnchors = (pattern: string): string => {
  const start = pattern.startsWith('^') ? 1 : 0;
  const end = /(^|[^\\])(\\\\)*\$$/.test(pattern) ? pattern.length - 1 : pattern.length;
  return pattern.slice(start, Math.max(start, end));
};

/** Whether every text matches, the empty one too. */
export const matchesEverything = (pattern: string): boolean =>
  withoutAnchors(pattern)
    .replace(/^\((?:\?:)?([^()]*)\)$/, '$1')
    .split('|')
    .some((part) => /^(?:\.\*)+$/.test(part));

/** Whether every text but the empty one matches, and that not. */
export const matchesAnyText = (pattern: string): boolean =>
  /^\(?(?:\.\*)*\.\+(?:\.\*)*\)?$/.test(withoutAnchors(pattern));

/** What a pattern takes, looked at once: a list of thousands is asked for each of its values. */
interface Taken {
  readonly everything: boolean;
  readonly anyText: boolean;
  readonly literals: ReadonlySet<string> | undefined;
}

let last: { readonly pattern: string; readonly taken: Taken } | undefined;

const takenBy = (pattern: string): Taken => {
  if (last?.pattern !== pattern) {
    const literals = literalsOf(pattern);
    const taken = {
      everything: matchesEverything(pattern),
      anyText: matchesAnyText(pattern),
      literals: literals && new Set(literals),
    };
    last = { pattern, taken };
  }
  return last.taken;
};

/** Whether a matcher on a pattern takes a text; undefined where it would have to be tried. */
export const matchesText = (pattern: string, text: string): boolean | undefined => {
  const { everything, anyText, literals } = takenBy(pattern);
  if (everything) return true;
  if (anyText) return text !== '';
  return literals?.has(text);
};
