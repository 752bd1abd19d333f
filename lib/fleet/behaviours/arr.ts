import { counted, grown, lastOf, level, whole, type Rows, type Value } from '../content';
import type { Behave, Place } from '../place';
import { isIn, scaled, steady, wave } from '../time/course';
import { disksOf } from '../world/disks';
import { downloadsOf } from '../world/downloads';
import { films, shows } from '../world/household';
import { befalls, isSecond, windowsOf } from '../world/world';
import { libraryOf, partOf } from './media-library';
import { allWhileUp, isUp } from './while-up';

/** Only what the catalog of this version has: one behaviour serves several versions of an exporter. */
const inCatalog = (place: Place, metrics: Readonly<Record<string, Rows>>): Readonly<Record<string, Rows>> =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => Object.hasOwn(place.catalog.metrics, name)));

/** A share of a number, rounded. */
const share =
  (of: Value, part: number): Value =>
  (time) =>
    Math.round((of(time) ?? 0) * part);

/** The difference of two numbers. */
const minus =
  (one: Value, other: Value): Value =>
  (time) =>
    (one(time) ?? 0) - (other(time) ?? 0);

/** Numbers of things by quality, which add up to all of them. */
const byQuality = (all: Value): readonly (readonly [Readonly<Record<string, string>>, Value])[] => {
  const bluray = share(all, 0.22);
  const hdtv = share(all, 0.09);
  return [
    [{ quality: 'WEBDL-1080p' }, (time) => (all(time) ?? 0) - (bluray(time) ?? 0) - (hdtv(time) ?? 0)],
    [{ quality: 'Bluray-1080p' }, bluray],
    [{ quality: 'HDTV-720p' }, hdtv],
  ];
};

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
  const healthy = (time: number): number => Number(befalls(place.world, 'queue-stuck', place.service, time));
  const media = `${data.mountpoint}/media`;
  return {
    exportarr_app_info: [[{ app_name: app, version: place.version }, 1]],
    ...Object.fromEntries(
      failing.map((name) => [`${app}_${name}`, (time: number) => (isUp(place)(time) ? undefined : 1)] as const),
    ),
    [`${app}_scrape_requests_total`]: [[{ code: '200' }, counted(steady(1 / 60))]],
    [`${app}_system_status`]: (time) => Number(isUp(place)(time)),
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
          (time) => (healthy(time) === 1 ? 1 : undefined),
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
  const part = isSecond(world, service) ? 0.2 : 1;
  const { bytes, episodes, seasons, series } = partOf(libraryOf(world, 'library'), part);
  const missing: Value = (time) => Math.round(part * (41 + 2 * Math.sin(time / 30_000)));
  const unmonitored = share(episodes, 0.06);
  const total: Value = (time) => (episodes(time) ?? 0) + (missing(time) ?? 0);
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
  const part = isSecond(world, service) ? 0.2 : 1;
  const { bytes, movies } = partOf(libraryOf(world, 'library'), part);
  const missing: Value = () => Math.round(12 * part);
  const total: Value = (time) => (movies(time) ?? 0) + (missing(time) ?? 0);
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
    lidarr_songs_total: (time) => Math.round((songs(time) ?? 0) * 1.04),
    lidarr_songs_downloaded_total: songs,
    lidarr_songs_quality_total: [
      [{ quality: 'FLAC', weight: '21' }, share(songs, 0.7)],
      [{ quality: 'MP3-320', weight: '10' }, minus(songs, share(songs, 0.7))],
    ],
  };
});

