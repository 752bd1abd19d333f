import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { withoutSecrets, type Authentication } from './authentication';
import { AuthError, RefusedError, UnreachableError } from './errors';
import { noAnswer, withoutQuery } from './no-answer';
import { queryText, type Query } from './query';
import { retryAfter } from './retry-after';
import { Turns } from './turns';

export type { Query } from './query';

/** How far the questions are: `asked` counts distinct ones, `answered` those that have an answer or have failed. */
export interface Progress {
  readonly asked: number;
  readonly answered: number;
}

/** How a server is asked. */
export interface ConnectionOptions {
  /** Requests under way at once; default 16. */
  readonly concurrency?: number;
  /** Milliseconds for one request, its answer read to the end; default 30 000. */
  readonly patience?: number;
  /** The largest answer that is read, in bytes; default 256 MiB. */
  readonly largest?: number;
  /** Called at each question and each answer. */
  readonly progress?: (progress: Progress) => void;
  /** Waits; default a timer. Tests give their own. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** An answer of any status, as text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** `application/json`, without parameters; empty where none is given. */
  readonly type: string;
}

/** One server over HTTP, read only. Each distinct question is sent once and its answer kept, failures too. */
export class Connection {
  private readonly http: AxiosInstance;
  private readonly answers = new Map<string, Promise<Answer>>();
  private readonly turns: Turns;
  private readonly patience: number;
  private readonly largest: number;
  private answered = 0;
  private sent = 0;

  constructor(
    /** As `serverAddress` gives it. */
    readonly url: string,
    /** What messages call it: `Prometheus`. */
    readonly name: string,
    private readonly authentication: Authentication,
    private readonly options: ConnectionOptions = {},
  ) {
    const concurrency = options.concurrency ?? 16;
    this.turns = new Turns(concurrency);
    this.patience = options.patience ?? 30_000;
    this.largest = options.largest ?? 256 * 1024 * 1024;
    const agent = { keepAlive: true, maxSockets: concurrency };
    this.http = axios.create({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent({ ...agent, ...authentication.tls }),
      // The credentials would go along, to a place that nobody named.
      maxRedirects: 0,
      maxContentLength: this.largest,
      validateStatus: () => true,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      headers: { Accept: 'application/json', ...authentication.headers },
    });
  }

  /** Requests that went out, repeated ones too. */
  get requests(): number {
    return this.sent;
  }

  /** Distinct questions so far. */
  get questions(): number {
    return this.answers.size;
  }

  /** Asks by GET. Gives every answer but redirects and refusals of who we are. Throws `UnreachableError`, `AuthError`. */
  get(path: string, query: Query = {}, accept?: string): Promise<Answer> {
    return this.ask('GET', path, query, accept);
  }

  /** Like `get`, by POST with a form where the address would be too long for a GET; only for paths that allow it. */
  getLong(path: string, query: Query): Promise<Answer> {
    return this.ask(queryText(query).length > longestQuery ? 'POST' : 'GET', path, query);
  }

  /** The failure that an answer is, where it is none that can be used. */
  refused(path: string, answer: Answer): Error {
    return new RefusedError(
      `${this.name} refused GET ${path} (${answer.status})`,
      this.said(answer) || 'no reason was given',
      `ask by hand: curl ${this.url}${path}`,
      answer.status,
      undefined,
    );
  }

  /** What an answer says of itself: its message, or the beginning of its text, without our secrets. */
  said(answer: Answer): string {
    return withoutSecrets(messageOf(answer), this.authentication);
  }

  /** A text without our secrets. */
  clean(text: string): string {
    return withoutSecrets(text, this.authentication);
  }

