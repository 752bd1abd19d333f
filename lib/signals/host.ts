import catalog from '../catalog/recorded/node_exporter.json';
import {
  abs,
  add,
  age,
  avg,
  clamp,
  compare,
  count,
  countWhere,
  fallback,
  group,
  highest,
  increase,
  join,
  larger,
  max,
  min,
  multiply,
  overTime,
  predict,
  rate,
  ratio,
  rest,
  slope,
  subtract,
  sum,
  tag,
  together,
  where,
} from '../expression/operators';
import type { Expression } from '../expression/expression';
import { defineSource, ignoring, matching, not, oneOf, picked } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { upOrDown } from './states';

/** node_exporter: one machine a target. */
const node = defineSource(catalog, ['host']);
const { metric, untyped, scraped } = node;

// What is asked again and again: which series, before anything is done with them.
const kernelCounter = 'the kernel only counts it up; node_exporter passes on what it does not interpret';
const disk = { device: [matching('[a-z]+|nvme[0-9]+n[0-9]+|mmcblk[0-9]+'), picked('disk')] } as const;
const nic = { device: [ignoring('ignoredDevices'), picked('interface')] } as const;
const mount = { fstype: ignoring('ignoredFilesystems'), mountpoint: picked('mountpoint') } as const;

const cores = count(metric('node_cpu_seconds_total', { mode: 'idle' }), 'host');
const memoryTotal = max(metric('node_memory_MemTotal_bytes'), 'host');
const available = metric('node_filesystem_avail_bytes', mount);
const size = metric('node_filesystem_size_bytes', mount);
const timeToFull = max(
  clamp(ratio(available, multiply(slope(available, '6h'), -1)), 0, 365 * 86_400),
  'host',
  'mountpoint',
);
const bootTime = metric('node_boot_time_seconds');
const clockOffset = metric('node_timex_offset_seconds');
const celsius = metric('node_hwmon_temp_celsius');
const critical = metric('node_hwmon_temp_crit_celsius');

const reads = rate(metric('node_disk_reads_completed_total', disk));
const writes = rate(metric('node_disk_writes_completed_total', disk));
const received = rate(metric('node_network_receive_bytes_total', nic));
const sent = rate(metric('node_network_transmit_bytes_total', nic));
const packets = add(
  rate(metric('node_network_receive_packets_total', nic)),
  rate(metric('node_network_transmit_packets_total', nic)),
);
const errors = add(
  rate(metric('node_network_receive_errs_total', nic)),
  rate(metric('node_network_transmit_errs_total', nic)),
);
const drops = add(
  rate(metric('node_network_receive_drop_total', nic)),
  rate(metric('node_network_transmit_drop_total', nic)),
);

type Sensor = 'host' | 'chip' | 'sensor';
const bySensor = (readings: Expression<Sensor>) => max(readings, 'host', 'chip', 'sensor');

/** Readings of sensors with the name that the board's maker gave, or the sensor's own (`temp1`) where there is none. */
const withSensorName = (readings: Expression<Sensor>) => {
  const each = bySensor(readings);
  const named = join(each, metric('node_hwmon_sensor_label'), ['host', 'chip', 'sensor'], ['label']);
  return fallback(named, tag(each, 'label', '{sensor}'), ['host', 'chip', 'sensor']);
};

const alarm = (of: Expression<Sensor>, what: string) => tag(compare(bySensor(of), '>', 0), 'alarm', what);

