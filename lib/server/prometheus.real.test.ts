import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../proof/programs';
import { startServer, type Server } from '../proof/servers';
import { until } from '../proof/until';
import { RefusedError } from './errors';
import { probe } from './probe';
import { prometheusServer, selectorOf } from './prometheus';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'server-'));
  writeFileSync(
    join(folder, 'rules.yml'),
    'groups: [{name: g, rules: [{record: "job:up:sum", expr: "sum by (job) (up)"}, {alert: Down, expr: up == 0, for: 5m}]}]\n',
  );
  server = await startServer({
    name: 'Prometheus',
    command: requireProgram('prometheus'),
    args: (port) => {
      writeFileSync(
        join(folder, 'prometheus.yml'),
        `global: {scrape_interval: 1s, external_labels: {cluster: home}}
rule_files: [rules.yml]
scrape_configs: [{job_name: self, scrape_interval: 500ms, static_configs: [{targets: ['127.0.0.1:${port}']}]}]
`,
      );
      return [
        `--web.listen-address=127.0.0.1:${port}`,
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=data',
        '--storage.tsdb.retention.time=30d',
      ];
    },
    folder,
    ready: '/-/ready',
  });
  const isScraped = async (): Promise<boolean> =>
    (await prometheusServer(server.url, {}).instant('up == 1')).length === 1;
  await until('the first scrape', isScraped, { within: 30_000, every: 100 });
}, 60_000);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a running Prometheus', () => {
  it('is known and offers all', async () => {
    const found = await probe(prometheusServer(server.url, {}));
    expect(found).toMatchObject({ product: 'Prometheus', retention: 30 * 86_400, lookback: 300 });
    expect(found.version).toMatch(/^\d+\.\d+/);
    expect(Object.values(found.offers).filter(({ offered }) => !offered)).toEqual([]);
  });

  it('answers every question', async () => {
    const asked = prometheusServer(server.url, {});
    expect((await asked.metadata()).get('prometheus_build_info')).toMatchObject([{ type: 'gauge' }]);
    expect(await asked.names()).toContain('up');
    expect(await asked.names({ start: 0, end: 1 })).toEqual([]);
    expect(await asked.labelNames(selectorOf('up'))).toEqual(['__name__', 'instance', 'job']);
    expect(await asked.labelValues('job', { selector: selectorOf('up') })).toEqual(['self']);
    expect(await asked.series(selectorOf('up'))).toMatchObject([{ __name__: 'up', job: 'self' }]);
    expect((await asked.instant('vector(1) / 0'))[0]?.samples[0]?.[1]).toBe(Infinity);
    expect((await asked.range('vector(2)', { start: 0, end: 60, step: 30 }))[0]?.samples).toEqual([
      [0, 2],
      [30, 2],
      [60, 2],
    ]);
    expect((await asked.rules()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'recording job:up:sum',
      'alerting Down',
    ]);
    expect(await asked.targets()).toMatchObject([{ job: 'self', health: 'up', interval: 0.5 }]);
    expect(await asked.scraping()).toEqual({ interval: 1, jobs: { self: 0.5 }, externalLabels: { cluster: 'home' } });
    expect((await asked.targetsMetadata('{job="self"}')).map(({ metric }) => metric)).toContain(
      'prometheus_build_info',
    );
  });

  it('takes a question that is too long for an address', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `up{job!="job-${index}"}`).join(' or ');
    expect(await prometheusServer(server.url, {}).instant(long)).toHaveLength(1);
  });

  it('refuses what it cannot read, in its own words', async () => {
    const error = await prometheusServer(server.url, {})
      .instant('up(')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).evidence).toContain('parse error');
  });
});
