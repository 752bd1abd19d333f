import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { recordedAnswers, standInFor, type Answers } from '../lib/init/testing/recorded-prometheus';
import { runCli, type Ended } from './testing/run-cli';

const root = join(__dirname, '..');

let folder: string;
let stoppers: (() => Promise<void>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/homelab-dashboards'));
});
afterEach(async () => {
  for (const stop of stoppers) await stop();
  stoppers = [];
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the program in a folder of a user's. */
const run = (...args: readonly string[]): Promise<Ended> => runCli(args, { cwd: folder });

const serve = async (answers: Answers): Promise<string> => {
  const { url, stop } = await standInFor(answers);
  stoppers.push(stop);
  return url;
};

const text = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('init', () => {
  it('says what to give when nothing is given, and writes nothing', async () => {
    const { status, stdout, stderr } = await run('init');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--prometheus URL, --grafana URL, --compose FILE..., --example NAME');
    expect(readdirSync(folder)).toEqual(['node_modules']);
  });

  it('writes a file that renders, then leaves it alone and says that nothing is new', async () => {
    const url = await serve(recordedAnswers('labelled'));
    const first = await run('init', '--prometheus', url);
    expect([first.status, first.stdout]).toEqual([
      0,
      expect.stringMatching(/wrote home\/homelab\.ts: 1 host, 5 apps, 8 sources\nnext: npm run render\n$/),
    ]);
    expect(first.stderr).toMatch(/^open: What is the uid .*\nleft out: job `attic` /);
    const written = text('home/homelab.ts');
    expect(written).toContain('// - job `attic` ');

    const render = await run('render');
    expect([render.status, render.stdout]).toEqual([0, expect.stringMatching(/^8 boards with /)]);
    const again = await run('init', '--prometheus', url);
    expect([again.status, again.stdout]).toEqual([
      0,
      'home/homelab.ts is there and has all that was seen: nothing is new\n',
    ]);
    expect(text('home/homelab.ts')).toBe(written);
  });

  it('says what is new beside a file that is there, in YAML too, with exit code 1', async () => {
    const url = await serve(recordedAnswers('alloy'));
    mkdirSync(join(folder, 'home'));
    const own = 'hosts: [{ name: tower }]\nsources: { node_exporter: { select: { job: integrations/unix } } }\n';
    writeFileSync(join(folder, 'home/homelab.yaml'), own);
    const { status, stdout } = await run('init', '--prometheus', url);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^home\/homelab\.yaml is there and stays as it is; new is:\n {2}hosts › tower › exporters: /,
    );
    expect(stdout).toContain(`  sources: traefik: { select: { job: 'edge' }`);
    expect(stdout).not.toContain('sources: node_exporter');
    expect(readdirSync(join(folder, 'home'))).toEqual(['homelab.yaml']);
    expect(text('home/homelab.yaml')).toBe(own);
  });

  it('writes YAML where the name says so', async () => {
    const url = await serve(recordedAnswers('bare'));
    expect((await run('init', '--prometheus', url, '--out', 'my/lab.yaml')).status).toBe(0);
    expect(parse(text('my/lab.yaml'))).toMatchObject({ hosts: [{ name: '127.0.0.2' }, { name: '127.0.0.3' }] });
    expect((await run('render', '--homelab', 'my/lab.yaml')).status).toBe(0);
  });

  it('asks the Prometheus behind a Grafana where only that is named', async () => {
    const below = '/api/datasources/proxy/uid/abc';
    const behind = Object.entries(recordedAnswers('alloy')).map(([question, answer]) => [below + question, answer]);
    const sources = [{ uid: 'abc', name: 'Metrics', type: 'prometheus', url: 'http://p:9090', isDefault: true }];
    const url = await serve({
      ...(Object.fromEntries(behind) as Answers),
      '/api/datasources': { status: 200, body: JSON.stringify(sources) },
      '/api/v1/provisioning/contact-points': { status: 403, body: '{"message":"no permission"}' },
    });
    const { status, stderr } = await run('init', '--grafana', url);
    expect(status, stderr).toBe(0);
    expect(text('home/homelab.ts')).toContain(
      `prometheus: { kind: 'prometheus', uid: 'abc', name: 'Metrics', url: 'http://p:9090' }`,
    );
    expect(text('home/homelab.ts')).toContain(`select: { job: 'integrations/unix' }`);
    expect(stderr).toContain('left out: contact points are not read: ');
  });

  it('starts from an example', async () => {
    const { status, stdout } = await run('init', '--example', 'minimal');
    expect([status, stdout]).toEqual([
      0,
      'wrote home/homelab.ts: the example minimal, 1 host, 0 apps, 0 sources\nnext: npm run render\n',
    ]);
    expect(text('home/homelab.ts')).toBe(readFileSync(join(root, 'examples/homelabs/minimal.ts'), 'utf8'));
    const unknown = await run('init', '--example', 'minimum', '--out', 'b.ts');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('there are: minimal, ')]);
  });
});

