import type { Json } from '../../grafana-json/json';
import { onlyKeys, withoutNulls } from './without';

/** A template as the server stores it: trimmed, and wrapped in a `define` with its name where it has none. */
export const normalTemplate = (body: Json): Json => {
  const { template, ...rest } = onlyKeys(withoutNulls(body) as Json, ['name', 'template']);
  if (typeof template !== 'string') return { ...rest, ...(template !== undefined && { template }) };
  const text = template.trim();
  const isDefined = /\{\{\s*define/.test(text) || text === '' || typeof rest['name'] !== 'string';
  return { ...rest, template: isDefined ? text : wrapped(rest['name'], text) };
};

const wrapped = (name: unknown, text: string): string =>
  `{{ define "${String(name)}" }}\n${text.replaceAll(/^/gm, '  ')}\n{{ end }}`;
