import { describe, expect, it } from 'vitest';
import type { Catalog } from './catalog';
import { parsePage } from './page';
import { recordInto, type RecordOptions } from './record';

const catalog: Catalog = {
  source: 'example',
  version: '2.0.0',
  port: 9100,
  path: '/metrics',
  provenance: [{ repository: 'someone/exporter', commit: '0'.repeat(40), path: 'main.go' }],
  evidence: 'source',
  prefixes: ['example_'],
  metrics: {
    example_up: { type: 'gauge', unit: 'bool', labels: {}, note: 'kept' },
    example_state: { type: 'gauge', labels: { state: { on: {}, off: {} } } },
    example_new: { type: 'gauge', labels: { extra: {} }, since: '1.5.0', labelSince: { extra: '1.8.0' } },
    example_old: { type: 'gauge', labels: {}, until: '1.0.0' },
    example_wait_seconds: { type: 'histogram', labels: {} },
  },
};
const record = (page: string, options: Partial<RecordOptions> = {}) =>
  recordInto(catalog, parsePage(page), { version: '1.2.0', how: 'a test', ...options });

describe('recordInto', () => {
  it('marks what was seen, keeps what is known of it, and leaves the rest', () => {
    const { catalog: after, findings } = record('# TYPE example_up gauge\nexample_up 1');
    expect(after.metrics.example_up).toEqual({
      type: 'gauge',
      unit: 'bool',
      labels: {},
      note: 'kept',
      evidence: 'live',
    });
    expect(after.metrics.example_state).toBe(catalog.metrics.example_state);
    expect(after.recordings).toEqual([{ version: '1.2.0', how: 'a test' }]);
    expect(findings).toEqual([]);
  });

  it('marks what a stand-in brought as golden, and leaves live what was seen live', () => {
    const page = '# TYPE example_up gauge\nexample_up 1\nexample_more 1';
    const golden = record(page, { evidence: 'golden', page: 'example.prom' }).catalog;
    expect(golden.metrics.example_up?.evidence).toBe('golden');
    expect(golden.metrics.example_more?.evidence).toBe('golden');
    expect(golden.recordings).toEqual([{ version: '1.2.0', how: 'a test', evidence: 'golden', page: 'example.prom' }]);
    const live = recordInto(golden, parsePage('example_up 1'), { version: '1.2.0', how: 'the app' }).catalog;
    expect(live.metrics.example_up?.evidence).toBe('live');
    expect(live.metrics.example_more?.evidence).toBe('golden');
    const again = recordInto(live, parsePage(page), { version: '1.2.0', how: 'a test', evidence: 'golden' }).catalog;
    expect(again.metrics.example_up?.evidence).toBe('live');
  });

  it('adds a metric of a stand-in as golden to a catalog that is live', () => {
    const live: Catalog = { ...catalog, evidence: 'live' };
    const { metrics } = recordInto(live, parsePage('example_more 1'), {
      version: '1.2.0',
      how: 'a test',
      evidence: 'golden',
    }).catalog;
    expect(metrics.example_more?.evidence).toBe('golden');
  });

  it('changes nothing that it was given', () => {
    const before = structuredClone(catalog);
    record('example_up{new="x"} 1\nexample_more 1');
    expect(catalog).toEqual(before);
  });

  it('comes to the same when done twice', () => {
    const page = parsePage('example_up{new="x"} 1\nexample_more 1');
    const options = { version: '1.2.0', how: 'a test' };
    const once = recordInto(catalog, page, options).catalog;
    expect(recordInto(once, page, options)).toEqual({ catalog: once, findings: [] });
  });

  it('adds labels, and values to a closed set', () => {
    const { catalog: after, findings } = record('example_up{host="a"} 1\nexample_state{state="broken"} 1');
    expect(after.metrics.example_up?.labels).toEqual({ host: {} });
    expect(after.metrics.example_state?.labels).toEqual({ state: { on: {}, off: {}, broken: {} } });
    expect(findings.map(({ kind, metric }) => [kind, metric])).toEqual([
      ['label', 'example_up'],
      ['value', 'example_state'],
    ]);
  });

  it('adds no label that scraping put there', () => {
    const { catalog: after } = record('example_up{job="x",host="a"} 1', { ignoredLabels: ['job'] });
    expect(after.metrics.example_up?.labels).toEqual({ host: {} });
  });

  it('adds metrics of the source; not those of others, and not strangers', () => {
    const { catalog: after, findings } = record(
      '# TYPE example_more counter\nexample_more{a="b"} 1\ngo_goroutines 1\nbackup_size_bytes 1',
      { others: [{ metrics: { go_goroutines: { type: 'gauge', labels: {} } } }] },
    );
    expect(after.metrics.example_more).toEqual({ type: 'counter', labels: { a: {} }, evidence: 'live' });
    expect(after.metrics).not.toHaveProperty('go_goroutines');
    expect(after.metrics).not.toHaveProperty('backup_size_bytes');
    expect(findings.map(({ kind, metric }) => [kind, metric])).toEqual([
      ['metric', 'example_more'],
      ['stranger', 'backup_size_bytes'],
    ]);
  });

  it('corrects a type that the page tells, not one that it leaves open', () => {
    const { catalog: after, findings } = record(
      '# TYPE example_up counter\nexample_up 1\n# TYPE example_old untyped\nexample_old 1',
    );
    expect(after.metrics.example_up?.type).toBe('counter');
    expect(after.metrics.example_old?.type).toBe('gauge');
    expect(findings[0]).toEqual({
      kind: 'type',
      metric: 'example_up',
      message: 'example_up is a counter, was listed as gauge',
    });
  });

  it('corrects versions that the page proves wrong', () => {
    const { catalog: after, findings } = record('example_new{extra="x"} 1\nexample_old 1');
    expect(after.metrics.example_new).toEqual({ type: 'gauge', labels: { extra: {} }, evidence: 'live' });
    expect(after.metrics.example_old).not.toHaveProperty('until');
    expect(findings.map(({ kind }) => kind)).toEqual(['since', 'since', 'until']);
  });

  it('keeps versions that fit what it saw', () => {
    const { catalog: after, findings } = record('example_new{extra="x"} 1', { version: '1.8.0' });
    expect(after.metrics.example_new).toMatchObject({ since: '1.5.0', labelSince: { extra: '1.8.0' } });
    expect(findings).toEqual([]);
  });

  it('refuses a page of something else', () => {
    expect(() => record('other_up 1')).toThrow('the page shows no metric of example');
    expect(() => record('')).toThrow('the page shows no metric of example');
  });

  it('knows the parts of a histogram on a page without types', () => {
    const { catalog: after } = record('example_wait_seconds_bucket{le="1"} 1\nexample_wait_seconds_sum 1');
    expect(after.metrics.example_wait_seconds).toEqual({ type: 'histogram', labels: {}, evidence: 'live' });
    expect(Object.keys(after.metrics)).toEqual(Object.keys(catalog.metrics));
  });
});
