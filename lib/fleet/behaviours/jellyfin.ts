import { counted, grown, lastOf, level, type Amount, type Rows, type Value } from '../content';
import type { Behave, Place } from '../place';
import { scaled, sum, wave } from '../time/course';
import { disksOf } from '../world/disks';
import { people, screens } from '../world/household';
import { bandwidthOf, countOf, isTranscode, perSession, positionOf, sessionsOf, type Session } from '../world/sessions';
import { befalls } from '../world/world';
import { libraryOf } from './media-library';
import { isUp, whileUp } from './media-server';

const day = 86_400;

const kindsOf = ({ world, service }: Place): Readonly<Record<string, Amount>> => {
  const library = libraryOf(world, service);
  return {
    Movie: library.movies,
    Series: library.series,
    Episode: library.episodes,
    Album: library.albums,
    Artist: library.artists,
    Song: library.songs,
    Book: library.books,
    BoxSet: () => 31,
    MusicVideo: () => 12,
    Program: () => 0,
    Trailer: () => 8,
    Item: (time) => library.movies(time) + library.episodes(time) + library.songs(time),
  };
};

const playing = ({ userId, user, device, type, title, series, season, episode, method }: Session) => ({
  user_id: userId,
  username: user,
  device,
  type,
  title,
  series_title: series,
  series_season: season,
  series_episode: episode,
  method,
});

const users = people.map((username, index) => ({ user_id: `u${index + 1}`, username }));

/** rebelcore/jellyfin_exporter before 1.5.0. */
export const jellyfinExporter: Behave = (place) => {
  const sessions = sessionsOf(place.world, place.service);
  const collectors = ['activity', 'media', 'playing', 'system', 'users'];
  return {
    metrics: {
      jellyfin_up: isUp(place),
      jellyfin_media_count: Object.entries(kindsOf(place)).map(([type, value]) => [{ type }, whileUp(place, value)]),
      jellyfin_now_playing_state: [
        ...(perSession(sessions, playing, (session, time) => Number(positionOf(session, time) % 1_800 > 60)) as []),
        // An idle session is told as well, with nothing in it.
        [
          {
            user_id: 'u5',
            username: 'elin',
            device: 'Bedroom TV',
            type: '',
            title: '',
            series_title: '',
            series_season: '',
            series_episode: '',
            method: '',
          },
          whileUp(place, () => 1),
        ],
      ],
      jellyfin_scrape_collector_duration_seconds: collectors.map((collector) => [
        { collector },
        level(wave(`${place.key} ${collector}`, { mean: 0.02, noise: 0.4 })),
      ]),
      jellyfin_scrape_collector_success: collectors.map((collector) => [{ collector }, isUp(place)]),
      jellyfin_user_account: [
        ...users.map(
          (user, index) =>
            [
              { ...user, admin: index === 0 ? '1' : '0', last_access: '2026-05-01T10:00:00Z' },
              whileUp(place, () => 1),
            ] as const,
        ),
        [
          { user_id: 'u9', username: 'visitor', admin: '0', last_access: '' },
          (time: number) => (befalls(place.world, 'user-added', place.service, time) ? 1 : undefined),
        ],
      ],
      jellyfin_user_active: activeUsers(sessions),
      jellyfin_activity_count: users.map((user, index) => [
        { ...user, last_seen: '2026-05-01', total_play_time: '3 hours' },
        grown(120 * (index + 1), 2),
      ]),
    },
  };
};

const activeUsers = (sessions: readonly Session[]): Rows =>
  perSession(
    sessions,
    ({ userId, user, device, client, address }) => ({
      user_id: userId,
      username: user,
      device,
      client,
      client_version: '10.11.2',
      ip_address: address,
    }),
    () => 1,
  );

const tasks = [
  { task_name: 'Scan Media Library', category: 'Library', seconds: 840 },
  { task_name: 'Refresh Guide', category: 'Live TV', seconds: 90 },
  { task_name: 'Extract Chapter Images', category: 'Library', seconds: 300 },
] as const;

/** Tasks run at three in the morning. */
const isRunning = (seconds: number, time: number): boolean =>
  (time % day) - 3 * 3_600 >= 0 && (time % day) - 3 * 3_600 < seconds;

const failedTask = (place: Place, task: string, time: number): boolean =>
  task === tasks[0].task_name && befalls(place.world, 'task-failed', place.service, time);

