import { parsePromql, promqlError } from '../query/promql';

/** What an expression of a rule says about who reads it. */
export type Language =
  | 'promql'
  | 'logql'
  /** Both would take it, and only Loki's selectors are without a name as a rule: `sum(rate({app="x"}[5m]))`. */
  | 'rather logql'
  /** Both would take it: `1 > 0`. */
  | 'either'
  /** Neither does. */
  | 'neither';

/** The language of an expression. */
export const languageOf = (expression: string): Language => {
  if (promqlError(expression) !== undefined) return parsesAsLogql(expression) ? 'logql' : 'neither';
  const selectors = selectorsIn(expression);
  if (selectors.length === 0) return 'either';
  return selectors.every((selector) => !hasName(selector)) && parsesAsLogql(expression) ? 'rather logql' : 'promql';
};

const parsesAsLogql = (expression: string): boolean => {
  // Loaded only where it may be LogQL: there is none without a selector.
  if (!expression.includes('{')) return false;
  const { parser } = require('@grafana/lezer-logql') as typeof import('@grafana/lezer-logql');
  let ok = true;
  parser.parse(expression).iterate({
    enter: ({ type }) => {
      ok &&= !type.isError;
    },
  });
  return ok;
};

const selectorsIn = (expression: string): readonly string[] => {
  const found: string[] = [];
  parsePromql(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') found.push(expression.slice(from, to));
    },
  });
  return found;
};

const hasName = (selector: string): boolean => !selector.startsWith('{') || /__name__|^\{\s*["']/.test(selector);
