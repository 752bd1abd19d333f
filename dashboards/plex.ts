import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { byHour } from '../panels/by-hour';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asColour, asNumber, labelTable, table } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';
import { full } from '../panels/width';

export default defineDashboard({
  name: 'plex',
  title: 'Media / Plex',
  folder: 'Media',
  question: 'Is Plex up, who plays and how, does its machine cope, and does the library grow or vanish?',
  tags: ['media', 'plex'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ plex }) => plex.scraped)],
  links: ['tautulli', 'tdarr', 'seerr'],

  sections: ({ plex }) =>
    withPreflight([
      section('Right now', [
        stat(plex.up),
        stat(plex.polls),
        stat(plex.streams),
        stat(plex.transcodes),
        stat(plex.awayShare).decimals(0),
        stat(plex.bandwidth),
        stat(plex.hostBusy).title('CPU').decimals(0),
        labelStat(plex.version, 'version'),
      ]),

      section('Is it up?', [stateTimeline(plex.up)]),
      section('Who watches what?', [
        labelTable(plex.nowPlaying, 'user', 'title', 'episode', 'player', 'method'),
        ...each(stacked, plex.streamsByUser),
        ...each(timeseries, plex.bandwidthByUser),
      ]),
      section('How is it played?', [
        ...each(stacked, plex.streamsByMethod, plex.streamsByPlace),
        timeseries(plex.streams, plex.transcodes, plex.paused).title('Streams over time').min(0),
        stat(plex.viewers),
      ]),
      section('What does it take?', [stacked(plex.bandwidthByPlace), timeseries(plex.hostBusy)]),
      section('What is there, and does it grow or vanish?', [
        ...each(stat, plex.movies, plex.series, plex.episodes, plex.songs),
        full(timeseries(plex.items)),
        ...each(stacked, plex.itemsAdded, plex.itemsRemoved),
      ]),

      collapsed('Streams in detail', [
        ...each(stat, plex.streamsPeak, plex.soundTranscodes, plex.subtitlesBurned, plex.downloads),
        ...each(barGauge, plex.streamsByApp, plex.streamsByResolution),
        stacked(plex.streamsByKind),
        byHour(plex.streams),
        ...each(timeseries, plex.sent, plex.hostMemory),
      ]),
      collapsed('How much is watched', [
        stat(plex.watchTime).decimals(1),
        ...[plex.watchTimeByUser, plex.watchTimeByTitle, plex.watchTimeByApp, plex.watchTimeByMethod].map((signal) =>
          barGauge(signal).decimals(1),
        ),
      ]),
      collapsed('Libraries in detail', [
        table(
          ['library'],
          asNumber(plex.items, 'Items'),
          asNumber(plex.librarySize, 'Size'),
          asNumber(plex.libraryLength, 'Length'),
          asColour(plex.libraryKept, 'Of the most in a day'),
        ).title('Libraries'),
        timeseries(plex.librarySize),
      ]),
      collapsed('Exporter health', [
        stateTimeline(plex.scraped),
        ...each(timeseries, plex.exporterErrors, plex.retries),
      ]),
    ]),
});
