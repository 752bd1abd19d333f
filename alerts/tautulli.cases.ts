import type { CasesByAlert } from '../lib/alerts/promtool';
import { beside, casesOf, downAndRestarted, seriesOf, type Story, type Tales, type Told } from './testing/stories';

const stories = {
  TautulliDown: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'tautulli does not answer its exporter',
    description:
      'The exporter of tautulli has had no good answer for 5m: Tautulli is stopped, hangs, or refuses the exporter’s key.',
    because: 'it is restarted',
    missAt: '20m',
  },
  TautulliPlexUnreachable: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'tautulli does not reach Plex',
    description: 'tautulli has not reached Plex for 5m: Plex is down, or refuses Tautulli.',
    because: 'Tautulli itself does not answer, so that nobody knows',
    missAt: '30m',
  },
  PlexTranscodeBehind: {
    silentAt: '12m',
    firesAt: '13m',
    summary: 'Plex transcodes slower than the film runs, as tautulli sees it',
    description: 'The slowest transcode of Plex has 70% of the speed of the film (below 100%) for 3m.',
    because: 'one is slowed down by Plex because it is ahead, the other is not converted at all',
    missAt: '30m',
  },
  PlexUpdateAvailable: {
    interval: '10m',
    silentAt: '1530m',
    firesAt: '1540m',
    summary: 'Plex has an update, as tautulli tells',
    description: 'For 1d, tautulli has known of a newer version of Plex.',
    because: 'it was updated in the evening',
    missAt: '1600m',
  },
  TautulliDataStale: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'The exporter of tautulli shows old numbers',
    description: 'The exporter of tautulli heard from it last 20m 0s ago, and goes on showing what it heard then.',
    because: 'it heard from it ten minutes ago',
    missAt: '30m',
  },
} as const satisfies Readonly<Record<string, Story>>;

const series = seriesOf('tautulli');

const stale = (heard: string, up: string): Told => ({
  fires: { [up]: '1x60', [heard]: '0x60' },
  nearMiss: { [up]: '1x60', [heard]: '0x15 900x60' },
});

const scabraha = (job: string): Tales<typeof stories> => {
  const up = series(job, 'tautulli_up');
  const plex = series(job, 'tautulli_plex_reachable');
  const update = series(job, 'tautulli_plex_update_available');
  const of = (metric: string, title: string): string =>
    series(job, `tautulli_session_${metric}`, `title="${title}", user="ada"`);
  return {
    TautulliDown: downAndRestarted(up),
    TautulliPlexUnreachable: {
      fires: { [up]: '1x60', [plex]: '1x9 0x60' },
      nearMiss: { [up]: '1x9 0x60', [plex]: '1x9 0x60' },
    },
    PlexTranscodeBehind: beside(
      {
        fires: {
          [of('transcode_speed_ratio', 'Slow')]: '3x9 0.7x60',
          [of('throttled', 'Slow')]: '0x60',
          [of('transcode_speed_ratio', 'Ahead')]: '0.1x60',
          [of('throttled', 'Ahead')]: '1x60',
        },
        nearMiss: {
          [of('transcode_speed_ratio', 'Ahead')]: '0.1x60',
          [of('throttled', 'Ahead')]: '1x60',
          [of('transcode_speed_ratio', 'As it is')]: '0x60',
          [of('throttled', 'As it is')]: '0x60',
        },
      },
      { [up]: '1x60' },
    ),
    PlexUpdateAvailable: {
      fires: { [update]: '0x9 1x150' },
      nearMiss: { [update]: '0x9 1x120 0x60' },
    },
    TautulliDataStale: stale(series(job, 'tautulli_exporter_last_successful_poll_timestamp_seconds'), up),
  };
};

const nwalke = (job: string): Tales<typeof stories> => ({ TautulliDown: downAndRestarted(series(job, 'tautulli_up')) });

const mm503 = (job: string): Tales<typeof stories> => ({
  TautulliDown: downAndRestarted(series(job, 'plex_up')),
  TautulliDataStale: stale(series(job, 'plex_last_successful_scrape_timestamp_seconds'), series(job, 'plex_up')),
});

/** The cases of each exporter alone, by the name of its example homelab. */
export const tautulliVariants: Readonly<Record<string, CasesByAlert>> = {
  scabraha: casesOf(stories, 'tautulli', scabraha('tautulli')),
  nwalke: casesOf(stories, 'tautulli', nwalke('tautulli')),
  mm503: casesOf(stories, 'tautulli', mm503('tautulli')),
};

/** In the homelab that has everything. */
export const tautulliCases: CasesByAlert = casesOf(stories, 'tautulli', scabraha('tautulli'));
