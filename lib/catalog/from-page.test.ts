import { describe, expect, it } from 'vitest';
import { compareCatalogs } from './compare';
import { catalogFromPage, type PageOrigin } from './from-page';
import { formatCatalog } from './format';
import { loadCatalog } from './load';
import { parsePage } from './page';
import { catalogErrors } from './validate';

const origin: PageOrigin = { source: 'radio', how: 'the metrics page in radio.prom', port: 9200, path: '/metrics' };
const recorded = (text: string, more: Partial<PageOrigin> = {}) =>
  catalogFromPage(parsePage(text), { ...origin, ...more });

const page = `# TYPE radio_build_info gauge
radio_build_info{version="v1.4.0"} 1
# TYPE go_build_info gauge
go_build_info{version="go1.26"} 1
# TYPE radio_listeners gauge
radio_listeners{state="idle",station="one"} 1
radio_listeners{state="active",station="one"} 3
# TYPE radio_tuner gauge
radio_tuner{state="10.0.0.1"} 1
radio_tuner{state="10.0.0.2"} 1
# TYPE radio_errors_total counter
radio_errors_total{reason="timeout"} 1
radio_errors_total{reason="refused"} 1
# TYPE http_requests_total counter
http_requests_total{code="200"} 3
`;

describe('catalogFromPage', () => {
  it('says what was seen, with the version that the program tells of itself', () => {
    const { catalog, notes } = recorded(page);
    expect(catalogErrors(JSON.parse(formatCatalog(catalog)))).toEqual([]);
    expect(catalog).toMatchObject({ version: '1.4.0', evidence: 'live', prefixes: ['radio_'] });
    expect(Object.keys(catalog.metrics)).not.toContain('go_build_info');
    expect(catalog.metrics['http_requests_total']).toEqual({ type: 'counter', labels: { code: {} } });
    expect(notes).toEqual([]);
  });

  it('closes a set of values only where all of it is written at once', () => {
    const { metrics } = recorded(page).catalog;
    expect(metrics['radio_listeners']?.labels).toEqual({ state: { active: {}, idle: {} }, station: {} });
    expect(metrics['radio_tuner']?.labels).toEqual({ state: {} });
    expect(metrics['radio_errors_total']?.labels).toEqual({ reason: {} });
  });

  it('takes units and state sets from OpenMetrics', () => {
    const { metrics } = recorded(
      '# TYPE radio_wait_seconds histogram\n# UNIT radio_wait_seconds seconds\nradio_wait_seconds_bucket{le="+Inf"} 1\nradio_wait_seconds_count 1\nradio_wait_seconds_sum 1\n# TYPE radio_power stateset\nradio_power{radio_power="on"} 1\nradio_power{radio_power="off"} 0\n# EOF\n',
    ).catalog;
    expect(metrics['radio_wait_seconds']).toEqual({ type: 'histogram', unit: 'seconds', labels: {} });
    expect(metrics['radio_power']?.labels).toEqual({ radio_power: { off: {}, on: {} } });
  });

  it('keeps what is known of a recorded source, of the metrics that are there', () => {
    const { catalog } = recorded('# TYPE node_load1 gauge\nnode_load1 0.5\n', { source: 'node_exporter', port: null });
    expect(Object.keys(catalog.metrics)).toEqual(['node_load1']);
    expect(catalog.metrics['node_load1']?.collector).toBe(
      loadCatalog('node_exporter').metrics['node_load1']?.collector,
    );
    expect([catalog.port, catalog.version]).toEqual([9100, 'unknown']);
  });

  it('leaves out names that only quotes can write, and says so', () => {
    const { catalog, notes } = recorded('radio_a 1\n{"radio.b"} 1\n');
    expect(Object.keys(catalog.metrics)).toEqual(['radio_a']);
    expect(notes).toHaveLength(1);
  });
});

describe('compareCatalogs', () => {
  const of = (text: string) => recorded(text, { onlySeen: true }).catalog;
  const between = (before: string, after: string) =>
    compareCatalogs(of(before), of(after)).map(({ message }) => message);

  it('says nothing of what is the same', () => {
    expect(between(page, page)).toEqual([]);
  });

  it('says what is gone, changed, new, in this order', () => {
    const after = page
      .replaceAll('radio_errors_total', 'radio_failures_total')
      .replace('radio_listeners{state="idle",station="one"} 1', 'radio_listeners{state="paused",station="one"} 1')
      .replace('# TYPE radio_tuner gauge', '# TYPE radio_tuner counter')
      .replace('http_requests_total{code="200"}', 'http_requests_total{status="200"}');
    expect(between(page, after)).toEqual([
      'http_requests_total has no label code any more',
      'radio_errors_total is gone',
      'radio_listeners has no state="idle" any more',
      'radio_tuner is a counter, was a gauge',
      'http_requests_total has a label status',
      'radio_failures_total is new, a counter',
      'radio_listeners has state="paused"',
    ]);
  });

  it('does not take an unknown type for a change', () => {
    expect(between('# TYPE radio_a gauge\nradio_a 1', 'radio_a 1')).toEqual([]);
    expect(between('radio_a 1', '# TYPE radio_a gauge\nradio_a 1')).toEqual(['radio_a is a gauge, which was not told']);
  });

  it('does not call gone what only a flag gives', () => {
    const before = of('radio_a 1\nradio_b 1');
    const optional = {
      ...before,
      metrics: { ...before.metrics, radio_b: { type: 'gauge', labels: {}, default: false } },
    } as const;
    expect(compareCatalogs(optional, of('radio_a 1'))).toEqual([]);
    expect(compareCatalogs(before, of('radio_a 1'))).toHaveLength(1);
  });
});
