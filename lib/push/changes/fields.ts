import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../../grafana-json/json';
import { nameInWords } from '../../review/words';
import { changeInWords } from './values';

/** Names below which values open doors, or may: they are compared and never told. */
const secret = /pass|secret|token|key|credential|authorization|cookie|url|endpoint|webhook|headers?|httpHeaderValue/i;

export interface FieldsOptions {
  /** Before the name of each field: `settings`. */
  readonly base?: string;
  /** Whether a value of the field may be told; else only that it changed. */
  readonly mayTell?: (path: string) => boolean;
}

/** Whether the path of a field sounds like a secret. */
export const soundsSecret = (path: string): boolean => secret.test(path);

/** Fields that differ, each with its two values: `basic auth user me to you`. Below objects by their path: `json data time interval 15s to 30s`. */
export const changesOfFields = (
  was: Json,
  is: Json,
  { base = '', mayTell = (path) => !soundsSecret(path) }: FieldsOptions = {},
): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((key) => {
    const path = base === '' ? key : `${base}.${key}`;
    const [before, after] = [was[key], is[key]];
    if (isDeepStrictEqual(before, after)) return [];
    if (isObject(before) && isObject(after) && !isReference(before) && !isReference(after))
      return changesOfFields(before, after, { base: path, mayTell });
    const name = nameInWords(path);
    if (mayTell(path)) return [changeInWords(name, before, after)];
    if (typeof after === 'string' && isObject(before) && isReference(before))
      return [`${name} is not the value of ${String(before['env'])}: one of the two changed`];
    if (typeof before === 'string' && isObject(after) && isReference(after))
      return [`${name} becomes the value of ${String(after['env'])}`];
    return [`${name} changed`];
  });

const isReference = (value: Json): boolean => typeof value['env'] === 'string';
