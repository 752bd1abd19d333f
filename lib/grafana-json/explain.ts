import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// Only so that `tsc` takes the file along; it is read when there is something to explain.
import type schemaFile from './dashboard.schema.json';
import { isObject, pathOf } from './json';
import { deref, type JsonSchema } from './json-schema';
import { hint, type Problem } from './problem';
import { flawsOf, type Flaw } from './validators';

/** What is wrong with a value as a definition of the schema sees it, in words; `path` is where the value stands. */
export const schemaProblems = (definition: string, value: unknown, path: string): Problem[] =>
  firstOfEach(flawsOf(definition, value)).map((flaw) => explain(definition, value, flaw, path));

/** Where a key went that a definition had once. */
export const whereItWent = (definition: string, key: string): string | undefined =>
  resolved({ $ref: `#/$defs/${definition}` }).removed?.[key];

/** A wrong type is a wrong choice too, and a wrong unit is wrong in three ways: the first says enough. */
const firstOfEach = (flaws: readonly Flaw[]): Flaw[] => {
  const seen = new Set<string>();
  return flaws.filter(({ at, keyword, key }) => {
    const about = keyword === 'required' || keyword === 'additionalProperties' ? `${at} ${keyword} ${String(key)}` : at;
    if (keyword === 'discriminator' && key === undefined) return false;
    return !seen.has(about) && seen.add(about);
  });
};

const explain = (definition: string, root: unknown, flaw: Flaw, path: string): Problem => {
  const tokens = flaw.at
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { schema, value } = lookUp(definition, root, tokens);
  const at = pathOf(path, ...tokens);
  switch (flaw.keyword) {
    case 'additionalProperties':
      return unknownKey(schema, value, String(flaw.key), at);
    case 'required':
      return { path: at, message: `\`${String(flaw.key)}\` is missing` };
    case 'discriminator':
      return notOneOf(
        pathOf(at, 'type'),
        flaw.key,
        (schema.oneOf ?? []).map((member) => resolved(member).properties?.['type']?.const),
      );
    case 'type':
      return { path: at, message: `must be ${typeOf(schema)}, got ${shown(value)}`, got: value };
    case 'const':
      return notOneOf(at, value, [schema.const]);
    case 'enum':
      return notOneOf(at, value, schema.enum ?? schema.anyOf?.find((it) => it.enum !== undefined)?.enum ?? []);
    case 'minimum':
      return { path: at, message: `must be at least ${schema.minimum ?? ''}, got ${shown(value)}`, got: value };
    case 'maximum':
      return { path: at, message: `must be at most ${schema.maximum ?? ''}, got ${shown(value)}`, got: value };
    case 'pattern':
      if (schema.pattern === '.') return { path: at, message: 'must not be empty', got: value };
      return { path: at, message: `${shown(value)} does not fit ${schema.pattern ?? ''}`, got: value };
    default:
      return { path: at, message: `${shown(value)} does not fit: ${flaw.keyword}`, got: value };
  }
};

const unknownKey = (schema: JsonSchema, value: unknown, key: string, path: string): Problem => {
  const allowed = Object.keys(schema.properties ?? {}).sort();
  const gone = schema.removed?.[key];
  return {
    path: pathOf(path, key),
    message: `unknown key \`${key}\`${gone === undefined ? hint(key, allowed) : `: ${gone}`}`,
    got: isObject(value) ? value[key] : undefined,
    allowed,
  };
};

const notOneOf = (path: string, got: unknown, values: readonly unknown[]): Problem => {
  const allowed = values.map(String);
  return { path, message: `${shown(got)} is not known here${hint(String(got), allowed)}`, got, allowed };
};

const typeOf = ({ type, items }: JsonSchema): string => {
  const names = (typeof type === 'string' ? [type] : (type ?? [])).map((name) => typeNames[name] ?? name);
  return items === undefined ? names.join(' or ') : 'a list';
};
const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** The schema and the value at a place; unions are followed as the value says. */
const lookUp = (
  definition: string,
  root: unknown,
  tokens: readonly string[],
): { schema: JsonSchema; value: unknown } => {
  let schema = resolved({ $ref: `#/$defs/${definition}` });
  let value = root;
  for (const token of tokens) {
    const member = memberFor(schema, value);
    const rest = typeof member.additionalProperties === 'object' ? member.additionalProperties : {};
    schema = resolved(Array.isArray(value) ? (member.items ?? {}) : (member.properties?.[token] ?? rest));
    value = Array.isArray(value) ? value[Number(token)] : isObject(value) ? value[token] : undefined;
  }
  const keyed = schema.oneOf !== undefined && isObject(value) && memberFor(schema, value) !== schema;
  return { schema: keyed ? memberFor(schema, value) : schema, value };
};

const memberFor = (schema: JsonSchema, value: unknown): JsonSchema => {
  const type = isObject(value) ? value['type'] : undefined;
  return schema.oneOf?.map(resolved).find((member) => member.properties?.['type']?.const === type) ?? schema;
};

const resolved = (schema: JsonSchema): JsonSchema => {
  defs ??=
    (JSON.parse(readFileSync(join(__dirname, 'dashboard.schema.json'), 'utf8')) as typeof schemaFile as JsonSchema)
      .$defs ?? {};
  return deref(schema, defs);
};
let defs: Readonly<Record<string, JsonSchema>> | undefined;
