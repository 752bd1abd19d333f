import { parseQuery, type ParseContext } from './parse';
import type { ParsedQuery } from './parsed';

/** What the query of a dashboard variable asks Prometheus, as Grafana's own functions. */
export interface VariableQuery {
  /** `series`: a bare expression, whose series are the values. */
  readonly function: 'label_names' | 'label_values' | 'metrics' | 'query_result' | 'series';
  /** The PromQL in it; undefined where there is none. */
  readonly query: ParsedQuery | undefined;
  /** Where `query` starts in the text: add it to the places in it. */
  readonly at: number;
  /** The `instance` of `label_values(up, instance)`. */
  readonly label: string | undefined;
  /** The regular expression of `metrics(...)` and `label_names(...)`. */
  readonly pattern: string | undefined;
}

/**
 * Reads the query of a variable. The patterns are those of Grafana's `packages/grafana-prometheus`
 * (`migrations/variableMigration.ts`, asked in the order of `metric_find_query.ts`); never throws.
 */
export const parseVariableQuery = (text: string, context: ParseContext = {}): VariableQuery => {
  const nothing = { query: undefined, at: 0, label: undefined, pattern: undefined };
  const inner = (part: string, from: number): Pick<VariableQuery, 'query' | 'at'> => ({
    query: parseQuery('promql', part, context),
    at: text.indexOf(part, from),
  });

  const names = /^label_names\((.+)\)\s*$/.exec(text);
  if (names) return { ...nothing, function: 'label_names', pattern: names[1] };
  if (/^label_names\(\)\s*$/.test(text)) return { ...nothing, function: 'label_names' };

  const values = /^label_values\((?:(.+),\s*)?(.+)\)\s*$/.exec(text);
  if (values) {
    const [, selector, label] = values;
    const isDefined = selector !== undefined && selector.replaceAll(' ', '') !== '{}';
    const query = isDefined && selector.trim() !== '' ? inner(selector, 'label_values('.length) : {};
    return { ...nothing, ...query, function: 'label_values', label: label?.trim() };
  }
  const metrics = /^metrics\((.+)\)\s*$/.exec(text);
  if (metrics) return { ...nothing, function: 'metrics', pattern: metrics[1] };

  const result = /^query_result\((.+)\)\s*$/.exec(text);
  if (result) return { ...nothing, ...inner(result[1] as string, 'query_result('.length), function: 'query_result' };

  return { ...nothing, ...inner(text, 0), function: 'series' };
};