/** What node_exporter tells of a machine. */
export const host = defineSignals('host', {
  // --- is it there -----------------------------------------------------------------------------------------------
  up: {
    title: 'Host up',
    description:
      'Whether Prometheus reaches node_exporter on the machine. Down means off, unreachable, or the exporter is stopped.',
    unit: 'state',
    values: upOrDown,
    expression: max(scraped('up'), 'host'),
  },
  downCount: {
    title: 'Hosts down',
    description: 'How many machines do not answer: off, unreachable, or their exporter is stopped.',
    unit: 'count',
    levels: thresholds.some,
    expression: countWhere(max(scraped('up'), 'host'), '==', 0),
  },
  uptime: {
    title: 'Uptime',
    description: 'Time since the machine started. A small value that nobody expected is a crash or a power cut.',
    unit: 'duration',
    levels: thresholds.uptime,
    expression: age(max(bootTime, 'host')),
  },
  restarted: {
    title: 'Restarted',
    description:
      'Whether the machine started again within the last hour. A clock that was set does not count: less than a minute is ignored.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Restarted', state: 'warning' } },
    expression: max(compare(subtract(bootTime, overTime('min', bootTime, '1h')), '>', 60), 'host'),
  },
  kernel: {
    title: 'Kernel',
    description: 'The kernel that runs, and the machine as it names itself.',
    unit: 'none',
    expression: group(metric('node_uname_info'), 'host', 'nodename', 'sysname', 'release', 'machine'),
  },
  operatingSystem: {
    title: 'Operating system',
    description: 'The distribution and its version.',
    unit: 'none',
    expression: group(metric('node_os_info'), 'host', 'pretty_name', 'version_id'),
  },

  // --- processor -------------------------------------------------------------------------------------------------
  cpuBusy: {
    title: 'CPU busy',
    description:
      'Share of processor time spent on work; idle, waiting for disks and stolen by the hypervisor do not count.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuBusy,
    expression: rest(
      avg(
        sum(rate(metric('node_cpu_seconds_total', { mode: oneOf('idle', 'iowait', 'steal') })), 'host', 'cpu'),
        'host',
      ),
    ),
  },
  cpuByMode: {
    title: 'CPU by mode',
    description:
      'What the processors do: `user` is programs, `system` the kernel, `iowait` waits for disks, `steal` is what the hypervisor gave to others.',
    unit: 'ratio',
    range: [0, 1],
    legend: '{{mode}}',
    expression: avg(rate(metric('node_cpu_seconds_total', { mode: not('idle') })), 'host', 'mode'),
  },
  cpuSteal: {
    title: 'CPU stolen',
    description:
      'Share of processor time that a virtual machine wanted and its hypervisor gave to others. Always 0 on real hardware.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuSteal,
    expression: avg(rate(metric('node_cpu_seconds_total', { mode: 'steal' })), 'host'),
  },
  cpuPressure: {
    title: 'CPU pressure',
    description:
      'Share of time in which some task was ready to run and had to wait for a processor. Near 0 is normal, however busy the machine.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuPressure,
    expression: max(rate(metric('node_pressure_cpu_waiting_seconds_total')), 'host'),
  },
  loadPerCore: {
    title: 'Load per core',
    description:
      'Tasks that run, wait to run, or wait for a disk, per processor core, averaged over a minute. Above 1 somebody waits.',
    unit: 'none',
    levels: thresholds.loadPerCore,
    expression: ratio(max(metric('node_load1'), 'host'), cores),
  },
  load: {
    title: 'Load',
    description:
      'Tasks that run, wait to run, or wait for a disk, averaged over a minute. Compare it with the number of cores.',
    unit: 'none',
    expression: max(metric('node_load1'), 'host'),
  },
  cores: {
    title: 'Cores',
    description: 'Processor cores that the kernel uses, hyper-threads included.',
    unit: 'count',
    expression: cores,
  },
  throttles: {
    title: 'CPU throttles',
    description:
      'How often a core slowed down because it was too hot or drew too much power. None is normal; some means dust, a fan, or a limit set low.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'Not counted here',
    expression: sum(increase(metric('node_cpu_core_throttles_total')), 'host'),
  },

  // --- memory ----------------------------------------------------------------------------------------------------
  memoryUsed: {
    title: 'Memory used',
    description:
      'Share of memory that could not be given to a new program without swapping. The page cache counts as free, the ZFS cache does not.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.memoryUsed,
    expression: max(
      rest(ratio(metric('node_memory_MemAvailable_bytes'), metric('node_memory_MemTotal_bytes'))),
      'host',
    ),
  },
  memoryTotal: {
    title: 'Memory installed',
    description: 'All memory that the kernel sees.',
    unit: 'bytes',
    expression: memoryTotal,
  },
  memoryPressure: {
    title: 'Memory pressure',
    description:
      'Share of time in which some task waited for memory to be freed or read back from swap. A few percent are felt.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.memoryPressure,
    expression: max(rate(metric('node_pressure_memory_waiting_seconds_total')), 'host'),
  },
  memoryStalled: {
    title: 'Memory stalls',
    description:
      'Share of time in which all tasks at once waited for memory. Anything but 0 means that the machine stands still.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.memoryPressure,
    expression: max(rate(metric('node_pressure_memory_stalled_seconds_total')), 'host'),
  },
  majorFaults: {
    title: 'Major page faults',
    description:
      'How often a program touched memory that had to be read from a disk first. High when programs start, bad when it stays high.',
    unit: 'perSecond',
    expression: max(rate(untyped('node_vmstat_pgmajfault', 'counter', kernelCounter)), 'host'),
  },
  swapTraffic: {
    title: 'Swap traffic',
    description:
      'Pages read from and written to swap. Near 0 is normal even with swap in use; a steady stream means too little memory.',
    unit: 'perSecond',
    levels: thresholds.swapTraffic,
    expression: max(
      add(
        rate(untyped('node_vmstat_pswpin', 'counter', kernelCounter)),
        rate(untyped('node_vmstat_pswpout', 'counter', kernelCounter)),
      ),
      'host',
    ),
  },
  oomKills: {
    title: 'Out-of-memory kills',
    description:
      'Programs that the kernel ended because memory was exhausted, of the machine or of one container. The kernel log names them.',
    unit: 'count',
    levels: thresholds.some,
    expression: max(increase(untyped('node_vmstat_oom_kill', 'counter', kernelCounter)), 'host'),
  },
  eccCorrected: {
    title: 'Memory errors corrected',
    description:
      'Bit errors that ECC memory repaired in the last hour. One in months is a cosmic ray, a steady trickle a dying module.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No ECC memory',
    expression: sum(increase(metric('node_edac_correctable_errors_total'), '1h'), 'host'),
  },
  eccUncorrected: {
    title: 'Memory errors not corrected',
    description: 'Bit errors that ECC memory could not repair in the last hour: data was wrong. Change the module.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No ECC memory',
    expression: sum(increase(metric('node_edac_uncorrectable_errors_total'), '1h'), 'host'),
  },

  // --- disks -----------------------------------------------------------------------------------------------------
  diskBusy: {
    title: 'Disk busy',
    description:
      'Share of time in which a disk had something to do. A spinning disk is full at 1; an SSD does many things at once and may still have room.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.diskBusy,
    expression: max(rate(metric('node_disk_io_time_seconds_total', disk)), 'host', 'device'),
  },
  diskQueue: {
    title: 'Disk queue',
    description: 'Requests that a disk had at once, on average, running and waiting. Below 1 nobody waits.',
    unit: 'none',
    levels: thresholds.diskQueue,
    expression: max(rate(metric('node_disk_io_time_weighted_seconds_total', disk)), 'host', 'device'),
  },
  diskReadWait: {
    title: 'Disk read wait',
    description:
      'How long a read takes, from the request to the answer. About 0.1 ms on an SSD, 10 ms on a spinning disk.',
    unit: 'seconds',
    empty: 'No reads',
    expression: max(ratio(rate(metric('node_disk_read_time_seconds_total', disk)), reads), 'host', 'device'),
  },
  diskWriteWait: {
    title: 'Disk write wait',
    description: 'How long a write takes, from the request to the answer.',
    unit: 'seconds',
    empty: 'No writes',
    expression: max(ratio(rate(metric('node_disk_write_time_seconds_total', disk)), writes), 'host', 'device'),
  },
  diskRead: {
    title: 'Disk read',
    description: 'What is read from each disk.',
    unit: 'bytesPerSecond',
    legend: '{{device}} read',
    expression: max(rate(metric('node_disk_read_bytes_total', disk)), 'host', 'device'),
  },
  diskWritten: {
    title: 'Disk written',
    description: 'What is written to each disk. SSDs wear by it.',
    unit: 'bytesPerSecond',
    legend: '{{device}} written',
    expression: max(rate(metric('node_disk_written_bytes_total', disk)), 'host', 'device'),
  },
  diskOperations: {
    title: 'Disk operations',
    description: 'Reads and writes completed. A spinning disk manages about 150 a second.',
    unit: 'operationsPerSecond',
    expression: max(add(reads, writes), 'host', 'device'),
  },
  ioPressure: {
    title: 'Disk pressure',
    description: 'Share of time in which some task waited for a disk.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.ioWaiting,
    expression: max(rate(metric('node_pressure_io_waiting_seconds_total')), 'host'),
  },
  ioStalled: {
    title: 'Disk stalls',
    description: 'Share of time in which all tasks at once waited for a disk.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.ioPressure,
    expression: max(rate(metric('node_pressure_io_stalled_seconds_total')), 'host'),
  },

  // --- file systems ----------------------------------------------------------------------------------------------
  filesystemUsed: {
    title: 'Filesystem used',
    description: 'Share of the space that ordinary programs can no longer use.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: max(rest(ratio(available, size)), 'host', 'mountpoint'),
  },
  fullest: {
    title: 'Fullest mount',
    description:
      'Share of the space that is taken on the fullest filesystem of each machine, the fullest first; twenty machines at most.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: highest(20, max(rest(ratio(available, size)), 'host')),
  },
  filesystemFree: {
    title: 'Filesystem free',
    description: 'Space that ordinary programs can still use.',
    unit: 'bytes',
    expression: max(available, 'host', 'mountpoint'),
  },
  inodesUsed: {
    title: 'Inodes used',
    description:
      'Share of the places for files that are taken. Millions of small files fill them before the space; btrfs and ZFS have no such limit.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.inodesUsed,
    empty: 'No limit',
    expression: max(
      rest(ratio(metric('node_filesystem_files_free', mount), metric('node_filesystem_files', mount))),
      'host',
      'mountpoint',
    ),
  },
  timeToFull: {
    title: 'Time to full',
    description:
      'When the filesystem is full if it goes on as in the last six hours. No value: it is not filling. A year at most.',
    unit: 'duration',
    levels: thresholds.timeToFull,
    empty: 'Not filling',
    expression: timeToFull,
  },
  filling: {
    title: 'Filling up',
    description: 'Filesystems that are full within a week if they go on as in the last six hours.',
    unit: 'duration',
    levels: thresholds.timeToFull,
    empty: 'Nothing fills up',
    expression: where(timeToFull, '<', thresholds.timeToFull.warn),
  },
  freeInFourHours: {
    title: 'Free in four hours',
    description:
      'Share of the space that is free in four hours if it goes on as in the last six. Below 0: full before that.',
    unit: 'ratio',
    levels: thresholds.belowZero,
    expression: min(ratio(predict(available, '6h', 4 * 3600), size), 'host', 'mountpoint'),
  },
  freeTomorrow: {
    title: 'Free tomorrow',
    description:
      'Share of the space that is free in a day if it goes on as in the last six hours. Below 0: full before that.',
    unit: 'ratio',
    levels: thresholds.belowZero,
    expression: min(ratio(predict(available, '6h', 86_400), size), 'host', 'mountpoint'),
  },
  filesystemReadOnly: {
    title: 'Read-only',
    description:
      'Whether the filesystem refuses writes. Normal for images and snapshots; otherwise the kernel found an error and protects what is left.',
    unit: 'state',
    values: { 0: { text: 'Writable', state: 'ok' }, 1: { text: 'Read-only', state: 'warning' } },
    expression: max(metric('node_filesystem_readonly', mount), 'host', 'mountpoint'),
  },
  filesystemTurnedReadOnly: {
    title: 'Turned read-only',
    description:
      'Whether the filesystem refuses writes and took them at some time in the last day: the kernel found an error.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Turned read-only', state: 'critical' } },
    expression: max(
      compare(
        metric('node_filesystem_readonly', mount),
        '>',
        overTime('min', metric('node_filesystem_readonly', mount), '1d'),
      ),
      'host',
      'mountpoint',
    ),
  },
  readOnlyToday: {
    title: 'Read-only today',
    description:
      'Share of the last day in which the filesystem refused writes. Near 1 it is meant to, and was opened for an update only.',
    unit: 'ratio',
    range: [0, 1],
    expression: max(overTime('avg', metric('node_filesystem_readonly', mount), '1d'), 'host', 'mountpoint'),
  },
  filesystemError: {
    title: 'Filesystem error',
    description:
      'Whether asking the filesystem for its state failed: a disk that is gone, or a network share that does not answer.',
    unit: 'state',
    values: { 0: { text: 'Fine', state: 'ok' }, 1: { text: 'Error', state: 'critical' } },
    expression: max(metric('node_filesystem_device_error', mount), 'host', 'mountpoint'),
  },

  // --- network ---------------------------------------------------------------------------------------------------
  networkReceived: {
    title: 'Network received',
    description: 'What comes in on each interface.',
    unit: 'bitsPerSecond',
    legend: '{{device}} in',
    expression: multiply(max(received, 'host', 'device'), 8),
  },
  networkSent: {
    title: 'Network sent',
    description: 'What goes out on each interface.',
    unit: 'bitsPerSecond',
    legend: '{{device}} out',
    expression: multiply(max(sent, 'host', 'device'), 8),
  },
  networkUsed: {
    title: 'Network busy',
    description:
      'Share of the line speed in use, of the busier direction. Interfaces that do not tell their speed, such as Wi-Fi, are not here.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.networkUsed,
    empty: 'Speed not known',
    expression: max(ratio(larger(received, sent), metric('node_network_speed_bytes', nic)), 'host', 'device'),
  },
  networkSpeed: {
    title: 'Line speed',
    description: 'What the interface agreed on with the other end. A gigabit line at 100 Mb/s is a bad cable.',
    unit: 'bitsPerSecond',
    empty: 'Not known',
    expression: multiply(max(where(metric('node_network_speed_bytes', nic), '>', 0), 'host', 'device'), 8),
  },
  networkErrors: {
    title: 'Network errors',
    description: 'Share of packets that were broken. None is normal; cable, plug, or driver otherwise.',
    unit: 'ratio',
    levels: thresholds.networkErrors,
    empty: 'No traffic',
    expression: max(ratio(errors, packets), 'host', 'device'),
  },
  networkDrops: {
    title: 'Network drops',
    description: 'Packets that the kernel threw away. A few are broadcasts that nobody listens to.',
    unit: 'packetsPerSecond',
    levels: thresholds.networkDrops,
    expression: max(drops, 'host', 'device'),
  },
  networkLost: {
    title: 'Packets lost',
    description:
      'Packets that were broken or thrown away, of all interfaces of the machine. A few are broadcasts that nobody listens to.',
    unit: 'packetsPerSecond',
    levels: thresholds.networkDrops,
    expression: sum(add(drops, errors), 'host'),
  },
  link: {
    title: 'Link',
    description: 'Whether something answers at the other end of the cable.',
    unit: 'state',
    values: { 0: { text: 'No link', state: 'neutral' }, 1: { text: 'Link', state: 'ok' } },
    expression: max(metric('node_network_carrier', nic), 'host', 'device'),
  },
  linkChanges: {
    title: 'Link changes',
    description: 'How often a link came or went. None is normal; a cable, a port, or power saving otherwise.',
    unit: 'count',
    levels: thresholds.some,
    expression: max(increase(metric('node_network_carrier_changes_total', nic)), 'host', 'device'),
  },
  retransmits: {
    title: 'TCP retransmits',
    description: 'Share of TCP segments that had to be sent again, because they or their answers were lost on the way.',
    unit: 'ratio',
    levels: thresholds.retransmits,
    empty: 'No traffic',
    expression: max(
      ratio(
        rate(untyped('node_netstat_Tcp_RetransSegs', 'counter', kernelCounter)),
        rate(untyped('node_netstat_Tcp_OutSegs', 'counter', kernelCounter)),
      ),
      'host',
    ),
  },
  connectionsRefused: {
    title: 'Connections not taken',
    description: 'New connections that were dropped because a program did not accept them in time.',
    unit: 'perSecond',
    expression: max(rate(untyped('node_netstat_TcpExt_ListenDrops', 'counter', kernelCounter)), 'host'),
  },
  conntrackUsed: {
    title: 'Connection table used',
    description:
      'Share of the kernel’s table of connections that is taken. Only machines with a firewall or NAT have one.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.conntrackUsed,
    empty: 'No table',
    expression: max(ratio(metric('node_nf_conntrack_entries'), metric('node_nf_conntrack_entries_limit')), 'host'),
  },
  bondMissing: {
    title: 'Bond members missing',
    description: 'Interfaces of a bond that do not carry traffic.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No bond',
    expression: max(subtract(metric('node_bonding_slaves'), metric('node_bonding_active')), 'host', 'master'),
  },

  // --- heat and power --------------------------------------------------------------------------------------------
  temperature: {
    title: 'Temperature',
    description: 'What each sensor reads.',
    unit: 'celsius',
    levels: thresholds.temperature,
    empty: 'No sensors',
    expression: withSensorName(celsius),
  },
  hottest: {
    title: 'Highest temperature',
    description:
      'The hottest sensor of the machine; machines without such sensors, like a Raspberry Pi, give that of their processor.',
    unit: 'celsius',
    levels: thresholds.temperature,
    empty: 'No sensors',
    expression: together(max(celsius, 'host'), max(metric('node_thermal_zone_temp'), 'host')),
  },
  temperatureLeft: {
    title: 'Degrees left',
    description:
      'How far each sensor is below the temperature that its maker calls critical. Sensors with a limit that cannot be (0, or above 150) are left out.',
    unit: 'celsiusDifference',
    levels: thresholds.temperatureLeft,
    empty: 'No limits known',
    expression: withSensorName(subtract(where(where(critical, '>', 0), '<', 150), celsius)),
  },
  fanSpeed: {
    title: 'Fan speed',
    description: 'How fast each fan turns.',
    unit: 'rpm',
    empty: 'No fans measured',
    expression: withSensorName(metric('node_hwmon_fan_rpm')),
  },
  hardwareAlarm: {
    title: 'Hardware alarm',
    description: 'Whether a chip on the board itself reports a fan, voltage, temperature, or opened case as wrong.',
    unit: 'state',
    values: { 0: { text: 'Fine', state: 'ok' }, 1: { text: 'Alarm', state: 'critical' } },
    empty: 'No alarms known',
    expression: together(
      alarm(metric('node_hwmon_fan_alarm'), 'fan'),
      alarm(metric('node_hwmon_in_alarm'), 'voltage'),
      alarm(metric('node_hwmon_temp_crit_alarm_celsius'), 'temperature'),
      alarm(metric('node_hwmon_intrusion_alarm'), 'case opened'),
    ),
  },
  power: {
    title: 'Processor power',
    description: 'What the processor packages draw; the rest of the machine is not in it.',
    unit: 'watts',
    empty: 'Not measured',
    expression: sum(rate(metric('node_rapl_package_joules_total')), 'host'),
  },

  // --- clock, services, limits -----------------------------------------------------------------------------------
  clockOffset: {
    title: 'Clock offset',
    description: 'How far the clock is from the right time.',
    unit: 'seconds',
    levels: thresholds.clockOffset,
    expression: max(abs(clockOffset), 'host'),
  },
  clockDrifting: {
    title: 'Clock drifting away',
    description: 'Whether the clock moves further from the right time, and not back to it.',
    unit: 'state',
    values: { 0: { text: 'Coming back', state: 'ok' }, 1: { text: 'Drifting', state: 'warning' } },
    expression: max(compare(multiply(clockOffset, slope(clockOffset)), '>=', 0), 'host'),
  },
  clockSynced: {
    title: 'Clock synchronised',
    description: 'Whether something keeps the clock right.',
    unit: 'state',
    values: { 0: { text: 'Not synchronised', state: 'critical' }, 1: { text: 'Synchronised', state: 'ok' } },
    expression: min(metric('node_timex_sync_status'), 'host'),
  },
  clockError: {
    title: 'Clock error at most',
    description:
      'The most by which the clock can be wrong, as the kernel reckons. It grows to 16 s when nothing corrects it.',
    unit: 'seconds',
    expression: max(metric('node_timex_maxerror_seconds'), 'host'),
  },
  failedUnits: {
    title: 'Failed units',
    description: 'Units of systemd that failed and were not restarted.',
    unit: 'state',
    values: { 1: { text: 'Failed', state: 'critical' } },
    empty: 'None failed',
    expression: where(max(metric('node_systemd_unit_state', { state: 'failed' }), 'host', 'name'), '==', 1),
  },
  unitsFailed: {
    title: 'Units failed',
    description: 'How many units of systemd failed and were not restarted.',
    unit: 'count',
    levels: thresholds.some,
    expression: sum(metric('node_systemd_unit_state', { state: 'failed' }), 'host'),
  },
  unitRestarts: {
    title: 'Unit restarts',
    description: 'How often systemd restarted a service within a quarter of an hour. None is normal.',
    unit: 'count',
    levels: thresholds.unitRestarts,
    empty: 'No restarts',
    expression: where(max(increase(metric('node_systemd_service_restart_total'), '15m'), 'host', 'name'), '>', 0),
  },
  fileDescriptorsUsed: {
    title: 'File handles used',
    description: 'Share of the files that the kernel can keep open at once.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.fileDescriptorsUsed,
    expression: max(ratio(metric('node_filefd_allocated'), metric('node_filefd_maximum')), 'host'),
  },

  // --- arrays ----------------------------------------------------------------------------------------------------
  raidMissing: {
    title: 'Array disks missing',
    description: 'Disks that an array needs and does not have. One missing disk is often all that an array can bear.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No arrays',
    expression: subtract(
      max(metric('node_md_disks_required'), 'host', 'device'),
      max(metric('node_md_disks', { state: 'active' }), 'host', 'device'),
    ),
  },
  raidFailed: {
    title: 'Array disks failed',
    description: 'Disks that an array has given up.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No arrays',
    expression: max(metric('node_md_disks', { state: 'failed' }), 'host', 'device'),
  },

  // --- the exporter itself ---------------------------------------------------------------------------------------
  scrapeDuration: {
    title: 'Scrape duration',
    description:
      'How long node_exporter takes to answer. Seconds point at a disk or a network share that does not answer.',
    unit: 'seconds',
    levels: thresholds.scrapeDuration,
    expression: max(scraped('scrape_duration_seconds'), 'host'),
  },
  collectorDuration: {
    title: 'Collector duration',
    description: 'How long each part of node_exporter takes.',
    unit: 'seconds',
    expression: max(metric('node_scrape_collector_duration_seconds'), 'host', 'collector'),
  },
  collectorsFailing: {
    title: 'Failing collectors',
    description:
      'Parts of node_exporter that gave nothing at the last scrape. Some have nothing to give on this hardware: switch those off.',
    unit: 'state',
    values: { 0: { text: 'Failing', state: 'warning' } },
    empty: 'None failing',
    expression: where(min(metric('node_scrape_collector_success'), 'host', 'collector'), '==', 0),
  },
  textfileError: {
    title: 'Textfile error',
    description: 'Whether a file in the textfile directory could not be read; what it measured is then missing.',
    unit: 'state',
    values: { 0: { text: 'Fine', state: 'ok' }, 1: { text: 'Unreadable', state: 'warning' } },
    expression: max(metric('node_textfile_scrape_error'), 'host'),
  },
});
