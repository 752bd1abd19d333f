import { escapeRegex } from '../expression/condition';

/** A matcher of routes and inhibitions: the label has one of these values. */
export const matcher = (label: string, values: readonly string[]): string =>
  `${label} ${values.length === 1 ? '=' : '=~'} ${operand(values)}`;

/** The quoted value of a matcher, a regular expression where there are several. */
export const operand = (values: readonly string[]): string =>
  JSON.stringify(values.length === 1 ? values[0] : values.map(escapeRegex).join('|'));
