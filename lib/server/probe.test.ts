import { afterEach, describe, expect, it } from 'vitest';
import { AnswerError, RemoteFailure, ServerConfigError, UnreachableError } from './errors';
import { describeProduct, endpoints, probe, type Endpoint } from './probe';
import { prometheusServer } from './prometheus';
import { standIn, success, type StandIn, type StandInAnswer } from './testing/stand-in';

let running: StandIn | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

type Answers = Readonly<Record<string, StandInAnswer>>;

const vector = success({ resultType: 'vector', result: [{ metric: {}, value: [1795260332, '1'] }] });
const basics: Answers = {
  '/api/v1/query': vector,
  '/api/v1/query_range': success({ resultType: 'matrix', result: [] }),
  '/api/v1/labels': success(['__name__']),
  '/api/v1/series': success([]),
  '/api/v1/label/__name__/values': success(['up']),
  '/api/v1/metadata': success({ up: [{ type: 'gauge', unit: '', help: '' }] }),
  '/api/v1/rules': success({ groups: [] }),
};
const scrapeYaml = 'scrape_configs:\n- job_name: node\n  scrape_interval: 15s\n';

/** Recorded from 3.15.0, shortened. */
const prometheus: Answers = {
  ...basics,
  '/api/v1/targets': success({ activeTargets: [], droppedTargets: [] }),
  '/api/v1/targets/metadata': success([]),
  '/api/v1/status/buildinfo': success({
    version: '3.15.0',
    revision: 'module',
    branch: 'HEAD',
    buildUser: 'root@build',
    buildDate: '20261121-00:00:00',
    goVersion: 'go1.26.8',
  }),
  '/api/v1/status/config': success({ yaml: scrapeYaml }),
  '/api/v1/status/flags': success({
    'query.lookback-delta': '5m',
    'storage.tsdb.retention.time': '15d',
    'config.file': 'p.yml',
  }),
};

/** Recorded from a VictoriaMetrics of August 2026, shortened. */
const unsupported = (path: string): StandInAnswer => ({
  status: 400,
  type: 'text/plain; charset=utf-8',
  text: `unsupported path requested: "${path}"\n`,
});
const victoria: Answers = {
  ...basics,
  '/api/v1/targets': success({ activeTargets: [], droppedTargets: [] }),
  '/api/v1/targets/metadata': unsupported('/api/v1/targets/metadata'),
  '/api/v1/status/buildinfo': { text: '{"status":"success","data":{"version":"2.24.0"}}' },
  '/api/v1/status/config': success({ yaml: scrapeYaml }),
  '/api/v1/status/flags': unsupported('/api/v1/status/flags'),
  '/metrics': {
    type: 'text/plain',
    text: 'vm_active_merges 0\nvm_app_version{version="victoria-metrics-20260821-tags-v1.150.0-0-g0", short_version="v1.150.0"} 1\n',
  },
};

/** As its documentation and code say: it has the application's name in buildinfo, and no configuration under its prefix. */
const mimir: Answers = {
  ...basics,
  '/api/v1/status/buildinfo': success({
    application: 'Grafana Mimir',
    version: '2.17.0',
    revision: 'abc',
    branch: 'HEAD',
    goVersion: 'go1.25.0',
    features: { ruler_config_api: 'true' },
  }),
};

/** As its code says (`pkg/api/query`). */
const thanos: Answers = {
  ...basics,
  '/api/v1/targets': success({ activeTargets: [], droppedTargets: [] }),
  '/api/v1/stores': success({ sidecar: [] }),
  '/api/v1/status/buildinfo': success({
    version: '0.42.0',
    revision: 'abc',
    branch: 'HEAD',
    buildUser: 'x',
    buildDate: 'x',
    goVersion: 'go1.26.0',
  }),
  '/api/v1/status/flags': success({ 'query.lookback-delta': '5m', 'http-address': '0.0.0.0:10902' }),
};

const probed = async (answers: Answers) => {
  running = await standIn(answers);
  return probe(prometheusServer(running.url, {}, { wait: async () => undefined }));
};

const missing = (offers: Awaited<ReturnType<typeof probe>>['offers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Object.keys(endpoints) as Endpoint[]).flatMap((name) => {
      const offer = offers[name];
      return offer.offered ? [] : [[name, offer.why]];
    }),
  );

describe('probe', () => {
  it('knows Prometheus', async () => {
    const found = await probed(prometheus);
    expect(describeProduct(found)).toBe('Prometheus 3.15.0');
    expect(found).toMatchObject({ retention: 15 * 86_400, lookback: 300 });
    expect(missing(found.offers)).toEqual({});
  });

  it('knows VictoriaMetrics, with its own version, and why it shows no rules', async () => {
    const found = await probed(victoria);
    expect(describeProduct(found)).toBe('VictoriaMetrics 1.150.0');
    expect(missing(found.offers)).toEqual({
      targetsMetadata: '400 from /api/v1/targets/metadata: VictoriaMetrics does not offer it',
      rules: '/api/v1/rules holds no rules: VictoriaMetrics shows those of vmalert only with -vmalert.proxyURL',
      flags: '400 from /api/v1/status/flags: VictoriaMetrics does not offer it',
    });
  });

  it('knows Mimir', async () => {
    const found = await probed(mimir);
    expect(describeProduct(found)).toBe('Mimir 2.17.0');
    expect(missing(found.offers)).toMatchObject({ config: '404 from /api/v1/status/config: Mimir does not offer it' });
    expect(found.offers.rules).toEqual({ offered: true });
  });

  it('knows Thanos', async () => {
    const found = await probed(thanos);
    expect(describeProduct(found)).toBe('Thanos 0.42.0');
    expect(Object.keys(missing(found.offers))).toEqual(['targetsMetadata', 'config']);
  });

  it('says a configuration without scraping from one that is not shown, and one path that is closed', async () => {
    const found = await probed({
      ...prometheus,
      '/api/v1/status/config': success({ yaml: 'global: {}\n' }),
      '/api/v1/metadata': { status: 403, text: 'not for you' },
      '/api/v1/series': { type: 'text/html', text: '<html>' },
    });
    expect(missing(found.offers)).toEqual({
      config: '/api/v1/status/config holds no scrape_configs: Prometheus does not scrape',
      metadata: 'not allowed: /api/v1/metadata: not for you',
      series: 'no usable answer from /api/v1/series: the answer is a web page, not JSON',
    });
  });

  it('takes no metadata for none, as an old VictoriaMetrics answers', async () => {
    const found = await probed({ ...victoria, '/api/v1/metadata': success({}), '/metrics': { text: 'vm_rows 1\n' } });
    expect(describeProduct(found)).toBe('VictoriaMetrics');
    expect(found.offers.metadata).toEqual({
      offered: false,
      why: "/api/v1/metadata holds nothing: no metric's type is known there",
    });
  });

  it('says when Grafana has no such data source', async () => {
    const error = await probed({
      '/api/v1/query': { status: 404, text: '{"message":"Unable to find datasource","traceID":""}' },
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ServerConfigError);
  });

  it('does not guess what it is not told', async () => {
    expect(describeProduct(await probed(basics))).toBe('a server that does not say what it is');
  });

  it('names the path that answers when the address lacks it', async () => {
    const error = await probed({ '/prometheus/api/v1/query': vector }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnswerError);
    expect((error as RemoteFailure).next).toBe(`${running?.url}/prometheus: a query is answered there`);
  });

  it('tells a dead server behind a proxy from an address that is wrong', async () => {
    const error = await probed({ '/api/v1/query': { status: 502 } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreachableError);
  });
});
