import { collapsed, defineDashboard, section } from '../lib/dashboards/dashboard';
import { sum } from '../lib/expression/operators';
import { derive, type Signal } from '../lib/signals/signal';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { withPreflight } from '../panels/preflight';
import { stat, worstStat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, shortTable, table } from '../panels/table';
import { bars, stacked, timeseries } from '../panels/timeseries';
import { full, third } from '../panels/width';

/** All apps together. */
const all = (signal: Signal): Signal =>
  derive(signal, 'all', (expression) => sum(expression), { legend: signal.title });

export default defineDashboard({
  name: 'arr',
  title: 'Media / *arr',
  folder: 'Media',
  question:
    'Are Sonarr, Radarr and the others well, is anything stuck, what is missing, do indexers work, will it fit?',
  tags: ['media', 'arr'],
  reach: '24h',
  refresh: '1m',

  links: ['downloads'],

  sections: ({ arr, indexers, subtitles }) =>
    withPreflight([
      section('Right now', [
        stat(arr.down).title('Down'),
        stat(all(arr.problems)).title('Issues'),
        ...[arr.queue, arr.stuck, arr.missing].map((signal) => stat(all(signal))),
        worstStat(arr.free),
        worstStat(indexers.left).title('Indexers'),
        worstStat(subtitles.throttled).title('Throttled'),
      ]),

      section('Is each of them up and well?', [
        table(
          ['service'],
          asColour(arr.up),
          asColour(arr.problems),
          asNumber(arr.queue),
          asColour(arr.stuck),
          asNumber(arr.missing),
          asNumber(arr.items),
          asNumber(arr.size),
        ).title('Apps'),
        table(['service', 'source', 'message'], asColour(arr.issues)).title('Health'),
      ]),
      section('Is anything stuck?', [
        ...each(stacked, arr.queue, arr.queueByState),
        shortTable(['service', 'status', 'download_status', 'download_state'], asNumber(arr.stuckItems)).title(
          'Stuck items',
        ),
        timeseries(arr.stuck),
      ]),
      section('What is missing, and what is there?', [
        ...[arr.missing, arr.cutoffUnmet, arr.size].map((signal) => third(timeseries(signal))),
      ]),
      section('Do indexers work?', [
        ...[timeseries(indexers.responseTime), timeseries(indexers.failureRatio), bars(indexers.grabs)].map(third),
      ]),
      section('Will it fit?', [barGauge(arr.free), timeseries(arr.fullIn)]),

      collapsed('Indexers in detail', [
        table(
          ['indexer'],
          asColour(indexers.state),
          asNumber(indexers.responseTime),
          asColour(indexers.failureRatio),
          asNumber(indexers.searches),
          asNumber(indexers.grabs),
          asColour(indexers.membershipLeft),
        ).title('Each indexer'),
        ...each(stat, indexers.enabled, indexers.unavailable),
      ]),
      collapsed('Subtitles', [
        ...each(stat, subtitles.missing, subtitles.lacking, subtitles.downloaded),
        stat(subtitles.throttled).title('Throttled'),
        shortTable(['to'], asColour(subtitles.linked, 'State')),
        ...each(barGauge, subtitles.byLanguage, subtitles.byProvider),
      ]),
      collapsed('Quality, growth and disks', [
        full(barGauge(arr.quality)),
        ...each(timeseries, arr.growth, arr.diskUsed),
      ]),
      collapsed('Exporter health', [...[arr.up, arr.scraped, arr.partsFailing].map((signal) => stateTimeline(signal))]),
    ]),
});
