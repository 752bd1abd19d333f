import { counted, lastOf, level, whole, type Content, type Labels, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { during, steady, wave } from '../time/course';
import { disksOf } from '../world/disks';
import { machineOf, type CpuMode } from '../world/machine';
import { befalls, windowsOf } from '../world/world';

/** One machine: four cores, an SSD for the system and a disk for data in a mirror, one network card. */
export const nodeExporter: Behave = (place) => {
  const { world, host, key, version } = place;
  const machine = machineOf(world, host);
  const { memory, waiting } = machine;
  const load = (minutes: number): Content =>
    level(wave(`${key} load`, { mean: 0.7, day: 0.4, noise: 0.3 / Math.sqrt(minutes) }));
  const kernel = (name: string, mean: number, day = 0.4): Content =>
    counted(wave(`${key} ${name}`, { mean, day, noise: 0.25 }), 'machine');
  const never = counted(steady(0), 'machine');
  return {
    metrics: {
      ...processor(place),
      node_boot_time_seconds: place.lives.machine,
      node_load1: load(1),
      node_load5: load(5),
      node_load15: load(15),
      node_procs_running: 2,
      node_procs_blocked: 0,
      node_time_seconds: (time) => time,
      node_memory_MemTotal_bytes: memory.total,
      node_memory_MemFree_bytes: (time) => Math.round(memory.total - memory.used.at(time) - memory.cached.at(time)),
      node_memory_MemAvailable_bytes: (time) =>
        Math.round(memory.total - memory.used.at(time) - 0.1 * memory.cached.at(time)),
      node_memory_Cached_bytes: (time) => Math.round(memory.cached.at(time) * 0.9),
      node_memory_Buffers_bytes: (time) => Math.round(memory.cached.at(time) * 0.1),
      node_memory_Active_bytes: (time) => Math.round(memory.used.at(time) * 0.8),
      node_memory_Inactive_bytes: (time) => Math.round(memory.cached.at(time) * 0.8),
      node_memory_SwapTotal_bytes: 2 ** 31,
      node_memory_SwapFree_bytes: 2 ** 31 - 2 ** 26,
      node_memory_HardwareCorrupted_bytes: 0,
      node_pressure_cpu_waiting_seconds_total: counted(waiting.cpu, 'machine'),
      node_pressure_memory_waiting_seconds_total: counted(waiting.memory, 'machine'),
      node_pressure_memory_stalled_seconds_total: counted(waiting.memoryStalled, 'machine'),
      node_pressure_io_waiting_seconds_total: kernel('io waiting', 0.02),
      node_pressure_io_stalled_seconds_total: kernel('io stalled', 0.01),
      node_vmstat_oom_kill: never,
      node_vmstat_pgmajfault: kernel('major faults', 0.8),
      node_vmstat_pgfault: kernel('faults', 900),
      node_vmstat_pswpin: kernel('swap in', 0.05),
      node_vmstat_pswpout: kernel('swap out', 0.05),
      node_vmstat_pgpgin: kernel('paged in', 900),
      node_vmstat_pgpgout: kernel('paged out', 700),
      ...filesystems(place),
      ...blockDevices(place),
      ...network(place),
      node_uname_info: [
        [
          {
            nodename: host,
            sysname: 'Linux',
            release: '6.12.43',
            version: '#1 SMP',
            machine: 'x86_64',
            domainname: '(none)',
          },
          1,
        ],
      ],
      node_os_info: [
        [
          {
            id: 'debian',
            name: 'Debian GNU/Linux',
            pretty_name: 'Debian GNU/Linux 13 (trixie)',
            version: '13 (trixie)',
            version_id: '13',
            version_codename: 'trixie',
          },
          1,
        ],
      ],
      node_os_version: [[{ id: 'debian', id_like: '', name: 'Debian GNU/Linux' }, 13]],
      node_os_support_end_timestamp_seconds: Date.UTC(2030, 5, 30) / 1000,
      node_exporter_build_info: [[{ version }, 1]],
      node_nf_conntrack_entries: whole(wave(`${key} conntrack`, { mean: 900, day: 0.4, noise: 0.1 })),
      node_nf_conntrack_entries_limit: 262_144,
      node_filefd_allocated: whole(wave(`${key} files`, { mean: 9_000, day: 0.1, noise: 0.05 })),
      node_filefd_maximum: 9.2e8,
      node_timex_sync_status: 1,
      node_timex_offset_seconds: level(wave(`${key} clock`, { mean: 0.0002, noise: 0.9 })),
      node_timex_maxerror_seconds: 0.02,
      node_timex_estimated_error_seconds: 0.0004,
      node_timex_status: 8_193,
      node_entropy_available_bits: 256,
      node_entropy_pool_size_bits: 256,
      ...sensors(place),
      node_edac_correctable_errors_total: [[{ controller: '0' }, never]],
      node_edac_uncorrectable_errors_total: [[{ controller: '0' }, never]],
      node_md_disks: (['active', 'failed', 'spare'] as const).map((state) => [
        { device: 'md0', state },
        mirror(place, state),
      ]),
      node_md_disks_required: [[{ device: 'md0' }, 2]],
      node_md_raid_disks: [[{ device: 'md0' }, 2]],
      node_md_degraded: [[{ device: 'md0' }, (time) => Number(befalls(world, 'disk-lost', host, time))]],
      node_md_state: (['active', 'check', 'inactive', 'recovering', 'resync'] as const).map((state) => [
        { device: 'md0', state },
        Number(state === 'active'),
      ]),
      node_md_blocks: [[{ device: 'md0' }, 7_813_894_144]],
      node_md_blocks_synced: [[{ device: 'md0' }, 7_813_894_144]],
      node_bonding_slaves: [[{ master: 'bond0' }, 2]],
      node_bonding_active: [[{ master: 'bond0' }, 2]],
      node_textfile_scrape_error: 0,
      node_textfile_mtime_seconds: [[{ file: '/var/lib/node_exporter/backup.prom' }, lastOf(3_600)]],
      node_scrape_collector_success: collectors.map((collector) => [{ collector }, 1]),
      node_scrape_collector_duration_seconds: collectors.map((collector) => [
        { collector },
        level(wave(`${key} ${collector}`, { mean: 0.003, noise: 0.5 })),
      ]),
      ...systemd(place),
      node_power_supply_capacity: [[{ power_supply: 'BAT0' }, 97]],
      node_power_supply_online: [[{ power_supply: 'AC' }, 1]],
      node_zfs_zpool_state: ['online', 'degraded', 'faulted', 'offline', 'removed', 'suspended', 'unavail'].map(
        (state) => [{ zpool: 'tank', state }, Number(state === 'online')],
      ),
      node_hwmon_chip_names: [
        [{ chip: 'platform_coretemp_0', chip_name: 'coretemp' }, 1],
        [{ chip: 'nvme_nvme0', chip_name: 'nvme' }, 1],
      ],
    },
  };
};

const collectors = ['cpu', 'diskstats', 'filesystem', 'meminfo', 'netdev', 'hwmon'];

const processor = ({ world, host, key }: Place): Readonly<Record<string, Rows>> => {
  const machine = machineOf(world, host);
  const cores = Array.from({ length: machine.cores }, (_, number) => String(number));
  const modes: readonly CpuMode[] = ['idle', 'iowait', 'irq', 'nice', 'softirq', 'steal', 'system', 'user'];
  return {
    node_cpu_seconds_total: cores.flatMap((cpu, number) => {
      const core = machine.core(number);
      return modes.map((mode) => [{ cpu, mode }, counted(core[mode], 'machine')] as const);
    }),
    node_cpu_core_throttles_total: cores
      .slice(0, 2)
      .map((core) => [{ core, package: '0' }, counted(steady(0), 'machine')]),
    node_cpu_package_throttles_total: [[{ package: '0' }, counted(steady(0), 'machine')]],
    node_cpu_scaling_frequency_hertz: cores.map((cpu) => [
      { cpu },
      whole(wave(`${key} clock ${cpu}`, { mean: 2.1e9, day: 0.2, noise: 0.2 })),
    ]),
    node_cpu_scaling_frequency_max_hertz: cores.map((cpu) => [{ cpu }, 3.4e9]),
    node_cpu_scaling_frequency_min_hertz: cores.map((cpu) => [{ cpu }, 0.8e9]),
    node_cpu_info: [
      [
        {
          cpu: '0',
          core: '0',
          package: '0',
          vendor: 'GenuineIntel',
          family: '6',
          model: '154',
          model_name: 'Simulated CPU',
          stepping: '3',
          microcode: '0x430',
          cachesize: '12288 KB',
        },
        1,
      ],
    ],
  };
};

const filesystems = ({ world, host }: Place): Readonly<Record<string, Rows>> => {
  const { system, data } = disksOf(world, host);
  const mounts = [
    ...[system, data].map(({ device, mountpoint, fstype, size, used, free }) => ({
      labels: { device, mountpoint, fstype, device_error: '' },
      size,
      used,
      free,
    })),
    {
      labels: { device: 'tmpfs', mountpoint: '/run', fstype: 'tmpfs', device_error: '' },
      size: 1.6e9,
      used: () => 4e6,
      free: () => 1.6e9 - 4e6,
    },
  ];
  const each = (content: (mount: (typeof mounts)[number]) => Content): Rows =>
    mounts.map((mount) => [mount.labels, content(mount)]);
  return {
    node_filesystem_size_bytes: each(({ size }) => size),
    node_filesystem_free_bytes: each(({ free }) => free),
    node_filesystem_avail_bytes: each(({ free }) => free),
    node_filesystem_files: each(({ size }) => Math.round(size / 16_384)),
    node_filesystem_files_free: each(({ size }) => Math.round((size / 16_384) * 0.85)),
    node_filesystem_readonly: each(() => 0),
    node_filesystem_device_error: each(() => 0),
    node_filesystem_purgeable_bytes: each(() => 0),
    node_filesystem_mount_info: mounts.map(({ labels: { device, mountpoint } }, index) => [
      { device, mountpoint, major: '8', minor: String(index) },
      1,
    ]),
  };
};

const devices = ['sda', 'nvme0n1'] as const;

const blockDevices = ({ world, host, key }: Place): Readonly<Record<string, Rows>> => {
  const slow = windowsOf(world, 'disk-slow', host);
  const each = (name: string, mean: number, slowed = mean): Rows =>
    devices.map((device, index) => [
      { device },
      counted(
        during(
          device === devices[0] ? slow : [],
          wave(`${key} ${name} ${device}`, { mean: mean / (index + 1), day: 0.4, noise: 0.3 }),
          steady(slowed),
        ),
        'machine',
      ),
    ]);
  return {
    node_disk_info: devices.map((device, index) => [
      {
        device,
        major: index === 0 ? '8' : '259',
        minor: '0',
        model: index === 0 ? 'Simulated HDD' : 'Simulated SSD',
        serial: `SIM${index}`,
        path: '',
        revision: '1',
        rotational: index === 0 ? '1' : '0',
        wwn: '',
      },
      1,
    ]),
    node_disk_io_now: devices.map((device) => [{ device }, 0]),
    node_disk_io_time_seconds_total: each('io', 0.06, 0.99),
    node_disk_io_time_weighted_seconds_total: each('weighted', 0.09, 24),
    node_disk_reads_completed_total: each('reads', 9),
    node_disk_writes_completed_total: each('writes', 14),
    node_disk_read_time_seconds_total: each('read time', 0.04, 8),
    node_disk_write_time_seconds_total: each('write time', 0.05, 12),
    node_disk_read_bytes_total: each('read', 1.2e6),
    node_disk_written_bytes_total: each('written', 9e5),
  };
};

const network = ({ world, host, key }: Place): Readonly<Record<string, Rows>> => {
  const broken = windowsOf(world, 'network-errors', host);
  const card: Labels = { device: 'eth0' };
  const each = (name: string, mean: number, whenBroken = mean): Rows => [
    [
      card,
      counted(
        during(
          broken,
          mean === 0 ? steady(0) : wave(`${key} ${name}`, { mean, day: 0.5, noise: 0.3 }),
          steady(whenBroken),
        ),
        'machine',
      ),
    ],
    [{ device: 'lo' }, counted(steady(mean / 50), 'machine')],
  ];
  const both = (what: string, mean: number, whenBroken?: number): Readonly<Record<string, Rows>> => ({
    [`node_network_receive_${what}_total`]: each(`receive ${what}`, mean, whenBroken),
    [`node_network_transmit_${what}_total`]: each(`transmit ${what}`, mean * 0.8, whenBroken),
  });
  const fixed = (value: number): Rows => [
    [card, value],
    [{ device: 'lo' }, value],
  ];
  return {
    ...both('bytes', 1.5e6),
    ...both('packets', 1_400),
    ...both('errs', 0, 60),
    ...both('drop', 0, 40),
    node_network_up: fixed(1),
    node_network_carrier: fixed(1),
    node_network_speed_bytes: [[card, 125_000_000]],
    node_network_mtu_bytes: [
      [card, 1_500],
      [{ device: 'lo' }, 65_536],
    ],
    node_network_carrier_changes_total: [[card, counted(steady(0), 'machine')]],
    node_network_info: [
      [
        {
          device: 'eth0',
          address: '02:00:00:00:00:01',
          broadcast: 'ff:ff:ff:ff:ff:ff',
          duplex: 'full',
          operstate: 'up',
          adminstate: 'up',
          ifalias: '',
        },
        1,
      ],
    ],
    node_netstat_Tcp_OutSegs: counted(wave(`${key} segments`, { mean: 900, day: 0.5, noise: 0.3 }), 'machine'),
    node_netstat_Tcp_InSegs: counted(wave(`${key} segments in`, { mean: 950, day: 0.5, noise: 0.3 }), 'machine'),
    node_netstat_Tcp_RetransSegs: counted(
      wave(`${key} segments again`, { mean: 0.9, day: 0.5, noise: 0.3 }),
      'machine',
    ),
    node_netstat_Tcp_CurrEstab: whole(wave(`${key} connections`, { mean: 60, day: 0.3, noise: 0.1 })),
    node_netstat_TcpExt_ListenDrops: counted(steady(0), 'machine'),
    node_netstat_TcpExt_ListenOverflows: counted(steady(0), 'machine'),
    node_sockstat_TCP_alloc: whole(wave(`${key} sockets`, { mean: 80, day: 0.3, noise: 0.1 })),
  };
};

const sensors = ({ world, host, key }: Place): Readonly<Record<string, Rows>> => {
  const machine = machineOf(world, host);
  const board: Labels = { chip: 'platform_coretemp_0', sensor: 'temp1' };
  const disk: Labels = { chip: 'nvme_nvme0', sensor: 'temp1' };
  const fan: Labels = { chip: 'platform_coretemp_0', sensor: 'fan1' };
  const hot = (time: number): number => (befalls(world, 'host-hot', host, time) ? 98 : 38 + 30 * machine.busy.at(time));
  return {
    node_hwmon_sensor_label: [
      [{ ...board, label: 'Package id 0' }, 1],
      [{ ...disk, label: 'Composite' }, 1],
    ],
    node_hwmon_temp_celsius: [
      [board, hot],
      [disk, level(wave(`${key} disk heat`, { mean: 39, day: 0.05, noise: 0.03 }))],
    ],
    node_hwmon_temp_crit_celsius: [
      [board, 100],
      [disk, 84],
    ],
    node_hwmon_temp_max_celsius: [
      [board, 90],
      [disk, 80],
    ],
    node_hwmon_temp_crit_alarm_celsius: [
      [board, 0],
      [disk, 0],
    ],
    node_hwmon_fan_rpm: [[fan, whole(wave(`${key} fan`, { mean: 1_050, day: 0.1, noise: 0.03 }))]],
    node_hwmon_fan_min_rpm: [[fan, 300]],
    node_hwmon_fan_alarm: [[fan, 0]],
    node_hwmon_in_alarm: [[{ chip: 'platform_coretemp_0', sensor: 'in0' }, 0]],
    node_hwmon_intrusion_alarm: [[{ chip: 'platform_coretemp_0', sensor: 'intrusion0' }, 0]],
    node_thermal_zone_temp: [[{ type: 'x86_pkg_temp', zone: '0' }, hot]],
  };
};

const mirror =
  ({ world, host }: Place, state: 'active' | 'failed' | 'spare') =>
  (time: number): number => {
    const lost = Number(befalls(world, 'disk-lost', host, time));
    return { active: 2 - lost, failed: lost, spare: 0 }[state];
  };

const units = ['docker.service', 'ssh.service', 'backup.service'] as const;
const states = ['activating', 'active', 'deactivating', 'failed', 'inactive'] as const;

const systemd = ({ world, host, lives }: Place): Readonly<Record<string, Rows>> => {
  const stateOf = (unit: string, time: number): (typeof states)[number] =>
    unit === 'backup.service' ? (befalls(world, 'unit-failed', host, time) ? 'failed' : 'inactive') : 'active';
  return {
    node_systemd_unit_state: units.flatMap((name) =>
      states.map(
        (state) => [{ name, state, type: 'simple' }, (time: number) => Number(stateOf(name, time) === state)] as const,
      ),
    ),
    node_systemd_units: states.map((state) => [
      { state },
      (time: number) =>
        units.filter((name) => stateOf(name, time) === state).length +
        (state === 'active' ? 120 : state === 'inactive' ? 60 : 0),
    ]),
    node_systemd_system_running: (time) => Number(!befalls(world, 'unit-failed', host, time)),
    node_systemd_unit_start_time_seconds: units.map((name) => [{ name }, lives.machine]),
  };
};
