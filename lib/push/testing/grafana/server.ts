import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { alertRuleRoutes } from './alert-rules';
import { administrator, authRoutes, callerOf, demand, tokens } from './auth';
import { contactPointRoutes } from './contact-points';
import { dashboardResourceRoutes } from './dashboards-k8s';
import { dashboardRoutes } from './dashboards';
import { dataSourceRoutes } from './data-sources';
import { Refusal, type Answer, type Asked, type Route } from './exchange';
import { Faults, type Fault, type RequestLine } from './faults';
import { folderRoutes } from './folders';
import { healthOf, settingsRoutes, unknownPath } from './health';
import { libraryPanelRoutes } from './library-panels';
import { muteTimingRoutes } from './mute-timings';
import { filesOf, type Files } from './files';
import { personOf, type Person } from './person';
import { policyRoutes } from './policies';
import { seeded } from './random';
import { searchRoutes } from './search';
import { newState, type Settings, type State } from './state';
import { templateRoutes } from './templates';
import { versionRoutes } from './versions';
import { snapshotOf, type Snapshot } from './world';

const routes: readonly Route[] = [
  ...settingsRoutes,
  ...authRoutes,
  ...folderRoutes,
  ...searchRoutes,
  ...versionRoutes,
  ...dashboardRoutes,
  ...dashboardResourceRoutes,
  ...libraryPanelRoutes,
  ...alertRuleRoutes,
  ...contactPointRoutes,
  ...policyRoutes,
  ...muteTimingRoutes,
  ...templateRoutes,
  ...dataSourceRoutes,
];

const patterns = routes.map((route) => ({ route, pattern: route.pattern.split('/') }));

/** A request that was answered, or not. */
export interface LoggedRequest extends RequestLine {
  /** 0 where no answer was given. */
  readonly status: number;
  /** Whether something was stored, whatever was answered. */
  readonly stored: boolean;
  readonly fault: Fault | undefined;
}

/** A request as it comes in. */
export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Address of whoever sends it. */
  readonly from: string;
}

/** A request that has just come. */
export interface ArrivedRequest extends RequestLine {
  /** Address of whoever sent it. */
  readonly from: string;
  /** Undefined where none was sent, or none that can be read. */
  readonly body: unknown;
}

/** A Grafana for tests: behaves as the contract says, in this process, with nothing on disk. */
export interface GrafanaStandIn {
  /** With the sub-path, without a slash at its end. */
  readonly url: string;
  /** To change while it runs: version, sub-path, quota, ... */
  readonly settings: Settings;
  readonly tokens: typeof tokens;
  readonly administrator: typeof administrator;
  /** In the order in which they came. */
  readonly requests: readonly LoggedRequest[];
  /** Called when a request has come, before anything is done; what it gives, once that is over. For what others do at just that moment. */
  onRequest: ((request: ArrivedRequest) => (stored: boolean) => void) | undefined;
  /** A request without a connection: its answer, or how the connection would have ended. */
  readonly ask: (request: RawRequest) => Promise<Answer | 'reset' | 'hang'>;
  /** Requests that asked for a change. */
  readonly writes: () => number;
  readonly faults: Faults;
  /** Changes as other people make them in a browser. */
  readonly person: Person;
  /** Objects as file provisioning makes them. */
  readonly files: Files;
  /** Everything stored, as plain data: for comparing before and after. */
  readonly world: () => Snapshot;
  /** Empty again, with the settings of the start: nothing stored, nothing logged, no faults. */
  readonly reset: (seed?: number) => void;
  readonly stop: () => Promise<void>;
}

export interface StandInOptions {
  readonly settings?: Partial<Settings>;
  /** Of the turns that others get between a read and a write. */
  readonly seed?: number;
}