export const exportarrReadarr = exportarr('readarr', 8787, ({ world }) => {
  const { books, bytes } = libraryOf(world, 'library');
  const total: Value = (time) => (books(time) ?? 0) + 20;
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

const indexers = ['Indexer One', 'Indexer Two', 'Indexer Three'] as const;

/** Searches of one indexer, and those that failed: half of them while it fails. Exportarr calls these totals gauges. */
const searches = (place: Place, index: number) => {
  const start = (time: number): number => time - place.lives.program(time);
  const pace = 0.01 * (3 - index);
  const { world, service } = place;
  const windows = [
    ...(index === 0 ? windowsOf(world, 'indexer-failing', service) : []),
    ...windowsOf(world, 'indexers-down', service),
  ];
  const failingFor = (time: number): number =>
    windows.reduce((total, { from, to }) => total + Math.max(0, Math.min(time, to) - from), 0);
  return {
    queries: (time: number) => Math.floor(start(time) * pace),
    failed: (time: number) => Math.floor(failingFor(time) * pace * 0.9),
    isFailing: (time: number) => windows.some((window) => isIn(window, time)),
  };
};

export const exportarrProwlarr = exportarr('prowlarr', 9696, (place) => {
  const each = (value: (search: ReturnType<typeof searches>) => Value): Rows =>
    indexers.map((indexer, index) => [{ indexer }, value(searches(place, index))]);
  return {
    prowlarr_indexer_total: indexers.length,
    // Those that are switched on: one that is not asked for a while stays among them.
    prowlarr_indexer_enabled_total: indexers.length,
    prowlarr_indexer_queries_total: each(({ queries }) => queries),
    prowlarr_indexer_rss_queries_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor((queries(time) ?? 0) / 3),
    ),
    prowlarr_indexer_auth_queries_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor((queries(time) ?? 0) / 50),
    ),
    prowlarr_indexer_grabs_total: each(
      ({ queries }) =>
        (time) =>
          Math.floor((queries(time) ?? 0) / 20),
    ),
    prowlarr_indexer_failed_queries_total: each(({ failed }) => failed),
    prowlarr_indexer_failed_rss_queries_total: each(
      ({ failed }) =>
        (time) =>
          Math.floor((failed(time) ?? 0) / 3),
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
  ): Readonly<Record<'episode_subtitles' | 'movie_subtitles' | 'subtitles', Value>> => {
    const scale = of === 'bytes' ? 60_000 * part : part;
    const episode = share(kinds.episode_subtitles, scale);
    const movie = share(kinds.movie_subtitles, scale);
    return {
      episode_subtitles: episode,
      movie_subtitles: movie,
      subtitles: (time) => (episode(time) ?? 0) + (movie(time) ?? 0),
    };
  };
  const named = (suffix: string, part: number, of: 'count' | 'bytes' = 'count'): Readonly<Record<string, Rows>> =>
    Object.fromEntries(Object.entries(each(part, of)).map(([kind, value]) => [`bazarr_${kind}_${suffix}`, value]));
  const { system_status: _, ...common } = { system_status: 0, ...exportarrCommon(place, 'bazarr') };
  const { bazarr_system_health_issues: __, ...kept } = common as Readonly<Record<string, Rows>>;
  return {
    labels: { url: `http://${place.service}:6767` },
    metrics: inCatalog(place, {
      ...kept,
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
  const remaining: Value = (time) => Math.round(queue.at(time) * 2.1e9 * (1.2 - (time % 3_600) / 3_600));
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
        sabnzbd_time_estimate_seconds: (time) => Math.round((remaining(time) ?? 0) / Math.max(speed.at(time), 1e5)),
      }),
    }),
  };
};

/** As which app scraparr counts one: it has one code for both of these. */
const caller = (app: string): string => (app.endsWith('seerr') ? 'seerr' : app === 'whisparr' ? 'sonarr' : app);

/** scraparr: one page for all apps, told apart by the app's name in each metric. `things` is what the app has: series, films, sites. */
const scraparr =
  (app: string, own: (place: Place, path: string) => Readonly<Record<string, Rows>>): Behave =>
  (place) => {
    const { data } = disksOf(place.world, place.host);
    const { queue, stuck } = downloadsOf(place.world, place.service);
    const path = `${data.mountpoint}/media`;
    return {
      labels: { alias: place.service, scraparr_services: caller(app), path },
      metrics: inCatalog(place, {
        scraparr_services_up: (time) => Number(isUp(place)(time)),
        [`${app}_scrape_duration`]: level(wave(`${place.key} scrape`, { mean: 0.3, noise: 0.4 })),
        [`${app}_last_scrape`]: lastOf(30),
        ...allWhileUp(place, {
          [`${app}_start_time`]: place.lives.program,
          [`${app}_build_time`]: Date.UTC(2026, 3, 1) / 1000,
          [`${app}_available_disk_size`]: data.size,
          [`${app}_free_disk_size`]: data.free,
          [`${app}_queue_count`]: whole(queue),
          [`${app}_queue_error`]: 0,
          [`${app}_queue_warning`]: whole(stuck),
          ...own(place, path),
        }),
      }),
    };
  };

