import type { KnownVariable, Language } from '../../query/parsed';
import type { Board, DataSourceRef, JsonObject, Path, Variable } from '../subject';
import { queryOf, type Reading } from './reading';
import { isObject, objectIn, objectsIn, textIn, wordIn, numberIn, type Building } from './value';

/** What a variable is, whichever schema says it. */
export interface WrittenVariable {
  readonly json: JsonObject;
  readonly at: Path;
  readonly type: string;
  /** Its query's text, and where that stands. */
  readonly definition: string | undefined;
  readonly definitionAt: Path;
  readonly dataSource: DataSourceRef | undefined;
  readonly language: Language;
  readonly declared?: (() => string | undefined) | undefined;
}

/** A variable with the query inside. */
export const variableOf = (reading: Reading, board: Board, written: WrittenVariable): Variable => {
  const { json, at, type, definition, definitionAt, dataSource, language, declared } = written;
  const variable: Building<Variable> = {
    kind: 'variable',
    document: reading.document,
    board,
    at,
    allowed: [],
    get declared() {
      return declared?.();
    },
    name: wordIn(json, 'name') ?? '',
    label: textIn(json, 'label') || undefined,
    type,
    definition,
    query: undefined,
    values: valuesOf(json, type),
    multi: json['multi'] === true,
    includeAll: json['includeAll'] === true,
    allValue: wordIn(json, 'allValue') || undefined,
    hide: hideOf(json['hide']),
    regex: textIn(json, 'regex') || undefined,
    refresh: refreshOf(json['refresh']),
    dataSource,
    json,
  };
  const inside =
    type === 'query' && definition !== undefined && language !== 'other' ? innerQuery(definition) : undefined;
  if (inside)
    variable.query = queryOf(
      {
        document: reading.document,
        at: definitionAt,
        from: inside.from,
        allowed: [],
        owner: variable,
        refId: '',
        language,
        text: inside.text,
        legend: undefined,
        mode: 'instant',
        format: 'table',
        interval: undefined,
        hidden: false,
        dataSource,
        json: isObject(json['query']) ? json['query'] : json,
      },
      () => knownVariables(board),
      declared,
    );
  return variable;
};

/** What a board's variables tell the parsers; made once a board. */
export const knownVariables = (board: Board): readonly KnownVariable[] => {
  const known = madeBefore.get(board) ?? board.variables.map(knownOf);
  madeBefore.set(board, known);
  return known;
};
const madeBefore = new WeakMap<Board, readonly KnownVariable[]>();

const knownOf = (variable: Variable): KnownVariable => ({
  name: variable.name,
  type: variable.type,
  values: variable.values,
  multi: variable.multi,
  includeAll: variable.includeAll,
  ...(variable.allValue !== undefined && { allValue: variable.allValue }),
});

/** The selector or expression in `label_values(…, x)`, `label_names(…)`, `query_result(…)`; a text that is none of them selects series itself. */
const innerQuery = (definition: string): { readonly text: string; readonly from: number } | undefined => {
  const text = definition.trim();
  const lead = definition.indexOf(text);
  const call = /^(label_values|label_names|query_result|metrics)\s*\(/.exec(text);
  if (!call) return text === '' ? undefined : { text, from: lead };
  if (!text.endsWith(')') || call[1] === 'metrics') return undefined;
  const start = call[0].length;
  let end = text.length - 1;
  if (call[1] === 'label_values') {
    end = text.lastIndexOf(',', end);
    if (end < start) return undefined;
  }
  const inner = text.slice(start, end);
  const bare = inner.trim();
  return bare === '' ? undefined : { text: bare, from: lead + start + inner.indexOf(bare) };
};

/** The text of a variable's query in the classic schema, and where it stands under the variable. */
export const definitionOf = (json: JsonObject): { readonly text: string | undefined; readonly path: Path } => {
  const { query } = json;
  if (typeof query === 'string') return { text: query, path: ['query'] };
  if (isObject(query)) return definitionIn(query, ['query']);
  const text = textIn(json, 'definition');
  return { text, path: ['definition'] };
};

/** Of the query's own object: Prometheus has a text in it, Loki a label and a stream. */
export const definitionIn = (
  query: JsonObject,
  path: Path,
): { readonly text: string | undefined; readonly path: Path } => {
  for (const key of ['query', 'expr', '__legacyStringValue']) {
    const text = textIn(query, key);
    if (text) return { text, path: [...path, key] };
  }
  const label = textIn(query, 'label');
  const stream = textIn(query, 'stream');
  if (stream && label) return { text: `label_values(${stream}, ${label})`, path: [...path, 'stream'] };
  return { text: undefined, path };
};

const valuesOf = (json: JsonObject, type: string): readonly string[] => {
  if (type !== 'custom' && type !== 'interval' && type !== 'constant') return [];
  const listed = textIn(json, 'query');
  const options = objectsIn(json, 'options').flatMap(([option]) => wordIn(option, 'value') ?? []);
  const own =
    type === 'constant'
      ? listed === undefined
        ? []
        : [listed]
      : listed === undefined
        ? options
        : splitValues(listed, type);
  const current: unknown = objectIn(json, 'current')['value'];
  const chosen = (Array.isArray(current) ? current : [current]).filter(
    (value): value is string => typeof value === 'string' && own.includes(value),
  );
  return [...new Set([...chosen, ...own])].filter((value) => value !== '$__all' && !value.startsWith('$__auto'));
};

/** `a,b`, where `\,` is a comma of the value; a custom one may say `shown : value`. */
const splitValues = (text: string, type: string): readonly string[] =>
  (text.match(/(?:\\,|[^,])+/g) ?? []).flatMap((part) => {
    const written = part.replaceAll('\\,', ',').trim();
    const cut = type === 'custom' ? written.indexOf(' : ') : -1;
    const value = cut > 0 ? written.slice(cut + 3).trim() : written;
    return value === '' ? [] : [value.replace(/^(["'])(.*)\1$/, type === 'interval' ? '$2' : '$&')];
  });

const hideOf = (hide: unknown): Variable['hide'] => {
  if (hide === 2 || hide === 'hideVariable') return 'variable';
  return hide === 1 || hide === 'hideLabel' ? 'label' : 'no';
};

const refreshWords: Readonly<Record<string, number>> = { never: 0, onDashboardLoad: 1, onTimeRangeChanged: 2 };

const refreshOf = (refresh: unknown): number | undefined => {
  // Before Grafana 2 it was a flag.
  if (typeof refresh === 'boolean') return refresh ? 1 : 0;
  if (typeof refresh === 'string' && Object.hasOwn(refreshWords, refresh)) return refreshWords[refresh];
  return numberIn({ refresh }, 'refresh');
};
