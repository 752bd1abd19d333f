import type { ErrorObject } from 'ajv';
import { allowedNames, closest } from './nearest';
import { formatPath, problem, quote, type HomelabProblem, type Keys } from './problem';
import { describe, example, patterns, schemaValues, type Schema } from './schema-words';

/** What ajv found, one problem a mistake, in words. */
export const toProblems = (errors: readonly ErrorObject[], homelab: unknown): readonly HomelabProblem[] => {
  const kept = withoutEchoes(withoutOtherBranches(errors));
  return kept.map((error) => toProblem(error, toKeys(error.instancePath, homelab)));
};

const toProblem = (error: ErrorObject, keys: Keys): HomelabProblem => {
  switch (error.keyword) {
    case 'required':
      return missingKey(error, keys);
    case 'additionalProperties':
      return unknownKey(error, keys);
    case 'enum':
    case 'const':
      return unknownValue(error, keys);
    case 'pattern':
      return malformed(error, keys);
    case 'minimum':
    case 'maximum':
      return problem(keys, {
        what: 'out of range',
        value: error.data,
        allowed: `a whole number from ${schemaOf(error).minimum} to ${schemaOf(error).maximum}`,
      });
    case 'minItems':
      return problem(keys, { what: 'empty list', allowed: 'at least one entry' });
    default:
      return wrongType(error, keys);
  }
};

const missingKey = (error: ErrorObject, keys: Keys): HomelabProblem => {
  const key: string = error.params.missingProperty;
  const schema = schemaOf(error).properties?.[key];
  return problem([...keys, key], {
    what: 'missing',
    ...(schema && { allowed: describe(schema) }),
    try: `add \`${key}: ${example(schema)}\``,
  });
};

const unknownKey = (error: ErrorObject, keys: Keys): HomelabProblem => {
  const key: string = error.params.additionalProperty;
  const known = knownKeys(error);
  const isAlert = formatPath(keys) === 'alerting.alerts';
  const meant = closest(key, absentKeys(error));
  return problem([...keys, key], {
    what: isAlert ? 'no alert is called so' : 'unknown key',
    allowed: allowedNames(key, known),
    try: meant
      ? `write \`${meant}:\` instead of \`${key}:\``
      : isAlert
        ? 'look for it in docs/alerts.md'
        : `remove \`${key}\``,
    onKey: true,
    ...(isReference(error) && { secret: true }),
  });
};

const unknownValue = (error: ErrorObject, keys: Keys): HomelabProblem => {
  const allowed = schemaValues(schemaOf(error));
  const written = typeof error.data === 'string' ? error.data : '';
  const meant = closest(written, allowed) ?? beginningWith(written, allowed);
  return problem(keys, {
    what: error.data === null ? 'empty' : 'unknown value',
    value: error.data,
    allowed: allowedNames(written, allowed),
    ...(meant && { try: `write ${asWritten(keys, quote(meant))}` }),
  });
};

const malformed = (error: ErrorObject, keys: Keys): HomelabProblem => {
  const written = String(error.data);
  const words = patterns[error.params.pattern] ?? {
    what: 'malformed',
    allowed: `text that fits ${error.params.pattern}`,
  };
  if (!isReference(error)) return problem(keys, { ...words, value: written });
  // Whoever writes the secret itself where its variable's name belongs must not find it again in a log.
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(written) || /\d{5}/.test(written)) return secretInClear(keys.slice(0, -1));
  const name = written.toUpperCase().replace(/-/g, '_').replace(/^\d+/, '');
  return problem(keys, { ...words, value: written, try: `write \`env: ${quote(name)}\`` });
};

const wrongType = (error: ErrorObject, keys: Keys): HomelabProblem => {
  const { data } = error;
  const key = keys.at(-1);
  if (data === null) {
    const tryThis = key === undefined ? 'list your machines under `hosts:`' : `give it a value, or remove \`${key}\``;
    return problem(keys, { what: 'empty', allowed: describe(schemaOf(error)), try: tryThis });
  }
  if (isReference(error)) {
    const variable = /^\$\{?([A-Z][A-Z0-9_]*)\}?$/.exec(String(data))?.[1];
    return typeof data === 'object' || variable ? notAReference(keys, variable) : secretInClear(keys);
  }
  if (typeof data === 'number' && durations.includes(String(key))) return unitless(keys, data);
  const mended = mend(data, schemaOf(error));
  return problem(keys, {
    what: `expected ${describe(schemaOf(error))}`,
    value: data,
    ...(mended !== undefined && { try: `write ${asWritten(keys, mended)}` }),
  });
};