  private ask(method: Method, path: string, query: Query, accept?: string): Promise<Answer> {
    const form = queryText(query);
    const key = `${method} ${path}?${form} ${accept ?? ''}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answer = this.turns
      .take(() => this.request(method, path, form, accept))
      .finally(() => {
        this.answered += 1;
        this.tell();
      });
    this.answers.set(key, answer);
    this.tell();
    return answer;
  }

  private tell(): void {
    this.options.progress?.({ asked: this.answers.size, answered: this.answered });
  }

  private async request(method: Method, path: string, form: string, accept?: string): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.send(method, path, form, accept);
      const pause = attempt < attempts ? pauseOf(response, attempt) : undefined;
      if (pause === undefined) return this.judged(method, path, response);
      await (this.options.wait ?? sleep)(pause);
    }
  }

  private async send(method: Method, path: string, form: string, accept?: string): Promise<AxiosResponse<string>> {
    this.sent += 1;
    const isGet = method === 'GET';
    try {
      return await this.http.request<string>({
        method,
        url: `${this.url}${path}${isGet && form !== '' ? `?${form}` : ''}`,
        ...(!isGet && { data: form }),
        headers: {
          ...(accept && { Accept: accept }),
          ...(!isGet && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        // A deadline for the whole answer: axios' own timeout starts again with each byte.
        signal: AbortSignal.timeout(this.patience),
      });
    } catch (error) {
      const { url, name, authentication, patience, largest } = this;
      throw noAnswer({ name, url, call: `${method} ${path}`, authentication, patience, largest }, error);
    }
  }

  private judged(method: Method, path: string, response: AxiosResponse<string>): Answer {
    const { status, headers } = response;
    const call = `${method} ${path}`;
    const answer: Answer = {
      status,
      text: response.data,
      type: String(headers['content-type'] ?? '').replace(/;.*$/, ''),
    };
    if (status >= 300 && status < 400)
      throw new UnreachableError(
        `${this.url} redirects (${status} on ${call})`,
        `to ${this.clean(withoutQuery(headers['location']))}; credentials are not carried there`,
        'give the address that it redirects to',
      );
    if (status === 401 || status === 403 || isForeignRefusal(answer)) throw this.forbidden(call, answer);
    return answer;
  }

  private forbidden(call: string, answer: Answer): Error {
    const { prefix, who } = this.authentication;
    const said = this.said(answer) || 'no reason was given';
    if (isForeignRefusal(answer))
      return new AuthError(
        `the server behind ${this.name} refused Grafana (400 on ${call})`,
        said,
        "correct the credentials of that data source in Grafana (Connections > Data sources), 'Save & test'",
        answer.status,
      );
    if (/no org id/i.test(said))
      return new AuthError(
        `${this.name} at ${this.url} wants a tenant (${answer.status} on ${call})`,
        said,
        `${prefix}_TENANT=anonymous, or the tenant that writes`,
        answer.status,
      );
    return new AuthError(
      `${this.name} at ${this.url} refused ${who} (${answer.status} on ${call})`,
      said,
      prefix === 'GRAFANA'
        ? 'set GRAFANA_TOKEN to a token of a service account (Administration > Service accounts) with the role Viewer'
        : `set ${prefix}_TOKEN, or ${prefix}_USER and ${prefix}_PASSWORD, or ${prefix}_HEADER`,
      answer.status,
    );
  }
}

type Method = 'GET' | 'POST';

/** Once, and two more times. */
const attempts = 3;
/** Milliseconds; who asks for a longer one has something that waiting does not mend. */
const longestPause = 30_000;
/** Some proxies take addresses of 2 KiB only. */
const longestQuery = 1800;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds after which it is worth asking again; undefined where it is not. */
const pauseOf = ({ status, headers, data }: AxiosResponse<string>, attempt: number): number | undefined => {
  if (![429, 502, 503, 504].includes(status)) return undefined;
  // Prometheus gave up on the query itself: it would do so again, at the same cost.
  if (/"errorType":\s*"(timeout|canceled)"/.test(data)) return undefined;
  const asked = retryAfter(headers['retry-after']);
  if (asked !== undefined) return asked <= longestPause ? asked : undefined;
  return 500 * 2 ** (attempt - 1);
};

/** Grafana turns a 401 of what it asks for us into this. */
const isForeignRefusal = ({ status, text }: Answer): boolean =>
  status === 400 && text.startsWith('Authentication to data source failed');

const messageOf = ({ text, type }: Answer): string => {
  if (type === 'text/html' || /^\s*</.test(text)) return 'a web page';
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown };
    const said = [error, message].find((each): each is string => typeof each === 'string' && each !== '');
    if (said !== undefined) return shortened(said);
  } catch {
    // Not JSON: the text itself is the message.
  }
  return shortened(text.trim());
};

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
};
