import { counted, grown, lastOf, level, type Value } from '../content';
import type { Behave, Place } from '../place';
import { during, scaled, steady } from '../time/course';
import { people } from '../world/household';
import { bandwidthOf, countOf, isTranscode, perSession, positionOf, sessionsOf, type Session } from '../world/sessions';
import { befalls, windowsOf } from '../world/world';
import { libraryOf } from './media-library';
import { kilobits } from './plex';

/** Tautulli tells about the Plex of the house: the one on its host, else the first. */
const plexOf = ({ world, host }: Place): string => {
  const servers = world.homelab.services.filter(({ app }) => app === 'plex');
  return (servers.find((one) => one.host === host) ?? servers[0])?.name ?? 'plex';
};

/** 1 while Tautulli and Plex can both be asked. */
const isUp = (place: Place): Value => {
  const plex = plexOf(place);
  return (time) =>
    Number(
      !befalls(place.world, 'tautulli-unreachable', place.service, time) &&
        !befalls(place.world, 'media-server-down', plex, time),
    );
};

const sessionsSeen = (place: Place): readonly Session[] => {
  const unreachable = windowsOf(place.world, 'tautulli-unreachable', place.service);
  return sessionsOf(place.world, plexOf(place)).map((one) => ({
    ...one,
    active: during(unreachable, one.active, steady(0)),
  }));
};

const onLan = ({ location }: Session): boolean => location === 'lan';
const onWan = ({ location }: Session): boolean => location === 'wan';

/** nwalke/tautulli_exporter. */
export const tautulliNwalke: Behave = (place) => {
  const sessions = sessionsSeen(place);
  return {
    metrics: {
      tautulli_up: isUp(place),
      tautulli_bandwidth_lan: kilobits(sessions, onLan),
      tautulli_bandwidth_wan: kilobits(sessions, onWan),
      tautulli_bandwidth_total: kilobits(sessions),
      tautulli_stream_count: countOf(sessions),
      tautulli_stream_count_transcode: countOf(sessions, isTranscode),
      tautulli_stream_direct_play: countOf(sessions, ({ method }) => method === 'directplay'),
      tautulli_stream_direct_stream: countOf(sessions, ({ method }) => method === 'directstream'),
      tautulli_exporter_total_scrapes: counted(steady(1 / 60)),
    },
  };
};

/** mm503's: it has the prefix of Plex. */
export const tautulliMm503: Behave = (place) => {
  const sessions = sessionsSeen(place);
  return {
    metrics: {
      plex_up: isUp(place),
      plex_active_streams_total: countOf(sessions),
      plex_active_streams_direct: countOf(sessions, (one) => !isTranscode(one)),
      plex_active_streams_direct_play: countOf(sessions, ({ method }) => method === 'directplay'),
      plex_active_streams_direct_stream: countOf(sessions, ({ method }) => method === 'directstream'),
      plex_active_streams_transcode: countOf(sessions, isTranscode),
      plex_transcode_audio_sessions: countOf(sessions, isTranscode),
      plex_transcode_video_sessions: countOf(sessions, isTranscode),
      plex_transcode_container_sessions: countOf(sessions, isTranscode),
      plex_bandwidth_lan_kbps: kilobits(sessions, onLan),
      plex_bandwidth_wan_kbps: kilobits(sessions, onWan),
      plex_bandwidth_total_kbps: kilobits(sessions),
      plex_last_successful_scrape_timestamp_seconds: lastOf(30),
    },
  };
};

