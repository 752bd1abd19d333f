import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Json } from '../grafana-json/json';
import { referencesIn } from './secret-values';
import type { BaseObject } from './object';

/** What can be said of a secret that was sent once, and the value that would be sent now. */
export type SecretChange = 'same' | 'changed' | 'cannot tell';

/** For a short value, or one that a person made up: everybody who may look at Grafana can read the state, and could try words against it. */
export const noFingerprint = 'none';

/**
 * Tells a value from others without giving it away: scrypt with a salt of its own, but only where the value looks random
 * (`looksRandom`); else `none`.
 */
export const fingerprint = async (value: string): Promise<string> => {
  if (!looksRandom(value)) return noFingerprint;
  const salt = randomBytes(16);
  return ['scrypt', salt.toString('base64'), (await stretched(value, salt)).toString('base64')].join(':');
};

/** Whether a value is the one of which `known` was made. */
export const compareSecret = (known: string | undefined, value: string): SecretChange => {
  const [method, salt, hash] = known?.split(':') ?? [];
  if (method !== 'scrypt' || !salt || !hash) return 'cannot tell';
  const [left, right] = [Buffer.from(hash, 'base64'), scryptSync(value, Buffer.from(salt, 'base64'), 32, cost)];
  return left.length === right.length && timingSafeEqual(left, right) ? 'same' : 'changed';
};

/** Whether the last push sent this value to this place of an object; undefined where no fingerprint tells. */
export const wasSentBefore = (base: BaseObject | undefined, path: string, value: string): boolean | undefined => {
  const is = compareSecret(base?.secrets?.[path], value);
  return is === 'cannot tell' ? undefined : is === 'same';
};

/** 16 MiB and some 30 ms for each guess. */
const cost = { N: 2 ** 14, r: 8, p: 1 } as const;

const stretched = (value: string, salt: Buffer): Promise<Buffer> => derive(value, salt, 32, cost);

const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);

/**
 * Whether nobody could guess a value: it holds at least 20 characters in a row (letters, digits, `-`, `_`, `+`, `=`) in which small letters, capitals and
 * digits take turns at every fourth place or more often, at least ten differ, and no four stand twice. Random text in hexadecimal or base64
 * does all that; words, also with a year or a few digits behind them, do not. An address counts by its longest part.
 */
export const looksRandom = (value: string): boolean =>
  value.split(/[^A-Za-z0-9_+=-]+/).some((part) => part.length >= 20 && isMixed(part.replace(/[_+=-]/g, '')));

const isMixed = (text: string): boolean => {
  if (text.length < 16 || new Set(text).size < 10) return false;
  const sorts = [...text].map((letter) =>
    /[a-z]/.test(letter) ? 'small' : /[A-Z]/.test(letter) ? 'capital' : 'digit',
  );
  const turns = sorts.filter((sort, index) => index > 0 && sort !== sorts[index - 1]).length;
  if (turns / (text.length - 1) < 0.25) return false;
  const fours = Array.from({ length: text.length - 3 }, (_, index) => text.slice(index, index + 4));
  return new Set(fours).size === fours.length;
};

/** What is known of the secrets of a body once they were sent, by path. */
export const fingerprintsOf = async (
  body: Json,
  secret: (name: string) => string,
): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      referencesIn(body).map(async ({ path, name }): Promise<[string, string]> => [
        path,
        await fingerprint(secret(name)),
      ]),
    ),
  );

/**
 * Which secrets of a body changed since they were sent, and of which nobody can tell, each as the names of their environment
 * variables. One that is not set throws what `secret` throws.
 */
export const compareSecrets = (
  body: Json,
  base: BaseObject | undefined,
  secret: (name: string) => string,
): { readonly changed: readonly string[]; readonly cannotTell: readonly string[] } => {
  const told = referencesIn(body).map(({ path, name }) => ({
    name,
    is: compareSecret(base?.secrets?.[path], secret(name)),
  }));
  const names = (wanted: SecretChange): readonly string[] => [
    ...new Set(told.filter(({ is }) => is === wanted).map(({ name }) => name)),
  ];
  return { changed: names('changed'), cannotTell: names('cannot tell') };
};

/** Hands out secrets and remembers them, so that a text that came back from a server can be told without them. */
export const hidingSecrets = (
  secret: (name: string) => string,
): {
  readonly secret: (name: string) => string;
  readonly ifSet: (name: string) => string | undefined;
  readonly hide: (text: string) => string;
} => {
  const told = new Set<string>();
  const remembered = (name: string): string => {
    const value = secret(name);
    // A text as short as that stands in every other word.
    if (value.length >= 4) told.add(value);
    return value;
  };
  return {
    secret: remembered,
    ifSet: (name) => {
      try {
        return remembered(name);
      } catch {
        return undefined;
      }
    },
    hide: (text) =>
      [...told]
        .sort((left, right) => right.length - left.length)
        .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
        .reduce((hidden, value) => hidden.replaceAll(value, '[secret]'), text),
  };
};
