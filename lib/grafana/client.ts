import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosAdapter, type AxiosInstance, type AxiosResponse } from 'axios';
import { unencryptedWarnings } from '../server/unencrypted';
import { authenticationFromEnv, withoutSecrets, type Authentication, type Environment } from '../server/authentication';
import { AnswerError } from '../server/errors';
import { noAnswer, withoutQuery } from '../server/no-answer';
import { queryText, type Query } from '../server/query';
import { retryAfter } from '../server/retry-after';
import { GrafanaConfigError } from './errors';
import { refusalOf } from './refusal';
import { mayPass, pauseBefore } from './retry';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** How a Grafana is asked. */
export interface GrafanaClientOptions {
  /** The organisation, where it is not the token's own. Sent as a header: `?orgId=` would change the user's stored organisation. */
  readonly org?: number;
  /** Milliseconds for one request, its answer read to the end; default 30 000. */
  readonly patience?: number;
  /** Ends requests and pauses; they throw its reason. */
  readonly signal?: AbortSignal;
  /** Waits; default a timer. Tests give their own. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** From 0 to 1; default `Math.random`. */
  readonly random?: () => number;
  /** What carries requests; default: connections that are kept open, 16 at most. Tests give one without a network. */
  readonly adapter?: AxiosAdapter;
}

/** One request. */
export interface CallOptions {
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** It changes nothing that a first one has not changed: sent again where the failure may pass. Always so for GET. */
  readonly harmless?: boolean;
}

/** A Grafana's HTTP API: JSON in, JSON out, every failure as an error for the reader. */
export class GrafanaClient {
  private readonly http: AxiosInstance;
  private readonly patience: number;
  private sent = 0;
  private failed = 0;

  constructor(
    /** Without a slash at its end; its path is kept before that of every request. */
    readonly url: string,
    private readonly authentication: Authentication,
    private readonly options: GrafanaClientOptions = {},
  ) {
    this.patience = options.patience ?? 30_000;
    const agent = { keepAlive: true, maxSockets: 16 };
    this.http = axios.create({
      // A redirect turns a POST into a GET, and would carry the credentials elsewhere.
      maxRedirects: 0,
      maxContentLength: largest,
      maxBodyLength: Infinity,
      validateStatus: () => true,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      headers: {
        Accept: 'application/json',
        ...authentication.headers,
        ...(options.org !== undefined && { 'X-Grafana-Org-Id': String(options.org) }),
      },
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent({ ...agent, ...authentication.tls }),
      ...(options.adapter && { adapter: options.adapter }),
    });
  }

  /** Requests that went out, repeated ones too. */
  get requests(): number {
    return this.sent;
  }

  /** Whom a refusal is about: `the token`, `the user nas`. */
  get who(): string {
    return this.authentication.who;
  }

  /** Answers of 500 and above, and none at all: after one of these, a 404 of a dashboard may be a fault of the server. */
  get troubles(): number {
    return this.failed;
  }

  /** What to tell the reader before the first request: credentials that everybody on the way can read. */
  get warnings(): readonly string[] {
    return unencryptedWarnings(this.url, this.authentication);
  }

  get(path: string, query: Query = {}, options: Omit<CallOptions, 'query'> = {}): Promise<unknown> {
    return this.request('GET', path, undefined, { ...options, query });
  }

  post(path: string, body: unknown = {}, options: CallOptions = {}): Promise<unknown> {
    return this.request('POST', path, body, options);
  }

  put(path: string, body: unknown, options: CallOptions = {}): Promise<unknown> {
    return this.request('PUT', path, body, options);
  }

  delete(path: string, options: CallOptions & { readonly body?: unknown } = {}): Promise<unknown> {
    return this.request('DELETE', path, options.body, options);
  }

  /**
   * Waits until a failed request may be tried again, for the time that `pauseBefore` gives; false where that is not worth it. `attempt`:
   * how many there were. For those who look before they repeat a write.
   */
  async pause(attempt: number, error: unknown): Promise<boolean> {
    const { wait = timer, random = Math.random, signal } = this.options;
    signal?.throwIfAborted();
    const pause = pauseBefore(attempt, error, random);
    if (pause === undefined) return false;
    await orAborted(wait(pause), signal);
    return true;
  }