/** Starts one on a port of its own of 127.0.0.1. */
export const startGrafanaStandIn = async ({
  settings = {},
  seed = 1,
}: StandInOptions = {}): Promise<GrafanaStandIn> => {
  const state = newState(settings);
  const faults = new Faults();
  const requests: LoggedRequest[] = [];
  let random = seeded(seed);
  let onRequest: GrafanaStandIn['onRequest'];
  const turns = (most: number) => async (): Promise<void> => {
    for (let left = 1 + Math.floor(random() * most); left > 0; left -= 1)
      await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const service: Service = {
    state,
    faults,
    requests,
    pause: turns(3),
    random: () => random(),
    wait: turns(20),
    onRequest: (request) => onRequest?.(request),
  };
  const server = createServer((request, response) => {
    serve(request, response, service).catch(() => {
      // The client went away in the middle of its request.
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get url() {
      return origin + state.settings.subPath;
    },
    settings: state.settings,
    tokens,
    administrator,
    requests,
    get onRequest() {
      return onRequest;
    },
    set onRequest(listener) {
      onRequest = listener;
    },
    ask: (request) => answerOrFault(request, service),
    writes: () => requests.filter(({ write }) => write).length,
    faults,
    person: personOf(state),
    files: filesOf(state),
    world: () => snapshotOf(state),
    reset: (again = seed) => {
      const { world, settings: fresh, ...rest } = newState(settings);
      Object.assign(state.world, world);
      Object.assign(state.settings, fresh);
      Object.assign(state, rest);
      requests.length = 0;
      faults.none();
      onRequest = undefined;
      random = seeded(again);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

interface Service {
  readonly state: State;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
  readonly pause: () => Promise<void>;
  readonly random: () => number;
  readonly wait: () => Promise<void>;
  readonly onRequest: (request: ArrivedRequest) => ((stored: boolean) => void) | undefined;
}

const serve = async (request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> => {
  const { method = 'GET', url = '/', headers } = request;
  const from = request.socket.remoteAddress ?? '';
  const answer = await answerOrFault({ method, url, headers, from, text: await textOf(request) }, service);
  if (answer === 'reset') response.socket?.resetAndDestroy();
  else if (answer !== 'hang') send(response, answer);
  else if (service.faults.hangFor !== Infinity) setTimeout(() => response.socket?.destroy(), service.faults.hangFor);
};

/** What comes of a request: an answer, or the end of its connection. */
const answerOrFault = async (request: RawRequest, service: Service): Promise<Answer | 'reset' | 'hang'> => {
  const { state, faults, requests, wait } = service;
  const address = new URL(request.url, 'http://grafana');
  const path = strip(address.pathname, state);
  const { method, from } = request;
  const body = parse(request.text);
  const write = method !== 'GET' && address.searchParams.get('dryRun') !== 'All';
  const line: RequestLine = { method, path: path ?? address.pathname, write };
  const fault = faults.of(line);
  const ended = service.onRequest({ ...line, from, body });
  const log = (status: number, stored: boolean): void => {
    requests.push({ ...line, status, stored, fault });
    ended?.(stored);
  };
  if (fault?.kind === 'latency') await wait();
  if (fault && fault.when === 'before' && fault.kind !== 'latency') {
    log(fault.status ?? 0, false);
    return failed(fault);
  }
  const before = state.changes;
  const answer =
    path === undefined ? redirect(address, state) : await answerTo({ ...line, path }, request, address, body, service);
  const stored = state.changes !== before;
  log(fault && fault.kind !== 'latency' ? (fault.status ?? 0) : answer.status, stored);
  return fault && fault.kind !== 'latency' ? failed(fault) : answer;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** Contract 1.3: with or without the prefix under `/api` and `/apis`; undefined where others are redirected. */
const strip = (path: string, { settings: { subPath } }: State): string | undefined => {
  if (subPath === '') return path;
  if (path === subPath || path.startsWith(`${subPath}/`)) return path.slice(subPath.length) || '/';
  return /^\/apis?(\/|$)/.test(path) ? path : undefined;
};

const redirect = ({ pathname }: URL, { settings }: State): Answer => ({
  status: 301,
  text: '',
  type: 'text/html',
  headers: { Location: settings.subPath + pathname },
});

const answerTo = async (
  { method, path }: RequestLine,
  { headers }: RawRequest,
  { searchParams: query }: URL,
  sent: unknown,
  { state, pause, random }: Service,
): Promise<Answer> => {
  try {
    const health = healthOf(state, path);
    if (health) return health;
    if (!/^\/api\/|^\/apis(\/|$)/.test(path)) throw unknownPath(path);
    const caller = callerOf(headers, path, query, state);
    const found = match(method, path, state);
    if (!found) throw unknownPath(path);
    // Contract 3.7, 1.5: the body is read as JSON only where it says that it is.
    const body = /^application\/json/.test(headers['content-type'] ?? '') ? sent : undefined;
    const asked: Asked = { state, method, path, params: found.params, query, headers, body, caller, pause, random };
    demand(caller, found.route.needs, path);
    return await found.route.handle(asked);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    // A fault of the stand-in itself: not to be taken for one of Grafana.
    return {
      status: 500,
      body: { message: `stand-in: ${error instanceof Error ? (error.stack ?? '') : String(error)}` },
    };
  }
};

const match = (
  method: string,
  path: string,
  { settings }: State,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined => {
  if (!settings.apis && /^\/apis(\/|$)/.test(path)) return undefined;
  const steps = path.split('/');
  for (const { route, pattern } of patterns) {
    if (route.method !== method || pattern.length !== steps.length) continue;
    const fits = pattern.every((part, index) => (part.startsWith(':') ? steps[index] !== '' : part === steps[index]));
    if (!fits) continue;
    const params = pattern.flatMap((part, index) =>
      part.startsWith(':') ? [[part.slice(1), decodeURIComponent(steps[index] ?? '')] as const] : [],
    );
    return { route, params: Object.fromEntries(params) };
  }
  return undefined;
};

const parse = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const send = (response: ServerResponse, { status, body, text, type, headers }: Answer): void => {
  const content = text ?? (body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    ...(content !== '' && { 'Content-Type': type ?? 'application/json' }),
    ...headers,
  });
  response.end(content);
};

const failed = ({ kind, status = 500, retryAfter }: Fault): Answer | 'reset' | 'hang' => {
  if (kind === 'reset' || kind === 'hang') return kind;
  const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  // A proxy answers with a page, the server with JSON (contract 1.5).
  if (status === 502 || status === 504)
    return { status, text: `<html><h1>${status}</h1></html>`, type: 'text/html', headers };
  return { status, body: { message: status === 429 ? 'Too many requests' : 'Internal Server Error' }, headers };
};
