import { describe, expect, it } from 'vitest';
import { house } from '../fleet/testing/house';
import type { Labels, Prometheus } from '../proof/prometheus';
import { fits, readSelector } from '../proof/selectors';
import { expressionIn } from '../proof/query-nodes';
import { reasonsAtHome } from './at-home';
import { namesWhileWell } from './prove-at-home';

/** A server that has these series, with samples as old as the label `age` says in seconds, and answers `group(...)` of one selector. */
const having = (series: readonly Labels[]): Prometheus => {
  const matching = (selector: string): readonly Labels[] =>
    series.filter((labels) => matchersOf(selector).every((matcher) => fits(matcher, labels)));
  const nothing = (): never => {
    throw new Error('this was not to be asked');
  };
  return {
    instant: async (query) => {
      const [, asked = '', value] = /^group\((.*?)(?: == (\d))?\)$/s.exec(query) ?? [];
      const [, selector = asked, window = 300] = /^last_over_time\((.*)\[(\d+)s\]\)$/s.exec(asked) ?? [];
      const found = matching(selector).filter(
        ({ value: own = '1', age = '0' }) => (value === undefined || own === value) && Number(age) <= Number(window),
      );
      return found.length > 0 ? [{ labels: {}, samples: [[0, 1]] }] : [];
    },
    labelValues: async (label, match = '{__name__=~".+"}') => [
      ...new Set(matching(match).flatMap((labels) => labels[label] ?? [])),
    ],
    range: nothing,
    targets: nothing,
    rules: nothing,
  };
};
const matchersOf = (selector: string) => readSelector(expressionIn(selector), selector).matchers;

const whileWell = namesWhileWell(house);
const homeWith = (series: readonly Labels[]) => ({ prometheus: having(series), homelab: house, whileWell, at: 0 });
const reasons = (query: string, ...series: readonly Labels[]) => reasonsAtHome(query, homeWith(series));
const load = { __name__: 'node_load1', job: 'node', host: 'nas' };

