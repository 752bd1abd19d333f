import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { literalsOf } from './pattern';

// Slow to load, and seldom needed.
const load = createRequire(__filename);
const compiled = new Map<string, ((text: string) => boolean) | undefined>();

/** Whether a matcher's pattern fits the whole of a text, as Prometheus asks; undefined where it is no RE2. Never hangs. */
export const fullMatch = (pattern: string): ((text: string) => boolean) | undefined => {
  if (compiled.has(pattern)) return compiled.get(pattern);
  const test = make(pattern);
  compiled.set(pattern, test);
  return test;
};

const make = (pattern: string): ((text: string) => boolean) | undefined => {
  if (/^\.[*+]$/.test(pattern)) return (text) => pattern === '.*' || text !== '';
  const literals = literalsOf(pattern);
  if (literals) return (text) => literals.includes(text);
  try {
    const { RE2JS } = load('re2js') as typeof Re2;
    const expression = RE2JS.compile(pattern, RE2JS.DOTALL);
    return (text) => expression.matches(text);
  } catch {
    return undefined;
  }
};
