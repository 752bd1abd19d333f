import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../query/parse';
import type { Selector } from '../../query/tree';
import type { LiveFacts } from '../live/live-facts';
import { factsOf } from '../testing/live-facts';
import { liveKnowledge } from './live';
import { recordedKnowledge } from './recorded';

const recorded = recordedKnowledge({
  recordings: [
    { name: 'ours:load', labels: {}, query: { parsed: { tree: parseQuery('promql', 'sum(node_load1)').tree } } },
  ],
});
const names = [
  'up',
  'node_load1',
  'node_load5',
  'gone_metric',
  'gone_metrics',
  'node_memory_ZswapNew_bytes',
  'node_memory_MemTotl_bytes',
  'loaded:rule',
];
const base = factsOf(
  {
    now: ['up', 'node_load1', 'node_cpu_seconds_total', 'app_jobs', 'loaded:rule'],
    series: {
      app_jobs: [{ job: 'app', queue: 'mail' }],
      node_cpu_seconds_total: [{ job: 'node', instance: 'nas', cpu: '0', mode: 'idle', rack: 'a' }],
    },
    lastSeen: { gone_metric: 1000 },
  },
  [...names, 'app_jobs', 'node_cpu_seconds_total', 'ours:load'],
);
const selector = (query: string): Selector => {
  const [found] = parseQuery('promql', query).selectors;
  if (!found) throw new Error(query);
  return found;
};
const of = (query: string, facts: Partial<LiveFacts> = {}) =>
  liveKnowledge({ ...base, ...facts }, recorded).of(selector(query));

describe('what a server and the catalogs know', () => {
  it('is missing only where neither has it', () => {
    expect(of('gone_metrics')).toMatchObject({ state: 'missing', why: 'never seen in 30 days' });
    expect(of('app_job', { metrics: new Map([...base.metrics, ['app_job', { ...metric('app_job') }]]) })).toMatchObject(
      {
        state: 'missing',
        nearest: ['app_jobs'],
      },
    );
  });

  it('is missing where it would be made at run time, and is a letter away from one that is known', () => {
    expect(of('node_memory_MemTotl_bytes')).toMatchObject({
      state: 'missing',
      why: 'never seen in 30 days',
      nearest: ['node_memory_MemTotal_bytes'],
    });
  });

  it.each([
    ['a catalog has it', 'node_load5'],
    ['it vanished', 'gone_metric'],
    ['it is made at run time', 'node_memory_ZswapNew_bytes'],
    ['it is there', 'app_jobs'],
    ['a rule of the server records it', 'loaded:rule'],
    ['a rule among the files records it', 'ours:load'],
  ])('is known where %s', (_, query) => {
    expect(of(query).state).toBe('known');
  });

  it('leaves to the catalog what the server was asked for and did not answer', () => {
    expect(of('kube_pod_info')).toMatchObject({ state: 'uncovered' });
  });

  it('has the labels of the server, and those of the catalog beside', () => {
    const known = of('node_cpu_seconds_total');
    if (known.state !== 'known') throw new Error(known.state);
    expect([...known.labels.names].sort()).toEqual(['cpu', 'mode', 'rack']);
    expect(known.labels.open).toBe(false);
    // Closed in the catalog: others may come.
    expect(known.labels.valuesOf('mode')).toMatchObject({ closed: true });
    expect(known.labels.valuesOf('rack')).toEqual({ values: new Set(['a']), closed: false });
  });

  it('takes the type of the server where they differ, and of the catalog where the server says none', () => {
    const metadata = (type: string) => ({ metadata: new Map([['node_load1', [{ type, help: '', unit: '' }]]]) });
    expect(of('node_load1', metadata('counter'))).toMatchObject({ type: 'counter' });
    expect(of('node_load1', metadata('unknown'))).toMatchObject({ type: 'gauge' });
  });

  it('knows intervals by job, by the series, and by the rule that records', () => {
    const rule = {
      kind: 'recording',
      group: 'g',
      file: '',
      name: 'loaded:rule',
      query: 'up',
      labels: {},
      for: 0,
      interval: 120,
      lastError: '',
    } as const;
    const knowledge = liveKnowledge(
      { ...base, scraping: { interval: 60, jobs: { node: 30, app: 10 }, externalLabels: {} }, rules: [rule] },
      recorded,
    );
    const interval = (query: string) => knowledge.intervalOf(selector(query));
    expect(interval('node_load1{job="node"}')).toBe(30);
    expect(interval('app_jobs')).toBe(10);
    expect(interval('loaded:rule')).toBe(120);
    expect(interval('node_load1{job=~"node|app"}')).toBeUndefined();
    expect(interval('node_load1{job="nobody"}')).toBeUndefined();
  });

  it('says nothing of what only a rule among the files records', () => {
    const { presenceOf } = liveKnowledge(base, recorded);
    expect(presenceOf?.(selector('ours:load'))).toEqual({ state: 'unknown' });
    expect(presenceOf?.(selector('node_load5'))).toMatchObject({ state: 'never' });
  });
});

function metric(name: string) {
  return { name, ask: 'labels' as const, selector: '', labels: new Set<string>(), series: undefined };
}
