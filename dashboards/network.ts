import { collapsed, defineDashboard, mark, pickOne, section } from '../lib/dashboards/dashboard';
import { compared } from '../panels/compared';
import { each } from '../panels/each';
import { labelStat } from '../panels/label-stat';
import { pagedTimeline } from '../panels/presence';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asGauge, asNumber, exact, linkRows, shortTable, table } from '../panels/table';
import { manyLines, stacked, timeseries } from '../panels/timeseries';
import { full } from '../panels/width';

export default defineDashboard({
  name: 'network',
  title: 'Network / Probes and LAN',
  folder: 'Network',
  question:
    'Who is on the network, now and earlier? Do router, name servers and internet answer, and which part is slow?',
  tags: ['network', 'blackbox_exporter'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ probe }) => probe.services)],
  annotations: (_, { host, probe }) => [
    mark('Went down', probe.wentDown, 'critical'),
    mark('Host restarted', host.restarted, 'warning'),
  ],
  links: ['home', 'host-fleet', 'host-use', 'internet', 'certificates'],

  sections: ({ probe: picked }, { lan, probe }) => [
    section('Right now', [
      stat(probe.routerUp),
      stat(probe.internetUp),
      stat(probe.nameServers).title('Name servers'),
      stat(probe.downCount).title('Down'),
      worstStat(probe.roundTripWan).title('Round trip'),
      worstStat(probe.loss),
      stat(lan.online).title('Online'),
    ]),

    section('Does everything answer?', [
      stateTimeline(probe.connectivity),
      linkRows(
        table(['service'], asColour(probe.up, 'Now'), exact(asColour(probe.availability), 2), asColour(probe.duration)),
        'service',
        'network',
      ).title('Everything that is asked'),
    ]),
    section('Which part of $service is slow?', [
      stat(picked.status).title('Status'),
      stat(picked.redirects),
      stat(picked.httpVersion).title('HTTP').decimals(1),
      labelStat(picked.tlsVersion, 'version').title('TLS'),
      stacked(picked.httpPhases),
    ]),
    section('How fast is the network?', [
      ...each(timeseries, probe.roundTrip, probe.loss, probe.jitter, probe.dnsDuration),
    ]),
    section('Who is on the LAN?', [
      pagedTimeline(lan.present),
      table(
        ['device'],
        asNumber(lan.lastSeen),
        asNumber(lan.firstSeen),
        asGauge(lan.shareOnline),
        asColour(lan.present, 'Now'),
      ),
      compared(lan.online, lan.onlineYesterday),
    ]),

    collapsed('The LAN in detail', [
      stat(lan.newcomers),
      shortTable(['device'], asColour(lan.arrived)),
      full(manyLines(lan.roundTrip)),
    ]),
    collapsed('Prober health', [
      stateTimeline(probe.exporterUp),
      stat(probe.configLoaded),
      ...each(manyLines, probe.duration, probe.dnsLookup),
    ]),
  ],
});
