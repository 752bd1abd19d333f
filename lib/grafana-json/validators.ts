import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
// Only so that `tsc` takes the file along; it is read when it is first needed.
import type compiled from './validator.gen.json';

/** One thing that a compiled validator found. What would have been right is in the schema, at the same place. */
export interface Flaw {
  /** JSON pointer from the value that was given. */
  readonly at: string;
  /** Keyword of JSON Schema: `required`, `additionalProperties`, `type`, `enum` … */
  readonly keyword: string;
  /** The missing key, the unknown key, or the value that no member of a union has. */
  readonly key?: unknown;
}

/** What is wrong with a value, as a definition of the schema sees it. */
export const flawsOf = (definition: string, value: unknown): readonly Flaw[] => {
  known ??= load();
  const validate = known[definition];
  if (validate === undefined) throw new Error(`no compiled validator for ${definition}`);
  return validate(value) ? [] : (validate.errors ?? []);
};

interface Validator {
  (value: unknown, at?: string): boolean;
  errors?: Flaw[] | null;
}

let known: Readonly<Record<string, Validator>> | undefined;

/**
 * The code is kept as text in a JSON file: as a module, ts-node would compile 200 kB of it on every start, which takes
 * a hundred times as long as reading it.
 */
const load = (): Readonly<Record<string, Validator>> => {
  const file = join(__dirname, 'validator.gen.json');
  const { source } = JSON.parse(readFileSync(file, 'utf8')) as typeof compiled;
  const make = runInThisContext(`(function(flawed,joined,keys){${source.join('\n')}\n})`, { filename: file }) as (
    ...helpers: unknown[]
  ) => Readonly<Record<string, Validator>>;
  return make(flawed, joined, keys);
};

/** One more flaw. */
const flawed = (flaws: Flaw[] | null, at: string, keyword: string, key?: unknown): Flaw[] => {
  const flaw = key === undefined ? { at, keyword } : { at, keyword, key };
  if (flaws === null) return [flaw];
  flaws.push(flaw);
  return flaws;
};

/** The flaws of a part. */
const joined = (flaws: Flaw[] | null, part: Validator): Flaw[] => [...(flaws ?? []), ...(part.errors ?? [])];

const keys = (text: string): ReadonlySet<string> => new Set(text.split(' '));
