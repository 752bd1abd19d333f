import { afterEach, describe, expect, it } from 'vitest';
import { parseQuery } from '../../query/parse';
import { prometheusServer } from '../../server/prometheus';
import { standIn, success, type StandIn, type StandInAnswer } from '../../server/testing/stand-in';
import { askServer, type Asked } from './ask-server';

const now = Date.UTC(2026, 10, 21, 12) / 1000;
const names = '/api/v1/label/__name__/values';
const whole: Readonly<Record<string, StandInAnswer>> = {
  [names]: success(['up', 'a', 'b']),
  '/api/v1/labels': success(['__name__', 'job', 'mode']),
  '/api/v1/series': success([{ __name__: 'up', job: 'node' }]),
  '/api/v1/query_range': success({ resultType: 'matrix', result: [] }),
  '/api/v1/metadata': success({ a: [{ type: 'counter', help: '', unit: '' }] }),
  '/api/v1/rules': success({ groups: [] }),
  '/api/v1/status/buildinfo': success({ version: '3.15.0', revision: 'x', goVersion: 'go1.25' }),
  '/api/v1/status/config': success({ yaml: 'scrape_configs: [{job_name: node, scrape_interval: 30s}]\n' }),
};

let server: StandIn | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const ask = async (
  answers: Readonly<Record<string, StandInAnswer | readonly StandInAnswer[]>>,
  query = 'a + b + c',
  patience = 5000,
): Promise<Asked> => {
  server = await standIn({ ...whole, ...answers });
  const asked = prometheusServer(server.url, {}, { patience, wait: () => Promise.resolve() });
  return askServer(asked, parseQuery('promql', query).selectors, now);
};
const many = Array.from({ length: 100 }, (_, index) => `m${index}`);

describe('asking a server', () => {
  it('takes one question a metric and seven more, whatever is missing', async () => {
    const clean = await ask({}, 'a + b + up');
    expect(clean.problems).toEqual([]);
    expect(clean.notes).toEqual([]);
    expect(clean.facts?.says).toMatch(/^Prometheus 3\.15\.0 at http:.*, 2026-11-21 12:00 UTC$/);
    const requests = server?.log.length;
    expect(requests).toBe(3 + 7);
    await server?.stop();
    await ask({ '/api/v1/labels': success([]) }, 'a{x="1"} + bb + c{x="1"} * c{y="2"}');
    expect(server?.log.length).toBe(requests);
  });

  it('finds out by one question which matchers select nothing', async () => {
    const { facts } = await ask(
      {
        '/api/v1/labels': success([]),
        '/api/v1/series': success([
          { __name__: 'a', mode: 'idle' },
          { __name__: 'a', mode: 'user' },
        ]),
      },
      'a{mode="idel"}',
    );
    expect(facts?.metrics.get('a')?.series).toHaveLength(2);
    expect([...(facts?.metrics.get('a')?.labels ?? [])]).toEqual(['mode']);
  });

  it('remembers what is gone', async () => {
    const result = [
      {
        metric: { __name__: 'c' },
        values: [
          [now - 7200, '1'],
          [now - 6000, '1'],
        ],
      },
    ];
    const { facts } = await ask({ '/api/v1/query_range': success({ resultType: 'matrix', result }) });
    expect(facts?.lastSeen).toEqual(new Map([['c', now - 6000]]));
    expect(facts?.now.has('c')).toBe(false);
  });

  it('says what Mimir does not offer, and asks all the rest', async () => {
    const { facts, notes, problems } = await ask({
      '/api/v1/status/buildinfo': success({ application: 'Grafana Mimir', version: '2.17.0' }),
      '/api/v1/status/config': { status: 404, text: '404 page not found', type: 'text/plain' },
    });
    expect(problems).toEqual([]);
    expect(facts?.product).toBe('Mimir');
    expect(notes.join('\n')).toMatch(/status\/config.*windows are not held against its scrape intervals/);
    expect(notes).toHaveLength(1);
  });

  it('says that VictoriaMetrics keeps no metadata and does not name its version', async () => {
    const { facts, notes } = await ask({
      '/api/v1/status/buildinfo': success({ version: '2.24.0' }),
      '/api/v1/metadata': success({}),
      '/api/v1/status/config': { status: 400, text: 'unsupported path requested', type: 'text/plain' },
    });
    expect(facts?.says).toMatch(/^VictoriaMetrics at /);
    expect(notes.join('\n')).toMatch(/keeps no metadata: types are those of the recorded catalogs/);
    expect(notes).toHaveLength(2);
  });

  it('knows Thanos by its version', async () => {
    const { facts } = await ask({
      '/api/v1/status/buildinfo': success({ version: '0.39.2', revision: 'x', goVersion: 'go1.25' }),
    });
    expect(facts?.product).toBe('Thanos');
  });

  it.each([
    ['a login page', { type: 'text/html', text: '<html>log in</html>' }],
    ['a page that is not there', { status: 404, type: 'text/plain', text: 'not found' }],
    ['a refusal', { status: 401, text: '{"message":"who are you"}' }],
    ['a redirect', { status: 302, headers: { Location: 'https://login.example' } }],
    ['half of an answer', { cut: true, text: '{"status":"succ' }],
    ['silence', { silent: true }],
    ['other JSON', { text: '{"hello":"world"}' }],
    ['a list of something else', { text: '{"status":"success","data":{"a":1}}' }],
  ] as const)('gives one problem for %s', async (_, answer) => {
    const { facts, problems } = await ask({ [names]: answer }, 'a', 300);
    expect(facts).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).not.toBe('');
    expect(server?.log).toHaveLength(1);
  });

  it('gives one problem where half of the metrics are not answered, and facts of the rest', async () => {
    const half = Array.from({ length: 50 }, () => [{ status: 500, text: 'no' }, whole['/api/v1/labels'] ?? {}]).flat();
    const { facts, problems } = await ask({ [names]: success(many), '/api/v1/labels': half }, many.join(' + '));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.evidence).toContain('50 questions were not answered');
    expect(facts?.metrics.size).toBe(50);
  });

  it('stops to ask a server that is gone', async () => {
    const { problems } = await ask(
      { [names]: success(many), '/api/v1/labels': { silent: true } },
      many.join(' + '),
      200,
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.evidence).toContain('100 questions were not answered');
    expect(server?.log.filter((line) => line.includes('/api/v1/labels')).length).toBeLessThan(40);
  });
});
