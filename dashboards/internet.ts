import { collapsed, defineDashboard, mark, section } from '../lib/dashboards/dashboard';
import { byHour } from '../panels/by-hour';
import { compared, measured } from '../panels/compared';
import { each } from '../panels/each';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, exact, labelTable, shortTable } from '../panels/table';
import { timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'internet',
  title: 'Internet / Quality',
  folder: 'Network',
  question: 'Do I get from my line what it gives on most days, and when not?',
  tags: ['network', 'blackbox_exporter', 'speedtest'],
  reach: '7d',
  refresh: '5m',

  annotations: ({ probe }) => [mark('Line went down', probe.lineWentDown, 'critical')],
  links: ['home', 'network', 'certificates'],

  sections: ({ internet, probe }) => [
    section('Right now', [
      stat(probe.internetUp),
      stat(probe.lineAvailability).decimals(2),
      stat(probe.lineDownTime).title('Down for'),
      worstStat(probe.lineLoss).title('Loss'),
      ...each(stat, internet.download, internet.upload),
      stat(internet.downloadOfUsual).title('Of usual').decimals(0),
      stat(internet.ping),
    ]),

    section('Is the line up?', [stateTimeline(probe.connectivity)]),
    section('How good is it?', [...each(timeseries, probe.lineRoundTrip, probe.lineLoss)]),
    section('Do I get what is usual?', [
      measured(compared(internet.download, internet.downloadUsual)),
      measured(compared(internet.upload, internet.uploadUsual)),
      measured(timeseries(internet.downloadOfUsual, internet.uploadOfUsual)).title('Speed against usual'),
      measured(timeseries(internet.ping, internet.jitter)).title('Ping and jitter'),
    ]),
    section('At which hour of the day is it slow?', [
      ...each(byHour, internet.download, internet.upload, probe.lineRoundTrip, probe.lineLoss),
    ]),

    collapsed('Addresses in detail', [
      shortTable(
        ['service'],
        exact(asColour(probe.lineAnswers, 'Availability'), 2),
        asColour(probe.lineRoundTrip),
        asColour(probe.lineUsual),
      ),
      timeseries(probe.jitter),
    ]),
    collapsed('Speed test in detail', [
      stateTimeline(internet.up),
      stateTimeline(internet.worked),
      labelTable(internet.server, 'isp', 'server_name', 'server_location', 'status'),
      timeseries(internet.scrapeDuration),
    ]),
  ],
});