/** The same since 1.5.0. */
export const jellyfinExporterNext: Behave = (place) => {
  const { world, service, host } = place;
  const sessions = sessionsOf(world, service);
  const transcodes = sessions.filter(isTranscode);
  const { metrics: older } = jellyfinExporter(place);
  const disks = disksOf(world, host);
  const now = (value: (session: Session, time: number) => number): Rows => perSession(sessions, playing, value);
  const session = (one: Session) => ({ session_id: `${one.userId}-${one.hardware}` });
  const transcoding = (value: (one: Session, time: number) => number): Rows => perSession(transcodes, session, value);
  const folders = ['cache', 'image_cache', 'logs', 'metadata', 'program_data', 'transcodes', 'web'];
  const storage = (value: (disk: (typeof disks)['data']) => Value): Rows => [
    ...['Films', 'Series', 'Music'].map(
      (name) => [{ location: 'library', name }, whileUp(place, value(disks.data))] as const,
    ),
    ...folders.map((location) => [{ location, name: '' }, whileUp(place, value(disks.system))] as const),
  ];
  const perTask = (value: (task: (typeof tasks)[number], time: number) => number): Rows =>
    tasks.map((task) => [
      { task_name: task.task_name, category: task.category },
      whileUp(place, (time) => value(task, time)),
    ]);
  const { jellyfin_now_playing_state: _, ...others } = older;
  return {
    metrics: {
      ...others,
      jellyfin_up: whileUp(place, () => 1),
      jellyfin_scrape_collector_duration_seconds: nextCollectors.map((collector) => [
        { collector },
        level(wave(`${place.key} ${collector}`, { mean: 0.02, noise: 0.4 })),
      ]),
      jellyfin_scrape_collector_success: nextCollectors.map((collector) => [{ collector }, isUp(place)]),
      jellyfin_now_playing_state: now((one, time) => Number(positionOf(one, time) % 1_800 > 60)),
      jellyfin_now_playing_duration: now(({ length }) => length),
      jellyfin_now_playing_position: now(positionOf),
      jellyfin_now_playing_remaining: now((one, time) => one.length - positionOf(one, time)),
      jellyfin_now_playing_progress: now((one, time) => (100 * positionOf(one, time)) / one.length),
      jellyfin_storage_free_bytes: storage(({ free }) => free),
      jellyfin_storage_used_bytes: storage(({ used }) => used),
      jellyfin_system_info: [
        [
          {
            version: '10.11.2',
            server_name: 'home',
            server_id: '5f0c2e',
            product_name: 'Jellyfin Server',
            package_name: '',
          },
          whileUp(place, () => 1),
        ],
      ],
      jellyfin_system_pending_restart: whileUp(place, () => 0),
      jellyfin_tasks_last_run_seconds: perTask(({ seconds, task_name }, time) =>
        failedTask(place, task_name, time) ? 12 : seconds,
      ),
      jellyfin_tasks_last_run_status: tasks.flatMap(({ task_name, category }) =>
        (['Completed', 'Failed'] as const).map(
          (status) =>
            [
              { task_name, category, status },
              // Only the state of the last run is told: 1 for completed, 0 for anything else.
              whileUp(place, (time) => {
                const failed = failedTask(place, task_name, time);
                return (status === 'Failed') === failed ? Number(!failed) : undefined;
              }),
            ] as const,
        ),
      ),
      jellyfin_tasks_progress: perTask(({ seconds }, time) =>
        isRunning(seconds, time) ? (100 * ((time % day) - 3 * 3_600)) / seconds : 0,
      ),
      jellyfin_tasks_state: tasks.flatMap(({ task_name, category, seconds }) =>
        (['Idle', 'Running', 'Cancelling'] as const).map(
          (state) =>
            [
              { task_name, category, state },
              whileUp(place, (time) => Number(state === (isRunning(seconds, time) ? 'Running' : 'Idle'))),
            ] as const,
        ),
      ),
      jellyfin_transcoding_active: whileUp(place, (time) => Number(countOf(sessions, isTranscode)(time) > 0)),
      jellyfin_transcoding_sessions: whileUp(place, countOf(sessions, isTranscode)),
      jellyfin_transcoding_session_audio_direct: transcoding(() => 0),
      jellyfin_transcoding_session_video_direct: transcoding(() => 0),
      jellyfin_transcoding_session_bitrate_bits_per_second: transcoding(({ bitrate }) => bitrate),
      jellyfin_transcoding_session_completion_percentage: transcoding((one, time) =>
        Math.min(100, (100 * positionOf(one, time)) / one.length + 8),
      ),
      // A processor without help hardly keeps up with the picture.
      jellyfin_transcoding_session_framerate: transcoding(({ hardware }) => (hardware === 'vaapi' ? 94 : 19)),
      jellyfin_transcoding_session_height_pixels: transcoding(({ height }) => height),
      jellyfin_transcoding_session_width_pixels: transcoding(({ height }) => (height * 16) / 9),
      jellyfin_transcoding_session_paused: transcoding(() => 0),
      jellyfin_transcoding_session_reason: perSession(
        transcodes,
        (one) => ({ ...session(one), reason: 'VideoCodecNotSupported' }),
        () => 1,
      ),
      jellyfin_transcoding_session_info: perSession(
        transcodes,
        (one) => ({
          ...session(one),
          user_id: one.userId,
          username: one.user,
          device: one.device,
          client: one.client,
          client_version: '10.11.2',
          ip_address: one.address,
          media_type: one.type,
          title: one.title,
          series_title: one.series,
          series_episode: one.episode,
          series_season: one.season,
          method: one.method,
          hardware_acceleration: one.hardware,
          video_codec: one.codec,
          audio_codec: 'aac',
          audio_channels: '2',
          container: 'ts',
        }),
        () => 1,
      ),
    },
  };
};

