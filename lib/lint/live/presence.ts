import type { Matcher, Selector } from '../../query/tree';
import { fullMatch } from '../promql/re2';
import type { LiveFacts } from './live-facts';
import { fixedMatchers } from './metric-question';

/** Whether a server has what a selector asks for, and if not, what of it is not there. */
export type Presence =
  | { readonly state: 'present' }
  /** The name was never there in the time that it was asked about, in seconds. */
  | { readonly state: 'never'; readonly memory: number }
  /** Seconds since 1970 of its last sample; undefined: at some time in those that it was asked about. */
  | { readonly state: 'vanished'; readonly last: number | undefined; readonly memory: number }
  | { readonly state: 'no label'; readonly matcher: Matcher; readonly labels: readonly string[] }
  /** `values`: what the label has instead. */
  | { readonly state: 'no value'; readonly matcher: Matcher; readonly values: readonly string[] }
  /** Each matcher takes something, all together nothing. */
  | { readonly state: 'no combination' }
  | { readonly state: 'unknown' };

/** Looks a selector up in what the server told; variables can be anything, so their matchers are passed over. */
export const presenceOf = (selector: Selector, facts: LiveFacts): Presence => {
  const { name } = selector;
  const { memory } = facts;
  if (name === undefined) return { state: 'unknown' };
  const metric = facts.metrics.get(name);
  if (!metric) return { state: 'unknown' };
  if (!facts.now.has(name))
    return metric.labels.size > 0 || facts.lastSeen.has(name)
      ? { state: 'vanished', last: facts.lastSeen.get(name), memory }
      : { state: 'never', memory };
  const matchers = fixedMatchers(selector.matchers);
  const { series } = metric;
  if (!series) {
    if (metric.labels.size > 0 || matchers.length === 0) return { state: 'present' };
    const [only, ...others] = matchers;
    // The one question that was asked does not tell which of several matchers it was.
    return only && others.length === 0 ? { state: 'no value', matcher: only, values: [] } : { state: 'no combination' };
  }
  for (const matcher of matchers) {
    if (series.some((labels) => takes(matcher, labels[matcher.label] ?? ''))) continue;
    if (!metric.labels.has(matcher.label)) return { state: 'no label', matcher, labels: [...metric.labels].sort() };
    const values = [...new Set(series.flatMap((labels) => labels[matcher.label] ?? []))].sort();
    return { state: 'no value', matcher, values };
  }
  const found = series.some((labels) => matchers.every((matcher) => takes(matcher, labels[matcher.label] ?? '')));
  return { state: found ? 'present' : 'no combination' };
};

/** Whether a matcher takes a value, as Prometheus decides it: patterns are RE2, anchored at both ends. */
export const takes = ({ operator, value: wanted }: Matcher, value: string): boolean => {
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  const fits = fullMatch(wanted);
  // A pattern that does not compile is somebody else's finding.
  if (!fits) return true;
  return fits(value) === (operator === '=~');
};
