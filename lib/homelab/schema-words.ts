import { quote } from './problem';

/** As much of JSON Schema as ours uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $ref?: string;
}

/** The patterns of the schema in words. */
export const patterns: Readonly<Record<string, { readonly what: string; readonly allowed: string }>> = {
  '^\\S(.*\\S)?$': {
    what: 'unusable name',
    allowed: 'one line of text that does not begin or end with a space',
  },
  '^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$': {
    what: 'invalid project prefix',
    allowed: 'up to 12 lower-case letters, digits and dashes, a letter first, no dash last, such as hl',
  },
  '^[A-Z][A-Z0-9_]*$': {
    what: 'malformed name of an environment variable',
    allowed: 'upper-case letters, digits and underscores, a letter first, such as HOMELAB_DISCORD_URL',
  },
  '^([01][0-9]|2[0-3]):[0-5][0-9]$': { what: 'not a time of day', allowed: 'HH:MM in 24 hours, such as 07:30' },
  '^/': { what: 'not an absolute path', allowed: 'a path that begins with /' },
  '^[A-Za-z0-9_-]{1,40}$': {
    what: 'invalid uid',
    allowed: 'up to 40 letters, digits, dashes and underscores, as in the URL of the data source in Grafana',
  },
};

/** What a value may be, where that is a list. */
export const schemaValues = (schema: Schema): readonly string[] => schema.enum ?? (schema.const ? [schema.const] : []);

/** What a schema asks for, in a few words. */
export const describe = (schema: Schema): string => {
  if (schema.anyOf) return schema.anyOf.map(describe).join(' or ');
  if (schema.$ref) return references[schema.$ref.split('/').at(-1) ?? ''] ?? 'keys and values';
  const values = schemaValues(schema);
  if (values.length > 0) return values.join(', ');
  if (schema.properties) return `keys and values: ${Object.keys(schema.properties).join(', ')}`;
  return types[schema.type ?? ''] ?? 'another value';
};

const types: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
};

/** What a match may look like. */
export const labelsWithValues = "labels with values, such as { mountpoint: '/media' }";

/** Definitions that unions and missing keys refer to. */
const references: Readonly<Record<string, string>> = {
  EnvironmentReference: "{ env: 'NAME_OF_THE_VARIABLE' }",
  IdentityPattern: '{ label, pattern }',
  IncludeEntry: '{ files, folder, inputs }',
  Select: labelsWithValues,
  Severity: 'critical, warning, info',
  Category: 'availability, capacity, data-loss, performance, power, monitoring',
};

/** A value that one could write to begin with. */
export const example = (schema: Schema | undefined): string => {
  if (schema?.$ref?.endsWith('/EnvironmentReference')) return "{ env: 'NAME_OF_THE_VARIABLE' }";
  if (schema?.$ref?.endsWith('/Select')) return "{ host: '...' }";
  if (schema?.type === 'array') return '[...]';
  const [first] = schemaValues(schema ?? {});
  return first === undefined ? '...' : quote(first);
};
