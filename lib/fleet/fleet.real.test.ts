import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { requireProgram } from '../proof/programs';
import { prometheusAt } from '../proof/prometheus';
import { startServer } from '../proof/servers';
import { describeWithPrograms } from '../proof/testing/with-programs';
import { until } from '../proof/until';
import { fillBlocks } from './blocks';
import { fleetOf } from './index';
import { proxiedScrape } from './proxied-scrape';
import { evening, example, exampleNames } from './testing/examples';
import { house } from './testing/house';

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithPrograms(['promtool', 'prometheus'], 'the simulated fleet', () => {
  it.each(exampleNames)('of %s is exposition that promtool reads', (name) => {
    for (const [key, text] of fleetOf(example(name)).pagesAt(evening)) {
      // One page of the LAN is like another.
      if (/target=192\.168\.1\.\d+$/.test(key) && !/target=192\.168\.1\.(1|11)$/.test(key)) continue;
      const { status, stderr } = spawnSync(requireProgram('promtool'), ['check', 'metrics'], {
        input: text,
        encoding: 'utf8',
      });
      // 3: it reads the page, and would have named some metrics otherwise. Those are the real names.
      expect([0, 3], `${key}: ${stderr.slice(0, 300)}`).toContain(status);
    }
  });

  it('of everything is served within a second', async () => {
    const fleet = fleetOf(example('everything.ts'));
    fleet.pagesAt(evening - 15);
    const before = process.cpuUsage();
    expect(fleet.pagesAt(evening).size).toBe(fleet.pages.length);
    const { user, system } = process.cpuUsage(before);
    // Processor time: the machine of a test may do something else as well.
    expect((user + system) / 1e6).toBeLessThan(1);
  });

  it('is scraped by a real Prometheus with the rendered scrape configuration', async () => {
    const served = await fleetOf(house).serve();
    writeFileSync(join(folder, 'prometheus.yml'), proxiedScrape(house, served.url, '1s'));
    const server = await startServer({
      name: 'Prometheus',
      command: requireProgram('prometheus'),
      args: (port) => [
        `--web.listen-address=127.0.0.1:${port}`,
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=scraped',
      ],
      folder,
      ready: '/-/ready',
    });
    try {
      const prometheus = prometheusAt(server.url);
      const up = async (): Promise<boolean> => {
        const targets = await prometheus.targets();
        return targets.length > 15 && targets.every(({ health }) => health === 'up');
      };
      await until('all targets to be up', up, { within: 30_000, every: 500 });
      const [series] = await prometheus.instant('node_memory_MemTotal_bytes');
      expect(series?.labels).toMatchObject({ job: 'node', host: 'nas', instance: '192.168.1.10:9100' });
    } finally {
      await server.stop();
      await served.stop();
    }
  });

  it('is in a Prometheus that never scraped it: blocks by promtool', async () => {
    const fleet = fleetOf(house).withIncident('disk-filling', { from: evening - 7_200, to: evening });
    const data = join(folder, 'blocks');
    const read = new Set(['up', 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes', 'node_cpu_seconds_total']);
    const only = (name: string): boolean => read.has(name);
    const { samples } = await fillBlocks(
      fleet,
      [
        { from: evening - 6 * 3_600, to: evening, only },
        { from: evening - 8 * 86_400, to: evening - 6 * 3_600 - 1, step: 240, only },
      ],
      data,
      { shares: 2 },
    );
    expect(samples).toBeGreaterThan(100_000);
    expect(readdirSync(data).filter((name) => name.endsWith('.om'))).toEqual([]);
    writeFileSync(join(folder, 'empty.yml'), 'global: {}\n');
    const server = await startServer({
      name: 'Prometheus',
      command: requireProgram('prometheus'),
      args: (port) => [
        `--web.listen-address=127.0.0.1:${port}`,
        '--config.file=empty.yml',
        '--storage.tsdb.path=blocks',
        '--storage.tsdb.retention.time=20y',
      ],
      folder,
      ready: '/-/ready',
    });
    try {
      const prometheus = prometheusAt(server.url);
      const value = async (query: string, at = evening): Promise<number | undefined> => {
        const [series] = await prometheus.instant(query, at);
        return series?.samples[0]?.[1];
      };
      expect(await value('sum(rate(node_cpu_seconds_total[5m]))')).toBeCloseTo(4, 2);
      const used = '1 - node_filesystem_avail_bytes{mountpoint="/data"} / node_filesystem_size_bytes';
      expect(await value(used)).toBeGreaterThan(0.97);
      expect(await value(used, evening - 3 * 3_600)).toBeLessThan(0.8);
      expect(await value('count_over_time(up{job="node"}[7d])')).toBeGreaterThan(2_500);
    } finally {
      await server.stop();
    }
  });

  it('knows no exposition that promtool would not refuse', () => {
    const check = (text: string) => () =>
      execFileSync(requireProgram('promtool'), ['check', 'metrics'], { input: text, stdio: 'pipe' });
    expect(check('a{b="c} 1\n')).toThrow();
  });
});
