import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { prometheusServer } from './prometheus';
import { lokiServer } from './loki';
import type { Environment } from './authentication';
import type { ConnectionOptions } from './connection';
import { AnswerError, AuthError, RefusedError, RemoteFailure, ServerConfigError, UnreachableError } from './errors';
import { standIn, success, type StandIn, type StandInAnswer } from './testing/stand-in';

let running: StandIn | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const start = async (
  answers: Readonly<Record<string, StandInAnswer | readonly StandInAnswer[]>>,
  environment: Environment = {},
  options: ConnectionOptions = {},
) => {
  running = await standIn(answers);
  const waited: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waited.push(milliseconds);
  return { server: prometheusServer(running.url, environment, { wait, ...options }), stand: running, waited };
};

const failure = async (promise: Promise<unknown>): Promise<RemoteFailure> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RemoteFailure)) throw new Error(`no error for the reader: ${String(error)}`);
  return error;
};

describe('questions', () => {
  it('are sent once each, and answered in one place', async () => {
    const { server, stand } = await start({
      '/api/v1/labels': success(['job']),
      '/api/v1/query': success({ resultType: 'vector', result: [] }),
    });
    expect(await Promise.all([server.labelNames(), server.labelNames()])).toEqual([['job'], ['job']]);
    await server.labelNames();
    expect(stand.log).toEqual(['GET /api/v1/labels']);
    await server.labelNames('up');
    await server.instant('up');
    await server.instant('up', 5);
    expect(stand.log.slice(1)).toEqual([
      'GET /api/v1/labels?match%5B%5D=up',
      'GET /api/v1/query?query=up',
      'GET /api/v1/query?query=up&time=5',
    ]);
    expect(server.requests).toBe(4);
  });

  it('that failed are not asked again', async () => {
    const { server, stand } = await start({});
    await failure(server.metadata());
    await failure(server.metadata());
    expect(stand.log).toHaveLength(1);
  });

  it('too long for an address go as a form', async () => {
    const { server, stand } = await start({ '/api/v1/query': success({ resultType: 'vector', result: [] }) });
    await server.instant(`up{job="${'x'.repeat(3000)}"}`);
    expect(stand.log[0]).toMatch(/^POST \/api\/v1\/query query=up/);
  });

  it('go out a few at a time, and progress is told', async () => {
    const steps: string[] = [];
    const { server } = await start(
      { '/api/v1/query': success({ resultType: 'scalar', result: [1, '2'] }) },
      {},
      {
        concurrency: 2,
        progress: ({ asked, answered }) => steps.push(`${answered}/${asked}`),
      },
    );
    await Promise.all(['1', '2', '3'].map((query) => server.instant(query)));
    expect(steps.slice(0, 3)).toEqual(['0/1', '0/2', '0/3']);
    expect(steps.at(-1)).toBe('3/3');
  });
});

describe('a busy server', () => {
  it('is asked again when it says', async () => {
    const { server, stand, waited } = await start({
      '/api/v1/labels': [{ status: 429, headers: { 'Retry-After': '2' } }, { status: 503 }, success(['job'])],
    });
    expect(await server.labelNames()).toEqual(['job']);
    expect(waited).toEqual([2000, 1000]);
    expect(stand.log).toHaveLength(3);
    expect(server.requests).toBe(3);
  });

  it('is left alone when it wants a long pause, when a query was too much for it, and after three times', async () => {
    const { server, waited } = await start({
      '/api/v1/labels': { status: 429, headers: { 'Retry-After': '3600' } },
      '/api/v1/query': {
        status: 503,
        text: '{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}',
      },
      '/api/v1/rules': { status: 502 },
    });
    expect(await failure(server.labelNames())).toBeInstanceOf(RefusedError);
    expect((await failure(server.instant('up'))).evidence).toBe('query timed out in expression evaluation');
    expect(waited).toEqual([]);
    await failure(server.rules());
    expect(waited).toHaveLength(2);
  });
});

