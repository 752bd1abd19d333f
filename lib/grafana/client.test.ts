import { createServer, type IncomingMessage, type Server } from 'node:http';
import { inspect } from 'node:util';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { grafanaFromEnv } from './client';
import { AuthError, GrafanaConfigError, RefusedError, UnreachableError } from './errors';

interface Scripted {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that gives these answers in turn, and a log of what it was asked. */
const script = async (...answers: readonly Scripted[]): Promise<{ url: string; log: string[] }> => {
  const log: string[] = [];
  const left = [...answers];
  server = createServer((request, response) => {
    void read(request).then((body) => {
      log.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'} ${body}`.trim());
      const { status, body: text = '', headers = {} } = left.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(text);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log };
};

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

const failure = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it went well');
    },
    (error: Error) => error,
  );

describe('GrafanaClient', () => {
  it('keeps the path of the address, sends the token, takes JSON and empty answers', async () => {
    const { url, log } = await script({ status: 200, body: '{"a":1}' }, { status: 204 });
    const grafana = grafanaFromEnv({ GRAFANA_URL: `${url}/sub/`, GRAFANA_TOKEN: 'glsa_secret' });
    expect(await grafana.get('/api/search', { query: 'a b' })).toEqual({ a: 1 });
    expect(await grafana.post('/api/x', { b: 2 })).toBeUndefined();
    expect(log).toEqual([
      'GET /sub/api/search?query=a+b Bearer glsa_secret',
      'POST /sub/api/x Bearer glsa_secret {"b":2}',
    ]);
  });

  it('sends a user and a password', async () => {
    const { url, log } = await script({ status: 200, body: '{}' });
    await grafanaFromEnv({ GRAFANA_URL: url, GRAFANA_USER: 'admin', GRAFANA_PASSWORD: 'pass' }).get('/api/org');
    expect(log).toEqual(['GET /api/org Basic YWRtaW46cGFzcw==']);
  });

  it('tells a refused token from a missing right', async () => {
    const { url } = await script(
      { status: 401, body: '{"messageId":"api-key.invalid","message":"Invalid API key"}' },
      { status: 403, body: '{"title":"Access denied","message":"Permissions needed: dashboards:write"}' },
    );
    const grafana = grafanaFromEnv({ GRAFANA_URL: url, GRAFANA_TOKEN: 'glsa_secret' });
    const refused = await failure(grafana.get('/api/org'));
    expect(refused).toBeInstanceOf(AuthError);
    expect((refused as AuthError).format()).toBe(
      'error: grafana refused the token (401 on GET /api/org)\n  it is not known there, or is an old API key\n  try: set GRAFANA_TOKEN to a token of a service account (Administration > Service accounts)\n',
    );
    const forbidden = await failure(grafana.post('/api/dashboards/db'));
    expect(forbidden).toMatchObject({ exitCode: 3, evidence: 'it lacks dashboards:write' });
  });

  it('asks again after a pause that the server names, but repeats no write by itself', async () => {
    const busy = { status: 429, headers: { 'retry-after': '7' } };
    const { url, log } = await script(busy, { status: 200, body: '{}' }, busy);
    const waited: number[] = [];
    const grafana = grafanaFromEnv({ GRAFANA_URL: url }, { wait: async (time) => void waited.push(time) });
    await grafana.get('/api/org');
    expect(await failure(grafana.post('/api/x'))).toMatchObject({ status: 429 });
    expect(waited).toEqual([7000]);
    expect([log.length, grafana.requests]).toEqual([3, 3]);
  });

  it('takes a login page for no answer', async () => {
    const { url } = await script({ status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } });
    const error = await failure(grafanaFromEnv({ GRAFANA_URL: url }).get('/api/org'));
    expect(error).toMatchObject({ name: 'AnswerError', exitCode: 2 });
  });

  it('ends with the reason of a signal', async () => {
    const { url } = await script();
    const signal = AbortSignal.abort(new Error('stopped by Ctrl-C'));
    const error = await failure(grafanaFromEnv({ GRAFANA_URL: url }, { signal }).get('/api/org'));
    expect(error.message).toBe('stopped by Ctrl-C');
  });

  it('warns of credentials that go unencrypted to another machine only', () => {
    const warnings = (url: string): number =>
      grafanaFromEnv({ GRAFANA_URL: url, GRAFANA_TOKEN: 'glsa_secret' }).warnings.length;
    expect(
      ['http://nas:3000', 'https://nas', 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]'].map(warnings),
    ).toEqual([1, 0, 0, 0, 0]);
  });

  it('follows no redirect', async () => {
    const { url, log } = await script({ status: 301, headers: { location: 'https://grafana.example.org/' } });
    const error = await failure(grafanaFromEnv({ GRAFANA_URL: url }).post('/api/x'));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toContain('to https://grafana.example.org/');
    expect(log).toHaveLength(1);
  });

  it.each([
    ['{"message":"folder title cannot be empty"}', 'folder title cannot be empty'],
    ['{"message":"no","extra":{"Error":"template: t:1: unexpected EOF"}}', 'no: template: t:1: unexpected EOF'],
    ['<html></html>', 'the answer is a web page'],
    ['origin not allowed', 'origin not allowed'],
    ['', 'no reason was given'],
  ])('gives the reason of a refusal: %s', async (body, evidence) => {
    const { url } = await script({ status: 400, body });
    const error = await failure(grafanaFromEnv({ GRAFANA_URL: url }).get('/api/x'));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ status: 400, evidence, exitCode: 2 });
  });

  it('names the address that does not answer, and never the token', async () => {
    const error = await failure(
      grafanaFromEnv({ GRAFANA_URL: 'http://127.0.0.1:1', GRAFANA_TOKEN: 'glsa_secret' }).get('/api/org'),
    );
    expect(error).toBeInstanceOf(UnreachableError);
    expect((error as UnreachableError).format()).toContain(
      'no Grafana answers at http://127.0.0.1:1 (GET /api/org)\n  ECONNREFUSED',
    );
    expect(inspect(error, { depth: 10 })).not.toContain('glsa_secret');
  });
});

describe('grafanaFromEnv', () => {
  it.each([[{}], [{ GRAFANA_URL: 'localhost:3000' }], [{ GRAFANA_URL: 'http://admin:pass@localhost' }]])(
    'refuses %o',
    (environment) => {
      expect(() => grafanaFromEnv(environment)).toThrow(GrafanaConfigError);
      expect(() => grafanaFromEnv(environment)).not.toThrow(/pass/);
    },
  );
});
