import { describe, expect, it } from 'vitest';
import { parseQuery } from '../query/parse';
import { recordedKnowledge } from './knowledge/recorded';
import { valueOf } from './values';

const knowledge = recordedKnowledge();

const value = (query: string) => {
  const { tree, error } = parseQuery('promql', query);
  if (!tree) throw new Error(error?.message);
  return valueOf(tree, knowledge);
};

describe('the unit of an expression', () => {
  it.each([
    ['rate(node_network_receive_bytes_total[5m])', 'bytes_per_second'],
    ['rate(node_network_receive_bytes_total[5m]) * 8', 'bits_per_second'],
    ['increase(node_network_receive_bytes_total[1h])', 'bytes'],
    ['node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', 'ratio'],
    ['100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)', 'percent'],
    ['1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))', 'ratio'],
    ['sum(rate(node_cpu_seconds_total[5m]))', undefined],
    ['time() - node_boot_time_seconds', 'seconds'],
    ['node_boot_time_seconds * 1000', 'timestamp_milliseconds'],
    ['(time() - node_boot_time_seconds) / 86400', 'days'],
    ['histogram_quantile(0.9, rate(prometheus_http_request_duration_seconds_bucket[5m]))', 'seconds'],
    [
      'sum(rate(prometheus_http_request_duration_seconds_sum[5m])) / sum(rate(prometheus_http_request_duration_seconds_count[5m]))',
      'seconds',
    ],
    ['count(up == 0)', 'count'],
    ['up > bool 0', 'bool'],
    ['node_filesystem_avail_bytes > 5', 'bytes'],
    ['redis_memory_used_bytes', undefined],
    ['redis_a / redis_b', undefined],
  ])('%s: %s', (query, unit) => {
    const { unit: found, scale } = value(query);
    expect(found).toBe(unit);
    if (unit) expect(scale).toBe(1);
  });

  it('keeps what it was divided by', () => {
    expect(value('node_filesystem_avail_bytes / 1024 / 1024')).toMatchObject({ unit: 'bytes', scale: 1 / 1024 / 1024 });
  });
});

describe('the kind of an expression', () => {
  it.each([
    ['node_context_switches_total', 'counter'],
    ['sum(node_context_switches_total)', 'counter'],
    ['rate(node_context_switches_total[5m])', 'rate'],
    ['node_context_switches_total - node_context_switches_total offset 1h', 'increase'],
    ['go_memstats_frees_total / go_memstats_mallocs_total', 'gauge'],
    ['count(node_context_switches_total)', 'number'],
    ['node_load1', 'gauge'],
    ['prometheus_http_request_duration_seconds_bucket', 'buckets'],
    ['redis_up', 'unknown'],
  ])('%s: %s', (query, kind) => expect(value(query).kind).toBe(kind));
});