/** scabraha/tautulli-exporter. */
export const tautulliScabraha: Behave = (place) => {
  const { world } = place;
  const sessions = sessionsSeen(place);
  const library = libraryOf(world, plexOf(place));
  const word = { directplay: 'direct play', directstream: 'copy', transcode: 'transcode' } as const;
  const who = ({ title, user }: Session) => ({ title, user });
  const transcodes = sessions.filter(isTranscode);
  const isSlow = (time: number): boolean => befalls(world, 'software-transcode', plexOf(place), time);
  const libraries = [
    {
      labels: { name: 'Films', type: 'movie' },
      items: library.movies,
      seasons: () => 0,
      episodes: () => 0,
      bytes: library.bytes.movies,
    },
    {
      labels: { name: 'Series', type: 'show' },
      items: library.series,
      seasons: library.seasons,
      episodes: library.episodes,
      bytes: library.bytes.episodes,
    },
  ];
  const bandwidth = (fits?: (one: Session) => boolean): Value => level(scaled(bandwidthOf(sessions, fits), 1 / 8));
  return {
    metrics: {
      tautulli_up: (time) => Number(!befalls(world, 'tautulli-unreachable', place.service, time)),
      tautulli_plex_reachable: isUp(place),
      tautulli_plex_update_available: 0,
      tautulli_exporter_geoip_lookups_total: [[{ result: 'hit' }, counted(steady(0.01))]],
      tautulli_exporter_last_successful_poll_timestamp_seconds: lastOf(30),
      tautulli_exporter_poll_failures_total: [[{ step: 'activity' }, counted(steady(0))]],
      tautulli_libraries_total: libraries.length,
      tautulli_library_active: libraries.map(({ labels }) => [labels, 1]),
      tautulli_library_items: libraries.map(({ labels, items }) => [labels, items]),
      tautulli_library_seasons: libraries.map(({ labels, seasons }) => [labels, seasons]),
      tautulli_library_episodes: libraries.map(({ labels, episodes }) => [labels, episodes]),
      tautulli_library_last_accessed_timestamp_seconds: libraries.map(({ labels }) => [labels, lastOf(3_600)]),
      tautulli_library_play_duration_seconds: libraries.map(({ labels }, index) => [
        labels,
        grown(4e6 - 1e6 * index, 14_000),
      ]),
      tautulli_library_plays: libraries.map(({ labels }, index) => [labels, grown(1_500 - 400 * index, 4)]),
      tautulli_library_size_bytes: libraries.map(({ labels, bytes }) => [labels, bytes]),
      tautulli_plex_version_info: [[{ server_name: 'home', version: '1.42.2' }, 1]],
      tautulli_session_count: countOf(sessions),
      tautulli_session_bandwidth_bytes: [
        [{ scope: 'total' }, bandwidth()],
        [{ scope: 'lan' }, bandwidth(onLan)],
        [{ scope: 'wan' }, bandwidth(onWan)],
      ],
      tautulli_session_geo: perSession(
        sessions,
        (one) => ({
          ...who(one),
          decision: word[one.method],
          city: 'Bergen',
          country: 'Norway',
          region: 'Vestland',
          latitude: '60.39',
          longitude: '5.32',
        }),
        () => 1,
      ),
      tautulli_session_info: perSession(
        sessions,
        (one) => ({
          ...who(one),
          decision: word[one.method],
          ip: one.address,
          platform: one.client,
          player: one.device,
          product: 'Plex',
          product_version: '10.2.0',
          quality: `${one.height}p`,
        }),
        ({ bitrate }) => bitrate / 8,
      ),
      tautulli_session_progress_ratio: perSession(sessions, who, (one, time) => positionOf(one, time) / one.length),
      tautulli_session_stream_info: perSession(
        sessions,
        (one) => ({
          ...who(one),
          video_codec: 'hevc',
          audio_codec: 'eac3',
          container: 'mkv',
          stream_video_codec: one.codec,
          stream_audio_codec: isTranscode(one) ? 'aac' : 'eac3',
          stream_container: isTranscode(one) ? 'mpegts' : 'mkv',
          video_decision: word[one.method],
          audio_decision: word[one.method],
          subtitle_decision: '',
          transcode_decision: word[one.method],
        }),
        () => 1,
      ),
      tautulli_session_throttled: perSession(transcodes, who, () => 0),
      tautulli_session_transcode_hw: (['decode', 'encode'] as const).flatMap((direction) =>
        perSession(
          transcodes,
          (one) => ({ ...who(one), direction }),
          (_, time) => Number(!isSlow(time)),
        ),
      ),
      tautulli_session_transcode_speed_ratio: perSession(transcodes, who, (_, time) => (isSlow(time) ? 0.7 : 4.2)),
      tautulli_sessions_by_decision: Object.entries(word).map(([method, decision]) => [
        { decision },
        countOf(sessions, (one) => one.method === method),
      ]),
      tautulli_sessions_by_location: [
        [{ location: 'lan' }, countOf(sessions, onLan)],
        [{ location: 'wan' }, countOf(sessions, onWan)],
      ],
      tautulli_sessions_by_media_type: [
        [{ media_type: 'movie' }, countOf(sessions, ({ type }) => type === 'Movie')],
        [{ media_type: 'episode' }, countOf(sessions, ({ type }) => type === 'Episode')],
      ],
      tautulli_sessions_by_state: [
        [{ state: 'playing' }, countOf(sessions)],
        [{ state: 'paused' }, 0],
        [{ state: 'buffering' }, 0],
      ],
      tautulli_sessions_secure: countOf(sessions),
      tautulli_user_last_seen_timestamp_seconds: people.map((user) => [{ user }, lastOf(900)]),
      tautulli_user_plays: people.map((user, index) => [{ user }, grown(300 + 120 * index, 2)]),
      tautulli_user_play_duration_seconds: people.map((user, index) => [{ user }, grown(8e5 + 2e5 * index, 6_000)]),
      tautulli_users_active: people.length,
      tautulli_users_home: people.length - 1,
      tautulli_users_total: people.length,
    },
  };
};
