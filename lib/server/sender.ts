import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { mayPass, pauseBefore } from '../grafana/retry';
import { withoutSecrets, type Authentication } from './authentication';
import { AuthError, RefusedError, UnreachableError } from './errors';
import { noAnswer, withoutQuery } from './no-answer';
import { retryAfter } from './retry-after';

/** How a server is written to. */
export interface SenderOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for one request; default 30 000. */
  readonly patience?: number;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

/** A request and its text. */
export interface Sent {
  readonly text?: string;
  readonly type?: string;
  readonly accept?: string;
}

const largest = 64 * 1024 * 1024;

/** A server that is written to: every request goes out, none is answered from memory, and only GET is sent again. */
export class Sender {
  private readonly http: AxiosInstance;
  private readonly patience: number;
  private sent = 0;

  constructor(
    readonly url: string,
    /** What messages call it: `the ruler`. */
    readonly name: string,
    private readonly authentication: Authentication,
    private readonly options: SenderOptions = {},
  ) {
    this.patience = options.patience ?? 30_000;
    this.http = axios.create({
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true, ...authentication.tls }),
      // The credentials would go along, to a place that nobody named.
      maxRedirects: 0,
      maxContentLength: largest,
      validateStatus: () => true,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      headers: { ...authentication.headers, ...options.headers },
    });
  }

  get requests(): number {
    return this.sent;
  }

  /** The text of a 2xx answer. Throws `RefusedError`, whose body is the text, for others; `AuthError`, `UnreachableError`. */
  async send(method: 'GET' | 'POST' | 'DELETE', path: string, sent: Sent = {}): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(method, path, sent);
      } catch (error) {
        if (method !== 'GET' || !mayPass(error) || !(await this.pause(attempt, error))) throw error;
      }
    }
  }

  /** Waits until a failed request may be tried again; false where that is not worth it. */
  async pause(attempt: number, error: unknown): Promise<boolean> {
    const { wait = timer, random = Math.random } = this.options;
    const pause = pauseBefore(attempt, error, random);
    if (pause !== undefined) await wait(pause);
    return pause !== undefined;
  }

  private async once(method: string, path: string, { text, type, accept }: Sent): Promise<string> {
    const { url, name, authentication, patience } = this;
    const call = `${method} ${path}`;
    let response: AxiosResponse<string>;
    this.sent += 1;
    try {
      response = await this.http.request<string>({
        method,
        url: `${url}${path}`,
        ...(text !== undefined && { data: text }),
        headers: { ...(type && { 'Content-Type': type }), ...(accept && { Accept: accept }) },
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      throw noAnswer({ name, url, call, authentication, patience, largest }, error);
    }
    return this.judged(call, response);
  }

  private judged(call: string, { status, data, headers }: AxiosResponse<string>): string {
    if (status >= 200 && status < 300) return data;
    const { url, name, authentication } = this;
    const { prefix, who } = authentication;
    const text = withoutSecrets(data, authentication).trim();
    const said = /^</.test(text) ? 'the answer is a web page' : text.replace(/\s+/g, ' ').slice(0, 300);
    if (status >= 300 && status < 400)
      throw new UnreachableError(
        `${url} redirects (${status} on ${call})`,
        `to ${withoutQuery(headers['location'])}; nothing is sent there`,
        /\/login\b/.test(withoutQuery(headers['location']))
          ? `somebody is asked to log in there, a Grafana perhaps: give the address of ${name} itself`
          : 'give the address that it redirects to',
      );
    const unnamed = /no org id/i.test(said);
    if (status === 401 && (unnamed || /^tenant id/i.test(said)))
      throw new AuthError(
        `${name} at ${url} refused ${unnamed ? 'a request without a tenant' : 'the tenant'} (${status} on ${call})`,
        said,
        'write the tenant that our rules are for at the target in the homelab file, as `tenant`',
        status,
      );
    if (status === 401 || status === 403)
      throw new AuthError(
        `${name} at ${url} refused ${who} (${status} on ${call})`,
        said || 'no reason was given',
        `set ${prefix}_TOKEN, or ${prefix}_USER and ${prefix}_PASSWORD, or ${prefix}_HEADER`,
        status,
      );
    throw new RefusedError(
      `${name} at ${url} refused ${call} (${status})`,
      said || 'no reason was given',
      'see its log for the reason, then run the same command again',
      status,
      text,
      retryAfter(headers['retry-after']),
    );
  }
}

const timer = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
