import { defineDashboard, pickOne, section } from '../lib/dashboards/dashboard';
import { allow } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { byHour } from '../panels/by-hour';
import { each } from '../panels/each';
import { barGauge } from '../panels/gauges';
import { logCount, logs, logsOf } from '../panels/logs';
import { withPreflight } from '../panels/preflight';
import { stat } from '../panels/stat';
import { asColour, asGauge, table } from '../panels/table';
import { stacked, timeseries } from '../panels/timeseries';

/** rebelcore's exporter calls what it is told a counter before 1.5.0, and a gauge since. */
const plays = <P extends object>(panel: P, { sources }: Signal): P =>
  sources.some(({ source }) => source === 'jellyfin_exporter')
    ? allow(panel, 'raw-counter', 'it is what Jellyfin has counted in all its years, whenever the exporter started')
    : panel;

export default defineDashboard({
  name: 'jellyfin-activity',
  title: 'Jellyfin / Activity',
  folder: 'Media',
  question: 'Is anybody watching, how is it played, what does it take, and when is most of it?',
  tags: ['media', 'jellyfin'],
  reach: '24h',
  refresh: '1m',

  variables: [pickOne('service', ({ jellyfin }) => jellyfin.streamsTold)],
  links: ['jellyfin-health', 'jellyfin-library', 'jellyfin-transcoding'],

  sections: ({ jellyfin }, _, home) =>
    withPreflight([
      section('Right now', [
        ...each(stat, jellyfin.up, jellyfin.streams, jellyfin.paused, jellyfin.viewers),
        stat(jellyfin.connected).title('Connected'),
        stat(jellyfin.directShare).title('Direct'),
        stat(jellyfin.bandwidth),
        stat(jellyfin.users),
      ]),

      section('Who watches what?', [
        table(
          ['user', 'series_title', 'title', 'player', 'method'],
          asColour(jellyfin.nowPlaying, 'State'),
          asGauge(jellyfin.progress),
        ).title('Now playing'),
        table(['user', 'title'], asColour(jellyfin.nowPlayingTitles, 'State')),
        ...each(stacked, jellyfin.streamsByUser),
      ]),
      section('How is it played?', [
        ...each(stacked, jellyfin.streamsByMethod, jellyfin.streamsByKind),
        ...each(timeseries, jellyfin.bandwidth, jellyfin.sent),
        ...each(barGauge, jellyfin.streamsByApp, jellyfin.connectedByApp),
      ]),
      section('When is most of it?', [
        byHour(jellyfin.streams),
        stat(jellyfin.streamsPeak),
        byHour(jellyfin.bandwidth),
      ]),
      section('How much is watched?', [
        plays(stat(jellyfin.playsEver), jellyfin.playsEver),
        plays(barGauge(jellyfin.playsEverByUser), jellyfin.playsEverByUser),
      ]),
      section('Who fails to sign in?', [
        logCount({
          title: 'Refused logins',
          description: 'Logins that Jellyfin refused. Some are typing errors; many at once are somebody who guesses.',
          query: `${logsOf('jellyfin')} |= "Authentication request for" |= "has been denied"`,
          dataSource: home.logs,
        }),
        logs({
          title: 'Refused logins in the log',
          description: 'Who was refused, from where.',
          query: `${logsOf('jellyfin')} |= "Authentication request for" |= "has been denied"`,
          dataSource: home.logs,
          personal: home.privacy,
        }),
      ]),
    ]),
});
