import type { Matcher } from '../../query/tree';

/**
 * The values that a positive matcher allows where it is one value or a plain alternation of values (`a|b`, `(a|b)`); undefined for
 * any other pattern, and where a variable stands in it.
 */
export const literalValues = ({
  operator,
  value,
  open,
}: Pick<Matcher, 'operator' | 'value' | 'open'>): readonly string[] | undefined => {
  if (open) return undefined;
  if (operator === '=' || operator === '!=') return [value];
  return alternativesOf(value);
};

/** `a|b\.c` -> [`a`, `b.c`]; undefined where a part of it is a pattern. */
export const alternativesOf = (pattern: string): readonly string[] | undefined => {
  const inner = /^\^?(?:\((?:\?:)?([^()]*)\)|([^()]*?))\$?$/.exec(pattern);
  const text = inner?.[1] ?? inner?.[2];
  if (text === undefined) return undefined;
  const alternatives = text.split('|').map(literalOf);
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
};

const literalOf = (text: string): string | undefined => {
  const plain = text.replace(/\\([.\-/_:+*?()[\]{}|^$\\])/g, (_, character: string) => character);
  const patterns = text.replace(/\\[.\-/_:+*?()[\]{}|^$\\]/g, '');
  return /[.*+?()[\]{}^$\\]/.test(patterns) ? undefined : plain;
};
