import type { MetricType } from './catalog';

/** What exposition formats and servers call the types of metrics (Prometheus text format, OpenMetrics 1.0, `/api/v1/metadata`). */
export const typeByWord: Readonly<Record<string, MetricType | undefined>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  gaugehistogram: 'histogram',
  summary: 'summary',
  info: 'info',
  stateset: 'stateset',
};