/** The same number for the only folder, and for all of them. */
const both = (name: string, value: Value | number): Readonly<Record<string, Rows>> => ({
  [name]: value,
  [`${name}_total`]: value,
});

const serial = (
  app: string,
  things: string,
  parts: string,
  one: string,
  { names, part }: { readonly names: readonly string[]; readonly part: number },
): Behave =>
  scraparr(app, ({ world, service }) => {
    const own = part * (isSecond(world, service) ? 0.2 : 1);
    const { bytes, series, episodes } = partOf(libraryOf(world, 'library'), own);
    const missing: Value = (time) => Math.round(own * (41 + 2 * Math.sin(time / 30_000)));
    return {
      ...both(`${app}_${things}`, series),
      ...both(`${app}_${parts}`, (time) => (episodes(time) ?? 0) + (missing(time) ?? 0)),
      ...both(`${app}_missing_${parts}`, missing),
      ...both(`${app}_monitored_${things}`, minus(series, share(series, 0.08))),
      ...both(`${app}_unmonitored_${things}`, share(series, 0.08)),
      ...both(`${app}_continuing_${things}`, share(series, 0.4)),
      ...both(`${app}_ended_${things}`, minus(series, share(series, 0.4))),
      ...both(`${app}_deleted_${things}`, 0),
      ...both(`${app}_upcoming_${things}`, 2),
      ...both(`${app}_disk_size`, bytes.episodes),
      [`${app}_quality_${parts}`]: byQuality(episodes),
      [`${app}_quality_${parts}_total`]: byQuality(episodes),
      [`${app}_genres_count`]: [
        [{ genre: 'Drama' }, share(series, 0.4)],
        [{ genre: 'Documentary' }, share(series, 0.2)],
      ],
      [`${app}_genres_count_total`]: [
        [{ genre: 'Drama' }, share(series, 0.4)],
        [{ genre: 'Documentary' }, share(series, 0.2)],
      ],
      ...Object.fromEntries(
        (
          [
            ['disk_size', (index: number) => 4e10 * (index + 1)],
            ['download_percentage', () => 96],
            [parts, (index: number) => 24 + 12 * index],
            [`missing_${parts}`, (index: number) => index],
            ['monitored', () => 1],
            ['seasons', (index: number) => 2 + index],
          ] as const
        ).map(([what, value]) => [
          `${app}_${one}_${what}`,
          names.map((name, index) => [{ [one]: name }, value(index)] as const),
        ]),
      ),
    };
  });

export const scraparrSonarr = serial('sonarr', 'series', 'episodes', 'series', { names: shows, part: 1 });
export const scraparrWhisparr = serial('whisparr', 'sites', 'scenes', 'sites', {
  names: ['Site One', 'Site Two'],
  part: 0.1,
});

export const scraparrRadarr = scraparr('radarr', ({ world }) => {
  const { bytes, movies } = libraryOf(world, 'library');
  return {
    ...both('radarr_movies', (time) => (movies(time) ?? 0) + 12),
    ...both('radarr_missing_movies', 12),
    ...both(
      'radarr_monitored_movies',
      minus(movies, () => 70),
    ),
    ...both('radarr_unmonitored_movies', 82),
    ...both('radarr_announced_movies', 3),
    ...both('radarr_in_cinemas_movies', 4),
    ...both(
      'radarr_released_movies',
      minus(movies, () => 7),
    ),
    ...both('radarr_deleted_movies', 0),
    ...both('radarr_tba_movies', 1),
    ...both('radarr_disk_size', bytes.movies),
    radarr_quality_movies: byQuality(movies),
    radarr_quality_movies_total: byQuality(movies),
    radarr_movie_disk_size: films.map((movie, index) => [{ movie }, 8e9 + 2e9 * index]),
    radarr_movie_files: films.map((movie) => [{ movie }, 1]),
    radarr_movie_missing: films.map((movie, index) => [{ movie }, Number(index === 4)]),
    radarr_movie_monitored: films.map((movie) => [{ movie }, 1]),
  };
});

