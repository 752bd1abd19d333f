import type { Becomes } from './change';
import type { Change, Incident } from './incident';
import { hostsOf, hostsWith, house, servicesOf } from './subjects';

const machines = hostsWith('node_exporter');

/** A value of node_exporter that tells it all. */
const node = (metric: RegExp, becomes: Becomes, where: Change['where'] = {}): Change => ({ metric, becomes, where });

const data = { mountpoint: '/data' } as const;

/** What goes wrong with machines. */
export const hostIncidents: readonly Incident[] = [
  {
    name: 'host-down',
    says: 'A host is off: nothing on it answers, and it starts anew afterwards.',
    subjects: machines,
    silences: ({ host, catalog }, subject) => host === subject && catalog.source !== 'blackbox_exporter',
    restarts: 'machine',
  },
  {
    name: 'disk-filling',
    says: 'The data disk of a host fills up until next to nothing is free, and stays full.',
    subjects: machines,
  },
  {
    name: 'media-disk-filling',
    says: 'The disk that the library is on fills up until next to nothing is free, and stays full.',
    shows: 'disk-filling',
    subjects: hostsOf(/_(sonarr|radarr|lidarr|readarr|whisparr)$/),
  },
  {
    name: 'host-restarted',
    says: 'A host crashes, and is back within two minutes.',
    shows: 'host-down',
    subjects: machines,
    silences: ({ host, catalog }, subject) => host === subject && catalog.source !== 'blackbox_exporter',
    restarts: 'machine',
  },
  {
    name: 'load-high',
    says: 'A dozen processes of a host want to run at once.',
    subjects: machines,
    changes: [node(/^node_load1$/, { to: 12 })],
  },
  {
    name: 'swap-thrashing',
    says: 'A host moves pages to its swap and back all the time.',
    subjects: machines,
    changes: [node(/^node_vmstat_pswp(in|out)$/, { to: 2_000 })],
  },
  {
    name: 'io-stalled',
    says: 'Everything on a host waits for its disks half of the time.',
    subjects: machines,
    changes: [node(/^node_pressure_io_(stalled|waiting)_seconds_total$/, { to: 0.5 })],
  },
  {
    name: 'inodes-exhausted',
    says: 'Millions of small files: a disk has room left, and no inodes.',
    subjects: machines,
    changes: [node(/^node_filesystem_files_free$/, { times: 0.01 }, data)],
  },
  {
    name: 'filesystem-read-only',
    says: 'The kernel has made a filesystem read-only after an error.',
    subjects: machines,
    changes: [node(/^node_filesystem_readonly$/, { to: 1 }, data)],
  },
  {
    name: 'filesystem-unreadable',
    says: 'A filesystem cannot be asked how full it is.',
    subjects: machines,
    changes: [
      node(/^node_filesystem_device_error$/, { to: 1 }, data),
      node(/^node_filesystem_(size_bytes|avail_bytes|free_bytes|files|files_free)$/, { absent: true }, data),
    ],
  },
  {
    name: 'segments-lost',
    says: 'One in five TCP segments of a host must be sent again.',
    subjects: machines,
    changes: [node(/^node_netstat_Tcp_RetransSegs$/, { to: 180 })],
  },
  {
    name: 'connections-exhausted',
    says: 'The table of connections of a host is nearly full.',
    subjects: machines,
    changes: [node(/^node_nf_conntrack_entries$/, { to: 240_000 })],
  },
  {
    name: 'bond-degraded',
    says: 'One of two bonded network ports has no link.',
    subjects: machines,
    changes: [node(/^node_bonding_active$/, { to: 1 })],
  },
  {
    name: 'fan-stopped',
    says: 'A fan has stopped, and the board says so.',
    subjects: machines,
    changes: [node(/^node_hwmon_fan_alarm$/, { to: 1 })],
  },
  {
    name: 'processor-throttled',
    says: 'The processor slows itself down so as not to get too hot.',
    subjects: machines,
    changes: [node(/^node_cpu_core_throttles_total$/, { to: 0.1 })],
  },
  {
    name: 'memory-errors',
    says: 'The memory corrects bits again and again.',
    subjects: machines,
    changes: [node(/^node_edac_correctable_errors_total$/, { to: 0.01 })],
  },
  {
    name: 'memory-broken',
    says: 'The memory has errors that it cannot correct.',
    subjects: machines,
    changes: [node(/^node_edac_uncorrectable_errors_total$/, { to: 0.001 })],
  },
  {
    name: 'clock-wrong',
    says: 'The clock of a host is a fifth of a second wrong.',
    subjects: machines,
    changes: [node(/^node_timex_offset_seconds$/, { to: 0.2 })],
  },
  {
    name: 'clock-alone',
    says: 'A host finds no time server any more.',
    subjects: machines,
    changes: [node(/^node_timex_sync_status$/, { to: 0 }), node(/^node_timex_maxerror_seconds$/, { to: 16 })],
  },
  {
    name: 'unit-crash-looping',
    says: 'A systemd unit is started again every two minutes.',
    // Few have the collector that counts it on.
    subjects: house(machines),
    changes: [
      {
        of: ({ catalog }) => catalog.source === 'node_exporter',
        metric: /^node_systemd_service_restart_total$/,
        becomes: { to: 1 / 120 },
      },
    ],
  },
  {
    name: 'files-exhausted',
    says: 'A host may open hardly any more files.',
    subjects: machines,
    changes: [node(/^node_filefd_maximum$/, { to: 100_000 }), node(/^node_filefd_allocated$/, { to: 97_000 })],
  },
  {
    name: 'memory-high',
    says: 'Programs on a host want more memory than there is, and wait for it.',
    subjects: machines,
  },
  {
    name: 'disk-slow',
    says: 'A disk of a host is busy all the time, and requests queue.',
    subjects: machines,
  },
  { name: 'disk-lost', says: 'A mirror loses one of its two disks.', subjects: machines },
  {
    name: 'disk-failing',
    says: 'A disk counts errors, and says of itself that it fails.',
    subjects: hostsWith('smartctl_exporter'),
  },
  { name: 'host-hot', says: 'The processor of a host is nearly too hot.', subjects: machines },
  {
    name: 'oom-kill',
    says: 'The kernel of a host ends programs because memory is exhausted.',
    subjects: machines,
    changes: [{ metric: /^node_vmstat_oom_kill$/, becomes: { to: 0.01 } }],
  },
  {
    name: 'network-errors',
    says: 'The network card of a host counts broken packets.',
    subjects: machines,
  },
  { name: 'unit-failed', says: 'A systemd unit of a host has failed.', subjects: machines },
  {
    name: 'collector-failing',
    says: 'node_exporter cannot read the sensors of a host any more.',
    subjects: machines,
    changes: [node(/^node_scrape_collector_success$/, { to: 0 }, { collector: 'hwmon' })],
  },
  {
    name: 'ups-on-battery',
    says: 'The power is away; the UPS runs on its battery, which empties within forty minutes.',
    subjects: hostsWith('nut_exporter', 'apcupsd_exporter'),
  },
  {
    name: 'container-oom',
    says: 'A container is ended again and again because it wants too much memory.',
    subjects: (homelab) => {
      const hosts = hostsWith('cadvisor')(homelab);
      return homelab.services.filter(({ host }) => host !== null && hosts.includes(host)).map(({ name }) => name);
    },
    changes: [
      {
        of: ({ catalog }) => catalog.source === 'cadvisor',
        metric: /^container_memory_failcnt$/,
        becomes: { to: 0.01 },
      },
    ],
  },
  {
    name: 'database-down',
    says: 'PostgreSQL does not answer its exporter.',
    subjects: (homelab) => [...hostsWith('postgres_exporter')(homelab), ...servicesOf(/^postgres_exporter$/)(homelab)],
    changes: [{ metric: /^pg_up$/, becomes: { to: 0 } }],
  },
];
