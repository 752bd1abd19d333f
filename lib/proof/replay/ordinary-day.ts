import type { ResolvedHomelab, ResolvedInstance, ResolvedProbe, ResolvedSource } from '../../homelab/resolved';
import type { Labels } from '../prometheus';
import { mediaContents } from './ordinary-media';
import { level, pace, track, type Track, type Wanted } from './track';

/**
 * What Prometheus has of a house in which all is well: for every target that the scrape configuration of this homelab names, `up`;
 * for every probe, what blackbox_exporter gives; for machines and for Prometheus itself, what our alerts look at.
 */
export const ordinaryDay = (homelab: ResolvedHomelab, minutes: number): readonly Track[] => {
  const wanted: Wanted[] = [
    ...Object.values(homelab.sources).flatMap((source) =>
      source.instances.flatMap((instance) => {
        const labels = targetLabels(source, instance);
        return [level('up', labels, 1), ...(contents[source.catalog.source] ?? (() => []))(labels)];
      }),
    ),
    ...homelab.probes.targets.flatMap((probe) => probed(homelab, probe)),
  ];
  return wanted.map(({ metric, labels, kind, value }) => track(metric, labels, kind, value, minutes));
};

const targetLabels = ({ job }: ResolvedSource, { address, port, labels }: ResolvedInstance): Labels => ({
  job,
  instance: `${address}:${port}`,
  ...labels,
});

const probed = ({ sources }: ResolvedHomelab, { by, target, labels: own }: ResolvedProbe): readonly Wanted[] => {
  const labels = { job: sources['blackbox_exporter']?.job ?? 'blackbox', instance: target, ...own };
  const phases = (metric: string, seconds: Readonly<Record<string, number>>): readonly Wanted[] =>
    Object.entries(seconds).map(([phase, value]) => level(metric, { ...labels, phase }, value));
  return [
    level('up', labels, 1),
    level('probe_success', labels, 1),
    level('probe_duration_seconds', labels, 0.05),
    level('probe_dns_lookup_time_seconds', labels, 0.001),
    ...(by === 'icmp' ? phases('probe_icmp_duration_seconds', { resolve: 0.001, setup: 0.001, rtt: 0.012 }) : []),
    ...(by === 'dns' ? phases('probe_dns_duration_seconds', { resolve: 0.001, connect: 0.002, request: 0.01 }) : []),
    ...(by === 'dns' ? [level('probe_dns_query_succeeded', labels, 1)] : []),
    ...(by === 'http'
      ? [
          ...phases('probe_http_duration_seconds', {
            resolve: 0.001,
            connect: 0.002,
            tls: 0.01,
            processing: 0.03,
            transfer: 0.001,
          }),
          level('probe_http_status_code', labels, 200),
          level('probe_http_ssl', labels, target.startsWith('https') ? 1 : 0),
        ]
      : []),
    // Scenes begin at 1970, where `time()` is 0; the certificate holds for sixty days.
    ...(target.startsWith('https') ? [level('probe_ssl_earliest_cert_expiry', labels, 60 * 86_400)] : []),
  ];
};

const GB = 1e9;

