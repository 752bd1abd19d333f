import { counted, level, whole, type Rows, type Value } from '../content';
import type { Behave, Place } from '../place';
import { scaled, steady, sum, wave } from '../time/course';
import { people } from '../world/household';
import { bandwidthOf, countOf, isTranscode, perSession, sessionsOf, type Session } from '../world/sessions';
import { libraryOf, type MediaLibrary } from './media-library';
import { isUp, whileUp } from './media-server';

/** Libraries as Plex names them. */
const librariesOf = (library: MediaLibrary) =>
  [
    { id: '1', name: 'Films', type: 'movie', minutes: 112, items: library.movies, bytes: library.bytes.movies },
    { id: '2', name: 'Series', type: 'show', minutes: 44, items: library.episodes, bytes: library.bytes.episodes },
    { id: '3', name: 'Music', type: 'artist', minutes: 4, items: library.songs, bytes: library.bytes.songs },
  ] as const;

const decision = { directplay: 'directplay', directstream: 'directstream', transcode: 'transcode' } as const;

/** What plays_total and play_seconds_total say of a session. In jsclayton's the labels of the library hold the values of one another. */
const play = (one: Session, isRight: boolean) => {
  const film = one.series === '';
  const library = film ? ['Films', '1', 'movie'] : ['Series', '2', 'show'];
  const [name = '', id = '', type = ''] = library;
  return {
    media_type: film ? 'movie' : 'episode',
    title: film ? one.title : one.series,
    child_title: film ? '' : `Season ${one.season}`,
    grandchild_title: film ? '' : one.title,
    stream_type: decision[one.method],
    stream_resolution: String(one.height),
    stream_file_resolution: one.height === 720 ? '1080' : String(one.height),
    stream_bitrate: String(one.bitrate / 1000),
    device: one.device,
    device_type: one.client,
    user: one.user,
    session: `${one.userId}-${one.hardware}`,
    ...(isRight
      ? { library: name, library_id: id, library_type: type }
      : { library_type: name, library: id, library_id: type }),
  };
};

const grafanaPlex = (place: Place, isRight: boolean): ReturnType<Behave> => {
  const { world, service } = place;
  const sessions = sessionsOf(world, service);
  const libraries = librariesOf(libraryOf(world, service));
  const plays = (content: (one: Session) => ReturnType<typeof counted>): Rows =>
    sessions.map((one) => [
      {
        ...play(one, isRight),
        ...(isRight && { transcode_type: isTranscode(one) ? 'both' : 'none', subtitle_action: 'none' }),
      },
      content(one),
    ]);
  const busy = scaled(
    sum(
      ...sessions
        .filter(({ hardware, method }) => method === 'transcode' && hardware === 'none')
        .map(({ active }) => active),
    ),
    35,
  );
  return {
    labels: { server: 'home', server_id: '5f0c2e', server_type: 'plex' },
    metrics: {
      server_info: [[{ platform: 'Linux', platform_version: '6.12', version: '1.42.2' }, 1]],
      host_cpu_util: (time) =>
        Math.min(100, wave(`${place.key} cpu`, { mean: 9, day: 0.4, noise: 0.3 }).at(time) + busy.at(time)),
      host_mem_util: level(wave(`${place.key} memory`, { mean: 46, noise: 0.03 })),
      library_storage_total: libraries.map(({ id, name, type, bytes }) => [
        { library: name, library_id: id, library_type: type },
        bytes,
      ]),
      library_duration_total: libraries.map(({ id, name, type, minutes, items }) => [
        { library: name, library_id: id, library_type: type },
        (time) => items(time) * minutes * 60_000,
      ]),
      transmit_bytes_total: counted(scaled(bandwidthOf(sessions), 1 / 8)),
      estimated_transmit_bytes_total: counted(scaled(bandwidthOf(sessions), 1.05 / 8)),
      // A play is counted when it begins; two a day begin in each session.
      plays_total: plays((one) => counted(scaled(one.active, 8 / 86_400))),
      play_seconds_total: plays((one) => counted(one.active)),
    },
  };
};

/** jsclayton/prometheus-plex-exporter. */
export const plexJsclayton: Behave = (place) => grafanaPlex(place, false);

/** timothystewart6's fork of it. */
export const plexTimothystewart6: Behave = (place) => {
  const { labels = {}, metrics } = grafanaPlex(place, true);
  const library = libraryOf(place.world, place.service);
  return {
    labels,
    metrics: {
      ...metrics,
      plex_library_items: librariesOf(library).map(({ id, name, type, items }) => [
        { library: name, library_id: id, library_type: type, content_type: type },
        items,
      ]),
      plex_media_movies: library.movies,
      plex_media_episodes: library.episodes,
      plex_media_music: library.songs,
      plex_media_other_videos: 12,
      plex_media_photos: 0,
    },
  };
};