  private async request(method: Method, path: string, body: unknown, options: CallOptions): Promise<unknown> {
    const isHarmless = method === 'GET' || options.harmless === true;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.send(method, path, body, options);
      } catch (error) {
        if (!isHarmless || !mayPass(error) || !(await this.pause(attempt, error))) throw error;
      }
    }
  }

  private async send(method: Method, path: string, body: unknown, { query, headers }: CallOptions): Promise<unknown> {
    const { url, authentication, patience } = this;
    const { signal } = this.options;
    signal?.throwIfAborted();
    const call = `${method} ${path.replace(/\?.*$/, '')}`;
    const parameters = queryText(query ?? {});
    const deadline = AbortSignal.timeout(patience);
    this.sent += 1;
    let response: AxiosResponse<string>;
    try {
      response = await this.http.request<string>({
        method,
        url: `${url}${path}${parameters && `?${parameters}`}`,
        ...(body !== undefined && { data: JSON.stringify(body) }),
        headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
        // A deadline for the whole answer: axios' own timeout starts again with each byte.
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
    } catch (error) {
      signal?.throwIfAborted();
      this.failed += 1;
      throw noAnswer({ name: 'Grafana', url, call, authentication, patience, largest }, error);
    }
    return this.judged(call, response);
  }

  private judged(call: string, { status, headers, data }: AxiosResponse<string>): unknown {
    const isPage = /^text\/html/.test(String(headers['content-type'] ?? '')) || /^\s*</.test(data);
    if (status >= 200 && status < 300) {
      const answer = parse(data);
      if (!isPage && (typeof answer !== 'string' || data.startsWith('"'))) return answer;
      throw new AnswerError(
        `${this.url} does not answer like a Grafana (${call})`,
        isPage ? 'a web page came back: a login page, or another server' : 'the answer is no JSON',
        'set GRAFANA_URL to the address of Grafana itself, without a login of its own before it',
      );
    }
    if (status >= 500) this.failed += 1;
    throw refusalOf({
      call,
      url: this.url,
      status,
      answer: parse(withoutSecrets(data, this.authentication)),
      isPage,
      location: withoutQuery(headers['location']),
      retryAfter: retryAfter(headers['retry-after']),
      who: this.authentication.who,
    });
  }
}

const largest = 256 * 1024 * 1024;

const timer = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const orAborted = async (work: Promise<void>, signal: AbortSignal | undefined): Promise<void> => {
  if (!signal) return work;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/**
 * The Grafana that `GRAFANA_URL` names, with `GRAFANA_TOKEN`, or `GRAFANA_USER` and `GRAFANA_PASSWORD`, and what else
 * `authenticationFromEnv` reads. The only reader of these.
 */
export const grafanaFromEnv = (environment: Environment, options: GrafanaClientOptions = {}): GrafanaClient =>
  new GrafanaClient(grafanaAddress(environment), authenticationFromEnv('GRAFANA', environment), options);
/** The address in `GRAFANA_URL`, without slashes at its end. Throws `GrafanaConfigError`. */
export const grafanaAddress = ({ GRAFANA_URL: url }: Environment): string => {
  if (!url)
    throw new GrafanaConfigError('no Grafana is named', 'GRAFANA_URL is not set', 'GRAFANA_URL=http://localhost:3000');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new GrafanaConfigError(
      'GRAFANA_URL is no address',
      `it must begin with http:// or https://`,
      'GRAFANA_URL=http://localhost:3000',
    );
  const { origin, pathname, username } = new URL(url);
  if (username)
    throw new GrafanaConfigError(
      'GRAFANA_URL holds a user name',
      'credentials in an address end up in logs',
      'set GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD',
    );
  return origin + pathname.replace(/\/+$/, '');
};

/** JSON where it is some; Grafana also answers with nothing, plain text and HTML. */
const parse = (text: string): unknown => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
};
