import { describe, expect, it } from 'vitest';
import { explainEmptiness, type Emptiness } from './emptiness';
import { withoutFilters } from './open-query';
import { parseSeries } from '../catalog/page';
import type { Scraped } from './scraped';

describe('withoutFilters', () => {
  it.each([
    ['a == 0', 'a == bool 0'],
    ['count(a == 0) or 0 * count(a)', 'count(a == bool 0) or 0 * count(a)'],
    ['a > on (host) group_left () b', 'a > bool on (host) group_left () b'],
    ['a > bool 1', 'a > bool 1'],
    ['a / (b > 0)', 'a / (b > bool 0)'],
    ['a unless on (host) b > 1', 'a'],
    ['a and on (host) (b > 1)', 'a and on (host) (b > bool 1)'],
    ['sum by (x) (rate(a{b="c"}[5m] offset 1h) > 2)', 'sum by (x) (rate(a{b="c"}[5m] offset 1h) > bool 2)'],
    ['absent(a{b="c"})', '(group(a{b="c"}) or absent(a{b="c"}))'],
    ['max_over_time((a > 1)[5m:])', 'max_over_time((a > bool 1)[5m:])'],
    ['label_replace(a == 1, "x", "$1", "y", "(.*)")', 'label_replace(a == bool 1, "x", "$1", "y", "(.*)")'],
    ['-a', '-a'],
  ])('%s', (query, open) => expect(withoutFilters(query)).toBe(open));
});

const page = parseSeries(
  '# TYPE a gauge\na{mode="idle",device="sda"} 1\nb 2\nh_bucket{le="+Inf"} 1\nc{job="inner"} 1\n',
);
const target = { scrapeUrl: '', health: 'up', lastError: '' } as const;
const scraped: Scraped = {
  targets: [
    { ...target, labels: { job: 'node', instance: 'nas:9100', host: 'nas' } },
    { ...target, labels: { job: 'ping', instance: '10.0.0.1', device: '10.0.0.1' } },
  ],
  page: async ({ labels }) => (labels['job'] === 'node' ? page : [{ name: 'p', labels: {} }]),
};

/** `withData`: the queries that give something. */
const why = (
  query: string,
  withData: readonly string[] = [],
  recorded: Readonly<Record<string, string>> = {},
): Promise<Emptiness> =>
  explainEmptiness(query, {
    hasData: async (text) => withData.includes(text),
    scraped,
    recorded: new Map(Object.entries(recorded)),
  });

describe('explainEmptiness', () => {
  it('is quiet where only the comparison leaves nothing', async () => {
    expect(await why('a{job="node"} > 3', ['a{job="node"} > bool 3'])).toEqual({ kind: 'quiet' });
    expect(await why('ALERTS{alertstate="firing"}')).toEqual({ kind: 'quiet' });
  });

  it('names what the page lacks: a metric, a label, a value', async () => {
    expect(await why('rate(z{job="node"}[5m])')).toEqual({ kind: 'lacking', what: ['z'] });
    expect(await why('sum(a{job="node", mode="steal"}) > 1')).toEqual({ kind: 'lacking', what: ['a{mode="steal"}'] });
    expect(await why('a{host="nas", mode=~"i.*", colour!=""}')).toEqual({
      kind: 'lacking',
      what: ['a{mode=~"i.*", colour!=""}'],
    });
  });

  it('needs one side of arithmetic, both of `or`', async () => {
    expect(await why('b / z', ['b'])).toEqual({ kind: 'lacking', what: ['z'] });
    expect(await why('y or z')).toEqual({ kind: 'lacking', what: ['y', 'z'] });
    expect(await why('b or z')).toEqual({ kind: 'unexplained', why: 'the page has `b`, but Prometheus does not' });
  });

  it('does not excuse what is on the page, or asks for labels that nothing scraped has', async () => {
    expect(await why('a{mode="idle"}')).toMatchObject({ kind: 'unexplained' });
    expect(await why('a{job="nodes"}')).toEqual({
      kind: 'unexplained',
      why: 'nothing that is scraped has the labels of `a{job="nodes"}`',
    });
    expect(await why('p{host="nas"}')).toEqual({ kind: 'lacking', what: ['p'] });
    expect(await why('a{job="node", device="sdb"}')).toEqual({ kind: 'lacking', what: ['a{device="sdb"}'] });
    expect(await why('z{host="nsa"}')).toMatchObject({ kind: 'unexplained' });
    expect(await why('up{job="node"}')).toMatchObject({ kind: 'unexplained' });
    expect(await why('c{exported_job="inner"}')).toMatchObject({ kind: 'unexplained' });
    expect(await why('c{exported_job="other"}')).toMatchObject({ kind: 'lacking' });
  });

  it('sees a join that never meets, and a window that is too short', async () => {
    expect(await why('a * on (x) b', ['a', 'b'])).toMatchObject({
      why: 'both sides have series, but their labels do not meet in `a * on (x) b`',
    });
    expect(await why('rate(b[15s])', ['b', 'last_over_time(b[15s])'])).toMatchObject({ kind: 'unexplained' });
  });

  it('says when there is not yet enough past', async () => {
    expect(await why('b / b offset 1w', ['b / b offset 1s'])).toEqual({ kind: 'young', what: ['offset 1w'] });
    expect(
      await why('max_over_time(rate(b[5m] offset 2h)[1d:10m])', ['max_over_time(rate(b[5m] offset 1s)[1d:1s])']),
    ).toEqual({
      kind: 'young',
      what: ['offset 2h', 'a step of 10m'],
    });
    expect(await why('b offset 1w > 3', ['b offset 1s > bool 3'])).toEqual({ kind: 'quiet' });
    expect(await why('z offset 1w')).toEqual({ kind: 'lacking', what: ['z'] });
  });

  it('looks through recording rules', async () => {
    expect(await why('r:z', [], { 'r:z': 'sum(z)' })).toEqual({ kind: 'lacking', what: ['z'] });
    expect(await why('r:b', [], { 'r:b': 'sum(b)' })).toMatchObject({ kind: 'unexplained' });
  });

  it('takes a bucket for what it is', async () => {
    expect(await why('histogram_quantile(0.9, sum by (le) (rate(h_bucket[5m])))')).toMatchObject({
      kind: 'unexplained',
    });
    expect(await why('histogram_quantile(0.9, sum by (le) (rate(g_bucket[5m])))')).toEqual({
      kind: 'lacking',
      what: ['g_bucket'],
    });
  });
});
