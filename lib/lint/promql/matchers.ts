import type { Matcher, Selector } from '../../query/tree';
import type { Query } from '../subject';
import { literalsOf, matchesAnyText, matchesEverything, matchesText } from './pattern';

/** Selectors of metrics and of log streams alike. */
export const selectorsOf = ({ parsed }: Query): readonly Selector[] => [...parsed.selectors, ...parsed.streams];

/** As it is written in a query: `job=~"node.*"`. */
export const formatMatcher = ({ label, operator, value }: Pick<Matcher, 'label' | 'operator' | 'value'>): string =>
  `${label}${operator}"${value}"`;

/** Whether a matcher takes a value of its label; undefined where a variable or a pattern decides. */
export const takes = (matcher: Matcher, value: string): boolean | undefined => {
  if (matcher.open) return undefined;
  switch (matcher.operator) {
    case '=':
      return matcher.value === value;
    case '!=':
      return matcher.value !== value;
    case '=~':
      return matchesText(matcher.value, value);
    default: {
      const matches = matchesText(matcher.value, value);
      return matches === undefined ? undefined : !matches;
    }
  }
};

/** The only values that a matcher takes; undefined: there are others. */
export const valuesTaken = ({ operator, value, open }: Matcher): readonly string[] | undefined => {
  if (open) return undefined;
  if (operator === '=') return [value];
  if (operator === '=~') return literalsOf(value);
  if (operator === '!=' && value === '') return undefined;
  return operator === '!~' && matchesAnyText(value) ? [''] : undefined;
};

/** Whether a matcher takes no value at all. */
export const takesNothing = ({ operator, value, open }: Matcher): boolean =>
  !open && operator === '!~' && matchesEverything(value);
