import { Agent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { authenticationFromEnv, type Authentication, type Environment } from '../server/authentication';
import { AuthError, GrafanaConfigError, RefusedError, UnreachableError } from './errors';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A Grafana's HTTP API: JSON in, JSON out, every failure as an error for the reader. */
export class GrafanaClient {
  private readonly http: AxiosInstance;

  constructor(
    readonly url: string,
    private readonly authentication: Authentication,
  ) {
    this.http = axios.create({
      timeout: patience,
      // A redirect turns a POST into a GET, and would carry the credentials elsewhere.
      maxRedirects: 0,
      validateStatus: () => true,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      headers: { Accept: 'application/json', ...authentication.headers },
      httpsAgent: new Agent({ keepAlive: true, ...authentication.tls }),
    });
  }

  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const parameters = new URLSearchParams(query).toString();
    return this.request('GET', parameters ? `${path}?${parameters}` : path);
  }

  post(path: string, body: unknown = {}): Promise<unknown> {
    return this.request('POST', path, body);
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.request('PUT', path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.request('DELETE', path);
  }

  private async request(method: Method, path: string, body?: unknown): Promise<unknown> {
    const call = `${method} ${path.replace(/\?.*$/, '')}`;
    let response: AxiosResponse<string>;
    try {
      response = await this.http.request({
        method,
        url: `${this.url}${path}`,
        ...(body !== undefined && { data: body }),
      });
    } catch (error) {
      throw this.unreachable(call, error);
    }
    const answer = parse(response.data);
    if (response.status >= 200 && response.status < 300) return answer;
    throw this.refused(call, response, answer);
  }

  /** Without the cause: it holds the request, and with it the token. */
  private unreachable(call: string, error: unknown): Error {
    if (!axios.isAxiosError(error)) return error as Error;
    const evidence =
      error.code === 'ECONNABORTED' ? `no answer within ${patience / 1000} s` : (error.code ?? error.message);
    return new UnreachableError(
      `no Grafana answers at ${this.url} (${call})`,
      evidence,
      'open that address in a browser on this machine; GRAFANA_URL names it',
    );
  }

  private refused(call: string, { status, headers }: AxiosResponse, answer: unknown): Error {
    const said = messageOf(answer) || 'no reason was given';
    if (status === 401 || status === 403) {
      return new AuthError(
        `grafana refused ${this.authentication.who} (${status} on ${call})`,
        said,
        status === 401
          ? 'set GRAFANA_TOKEN to a token of a service account (Administration > Service accounts)'
          : 'give its service account the role Editor, or Admin for alerting and data sources',
      );
    }
    if (status >= 300 && status < 400) {
      const target = typeof headers['location'] === 'string' ? headers['location'] : 'elsewhere';
      return new UnreachableError(
        `${this.url} redirects (${status} on ${call})`,
        `to ${target}`,
        'set GRAFANA_URL to the address that it redirects to',
      );
    }
    return new RefusedError(
      `grafana refused ${call} (${status})`,
      said,
      'see the log of Grafana for the reason',
      status,
      answer,
    );
  }
}

const patience = 60_000;

/**
 * The Grafana that `GRAFANA_URL` names, with `GRAFANA_TOKEN`, or `GRAFANA_USER` and `GRAFANA_PASSWORD`, and what else
 * `authenticationFromEnv` reads. The only reader of these.
 */
export const grafanaFromEnv = (environment: Environment): GrafanaClient =>
  new GrafanaClient(grafanaAddress(environment), authenticationFromEnv('GRAFANA', environment));

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

const messageOf = (answer: unknown): string => {
  if (typeof answer === 'string') return answer.startsWith('<') ? 'the answer is a web page' : answer.slice(0, 200);
  if (typeof answer !== 'object' || answer === null) return '';
  const { message, error } = answer as { message?: unknown; error?: unknown };
  return [message, error].find((text): text is string => typeof text === 'string' && text !== '') ?? '';
};
