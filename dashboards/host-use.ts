import { collapsed, defineDashboard, mark, pickMany, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asNumber, table } from '../panels/table';
import { bars, mirrored, stacked, timeseries } from '../panels/timeseries';
import { resource, useSections } from '../panels/use';

export default defineDashboard({
  name: 'host-use',
  title: 'Hosts / USE',
  folder: 'Hosts',
  question: 'Which resource of this machine is the bottleneck: is it busy, does work wait for it, is it failing?',
  tags: ['host', 'node_exporter'],
  refresh: '1m',

  variables: [
    pickOne('host', ({ host }) => host.kernel),
    pickMany('disk', ({ host }) => host.diskBusy, 'device'),
    pickMany('interface', ({ host }) => host.networkReceived, 'device'),
    pickMany('mountpoint', ({ host }) => host.filesystemUsed, 'mountpoint'),
  ],
  annotations: ({ host }) => [mark('Restarted', host.restarted, 'warning')],
  links: ['prometheus'],

  sections: ({ host }) => [
    section('Right now', [
      stat(host.cpuBusy),
      stat(host.memoryUsed),
      worstStat(host.diskBusy).title('Busiest disk'),
      worstStat(host.filesystemUsed).title('Fullest filesystem'),
      worstStat(host.networkUsed).title('Busiest interface'),
      stat(host.hottest),
      stat(host.loadPerCore).decimals(2),
      stat(host.uptime),
    ]),

    ...useSections(
      resource('CPU', 'CPU', host.cpuBusy, host.cpuPressure, host.throttles),
      resource('Memory', 'Memory', host.memoryUsed, host.memoryPressure, host.oomKills),
      resource('Disks', 'Disk {device}', host.diskBusy, host.diskQueue, host.raidFailed),
      resource('Network', 'Interface {device}', host.networkUsed, host.networkDrops, host.networkErrors),
      resource('Filesystems', '{mountpoint}', host.filesystemUsed, host.inodesUsed, host.filesystemError),
    ),

    collapsed('CPU and memory in detail', [
      stacked(host.cpuByMode),
      ...each(timeseries, host.loadPerCore, host.cpuSteal, host.memoryStalled, host.swapTraffic, host.majorFaults),
      bars(host.eccCorrected, host.eccUncorrected).title('Memory errors'),
    ]),
    collapsed('Disks and network in detail', [
      table(
        ['mountpoint'],
        asGauge(host.filesystemUsed),
        asNumber(host.filesystemFree),
        asColour(host.timeToFull),
      ).title('Room left'),
      mirrored(host.diskRead, host.diskWritten).title('Disk throughput'),
      timeseries(host.diskReadWait, host.diskWriteWait).title('Disk wait'),
      ...each(timeseries, host.diskOperations, host.ioPressure, host.ioStalled, host.raidMissing),
      stateTimeline(host.filesystemReadOnly),
      mirrored(host.networkReceived, host.networkSent).title('Network traffic'),
      ...each(timeseries, host.retransmits, host.conntrackUsed, host.bondMissing),
      ...each(bars, host.linkChanges, host.connectionsRefused),
    ]),
    collapsed('Heat and power', [
      ...each(timeseries, host.temperature, host.temperatureLeft, host.fanSpeed, host.power),
      stateTimeline(host.hardwareAlarm),
    ]),
    collapsed('What changed', [
      ...each(stateTimeline, host.failedUnits, host.clockSynced),
      ...each(timeseries, host.clockOffset, host.fileDescriptorsUsed),
      bars(host.unitRestarts),
      table(['nodename', 'sysname', 'release', 'machine'], asNumber(host.kernel)).title('Kernel'),
    ]),
    collapsed('Exporter health', [
      ...each(timeseries, host.scrapeDuration, host.collectorDuration),
      table(['collector'], asColour(host.collectorsFailing)),
      stateTimeline(host.textfileError),
    ]),
  ],
});
