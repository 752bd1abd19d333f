import { createHash } from 'node:crypto';
import { canonicalJson } from '../../grafana-json/canonical-json';
import type { Json } from '../../grafana-json/json';
import type { NormalForm } from './normal-form';

/** SHA-256, as hexadecimal text, of a normal form; the order of keys makes no difference. */
export const hashOf = (normal: Json): string => createHash('sha256').update(canonicalJson(normal)).digest('hex');

/**
 * The same of the normal form of a body, made once for each: bodies are never changed in place, and of a large dashboard the form takes longer than all
 * else. Only the hash is kept, so that many dashboards need no more memory.
 */
export const hashOfBody = (form: NormalForm, body: Json, normal = (): Json => form(body)): string => {
  const hashes = made.get(form) ?? new WeakMap<Json, string>();
  made.set(form, hashes);
  const hash = hashes.get(body) ?? hashOf(normal());
  hashes.set(body, hash);
  return hash;
};

const made = new WeakMap<NormalForm, WeakMap<Json, string>>();
