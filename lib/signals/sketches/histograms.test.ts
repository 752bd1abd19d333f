import { describe, expect, it } from 'vitest';
import catalog from '../../catalog/recorded/prometheus.json';
import { distribution, observations, observed, quantile, ratio, sum } from '../../expression/operators';
import { defineSource } from '../../expression/source';
import { defineSignals } from '../signal';
import { printed } from './sketch';

const { metric } = defineSource(catalog, ['service']);
const requests = metric('prometheus_http_request_duration_seconds', { handler: '/api/v1/query' });
const compactions = metric('prometheus_tsdb_head_gc_duration_seconds');

const histograms = defineSignals('histograms', {
  slow: {
    title: 'Request time',
    description: 'How long the slower requests take.',
    unit: 'seconds',
    expression: quantile(0.99, requests, ['service']),
  },
  middle: {
    title: 'Median',
    description: 'How long half of all requests take at most.',
    unit: 'seconds',
    expression: quantile(0.5, requests),
  },
  spread: {
    title: 'Request times',
    description: 'How the times are spread.',
    unit: 'seconds',
    expression: distribution(requests, ['service']),
  },
  average: {
    title: 'Average',
    description: 'How long a request takes on average.',
    unit: 'seconds',
    expression: ratio(sum(observed(requests), 'service'), sum(observations(requests), 'service')),
  },
  ofSummary: {
    title: 'Average of a summary',
    description: 'Summaries have sums and counts too, and no native form.',
    unit: 'seconds',
    expression: ratio(sum(observed(compactions), 'service'), sum(observations(compactions), 'service')),
  },
});

const of = '{job="prometheus", handler="/api/v1/query"}[$__rate_interval]';

describe('histograms', () => {
  it('classic: a series for each bucket', () => {
    expect(printed(histograms, {})).toEqual({
      slow: `histogram_quantile(0.99, sum by (le, service) (rate(prometheus_http_request_duration_seconds_bucket${of})))`,
      middle: `histogram_quantile(0.5, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket${of})))`,
      spread: `sum by (le, service) (rate(prometheus_http_request_duration_seconds_bucket${of}))`,
      average: `sum by (service) (rate(prometheus_http_request_duration_seconds_sum${of})) / (sum by (service) (rate(prometheus_http_request_duration_seconds_count${of})) > 0)`,
      ofSummary:
        'sum by (service) (rate(prometheus_tsdb_head_gc_duration_seconds_sum{job="prometheus"}[$__rate_interval])) / (sum by (service) (rate(prometheus_tsdb_head_gc_duration_seconds_count{job="prometheus"}[$__rate_interval])) > 0)',
    });
  });

  it('native: one series', () => {
    expect(printed(histograms, { sources: { prometheus: { spelling: { histograms: 'native' } } } })).toEqual({
      slow: `histogram_quantile(0.99, sum by (service) (rate(prometheus_http_request_duration_seconds${of})))`,
      middle: `histogram_quantile(0.5, sum(rate(prometheus_http_request_duration_seconds${of})))`,
      spread: `sum by (service) (rate(prometheus_http_request_duration_seconds${of}))`,
      average: `sum by (service) (histogram_sum(rate(prometheus_http_request_duration_seconds${of}))) / (sum by (service) (histogram_count(rate(prometheus_http_request_duration_seconds${of}))) > 0)`,
      ofSummary:
        'sum by (service) (rate(prometheus_tsdb_head_gc_duration_seconds_sum{job="prometheus"}[$__rate_interval])) / (sum by (service) (rate(prometheus_tsdb_head_gc_duration_seconds_count{job="prometheus"}[$__rate_interval])) > 0)',
    });
  });

  it('native, with the service in a label that must be made', () => {
    const sources = { prometheus: { spelling: { histograms: 'native' }, identity: { service: 'job' } } } as const;
    const { slow, average } = printed(histograms, { sources });
    expect(slow).toBe(
      `histogram_quantile(0.99, sum by (service) (label_replace(rate(prometheus_http_request_duration_seconds${of}), "service", "$1", "job", "(.+)")))`,
    );
    expect(average).toContain(
      `sum by (service) (label_replace(histogram_sum(rate(prometheus_http_request_duration_seconds${of})), "service", "$1", "job", "(.+)"))`,
    );
  });
});
