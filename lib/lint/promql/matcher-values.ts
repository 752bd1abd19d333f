import type { Matcher } from '../../query/tree';
import { literalsOf } from './pattern';

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
  return literalsOf(value);
};
