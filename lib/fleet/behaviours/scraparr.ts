import { grown, lastOf, level, whole, type Amount, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { wave } from '../time/course';
import { disksOf } from '../world/disks';
import { downloadsOf } from '../world/downloads';
import { films, shows } from '../world/household';
import { inCatalog } from './in-catalog';
import { indexers, searches } from './indexers';
import { byQuality, libraryOf, minus, missingEpisodes, partOf, share, shareOf } from './media-library';
import { allWhileUp, upOf } from './while-up';

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
        scraparr_services_up: upOf(place),
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
const both = (name: string, value: Amount | number): Readonly<Record<string, Rows>> => ({
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
    const own = part * shareOf(world, service);
    const { bytes, series, episodes } = partOf(libraryOf(world, 'library'), own);
    const missing = missingEpisodes(own);
    return {
      ...both(`${app}_${things}`, series),
      ...both(`${app}_${parts}`, (time) => episodes(time) + missing(time)),
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
    ...both('radarr_movies', (time) => movies(time) + 12),
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
    (index: number): Amount =>
    (time) =>
      Number(searches(place, index).isFailing(time));
  const isHealthy =
    (index: number): Amount =>
    (time) =>
      1 - failing(index)(time);
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
