import { counted, lastOf, level, observed, whole, type Content, type Labels, type Rows } from '../content';
import type { Behave } from '../place';
import { during, scaled, steady, wave } from '../time/course';
import { befalls, windowsOf } from '../world/world';
import { inCatalog } from './in-catalog';

const groups = ['host', 'probe', 'prometheus', 'scrape'].map((name) => `/etc/prometheus/rules/${name}.yaml;${name}`);

/** Prometheus about itself, with the jobs that this homelab has. */
export const prometheus: Behave = (place) => {
  const { world, key, lives } = place;
  const { sources, alerting } = world.homelab;
  const jobs = Object.values(sources)
    .filter(({ instances }) => instances.some(({ port }) => port !== null))
    .map(({ job, instances }) => ({ scrape_job: job, targets: instances.length }));
  const down = windowsOf(world, 'alertmanager-down');
  const never = counted(steady(0));
  const per = <T extends Labels>(rows: readonly T[], content: Content): Rows => rows.map((labels) => [labels, content]);
  const ruleGroups = groups.map((rule_group) => ({ rule_group }));
  const alertmanager = [{ alertmanager: `http://${alerting.alertmanager}/api/v2/alerts` }];
  const samples = wave(`${key} samples`, { mean: 1_800, noise: 0.02 });
  const requests = wave(`${key} requests`, { mean: 0.6, day: 0.5, noise: 0.3 });
  const handlers = ['/api/v1/query', '/api/v1/query_range', '/metrics', '/-/ready'];
  return {
    labels: { version: place.version, ...remote },
    metrics: inCatalog(place, {
      prometheus_config_last_reload_successful: 1,
      prometheus_config_last_reload_success_timestamp_seconds: lives.program,
      prometheus_tsdb_head_samples_appended_total: [[{ type: 'float' }, counted(samples)]],
      prometheus_tsdb_head_series: whole(wave(`${key} series`, { mean: 27_000, noise: 0.01 })),
      prometheus_tsdb_head_chunks: whole(wave(`${key} chunks`, { mean: 81_000, noise: 0.02 })),
      prometheus_tsdb_head_series_created_total: counted(steady(0.02)),
      prometheus_tsdb_head_series_removed_total: counted(steady(0.02)),
      prometheus_tsdb_storage_blocks_bytes: (time) => Math.round(9e9 + 1e8 * Math.sin(time / 40_000)),
      prometheus_tsdb_retention_limit_bytes: 0,
      prometheus_tsdb_retention_limit_seconds: 1_296_000,
      prometheus_tsdb_lowest_timestamp_seconds: (time) => Math.floor(time / 7_200) * 7_200 - 1_296_000,
      prometheus_tsdb_compactions_total: counted(steady(1 / 7_200)),
      prometheus_tsdb_compactions_failed_total: never,
      prometheus_tsdb_wal_corruptions_total: never,
      prometheus_target_sync_failed_total: per(
        jobs.map(({ scrape_job }) => ({ scrape_job })),
        never,
      ),
      prometheus_target_scrape_pool_targets: jobs.map(({ scrape_job, targets }) => [{ scrape_job }, targets]),
      prometheus_target_scrape_pool_sync_total: per(
        jobs.map(({ scrape_job }) => ({ scrape_job })),
        counted(steady(1 / 300)),
      ),
      prometheus_target_interval_length_seconds: per(
        ['15s', '30s', '1m0s'].map((interval) => ({ interval })),
        observed(steady(1), 15),
      ),
      prometheus_rule_evaluation_failures_total: per(ruleGroups, never),
      prometheus_rule_evaluations_total: per(ruleGroups, counted(steady(0.4))),
      prometheus_rule_group_iterations_total: per(ruleGroups, counted(steady(1 / 30))),
      prometheus_rule_group_iterations_missed_total: per(ruleGroups, never),
      prometheus_rule_group_interval_seconds: per(ruleGroups, 30),
      prometheus_rule_group_rules: per(ruleGroups, 12),
      prometheus_rule_group_last_duration_seconds: per(
        ruleGroups,
        level(wave(`${key} rules`, { mean: 0.02, noise: 0.4 })),
      ),
      prometheus_rule_group_last_evaluation_timestamp_seconds: per(ruleGroups, lastOf(30)),
      prometheus_notifications_alertmanagers_discovered: (time) =>
        Number(!befalls(world, 'alertmanager-down', undefined, time)),
      prometheus_notifications_sent_total: per(alertmanager, counted(during(down, steady(0.02), steady(0)))),
      prometheus_notifications_errors_total: per(alertmanager, counted(during(down, steady(0), steady(0.02)))),
      prometheus_notifications_dropped_total: per(alertmanager, never),
      prometheus_notifications_queue_length: per(alertmanager, 0),
      prometheus_notifications_queue_capacity: 10_000,
      prometheus_engine_queries: 1,
      prometheus_engine_queries_concurrent_max: 20,
      prometheus_engine_query_duration_seconds: ['inner_eval', 'prepare_time', 'queue_time', 'result_sort'].map(
        (slice) => [{ slice }, observed(requests, 0.003)],
      ),
      prometheus_http_requests_total: handlers.map((handler) => [{ handler, code: '200' }, counted(requests)]),
      prometheus_http_request_duration_seconds: handlers.map((handler) => [{ handler }, observed(requests, 0.02)]),
      prometheus_http_response_size_bytes: handlers.map((handler) => [{ handler }, observed(requests, 4_000)]),
      // Writes to another server keep up: what is sent is what has just come.
      prometheus_remote_storage_highest_timestamp_in_seconds: (time) => time,
      prometheus_remote_storage_queue_highest_sent_timestamp_seconds: [[remote, (time: number) => time - 2]],
      prometheus_remote_storage_queue_highest_timestamp_seconds: [[remote, (time: number) => time]],
      prometheus_remote_storage_samples_total: [[remote, counted(scaled(samples, 1))]],
      prometheus_remote_storage_samples_in_total: counted(samples),
      prometheus_remote_storage_samples_pending: [[remote, 800]],
      prometheus_remote_storage_shards: [[remote, 1]],
      prometheus_remote_storage_shards_desired: [[remote, 1]],
      prometheus_remote_storage_shards_min: [[remote, 1]],
      prometheus_remote_storage_shards_max: [[remote, 50]],
      prometheus_remote_storage_bytes_total: [[remote, counted(scaled(samples, 8))]],
    }),
  };
};

const remote: Labels = { remote_name: 'central', url: 'http://mimir:8080/api/v1/push' };
