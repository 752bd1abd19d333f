import type { KnownMetric } from '../knowledge';

/** Gauges by declaration that pass on what another program counts, so that their rate is right. */
const countsAnyway =
  /^(pve_(network|disk)_\w+_bytes|prowlarr_\w+_total|smartctl_device_(error_log_count|self_test\w+|attribute|bytes_\w+|power_\w+)|promtail_read_bytes_total|loki_source_file_read_bytes_total|node_systemd_socket_refused_connections_total|transmission_\w+_total|unpoller_\w+|pg_\w+_lsn\w*)$/;

/**
 * Whether the values of a metric only rise until a restart, by its catalog, never by its name. Undefined: nobody says, or the
 * exporter declares one and gives the other (a note in the catalog says so).
 */
export const natureOf = ({ name, type, part, unit, note = '' }: KnownMetric): 'counter' | 'gauge' | undefined => {
  if (part === 'created') return 'gauge';
  if (part) return 'counter';
  switch (type) {
    case 'counter':
      return /gauge|up and down|do not rate/.test(note) ? undefined : 'counter';
    case 'gauge':
      return /counter|increas|cumulat|rises/.test(note) || unit?.startsWith('timestamp_') || countsAnyway.test(name)
        ? undefined
        : 'gauge';
    case 'summary':
    case 'info':
    case 'stateset':
      return 'gauge';
    default:
      return undefined;
  }
};
