import catalog from '../catalog/recorded/prometheus.json';
import goProcess from '../catalog/recorded/go_process.json';
import {
  add,
  age,
  distribution,
  from,
  group,
  increase,
  max,
  min,
  overTime,
  quantile,
  rate,
  ratio,
  share,
  shift,
  subtract,
  sum,
  summaryQuantile,
  tag,
  together,
  where,
} from '../expression/operators';
import type { Expression } from '../expression/expression';
import { defineSource, matching, noneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { upOrDown } from './states';

/** Prometheus about itself. */
const own = defineSource(catalog, ['service']);
const { metric, scraped } = own;
const process = own.with(goProcess);

const series = max(metric('prometheus_tsdb_head_series'), 'service');
const appended = sum(rate(metric('prometheus_tsdb_head_samples_appended_total')), 'service');
const blocks = metric('prometheus_tsdb_storage_blocks_bytes');
const written = add(
  rate(metric('prometheus_remote_storage_samples_total')),
  rate(metric('prometheus_remote_storage_samples_failed_total')),
);
const lastSent = max(
  metric('prometheus_remote_storage_queue_highest_sent_timestamp_seconds'),
  'service',
  'remote_name',
);

// Pages that answer when something happens, and not before.
const asked = noneOf('/api/v1/notifications/live', '/api/v1/read');

/** Samples that a target offered and Prometheus did not take, with the reason. */
const refused = (of: Expression<'service'>, reason: string) => tag(sum(increase(of), 'service'), 'reason', reason);

/** What Prometheus tells of itself: can what it shows be trusted, and what does it cost? */
export const prometheus = defineSignals('prometheus', {
  up: {
    title: 'Prometheus up',
    description:
      'Whether Prometheus reaches itself. It can hardly say that it is down: have another one watch it, or a dead man’s switch.',
    unit: 'state',
    values: upOrDown,
    expression: max(scraped('up'), 'service'),
  },
  uptime: {
    title: 'Prometheus uptime',
    description: 'Time since Prometheus started. Short again and again: it crashes, mostly for memory.',
    unit: 'duration',
    levels: thresholds.uptime,
    expression: age(max(process.metric('process_start_time_seconds'), 'service')),
  },
  version: {
    title: 'Prometheus version',
    description: 'The version that runs.',
    unit: 'none',
    expression: group(metric('prometheus_build_info'), 'service', 'version'),
  },
  configLoaded: {
    title: 'Configuration loaded',
    description:
      'Whether the configuration on disk is the one that runs. Failed: Prometheus goes on with the old one, and does not start with this one.',
    unit: 'state',
    values: { 0: { text: 'Failed', state: 'critical' }, 1: { text: 'Loaded', state: 'ok' } },
    expression: min(overTime('max', metric('prometheus_config_last_reload_successful')), 'service'),
  },

  // --- what comes in ---------------------------------------------------------------------------------------------
  series: {
    title: 'Active series',
    description: 'Series that had a sample in the last hours. Memory grows with them, some kilobytes each.',
    unit: 'count',
    expression: series,
  },
  seriesGrowth: {
    title: 'Series growth',
    description:
      'Active series against the same time yesterday: 1 is as many. A jump is a new exporter, or a label with endless values.',
    unit: 'ratio',
    levels: thresholds.seriesGrowth,
    empty: 'No yesterday',
    expression: ratio(series, shift(series, '1d')),
  },
  seriesCreated: {
    title: 'Series created',
    description:
      'New series. A burst after a restart is normal; a steady stream means labels that change all the time.',
    unit: 'perSecond',
    expression: sum(rate(metric('prometheus_tsdb_head_series_created_total')), 'service'),
  },
  samples: {
    title: 'Samples stored',
    description:
      'Samples that came in and were kept. 0 while Prometheus runs means that it scrapes nothing, or cannot write.',
    unit: 'perSecond',
    expression: appended,
  },
  refusedSamples: {
    title: 'Samples refused',
    description:
      'Samples that were offered and not taken, by reason. Two targets that write the same series, a clock that is wrong, or a limit that is too low.',
    unit: 'count',
    levels: thresholds.rejected,
    expression: together(
      refused(metric('prometheus_target_scrapes_exceeded_sample_limit_total'), 'too many samples'),
      refused(metric('prometheus_target_scrapes_exceeded_body_size_limit_total'), 'page too large'),
      refused(metric('prometheus_target_scrapes_sample_out_of_order_total'), 'out of order'),
      refused(metric('prometheus_target_scrapes_sample_out_of_bounds_total'), 'too old or in the future'),
      refused(metric('prometheus_target_scrapes_sample_duplicate_timestamp_total'), 'same moment twice'),
      refused(metric('prometheus_target_scrape_pool_exceeded_label_limits_total'), 'too many labels'),
    ),
  },
  limitedScrapes: {
    title: 'Scrapes over a limit',
    description: 'Scrapes thrown away whole because the target gave more samples than its `sample_limit` allows.',
    unit: 'count',
    levels: thresholds.rejected,
    expression: sum(increase(metric('prometheus_target_scrapes_exceeded_sample_limit_total')), 'service'),
  },
  misorderedSamples: {
    title: 'Misordered samples',
    description:
      'Samples that came out of order, or twice for one moment. Mostly two targets that write the same series.',
    unit: 'count',
    levels: thresholds.rejected,
    expression: sum(
      add(
        increase(metric('prometheus_target_scrapes_sample_out_of_order_total')),
        increase(metric('prometheus_target_scrapes_sample_duplicate_timestamp_total')),
      ),
      'service',
    ),
  },
  targetsNotRead: {
    title: 'Target lists not read',
    description:
      'Scrape jobs whose targets could not be worked out from the configuration: nothing of them is scraped.',
    unit: 'count',
    levels: thresholds.some,
    expression: sum(increase(metric('prometheus_target_sync_failed_total')), 'service', 'scrape_job'),
  },

  // --- questions and rules ---------------------------------------------------------------------------------------
  queryDuration: {
    title: 'Query time',
    description:
      'How long the slower queries take inside the engine: nine of ten are faster. Slow queries are slow boards and late alerts.',
    unit: 'seconds',
    empty: 'No queries',
    expression: max(
      summaryQuantile('0.9', metric('prometheus_engine_query_duration_seconds', { slice: 'inner_eval' })),
      'service',
    ),
  },
  queryLoad: {
    title: 'Query places taken',
    description: 'Share of the queries that may run at once.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.queryLoad,
    expression: max(
      ratio(
        overTime('avg', metric('prometheus_engine_queries')),
        overTime('max', metric('prometheus_engine_queries_concurrent_max')),
      ),
      'service',
    ),
  },
  requests: {
    title: 'Requests',
    description: 'What is asked of Prometheus’ API, by path. Boards, alerts of Grafana, and whatever else reads it.',
    unit: 'requestsPerSecond',
    expression: sum(rate(metric('prometheus_http_requests_total')), 'service', 'handler'),
  },
  requestErrors: {
    title: 'Failing requests',
    description: 'Share of requests that Prometheus answered with an error of its own.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'No requests',
    expression: share(
      sum(rate(metric('prometheus_http_requests_total', { code: matching('5..') })), 'service'),
      sum(rate(metric('prometheus_http_requests_total')), 'service'),
    ),
  },
  requestDuration: {
    title: 'Request time',
    description:
      'How long the slower requests take, by path: 19 of 20 are faster. Live pages that wait on purpose are left out.',
    unit: 'seconds',
    empty: 'No requests',
    expression: quantile(0.95, metric('prometheus_http_request_duration_seconds', { handler: asked }), [
      'service',
      'handler',
    ]),
  },
  requestSpread: {
    title: 'Request times',
    description: 'How the times of all requests are spread.',
    unit: 'seconds',
    empty: 'No requests',
    expression: distribution(metric('prometheus_http_request_duration_seconds', { handler: asked })),
  },
  ruleGroupTime: {
    title: 'Rule time used',
    description: 'Share of its interval that each group of rules needs. At 1 evaluations are missed.',
    unit: 'ratio',
    levels: thresholds.ruleGroupTime,
    empty: 'No rules',
    expression: max(
      ratio(metric('prometheus_rule_group_last_duration_seconds'), metric('prometheus_rule_group_interval_seconds')),
      'service',
      'rule_group',
    ),
  },
  missedIterations: {
    title: 'Missed rule evaluations',
    description: 'How often a group of rules was left out because the one before was not done. Alerts come late.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No rules',
    expression: sum(increase(metric('prometheus_rule_group_iterations_missed_total')), 'service', 'rule_group'),
  },
  ruleFailures: {
    title: 'Failing rules',
    description: 'Evaluations that failed. An alert among them cannot fire.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No rules',
    expression: sum(increase(metric('prometheus_rule_evaluation_failures_total')), 'service', 'rule_group'),
  },

  // --- storage ---------------------------------------------------------------------------------------------------
  storage: {
    title: 'Storage used',
    description: 'What the blocks take on disk, without what was written in the last hours.',
    unit: 'bytes',
    expression: max(blocks, 'service'),
  },
  walSize: {
    title: 'Write-ahead log',
    description: 'What the last hours take on disk before they are packed into blocks. It grows while packing fails.',
    unit: 'bytes',
    expression: max(metric('prometheus_tsdb_wal_storage_size_bytes'), 'service'),
  },
  storageShare: {
    title: 'Storage limit used',
    description: 'Share of the limit by size that the blocks take. At 1 the oldest go first.',
    unit: 'ratio',
    levels: thresholds.storageUsed,
    empty: 'No limit by size',
    expression: max(ratio(blocks, metric('prometheus_tsdb_retention_limit_bytes')), 'service'),
  },
  history: {
    title: 'History',
    description: 'How far back the data go.',
    unit: 'duration',
    expression: age(min(metric('prometheus_tsdb_lowest_timestamp_seconds'), 'service')),
  },
  compactionsFailed: {
    title: 'Failed compactions',
    description:
      'How often packing the last hours into a block failed, in three hours. Memory and disk grow until it works; mostly the disk is full.',
    unit: 'count',
    levels: thresholds.some,
    expression: sum(increase(metric('prometheus_tsdb_compactions_failed_total'), '3h'), 'service'),
  },
  walCorruptions: {
    title: 'Log corruptions',
    description: 'How often a part of the write-ahead log could not be read, in a day. What was in it is lost.',
    unit: 'count',
    levels: thresholds.some,
    expression: sum(increase(metric('prometheus_tsdb_wal_corruptions_total'), '1d'), 'service'),
  },

  // --- what goes out ---------------------------------------------------------------------------------------------
  remoteWriteLag: {
    title: 'Remote write lag',
    description: 'How old the newest sample is that the other end has, against the newest here.',
    unit: 'seconds',
    levels: thresholds.remoteWriteLag,
    empty: 'No remote write',
    expression: from({
      'Prometheus 3.7 and later': subtract(
        max(metric('prometheus_remote_storage_queue_highest_timestamp_seconds'), 'service', 'remote_name'),
        lastSent,
      ),
      'Prometheus before 3.7': subtract(
        max(where(metric('prometheus_remote_storage_highest_timestamp_in_seconds'), '>', 0), 'service'),
        lastSent,
      ),
    }),
  },
  remoteWriteFailed: {
    title: 'Remote write failures',
    description: 'Share of samples that could not be sent and are not tried again.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.remoteWriteFailed,
    empty: 'No remote write',
    expression: max(
      ratio(rate(metric('prometheus_remote_storage_samples_failed_total')), written),
      'service',
      'remote_name',
    ),
  },
  remoteWriteShards: {
    title: 'Remote write senders',
    description: 'Share of the senders allowed that would be needed. Above 1 it falls behind.',
    unit: 'ratio',
    levels: thresholds.ruleGroupTime,
    empty: 'No remote write',
    expression: max(
      ratio(metric('prometheus_remote_storage_shards_desired'), metric('prometheus_remote_storage_shards_max')),
      'service',
      'remote_name',
    ),
  },
  notifications: {
    title: 'Notifications sent',
    description: 'Messages handed to Alertmanager; each firing alert is sent again and again.',
    unit: 'perSecond',
    empty: 'No Alertmanager',
    expression: sum(rate(metric('prometheus_notifications_sent_total')), 'service', 'alertmanager'),
  },
  notificationErrors: {
    title: 'Notification errors',
    description: 'Share of messages that Alertmanager did not take.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.notificationErrors,
    empty: 'Nothing sent',
    expression: max(
      ratio(rate(metric('prometheus_notifications_errors_total')), rate(metric('prometheus_notifications_sent_total'))),
      'service',
      'alertmanager',
    ),
  },
  notificationsDropped: {
    title: 'Notifications dropped',
    description: 'Messages that were never sent. Whoever should have been told was not.',
    unit: 'count',
    levels: thresholds.some,
    expression: sum(increase(metric('prometheus_notifications_dropped_total')), 'service'),
  },
  notificationQueue: {
    title: 'Notification queue',
    description: 'Share of the queue of messages that is full.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.queryLoad,
    expression: ratio(
      max(metric('prometheus_notifications_queue_length'), 'service'),
      max(metric('prometheus_notifications_queue_capacity'), 'service'),
    ),
  },
  alertmanagers: {
    title: 'Alertmanagers',
    description: 'Alertmanagers that Prometheus knows. 0 is right only where Prometheus evaluates no alerts.',
    unit: 'count',
    expression: max(overTime('max', metric('prometheus_notifications_alertmanagers_discovered')), 'service'),
  },

  // --- what it costs ---------------------------------------------------------------------------------------------
  memory: {
    title: 'Prometheus memory',
    description: 'Memory that Prometheus has.',
    unit: 'bytes',
    expression: max(process.metric('process_resident_memory_bytes'), 'service'),
  },
  cpu: {
    title: 'Prometheus CPU',
    description: 'Processor cores that Prometheus keeps busy.',
    unit: 'none',
    expression: max(rate(process.metric('process_cpu_seconds_total')), 'service'),
  },
  openFiles: {
    title: 'Open files',
    description: 'Share of the files that Prometheus may keep open.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.fileDescriptorsUsed,
    expression: max(ratio(process.metric('process_open_fds'), process.metric('process_max_fds')), 'service'),
  },
});
