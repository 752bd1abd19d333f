import { sorted } from '../grafana-json/canonical-json';
import { isObject } from '../grafana-json/json';
import { kinds, idOf, type BaseObject, type Kind } from './object';
import type { State } from './state';

/** A state as the text that stands in Grafana: JSON, an object to a line, so that its history can be read. */
export const formatState = ({ project, objects }: State): string => {
  const lines = [...objects.values()]
    .map((object): [string, string] => [
      idOf(object),
      JSON.stringify(sorted({ ...object, kind: undefined, key: undefined })),
    ])
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, text]) => `    ${JSON.stringify(id)}: ${text}`);
  const body = lines.length > 0 ? `{\n${lines.join(',\n')}\n  }` : '{}';
  return `{\n  "tool": "homelab-dashboards",\n  "version": 1,\n  "project": ${JSON.stringify(project)},\n  "objects": ${body}\n}\n`;
};

/** The state in a text; else why it is none. */
export const parseState = (text: string, project: string): State | string => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'its text is no JSON';
  }
  if (!isObject(value) || value['tool'] !== 'homelab-dashboards')
    return 'its text was not written by homelab-dashboards';
  if (value['version'] !== 1) return `its text is of version ${String(value['version'])}, and this program knows 1`;
  if (value['project'] !== project) return `it belongs to the project ${String(value['project'])}`;
  if (!isObject(value['objects'])) return 'its text has no objects';
  const objects = new Map<string, BaseObject>();
  for (const [id, object] of Object.entries(value['objects'])) {
    const slash = id.indexOf('/');
    const kind = id.slice(0, slash) as Kind;
    const parsed = isObject(object) && kinds.includes(kind) ? baseOf(kind, id.slice(slash + 1), object) : undefined;
    if (!parsed) return `its entry ${id} cannot be read`;
    objects.set(id, parsed);
  }
  return { version: 1, project, objects };
};

const baseOf = (
  kind: Kind,
  key: string,
  { hash, normal, secrets }: Record<string, unknown>,
): BaseObject | undefined => {
  if (typeof hash !== 'string' || (normal !== undefined && !isObject(normal))) return undefined;
  const known = isObject(secrets)
    ? Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    : [];
  return { kind, key, hash, normal, ...(known.length > 0 && { secrets: Object.fromEntries(known) }) };
};