/** A secret that stands in the file itself. */
export const secretInClear = (keys: Keys): HomelabProblem => {
  const owner = keys.filter((key) => typeof key === 'string').slice(-2);
  const variable = `HOMELAB_${owner
    .join('_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase()}`;
  return problem(keys, {
    what: 'a secret stands here in clear (it is not repeated here), and would be copied wherever this file goes',
    allowed: 'the name of an environment variable that holds it',
    try: `write \`${keys.at(-1)}: { env: ${quote(variable)} }\` and set ${variable} where it is used; if this file was ever shared, make a new secret`,
    secret: true,
  });
};

const notAReference = (keys: Keys, variable?: string): HomelabProblem =>
  problem(keys, {
    what: 'not a reference to an environment variable',
    allowed: "{ env: 'NAME_OF_THE_VARIABLE' }",
    ...(variable && { try: `write \`${keys.at(-1)}: { env: ${quote(variable)} }\`` }),
    secret: true,
  });

/** Keys that hold a length of time. */
const durations: readonly string[] = ['for', 'interval', 'period'];

const unitless = (keys: Keys, data: number): HomelabProblem =>
  problem(keys, {
    what: 'a length of time without its unit',
    value: data,
    allowed: '30s, 5m, 1h30m, 7d',
    try: `write the unit too: ${asWritten(keys, `'${data}m'`)} is in minutes`,
  });

/** A value with its key; an item of a list has none. */
const asWritten = (keys: Keys, value: string): string => {
  const key = keys.at(-1);
  return `\`${typeof key === 'string' ? `${key}: ` : ''}${value}\``;
};

/** `F` for `fahrenheit`, where it can be nothing else. */
const beginningWith = (written: string, values: readonly string[]): string | undefined => {
  const fits = values.filter((value) => written !== '' && value.startsWith(written.toLowerCase()));
  return fits.length === 1 ? fits[0] : undefined;
};

/** What was probably meant by a value of the wrong type, as it would be written. */
const mend = (data: unknown, schema: Schema): string | undefined => {
  const values = schemaValues(schema);
  if (values.length > 0) {
    const meant = beginningWith(String(data), values);
    return meant && quote(meant);
  }
  if (schema.type === 'string' && (typeof data === 'number' || typeof data === 'boolean')) return `'${data}'`;
  if ((schema.type === 'integer' || schema.type === 'number') && typeof data === 'string' && /^\d+$/.test(data))
    return data;
  if (schema.type === 'boolean' && typeof data === 'string') {
    if (/^(yes|on|true)$/i.test(data)) return 'true';
    if (/^(no|off|false)$/i.test(data)) return 'false';
  }
  if (schema.type === 'array' && typeof data === 'string') return `['${data}']`;
  return undefined;
};

/** ajv reports every branch of a union: keeps those of the branch that the value's type chose, or the union as a whole. */
const withoutOtherBranches = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  let kept: readonly ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'if') continue;
    if (error.keyword !== 'anyOf') {
      kept = [...kept, error];
      continue;
    }
    const inside = kept.filter(({ instancePath }) => isWithin(instancePath, error.instancePath));
    const chosen = inside.filter((branch) => branch.instancePath !== error.instancePath || !isOtherType(branch));
    const others = kept.filter((other) => !inside.includes(other));
    kept = [...others, ...(chosen.length > 0 ? chosen : [error])];
  }
  return kept;
};

const isOtherType = ({ keyword, data }: ErrorObject): boolean =>
  keyword === 'type' || (keyword === 'enum' && typeof data !== 'string');

const isWithin = (path: string, top: string): boolean => path === top || path.startsWith(`${top}/`);

/** A misspelt key also leaves its right spelling missing, and a wrong type also fits no pattern or list. */
const withoutEchoes = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  const misspelt = new Set(
    errors
      .filter(({ keyword }) => keyword === 'additionalProperties')
      .map((error) => `${error.instancePath}/${closest(error.params.additionalProperty, absentKeys(error))}`),
  );
  return errors.filter((error) => {
    if (error.keyword === 'required') return !misspelt.has(`${error.instancePath}/${error.params.missingProperty}`);
    return error.keyword === 'type' || error.keyword === 'additionalProperties' || !mistyped.has(error.instancePath);
  });
};

const schemaOf = (error: ErrorObject): Schema => (error.parentSchema ?? {}) as Schema;
const knownKeys = (error: ErrorObject): readonly string[] => Object.keys(schemaOf(error).properties ?? {});
const absentKeys = (error: ErrorObject): readonly string[] =>
  knownKeys(error).filter((key) => !Object.hasOwn(error.data as object, key));

/** Whether a reference to an environment variable is expected here, or it is a part of one. */
const isReference = (error: ErrorObject): boolean =>
  schemaOf(error).properties?.env !== undefined || error.params.pattern === '^[A-Z][A-Z0-9_]*$';

/** `/hosts/0/name` -> `['hosts', 0, 'name']`; only the value tells an index from a key of digits. */
const toKeys = (pointer: string, homelab: unknown): Keys => {
  let value = homelab;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string | number, unknown> | undefined)?.[key];
      return key;
    });
};
