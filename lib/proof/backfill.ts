import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from './programs';
import type { NotedSeries } from './series-notation';
import { startServer, type Server } from './servers';

/** Series with the distance of their samples in seconds; the first sample is at the beginning of 1970, as in promtool's tests. */
export interface Backfill {
  readonly series: readonly NotedSeries[];
  readonly step: number;
}

/** Starts a Prometheus that has nothing but these series, written into blocks by promtool. */
export const startBackfilled = (backfills: readonly Backfill[], folder: string, name: string): Promise<Server> => {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const text = backfills.flatMap(({ series, step }) => series.flatMap((each) => openMetrics(each, step))).join('');
  writeFileSync(join(own, 'series.om'), `${text}# EOF\n`);
  writeFileSync(join(own, 'prometheus.yml'), 'global: {}\n');
  execFileSync(requireProgram('promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', 'series.om', 'data'], {
    cwd: own,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return startServer({
    name: `Prometheus ${name}`,
    command: requireProgram('prometheus'),
    args: (port) => [
      `--web.listen-address=127.0.0.1:${port}`,
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      // 1970 is long ago.
      '--storage.tsdb.retention.time=200y',
    ],
    folder: own,
    ready: '/-/ready',
  }).then((server) => ({
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(own, { recursive: true, force: true });
    },
  }));
};

const openMetrics = ({ labels, values }: NotedSeries, step: number): readonly string[] => {
  const { __name__: metric, ...others } = labels;
  const pairs = Object.entries(others).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const series = `${metric}{${pairs.join(',')}}`;
  return values.flatMap((value, index) =>
    value === undefined ? [] : [`${series} ${written(value)} ${index * step}\n`],
  );
};

const written = (value: number): string => (value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value));
