import type { Becomes } from './change';
import type { Incident } from './incident';
import { exporters, hostsWith, house, scrapedExporters, servicesOf } from './subjects';

const prometheuses = servicesOf(/^prometheus$/);

/** Something that Prometheus counts of itself. */
const ofPrometheus = (name: string, says: string, metric: RegExp, becomes: Becomes): Incident => ({
  name,
  says,
  subjects: prometheuses,
  changes: [{ metric, becomes }],
});

/** What goes wrong with what watches. */
export const monitoringIncidents: readonly Incident[] = [
  {
    name: 'exporter-gone',
    says: 'An exporter is gone while what it describes runs.',
    subjects: exporters,
    silences: ({ catalog }, subject) => catalog.source === subject,
  },
  {
    name: 'exporter-forgotten',
    says: 'An exporter is no longer in the scrape configuration.',
    subjects: scrapedExporters,
    forgets: ({ catalog }, subject) => catalog.source === subject,
  },
  {
    name: 'alertmanager-down',
    says: 'Prometheus finds no Alertmanager.',
    subjects: prometheuses,
    silences: ({ catalog }) => catalog.source === 'alertmanager',
  },
  {
    name: 'rules-failing',
    says: 'Prometheus cannot evaluate some of its rules.',
    subjects: prometheuses,
    changes: [
      {
        metric: /^prometheus_rule_evaluation_failures_total$/,
        where: { rule_group: '.*;host' },
        becomes: { to: 0.05 },
      },
    ],
  },
  {
    name: 'configuration-broken',
    says: 'The last reload of the configuration failed in Prometheus.',
    subjects: prometheuses,
    changes: [{ metric: /^prometheus_config_last_reload_successful$/, becomes: { to: 0 } }],
  },
  ofPrometheus(
    'nothing-stored',
    'Prometheus stores nothing any more.',
    /^prometheus_tsdb_head_samples_appended_total$/,
    { to: 0 },
  ),
  ofPrometheus(
    'rules-late',
    'Rules take longer than the time between two evaluations.',
    /^prometheus_rule_group_iterations_missed_total$/,
    { to: 0.02 },
  ),
  ofPrometheus(
    'remote-behind',
    'Prometheus cannot keep up with sending samples to another server.',
    /^prometheus_remote_storage_queue_highest_sent_timestamp_seconds$/,
    { stays: true },
  ),
  ofPrometheus(
    'remote-refused',
    'The other server refuses some of the samples.',
    /^prometheus_remote_storage_samples_failed_total$/,
    { to: 200 },
  ),
  ofPrometheus(
    'messages-refused',
    'Alertmanager refuses some of the messages.',
    /^prometheus_notifications_errors_total$/,
    { to: 0.01 },
  ),
  ofPrometheus('wal-corrupt', 'Prometheus finds its log of writes broken.', /^prometheus_tsdb_wal_corruptions_total$/, {
    to: 0.001,
  }),
  ofPrometheus(
    'samples-misordered',
    'Two targets write the same series.',
    /^prometheus_target_scrapes_sample_(out_of_order|duplicate_timestamp)_total$/,
    { to: 1 },
  ),
  ofPrometheus(
    'page-too-large',
    'The page of a target has more samples than are allowed.',
    /^prometheus_target_scrapes_exceeded_sample_limit_total$/,
    { to: 0.02 },
  ),
  ofPrometheus(
    'targets-unusable',
    'Some targets of a job cannot be used as they are written.',
    /^prometheus_target_sync_failed_total$/,
    { to: 0.01 },
  ),
  ofPrometheus('queries-queue', 'Queries wait for one another in Prometheus.', /^prometheus_engine_queries$/, {
    to: 19,
  }),
  ofPrometheus(
    'series-explode',
    'Something writes twice as many series as yesterday.',
    /^prometheus_tsdb_head_series$/,
    { times: 2 },
  ),
  ofPrometheus(
    'storage-limited',
    'Prometheus is given a limit by size, which it has nearly reached.',
    /^prometheus_tsdb_retention_limit_bytes$/,
    { to: 1e10 },
  ),
  {
    name: 'prober-misconfigured',
    says: 'The last reload of the configuration failed in the blackbox exporter.',
    subjects: house(hostsWith('blackbox_exporter')),
    changes: [
      {
        of: ({ catalog }) => catalog.source === 'blackbox_exporter',
        metric: /^blackbox_exporter_config_last_reload_successful$/,
        becomes: { to: 0 },
      },
    ],
  },
  {
    name: 'upsd-unreachable',
    says: 'The exporter of the UPS does not reach upsd.',
    subjects: hostsWith('nut_exporter'),
    changes: [
      { metric: /^network_ups_tools_error$/, becomes: { present: 1 } },
      { metric: /^network_ups_tools_(?!error)/, becomes: { absent: true } },
    ],
  },
];