/** cplieger/plex-exporter: it keeps its libraries while Plex does not answer. */
export const plexCplieger: Behave = (place) => {
  const { world, service } = place;
  const sessions = sessionsOf(world, service);
  const libraries = librariesOf(libraryOf(world, service));
  const contents = { movie: 'movies', show: 'episodes', artist: 'tracks' } as const;
  const played = (one: Session) => {
    const { stream_bitrate: _, ...labels } = play(one, true);
    return {
      ...labels,
      stream_type: one.method === 'directstream' ? 'copy' : one.method,
      transcode_type: isTranscode(one) ? 'both' : 'none',
      subtitle_action: 'none',
      grandchild_index: one.episode,
      location: one.location,
      local: String(one.location === 'lan'),
    };
  };
  const sent = (one: Session) => ({ location: one.location, session: played(one).session, user: one.user });
  const kilo = (one: Session): number => one.bitrate / 1000;
  return {
    labels: { server: 'home', server_id: '5f0c2e' },
    metrics: {
      plex_server_info: [[{ platform: 'Linux', platform_version: '6.12', plex_pass: 'true', version: '1.42.2' }, 1]],
      plex_http_reachable: isUp(place),
      plex_session_poll_reachable: isUp(place),
      plex_active_transcode_sessions: countOf(sessions, isTranscode),
      plex_host_cpu_utilization_ratio: level(wave(`${place.key} cpu`, { mean: 0.2, day: 0.4, noise: 0.3 })),
      plex_host_memory_utilization_ratio: level(wave(`${place.key} memory`, { mean: 0.46, noise: 0.03 })),
      plex_exporter_errors_total: [
        'invalid_rating_key',
        'library_items',
        'metadata_fetch',
        'metrics_server',
        'refresh',
        'sessions_fetch',
      ].map((type) => [{ type }, counted(steady(0))]),
      plex_http_retries_total: counted(steady(1 / 7_200)),
      plex_transmit_bytes_total: counted(scaled(bandwidthOf(sessions), 1 / 8)),
      plex_library_items: libraries.map(({ id, name, type, items }) => [
        { library: name, library_id: id, library_type: type, content_type: contents[type] },
        (time) => items(time) || undefined,
      ]),
      plex_library_storage_bytes: libraries.map(({ id, name, type, bytes }) => [
        { library: name, library_id: id, library_type: type },
        bytes,
      ]),
      plex_library_duration_milliseconds: libraries.map(({ id, name, type, minutes, items }) => [
        { library: name, library_id: id, library_type: type },
        (time) => items(time) * minutes * 60_000,
      ]),
      plex_plays_active: perSession(sessions, played, () => 1),
      plex_play_seconds_total: sessions.map((one) => [played(one), counted(one.active)]),
      plex_session_bandwidth_kbps: perSession(sessions, sent, kilo),
      plex_session_bitrate_kbps: perSession(sessions, sent, kilo),
    },
  };
};

/** arnarg/plex_exporter. */
export const plexArnarg: Behave = (place) => {
  const sessions = sessionsOf(place.world, place.service);
  return {
    labels: { server_id: '5f0c2e', server_name: 'home' },
    metrics: {
      plex_library_section_size_count: librariesOf(libraryOf(place.world, place.service)).map(
        ({ name, type, items }) => [{ name, type }, whileUp(place, items)],
      ),
      plex_server_info: [[{ platform: 'Linux', version: '1.42.2' }, whileUp(place, () => 1)]],
      plex_sessions_active_count: whileUp(place, countOf(sessions)),
    },
  };
};

/** axsuul/plex-media-server-exporter: sessions that are over stay, with 0. */
export const plexAxsuul: Behave = (place) => {
  const { world, service } = place;
  const sessions = sessionsOf(world, service);
  const library = libraryOf(world, service);
  const users = people.map((username, index) => ({ username, user_id: `u${index + 1}` }));
  const counts = (fits: (one: Session) => boolean): Rows =>
    users.flatMap((user) =>
      (['playing', 'paused', 'buffering'] as const).map(
        (state) =>
          [
            { ...user, state },
            whileUp(
              place,
              state === 'playing' ? countOf(sessions, (one) => one.user === user.username && fits(one)) : () => 0,
            ),
          ] as const,
      ),
    );
  return {
    metrics: {
      plex_up: isUp(place),
      plex_info: [[{ version: '1.42.2' }, whileUp(place, () => 1)]],
      plex_sessions_count: counts(() => true),
      plex_audio_transcode_sessions_count: counts(isTranscode),
      plex_video_transcode_sessions_count: counts(isTranscode),
      plex_media_count: [
        [{ title: 'Films', type: 'movie' }, whileUp(place, library.movies)],
        [{ title: 'Series', type: 'show' }, whileUp(place, library.series)],
        [{ title: 'Series - Episodes', type: 'show_episode' }, whileUp(place, library.episodes)],
        [{ title: 'Music', type: 'artist' }, whileUp(place, library.songs)],
      ],
      plex_media_downloads_count: users.map((user) => [user, 0]),
    },
  };
};

/** Bits a second as the exporters of Tautulli say it: in thousands. */
export const kilobits = (sessions: readonly Session[], fits?: (one: Session) => boolean): Value =>
  whole(scaled(bandwidthOf(sessions, fits), 1 / 1000));
