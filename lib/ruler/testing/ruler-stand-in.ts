import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse, stringify } from 'yaml';
import { formatDuration, readSeconds } from '../../duration';
import { isObject, objectsAt, textAt, type Json } from '../../grafana-json/json';

/** A ruler for tests, which says what Mimir 3.0.5 said to the same requests. */
export interface RulerStandIn {
  readonly url: string;
  /** Group by tenant, namespace and name, as Mimir would say it back. */
  readonly groups: Map<string, Json>;
  readonly settings: RulerSettings;
  readonly requests: { readonly method: string; readonly path: string }[];
  /** Requests that were meant to change something. */
  writes(): number;
  reset(): void;
  stop(): Promise<void>;
}

export interface RulerSettings {
  /** Whether a request has to name its tenant; else all are `anonymous`, whatever they say. */
  multitenancy: boolean;
  /** Without it only what evaluates is there (`-ruler.enable-api`). */
  api: boolean;
  mostRules: number;
  /** Of a tenant. With so many there it refuses a change of one of them, too, as Mimir does. */
  mostGroups: number;
  /** Called before a request is answered: what it gives is the answer. */
  fault: ((request: { readonly method: string; readonly path: string }) => Answer | 'reset' | undefined) | undefined;
}

interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly location?: string;
}

const usual = (): RulerSettings => ({
  multitenancy: false,
  api: true,
  mostRules: 20,
  mostGroups: 70,
  fault: undefined,
});

/** Where a group stands among those of a ruler. */
export const placeOf = (tenant: string, namespace: string, name: string): string =>
  [tenant, namespace, name].map(encodeURIComponent).join('/');

export const startRulerStandIn = async (): Promise<RulerStandIn> => {
  const groups = new Map<string, Json>();
  const settings = usual();
  const requests: RulerStandIn['requests'] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const asked = { method: request.method ?? 'GET', path: request.url ?? '/' };
      requests.push(asked);
      const fault = settings.fault?.(asked);
      if (fault === 'reset') return void request.socket.destroy();
      const tenant = String(request.headers['x-scope-orgid'] ?? '');
      const answer = fault ?? answerTo(asked, text, tenant, groups, settings);
      response.writeHead(answer.status, answer.location ? { Location: answer.location } : {}).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    groups,
    settings,
    requests,
    writes: () => requests.filter(({ method }) => method !== 'GET').length,
    reset: () => {
      groups.clear();
      requests.length = 0;
      Object.assign(settings, usual());
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

const accepted: Answer = { status: 202, text: '{"status":"success","data":null,"errorType":"","error":""}' };
const absent: Answer = { status: 404, text: 'group does not exist\n' };
const nowhere: Answer = { status: 404, text: '404 page not found\n' };

const answerTo = (
  { method, path }: { readonly method: string; readonly path: string },
  text: string,
  given: string,
  groups: Map<string, Json>,
  { multitenancy, api, mostRules, mostGroups }: RulerSettings,
): Answer => {
  const [, namespace, name] = /^\/prometheus\/config\/v1\/rules(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  if (!api || !path.startsWith('/prometheus/config/v1/rules')) return nowhere;
  if (multitenancy && given === '') return { status: 401, text: 'no org id\n' };
  const tenant = multitenancy ? given : 'anonymous';
  const at = [tenant, namespace, name].filter((part) => part !== undefined).join('/');
  if (method === 'GET' && name !== undefined) {
    const found = groups.get(at);
    return found ? { status: 200, text: stringify(found) } : absent;
  }
  if (method === 'GET') return { status: 200, text: stringify(listed(groups, at)) };
  if (method === 'POST' && namespace !== undefined && name === undefined) {
    // Go's YAML takes these only as escapes.
    if (/[\u007f-\u0084\u0086-\u009f]/.test(text)) return { status: 400, text: 'unable to decode rule group\n' };
    const group = inOwnWords(parse(text));
    const refused = refusalOf(group, mostRules);
    if (refused !== undefined) return { status: 400, text: `${refused}\n` };
    const count = [...groups.keys()].filter((place) => place.startsWith(`${tenant}/`)).length + 1;
    if (count > mostGroups)
      return { status: 400, text: `per-user rule groups limit (limit: ${mostGroups} actual: ${count}) exceeded\n` };
    groups.set(placeOf(tenant, decodeURIComponent(namespace), String(group['name'])), group);
    return accepted;
  }
  if (method === 'DELETE' && name !== undefined) return groups.delete(at) ? accepted : absent;
  return { status: 405 };
};

/** By namespace; nothing there is an empty object, not a 404. */
const listed = (groups: ReadonlyMap<string, Json>, at: string): Readonly<Record<string, readonly Json[]>> => {
  const found: Record<string, Json[]> = {};
  for (const [place, group] of groups) {
    if (!place.startsWith(`${at}/`)) continue;
    const namespace = decodeURIComponent(place.split('/')[1] ?? '');
    (found[namespace] ??= []).push(group);
  }
  return found;
};

/** As the server keeps and says it: only keys that it knows, durations in one spelling, values as text, and nothing that is zero. */
const inOwnWords = (group: unknown): Json => {
  const given = isObject(group) ? group : {};
  return told({
    name: given['name'],
    interval: duration(given['interval']),
    evaluation_delay: duration(given['evaluation_delay']),
    query_offset: duration(given['query_offset']),
    limit: given['limit'],
    rules: objectsAt(given, 'rules').map(([rule]) =>
      told({
        record: rule['record'],
        alert: rule['alert'],
        expr: String(rule['expr'] ?? ''),
        for: duration(rule['for']),
        keep_firing_for: duration(rule['keep_firing_for']),
        labels: texts(rule['labels']),
        annotations: texts(rule['annotations']),
      }),
    ),
    labels: texts(given['labels']),
    source_tenants: given['source_tenants'],
    align_evaluation_time_on_interval: given['align_evaluation_time_on_interval'],
  });
};

const told = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value).filter(([key, item]) => key === 'rules' || key === 'expr' || !saysNothing(item)),
  );

const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === 0 ||
  value === false ||
  value === '0s' ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const duration = (value: unknown): unknown => {
  const seconds = typeof value === 'string' ? readSeconds(value) : undefined;
  return seconds === undefined ? value : formatDuration(seconds);
};

const texts = (value: unknown): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)])) : {};

const refusalOf = (group: Json, mostRules: number): string | undefined => {
  const name = textAt(group, 'name');
  if (name === undefined) return 'invalid rules configuration: rule group name must not be empty';
  const rules = objectsAt(group, 'rules').map(([rule]) => rule);
  if (rules.length === 0) return `invalid rules configuration: rule group '${name}' has no rules`;
  if (rules.length > mostRules)
    return `per-user rules per rule group limit (limit: ${mostRules} actual: ${rules.length}) exceeded`;
  if (group['source_tenants'] !== undefined)
    return `invalid rules configuration: rule group '${name}' is a federated rule group, but rules federation is disabled; please contact your service administrator to have it enabled`;
  const wrong = rules.findIndex((rule) => textAt(rule, 'expr')?.endsWith('(') ?? true);
  const rule = rules[wrong];
  return rule && wordsOfParser(name, wrong, rule);
};

const wordsOfParser = (group: string, index: number, rule: Json): string => {
  const expr = textAt(rule, 'expr') ?? '';
  return `0:0: group "${group}", rule ${index}, "${textAt(rule, 'alert') ?? textAt(rule, 'record')}": could not parse expression: 1:${expr.length + 1}: parse error: unclosed left parenthesis`;
};