export const scraparrReadarr = scraparr('readarr', ({ world }) => {
  const { books, bytes } = libraryOf(world, 'library');
  return {
    readarr_author_book_count: [
      [{ author: 'Ina Feld' }, share(books, 0.1)],
      [{ author: 'Tomas Reed' }, share(books, 0.06)],
    ],
    readarr_author_rating: [
      [{ author: 'Ina Feld' }, 4.2],
      [{ author: 'Tomas Reed' }, 3.9],
    ],
    readarr_author_rating_total: 4.05,
    readarr_author_status: [
      [{ status: 'continuing' }, 40],
      [{ status: 'ended' }, 8],
    ],
    readarr_book_rating_total: 4.1,
    readarr_book_disk_size_total: bytes.books,
    readarr_book_percentage: [
      [{ book: 'The Salt Ledger' }, 100],
      [{ book: 'Blue Hours' }, 100],
    ],
  };
});

export const scraparrProwlarr = scraparr('prowlarr', (place) => {
  const failing =
    (index: number): Value =>
    (time) =>
      Number(searches(place, index).isFailing(time));
  const isHealthy =
    (index: number): Value =>
    (time) =>
      1 - (failing(index)(time) ?? 0);
  return {
    prowlarr_application_enabled: [
      [{ application: 'Sonarr' }, 1],
      [{ application: 'Radarr' }, 1],
    ],
    prowlarr_application_enabled_total: 2,
    prowlarr_application_sync_level: [
      [{ application: 'Sonarr', sync_level: 'fullSync' }, 1],
      [{ application: 'Radarr', sync_level: 'fullSync' }, 1],
    ],
    prowlarr_application_sync_level_total: [[{ sync_level: 'fullSync' }, 2]],
    prowlarr_applications_total: 2,
    prowlarr_indexer_count: [
      [{ type: 'usenet' }, 2],
      [{ type: 'torrent' }, 1],
    ],
    prowlarr_indexer_count_total: indexers.length,
    prowlarr_indexer_enabled: indexers.map((indexer, index) => [
      { indexer, type: index < 2 ? 'usenet' : 'torrent' },
      1,
    ]),
    prowlarr_indexer_enabled_total: indexers.length,
    prowlarr_indexer_healthy: indexers.map((indexer, index) => [{ indexer }, isHealthy(index)]),
    prowlarr_indexer_privacy: [
      [{ privacy: 'private', type: 'usenet' }, 2],
      [{ privacy: 'public', type: 'torrent' }, 1],
    ],
    prowlarr_indexer_privacy_total: [
      [{ privacy: 'private' }, 2],
      [{ privacy: 'public' }, 1],
    ],
    prowlarr_indexer_status: indexers.flatMap((indexer, index) => [
      [{ indexer, status: 'healthy' }, isHealthy(index)] as const,
      [{ indexer, status: 'failing' }, failing(index)] as const,
    ]),
    prowlarr_vip_expiration: indexers.map((indexer) => [
      { indexer },
      (time) => Math.floor(time / 86_400) * 86_400 + 180 * 86_400,
    ]),
  };
});

export const scraparrBazarr = scraparr('bazarr', ({ world }) => {
  const { movies, series } = libraryOf(world, 'library');
  return {
    bazarr_movies_total: movies,
    bazarr_series_total: series,
    bazarr_providers: 2,
    bazarr_provider_status: [
      [{ provider: 'opensubtitlescom', status: 'Good' }, 1],
      [{ provider: 'podnapisi', status: 'Good' }, 1],
    ],
    bazarr_wanted_episodes: shows.map((name, index) => [{ series: name }, index]),
    bazarr_wanted_episodes_total: 3,
    bazarr_wanted_movies: films.map((movie, index) => [{ movie }, Number(index === 0)]),
    bazarr_wanted_movies_total: 1,
  };
});

