import { writeFileSync } from 'node:fs';
import { createServer, type Server as PageServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { explainMissing, findProgram } from '../../lib/proof/programs';
import { startServer } from '../../lib/proof/servers';
import { until } from '../../lib/proof/until';
import { prometheusServer } from '../../lib/server/prometheus';
import { median, runNodeBeside, tsNode } from './run';

/** What linting against a server took, apart from what the same command takes without one. */
export interface LiveCost {
  readonly metrics: number;
  readonly series: number;
  /** Milliseconds from start to end, with a server and without. */
  readonly live: number;
  readonly offline: number;
  /** Requests that came to the server, clean and with twenty defects. */
  readonly requests: number;
  readonly requestsWithDefects: number;
}

const metrics = 300;
const targets = 10;
const seriesEach = 67;

/** Why a live server cannot be measured here; undefined when it can. */
export const whyNoPrometheus = (): string | undefined =>
  findProgram('prometheus') ? undefined : explainMissing(['prometheus']);

/** Lints rules on 300 metrics against a Prometheus that has scraped 200,000 series of them. Everything is kept in `folder`. */
export const measureLive = async (folder: string, runs: number): Promise<LiveCost> => {
  const pages = await servePages();
  const server = await startScraping(folder, (pages.address() as AddressInfo).port);
  try {
    const asked = prometheusServer(server.url, {});
    const count = async (): Promise<number> => {
      const [total] = await asked.instant('sum(scrape_samples_scraped)', Math.floor(Date.now()) / 1000);
      return total?.samples[0]?.[1] ?? 0;
    };
    await until('all series to be scraped', async () => (await count()) >= metrics * targets * seriesEach, {
      within: 120_000,
      every: 500,
    });
    const [clean, broken] = [join(folder, 'clean.yaml'), join(folder, 'broken.yaml')];
    writeFileSync(clean, rules(0));
    writeFileSync(broken, rules(20));
    const lint = (file: string, ...args: readonly string[]) =>
      runNodeBeside(tsNode('scripts/cli.ts', 'lint', file, ...args), { codes: [0, 1] });
    const times: { live: number; offline: number }[] = [];
    for (let round = 0; round <= runs; round++) {
      const offline = (await lint(clean)).wall;
      const live = (await lint(clean, '--prometheus', server.url)).wall;
      if (round > 0) times.push({ live, offline });
    }
    const requestsOf = async (file: string): Promise<number> => {
      const counting = await countRequests(server.url);
      await lint(file, '--prometheus', counting.url);
      counting.close();
      return counting.requests();
    };
    return {
      metrics,
      series: metrics * targets * seriesEach,
      live: median(times.map(({ live }) => live)),
      offline: median(times.map(({ offline }) => offline)),
      requests: await requestsOf(clean),
      requestsWithDefects: await requestsOf(broken),
    };
  } finally {
    await server.stop();
    pages.close();
  }
};

const nameOf = (index: number): string => `bench_metric_${index}`;

const servePages = async (): Promise<PageServer> => {
  const pages = createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://pages').searchParams.get('target');
    const lines = Array.from({ length: metrics }, (_, metric) => {
      const series = Array.from(
        { length: seriesEach },
        (__, index) =>
          `${nameOf(metric)}{device="d${target}-${index}",mode="${['idle', 'user', 'system'][index % 3]}"} ${index}`,
      );
      return [`# TYPE ${nameOf(metric)} gauge`, ...series].join('\n');
    });
    response.end(`${lines.join('\n')}\n`);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  return pages;
};

const startScraping = (folder: string, pages: number) => {
  const jobs = Array.from(
    { length: targets },
    (_, target) => `  - job_name: bench-${target}
    params: {target: ['${target}']}
    relabel_configs: [{target_label: job, replacement: bench}, {target_label: instance, replacement: 'host-${target}'}]
    static_configs: [{targets: ['127.0.0.1:${pages}']}]
`,
  );
  // Scraped within half a minute, and not again while the linter is measured.
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: {scrape_interval: 30s, scrape_timeout: 30s}\nscrape_configs:\n${jobs.join('')}`,
  );
  return startServer({
    name: 'Prometheus',
    command: findProgram('prometheus') ?? 'prometheus',
    args: (port) => [
      `--web.listen-address=127.0.0.1:${port}`,
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
    ],
    folder,
    ready: '/-/ready',
  });
};

/** A recording rule a metric; the first ones with a metric, a label or a value that is not there. */
const rules = (defects: number): string => {
  const one = (index: number): string => {
    const name = nameOf(index);
    if (index >= defects) return `sum by (instance) (${name}{job="bench", mode="idle"})`;
    return [
      `sum by (instance) (${name}_nope{job="bench"})`,
      `sum by (instance) (${name}{job="bench", moode="idle"})`,
      `sum by (instance) (${name}{job="bench", mode="idel"})`,
      `sum by (instance) (${name}{job="bench", mode="idle", device="d0-1"})`,
    ][index % 4] as string;
  };
  const all = Array.from(
    { length: metrics },
    (_, index) => `      - {record: "bench:metric:${index}", expr: '${one(index)}'}\n`,
  );
  return `groups:\n  - name: bench\n    rules:\n${all.join('')}`;
};

/** Stands before a server and counts what it is asked. */
const countRequests = async (url: string) => {
  let count = 0;
  const before = createServer((request, response) => {
    count += 1;
    void fetch(`${url}${request.url}`, { method: request.method ?? 'GET' }).then(async (answer) => {
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => before.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(before.address() as AddressInfo).port}`,
    requests: () => count,
    close: () => void before.close(),
  };
};
