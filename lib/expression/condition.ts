import type { Matcher, MatcherValue } from './expression';

/** What a label must be. */
export interface Condition<V extends string = string> {
  readonly operator: Matcher['operator'];
  readonly value: MatcherValue;
  /** Compile-time only. */
  readonly of?: V;
}

/** A value, a condition, or several conditions that must all hold. */
export type Match<V extends string> = V | Condition<V> | readonly Condition<V>[];

export const not = <const V extends string>(value: V): Condition<V> => ({ operator: '!=', value: { text: value } });

export const oneOf = <const V extends string>(...values: readonly V[]): Condition<V> => ({
  operator: '=~',
  value: { text: alternation(values) },
});

export const noneOf = <const V extends string>(...values: readonly V[]): Condition<V> => ({
  operator: '!~',
  value: { text: alternation(values) },
});

/** An anchored regular expression (RE2). */
export const matching = (expression: string): Condition<never> => ({ operator: '=~', value: { text: expression } });
export const notMatching = (expression: string): Condition<never> => ({ operator: '!~', value: { text: expression } });

/** Leaves out what the homelab file says no panel shows. */
export const ignoring = (setting: 'ignoredDevices' | 'ignoredFilesystems'): Condition<never> => ({
  operator: '!~',
  value: { setting },
});

/** What the reader chose in the dashboard's variable of that name; no condition where there is none. */
export const picked = (variable: string): Condition<never> => ({ operator: '=~', value: { picked: variable } });

export const toMatchers = (label: string, match: Match<string>): readonly Matcher[] => {
  if (typeof match === 'string') return [{ label, operator: '=', value: { text: match } }];
  const conditions = (Array.isArray(match) ? match : [match]) as readonly Condition[];
  return conditions.map(({ operator, value }) => ({ label, operator, value }));
};

const alternation = (values: readonly string[]): string => values.map(escapeRegex).join('|');

/** A text as a regular expression (RE2) that matches exactly it. */
export const escapeRegex = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
