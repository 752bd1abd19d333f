import { describe, expect, it } from 'vitest';
import connectorCatalog from '../../catalog/recorded/otel_spanmetrics.json';
import generatorCatalog from '../../catalog/recorded/tempo_metrics_generator.json';
import { divide, from, quantile, rate, share, sum, together } from '../../expression/operators';
import { defineSource } from '../../expression/source';
import { thresholds } from '../../thresholds';
import { defineSignals } from '../signal';
import { expectParity, printed } from './sketch';

const generator = defineSource(generatorCatalog, ['service']);
const connector = defineSource(connectorCatalog, ['service']);

const server = { span_kind: 'SPAN_KIND_SERVER' } as const;
const failed = { ...server, status_code: 'STATUS_CODE_ERROR' } as const;

// The connector's names depend on its version and its unit on its settings; nothing else has these names, so all are asked.
const calls = (where: typeof server | typeof failed) =>
  together(
    sum(rate(connector.metric('traces_span_metrics_calls_total', where)), 'service'),
    sum(rate(connector.metric('calls_total', where)), 'service'),
  );

const spans = defineSignals('spans', {
  rate: {
    title: 'Requests',
    description: 'How many requests each service answers.',
    unit: 'requestsPerSecond',
    expression: from({
      generator: sum(rate(generator.metric('traces_spanmetrics_calls_total', server)), 'service'),
      connector: calls(server),
    }),
  },
  errors: {
    title: 'Failing requests',
    description: 'Share of requests that fail.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'No requests',
    expression: from({
      generator: share(
        sum(rate(generator.metric('traces_spanmetrics_calls_total', failed)), 'service'),
        sum(rate(generator.metric('traces_spanmetrics_calls_total', server)), 'service'),
      ),
      connector: share(calls(failed), calls(server)),
    }),
  },
  duration: {
    title: 'Request time',
    description: 'How long the slower requests take: 19 of 20 are faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: from({
      generator: quantile(0.95, generator.metric('traces_spanmetrics_latency', server), ['service']),
      connector: together(
        quantile(0.95, connector.metric('traces_span_metrics_duration_seconds', server), ['service']),
        divide(
          quantile(0.95, connector.metric('traces_span_metrics_duration_milliseconds', server), ['service']),
          1000,
        ),
      ),
    }),
  },
});

describe('span metrics, in both vocabularies', () => {
  it('means the same with each', () => expectParity(spans, ['generator', 'connector']));

  it('Tempo’s generator, which calls the service `service`', () => {
    expect(printed(spans, { exporters: ['tempo_metrics_generator'] })).toEqual({
      rate: 'sum by (service) (rate(traces_spanmetrics_calls_total{job="tempo-metrics-generator", span_kind="SPAN_KIND_SERVER"}[$__rate_interval]))',
      errors:
        '(sum by (service) (rate(traces_spanmetrics_calls_total{job="tempo-metrics-generator", span_kind="SPAN_KIND_SERVER", status_code="STATUS_CODE_ERROR"}[$__rate_interval])) or sum by (service) (rate(traces_spanmetrics_calls_total{job="tempo-metrics-generator", span_kind="SPAN_KIND_SERVER"}[$__rate_interval])) * 0) / (sum by (service) (rate(traces_spanmetrics_calls_total{job="tempo-metrics-generator", span_kind="SPAN_KIND_SERVER"}[$__rate_interval])) > 0)',
      duration:
        'histogram_quantile(0.95, sum by (le, service) (rate(traces_spanmetrics_latency_bucket{job="tempo-metrics-generator", span_kind="SPAN_KIND_SERVER"}[$__rate_interval])))',
    });
  });

  it('the collector’s connector, which calls it `service_name`', () => {
    const { rate: requests, duration } = printed(spans, {
      sources: { otel_spanmetrics: { select: { source: 'collector' } } },
    });
    expect(requests).toBe(
      'sum by (service) (label_replace(rate(traces_span_metrics_calls_total{source="collector", span_kind="SPAN_KIND_SERVER"}[$__rate_interval]), "service", "$1", "service_name", "(.+)")) or sum by (service) (label_replace(rate(calls_total{source="collector", span_kind="SPAN_KIND_SERVER"}[$__rate_interval]), "service", "$1", "service_name", "(.+)"))',
    );
    expect(duration).toBe(
      'histogram_quantile(0.95, sum by (le, service) (label_replace(rate(traces_span_metrics_duration_seconds_bucket{source="collector", span_kind="SPAN_KIND_SERVER"}[$__rate_interval]), "service", "$1", "service_name", "(.+)"))) or histogram_quantile(0.95, sum by (le, service) (label_replace(rate(traces_span_metrics_duration_milliseconds_bucket{source="collector", span_kind="SPAN_KIND_SERVER"}[$__rate_interval]), "service", "$1", "service_name", "(.+)"))) / 1000',
    );
  });

  it('the connector through OTLP: the service is the job, histograms are native', () => {
    const otlp = {
      select: { source: 'collector' },
      identity: { service: 'job' },
      spelling: { histograms: 'native' },
    } as const;
    expect(printed(spans, { sources: { otel_spanmetrics: otlp } }, 'alert')['duration']).toBe(
      'histogram_quantile(0.95, sum by (service) (label_replace(rate(traces_span_metrics_duration_seconds{source="collector", span_kind="SPAN_KIND_SERVER"}[5m]), "service", "$1", "job", "(.+)"))) or histogram_quantile(0.95, sum by (service) (label_replace(rate(traces_span_metrics_duration_milliseconds{source="collector", span_kind="SPAN_KIND_SERVER"}[5m]), "service", "$1", "job", "(.+)"))) / 1000',
    );
  });
});
