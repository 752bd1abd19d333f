import { defineDashboard, mark, pickMany, section } from '../lib/dashboards/dashboard';
import { barGauge } from '../panels/gauges';
import { linkSeries } from '../panels/links';
import { ageTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asLabel, asNumber, linkRows, table } from '../panels/table';
import { timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'host-fleet',
  title: 'Hosts / Fleet',
  folder: 'Hosts',
  question: 'Which of my machines is in trouble, and how do they compare?',
  tags: ['host', 'node_exporter'],
  refresh: '1m',

  variables: [pickMany('host', ({ host }) => host.up)],
  annotations: ({ host }) => [mark('Host restarted', host.restarted, 'warning')],
  links: ['home', 'host-use', 'network', 'prometheus'],

  sections: ({ host, scrape }) => [
    section('Which machine is in trouble?', [
      linkRows(
        table(
          ['host'],
          asColour(host.up, 'Now'),
          asColour(scrape.firingByHost),
          asGauge(host.cpuBusy),
          asGauge(host.memoryUsed),
          asGauge(host.filesystemUsed, 'Fullest mount'),
          asColour(host.ioPressure),
          asColour(host.hottest, 'Hottest'),
          asNumber(host.uptime),
        ).title('Hosts'),
        'host',
        'host-use',
      ),
    ]),

    section('Which one works hardest?', [
      linkSeries(timeseries(host.cpuBusy), 'host', 'host-use'),
      linkSeries(timeseries(host.memoryUsed), 'host', 'host-use'),
    ]),
    section('Is a disk full, are packets lost?', [
      linkSeries(barGauge(host.fullest), 'host', 'host-use'),
      linkSeries(timeseries(host.networkLost), 'host', 'host-use'),
    ]),
    section('Did any restart?', [linkSeries(ageTimeline(host.uptime), 'host', 'host-use')]),
    section('What are they?', [
      table(
        ['host'],
        asLabel(host.operatingSystem, 'pretty_name', 'System'),
        asLabel(host.kernel, 'release', 'Kernel'),
        asLabel(host.kernel, 'machine', 'Processor'),
        asNumber(host.cores),
        asNumber(host.memoryTotal, 'Memory'),
      )
        .title('Inventory')
        .sortBy([]),
    ]),
  ],
});