/** A machine with two cores, two disks in a mirror, one network card. Paces are for a minute. */
const machine = (labels: Labels): readonly Wanted[] => [
  ...['0', '1'].flatMap((cpu) =>
    Object.entries({ idle: 52, iowait: 1, steal: 0, user: 5, system: 2 }).map(([mode, seconds]) =>
      pace('node_cpu_seconds_total', { ...labels, cpu, mode }, seconds),
    ),
  ),
  ...['0', '1'].map((core) => pace('node_cpu_core_throttles_total', { ...labels, core, package: '0' }, 0)),
  // It started a month before the scene.
  level('node_boot_time_seconds', labels, -30 * 86_400),
  level('node_load1', labels, 0.4),
  level('node_memory_MemTotal_bytes', labels, 16 * GB),
  level('node_memory_MemAvailable_bytes', labels, 9 * GB),
  pace('node_pressure_cpu_waiting_seconds_total', labels, 1),
  pace('node_pressure_memory_waiting_seconds_total', labels, 0),
  pace('node_pressure_memory_stalled_seconds_total', labels, 0),
  pace('node_pressure_io_waiting_seconds_total', labels, 1),
  pace('node_pressure_io_stalled_seconds_total', labels, 0.5),
  pace('node_vmstat_oom_kill', labels, 0),
  pace('node_vmstat_pgmajfault', labels, 5),
  pace('node_vmstat_pswpin', labels, 0),
  pace('node_vmstat_pswpout', labels, 0),
  ...['sda', 'sdb'].flatMap((device) => [
    pace('node_disk_io_time_seconds_total', { ...labels, device }, 3),
    pace('node_disk_io_time_weighted_seconds_total', { ...labels, device }, 4),
    pace('node_disk_read_bytes_total', { ...labels, device }, 6e6),
    pace('node_disk_written_bytes_total', { ...labels, device }, 6e6),
  ]),
  ...Object.entries({ '/': 60, '/data': 4000 }).flatMap(([mountpoint, size]) => {
    const filesystem = { ...labels, device: '/dev/md0', fstype: 'ext4', mountpoint };
    return [
      level('node_filesystem_size_bytes', filesystem, size * GB),
      level('node_filesystem_avail_bytes', filesystem, size * 0.4 * GB),
      level('node_filesystem_free_bytes', filesystem, size * 0.4 * GB),
      level('node_filesystem_files', filesystem, 1e6),
      level('node_filesystem_files_free', filesystem, 8e5),
      level('node_filesystem_readonly', filesystem, 0),
      level('node_filesystem_device_error', filesystem, 0),
    ];
  }),
  ...['receive', 'transmit'].flatMap((direction) => {
    const card = { ...labels, device: 'eth0' };
    return [
      pace(`node_network_${direction}_bytes_total`, card, 3e6),
      pace(`node_network_${direction}_packets_total`, card, 6000),
      pace(`node_network_${direction}_errs_total`, card, 0),
      pace(`node_network_${direction}_drop_total`, card, 0),
    ];
  }),
  pace('node_netstat_Tcp_OutSegs', labels, 6000),
  pace('node_netstat_Tcp_RetransSegs', labels, 3),
  level('node_nf_conntrack_entries', labels, 900),
  level('node_nf_conntrack_entries_limit', labels, 65_536),
  level('node_bonding_slaves', { ...labels, master: 'bond0' }, 2),
  level('node_bonding_active', { ...labels, master: 'bond0' }, 2),
  ...sensors(labels),
  pace('node_edac_correctable_errors_total', { ...labels, controller: '0' }, 0),
  pace('node_edac_uncorrectable_errors_total', { ...labels, controller: '0' }, 0),
  level('node_md_disks_required', { ...labels, device: 'md0' }, 2),
  ...Object.entries({ active: 2, failed: 0, spare: 0 }).map(([state, disks]) =>
    level('node_md_disks', { ...labels, device: 'md0', state }, disks),
  ),
  level('node_timex_offset_seconds', labels, 0.0004),
  level('node_timex_sync_status', labels, 1),
  level('node_timex_maxerror_seconds', labels, 0.02),
  level('node_filefd_allocated', labels, 9000),
  level('node_filefd_maximum', labels, 9e5),
];

const sensors = (labels: Labels): readonly Wanted[] => {
  const [board, disk] = [
    { ...labels, chip: 'platform_coretemp_0' },
    { ...labels, chip: 'scsi_0_0' },
  ];
  return [
    level('node_hwmon_sensor_label', { ...board, label: 'Package id 0', sensor: 'temp1' }, 1),
    level('node_hwmon_temp_celsius', { ...board, sensor: 'temp1' }, 48),
    level('node_hwmon_temp_crit_celsius', { ...board, sensor: 'temp1' }, 100),
    level('node_hwmon_temp_crit_alarm_celsius', { ...board, sensor: 'temp1' }, 0),
    level('node_hwmon_temp_celsius', { ...disk, sensor: 'temp1' }, 36),
    level('node_hwmon_temp_crit_celsius', { ...disk, sensor: 'temp1' }, 70),
    level('node_hwmon_fan_alarm', { ...board, sensor: 'fan1' }, 0),
    level('node_hwmon_in_alarm', { ...board, sensor: 'in0' }, 0),
    level('node_hwmon_intrusion_alarm', { ...board, sensor: 'intrusion0' }, 0),
  ];
};

const watcher = (labels: Labels): readonly Wanted[] => [
  level('prometheus_config_last_reload_successful', labels, 1),
  pace('prometheus_tsdb_head_samples_appended_total', labels, 60_000),
  pace('prometheus_rule_evaluation_failures_total', { ...labels, rule_group: 'host' }, 0),
  pace('prometheus_rule_group_iterations_missed_total', { ...labels, rule_group: 'host' }, 0),
  pace('prometheus_notifications_sent_total', { ...labels, alertmanager: 'http://192.168.1.11:9093' }, 1),
  pace('prometheus_notifications_errors_total', { ...labels, alertmanager: 'http://192.168.1.11:9093' }, 0),
  level('prometheus_notifications_alertmanagers_discovered', labels, 1),
  pace('prometheus_tsdb_compactions_failed_total', labels, 0),
  pace('prometheus_tsdb_wal_corruptions_total', labels, 0),
  pace('prometheus_target_scrapes_sample_out_of_order_total', labels, 0),
  pace('prometheus_target_scrapes_sample_duplicate_timestamp_total', labels, 0),
  pace('prometheus_target_scrapes_exceeded_sample_limit_total', labels, 0),
  pace('prometheus_target_sync_failed_total', { ...labels, scrape_job: 'node' }, 0),
  level('prometheus_engine_queries', labels, 1),
  level('prometheus_engine_queries_concurrent_max', labels, 20),
  level('prometheus_tsdb_head_series', labels, 40_000),
];

/** By catalog: what is on the page of a target beside `up`. */
const contents: Readonly<Record<string, (labels: Labels) => readonly Wanted[]>> = {
  node_exporter: machine,
  prometheus: watcher,
  ...mediaContents,
  blackbox_exporter: (labels) => [level('blackbox_exporter_config_last_reload_successful', labels, 1)],
};
