import { counted, grown, whole, type Amount, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { scaled, steady } from '../time/course';
import { disksOf } from '../world/disks';
import { downloadsOf } from '../world/downloads';
import { befalls } from '../world/world';
import { inCatalog } from './in-catalog';
import { indexers, searches } from './indexers';
import { byQuality, libraryOf, minus, missingEpisodes, partOf, share, shareOf } from './media-library';
import { allWhileUp, isUp, upOf } from './while-up';

const withWeight = (rows: ReturnType<typeof byQuality>): Rows =>
  rows.map(([labels, value], index) => [{ ...labels, weight: String(15 - 3 * index) }, value]);

const failing = [
  'collector_error',
  'diskspace_collector_error',
  'health_collector_error',
  'history_collector_error',
  'queue_collector_error',
  'rootfolder_collector_error',
  'status_collector_error',
];

const moving = { status: 'downloading', download_status: 'ok', download_state: 'downloading' };
const waiting = { status: 'completed', download_status: 'warning', download_state: 'importPending' };
const notImported = { status: 'completed', download_status: 'warning', download_state: 'importFailed' };

const failsToImport = ({ world, service }: Place, time: number): boolean =>
  befalls(world, 'import-failing', service, time);

/** Exportarr 2 counts the whole queue under the labels of its last item. */
const wholeQueue = (place: Place): Rows => {
  const { queue, stuck } = downloadsOf(place.world, place.service);
  const last = (time: number) => (failsToImport(place, time) ? notImported : stuck.at(time) > 0 ? waiting : moving);
  return [moving, waiting, notImported].map((labels) => [
    labels,
    (time: number) => (last(time) === labels ? Math.round(queue.at(time)) : undefined),
  ]);
};

/** What exportarr tells of every app: who it is, whether it answers, its disks, its queue, its health. */
const exportarrCommon = (place: Place, app: string): Readonly<Record<string, Rows>> => {
  const { system, data } = disksOf(place.world, place.host);
  const { queue, stuck } = downloadsOf(place.world, place.service);
  const media = `${data.mountpoint}/media`;
  return {
    exportarr_app_info: [[{ app_name: app, version: place.version }, 1]],
    ...Object.fromEntries(
      failing.map((name) => [`${app}_${name}`, (time: number) => (isUp(place)(time) ? undefined : 1)] as const),
    ),
    [`${app}_scrape_requests_total`]: [[{ code: '200' }, counted(steady(1 / 60))]],
    [`${app}_system_status`]: upOf(place),
    ...allWhileUp(place, {
      [`${app}_diskspace_free_bytes`]: [
        [{ path: '/config', label: '' }, system.free],
        [{ path: media, label: 'data' }, data.free],
      ],
      [`${app}_diskspace_total_bytes`]: [
        [{ path: '/config', label: '' }, system.size],
        [{ path: media, label: 'data' }, data.size],
      ],
      [`${app}_rootfolder_freespace_bytes`]: [[{ path: media }, data.free]],
      [`${app}_history_total`]: grown(4_200, 11),
      [`${app}_queue_total`]: place.catalog.source.startsWith('exportarr_v2_')
        ? wholeQueue(place)
        : [
            [moving, (time) => Math.round(queue.at(time) - stuck.at(time))],
            [waiting, whole(stuck)],
            [notImported, (time) => (failsToImport(place, time) ? 4 : undefined)],
          ],
      [`${app}_system_health_issues`]: [
        [
          {
            source: 'UpdateCheck',
            type: 'notice',
            message: 'New update is available',
            wikiurl: 'https://wiki.servarr.com',
          },
          1,
        ],
        [
          {
            ...(app === 'prowlarr'
              ? { source: 'IndexerVIPCheck', message: 'Paid access to an indexer ends soon' }
              : { source: 'ImportMechanismCheck', message: 'Downloads wait to be imported' }),
            type: 'warning',
            wikiurl: 'https://wiki.servarr.com',
          },
          (time) => (befalls(place.world, 'queue-stuck', place.service, time) ? 1 : undefined),
        ],
        [
          {
            source: app === 'prowlarr' ? 'DownloadClientStatusCheck' : 'DownloadClientCheck',
            type: 'error',
            message: 'Unable to communicate with the download client',
            wikiurl: 'https://wiki.servarr.com',
          },
          (time) => (befalls(place.world, 'app-complains', place.service, time) ? 1 : undefined),
        ],
        ...(app === 'prowlarr'
          ? [
              [
                {
                  source: 'IndexerStatusCheck',
                  type: 'error',
                  message: 'All indexers are unavailable due to failures',
                  wikiurl: 'https://wiki.servarr.com',
                },
                (time: number) => (befalls(place.world, 'indexers-down', place.service, time) ? 1 : undefined),
              ] as const,
            ]
          : []),
      ],
    }),
  };
};

const exportarr =
  (app: string, port: number, own: (place: Place) => Readonly<Record<string, Rows>>): Behave =>
  (place) => ({
    labels: { url: `http://${place.service}:${port}` },
    metrics: inCatalog(place, { ...exportarrCommon(place, app), ...allWhileUp(place, own(place)) }),
  });

export const exportarrSonarr = exportarr('sonarr', 8989, ({ world, service }) => {
  const part = shareOf(world, service);
  const { bytes, episodes, seasons, series } = partOf(libraryOf(world, 'library'), part);
  const missing = missingEpisodes(part);
  const unmonitored = share(episodes, 0.06);
  const total: Amount = (time) => episodes(time) + missing(time);
  return {
    sonarr_series_total: series,
    sonarr_series_downloaded_total: share(series, 0.9),
    sonarr_series_monitored_total: minus(series, share(series, 0.08)),
    sonarr_series_unmonitored_total: share(series, 0.08),
    sonarr_series_filesize_bytes: bytes.episodes,
    sonarr_series_tag_total: [[{ tag: 'family' }, share(series, 0.3)]],
    sonarr_season_total: seasons,
    sonarr_season_downloaded_total: share(seasons, 0.93),
    sonarr_season_monitored_total: minus(seasons, share(seasons, 0.08)),
    sonarr_season_unmonitored_total: share(seasons, 0.08),
    sonarr_episode_total: total,
    sonarr_episode_downloaded_total: episodes,
    sonarr_episode_missing_total: missing,
    sonarr_episode_cutoff_unmet_total: share(episodes, 0.02),
    sonarr_episode_monitored_total: minus(total, unmonitored),
    sonarr_episode_unmonitored_total: unmonitored,
    sonarr_episode_quality_total: withWeight(byQuality(episodes)),
  };
});

export const exportarrRadarr = exportarr('radarr', 7878, ({ world, service }) => {
  const part = shareOf(world, service);
  const { bytes, movies } = partOf(libraryOf(world, 'library'), part);
  const missing: Amount = () => Math.round(12 * part);
  const total: Amount = (time) => movies(time) + missing(time);
  return {
    radarr_movie_total: total,
    radarr_movie_downloaded_total: movies,
    radarr_movie_missing_total: missing,
    radarr_movie_wanted_total: missing,
    radarr_movie_monitored_total: minus(total, share(total, 0.1)),
    radarr_movie_unmonitored_total: share(total, 0.1),
    radarr_movie_cutoff_unmet_total: share(movies, 0.04),
    radarr_movie_editions: 7,
    radarr_movie_filesize_total: bytes.movies,
    radarr_movie_quality_total: withWeight(byQuality(movies)),
    radarr_movie_tag_total: [[{ tag: 'family' }, share(movies, 0.3)]],
  };
});

export const exportarrLidarr = exportarr('lidarr', 8686, ({ world }) => {
  const { albums, artists, bytes, songs } = libraryOf(world, 'library');
  return {
    lidarr_albums_total: albums,
    lidarr_albums_missing_total: share(albums, 0.05),
    lidarr_albums_monitored_total: share(albums, 0.9),
    lidarr_albums_genres_total: [
      [{ genre: 'Jazz' }, share(albums, 0.4)],
      [{ genre: 'Folk' }, share(albums, 0.25)],
    ],
    lidarr_artists_total: artists,
    lidarr_artists_monitored_total: share(artists, 0.9),
    lidarr_artists_genres_total: [
      [{ genre: 'Jazz' }, share(artists, 0.4)],
      [{ genre: 'Folk' }, share(artists, 0.25)],
    ],
    lidarr_artists_filesize_bytes: bytes.songs,
    lidarr_songs_total: (time) => Math.round(songs(time) * 1.04),
    lidarr_songs_downloaded_total: songs,
    lidarr_songs_quality_total: [
      [{ quality: 'FLAC', weight: '21' }, share(songs, 0.7)],
      [{ quality: 'MP3-320', weight: '10' }, minus(songs, share(songs, 0.7))],
    ],
  };
});

export const exportarrReadarr = exportarr('readarr', 8787, ({ world }) => {
  const { books, bytes } = libraryOf(world, 'library');
  const total: Amount = (time) => books(time) + 20;
  return {
    readarr_author_total: 48,
    readarr_author_downloaded_total: 45,
    readarr_author_monitored_total: 40,
    readarr_author_unmonitored_total: 8,
    readarr_author_filesize_bytes: bytes.books,
    readarr_book_total: total,
    readarr_book_downloaded_total: books,
    readarr_book_grabbed_total: books,
    readarr_book_missing_total: 20,
    readarr_book_monitored_total: minus(total, () => 15),
    readarr_book_unmonitored_total: 15,
  };
});

export const exportarrProwlarr = exportarr('prowlarr', 9696, (place) => {
  const each = (value: (search: ReturnType<typeof searches>) => Amount): Rows =>
    indexers.map((indexer, index) => [{ indexer }, value(searches(place, index))]);
  return {
    prowlarr_indexer_total: indexers.length,
    // Those that are switched on: one that is not asked for a while stays among them.
    prowlarr_indexer_enabled_total: indexers.length,
    prowlarr_indexer_queries_total: each(({ queries }) => queries),
    prowlarr_indexer_rss_queries_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor(queries(time) / 3),
    ),
    prowlarr_indexer_auth_queries_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor(queries(time) / 50),
    ),
    prowlarr_indexer_grabs_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor(queries(time) / 20),
    ),
    prowlarr_indexer_failed_queries_total: each(({ failed }) => failed),
    prowlarr_indexer_failed_rss_queries_total: each(
      ({ failed }) =>
        (time) =>
          Math.floor(failed(time) / 3),
    ),
    prowlarr_indexer_failed_auth_queries_total: each(() => () => 0),
    prowlarr_indexer_failed_grabs_total: each(() => () => 0),
    prowlarr_indexer_average_response_time_ms: indexers.map((indexer, index) => [
      { indexer },
      (time) =>
        searches(place, index).isFailing(time)
          ? 9_000
          : Math.round(420 + 310 * index + 60 * Math.sin(time / 5_000 + index)),
    ]),
    prowlarr_indexer_unavailable: each(
      ({ isFailing }) =>
        (time) =>
          Number(isFailing(time)),
    ),
    prowlarr_indexer_vip_expires_in_seconds: each(() => (time) => 180 * 86_400 - (time % 86_400)),
    prowlarr_user_agent_queries_total: [
      [{ user_agent: 'Sonarr/4.0.15' }, grown(5_000, 600)],
      [{ user_agent: 'Radarr/5.26.2' }, grown(3_000, 300)],
    ],
    prowlarr_user_agent_grabs_total: [
      [{ user_agent: 'Sonarr/4.0.15' }, grown(400, 9)],
      [{ user_agent: 'Radarr/5.26.2' }, grown(200, 3)],
    ],
    prowlarr_user_agent_total: 2,
  };
});

