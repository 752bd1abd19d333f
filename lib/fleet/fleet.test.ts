import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availability } from '../catalog/lookup';
import { loadCatalog } from '../catalog/load';
import { fleetOf, incidents, type Fleet } from './index';
import { evening, example, usualExamples } from './testing/examples';
import { itHasTheMetricsOf, namesOn, never } from './testing/fleet-of-example';
import { house } from './testing/house';
import { itShows } from './testing/incident-shows';

const everything = fleetOf(example('everything.ts'));
const valueOf = (fleet: Fleet, page: RegExp, name: string, at: number, labels: Record<string, string> = {}): number => {
  const found = fleet.pages
    .filter(({ address, path }) => page.test(address + path))
    .flatMap(({ families }) => families.flatMap(({ samples }) => samples))
    .filter(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
  expect(found, `${name} on ${page}`).not.toEqual([]);
  return found.reduce((sum, { value }) => sum + (value(at) ?? 0), 0);
};

describe.each(usualExamples)('the fleet of %s', itHasTheMetricsOf);

describe('the fleet of everything', () => {
  it('has all that probes give', () => {
    const metrics = Object.entries(loadCatalog('blackbox_exporter').metrics)
      .filter(([, metric]) => availability(metric, { version: everything.homelab.probes.exporter?.version }).available)
      .map(([name]) => name);
    const names = namesOn(everything.pages, evening);
    expect(metrics.filter((metric) => !names.has(metric) && !never.some(([pattern]) => pattern.test(metric)))).toEqual(
      [],
    );
  });

  it('writes only values of labels that the catalog allows', () => {
    let held = 0;
    for (const { sources, families } of everything.pages) {
      const [source, ...others] = sources.filter((name) => name !== 'go_process');
      // Of a page of several, the same name may be another metric in each.
      if (source === undefined || others.length > 0) continue;
      const { metrics } = loadCatalog(source);
      for (const { name, samples } of families)
        for (const { labels } of samples)
          for (const [label, closed] of Object.entries(metrics[name]?.labels ?? {})) {
            if (Object.keys(closed).length === 0) continue;
            expect(Object.keys(closed), `${label} of ${name}`).toContain(labels[label]);
            held++;
          }
    }
    expect(held).toBeGreaterThan(1_000);
  });

  it('keeps values within what their unit allows', () => {
    const limits: Readonly<Record<string, readonly [number, number]>> = {
      bool: [0, 1],
      ratio: [0, 1],
      percent: [0, 100],
      bytes: [0, Infinity],
      celsius: [-20, 120],
    };
    // Some ratios may be above 1; a length that is not told is -1.
    const held = new Set<string>();
    const unlike = /content_length|upload_ratio|speed_ratio|torrent_ratio|frequency_adjustment/;
    for (const { sources, families } of everything.pages)
      for (const { name, samples, type } of families) {
        const unit = sources.map((source) => loadCatalog(source).metrics[name]?.unit).find((found) => found);
        const limit = limits[unit ?? ''];
        if (!limit || type === 'histogram' || type === 'summary' || type === 'counter' || unlike.test(name)) continue;
        for (const hours of [0, 3, 9, 15, 20])
          for (const { value, labels } of samples) {
            const found = value(evening + hours * 3_600) ?? limit[0];
            expect(found >= limit[0] && found <= limit[1], `${name}${JSON.stringify(labels)} ${found}`).toBe(true);
            held.add(unit ?? '');
          }
      }
    expect([...held].sort()).toEqual(Object.keys(limits).sort());
  });

  it('counts up, but for restarts', () => {
    const counters = everything.pages.flatMap(({ families }) =>
      families.filter(({ type }) => type === 'counter' || type === 'histogram').flatMap(({ samples }) => samples),
    );
    fc.assert(
      fc.property(fc.nat(counters.length - 1), fc.integer({ min: 1, max: 5 * 3_600 }), (index, later) => {
        const sample = counters[index];
        const [before, after] = [evening - 5 * 3_600, evening - 5 * 3_600 + later].map((at) => sample?.value(at));
        if (before === undefined || after === undefined) return;
        expect(after, `${sample?.name} ${JSON.stringify(sample?.labels)}`).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has histograms whose buckets ascend to their count', () => {
    const histograms = everything.pages.flatMap(({ families }) => families.filter(({ type }) => type === 'histogram'));
    expect(histograms.length).toBeGreaterThan(20);
    for (const { samples, name } of histograms) {
      const buckets = samples.filter(({ name: own }) => own.endsWith('_bucket'));
      const top = samples.filter(({ labels }) => labels['le'] === '+Inf').map(({ value }) => value(evening));
      expect(samples.filter((one) => one.name === `${name}_count`).map(({ value }) => value(evening))).toEqual(top);
      for (const [index, { labels, value }] of buckets.entries())
        if (labels['le'] !== '+Inf')
          expect(buckets[index + 1]?.value(evening), name).toBeGreaterThanOrEqual(value(evening) ?? 0);
    }
  });

  it('has disks whose used and free bytes are their size, whoever tells of them', () => {
    for (const at of [evening, evening + 40_000]) {
      const free = valueOf(everything, /11:9100/, 'node_filesystem_free_bytes', at, { mountpoint: '/data' });
      const size = valueOf(everything, /11:9100/, 'node_filesystem_size_bytes', at, { mountpoint: '/data' });
      const used = valueOf(everything, /11:9594/, 'jellyfin_storage_used_bytes', at, {
        location: 'library',
        name: 'Films',
      });
      expect(used + free).toBe(size);
      expect(valueOf(everything, /11:9707/, 'sonarr_rootfolder_freespace_bytes', at)).toBe(free);
    }
  });

  it('has parts of a library that add up to it', () => {
    const of = (name: string): number => valueOf(everything, /11:9707/, `sonarr_${name}`, evening);
    expect(of('series_monitored_total') + of('series_unmonitored_total')).toBe(of('series_total'));
    expect(of('episode_downloaded_total') + of('episode_missing_total')).toBe(of('episode_total'));
    expect(of('episode_quality_total')).toBe(of('episode_downloaded_total'));
  });

  it('has no part that is more than the whole, by their names', () => {
    const wholes = ['size', 'total', 'limit', 'capacity', 'max', 'quota', 'max_fds', 'virtual', 'sys'];
    const parts = /used|free|avail|usage|inuse|active|open_fds|resident|online/g;
    const moments = Array.from({ length: 20 }, (_, index) => evening - index * 29_989);
    const compared = new Set<string>();
    for (const { families } of everything.pages) {
      const samples = families.flatMap((family) => family.samples);
      const byKey = new Map(samples.map((sample) => [sample.name + JSON.stringify(sample.labels), sample]));
      for (const { name, labels, value } of samples) {
        for (const [part] of name.matchAll(parts)) {
          for (const word of wholes) {
            const all = byKey.get(name.replace(part, word) + JSON.stringify(labels));
            if (!all) continue;
            compared.add(name);
            const more = moments.filter((at) => (value(at) ?? 0) > (all.value(at) ?? Infinity) && all.value(at) !== 0);
            expect(more, `${name} > ${all.name}`).toEqual([]);
          }
        }
      }
    }
    expect(compared.size).toBeGreaterThan(30);
  });

  it('has modes of a processor that add up to the time', () => {
    const all = (at: number): number => valueOf(everything, /11:9100/, 'node_cpu_seconds_total', at);
    const perSecond = (all(evening) - all(evening - 3_600)) / 3_600;
    expect(perSecond).toBeCloseTo(4, 3);
  });

  it('has sessions, transcodes and bandwidth that agree between a server and what watches it', () => {
    for (const at of [evening, evening + 10 * 3_600]) {
      const plex = (labels: Record<string, string>): number =>
        valueOf(everything, /11:9487/, 'tautulli_sessions_by_decision', at, labels);
      const sessions = valueOf(everything, /11:9487/, 'tautulli_session_count', at);
      expect(plex({})).toBe(sessions);
      const bytes = valueOf(everything, /11:9487/, 'tautulli_session_bandwidth_bytes', at, { scope: 'total' });
      const sent = (moment: number): number => valueOf(everything, /11:9595/, 'plex_transmit_bytes_total', moment);
      expect((sent(at + 60) - sent(at)) / 60).toBeCloseTo(bytes, -1);
    }
    expect(valueOf(everything, /11:9487/, 'tautulli_session_count', evening)).toBeGreaterThan(
      valueOf(everything, /11:9487/, 'tautulli_session_count', evening + 10 * 3_600),
    );
  });

  it.each([
    ['a processor', /:9100/, 'node_cpu_seconds_total'],
    ['what no behaviour names', /:9100/, 'node_context_switches_total'],
    ['a Go program', /:9090/, 'go_memstats_heap_alloc_bytes'],
    ['a scrape', /:9100/, 'node_scrape_collector_duration_seconds'],
    ['a probe', /:9115/, 'probe_duration_seconds'],
  ])('has %s of its own in each fleet, by the seed', (_, page, name) => {
    const [one, again, other] = [1, 1, 2].map((seed) => valueOf(fleetOf(house, { seed }), page, name, evening));
    expect(one).not.toBe(0);
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it('has observations in an order of its own in each fleet, by the seed', () => {
    // The first seven of those that are made once a second.
    const sum = (seed: number): number => {
      const fleet = fleetOf(house, { seed });
      const started = valueOf(fleet, /:9090/, 'process_start_time_seconds', evening);
      const of = { interval: '15s' };
      expect(valueOf(fleet, /:9090/, 'prometheus_target_interval_length_seconds_count', started + 7, of)).toBe(7);
      return valueOf(fleet, /:9090/, 'prometheus_target_interval_length_seconds_sum', started + 7, of);
    };
    expect(sum(1)).toBe(sum(1));
    expect(sum(1)).not.toBeCloseTo(sum(2));
  });

  it.each(['node_cpu_seconds_total', 'node_arp_entries', 'node_load1'])('has %s of its own on each machine', (name) => {
    const machines = everything.pages.filter(({ sources }) => sources.includes('node_exporter'));
    const values = machines.map(({ address }) => valueOf(everything, new RegExp(`^${address}`), name, evening));
    expect(values.length).toBeGreaterThan(1);
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('incidents', () => {
  const window = { from: evening - 7_200, to: evening - 3_600 };
  const during = evening - 5_400;

  it('are many, each with a name of its own', () => {
    expect(incidents.length).toBeGreaterThanOrEqual(18);
    expect(new Set(incidents.map(({ name }) => name)).size).toBe(incidents.length);
  });

  // The others: incidents.real.test.ts.
  itShows(['host-down', 'disk-filling', 'exporter-gone', 'service-flapping', 'transcode-storm', 'app-complains']);

  it('bring what is there only while something fails', () => {
    const troubled = everything
      .withIncident('app-unreachable', window, 'sonarr')
      .withIncident('upsd-unreachable', window);
    const names = namesOn(troubled.pages, during);
    expect(names).toContain('sonarr_collector_error');
    expect(names).toContain('network_ups_tools_error');
    expect(namesOn(troubled.pages, evening)).not.toContain('sonarr_collector_error');
  });

  it('leave an exporter without a page where it has none without its app, and with one where it says so', () => {
    const v2 = fleetOf(example('typical.ts')).withIncident('app-unreachable', window, 'sonarr');
    const page = '192.168.1.11:9707/metrics?';
    expect([during, evening].map((at) => v2.pagesAt(at).has(page))).toEqual([false, true]);
    const v3 = everything.withIncident('app-unreachable', window, 'sonarr').pagesAt(during).get(page);
    expect(v3).toMatch(/^sonarr_system_status\{.*\} 0$/m);
    expect(v3).not.toMatch(/^sonarr_queue_total/m);
  });

  it('change the series that they are about, and no other of the metric', () => {
    const troubled = everything.withIncident('filesystem-read-only', window, 'nas');
    const readOnly = (mountpoint: string, page = /10:9100/): number =>
      valueOf(troubled, page, 'node_filesystem_readonly', during, { mountpoint });
    expect([readOnly('/data'), readOnly('/'), readOnly('/data', /11:9100/)]).toEqual([1, 0, 0]);
  });

  it('leave what an exporter says of a media server that is down: that it is', () => {
    const page = (fleet: Fleet, at: number): string => fleet.pagesAt(at).get('192.168.1.10:9594/metrics?') ?? '';
    const troubled = fleetOf(house).withIncident('media-server-down', window, 'jellyfin');
    expect(page(troubled, evening)).toMatch(/^jellyfin_media_count\{type="Movie"\} \d+$/m);
    expect(page(troubled, during)).not.toMatch(/^jellyfin_media_count/m);
    expect(page(troubled, during)).toMatch(/^jellyfin_scrape_collector_success\{.*\} 0$/m);
  });

  it('leave next to nothing of a library whose disk is not mounted, while it is not', () => {
    const troubled = fleetOf(house).withIncident('library-collapsed', window, 'jellyfin');
    const movies = (at: number): number => valueOf(troubled, /10:9594/, 'jellyfin_media_count', at, { type: 'Movie' });
    expect(movies(during)).toBeLessThan(0.03 * movies(window.from - 1));
    expect(movies(window.to)).toBeGreaterThanOrEqual(movies(window.from - 1));
  });

  it('start what was down anew', () => {
    const troubled = everything.withIncident('host-down', window, 'nas');
    expect(valueOf(troubled, /10:9100/, 'node_boot_time_seconds', evening)).toBe(window.to);
    expect(valueOf(everything, /10:9100/, 'node_boot_time_seconds', evening)).toBeLessThan(window.from);
    // Programs start after their machine, and count from then on.
    expect(valueOf(troubled, /10:9100/, 'process_start_time_seconds', evening)).toBe(window.to + 30);
    const counted = valueOf(troubled, /10:9100/, 'promhttp_metric_handler_requests_total', evening, { code: '200' });
    expect(counted).toBe(Math.floor((evening - window.to - 30) / 15));
    expect(valueOf(troubled, /10:9100/, 'node_cpu_seconds_total', evening)).toBeCloseTo(4 * (evening - window.to), 0);
    expect(troubled.pagesAt(during).has('192.168.1.10:9100/metrics?')).toBe(false);
    expect(troubled.pagesAt(evening).has('192.168.1.10:9100/metrics?')).toBe(true);
  });

  it('are refused where nobody knows them, or nothing can have them', () => {
    expect(() => everything.withIncident('disk-fillin', window)).toThrow('disk-filling');
    expect(() => everything.withIncident('host-down', window, 'toaster')).toThrow('`toaster`');
    expect(() => fleetOf(example('minimal.ts')).withIncident('ups-on-battery', window)).toThrow('nothing of the kind');
  });
});
