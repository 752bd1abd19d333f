import { isObject, pathOf, type Json } from '../grafana-json/json';
import type { EnvironmentText } from '../render/grafana-escape';

type Steps = readonly (string | number)[];

/** Where a body wants the value of an environment variable: `{env: 'NAME'}`, with or without a text `before` it. */
export interface Reference {
  /** Steps to it: `['settings', 'url']`. */
  readonly steps: Steps;
  /** The same for a reader: `settings.url`. */
  readonly path: string;
  /** The variable. */
  readonly name: string;
  /** Text of ours before its value. */
  readonly before: string;
}

/** What Grafana gives in place of a secret that it keeps to itself. Sent back, it keeps the stored value (12.3). */
export const redacted = '[REDACTED]';

/** What stands where a body holds the value of a variable, and the server another one: neither is shown to anybody. */
export const anotherValue = '[another value]';

/** Every place of a body that wants the value of an environment variable. */
export const referencesIn = (body: Json): readonly Reference[] => collect(body, []);

const collect = (value: object, steps: Steps): readonly Reference[] => {
  const isList = Array.isArray(value);
  const { env, before } = value as Json;
  if (!isList && typeof env === 'string' && Object.keys(value).every((key) => key === 'env' || key === 'before'))
    return [{ steps, path: pathOf('', ...steps), name: env, before: typeof before === 'string' ? before : '' }];
  // Most of a body is texts and numbers: nothing is made for those.
  const found: Reference[] = [];
  for (const [key, item] of Object.entries(value) as [string, unknown][])
    if (typeof item === 'object' && item !== null) found.push(...collect(item, [...steps, isList ? Number(key) : key]));
  return found;
};

const asWritten = ({ name, before }: Reference): EnvironmentText => ({ env: name, ...(before !== '' && { before }) });

/** What stands at the end of some steps. */
export const valueAt = (value: unknown, steps: Steps): unknown =>
  steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    value,
  );

/** The same body with another value at the end of some steps; where they lead nowhere, the body as it is. */
export const withValueAt = (body: Json, steps: Steps, value: unknown): Json => replaced(body, steps, value) as Json;

const replaced = (at: unknown, [step, ...rest]: Steps, value: unknown): unknown => {
  if (step === undefined) return value;
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return at;
  const copy: unknown = Array.isArray(at) ? [...(at as unknown[])] : { ...at };
  (copy as Record<string | number, unknown>)[step] = replaced(
    (at as Record<string | number, unknown>)[step],
    rest,
    value,
  );
  return copy;
};

/** A body with something else wherever one of `references` points; `undefined`: what stands there stays. */
const replacedAt = (
  body: Json,
  references: readonly Reference[],
  by: (reference: Reference, now: unknown) => unknown,
): Json =>
  references.reduce((at, reference) => {
    const value = by(reference, valueAt(at, reference.steps));
    return value === undefined ? at : withValueAt(at, reference.steps, value);
  }, body);

/** A body with the values of its variables: only for sending. Throws what `secret` throws. */
export const putSecretsIn = (body: Json, secret: (name: string) => string): Json =>
  replacedAt(body, referencesIn(body), ({ name, before }) => before + secret(name));

/** A body without its references, so that it can be compared with what was read back: every one is `[REDACTED]`. */
export const withoutReferences = (body: Json): Json => replacedAt(body, referencesIn(body), () => redacted);

/**
 * A body as a server shows it, with the references of others in place of its secrets: where the server shows none, or just the value
 * that the environment holds. Another value stays, and tells the two apart.
 */
export const withReferences = (
  body: Json,
  others: readonly (Json | undefined)[],
  secret: (name: string) => string | undefined,
): Json =>
  replacedAt(body, referencesOf(others), (reference, shown) => {
    if (shown === redacted) return asWritten(reference);
    const value = typeof shown === 'string' ? secret(reference.name) : undefined;
    return value !== undefined && shown === reference.before + value ? asWritten(reference) : undefined;
  });

/** A body with the references of others in place of whatever stands there: what may be kept in a file. */
export const withReferencesOnly = (body: Json, others: readonly (Json | undefined)[]): Json =>
  replacedAt(body, referencesOf(others), (reference, shown) =>
    shown === undefined || isObject(shown) ? undefined : asWritten(reference),
  );

const referencesOf = (bodies: readonly (Json | undefined)[]): readonly Reference[] =>
  bodies.flatMap((body) => (body ? referencesIn(body) : []));

/** What is known of secret values when something is read. */
export interface KnownSecrets {
  /** Value of a variable; undefined where it is not set. */
  readonly secretValue: (name: string) => string | undefined;
  /**
   * Whether the last push sent this value to this place (`settings.url`), though the variable has another one today; undefined where nobody
   * can tell.
   */
  readonly wasSent?: (path: string, value: string) => boolean | undefined;
}

/**
 * What a server gave, without the values that it holds where `wanted` has references: the reference itself where the value is today's;
 * `[REDACTED]` where it is one that we sent, where the server hides it, or where nobody can tell because the variable is not set; else
 * `[another value]`.
 */
export const takeSecretsOut = (actual: Json, wanted: Json | undefined, { secretValue, wasSent }: KnownSecrets): Json =>
  replacedAt(actual, referencesOf([wanted]), (reference, shown) => {
    if (typeof shown !== 'string' || shown === redacted) return undefined;
    const { name, before, path } = reference;
    const value = secretValue(name);
    if (value !== undefined && shown === before + value) return asWritten(reference);
    const sent = shown.startsWith(before) && wasSent?.(path, shown.slice(before.length));
    return sent === true || (sent === undefined && value === undefined) ? redacted : anotherValue;
  });

/** What a server gave, with the same in place of its secrets as a body that was read before. */
export const hiddenAsIn = (before: Json, actual: Json): Json => hiddenAs(before, actual) as Json;

const hiddenAs = (before: unknown, actual: unknown): unknown => {
  if (isHidden(before)) return typeof actual === 'string' ? before : actual;
  if (Array.isArray(actual)) return actual.map((item, index) => hiddenAs(valueAt(before, [index]), item));
  if (!isObject(actual)) return actual;
  return Object.fromEntries(Object.entries(actual).map(([key, item]) => [key, hiddenAs(valueAt(before, [key]), item)]));
};

const isHidden = (value: unknown): boolean => value === redacted || value === anotherValue;

/** Whether a body still holds what stands in place of a secret that nobody here knows. */
export const lacksSecrets = (value: unknown): boolean => {
  if (isHidden(value)) return true;
  if (Array.isArray(value)) return value.some(lacksSecrets);
  return isObject(value) && Object.values(value).some(lacksSecrets);
};
