import { collapsed, defineDashboard, section } from '../lib/dashboards/dashboard';
import { sum } from '../lib/expression/operators';
import { derive, type Signal } from '../lib/signals/signal';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { withPreflight } from '../panels/preflight';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, table } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';
import { half } from '../panels/width';

/** All clients together. */
const all = (signal: Signal): Signal =>
  derive(signal, 'all', (expression) => sum(expression), { legend: signal.title });

export default defineDashboard({
  name: 'downloads',
  title: 'Media / Downloads',
  folder: 'Media',
  question: 'Does anything come in, how fast, what is left, what stops it, and is there room for it?',
  tags: ['media', 'downloads'],
  refresh: '1m',

  links: ['arr'],

  sections: ({ downloads }) =>
    withPreflight([
      section('Right now', [
        ...[downloads.speed, downloads.waiting, downloads.remaining].map((signal) => stat(all(signal))),
        worstStat(downloads.timeLeft),
        worstStat(downloads.free),
        ...[stat(all(downloads.stalled)), stat(all(downloads.errored)).title('With errors')],
        stat(all(downloads.warnings)),
      ]),

      section('Which client does what?', [
        table(
          ['service'],
          asColour(downloads.up),
          asNumber(downloads.speed),
          asNumber(downloads.uploadSpeed),
          asNumber(downloads.waiting),
          asNumber(downloads.remaining),
          asNumber(downloads.timeLeft),
          asColour(downloads.paused),
        ).title('Clients'),
      ]),
      section('How fast?', [
        ...each(timeseries, downloads.speed, downloads.uploadSpeed),
        ...each(stacked, downloads.speedByServer, downloads.torrents),
        timeseries(downloads.remaining),
      ]),
      section('What stops it?', [
        half(stateTimeline(downloads.paused)),
        half(stateTimeline(downloads.connected)),
        timeseries(downloads.articlesFound),
        barGauge(downloads.quotaUsed).span(9),
        worstStat(downloads.quotaLeft),
      ]),
      section('Is there room?', [timeseries(downloads.free), barGauge(downloads.diskUsed)]),

      collapsed('Limits and peers', [
        stat(downloads.speedLimit),
        ...each(timeseries, downloads.waiting, downloads.peers, downloads.errored),
      ]),
      collapsed('Exporter health', [stateTimeline(downloads.up), stateTimeline(downloads.scraped)]),
    ]),
});
