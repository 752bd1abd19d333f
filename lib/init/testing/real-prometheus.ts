import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { requireProgram } from '../../proof/programs';
import { prometheusAt } from '../../proof/prometheus';
import { startServer, type Server } from '../../proof/servers';
import { until } from '../../proof/until';

/** A Prometheus of somebody who never heard of us. */
export interface Stranger {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a real Prometheus with these scrape configurations, and waits until each target was scraped `scrapes` times. */
export const startStranger = async (
  configs: (port: number) => readonly object[],
  scrapes = 1,
  also: readonly { readonly stop: () => Promise<void> }[] = [],
): Promise<Stranger> => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-init-'));
  const stoppers: (() => Promise<void> | void)[] = [
    ...also.map(({ stop }) => stop),
    () => rmSync(folder, { recursive: true, force: true }),
  ];
  const stop = async (): Promise<void> => {
    for (const each of stoppers.splice(0)) await each();
  };
  try {
    const server: Server = await startServer({
      name: 'Prometheus',
      command: requireProgram('prometheus'),
      args: (port) => {
        const scrapeConfigs = configs(port);
        writeFileSync(
          join(folder, 'prometheus.yml'),
          stringify({ global: { scrape_interval: '1s', scrape_timeout: '1s' }, scrape_configs: scrapeConfigs }),
        );
        return [
          `--web.listen-address=127.0.0.1:${port}`,
          `--config.file=${folder}/prometheus.yml`,
          `--storage.tsdb.path=${folder}/data`,
        ];
      },
      folder,
      ready: '/-/ready',
    });
    stoppers.unshift(server.stop);
    const prometheus = prometheusAt(server.url);
    await until(
      'every target to be scraped',
      async () => {
        const targets = await prometheus.targets();
        const counts = await prometheus.instant('count_over_time(up[10m])');
        return (
          targets.length > 0 &&
          counts.length === targets.length &&
          counts.every(({ samples }) => (samples[0]?.[1] ?? 0) >= scrapes)
        );
      },
      { within: 60_000 },
    );
    return { url: server.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
