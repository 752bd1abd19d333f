import type { BoardVariable } from './board';
import type { TimeRange } from './grafana-interval';
import type { Prometheus } from './prometheus';
import { Hopeless } from './until';

/**
 * `opening`: what a picker holds when the board is opened; `first`: one value, the first that is offered; `about`: this value in each picker
 * that offers it, the others as they open.
 */
export type Pick = 'opening' | 'first' | { readonly about: string };

/** A picker as it stands when the board is opened. */
export interface OpenPicker {
  readonly name: string;
  readonly type: string;
  /** The query as it was sent; null for what is not a query. */
  readonly query: string | null;
  readonly options: readonly string[];
  readonly value: string | readonly string[];
}

/** Opens one picker, with the values of those before it, and remembers what it holds. */
export const openPicker = async (
  variable: BoardVariable,
  scope: Scope,
  prometheus: Prometheus,
  range: TimeRange,
  pick: Pick,
): Promise<OpenPicker> => {
  const given = typeof variable.query === 'string' ? variable.query : (variable.query?.query ?? '');
  const query = variable.type === 'query' ? scope.replace(given) : null;
  const options =
    query === null ? fixedOptions(variable, given) : await queryOptions(variable, query, prometheus, range);
  const chosen = query === null ? undefined : chosenBy(pick, options);
  const value = chosen === undefined ? openingValue(variable, options) : [chosen];
  scope.set(variable, value, options);
  return { name: variable.name, type: variable.type, query, options, value };
};

const chosenBy = (pick: Pick, options: readonly string[]): string | undefined => {
  if (typeof pick === 'object') return options.find((option) => option === pick.about);
  return pick === 'first' ? options[0] : undefined;
};

const fixedOptions = ({ type, current }: BoardVariable, query: string): readonly string[] => {
  if (type === 'datasource') return typeof current?.value === 'string' ? [current.value] : [];
  if (type === 'custom' || type === 'interval')
    return query.split(',').map((item) => item.trim().replace(/^.* : /, ''));
  return [query];
};

const queryOptions = async (
  { name, regex, sort }: BoardVariable,
  query: string,
  prometheus: Prometheus,
  { from, to }: TimeRange,
): Promise<readonly string[]> => {
  const [, match, label] = /^label_values\((?:(.+),\s*)?(.+)\)\s*$/.exec(query) ?? [];
  if (!label) throw new Hopeless(`$${name}: only label_values(…) is understood, not \`${query}\``);
  const values = await prometheus.labelValues(label, match?.trim(), from, to);
  return sorted([...new Set(regex ? values.flatMap((value) => picked(value, regex)) : values)], sort ?? 0);
};

/** The variable's regex: what does not match goes, a group gives its part. */
const picked = (value: string, regex: string): readonly string[] => {
  const [, body, flags] = /^\/(.*)\/([gimsuy]*)$/s.exec(regex) ?? [undefined, regex, ''];
  const found = new RegExp(body as string, (flags as string).replace('g', '')).exec(value);
  if (!found) return [];
  return [found.groups?.['value'] ?? found[1] ?? value];
};

const natural = new Intl.Collator('en', { sensitivity: 'accent', numeric: true });

/** Odd numbers ascend, the next even one descends: 1 alphabetical, 7 natural; the others do not occur here. */
const sorted = (values: readonly string[], sort: number): readonly string[] => {
  if (sort === 0) return values;
  const ascending = [...values].sort(sort >= 7 ? natural.compare : undefined);
  return sort % 2 === 1 ? ascending : ascending.reverse();
};

/** What a picker holds when the board is opened: what the file says where that is still offered, else the first. */
const openingValue = (
  { type, multi, includeAll, current }: BoardVariable,
  options: readonly string[],
): string | readonly string[] => {
  const given = [current?.value ?? []].flat();
  if (given[0] === '$__all' && includeAll) return '$__all';
  if (type !== 'query' && type !== 'custom') return given[0] ?? options[0] ?? '';
  if (options.length === 0) return includeAll ? '$__all' : multi ? [] : '';
  const valid = given.filter((value) => options.includes(value));
  return multi ? (valid.length > 0 ? valid : [options[0] as string]) : (valid[0] ?? (options[0] as string));
};

interface Held {
  readonly variable: BoardVariable;
  readonly value: string | readonly string[];
  readonly options: readonly string[];
}

/** Variables whose values are known, and how they are written into a text. */
export class Scope {
  private readonly held = new Map<string, Held>();

  set(variable: BoardVariable, value: string | readonly string[], options: readonly string[]): void {
    this.held.set(variable.name, { variable, value, options });
  }

  replace(text: string): string {
    return text.replace(
      /\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]|\$\{(\w+)(?::(\w+))?\}/g,
      (match, plain: string, square: string, squareFormat: string, braced: string, format: string) => {
        const held = this.held.get(plain ?? square ?? braced);
        return held ? written(held, squareFormat ?? format) : match;
      },
    );
  }
}

/** `packages/grafana-prometheus/src/escaping.ts`: a picker of several values is a regular expression, with its escapes escaped for the quotes. */
const written = ({ variable, value, options }: Held, format: string | undefined): string => {
  if (value === '$__all' && variable.allValue) return variable.allValue;
  const values = value === '$__all' ? options : value;
  const list = [values].flat();
  switch (format) {
    case 'raw':
    case 'text':
    case 'csv':
      return list.join(',');
    case 'pipe':
      return list.join('|');
    case 'regex':
      return list.length === 1 ? escapeRegex(list[0] as string) : `(${list.map(escapeRegex).join('|')})`;
    case undefined:
      break;
    default:
      throw new Error(`\${${variable.name}:${format}}: this format is not understood`);
  }
  if (variable.type === 'datasource') return list.join(',');
  if (!variable.multi && !variable.includeAll) return list.join(',').replaceAll('\\', '\\\\').replaceAll("'", "\\\\'");
  const escaped = list.map((item) => item.replaceAll('\\', '\\\\\\\\').replace(/[$^*{}[\]+?.()|]/g, '\\\\$&'));
  return escaped.length === 1 ? (escaped[0] as string) : `(${escaped.join('|')})`;
};

const escapeRegex = (text: string): string => text.replace(/[$^*{}[\]+?.()|\\/]/g, '\\$&');