describe('a query that has nothing at home', () => {
  it('asks for an exporter that is not scraped', async () => {
    expect(await reasons('node_load1{job="node"}')).toEqual([
      { kind: 'exporter missing', what: 'nothing is scraped as job `node` (node_exporter)' },
    ]);
  });

  it('asks for one that is scraped and does not answer', async () => {
    const down = { __name__: 'up', job: 'node', value: '0' };
    const reason = {
      kind: 'exporter missing',
      what: expect.stringMatching(/^what is scraped as job `node`.* is down$/),
    };
    expect(await reasons('node_load1{job="node"}', down)).toEqual([reason]);
    // Other exporters have it, too, and that says nothing of this one.
    const other = { __name__: 'process_start_time_seconds', job: 'other' };
    expect(await reasons('process_start_time_seconds{job="node"}', down, other)).toEqual([reason]);
    expect(await reasons('process_start_time_seconds{job="other"}', down, other)).toEqual([]);
  });

  it('asks for one that is scraped so rarely that its last sample is old', async () => {
    const series = [
      { ...load, age: '2400' },
      { __name__: 'up', job: 'node', age: '2400' },
    ];
    const node = house.sources['node_exporter'];
    const rarely = node && { node_exporter: { ...node, interval: { seconds: 1_800, text: '30m' } } };
    const homelab = { ...house, sources: { ...house.sources, ...rarely } };
    const asked = (query: string) => reasonsAtHome(query, { ...homeWith(series), homelab });
    expect(await asked('node_load1{job="node"}')).toEqual([]);
    expect((await asked('node_load5{job="node"}')).map(({ kind }) => kind)).toEqual(['metric missing']);
    const gone = await reasons('node_load1{job="node"}', ...series);
    expect(gone.map(({ kind }) => kind)).toEqual(['exporter missing']);
  });

  it('finds it under another job', async () => {
    expect(await reasons('node_load1{job="node"}', { ...load, job: 'machines' })).toEqual([
      { kind: 'label differs', what: '`node_load1` is asked with `job="node"`, and `job` is `machines`' },
    ]);
  });

  it('asks for a value that comes and goes, or leaves out all that there is', async () => {
    const sleeping = { __name__: 'node_cpu_seconds_total', job: 'node', mode: 'idle' };
    const kinds = async (matcher: string) =>
      (await reasons(`node_cpu_seconds_total{job="node", ${matcher}}`, sleeping)).map(({ kind }) => kind);
    expect(await kinds('mode="steal"')).toEqual(['none now']);
    expect(await kinds('mode=~"steal|user"')).toEqual(['none now']);
    expect(await kinds('mode!="idle"')).toEqual(['none now']);
    expect(await kinds('mode="dreaming"')).toEqual(['label differs']);
    expect(await kinds('mode=~"steal|dreaming"')).toEqual(['label differs']);
  });

  it('asks for a value that comes and goes of a label that is not there at all', async () => {
    const renamed = { __name__: 'node_cpu_seconds_total', job: 'node', cpu_mode: 'idle' };
    expect(await reasons('node_cpu_seconds_total{job="node", mode="steal"}', renamed)).toEqual([
      {
        kind: 'label differs',
        what: '`node_cpu_seconds_total` is asked with `mode="steal"`, and has no label `mode`',
      },
    ]);
  });

  it('asks for values that come and go, both at once', async () => {
    const issue = {
      __name__: 'prowlarr_system_health_issues',
      job: 'prowlarr',
      source: 'UpdateCheck',
      type: 'warning',
    };
    const query = (type: string) =>
      `prowlarr_system_health_issues{job="prowlarr", source="IndexerStatusCheck", type="${type}"}`;
    const [none, ...others] = await reasons(query('error'), issue);
    expect([none?.kind, others]).toEqual(['none now', []]);
    expect(none?.what).toContain('none with `source="IndexerStatusCheck"`, `type="error"` now');
    expect((await reasons(query('fatal'), issue)).map(({ kind }) => kind)).toEqual(['label differs']);
  });

  it('asks for what is there only while something is wrong', async () => {
    const up = { __name__: 'up', job: 'sonarr' };
    expect(await reasons('sonarr_collector_error', up)).toEqual([
      {
        kind: 'none now',
        what: '`sonarr_collector_error` comes and goes: exportarr_sonarr has it only while there is something to tell',
      },
    ]);
    // Unlike what it has at any time.
    expect((await reasons('sonarr_queue_total', up)).map(({ kind }) => kind)).toEqual(['metric missing']);
    expect((await reasons('sonarr_collector_error')).map(({ kind }) => kind)).toEqual(['exporter missing']);
  });

  it('asks one machine for what only another one has', async () => {
    const query = 'smartctl_device_smart_status{job="smartctl", host="nas"}';
    const other = { __name__: 'smartctl_device_smart_status', job: 'smartctl', host: 'attic' };
    const up = { __name__: 'up', job: 'smartctl', host: 'nas' };
    expect(await reasons(query, other, up)).toEqual([
      {
        kind: 'metric missing',
        what: '`smartctl_device_smart_status`: smartctl_exporter of `nas` is scraped and does not have it, others have',
        perhapsNone: true,
      },
    ]);
    // Its exporter is not known by that name: the label is another one.
    expect((await reasons(query, other)).map(({ kind }) => kind)).toEqual(['label differs']);
  });

  it('asks one exporter about a service of another, because that is picked: no reason', async () => {
    const query = (service: string) => `sonarr_queue_total{job="sonarr", service="${service}"}`;
    expect(await reasons(query('radarr'))).toEqual([]);
    expect(await reasons(query('sonarr'))).toHaveLength(1);
  });

  it('asks for what is probed outside, and the homelab file has none: no reason', async () => {
    const inside = { __name__: 'probe_success', job: 'blackbox', group: 'service', reach: 'internal' };
    const query = (reach: string) => `probe_success{job="blackbox", group="service", reach="${reach}"}`;
    expect(await reasons(query('external'), inside)).toEqual([]);
    expect((await reasons(query('internal'))).map(({ kind }) => kind)).toEqual(['exporter missing']);
  });

  it('asks an exporter that is scraped for a metric that it does not have', async () => {
    const up = { __name__: 'up', job: 'node' };
    expect(await reasons('node_load1', up)).toEqual([
      {
        kind: 'metric missing',
        what: '`node_load1`: node_exporter is scraped and does not have it',
        perhapsNone: true,
      },
    ]);
    const [reason] = await reasons('node_systemd_unit_state', up);
    expect(reason?.kind).toBe('metric missing');
    expect(reason?.perhapsNone).toBeUndefined();
    expect(reason?.what).toMatch(
      /^`node_systemd_unit_state`: node_exporter is scraped and does not have it; needs the collector `systemd`/,
    );
  });

  it('asks for a label that is otherwise', async () => {
    expect(await reasons('node_load1{job="node", host="nas"}', { ...load, host: 'attic' })).toEqual([
      { kind: 'label differs', what: '`node_load1` is asked with `host="nas"`, and `host` is `attic`' },
    ]);
    expect(await reasons('node_load1{zone="a"}', load)).toEqual([
      { kind: 'label differs', what: '`node_load1` is asked with `zone="a"`, and has no label `zone`' },
    ]);
  });

  it('says each reason once, and none for what is there', async () => {
    expect(await reasons('node_load1{host="nas"} / node_load1', load)).toEqual([]);
    expect(await reasons('node_load1 + node_load1 offset 1h')).toHaveLength(1);
  });
});
