import { collapsed, defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { labelStat } from '../panels/label-stat';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { stateTimeline } from '../panels/state-timeline';
import { asGauge, asNumber, exact, table } from '../panels/table';
import { mirrored, stacked, timeseries } from '../panels/timeseries';

export default defineDashboard({
  name: 'tautulli',
  title: 'Media / Tautulli',
  folder: 'Media',
  question: 'How is Plex used, does what is played play well, what does it take, and does Tautulli see Plex?',
  tags: ['media', 'tautulli', 'plex'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ tautulli }) => tautulli.scraped)],
  links: ['plex', 'tdarr', 'seerr'],

  sections: ({ tautulli }) =>
    withPreflight([
      section('Right now', [
        ...each(stat, tautulli.up, tautulli.plexReachable, tautulli.streams, tautulli.transcodes),
        stat(tautulli.bandwidthAway),
        stat(tautulli.slowestTranscode).title('Slowest'),
        stat(tautulli.updateAvailable).title('Plex update'),
        labelStat(tautulli.version, 'version').title('Plex version'),
      ]),

      section('Does it see Plex?', [stateTimeline(tautulli.up), stateTimeline(tautulli.plexReachable)]),
      section('Who watches what?', [
        table(['user', 'title', 'player', 'app', 'quality', 'method'], asNumber(tautulli.nowPlaying)).title(
          'Now playing',
        ),
        table(['user', 'title'], asGauge(tautulli.progress), asNumber(tautulli.transcodeSpeed)).title('Progress'),
      ]),
      section('How is it played?', [
        ...each(stacked, tautulli.streamsByMethod, tautulli.streamsByPlace),
        ...each(timeseries, tautulli.slowestTranscode),
        mirrored(tautulli.bandwidthHome, tautulli.bandwidthAway)
          .title('Bandwidth in the house (+) and away (−)')
          .axisLabel('away (−) / in the house (+)'),
      ]),
      section('What is watched?', [
        ...each(stacked, tautulli.playsInADay, tautulli.watchTimeInADay),
        table(
          ['library'],
          asNumber(tautulli.items),
          asNumber(tautulli.episodes),
          asNumber(tautulli.size),
          asNumber(tautulli.plays),
          exact(asNumber(tautulli.watchTime), 1),
          asNumber(tautulli.lastPlayed),
        ).title('Libraries'),
        table(
          ['user'],
          asNumber(tautulli.playsByUser, 'Plays'),
          exact(asNumber(tautulli.watchTimeByUser, 'Watched'), 1),
          asNumber(tautulli.lastSeenByUser),
        ).title('People'),
      ]),

      collapsed('Streams in detail', [
        ...each(stat, tautulli.streamsPeak, tautulli.paused, tautulli.transcodeShare, tautulli.videoTranscodes),
        stat(tautulli.hardwareTranscodes).title('By hardware'),
        ...each(stat, tautulli.secureShare, tautulli.bandwidth, tautulli.users),
        ...each(barGauge, tautulli.streamsByApp, tautulli.conversions),
        stacked(tautulli.streamsByKind),
      ]),
      collapsed('Exporter health', [
        stateTimeline(tautulli.scraped),
        ...each(timeseries, tautulli.dataAge, tautulli.pollTime, tautulli.pollFailures),
      ]),
    ]),
});
