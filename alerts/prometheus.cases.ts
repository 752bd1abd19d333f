import type { CasesByAlert } from '../lib/alerts/promtool';

/** A series of Prometheus about itself. See `host.cases.ts` on how series begin. */
const own = (metric: string, labels: Readonly<Record<string, string>> = {}): string =>
  `${metric}{${Object.entries({ job: 'prometheus', instance: 'prometheus:9090', service: 'prometheus', ...labels })
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

const service = { service: 'prometheus' };
const rule_group = '/etc/prometheus/rules/host.yaml;host';
const alertmanager = 'http://alertmanager:9093/api/v2/alerts';
const remote = { remote_name: 'mimir', url: 'http://mimir:9009/api/v1/push' };
const onRemote = { ...service, remote_name: 'mimir' };

export const prometheusCases: CasesByAlert = {
  PrometheusBadConfig: {
    fires: {
      series: { [own('prometheus_config_last_reload_successful')]: '0x30' },
      silentAt: '9m',
      firesAt: '10m',
      labels: service,
      summary: 'prometheus could not load its configuration',
      description:
        'prometheus runs with an old configuration for 10m, because it could not load the one on disk. It will not start again with that one.',
    },
    nearMiss: {
      because: 'a scrape is missing now and then',
      series: { [own('prometheus_config_last_reload_successful')]: '1 _ _ 1 _ _ 1 _ _ 1 _ _ 1x20' },
      at: '30m',
    },
  },
  PrometheusNotIngesting: {
    fires: {
      series: { [own('prometheus_tsdb_head_samples_appended_total', { type: 'float' })]: '1000x30' },
      silentAt: '10m',
      firesAt: '11m',
      labels: service,
      summary: 'prometheus stores nothing',
      description: 'prometheus has stored no sample for 10m and longer: it scrapes nothing, or cannot write.',
    },
    nearMiss: {
      because: 'few samples are samples',
      series: {
        [own('prometheus_tsdb_head_samples_appended_total', { type: 'float' })]: '1000+1x30',
        [own('prometheus_tsdb_head_samples_appended_total', { type: 'histogram' })]: '0x30',
      },
      at: '30m',
    },
  },
  PrometheusRuleFailures: {
    fires: {
      series: { [own('prometheus_rule_evaluation_failures_total', { rule_group })]: '1000+1x30' },
      silentAt: '15m',
      firesAt: '16m',
      labels: { ...service, rule_group },
      summary: 'Rules of prometheus fail',
      description:
        'Evaluations of the group /etc/prometheus/rules/host.yaml;host that failed within minutes: 5. It goes on for 15m.',
    },
    nearMiss: {
      because: 'it failed for some minutes only',
      series: { [own('prometheus_rule_evaluation_failures_total', { rule_group })]: '1000+1x5 1005x30' },
      at: '16m',
    },
  },
  PrometheusMissingRuleEvaluations: {
    fires: {
      series: { [own('prometheus_rule_group_iterations_missed_total', { rule_group })]: '1000+1x30' },
      silentAt: '15m',
      firesAt: '16m',
      labels: { ...service, rule_group },
      summary: 'prometheus cannot keep up with its rules',
      description:
        'Evaluations of the group /etc/prometheus/rules/host.yaml;host that were left out within minutes: 5. It goes on for 15m.',
    },
    nearMiss: {
      because: 'a slow evaluation once',
      series: { [own('prometheus_rule_group_iterations_missed_total', { rule_group })]: '1000x5 1001x30' },
      at: '20m',
    },
  },
  PrometheusRemoteWriteBehind: {
    fires: {
      series: {
        [own('prometheus_remote_storage_queue_highest_timestamp_seconds', remote)]: '1000000+60x30',
        [own('prometheus_remote_storage_queue_highest_sent_timestamp_seconds', remote)]: '999800+60x30',
      },
      silentAt: '14m',
      firesAt: '15m',
      labels: onRemote,
      summary: 'prometheus falls behind in writing to mimir',
      description: 'What mimir has is 3m 20s older than what prometheus has (2m or more).',
    },
    nearMiss: {
      because: 'it catches up after a break',
      series: {
        [own('prometheus_remote_storage_queue_highest_timestamp_seconds', remote)]: '1000000+60x30',
        [own('prometheus_remote_storage_queue_highest_sent_timestamp_seconds', remote)]: '999000+180x8 1000500+60x21',
      },
      at: '30m',
    },
  },
  PrometheusRemoteStorageFailures: {
    fires: {
      series: {
        [own('prometheus_remote_storage_samples_failed_total', remote)]: '100000+6x30',
        [own('prometheus_remote_storage_samples_total', remote)]: '100000+54x30',
      },
      silentAt: '15m',
      firesAt: '16m',
      labels: onRemote,
      summary: 'mimir refuses what prometheus writes',
      description: '10% of the samples that prometheus sends to mimir are refused for good (1% or more).',
    },
    nearMiss: {
      because: 'one in two hundred',
      series: {
        [own('prometheus_remote_storage_samples_failed_total', remote)]: '100000+3x30',
        [own('prometheus_remote_storage_samples_total', remote)]: '100000+600x30',
      },
      at: '30m',
    },
  },
  PrometheusNotificationErrors: {
    fires: {
      series: {
        [own('prometheus_notifications_errors_total', { alertmanager })]: '100000+6x30',
        [own('prometheus_notifications_sent_total', { alertmanager })]: '100000+60x30',
      },
      silentAt: '15m',
      firesAt: '16m',
      labels: { ...service, alertmanager },
      summary: 'Alertmanager does not take all messages of prometheus',
      description:
        '10% of the messages that prometheus sends to http://alertmanager:9093/api/v2/alerts fail (3% or more).',
    },
    nearMiss: {
      because: 'nothing is sent',
      series: {
        [own('prometheus_notifications_errors_total', { alertmanager })]: '100000x30',
        [own('prometheus_notifications_sent_total', { alertmanager })]: '100000x30',
      },
      at: '30m',
    },
  },
  PrometheusNotConnectedToAlertmanager: {
    fires: {
      series: { [own('prometheus_notifications_alertmanagers_discovered')]: '0x30' },
      silentAt: '9m',
      firesAt: '10m',
      labels: service,
      summary: 'prometheus knows no Alertmanager',
      description: 'prometheus knows 0 Alertmanagers, and needs 1.',
    },
    nearMiss: {
      because: 'it is found anew after a change',
      series: { [own('prometheus_notifications_alertmanagers_discovered')]: '1x5 0x3 1x20' },
      at: '20m',
    },
  },
  PrometheusTsdbCompactionsFailing: {
    fires: {
      series: { [own('prometheus_tsdb_compactions_failed_total')]: '0+1x300' },
      silentAt: '240m',
      firesAt: '241m',
      labels: service,
      summary: 'prometheus cannot pack its data',
      description: 'Times that prometheus failed to pack its data within three hours: 180. It goes on for 4h.',
    },
    nearMiss: {
      because: 'it works again after one failure',
      series: { [own('prometheus_tsdb_compactions_failed_total')]: '0x10 1x400' },
      at: '300m',
    },
  },
  PrometheusWalCorruptions: {
    fires: {
      series: { [own('prometheus_tsdb_wal_corruptions_total')]: '0x5 1x30' },
      silentAt: '5m',
      firesAt: '6m',
      labels: service,
      summary: 'prometheus lost a part of its newest data',
      description: 'Parts of the write-ahead log that prometheus could not read within a day: 1.',
    },
    nearMiss: {
      because: 'it starts anew and counts from 0',
      series: { [own('prometheus_tsdb_wal_corruptions_total')]: '1x5 0x30' },
      at: '20m',
    },
  },
  PrometheusMisorderedSamples: {
    fires: {
      series: {
        [own('prometheus_target_scrapes_sample_out_of_order_total')]: '1000x30',
        [own('prometheus_target_scrapes_sample_duplicate_timestamp_total')]: '1000+1x30',
      },
      silentAt: '10m',
      firesAt: '11m',
      labels: service,
      summary: 'prometheus refuses samples that come twice or out of order',
      description:
        'Samples that prometheus refused within minutes, because they came twice for one moment or out of order: 5. It goes on for 10m.',
    },
    nearMiss: {
      because: 'a target was replaced',
      series: {
        [own('prometheus_target_scrapes_sample_out_of_order_total')]: '1000x30',
        [own('prometheus_target_scrapes_sample_duplicate_timestamp_total')]: '1000x5 1020x30',
      },
      at: '15m',
    },
  },
  PrometheusSampleLimitHit: {
    fires: {
      series: { [own('prometheus_target_scrapes_exceeded_sample_limit_total')]: '1000+4x30' },
      silentAt: '15m',
      firesAt: '16m',
      labels: service,
      summary: 'prometheus throws away scrapes that are too large',
      description:
        'Scrapes that prometheus threw away whole within minutes, because they held more samples than sample_limit allows: 20. It goes on for 15m.',
    },
    nearMiss: {
      because: 'the limit was raised at once',
      series: { [own('prometheus_target_scrapes_exceeded_sample_limit_total')]: '1000+4x5 1020x30' },
      at: '20m',
    },
  },
  PrometheusTargetSyncFailure: {
    fires: {
      series: { [own('prometheus_target_sync_failed_total', { scrape_job: 'node' })]: '0x5 1x30' },
      silentAt: '5m',
      firesAt: '6m',
      labels: { ...service, scrape_job: 'node' },
      summary: 'prometheus cannot work out the targets of node',
      description: 'Targets of the job node that prometheus could not work out: 1. Nothing of them is scraped.',
    },
    nearMiss: {
      because: 'it failed long ago',
      series: { [own('prometheus_target_sync_failed_total', { scrape_job: 'node' })]: '1x30' },
      at: '20m',
    },
  },
  PrometheusHighQueryLoad: {
    fires: {
      series: {
        [own('prometheus_engine_queries')]: '18x30',
        [own('prometheus_engine_queries_concurrent_max')]: '20x30',
      },
      silentAt: '14m',
      firesAt: '15m',
      labels: service,
      summary: 'prometheus has too many queries to answer',
      description: '90% of the queries that prometheus may run at once run, 80% or more for 15m.',
    },
    nearMiss: {
      because: 'a board that is opened now and then',
      series: {
        [own('prometheus_engine_queries')]: '20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0',
        [own('prometheus_engine_queries_concurrent_max')]: '20x30',
      },
      at: '20m',
    },
  },
  CardinalityExplosion: {
    fires: {
      // Four minutes a sample: a day of minutes is more than promtool reads in one query.
      interval: '4m',
      series: { [own('prometheus_tsdb_head_series')]: '1000x359 1600x40' },
      silentAt: '1468m',
      firesAt: '1472m',
      labels: service,
      summary: 'prometheus holds many more series than yesterday',
      description: 'prometheus holds 160% of the series that it held at this time yesterday (150% or more).',
    },
    nearMiss: {
      because: 'a third more is a new exporter',
      interval: '4m',
      series: { [own('prometheus_tsdb_head_series')]: '1000x359 1400x40' },
      at: '1520m',
    },
  },
};
