/** Names under a catalog's beginning that something else writes: not known, and not missing. */
export interface OthersNames {
  readonly pattern: RegExp;
  readonly why: string;
  /** Only some names: one that is nearly a catalog's is still a slip. Absent: each of them is real. */
  readonly slips?: true;
}

/**
 * Exporters that share a beginning with one that is recorded, and other systems on which the same exporter has other names; each was
 * seen in public dashboards or rules. Who names the job in the homelab file says which exporter it is, and is not excused by these.
 */
const all: readonly OthersNames[] = [
  { pattern: /_exporter_/, why: 'exporters tell of themselves', slips: true },
  { pattern: /_(build|version)_info$/, why: 'many programs tell their version so', slips: true },
  {
    pattern: /^node_exec_|^node_memory_[a-z]|^node_network_(noproto|\w+_noproto|transmit_multicast)/,
    why: 'node_exporter on BSD and macOS',
  },
  {
    pattern: /^node_(openwrt|nat|wifi_station|reboot|textfile|updates|apt|yum|package|os_update)_/,
    why: 'node_exporter of OpenWrt, and text files',
  },
  { pattern: /^node_[a-z_]+_average$/, why: 'Percona adds averages' },
  { pattern: /^node_\w*hourly_cost$|^container_\w+_allocation(_bytes)?$/, why: 'OpenCost' },
  { pattern: /^traces_spanmetrics_/, why: 'the collector of OpenTelemetry, with that prefix set', slips: true },
  { pattern: /^windows_(pod|container)_/, why: 'recording rules of the Kubernetes mixin' },
  { pattern: /^promtail_custom_/, why: 'counted in log lines by a pipeline', slips: true },
  { pattern: /^loki_process_custom_/, why: 'counted in log lines by a pipeline', slips: true },
  { pattern: /^pihole_session/, why: 'text files', slips: true },
  { pattern: /^pg_/, why: 'queries of one’s own, and several exporters for PostgreSQL', slips: true },
  { pattern: /^jaeger_/, why: 'Jaeger 1 has other names than Jaeger 2', slips: true },
  { pattern: /^tdarr_/, why: 'each version has other names', slips: true },
  {
    pattern:
      /^(adguard|immich|qbittorrent|speedtest|transmission|tautulli|plex|ollama|minio|homeassistant|nzbget|overseerr|jellyseerr|seerr|jellyfin|paperless|(radar|sonar|lidar|readar|prowlar|bazar|whispar)r|sabnzbd)_/,
    why: 'several exporters, and scripts, share the beginning',
    slips: true,
  },
];

/** What else writes such a name, if anything that we know does. */
export const othersNames = (name: string): OthersNames | undefined => all.find(({ pattern }) => pattern.test(name));
