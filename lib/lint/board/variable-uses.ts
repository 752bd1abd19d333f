import { variablesIn } from '../../query/filled';
import type { Board, JsonObject, Variable } from '../subject';

/** Names that whoever imports a board fills in: `DS_PROMETHEUS` of `__inputs`. */
export const inputsOf = (board: Board): ReadonlySet<string> => {
  const inputs = board.json['__inputs'];
  return new Set(
    Array.isArray(inputs)
      ? inputs.flatMap((input: unknown) =>
          isObject(input) && typeof input['name'] === 'string' ? [input['name']] : [],
        )
      : [],
  );
};

/** Names of a board's variables. */
export const namesOf = (board: Board): ReadonlySet<string> => new Set(board.variables.map(({ name }) => name));

/** What a variable's own definition reads: its query, data source, filters. */
export const readBy = (variable: Variable): ReadonlySet<string> => {
  const { json } = variable;
  const read = [
    json['query'],
    json['definition'],
    json['regex'],
    json['datasource'],
    json['spec'],
    json['allValue'],
    json['filters'],
  ].map((part) => (part === undefined ? '' : JSON.stringify(part)));
  return new Set(variablesIn(read.join(' ')).map(({ name }) => name));
};

const used = new WeakMap<Board, ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * Names of variables that stand anywhere in a board, with those variables whose own definitions they stand in; `''` for anywhere
 * else. `repeat` and `var-x=` in links count too.
 */
export const usesIn = (board: Board): ReadonlyMap<string, ReadonlySet<string>> => {
  const before = used.get(board);
  if (before) return before;
  const uses = new Map<string, Set<string>>();
  const add = (name: string, where: string): void => void uses.set(name, (uses.get(name) ?? new Set()).add(where));
  const own = new Map<unknown, string>(board.variables.map(({ json, name }) => [json, name]));
  // A list of what is left to look at, since files nest as deep as strangers like.
  const left: { readonly value: unknown; readonly where: string; readonly key: string }[] = [
    { value: board.json, where: '', key: '' },
  ];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, where, key } = next;
    if (typeof value === 'string') {
      if (value.includes('$') || value.includes('[[')) for (const { name } of variablesIn(value)) add(name, where);
      // In links Grafana takes more forms than in queries.
      if (value.includes('${')) for (const [, name] of value.matchAll(/\$\{(\w+)/g)) if (name) add(name, where);
      if (value.includes('var-')) for (const [, name] of value.matchAll(/\bvar-(\w+)=/g)) if (name) add(name, where);
      if (key === 'repeat' || key === 'repeatBy') add(value, where);
    } else if (Array.isArray(value))
      for (const item of value as readonly unknown[]) left.push({ value: item, where, key });
    else if (isObject(value))
      for (const [name, item] of Object.entries(value))
        left.push({
          value: item,
          where: own.get(value) ?? where,
          key: name === 'value' && key === 'repeat' ? key : name,
        });
  }
  used.set(board, uses);
  return uses;
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