const nextCollectors = ['activity', 'media', 'playing', 'storage', 'system', 'tasks', 'transcoding', 'users'];

const methods = { directplay: 'DirectPlay', directstream: 'DirectStream', transcode: 'Transcode' } as const;

/** dlepaux/jellyfin-exporter. */
export const jellyfinExporterDlepaux: Behave = (place) => {
  const { world, service } = place;
  const sessions = sessionsOf(world, service);
  const { Program: _, Item: all, ...kinds } = kindsOf(place);
  const library = libraryOf(world, service);
  return {
    metrics: {
      jellyfin_up: isUp(place),
      jellyfin_items_count: whileUp(place, all ?? (() => 0)),
      jellyfin_items_by_type: Object.entries(kinds).map(([type, value]) => [{ type }, whileUp(place, value)]),
      jellyfin_library_items: [
        [{ library_name: 'Films', library_type: 'movies' }, whileUp(place, library.movies)],
        [{ library_name: 'Series', library_type: 'tvshows' }, whileUp(place, library.episodes)],
      ],
      jellyfin_play_method_sessions: Object.entries(methods).map(([method, name]) => [
        { method: name },
        whileUp(
          place,
          countOf(sessions, (one) => one.method === method),
        ),
      ]),
      jellyfin_server_info: [[{ os: 'Linux', server_name: 'home', version: '10.11.2' }, whileUp(place, () => 1)]],
      jellyfin_session_paused: perSession(
        sessions,
        ({ client, device, user }) => ({ client, device, user }),
        () => 0,
      ),
      jellyfin_session_play_position_seconds: perSession(
        sessions,
        ({ type, user }) => ({ item_type: type, user }),
        positionOf,
      ),
      jellyfin_session_remote_address: perSession(
        sessions,
        ({ address, user }) => ({ remote_address: address, user }),
        () => 1,
      ),
      jellyfin_sessions_active: perSession(
        sessions,
        ({ client, device, method, user }) => ({ client, device, play_method: methods[method], user }),
        () => 1,
      ),
      jellyfin_sessions_active_count: whileUp(place, countOf(sessions)),
      jellyfin_stream_bitrate_bps: perSession(
        sessions,
        ({ user }) => ({ media_type: 'Video', user }),
        ({ bitrate }) => bitrate,
      ),
      jellyfin_stream_direct: sessions.flatMap((one) =>
        (['audio', 'video'] as const).map(
          (type) =>
            [
              { type, user: one.user },
              (time: number) => (one.active.at(time) > 0 ? Number(!isTranscode(one)) : undefined),
            ] as const,
        ),
      ),
      jellyfin_transcode_completion_pct: perSession(
        sessions.filter(isTranscode),
        ({ user }) => ({ user }),
        (one, time) => Math.min(100, (100 * positionOf(one, time)) / one.length + 8),
      ),
      jellyfin_transcode_hw_accelerated: whileUp(
        place,
        countOf(sessions, (one) => isTranscode(one) && one.hardware !== 'none'),
      ),
      jellyfin_transcode_reason_sessions: [
        [{ reason: 'VideoCodecNotSupported' }, whileUp(place, countOf(sessions, isTranscode))],
      ],
      jellyfin_transcodes_active: [
        [{ audio_codec: 'aac', video_codec: 'h264' }, whileUp(place, countOf(sessions, isTranscode))],
      ],
      jellyfin_exporter_last_successful_scrape_timestamp_seconds: lastOf(30),
      jellyfin_metrics_stale: (time) => Number(isUp(place)(time) !== 1),
    },
  };
};

