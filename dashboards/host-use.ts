import { collapsed, defineDashboard, mark, pickMany, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asNumber, labelTable, shortTable, table } from '../panels/table';
import { bars, manyLines, mirrored, stacked, timeseries } from '../panels/timeseries';
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
  annotations: ({ host }) => [mark('Host restarted', host.restarted, 'warning')],
  links: ['home', 'host-fleet', 'network', 'prometheus'],

  sections: ({ host }) => [
    section('Right now', [
      // At the width of a laptop a longer title than these is cut.
      stat(host.cpuBusy).title('CPU'),
      stat(host.memoryUsed).title('Memory'),
      worstStat(host.diskBusy).title('Disk'),
      worstStat(host.filesystemUsed).title('Mount'),
      worstStat(host.networkUsed).title('Link'),
      stat(host.hottest).title('Hottest'),
      stat(host.loadPerCore).title('Load').decimals(2),
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
      ...each(manyLines, host.temperature, host.temperatureLeft),
      ...each(timeseries, host.fanSpeed, host.power),
      shortTable(['chip', 'sensor', 'alarm'], asColour(host.hardwareAlarm)),
    ]),
    collapsed('What changed', [
      shortTable(['name'], asColour(host.failedUnits)),
      stateTimeline(host.clockSynced),
      ...each(timeseries, host.clockOffset, host.fileDescriptorsUsed),
      bars(host.unitRestarts),
      labelTable(host.kernel, 'nodename', 'sysname', 'release', 'machine'),
    ]),
    collapsed('Exporter health', [
      stateTimeline(host.up),
      timeseries(host.scrapeDuration),
      manyLines(host.collectorDuration),
      shortTable(['collector'], asColour(host.collectorsFailing)),
      stateTimeline(host.textfileError),
    ]),
  ],
});
