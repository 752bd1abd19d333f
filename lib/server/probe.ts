import { readSeconds } from '../duration';
import type { Answer } from './connection';
import { AnswerError, AuthError, RemoteFailure, ServerConfigError, UnreachableError } from './errors';
import type { PrometheusServer } from './prometheus';
import { openEnvelope } from './shape';
import { readScraping } from './scraping';

/** What a server may be asked, by the end of the path. */
export const endpoints = {
  query: '/api/v1/query',
  query_range: '/api/v1/query_range',
  labels: '/api/v1/labels',
  series: '/api/v1/series',
  names: '/api/v1/label/__name__/values',
  metadata: '/api/v1/metadata',
  targets: '/api/v1/targets',
  targetsMetadata: '/api/v1/targets/metadata',
  rules: '/api/v1/rules',
  config: '/api/v1/status/config',
  flags: '/api/v1/status/flags',
} as const;

export type Endpoint = keyof typeof endpoints;

/** Whether something can be asked; `why` is a whole sentence: `404 from /api/v1/status/config: Mimir does not offer it`. */
export type Offer = { readonly offered: true } | { readonly offered: false; readonly why: string };

export type Product = 'Prometheus' | 'Mimir' | 'VictoriaMetrics' | 'Thanos' | 'unknown';

/** What a server is, and what it can be asked. */
export interface Probed {
  readonly product: Product;
  /** Undefined where the server does not tell. */
  readonly version: string | undefined;
  readonly offers: Readonly<Record<Endpoint, Offer>>;
  /** Seconds that samples are kept; undefined where not told, or where only a size limits them. */
  readonly retention: number | undefined;
  /** Seconds that a query looks back for a sample; undefined where not told. */
  readonly lookback: number | undefined;
}

/**
 * Finds out what a server is and offers, by one small question each. Throws `UnreachableError` and `AuthError` where it cannot be
 * asked at all, `AnswerError` where something else answers there.
 */
export const probe = async (server: PrometheusServer): Promise<Probed> => {
  const first = await server.connection.get(endpoints.query, questions.query);
  if (first.status !== 200) throw await noApi(server, first);
  openEnvelope(first, endpoints.query, server.connection);

  const [build, ...found] = await Promise.all([
    tried(server, '/api/v1/status/buildinfo', {}),
    ...(Object.keys(endpoints) as Endpoint[]).map(async (endpoint) => ({
      endpoint,
      tried: await tried(server, endpoints[endpoint], questions[endpoint]),
    })),
  ]);
  const results = Object.fromEntries(found.map(({ endpoint, tried: each }) => [endpoint, each])) as Readonly<
    Record<Endpoint, Tried>
  >;
  const identity = await identify(server, build, results);
  const offers = Object.fromEntries(
    found.map(({ endpoint, tried: each }) => [endpoint, offerOf(endpoint, each, identity.product)]),
  ) as Readonly<Record<Endpoint, Offer>>;
  const flags = isRecord(results.flags.data) ? results.flags.data : {};
  return {
    ...identity,
    offers,
    retention: durationFlag(flags, 'storage.tsdb.retention.time') ?? durationFlag(flags, 'storage.tsdb.retention'),
    lookback: durationFlag(flags, 'query.lookback-delta'),
  };
};

/** `Prometheus 3.15.0`, `a server that does not say what it is`. */
export const describeProduct = ({ product, version }: Pick<Probed, 'product' | 'version'>): string =>
  product === 'unknown'
    ? `a server that does not say what it is${version ? ` (version ${version})` : ''}`
    : [product, version].filter(Boolean).join(' ');

/** Small ones: what comes back is thrown away. */
const questions: Readonly<Record<Endpoint, Readonly<Record<string, string>>>> = {
  query: { query: 'vector(1)' },
  query_range: { query: 'vector(1)', start: '0', end: '0', step: '60' },
  labels: { limit: '1', 'match[]': 'up' },
  series: { limit: '1', 'match[]': 'up' },
  names: { limit: '1', 'match[]': 'up' },
  metadata: { limit: '1' },
  targets: { state: 'active' },
  targetsMetadata: { limit: '1' },
  rules: {},
  config: {},
  flags: {},
};

/** `data` of what could be asked, or why not. */
type Tried =
  | { readonly data: unknown; readonly why?: undefined }
  | { readonly why: string; readonly said: string; readonly data?: undefined };

