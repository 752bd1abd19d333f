import { defineDashboard, mark, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { linkSeries, linkValues } from '../panels/links';
import { dashboardList, firingList, firingStat } from '../panels/lists';
import { ageTimeline, stateTimeline } from '../panels/state-timeline';
import { stat, worstNamedStat } from '../panels/stat';
import { asColour, asGauge, asNumber, exact, linkRows, shortTable, smallTable, table } from '../panels/table';
import { timeseries } from '../panels/timeseries';
import { half, third } from '../panels/width';

export default defineDashboard({
  name: 'home',
  title: 'Home / Overview',
  folder: 'Home',
  question: 'Does everything at home work, did it at night, what is about to break, and where do I look?',
  tags: ['home'],
  // Who looks in the morning wants to see the night.
  reach: '24h',
  refresh: '1m',

  annotations: ({ host }) => [mark('Host restarted', host.restarted, 'warning')],
  links: ['host-fleet', 'host-use', 'network', 'internet', 'certificates', 'prometheus'],

  sections: ({ host, probe, lan, scrape }) => [
    section('Right now', [
      ...linkValues('network', stat(probe.servicesDown)),
      ...linkValues('host-fleet', stat(host.downCount)),
      ...linkValues('internet', stat(probe.internetUp)),
      ...linkValues('host-fleet', worstNamedStat(host.filesystemUsed).title('Fullest mount')),
      ...linkValues('host-fleet', worstNamedStat(host.hottest).title('Hottest')),
      firingStat(scrape.firingCount),
    ]),

    section('Are my services up, and were they?', [
      linkSeries(stateTimeline(probe.services).title('Service availability'), 'service', 'network'),
      linkRows(
        table(
          ['service'],
          exact(asColour(probe.serviceAvailability, 'Availability'), 2),
          exact(asNumber(probe.serviceOutages), 0),
          asColour(probe.services, 'Now'),
          asNumber(probe.status),
          asColour(probe.serviceDuration, 'Answer time'),
          asColour(probe.certificateTimeLeft),
        ).title('Availability'),
        'service',
        'network',
      ),
    ]),

    section('Are the hosts running?', [
      half(linkSeries(ageTimeline(host.uptime).title('Host uptime'), 'host', 'host-use')),
      linkRows(
        shortTable(
          ['host'],
          asColour(host.up, 'Now'),
          asGauge(host.cpuBusy, 'CPU'),
          asGauge(host.memoryUsed, 'Memory'),
          asGauge(host.filesystemUsed, 'Mount'),
          asColour(host.ioPressure),
          asColour(host.hottest, 'Hottest'),
        ).title('Host pressure'),
        'host',
        'host-use',
      ),
    ]),

    section('Does the internet work, and the LAN?', [
      linkSeries(stateTimeline(probe.connectivity), 'service', 'network'),
      ...each(timeseries, probe.roundTrip, probe.loss, lan.online).map(third),
    ]),

    section('What fires, what fills up, what runs out?', [
      firingList(scrape.alerts),
      linkRows(smallTable(['host', 'mountpoint'], asColour(host.filling, 'Full in')), 'host', 'host-use'),
      linkRows(smallTable(['service'], asColour(probe.certificatesExpiring, 'Left')), 'service', 'certificates'),
    ]),

    section('Where do I look?', [dashboardList('Boards', 'All boards of this homelab.', ['homelab'])]),
  ],
});
