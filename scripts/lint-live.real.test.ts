import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as PageServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LintResult } from '../lib/lint/report/result';
import { requireProgram } from '../lib/proof/programs';
import { startServer, type Server } from '../lib/proof/servers';
import { until } from '../lib/proof/until';
import { prometheusServer } from '../lib/server/prometheus';

const page = `# TYPE node_load1 gauge
node_load1 0.5
# TYPE node_context_switches_total gauge
node_context_switches_total 12
# TYPE app_jobs gauge
app_jobs{queue="mail",state="waiting"} 3
app_jobs{queue="print",state="done"} 1
# TYPE wide_things gauge
${Array.from({ length: 1200 }, (_, index) => `wide_things{item="${index}"} ${index}`).join('\n')}
`;

let folder: string;
let pages: PageServer;
let prometheus: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lint-live-'));
  pages = createServer((_, response) => response.end(page));
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const now = Math.floor(Date.now() / 1000);
  const old = Array.from({ length: 60 }, (_, minute) => `app_old{queue="mail"} 1 ${now - 3 * 86_400 + minute * 60}\n`);
  // True every other ten minutes of the last day but the last hours, which are not to be written into blocks.
  const flaps = Array.from({ length: 100 }, (_, turn) => turn).flatMap((turn) =>
    Array.from({ length: 10 }, (_, minute) => `app_flaps ${turn % 2} ${now - 80_000 + (turn * 10 + minute) * 60}\n`),
  );
  writeFileSync(join(folder, 'old.om'), `${old.join('')}${flaps.join('')}# EOF\n`);
  execFileSync(requireProgram('promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', 'old.om', 'data'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(
    join(folder, 'rules.yml'),
    'groups: [{name: g, interval: 1s, rules: [{record: "queue:app_jobs:sum", expr: "sum by (queue) (app_jobs)"}]}]\n',
  );
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: {scrape_interval: 1s}
rule_files: [rules.yml]
scrape_configs:
  - job_name: app
    scrape_interval: 2s
    static_configs: [{targets: ['127.0.0.1:${(pages.address() as AddressInfo).port}']}]
`,
  );
  prometheus = await startServer({
    name: 'Prometheus',
    command: requireProgram('prometheus'),
    args: (port) => [
      `--web.listen-address=127.0.0.1:${port}`,
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
    ],
    folder,
    ready: '/-/ready',
  });
  const isRecorded = async (): Promise<boolean> =>
    (await prometheusServer(prometheus.url, {}).instant('queue:app_jobs:sum')).length === 2;
  await until('the recording rule to have read a scrape', isRecorded, { within: 30_000, every: 100 });
}, 60_000);

afterAll(async () => {
  await prometheus?.stop();
  pages?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run -s lint -- …` in a folder with one rule file; not `spawnSync`, which would keep the page from being served. */
const lint = (rules: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Run> => {
  const file = join(folder, 'linted.yaml');
  writeFileSync(file, rules);
  const root = join(__dirname, '..');
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/ts-node/dist/bin.js'), '--swc', join(root, 'scripts/cli.ts'), 'lint', file, ...args],
    { cwd: root, env: { ...process.env, ...environment } },
  );
  const [stdout, stderr]: string[][] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout?.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr?.push(text));
  return new Promise((resolve) =>
    child.once('close', (status) =>
      resolve({ status, stdout: (stdout ?? []).join(''), stderr: (stderr ?? []).join('') }),
    ),
  );
};

const record = (...queries: readonly string[]): string =>
  `groups:\n  - name: g\n    rules:\n${queries
    .map((query, index) => `      - record: a:b:c${index}\n        expr: ${JSON.stringify(query)}\n`)
    .join('')}`;

/** What is found of the live rules and of metrics, by query: `series-present warning …`. */
const found = async (queries: readonly string[], args: readonly string[] = []): Promise<Record<string, string>> => {
  const { stdout, stderr } = await lint(record(...queries), [
    '--format',
    'json',
    '--prometheus',
    prometheus.url,
    ...args,
  ]);
  const { findings, problems } = JSON.parse(stdout || `{"problems": ${JSON.stringify([stderr])}}`) as LintResult;
  expect(problems).toEqual([]);
  const byQuery: Record<string, string> = {};
  for (const { rule, severity, message, query, nearest } of findings)
    if (severity !== 'info' && query)
      byQuery[query.text] = [byQuery[query.text], `${rule} ${severity}: ${message} ${nearest.join()}`]
        .filter(Boolean)
        .join('\n');
  return byQuery;
};

describe('linting against a running Prometheus', () => {
  it('tells apart all that can be missing', async () => {
    const all = await found([
      'sum(node_load1)',
      'sum(app_jobs{queue="mail"})',
      'sum(queue:app_jobs:sum)',
      'sum(app_jobz)',
      'sum(node_load5)',
      'sum(app_old)',
      'sum(app_jobs{qeue="mail"})',
      'sum(app_jobs{queue="mial"})',
      'sum(app_jobs{queue="mail", state="done"})',
      'sum by (queue) (queue:app_jobs:sum{queue="fax"})',
    ]);
    expect(Object.keys(all).sort()).toEqual([
      'sum by (queue) (queue:app_jobs:sum{queue="fax"})',
      'sum(app_jobs{qeue="mail"})',
      'sum(app_jobs{queue="mail", state="done"})',
      'sum(app_jobs{queue="mial"})',
      'sum(app_jobz)',
      'sum(app_old)',
      'sum(node_load5)',
    ]);
    expect(all['sum(app_jobz)']).toMatch(/^metric-exists error: no metric `app_jobz`: never seen in 30 days app_jobs$/);
    expect(all['sum(node_load5)']).toMatch(/^series-present warning: `node_load5` was never there/);
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    expect(all['sum(app_old)']).toMatch(
      new RegExp(`^series-present warning: \`app_old\` vanished: gone since ${day.slice(0, 8)}`),
    );
    expect(all['sum(app_jobs{qeue="mail"})']).toMatch(/^label-exists error: `app_jobs` has no label `qeue` queue$/);
    expect(all['sum(app_jobs{queue="mial"})']).toMatch(/^series-present warning: .*`queue="mial"` mail$/);
    expect(all['sum(app_jobs{queue="mail", state="done"})']).toMatch(/no series that all the matchers take/);
  });

  it('takes types and intervals from the server', async () => {
    const all = await found([
      'rate(node_context_switches_total[5m])',
      'rate(app_jobs_total[3s])',
      'increase(node_load1[3s])',
    ]);
    expect(all['rate(node_context_switches_total[5m])']).toMatch(/rate-of-gauge/);
    expect(all['increase(node_load1[3s])']).toMatch(/window-vs-interval/);
  });

  it('allows what is rare and declared so, and says when that is past', async () => {
    const exceptions = join(folder, 'exceptions.yaml');
    writeFileSync(exceptions, 'allow:\n  - {rule: series-present, about: app_old, reason: only while a backup runs}\n');
    expect(await found(['sum(app_old)'], ['--exceptions', exceptions])).toEqual({});
    const { stdout } = await lint(record('sum(node_load1)'), [
      '--prometheus',
      prometheus.url,
      '--exceptions',
      exceptions,
    ]);
    expect(stdout).toContain('allows nothing any more');
  });

  it('tells cost and volume when they are asked for', async () => {
    const rules = `groups:
  - name: g
    rules:
      - {record: a:b:c, expr: wide_things}
      - {alert: Flaps, expr: app_flaps == 1, for: 1m, labels: {severity: warning}, annotations: {summary: s}}
`;
    const without = await lint(rules, ['--prometheus', prometheus.url]);
    expect(without.stdout).toMatch(/not run: alert-volume, query-cost: .*--cost/);
    const { stdout } = await lint(rules, ['--prometheus', prometheus.url, '--cost']);
    expect(stdout).toContain('gives 1200 series');
    expect(stdout).toMatch(/`Flaps` would have fired \d\d times/);
  });

  it('shows no secret in any format, and ends with 2 where it is refused', async () => {
    const secrets = {
      PROMETHEUS_TOKEN: 'planted-token-1',
      GRAFANA_TOKEN: 'planted-token-2',
      LOKI_TOKEN: 'planted-token-3',
    };
    const closed = createServer((request, response) => {
      response.writeHead(401, { 'Content-Type': 'text/plain' });
      response.end(`no entry for ${request.headers.authorization}`);
    });
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    // All formats print what all servers said.
    const runs = [
      ['--prometheus', 'readable'],
      ['--prometheus', 'json'],
      ['--prometheus', 'sarif'],
      ['--grafana', 'github'],
      ['--loki', 'junit'],
    ] as const;
    for (const [server, format] of runs) {
      const asked = ['--format', format, server, url];
      const { status, stdout, stderr } = await lint(record('sum(node_loda1)'), asked, secrets);
      expect(`${stdout}${stderr}`).not.toContain('planted-token');
      expect([server, format, status]).toEqual([server, format, 2]);
      // Findings from the recorded catalogs are printed all the same.
      expect(stdout).toContain('node_loda1');
    }
    const named = await lint(record('sum(node_loda1)'), ['--prometheus', url.replace('//', '//nas:planted-token@')]);
    expect(`${named.stdout}${named.stderr}`).not.toContain('planted-token');
    expect([named.status, named.stdout]).toEqual([2, expect.stringContaining('holds a user name or a password')]);
    closed.close();
  });
});
