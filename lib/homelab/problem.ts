/** Keys and indexes from the top of the homelab file to a value. */
export type Keys = readonly (string | number)[];

/** Where in the text of the file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** How many characters the offending text has on its line. */
  readonly length: number;
  /** The whole line; absent where it may hold a secret. */
  readonly source?: string;
}

/** One thing in the homelab file that cannot stay. */
export interface HomelabProblem {
  /** Where, as one writes it in code: `apps[2].exporters[0].exporter`. Empty: the file as a whole. */
  readonly path: string;
  readonly keys: Keys;
  /** What is wrong, such as `unknown exporter`. */
  readonly what: string;
  /** The bad value as it would be written; absent where there is none, or where it is a secret. */
  readonly got?: string;
  /** What would be accepted, the nearest first. */
  readonly allowed?: string;
  /** What to do. */
  readonly try?: string;
  readonly at?: Position;
  /** The key is wrong, not its value. */
  readonly onKey?: true;
  /** The value must not be printed, nor the line that holds it. */
  readonly secret?: true;
}

type ProblemText = Omit<HomelabProblem, 'path' | 'keys' | 'got' | 'at'> & { readonly value?: unknown };

/** A problem at a place; `value` is what stands there. */
export const problem = (keys: Keys, { value, ...text }: ProblemText): HomelabProblem => ({
  path: formatPath(keys),
  keys,
  ...text,
  ...(value !== undefined && !text.secret && { got: formatValue(value) }),
});

/** `['apps', 2, 'exporters']` -> `apps[2].exporters`. */
export const formatPath = (keys: Keys): string =>
  keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${quote(key)}]`;
    return path === '' ? key : `${path}.${key}`;
  }, '');

/** A value as one would write it in the file, shortened. */
export const formatValue = (value: unknown): string => {
  const text = write(value, 0);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

const write = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 2) return Array.isArray(value) ? '[...]' : '{...}';
  if (Array.isArray(value))
    return `[${value
      .slice(0, 20)
      .map((item) => write(item, depth + 1))
      .join(', ')}]`;
  const pairs = Object.entries(value).slice(0, 20);
  if (pairs.length === 0) return '{}';
  return `{ ${pairs.map(([key, item]) => `${key}: ${write(item, depth + 1)}`).join(', ')} }`;
};

/** A text as it is written in the file: these quotes are right in TypeScript and in YAML. */
export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