describe('half an answer', () => {
  it.each<[string, StandInAnswer, typeof AnswerError | typeof UnreachableError, string]>([
    [
      'a web page',
      { type: 'text/html', text: '<html>Sign in</html>' },
      AnswerError,
      'the answer is a web page, not JSON',
    ],
    [
      'broken JSON',
      { text: '{"status":"success","da' },
      AnswerError,
      'the answer is no whole JSON: {"status":"success","da',
    ],
    ['nothing', { text: '' }, AnswerError, 'the answer is empty'],
    ['no data', { text: '{"status":"success"}' }, AnswerError, 'the answer says success and has no `data`'],
    ['another program', { text: '[]' }, AnswerError, 'the answer is a list, not an object with `status`'],
    ['other data', success({ job: 1 }), AnswerError, '`data` is an object, not a list'],
    ['a wrong item', success(['job', 5]), AnswerError, '`data[]` is a number, not a text'],
    [
      'an end in the middle',
      { text: '{"status":', cut: true },
      UnreachableError,
      'the connection was closed before the answer was whole',
    ],
    ['silence', { silent: true }, UnreachableError, 'no whole answer within 0.1 s'],
    ['too much', { text: ' '.repeat(3 * 1024 * 1024) }, UnreachableError, 'more than 1 MiB, the most that is read'],
  ])('%s is an error for the reader', async (_, answer, kind, evidence) => {
    const { server } = await start(
      { '/api/v1/labels': answer },
      {},
      { patience: answer.silent ? 100 : 5000, largest: 1024 * 1024 },
    );
    const error = await failure(server.labelNames());
    expect(error).toBeInstanceOf(kind);
    expect(error.evidence).toBe(evidence);
    expect(error.format()).toMatch(/^error: .*api\/v1\/labels.*\n {2}.*\n {2}try: .*\n$/);
  });

  it('warns, and the warning is kept', async () => {
    const { server } = await start({
      '/api/v1/labels': { text: '{"status":"success","data":["job"],"warnings":["a store is away"]}' },
    });
    expect(await server.labelNames()).toEqual(['job']);
    expect(server.warnings).toEqual([{ path: '/api/v1/labels', text: 'a store is away' }]);
  });

  it('no data is none for Loki, which leaves it out', async () => {
    const stand = (running = await standIn({ '/loki/api/v1/labels': { text: '{"status":"success"}' } }));
    expect(await lokiServer(stand.url, {}).labelNames()).toEqual([]);
  });
});