export const exportarrBazarr: Behave = (place) => {
  const { episodes, movies } = libraryOf(place.world, 'library');
  const kinds = { episode_subtitles: episodes, movie_subtitles: movies } as const;
  const each = (
    part: number,
    of: 'count' | 'bytes',
  ): Readonly<Record<'episode_subtitles' | 'movie_subtitles' | 'subtitles', Amount>> => {
    const scale = of === 'bytes' ? 60_000 * part : part;
    const episode = share(kinds.episode_subtitles, scale);
    const movie = share(kinds.movie_subtitles, scale);
    return {
      episode_subtitles: episode,
      movie_subtitles: movie,
      subtitles: (time) => episode(time) + movie(time),
    };
  };
  const named = (suffix: string, part: number, of: 'count' | 'bytes' = 'count'): Readonly<Record<string, Rows>> =>
    Object.fromEntries(Object.entries(each(part, of)).map(([kind, value]) => [`bazarr_${kind}_${suffix}`, value]));
  return {
    labels: { url: `http://${place.service}:6767` },
    metrics: inCatalog(place, {
      ...exportarrCommon(place, 'bazarr'),
      ...allWhileUp(place, {
        ...named('downloaded_total', 0.95),
        ...named('filesize_total', 1, 'bytes'),
        ...named('history_total', 1.1),
        ...named('missing_total', 0.03),
        ...named('monitored_total', 0.97),
        ...named('unmonitored_total', 0.03),
        ...named('wanted_total', 0.03),
        bazarr_subtitles_language_total: [
          [{ language: 'en' }, share(episodes, 0.7)],
          [{ language: 'de' }, share(episodes, 0.4)],
        ],
        bazarr_subtitles_provider_total: [
          [{ provider: 'opensubtitlescom' }, share(episodes, 0.8)],
          [{ provider: 'podnapisi' }, share(episodes, 0.3)],
        ],
        bazarr_system_health_issues: [[{ object: 'Sonarr', issue: 'none' }, 0]],
        bazarr_throttled_providers: 0,
        bazarr_signalr_connected: [
          [{ app: 'radarr' }, 1],
          [{ app: 'sonarr' }, 1],
        ],
      }),
    }),
  };
};