/** Jellyseerr and Overseerr, which are one program under two names. */
const scraparrSeerr = (app: string): Behave =>
  scraparr(app, () => ({
    [`${app}_request_total`]: grown(210, 0.8),
    [`${app}_request_movie`]: grown(130, 0.5),
    [`${app}_request_tv`]: grown(80, 0.3),
    [`${app}_request_status`]: [
      [{ status: 'Available' }, grown(197, 0.8)],
      [{ status: 'Processing' }, 2],
      [{ status: 'Pending' }, 3],
      [{ status: 'Declined' }, 7],
      [{ status: 'Failed' }, 1],
    ],
    [`${app}_request_seasons`]: [
      [{ request: '1' }, 2],
      [{ request: '2' }, 1],
    ],
    [`${app}_request_seasons_total`]: grown(140, 0.5),
    [`${app}_request_timestamp`]: [
      [{ request: '1' }, lastOf(86_400, 3_000)],
      [{ request: '2' }, lastOf(86_400, 9_000)],
    ],
    [`${app}_issue_total`]: 4,
    [`${app}_issue_status`]: [
      [{ status: 'Open' }, 1],
      [{ status: 'Closed' }, 3],
    ],
    [`${app}_issue_type`]: [
      [{ type: 'Video' }, 3],
      [{ type: 'Audio' }, 1],
    ],
    [`${app}_issue_media_type`]: [
      [{ media_type: 'movie' }, 3],
      [{ media_type: 'tv' }, 1],
    ],
    [`${app}_issue_title`]: [[{ issue: 'Video' }, 1]],
    [`${app}_user_total`]: 5,
    [`${app}_user_requests`]: [
      [{ user: 'ada' }, grown(120, 0.4)],
      [{ user: 'bruno' }, grown(90, 0.4)],
    ],
  }));

export const scraparrJellyseerr = scraparrSeerr('jellyseerr');
export const scraparrOverseerr = scraparrSeerr('overseerr');

/** What was asked for of Overseerr: how many at first, and how many more a day. */
const requested = [
  ['Drama', 'Approved', 'Available', 42, 0.2],
  ['Comedy', 'Approved', 'Available', 28, 0.1],
  ['Documentary', 'Approved', 'Available', 13, 0.05],
  ['Drama', 'Approved', 'Processing', 4, 0],
  ['Comedy', 'Approved', 'Processing', 2, 0],
  ['Drama', 'Pending', 'Unknown', 2, 0],
] as const;

/** WillFantom/overseerr-exporter. */
export const overseerrExporter: Behave = (place) => ({
  metrics: allWhileUp(place, {
    overseerr_requests_count: (['movie', 'tv'] as const).flatMap((media_type) =>
      requested.map(
        ([genre, request_status, media_status, count, perDay]) =>
          [
            { media_type, request_status, media_status, is_4k: 'false', genre, company: 'Northlight' },
            grown(media_type === 'tv' ? Math.round(count * 0.7) : count, media_type === 'tv' ? perDay / 2 : perDay),
          ] as const,
      ),
    ),
    overseerr_user_requests: [
      [{ email: 'ada@example.org' }, grown(120, 0.4)],
      [{ email: 'bruno@example.org' }, grown(90, 0.4)],
    ],
  }),
});

/** The Seerr part of st0o0/tentacle. */
export const tentacleSeerr: Behave = (place) => ({
  metrics: allWhileUp(place, {
    seerr_requests_total: grown(213, 0.8),
    seerr_requests_by_status_total: [
      [{ status: 'available' }, grown(190, 0.8)],
      [{ status: 'approved' }, 13],
      [{ status: 'pending' }, 3],
      [{ status: 'declined' }, 7],
    ],
    seerr_requests_by_type_total: [
      [{ media_type: 'movie' }, grown(130, 0.5)],
      [{ media_type: 'tv' }, grown(83, 0.3)],
    ],
  }),
});