describe('who we are', () => {
  it.each<[Environment, Record<string, string>]>([
    [{ PROMETHEUS_TOKEN: 'planted-token' }, { authorization: 'Bearer planted-token' }],
    [{ PROMETHEUS_USER: 'nas', PROMETHEUS_PASSWORD: 'pass' }, { authorization: 'Basic bmFzOnBhc3M=' }],
    [
      { PROMETHEUS_HEADER: 'X-Key: planted: key', PROMETHEUS_TENANT: 'home' },
      { 'x-key': 'planted: key', 'x-scope-orgid': 'home' },
    ],
    [{ LOKI_TOKEN: 'other' }, {}],
  ])('%o', async (environment, expected) => {
    const { server, stand } = await start({ '/api/v1/labels': success([]) }, environment);
    await server.labelNames();
    const sent = stand.headers[0] ?? {};
    expect(sent).toMatchObject(expected);
    if (Object.keys(expected).length === 0) expect(sent.authorization).toBeUndefined();
  });

  it.each<[Environment, string]>([
    [{ PROMETHEUS_USER: 'nas' }, 'PROMETHEUS_USER is set, and no password'],
    [{ PROMETHEUS_HEADER: 'planted' }, 'PROMETHEUS_HEADER is no header'],
    [{ PROMETHEUS_TOKEN: 'planted\nsecret' }, 'the Authorization header cannot be sent'],
    [
      { PROMETHEUS_TOKEN: 'planted', PROMETHEUS_TOKEN_FILE: '/x' },
      'PROMETHEUS_TOKEN and PROMETHEUS_TOKEN_FILE are both set',
    ],
    [{ PROMETHEUS_TOKEN_FILE: '/nowhere' }, 'the file that PROMETHEUS_TOKEN_FILE names cannot be read'],
    [
      { PROMETHEUS_CLIENT_CERT: __filename, PROMETHEUS_CLIENT_KEY: __filename },
      'a certificate or key of the PROMETHEUS_… variables cannot be used',
    ],
    [{ PROMETHEUS_CLIENT_KEY: __filename }, 'PROMETHEUS_CLIENT_CERT and PROMETHEUS_CLIENT_KEY belong together'],
  ])('refuses %o', (environment, what) => {
    const make = (): unknown => prometheusServer('http://localhost', environment);
    expect(make).toThrow(ServerConfigError);
    expect(make).toThrow(what);
    expect(make).not.toThrow(/planted/);
  });

  it.each([['localhost:9090'], ['ftp://localhost'], ['http://nas:planted@localhost:9090']])(
    'refuses the address %s',
    (url) => {
      expect(() => prometheusServer(url, {})).toThrow(ServerConfigError);
      expect(() => prometheusServer(url, {})).not.toThrow(/planted/);
    },
  );

  const secrets: Environment = {
    PROMETHEUS_USER: 'nas',
    PROMETHEUS_PASSWORD: 'planted-pass',
    PROMETHEUS_HEADER: 'X-Key: planted-key',
  };

  it.each<[string, StandInAnswer]>([
    ['401', { status: 401, text: 'nas:planted-pass is wrong, so is planted-key' }],
    ['403', { status: 403, text: `{"message":"Basic ${Buffer.from('nas:planted-pass').toString('base64')}"}` }],
    ['404', { status: 404, text: 'planted-key' }],
    ['broken JSON', { text: '{"planted-key' }],
    ['an error', { text: '{"status":"error","error":"planted-pass"}' }],
    [
      'a redirect',
      { status: 302, headers: { Location: 'http://nas:planted-pass@elsewhere.example/x?key=planted-key' } },
    ],
    ['an end in the middle', { text: 'planted-key', cut: true }],
  ])('is never said: %s', async (_, answer) => {
    const { server } = await start({ '/api/v1/labels': answer }, secrets);
    const error = await failure(server.labelNames());
    expect(inspect(error, { depth: 20 }) + error.format()).not.toMatch(/planted|bmFzOnBsYW50ZWQt/);
  });

  it('follows no redirect with credentials', async () => {
    const elsewhere = await standIn({});
    const { server, stand } = await start(
      { '/api/v1/labels': { status: 307, headers: { Location: `${elsewhere.url}/api/v1/labels` } } },
      secrets,
    );
    const error = await failure(server.labelNames());
    await elsewhere.stop();
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.evidence).toContain(`to ${elsewhere.url}/api/v1/labels`);
    expect([stand.log.length, elsewhere.log.length]).toEqual([1, 0]);
  });

  it('names what to set when it is refused', async () => {
    // What Mimir answers without a tenant.
    const { server } = await start({
      '/api/v1/labels': { status: 401, text: 'no org id\n' },
      '/api/v1/rules': { status: 401, text: 'Unauthorized' },
    });
    const tenant = await failure(server.labelNames());
    expect(tenant).toBeInstanceOf(AuthError);
    expect(tenant.exitCode).toBe(3);
    expect(tenant.next).toContain('PROMETHEUS_TENANT');
    expect((await failure(server.rules())).next).toContain('PROMETHEUS_TOKEN');
  });

  it('says that a server without TLS was asked over https', async () => {
    const { stand } = await start({ '/api/v1/labels': success([]) });
    const server = prometheusServer(stand.url.replace('http:', 'https:'), {});
    const error = await failure(server.labelNames());
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toContain('does not speak TLS');
    expect(error.next).toContain('http://');
  });

  it('says which address does not answer', async () => {
    const error = await failure(prometheusServer('http://127.0.0.1:1', {}).names());
    expect(error.format()).toBe(
      'error: no Prometheus answers at http://127.0.0.1:1 (GET /api/v1/label/__name__/values)\n  ECONNREFUSED\n  try: curl http://127.0.0.1:1/api/v1/label/__name__/values, on this machine\n',
    );
  });
});