const tried = async (
  server: PrometheusServer,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Tried> => {
  const { connection } = server;
  try {
    const answer = await connection.get(path, query);
    if (answer.status === 200) return { data: openEnvelope(answer, path, connection).data };
    return { why: `${answer.status} from ${path}`, said: connection.said(answer) };
  } catch (error) {
    // The server has answered before: this path alone is closed (by a proxy before it) or broken.
    if (error instanceof AuthError) return { why: `not allowed: ${path}`, said: error.evidence };
    if (error instanceof AnswerError || error instanceof UnreachableError)
      return { why: `no usable answer from ${path}`, said: error.evidence };
    throw error;
  }
};

const offerOf = (endpoint: Endpoint, found: Tried, product: Product): Offer => {
  if (found.why !== undefined) return { offered: false, why: reason(found.why, found.said, product) };
  if (endpoint === 'config' && !scrapes(found.data))
    return {
      offered: false,
      why: `${endpoints.config} holds no scrape_configs: ${product === 'unknown' ? 'this server' : product} does not scrape`,
    };
  if (endpoint === 'metadata' && isRecord(found.data) && Object.keys(found.data).length === 0)
    return { offered: false, why: `${endpoints.metadata} holds nothing: no metric's type is known there` };
  if (endpoint === 'rules' && product === 'VictoriaMetrics' && hasNoGroups(found.data))
    return {
      offered: false,
      why: `${endpoints.rules} holds no rules: VictoriaMetrics shows those of vmalert only with -vmalert.proxyURL`,
    };
  return { offered: true };
};

const hasNoGroups = (data: unknown): boolean =>
  isRecord(data) && Array.isArray(data['groups']) && data['groups'].length === 0;

const reason = (why: string, said: string, product: Product): string => {
  if (!/^(404|405|501) |^400 /.test(why)) return said ? `${why}: ${said}` : why;
  if (why.startsWith('400 ') && !isUnsupported(said)) return `${why}: ${said}`;
  return `${why}: ${product === 'unknown' ? 'this server' : product} does not offer it`;
};

/** VictoriaMetrics says 400, not 404, for a path that it does not have. */
const isUnsupported = (said: string): boolean =>
  /unsupported (path|URL)|no handler|unsupported path requested/i.test(said);

const scrapes = (data: unknown): boolean =>
  isRecord(data) && typeof data['yaml'] === 'string' && readScraping(data['yaml']) !== undefined;

const identify = async (
  server: PrometheusServer,
  build: Tried,
  results: Readonly<Record<Endpoint, Tried>>,
): Promise<Pick<Probed, 'product' | 'version'>> => {
  const said = isRecord(build.data) ? build.data : {};
  const version = typeof said['version'] === 'string' && said['version'] !== '' ? said['version'] : undefined;
  const application = typeof said['application'] === 'string' ? said['application'] : '';
  if (/mimir|enterprise metrics|grafana cloud/i.test(application)) return { product: 'Mimir', version };
  if (Object.values(results).some((each) => each.why !== undefined && isUnsupported(each.said)))
    return { product: 'VictoriaMetrics', version: await victoriaVersion(server) };
  // Only Thanos Query lists the stores that it asks.
  if ((await tried(server, '/api/v1/stores', {})).why === undefined) return { product: 'Thanos', version };
  if (flagsOf(results).some((flag) => flag.startsWith('storage.tsdb.') || flag === 'config.file'))
    return { product: 'Prometheus', version };
  const isPrometheus = typeof said['revision'] === 'string' && typeof said['goVersion'] === 'string' && !application;
  return { product: isPrometheus && results.targets.why === undefined ? 'Prometheus' : 'unknown', version };
};

const flagsOf = ({ flags }: Readonly<Record<Endpoint, Tried>>): readonly string[] =>
  isRecord(flags.data) ? Object.keys(flags.data) : [];

/** Its `buildinfo` names the version of Prometheus that it resembles; its own stands on its metrics page, where that can be reached. */
const victoriaVersion = async ({ connection }: PrometheusServer): Promise<string | undefined> => {
  try {
    const { status, text } = await connection.get('/metrics');
    const found = status === 200 ? /^vm_app_version\{[^}]*short_version="v?([^"]+)"/m.exec(text) : null;
    return found?.[1];
  } catch (error) {
    if (error instanceof RemoteFailure) return undefined;
    throw error;
  }
};

/** Why nothing there answers a query, with the path before `/api/v1` that does. */
const noApi = async ({ connection }: PrometheusServer, answer: Answer): Promise<Error> => {
  const said = connection.said(answer);
  if (answer.status >= 500)
    return new UnreachableError(
      `no server answers behind ${connection.url} (${answer.status} from ${endpoints.query})`,
      said || 'no reason was given',
      connection.url.includes('/api/datasources/proxy/')
        ? "look at that data source in Grafana (Connections > Data sources), 'Save & test'"
        : 'see its log, and that of a proxy before it',
    );
  if (/^Unable to find datasource/.test(said))
    return new ServerConfigError(
      `no data source answers at ${connection.url}`,
      said,
      'name one that Grafana has, by the uid at the end of its address (Connections > Data sources)',
    );
  for (const prefix of ['/prometheus', '/select/0/prometheus']) {
    try {
      const there = await connection.get(`${prefix}${endpoints.query}`, questions.query);
      if (there.status !== 200) continue;
      openEnvelope(there, prefix, connection);
      return new AnswerError(
        `no Prometheus API at ${connection.url}`,
        `${answer.status} from ${endpoints.query}: ${said || 'no reason was given'}`,
        `${connection.url}${prefix}: a query is answered there`,
      );
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
    }
  }
  return new AnswerError(
    `no Prometheus API at ${connection.url}`,
    `${answer.status} from ${endpoints.query}: ${said || 'no reason was given'}`,
    'give the address with the path before /api/v1: /prometheus for Mimir, /select/0/prometheus for a cluster of VictoriaMetrics',
  );
};

const durationFlag = (flags: Readonly<Record<string, unknown>>, name: string): number | undefined => {
  const value = flags[name];
  const seconds = typeof value === 'string' ? readSeconds(value) : undefined;
  // `0s`: not set. Prometheus keeps 15 days then, but a size may be set instead.
  return seconds === 0 ? undefined : seconds;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
