import type { CasesByAlert } from '../lib/alerts/promtool';

// Series begin in the state that matters, so that Prometheus 2 and 3 agree on every sample (they count the edge of a window
// differently). A rate over five minutes of a series that begins at 0m reads 30 % of itself at 1m, 50 % at 2m, 70 % at 3m.

/** A series of node_exporter on the machine `nas`. */
const nas = (metric: string, labels: Readonly<Record<string, string>> = {}): string =>
  `${metric}{${Object.entries({ job: 'node', instance: 'nas:9100', host: 'nas', ...labels })
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

const data = { device: '/dev/sda1', fstype: 'ext4', mountpoint: '/data' };
const eth0 = { device: 'eth0' };
const sensor = { chip: 'platform_coretemp_0', sensor: 'temp1' };
const onNas = { host: 'nas' };
const onData = { host: 'nas', mountpoint: '/data' };

/** A filesystem of 1000 bytes. */
const filesystem = (available: string, readOnly = '0x130'): Readonly<Record<string, string>> => ({
  [nas('node_filesystem_size_bytes', data)]: '1000x130',
  [nas('node_filesystem_avail_bytes', data)]: available,
  [nas('node_filesystem_readonly', data)]: readOnly,
});
const inodes = (free: string, readOnly = '0x130'): Readonly<Record<string, string>> => ({
  [nas('node_filesystem_files', data)]: '1000x130',
  [nas('node_filesystem_files_free', data)]: free,
  [nas('node_filesystem_readonly', data)]: readOnly,
});
/** 100 kB a second come in. */
const traffic = { [nas('node_network_receive_bytes_total', eth0)]: '1000000000+6000000x130' };
/** 1 byte a second. */
const silence = { [nas('node_network_receive_bytes_total', eth0)]: '1000000000+60x130' };

export const hostCases: CasesByAlert = {
  HostDown: {
    fires: {
      series: { [nas('up')]: '1x4 0x20' },
      silentAt: '7m',
      firesAt: '8m',
      labels: onNas,
      summary: 'nas does not answer',
      description:
        'Prometheus has not reached node_exporter on nas for 3m: the machine is off, cut off, or only the exporter is stopped.',
    },
    nearMiss: { because: 'a restart that ends in time', series: { [nas('up')]: '1x4 0x2 1x20' }, at: '8m' },
  },
  HostRebooted: {
    fires: {
      series: { [nas('node_boot_time_seconds')]: '-100000x19 1140x20' },
      silentAt: '19m',
      firesAt: '20m',
      labels: onNas,
      summary: 'nas started again',
      description: 'nas started 1m 0s ago, after it had been running before.',
    },
    nearMiss: {
      because: 'a machine that was never seen before',
      series: { [nas('node_boot_time_seconds')]: '_x19 1140x20' },
      at: '21m',
    },
  },
  HostCpuHigh: {
    fires: {
      series: { [nas('node_cpu_seconds_total', { cpu: '0', mode: 'idle' })]: '1000+3x60' },
      silentAt: '30m',
      firesAt: '31m',
      labels: onNas,
      summary: 'The processor of nas is busy without a break',
      description: 'The processor of nas is 95% busy, at least 90% for 30m.',
    },
    nearMiss: {
      because: 'the processor waits for disks and has nothing to do',
      series: {
        [nas('node_cpu_seconds_total', { cpu: '0', mode: 'idle' })]: '1000+3x60',
        [nas('node_cpu_seconds_total', { cpu: '0', mode: 'iowait' })]: '1000+30x60',
      },
      at: '50m',
    },
  },
  HostCpuPressure: {
    fires: {
      series: { [nas('node_pressure_cpu_waiting_seconds_total')]: '1000+54x40' },
      silentAt: '16m',
      firesAt: '17m',
      labels: onNas,
      summary: 'Programs on nas wait for the processor',
      description: 'On nas some program waited for a processor 90% of the time, at least 40% for 15m.',
    },
    nearMiss: {
      because: 'a third of the time is a busy evening',
      series: { [nas('node_pressure_cpu_waiting_seconds_total')]: '1000+20x40' },
      at: '40m',
    },
  },
  HostLoadHigh: {
    fires: {
      series: {
        [nas('node_load1')]: '8x30',
        [nas('node_cpu_seconds_total', { cpu: '0', mode: 'idle' })]: '0x30',
        [nas('node_cpu_seconds_total', { cpu: '1', mode: 'idle' })]: '0x30',
      },
      silentAt: '14m',
      firesAt: '15m',
      labels: onNas,
      summary: 'Tasks queue on nas',
      description: 'For each core of nas there are 4.0 tasks that run or wait, at least 2 for 15m.',
    },
    nearMiss: {
      because: 'three tasks on two cores',
      series: {
        [nas('node_load1')]: '3x30',
        [nas('node_cpu_seconds_total', { cpu: '0', mode: 'idle' })]: '0x30',
        [nas('node_cpu_seconds_total', { cpu: '1', mode: 'idle' })]: '0x30',
      },
      at: '30m',
    },
  },
  HostMemoryHigh: {
    fires: {
      series: {
        [nas('node_memory_MemTotal_bytes')]: '100x40',
        [nas('node_memory_MemAvailable_bytes')]: '3x40',
        [nas('node_pressure_memory_waiting_seconds_total')]: '1000+30x40',
      },
      silentAt: '15m',
      firesAt: '16m',
      labels: onNas,
      summary: 'nas runs out of memory',
      description: '97% of the memory of nas is in use (95% or more), and programs wait for memory.',
    },
    nearMiss: {
      because: 'a cache that fills the memory, while nobody waits',
      series: {
        [nas('node_memory_MemTotal_bytes')]: '100x40',
        [nas('node_memory_MemAvailable_bytes')]: '3x40',
        [nas('node_pressure_memory_waiting_seconds_total')]: '1000+0.1x40',
      },
      at: '40m',
    },
  },
  HostOomKill: {
    fires: {
      series: { [nas('node_vmstat_oom_kill')]: '5x10 6x20' },
      silentAt: '10m',
      firesAt: '11m',
      labels: onNas,
      summary: 'The kernel of nas ended a program for want of memory',
      description:
        'Programs that the kernel of nas ended within minutes because memory was exhausted, of the machine or of one container: 1.',
    },
    nearMiss: {
      because: 'the count starts anew after a restart',
      series: { [nas('node_vmstat_oom_kill')]: '5x10 0x20' },
      at: '12m',
    },
  },
  HostSwapThrashing: {
    fires: {
      series: {
        [nas('node_vmstat_pswpin')]: '1000000+90000x40',
        [nas('node_vmstat_pswpout')]: '1000000+90000x40',
      },
      silentAt: '16m',
      firesAt: '17m',
      labels: onNas,
      summary: 'nas moves memory to and from disk without a break',
      description: 'nas moves 3000.0/s pages to and from swap, at least 1000/s for 15m.',
    },
    nearMiss: {
      because: 'swap is full, but nobody touches it',
      series: { [nas('node_vmstat_pswpin')]: '9000000x40', [nas('node_vmstat_pswpout')]: '9000000x40' },
      at: '40m',
    },
  },
  HostDiskSaturated: {
    fires: {
      series: { [nas('node_disk_io_time_weighted_seconds_total', { device: 'sda' })]: '10000+900x60' },
      silentAt: '32m',
      firesAt: '33m',
      labels: { host: 'nas', device: 'sda' },
      summary: 'Disk sda of nas cannot keep up',
      description: 'Disk sda of nas has 15.0 requests at once on average, at least 10 for 30m.',
    },
    nearMiss: {
      because: 'a partition counts what its disk counts',
      series: { [nas('node_disk_io_time_weighted_seconds_total', { device: 'sda1' })]: '10000+900x60' },
      at: '60m',
    },
  },
  HostIoPressure: {
    fires: {
      series: { [nas('node_pressure_io_stalled_seconds_total')]: '1000+30x40' },
      silentAt: '16m',
      firesAt: '17m',
      labels: onNas,
      summary: 'All of nas waits for its disks',
      description: 'On nas every program at once waited for a disk 50% of the time, at least 20% for 15m.',
    },
    nearMiss: {
      because: 'some wait, but not all',
      series: {
        [nas('node_pressure_io_waiting_seconds_total')]: '1000+50x40',
        [nas('node_pressure_io_stalled_seconds_total')]: '1000+6x40',
      },
      at: '40m',
    },
  },
  HostFilesystemFilling: {
    fires: {
      series: filesystem('140-0.2x130'),
      silentAt: '60m',
      firesAt: '61m',
      labels: onData,
      summary: '/data on nas is full within a day',
      description:
        '/data on nas is 87.22% full (above 85%) and, going on as in the last six hours, has no space left within a day.',
    },
    nearMiss: { because: 'a large copy onto a disk with room', series: filesystem('300-1x130'), at: '120m' },
  },
  HostFilesystemFillingFast: {
    fires: {
      series: filesystem('90-0.5x130'),
      silentAt: '60m',
      firesAt: '61m',
      labels: onData,
      summary: '/data on nas is full within hours',
      description:
        '/data on nas is 94.05% full (above 90%) and, going on as in the last six hours, has no space left within four hours.',
    },
    nearMiss: { because: 'it lasts for half a day', series: filesystem('90-0.1x130'), at: '120m' },
  },
  HostFilesystemAlmostFull: {
    fires: {
      series: filesystem('40x130'),
      silentAt: '29m',
      firesAt: '30m',
      labels: onData,
      summary: '/data on nas is almost full',
      description: '/data on nas is 96% full; the limit is 95%.',
    },
    nearMiss: { because: 'an image is always full, and read-only', series: filesystem('0x130', '1x130'), at: '60m' },
  },
  HostFilesystemFull: {
    fires: {
      series: filesystem('20x130'),
      silentAt: '29m',
      firesAt: '30m',
      labels: onData,
      summary: '/data on nas is full',
      description: '/data on nas is 98% full; the limit is 97%.',
    },
    nearMiss: { because: 'almost full is another alert', series: filesystem('40x130'), at: '60m' },
  },
  HostInodesAlmostFull: {
    fires: {
      series: inodes('40x130'),
      silentAt: '29m',
      firesAt: '30m',
      labels: onData,
      summary: '/data on nas has almost no room for more files',
      description: '96% of the inodes of /data on nas are taken; the limit is 95%.',
    },
    nearMiss: {
      because: 'a filesystem without a limit says 0 of 0',
      series: { ...inodes('0x130'), [nas('node_filesystem_files', data)]: '0x130' },
      at: '60m',
    },
  },
  HostInodesFull: {
    fires: {
      series: inodes('20x130'),
      silentAt: '29m',
      firesAt: '30m',
      labels: onData,
      summary: '/data on nas has no room for more files',
      description: '98% of the inodes of /data on nas are taken; the limit is 97%.',
    },
    nearMiss: { because: 'almost full is another alert', series: inodes('40x130'), at: '60m' },
  },
  HostFilesystemReadOnly: {
    fires: {
      series: { [nas('node_filesystem_readonly', data)]: '0x10 1x20' },
      silentAt: '12m',
      firesAt: '13m',
      labels: onData,
      summary: '/data on nas turned read-only',
      description:
        '/data on nas took writes within the last day and refuses them now. The kernel does this to protect what is left after an error.',
    },
    nearMiss: {
      because: 'it is meant to be, and was opened for an update',
      series: { [nas('node_filesystem_readonly', data)]: '1x60 0x5 1x30' },
      at: '80m',
    },
  },
  HostFilesystemError: {
    fires: {
      series: { [nas('node_filesystem_device_error', data)]: '1x20' },
      silentAt: '9m',
      firesAt: '10m',
      labels: onData,
      summary: '/data on nas cannot be asked for its state',
      description:
        'node_exporter gets an error when it asks /data on nas for its size: the disk is gone, the share does not answer, or it may not look.',
    },
    nearMiss: {
      because: 'the server of the share restarts',
      series: { [nas('node_filesystem_device_error', data)]: '0 1x5 0x20' },
      at: '11m',
    },
  },
  HostNetworkErrors: {
    fires: {
      series: {
        ...traffic,
        [nas('node_network_receive_errs_total', eth0)]: '100000+60x130',
        [nas('node_network_transmit_errs_total', eth0)]: '0x130',
        [nas('node_network_receive_packets_total', eth0)]: '1000000+1000x130',
        [nas('node_network_transmit_packets_total', eth0)]: '1000000+1000x130',
      },
      silentAt: '60m',
      firesAt: '61m',
      labels: { host: 'nas', device: 'eth0' },
      summary: 'Packets break on eth0 of nas',
      description: '3% of the packets on eth0 of nas are broken, at least 1% for 1h.',
    },
    nearMiss: {
      because: 'one broken packet on a line that carries none',
      series: {
        ...silence,
        [nas('node_network_receive_errs_total', eth0)]: '100000+1x130',
        [nas('node_network_transmit_errs_total', eth0)]: '0x130',
        [nas('node_network_receive_packets_total', eth0)]: '1000000+2x130',
        [nas('node_network_transmit_packets_total', eth0)]: '1000000+2x130',
      },
      at: '120m',
    },
  },
  HostTcpRetransmits: {
    fires: {
      series: {
        ...traffic,
        [nas('node_netstat_Tcp_RetransSegs')]: '1000000+60x60',
        [nas('node_netstat_Tcp_OutSegs')]: '1000000+600x60',
      },
      silentAt: '30m',
      firesAt: '31m',
      labels: onNas,
      summary: 'nas sends much of its data twice',
      description: '10% of the TCP segments that nas sends are repeats, at least 5% for 30m.',
    },
    nearMiss: {
      because: 'one lost segment of a machine that hardly speaks',
      series: {
        ...silence,
        [nas('node_netstat_Tcp_RetransSegs')]: '1000000+1x60',
        [nas('node_netstat_Tcp_OutSegs')]: '1000000+2x60',
      },
      at: '60m',
    },
  },
  HostConntrackNearLimit: {
    fires: {
      series: { [nas('node_nf_conntrack_entries')]: '80x20', [nas('node_nf_conntrack_entries_limit')]: '100x20' },
      silentAt: '9m',
      firesAt: '10m',
      labels: onNas,
      summary: 'The connection table of nas is almost full',
      description: '80% of the connection table of nas is taken; the limit is 75%.',
    },
    nearMiss: {
      because: 'most of the table is taken, but a quarter is free',
      series: { [nas('node_nf_conntrack_entries')]: '74x20', [nas('node_nf_conntrack_entries_limit')]: '100x20' },
      at: '20m',
    },
  },
  HostBondDegraded: {
    fires: {
      series: {
        [nas('node_bonding_slaves', { master: 'bond0' })]: '2x20',
        [nas('node_bonding_active', { master: 'bond0' })]: '1x20',
      },
      silentAt: '4m',
      firesAt: '5m',
      labels: { host: 'nas', master: 'bond0' },
      summary: 'Bond bond0 of nas has lost a line',
      description: 'Interfaces of bond bond0 on nas that carry no traffic: 1.',
    },
    nearMiss: {
      because: 'the switch restarts',
      series: {
        [nas('node_bonding_slaves', { master: 'bond0' })]: '2x20',
        [nas('node_bonding_active', { master: 'bond0' })]: '2x3 1x3 2x10',
      },
      at: '9m',
    },
  },
  HostTemperatureHigh: {
    fires: {
      series: {
        [nas('node_hwmon_temp_celsius', sensor)]: '97x20',
        [nas('node_hwmon_temp_crit_celsius', sensor)]: '100x20',
        [nas('node_hwmon_sensor_label', { ...sensor, label: 'Package id 0' })]: '1x20',
      },
      silentAt: '9m',
      firesAt: '10m',
      labels: { host: 'nas', ...sensor, label: 'Package id 0' },
      summary: 'Package id 0 of nas is close to its critical temperature',
      description:
        'Sensor Package id 0 (platform_coretemp_0) of nas is 3 °C below what its maker calls critical; the limit is 5 °C.',
    },
    nearMiss: {
      because: 'a sensor whose limit is 0 has none',
      series: {
        [nas('node_hwmon_temp_celsius', sensor)]: '40x20',
        [nas('node_hwmon_temp_crit_celsius', sensor)]: '0x20',
        [nas('node_hwmon_sensor_label', { ...sensor, label: 'Package id 0' })]: '1x20',
      },
      at: '20m',
    },
  },
  HostHardwareAlarm: {
    fires: {
      // A temperature's alarm is multiplied by 0.001 on its way, like every temperature.
      series: { [nas('node_hwmon_temp_crit_alarm_celsius', sensor)]: '0.001x20' },
      silentAt: '0m',
      firesAt: '1m',
      labels: { host: 'nas', ...sensor, alarm: 'temperature' },
      summary: 'nas raises a hardware alarm: temperature',
      description: 'The chip platform_coretemp_0 of nas reports temperature (temp1) as wrong.',
    },
    nearMiss: {
      because: 'alarms that are off',
      series: { [nas('node_hwmon_fan_alarm', { chip: 'isa_nct6775', sensor: 'fan1' })]: '0x20' },
      at: '20m',
    },
  },
  HostCpuThrottled: {
    fires: {
      series: { [nas('node_cpu_core_throttles_total', { core: '0', package: '0' })]: '1000+2x40' },
      silentAt: '15m',
      firesAt: '16m',
      labels: onNas,
      summary: 'The processor of nas slows itself down',
      description:
        'Times that cores of nas slowed down within minutes: 10. It goes on for 15m already: too hot, or too much power drawn.',
    },
    nearMiss: {
      because: 'a burst that ends',
      series: { [nas('node_cpu_core_throttles_total', { core: '0', package: '0' })]: '1000+2x5 1010x40' },
      at: '16m',
    },
  },
  HostMemoryEccErrors: {
    fires: {
      series: { [nas('node_edac_correctable_errors_total', { controller: '0' })]: '1000 1000 1005x30' },
      silentAt: '1m',
      firesAt: '2m',
      labels: onNas,
      summary: 'Memory of nas makes errors that ECC repairs',
      description: 'Bit errors on nas that ECC repaired within an hour: 6; the limit is 3.',
    },
    nearMiss: {
      because: 'a cosmic ray',
      series: { [nas('node_edac_correctable_errors_total', { controller: '0' })]: '1000 1000 1001x30' },
      at: '5m',
    },
  },
  HostMemoryEccUncorrected: {
    fires: {
      series: { [nas('node_edac_uncorrectable_errors_total', { controller: '0' })]: '0 0 1x30' },
      silentAt: '1m',
      firesAt: '2m',
      labels: onNas,
      summary: 'Memory of nas gave wrong data',
      description: 'Bit errors on nas that could not be repaired, within an hour: 1.',
    },
    nearMiss: {
      because: 'it happened before the last start was seen',
      series: { [nas('node_edac_uncorrectable_errors_total', { controller: '0' })]: '1x90' },
      at: '70m',
    },
  },
  HostRaidDegraded: {
    fires: {
      series: {
        [nas('node_md_disks_required', { device: 'md0' })]: '2x40',
        [nas('node_md_disks', { device: 'md0', state: 'active' })]: '2x5 1x40',
      },
      silentAt: '20m',
      firesAt: '21m',
      labels: { host: 'nas', device: 'md0' },
      summary: 'Array md0 of nas misses a disk',
      description: 'Disks that array md0 of nas needs and does not have: 1.',
    },
    nearMiss: {
      because: 'the spare takes over',
      series: {
        [nas('node_md_disks_required', { device: 'md0' })]: '2x40',
        [nas('node_md_disks', { device: 'md0', state: 'active' })]: '2x5 1x14 2x20',
      },
      at: '21m',
    },
  },
  HostRaidDiskFailed: {
    fires: {
      series: { [nas('node_md_disks', { device: 'md0', state: 'failed' })]: '0x5 1x20' },
      silentAt: '5m',
      firesAt: '6m',
      labels: { host: 'nas', device: 'md0' },
      summary: 'Array md0 of nas has a failed disk',
      description: 'Failed disks of array md0 on nas: 1; a spare may have taken over.',
    },
    nearMiss: {
      because: 'a spare is no failed disk',
      series: {
        [nas('node_md_disks', { device: 'md0', state: 'failed' })]: '0x20',
        [nas('node_md_disks', { device: 'md0', state: 'spare' })]: '1x20',
      },
      at: '10m',
    },
  },
  HostClockSkew: {
    fires: {
      series: { [nas('node_timex_offset_seconds')]: '0.06+0.001x30' },
      silentAt: '10m',
      firesAt: '11m',
      labels: onNas,
      summary: 'The clock of nas is wrong and drifts',
      description: 'The clock of nas is 71ms off (50ms or more) and does not come back.',
    },
    nearMiss: {
      because: 'it is far off, but on its way back',
      series: { [nas('node_timex_offset_seconds')]: '0.3-0.01x20' },
      at: '20m',
    },
  },
  HostClockNotSynced: {
    fires: {
      series: { [nas('node_timex_sync_status')]: '0x20', [nas('node_timex_maxerror_seconds')]: '16x20' },
      silentAt: '9m',
      firesAt: '10m',
      labels: onNas,
      summary: 'Nothing keeps the clock of nas right',
      description: 'The clock of nas is not synchronised with anything.',
    },
    nearMiss: {
      because: 'a time server answers late',
      series: { [nas('node_timex_sync_status')]: '0x20', [nas('node_timex_maxerror_seconds')]: '4x20' },
      at: '20m',
    },
  },
  HostUnitFailed: {
    fires: {
      series: {
        [nas('node_systemd_unit_state', { name: 'backup.service', state: 'failed', type: 'oneshot' })]: '1x20',
      },
      silentAt: '4m',
      firesAt: '5m',
      labels: { host: 'nas', name: 'backup.service' },
      summary: 'backup.service failed on nas',
      description: 'The systemd unit backup.service on nas failed and was not restarted.',
    },
    nearMiss: {
      because: 'it is started again',
      series: {
        [nas('node_systemd_unit_state', { name: 'backup.service', state: 'failed', type: 'oneshot' })]: '1x4 0x20',
      },
      at: '5m',
    },
  },
  HostUnitCrashLooping: {
    fires: {
      series: { [nas('node_systemd_service_restart_total', { name: 'web.service' })]: '10x5 15x30' },
      silentAt: '5m',
      firesAt: '6m',
      labels: { host: 'nas', name: 'web.service' },
      summary: 'web.service on nas restarts again and again',
      description: 'Restarts of web.service on nas within a quarter of an hour: 5; the limit is 4.',
    },
    nearMiss: {
      because: 'one restart after a crash is what systemd is for',
      series: { [nas('node_systemd_service_restart_total', { name: 'web.service' })]: '10x5 11x30' },
      at: '10m',
    },
  },
  HostFileDescriptorsHigh: {
    fires: {
      series: { [nas('node_filefd_allocated')]: '80x30', [nas('node_filefd_maximum')]: '100x30' },
      silentAt: '14m',
      firesAt: '15m',
      labels: onNas,
      summary: 'nas has many files open',
      description: '80% of the files that nas can keep open are open; the limit is 70%.',
    },
    nearMiss: {
      because: 'a scan that ends',
      series: { [nas('node_filefd_allocated')]: '80x10 30x20', [nas('node_filefd_maximum')]: '100x30' },
      at: '15m',
    },
  },
  HostFileDescriptorsExhausted: {
    fires: {
      series: { [nas('node_filefd_allocated')]: '95x30', [nas('node_filefd_maximum')]: '100x30' },
      silentAt: '14m',
      firesAt: '15m',
      labels: onNas,
      summary: 'nas can hardly open another file',
      description: '95% of the files that nas can keep open are open; the limit is 90%.',
    },
    nearMiss: {
      because: 'many are open, but there is room',
      series: { [nas('node_filefd_allocated')]: '80x30', [nas('node_filefd_maximum')]: '100x30' },
      at: '30m',
    },
  },
};
