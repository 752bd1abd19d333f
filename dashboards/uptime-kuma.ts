import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { withPreflight } from '../panels/preflight';
import { stat, worstNamedStat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, exact, shortTable, table } from '../panels/table';
import { manyLines } from '../panels/timeseries';
import { full } from '../panels/width';

export default defineDashboard({
  name: 'uptime-kuma',
  title: 'Network / Uptime Kuma',
  folder: 'Network',
  question: 'Which monitors are down, since when, how available were they, and which certificates run out?',
  tags: ['network', 'uptime-kuma'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ uptimeKuma }) => uptimeKuma.up)],

  sections: ({ uptimeKuma: kuma }) =>
    withPreflight([
      section('Right now', [
        stat(kuma.up),
        ...each(stat, kuma.down, kuma.answering, kuma.pending, kuma.maintenance),
        worstNamedStat(kuma.availability).title('Worst shown').decimals(2),
        worstStat(kuma.uptimeMonth).title('Worst in 30 days').decimals(2),
        worstStat(kuma.certificateLeft).title('Next certificate'),
      ]),

      section('Which are down, since when?', [stateTimeline(kuma.status)]),
      section('How available were they?', [
        table(
          ['monitor', 'type', 'number'],
          asColour(kuma.status, 'State'),
          exact(asColour(kuma.availability), 2),
          exact(asColour(kuma.uptimeDay, 'A day'), 2),
          exact(asColour(kuma.uptimeMonth, '30 days'), 2),
          exact(asColour(kuma.uptimeYear, 'A year'), 2),
          asColour(kuma.responseTimeDay, 'Response'),
          asColour(kuma.certificateLeft, 'Certificate left'),
          asNumber(kuma.changes),
        ).title('All monitors'),
      ]),
      section('How fast do they answer?', [full(manyLines(kuma.responseTime))]),
      section('Which certificates run out?', [
        barGauge(kuma.certificateLeft),
        shortTable(['monitor', 'number'], asColour(kuma.certificateValid)),
      ]),
      collapsed('Is this list true?', [
        shortTable(['number'], asColour(kuma.renamed)),
        shortTable(['monitor', 'type'], asNumber(kuma.frozen)),
      ]),
    ]),
});