describe('what cannot be looked at is a sentence, and nothing is written', () => {
  afterEach(() => expect(readdirSync(folder)).not.toContain('home'));

  const answering = async (status: number, type: string, body: string): Promise<string> => {
    const server = createServer((_, response) => response.writeHead(status, { 'Content-Type': type }).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stoppers.push(() => new Promise((resolve) => server.close(() => resolve())));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it.each([
    ['a web page', 200, 'text/html', '<html>Sign in</html>', /web page/],
    ['no such path', 404, 'text/plain', '404 page not found', /404/],
    ['JSON of something else', 200, 'application/json', '{"name":"es01"}', /status/],
  ])('%s', async (_, status, type, body, evidence) => {
    const url = await answering(status, type, body);
    const ended = await run('init', '--prometheus', url);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(evidence);
    expect(ended.stderr).toMatch(/^error: .*\n(.*\n)* {2}try: /);
  });

  it.each([
    ['nobody there', 'http://127.0.0.1:1', /ECONNREFUSED/],
    ['no address', 'prometheus:9090', /http:\/\//],
    ['credentials in the address', 'http://me:secret@localhost:9090', /without them/],
  ])('%s', async (_, url, evidence) => {
    const ended = await run('init', '--prometheus', url);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(evidence);
    expect(ended.stderr).not.toContain('secret');
  });

  it('TLS where there is none', async () => {
    const url = await answering(200, 'text/html', '');
    const ended = await run('init', '--prometheus', url.replace('http:', 'https:'));
    expect([ended.status, ended.stderr]).toEqual([2, expect.stringMatching(/^error: .*\n(.*\n)* {2}try: /)]);
  });

  it('a Prometheus that scrapes nothing', async () => {
    const empty = (data: unknown) => ({ status: 200, body: JSON.stringify({ status: 'success', data }) });
    const { '/api/v1/query?query=1': _, ...rest } = recordedAnswers('bare');
    const url = await serve({
      ...rest,
      '/api/v1/query?query=up': empty({ resultType: 'vector', result: [] }),
      '/api/v1/label/job/values': empty([]),
      '/api/v1/query?query=node_uname_info': empty({ resultType: 'vector', result: [] }),
    });
    const ended = await run('init', '--prometheus', url);
    expect([ended.status, ended.stderr]).toEqual([2, expect.stringContaining('scrapes nothing')]);
  });

  it('a compose file that is none, and one that is not there', async () => {
    writeFileSync(join(folder, 'c.yaml'), 'global: {}\n');
    const none = await run('init', '--compose', 'c.yaml');
    expect([none.status, none.stderr]).toEqual([
      2,
      expect.stringContaining('c.yaml is no compose file: it has global'),
    ]);
    const away = await run('init', '--compose', 'd.yaml');
    expect([away.status, away.stderr]).toEqual([2, expect.stringContaining('there is no d.yaml')]);
  });
});
