import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../catalog/load';
import { readHomelab } from '../../homelab/read';
import { resolveHomelab } from '../../homelab/resolve';
import { parseQuery } from '../../query/parse';
import type { Known, KnownMetric } from '../knowledge';
import { recordedKnowledge, type RecordedSources } from './recorded';

const ask = (query: string, sources?: RecordedSources): Known => {
  const [selector] = parseQuery('promql', query).selectors;
  if (!selector) throw new Error(`no selector in ${query}`);
  return recordedKnowledge(sources).of(selector);
};

const known = (query: string, sources?: RecordedSources): KnownMetric => {
  const answer = ask(query, sources);
  if (answer.state !== 'known') throw new Error(`${query} is ${answer.state}`);
  return answer;
};

const rule = (name: string, expr: string, labels: Record<string, string> = {}) => ({
  name,
  labels,
  query: { parsed: parseQuery('promql', expr) },
});

describe('a metric of recorded catalogs', () => {
  it.each([
    ['node_load1', 'known'],
    ['up{job="anything"}', 'known'],
    ['go_goroutines', 'known'],
    ['node_cpu', 'missing'],
    ['node_memory_SomethingNew_bytes', 'open'],
    ['pg_my_own_query', 'open'],
    ['node_exec_forks_total', 'open'],
    ['node_cpu_hourly_cost', 'open'],
    ['container_memory_allocation_bytes', 'open'],
    ['traces_spanmetrics_duration_seconds_bucket', 'open'],
    ['http_requests_total', 'uncovered'],
    ['redis_up', 'uncovered'],
    ['instance:node_cpu:rate5m', 'uncovered'],
    ['{job="node"}', 'unnamed'],
  ])('%s is %s', (query, state) => expect(ask(query).state).toBe(state));

  it.each([
    ['prometheus_http_request_duration_seconds_bucket', 'bucket', ['handler', 'le']],
    ['prometheus_http_request_duration_seconds_count', 'count', ['handler']],
    ['go_gc_duration_seconds', undefined, ['quantile']],
    ['go_gc_duration_seconds_sum', 'sum', []],
  ])('%s is a part of its family', (name, part, labels) => {
    const metric = known(name);
    expect(metric.part).toBe(part);
    expect([...metric.labels.names].sort()).toEqual(labels);
  });

  it('names what was meant', () => {
    expect(ask('node_filesystem_size')).toMatchObject({
      nearest: expect.arrayContaining(['node_filesystem_size_bytes']),
    });
    expect(ask('nod_filesystem_size_bytes')).toMatchObject({ state: 'uncovered', slip: 'node_filesystem_size_bytes' });
  });

  it.each([
    ['node_changed_watch_count_sum', true],
    ['node_netstat_Tcp_InErrs_total', undefined],
    ['node_memroy_MemAvailable_bytes', undefined],
    ['alertmanager_notification_queue_length', undefined],
  ])('%s is perhaps of something else that begins so: %s', (name, doubtful) => {
    const { state, ...rest } = { doubtful: undefined, ...ask(name) };
    expect([state, rest.doubtful]).toEqual(['missing', doubtful]);
  });

  it('is known to what is given alone, and not to what else there is', () => {
    const sources = { catalogs: () => [loadCatalog('node_exporter')] };
    expect(ask('node_load1', sources).state).toBe('known');
    expect(ask('prometheus_build_info', sources).state).toBe('uncovered');
  });
});

describe('with a homelab file', () => {
  const homelab = resolveHomelab(readHomelab('examples/homelabs/typical.ts'), {});

  it('the job says whose it is', () => {
    expect(ask('node_load1{job="node"}', { homelab }).state).toBe('known');
    expect(ask('up{job="node"}', { homelab }).state).toBe('known');
    expect(ask('prometheus_build_info{job="node"}', { homelab })).toMatchObject({
      state: 'missing',
      owner: expect.stringContaining('node_exporter'),
    });
    expect(ask('prometheus_build_info{job="another"}', { homelab }).state).toBe('known');
  });

  it('a collector that is off gives nothing', () => {
    expect(ask('node_systemd_unit_state', { homelab })).toMatchObject({ state: 'missing' });
    expect(ask('node_systemd_unit_state').state).toBe('known');
  });

  it('nothing else adds labels', () => {
    expect(known('node_load1{job="node"}', { homelab }).labels.open).toBe(false);
    expect(known('node_load1').labels.open).toBe(true);
  });
});

describe('what recording rules write', () => {
  const recordings = [
    rule('host:load:max', 'max by (instance) (node_load1)', { kind: 'host' }),
    rule('host:load:twice', 'host:load:max * 2'),
    rule('round', 'about'),
    rule('about', 'round'),
  ];

  it('has the labels that are left, and those of the rule', () => {
    const metric = known('host:load:max', { recordings });
    expect([...metric.labels.names].sort()).toEqual(['instance', 'kind']);
    expect(metric.labels.taken).toContain('job');
    expect(metric.type).toBe('gauge');
  });

  it('reads other rules', () => expect([...known('host:load:twice', { recordings }).labels.names]).toContain('kind'));

  it('is known, and nothing else of it, where rules read each other in a circle', () => {
    expect(known('round', { recordings }).type).toBeUndefined();
  });
});

describe('a job that is no exporter we know', () => {
  it.each([
    ['node_hdtmp_C{job="qnap"}', 'uncovered'],
    ['node_hdtmp_C{job="node"}', 'missing'],
    ['node_hdtmp_C{job="my-hosts"}', 'missing'],
    ['node_hdtmp_C', 'missing'],
    ['traefik_backend_requests_total{job="traefik-lan"}', 'missing'],
    ['node_load1{job="qnap"}', 'known'],
    ['hdtmp_C{job="node_exporter"}', 'missing'],
    ['hdtmp_C{job="my_exporter"}', 'uncovered'],
    ['hdtmp_C{job=~"node_exporter|my_exporter"}', 'uncovered'],
  ])('%s is %s', (query, state) => expect(ask(query).state).toBe(state));

  it('a slip is one under any job', () =>
    expect(ask('node_filesystem_avial_bytess{job="qnap"}')).toMatchObject({
      state: 'missing',
      nearest: expect.arrayContaining(['node_filesystem_avail_bytes']),
    }));
});