export const exportarrSabnzbd: Behave = (place) => {
  const { system, data } = disksOf(place.world, place.host);
  const { queue, speed } = downloadsOf(place.world, place.service);
  const remaining: Amount = (time) => Math.round(queue.at(time) * 2.1e9 * (1.2 - (time % 3_600) / 3_600));
  return {
    labels: { url: `http://${place.service}:8080` },
    metrics: inCatalog(place, {
      exportarr_app_info: [[{ app_name: 'sabnzbd', version: place.version }, 1]],
      sabnzbd_collector_error: (time) => (isUp(place)(time) ? undefined : 1),
      sabnzbd_scrape_requests_total: [[{ code: '200' }, counted(steady(1 / 60))]],
      ...allWhileUp(place, {
        sabnzbd_article_cache_articles: 0,
        sabnzbd_article_cache_bytes: 0,
        sabnzbd_disk_total_bytes: [
          [{ folder: 'download' }, system.size],
          [{ folder: 'complete' }, data.size],
        ],
        sabnzbd_disk_used_bytes: [
          [{ folder: 'download' }, system.used],
          [{ folder: 'complete' }, data.used],
        ],
        sabnzbd_downloaded_bytes: counted(speed),
        sabnzbd_info: [[{ status: 'Downloading', version: '4.5.3' }, 1]],
        sabnzbd_pause_duration_seconds: 0,
        sabnzbd_paused: 0,
        sabnzbd_paused_all: 0,
        sabnzbd_queue_length: whole(queue),
        sabnzbd_queue_warnings: 0,
        sabnzbd_quota_bytes: 2e12,
        sabnzbd_remaining_quota_bytes: 1.4e12,
        sabnzbd_total_bytes: (time) => Math.round(queue.at(time) * 2.6e9),
        sabnzbd_remaining_bytes: remaining,
        sabnzbd_server_articles_total: [[{ server: 'news.example.org' }, counted(scaled(speed, 1 / 700_000))]],
        sabnzbd_server_articles_success: [[{ server: 'news.example.org' }, counted(scaled(speed, 0.995 / 700_000))]],
        sabnzbd_server_downloaded_bytes: [[{ server: 'news.example.org' }, counted(speed)]],
        sabnzbd_speed_bps: whole(speed),
        sabnzbd_speed_limit_bps: 12_500_000,
        sabnzbd_speed_limit_percent: 100,
        sabnzbd_status: 3,
        sabnzbd_time_estimate_seconds: (time) => Math.round(remaining(time) / Math.max(speed.at(time), 1e5)),
      }),
    }),
  };
};