/** StefanAbl/jellyfin-prometheus-exporter. */
export const jellyfinPrometheusExporter: Behave = (place) => {
  const sessions = sessionsOf(place.world, place.service);
  return {
    metrics: {
      jellyfin_active_streams_count: people.map((user) => [{ user }, countOf(sessions, (one) => one.user === user)]),
      jellyfin_active_streams_direct_count: countOf(sessions, (one) => !isTranscode(one)),
      jellyfin_active_streams_transcode_count: countOf(sessions, isTranscode),
      jellyfin_items_count: Object.entries(kindsOf(place)).map(([type, value]) => [{ type: `${type}Count` }, value]),
      jellyfin_streams_bandwidth_bits: level(bandwidthOf(sessions)),
    },
  };
};

/** The Jellyfin part of st0o0/tentacle. */
export const tentacleJellyfin: Behave = (place) => {
  const { world, service } = place;
  const sessions = sessionsOf(world, service);
  const transcodes = sessions.filter(isTranscode);
  const library = libraryOf(world, service);
  const user = ({ user: name }: Session) => ({ user: name });
  const libraries = [
    {
      labels: { library: 'Films', collection_type: 'movies' },
      bytes: library.bytes.movies,
      type: 'Movie',
      items: library.movies,
    },
    {
      labels: { library: 'Series', collection_type: 'tvshows' },
      bytes: library.bytes.episodes,
      type: 'Episode',
      items: library.episodes,
    },
    {
      labels: { library: 'Music', collection_type: 'music' },
      bytes: library.bytes.songs,
      type: 'Audio',
      items: library.songs,
    },
  ];
  return {
    metrics: {
      jellyfin_up: isUp(place),
      jellyfin_library_items_total: [
        ...libraries.map(({ labels, type, items }) => [{ ...labels, type }, whileUp(place, items)] as const),
        [{ library: 'Series', collection_type: 'tvshows', type: 'Series' }, whileUp(place, library.series)],
        [{ library: 'Music', collection_type: 'music', type: 'MusicAlbum' }, whileUp(place, library.albums)],
        [{ library: 'Music', collection_type: 'music', type: 'MusicArtist' }, whileUp(place, library.artists)],
        [{ library: 'Books', collection_type: 'books', type: 'Book' }, whileUp(place, library.books)],
      ],
      jellyfin_library_size_bytes: libraries.map(({ labels, bytes }) => [labels, whileUp(place, bytes)]),
      jellyfin_scheduled_task_last_run_duration_seconds: tasks.map(({ task_name, seconds }) => [
        { task_name },
        seconds,
      ]),
      jellyfin_scheduled_task_last_run_success: tasks.map(({ task_name }) => [
        { task_name },
        (time) => Number(!failedTask(place, task_name, time)),
      ]),
      jellyfin_scheduled_task_last_run_timestamp_seconds: tasks.map(({ task_name, seconds }) => [
        { task_name },
        lastOf(day, 3 * 3_600 + seconds),
      ]),
      jellyfin_scheduled_task_progress_ratio: tasks.map(({ task_name, seconds }) => [
        { task_name },
        (time) => (isRunning(seconds, time) ? ((time % day) - 3 * 3_600) / seconds : 0),
      ]),
      jellyfin_scheduled_task_state: tasks.map(({ task_name, category, seconds }) => [
        { task_name, category },
        (time) => Number(isRunning(seconds, time)),
      ]),
      jellyfin_session_bitrate_bps: perSession(transcodes, user, ({ bitrate }) => bitrate),
      jellyfin_session_info: perSession(
        sessions,
        (one) => ({ client: one.client, client_version: '10.11.2', device: one.device, user: one.user }),
        () => 1,
      ),
      jellyfin_session_paused: perSession(
        sessions,
        (one) => ({ media_title: one.title, user: one.user }),
        () => 0,
      ),
      jellyfin_session_progress_ratio: perSession(
        sessions,
        (one) => ({ media_title: one.title, user: one.user }),
        (one, time) => positionOf(one, time) / one.length,
      ),
      jellyfin_session_transcode_completion_ratio: perSession(transcodes, user, (one, time) =>
        Math.min(1, positionOf(one, time) / one.length + 0.08),
      ),
      jellyfin_session_transcode_framerate: perSession(transcodes, user, ({ hardware }) =>
        hardware === 'vaapi' ? 94 : 19,
      ),
      jellyfin_session_transcode_info: perSession(
        transcodes,
        (one) => ({
          audio_codec: 'aac',
          container: 'ts',
          resolution: `${(one.height * 16) / 9}x${one.height}`,
          transcode_reason: 'VideoCodecNotSupported',
          user: one.user,
          video_codec: one.codec,
        }),
        () => 1,
      ),
      jellyfin_session_transcoding: perSession(
        sessions,
        (one) => ({ hw_acceleration: String(one.hardware !== 'none'), media_type: 'Video', user: one.user }),
        (one) => Number(isTranscode(one)),
      ),
      jellyfin_sessions_active_total: whileUp(place, countOf(sessions)),
      jellyfin_sessions_bandwidth_total_bps: whileUp(place, level(bandwidthOf(transcodes))),
      jellyfin_sessions_direct_play_total: whileUp(
        place,
        countOf(sessions, ({ method }) => method === 'directplay'),
      ),
      jellyfin_sessions_transcode_total: whileUp(place, countOf(sessions, isTranscode)),
      jellyfin_sessions_streaming_total: perSession(
        sessions,
        (one) => ({ play_method: methods[one.method], user: one.user }),
        () => 1,
      ),
      jellyfin_user_last_activity_timestamp_seconds: people.map((name) => [
        { user: name },
        whileUp(place, lastOf(900)),
      ]),
      jellyfin_user_last_login_timestamp_seconds: people.map((name) => [
        { user: name },
        whileUp(place, lastOf(day, 17 * 3_600)),
      ]),
      jellyfin_users_total: whileUp(place, () => people.length),
      jellyfin_system_pending_restart: whileUp(place, () => 0),
    },
  };
};

