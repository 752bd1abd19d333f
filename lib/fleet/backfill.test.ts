import { describe, expect, it } from 'vitest';
import { writeBackfill } from './backfill';
import { fleetOf, type BackfillRange, type Fleet, type FleetPage, type FleetTarget } from './index';
import { evening } from './testing/examples';
import { house } from './testing/house';

const fleet = fleetOf(house);

const linesOf = (of: Fleet, range: BackfillRange): readonly string[] => {
  let text = '';
  const samples = of.backfill(range, (chunk) => (text += Buffer.from(chunk).toString()));
  const lines = text.split('\n');
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
  expect(lines.length - 2).toBe(samples);
  return lines.slice(0, -2);
};

const only = (...names: readonly string[]) => ({ only: (name: string) => names.includes(name) });
const range = { from: evening - 60, to: evening };

describe('a backfill', () => {
  it('has a sample for each scrape, with what the page says and the labels of the target', () => {
    expect(linesOf(fleet, { ...range, ...only('node_memory_MemTotal_bytes') })).toEqual(
      [60, 45, 30, 15, 0].map(
        (ago) =>
          `node_memory_MemTotal_bytes{job="node",instance="192.168.1.10:9100",host="nas"} 17179869184 ${evening - ago}`,
      ),
    );
    const slow = linesOf(fleet, { ...range, ...only('sonarr_series_total') });
    expect(slow).toHaveLength(2);
    const [, value] =
      /^sonarr_series_total\{.*\} (\d+)$/m.exec(fleet.pagesAt(evening).get('192.168.1.10:9707/metrics?') ?? '') ?? [];
    expect(slow.at(-1)).toMatch(new RegExp(` ${value} ${evening}$`));
  });

  it('can be coarser than the scrapes', () => {
    const coarse = linesOf(fleet, { from: evening - 480, to: evening, step: 240, ...only('node_load1') });
    expect(coarse.map((line) => Number(line.split(' ').at(-1)))).toEqual([evening - 480, evening - 240, evening]);
  });

  it('in shares is the same in other hands', () => {
    const whole = linesOf(fleet, { from: evening, to: evening });
    const shares = [0, 1, 2].map((number) => linesOf(fleet, { from: evening, to: evening, share: { number, of: 3 } }));
    expect(shares.flat().sort()).toEqual([...whole].sort());
    expect(Math.min(...shares.map(({ length }) => length))).toBeGreaterThan(whole.length / 4);
  });

  it('has a gap, and `up` at 0, where an exporter does not answer', () => {
    const gone = fleet.withIncident('exporter-gone', { from: evening - 60, to: evening }, 'exportarr_sonarr');
    const wide = { from: evening - 120, to: evening };
    expect(linesOf(gone, { ...wide, ...only('sonarr_series_total') }).map(timeOf)).toEqual([120, 0]);
    const up = linesOf(gone, { ...wide, ...only('up') }).filter((line) => line.includes(':9707'));
    expect(up.map((line) => line.split(' ').at(-2))).toEqual(['1', '0', '1']);
    expect(linesOf(fleet, { ...wide, ...only('sonarr_series_total') }).map(timeOf)).toEqual([120, 60, 0]);
  });
});

describe('a backfill of what is no longer in the scrape configuration', () => {
  const wide = { from: evening - 120, to: evening };
  const window = { from: evening - 60, to: evening };

  it('has nothing, not even `up`', () => {
    const forgotten = fleet.withIncident('exporter-forgotten', window, 'exportarr_sonarr');
    expect(linesOf(forgotten, { ...wide, ...only('sonarr_series_total') }).map(timeOf)).toEqual([120, 0]);
    const up = linesOf(forgotten, { ...wide, ...only('up') }).filter((line) => line.includes(':9707'));
    expect(up.map((line) => [timeOf(line), line.split(' ').at(-2)])).toEqual([
      [120, '1'],
      [0, '1'],
    ]);
  });

  it('has what else is scraped', () => {
    const forgotten = fleet.withIncident('exporter-forgotten', window, 'exportarr_sonarr');
    expect(linesOf(forgotten, { ...wide, ...only('prowlarr_indexer_total') }).map(timeOf)).toEqual(
      linesOf(fleet, { ...wide, ...only('prowlarr_indexer_total') }).map(timeOf),
    );
  });
});

const timeOf = (line: string): number => evening - Number(line.split(' ').at(-1));

describe('a backfill of one page', () => {
  const page = (more: Partial<FleetTarget> = {}): FleetPage => ({
    address: 'nas:1',
    path: '/metrics',
    parameters: {},
    sources: ['any'],
    families: [
      {
        name: 'x',
        type: 'gauge',
        samples: [{ name: 'x', labels: { job: 'backup', disk: 'sda' }, value: (time) => Math.floor(time / 20) }],
      },
      { name: 'y', type: 'gauge', samples: [{ name: 'y', labels: {}, value: () => 1 }] },
    ],
    targets: [{ source: 'any', labels: { job: 'any', host: 'nas' }, interval: 15, pushed: false, ...more }],
    answers: () => true,
    scraped: () => true,
  });
  const written = (from: number, more?: Partial<FleetTarget>): readonly string[] => {
    let text = '';
    writeBackfill([page(more)], { from, to: 60 }, (chunk) => (text += Buffer.from(chunk).toString()));
    return text.trimEnd().split('\n');
  };

  it('names what the page and the scrape both name as Prometheus does', () => {
    expect(written(60)).toContain('x{exported_job="backup",disk="sda",job="any",host="nas"} 3 60');
  });

  it('has samples at multiples of the interval, not before it begins, with the value of each moment', () => {
    expect(written(16).filter((line) => line.startsWith('x'))).toEqual(
      [
        [1, 30],
        [2, 45],
        [3, 60],
      ].map(([value, time]) => `x{exported_job="backup",disk="sda",job="any",host="nas"} ${value} ${time}`),
    );
  });

  it('has what Prometheus writes of each scrape', () => {
    const labels = '{job="any",host="nas"}';
    expect(written(60).slice(0, -3)).toEqual([
      `up${labels} 1 60`,
      `scrape_duration_seconds${labels} 0.004012 60`,
      `scrape_samples_scraped${labels} 2 60`,
      `scrape_samples_post_metric_relabeling${labels} 2 60`,
      `scrape_series_added${labels} 0 60`,
    ]);
  });

  it('has nothing of scrapes where samples are pushed, and the labels that those give themselves', () => {
    expect(written(60, { pushed: true })).toEqual([
      'x{job="backup",host="nas",disk="sda"} 3 60',
      'y{job="any",host="nas"} 1 60',
      '# EOF',
    ]);
  });
});
