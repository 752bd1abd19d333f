import { afterEach, describe, expect, it } from 'vitest';
import { prometheusServer } from '../server/prometheus';
import { standIn, success, type StandIn, type StandInAnswer } from '../server/testing/stand-in';
import { pagesOfServer } from './from-server';

let running: StandIn | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const scraped = { job: 'radio', instance: 'nas:9200', host: 'nas', cluster: 'home' };
const answers: Readonly<Record<string, StandInAnswer>> = {
  '/api/v1/label/job/values': success(['radio']),
  '/api/v1/metadata': success({
    radio_wait_seconds: [{ type: 'histogram', unit: 'seconds', help: '' }],
    // From an OpenMetrics page: without `_total`.
    radio_errors: [{ type: 'counter', unit: '', help: '' }],
    radio_mixed: [
      { type: 'gauge', unit: '', help: '' },
      { type: 'counter', unit: '', help: '' },
    ],
  }),
  '/api/v1/targets': success({
    activeTargets: [
      {
        labels: { job: 'radio', instance: 'nas:9200', host: 'nas' },
        discoveredLabels: { __scrape_interval__: '30s' },
        scrapeUrl: 'http://nas:9200/metrics',
        health: 'up',
      },
    ],
  }),
  '/api/v1/status/config': success({
    yaml: 'global: {external_labels: {cluster: home}}\nscrape_configs: [{job_name: radio}]\n',
  }),
  '/api/v1/series': success([
    { __name__: 'radio_wait_seconds_bucket', le: '1', ...scraped },
    { __name__: 'radio_wait_seconds_bucket', le: '+Inf', ...scraped },
    { __name__: 'radio_wait_seconds_sum', ...scraped },
    { __name__: 'radio_errors_total', reason: 'timeout', exported_host: 'studio', ...scraped },
    { __name__: 'radio_mixed', ...scraped },
    { __name__: 'up', ...scraped },
    { __name__: 'radio:errors:rate5m', ...scraped },
  ]),
};

const pages = async (changed: Readonly<Record<string, StandInAnswer>> = {}) => {
  running = await standIn({ ...answers, ...changed });
  return pagesOfServer(prometheusServer(running.url, {}, { wait: async () => undefined }), 10_000);
};

describe('pagesOfServer', () => {
  it('gives what the exporter said, without what scraping added', async () => {
    const { jobs, notes } = await pages();
    expect(notes).toEqual([]);
    expect(jobs).toEqual([
      {
        job: 'radio',
        scrapeLabels: ['cluster', 'host', 'instance', 'job'],
        page: [
          {
            name: 'radio_errors_total',
            type: 'counter',
            labels: new Map([
              ['reason', new Set(['timeout'])],
              ['host', new Set(['studio'])],
            ]),
            series: 1,
          },
          { name: 'radio_mixed', labels: new Map(), series: 1 },
          { name: 'radio_wait_seconds', type: 'histogram', unit: 'seconds', labels: new Map(), series: 1 },
        ],
      },
    ]);
    expect(running?.log).toHaveLength(5);
  });

  it('goes on without what the server does not offer, and says what is then not known', async () => {
    const missing: StandInAnswer = { status: 404, text: '404 page not found\n', type: 'text/plain' };
    const { jobs, notes } = await pages({ '/api/v1/metadata': missing, '/api/v1/targets': missing });
    expect(jobs[0]?.page.map(({ name, type }) => [name, type])).toContainEqual([
      'radio_wait_seconds_bucket',
      undefined,
    ]);
    expect(notes).toEqual([
      'labels of targets are not known: 404 page not found',
      'types of metrics are not known: 404 page not found',
    ]);
  });
});