/** The Jellyfin part of scraparr. */
export const scraparrJellyfin: Behave = (place) => {
  const sessions = sessionsOf(place.world, place.service);
  const library = libraryOf(place.world, place.service);
  return {
    labels: { alias: place.service, scraparr_services: 'jellyfin' },
    metrics: {
      jellyfin_sessions_total: whileUp(place, countOf(sessions)),
      jellyfin_sessions: perSession(
        sessions,
        ({ user, userId }) => ({ user_id: userId, user_name: user }),
        () => 1,
      ),
      jellyfin_number_of_users: whileUp(place, () => screens.length),
      jellyfin_number_of_devices: whileUp(place, () => screens.length),
      jellyfin_number_of_movies: whileUp(place, library.movies),
      jellyfin_number_of_series: whileUp(place, library.series),
      jellyfin_genres_total: ['Drama', 'Comedy', 'Documentary'].map((genre, index) => [
        { genre },
        whileUp(place, () => 240 - 60 * index),
      ]),
      jellyfin_has_update: whileUp(place, () => 0),
      jellyfin_last_scrape: lastOf(30),
      jellyfin_version: [[{ version: '10.11.2' }, whileUp(place, () => 1)]],
      scraparr_services_up: isUp(place),
    },
  };
};

/** The page of the server itself: HTTP and .NET, nothing of media. */
export const jellyfinServer: Behave = (place) => {
  const program = (name: string, mean: number) => level(wave(`${place.key} ${name}`, { mean, day: 0.1, noise: 0.05 }));
  // Bytes a second of what is no film: covers, lists, the pages themselves.
  const pages = wave(`${place.key} pages`, { mean: 20_000, day: 0.5, noise: 0.2 });
  return {
    metrics: {
      process_start_time_seconds: place.lives.program,
      process_working_set_bytes: (time) => Math.round(program('memory', 9e8)(time)),
      process_cpu_seconds_total: counted(wave(`${place.key} cpu`, { mean: 0.35, day: 0.5, noise: 0.2 })),
      process_cpu_count: 4,
      dotnet_exceptions_total: counted(wave(`${place.key} exceptions`, { mean: 0.002, day: 0.5, noise: 0.2 })),
      dotnet_gc_pause_ratio: program('pause', 0.004),
      dotnet_sockets_bytes_sent_total: counted(
        sum(pages, scaled(bandwidthOf(sessionsOf(place.world, place.service)), 1 / 8)),
      ),
      dotnet_sockets_bytes_received_total: counted(scaled(pages, 0.3)),
    },
  };
};
