import mm503Catalog from '../catalog/recorded/tautulli_exporter_mm503.json';
import nwalkeCatalog from '../catalog/recorded/tautulli_exporter_nwalke.json';
import scabrahaCatalog from '../catalog/recorded/tautulli_exporter_scabraha.json';
import type { Expression } from '../expression/expression';
import {
  age,
  clamp,
  count,
  except,
  from,
  group,
  max,
  min,
  multiply,
  overPanelRange,
  ratio,
  rate,
  shift,
  subtract,
  sum,
  tag,
  translate,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// Tautulli has no page of its own: its API answers in JSON.

/** Keeps its last numbers while Tautulli does not answer. */
const scabraha = defineSource(scabrahaCatalog, ['service', 'host']);
/** All its numbers are 0 while Tautulli does not answer. */
const nwalke = defineSource(nwalkeCatalog, ['service', 'host']);
/** Speaks of Plex in its names. Keeps its last numbers while Tautulli does not answer. */
const mm503 = defineSource(mm503Catalog, ['service', 'host']);

/** Whether Tautulli answers each of them. */
const ups = <const B extends 'service' | 'host'>(...by: readonly B[]) => ({
  scabraha: max(scabraha.metric('tautulli_up'), ...by),
  nwalke: max(nwalke.metric('tautulli_up'), ...by),
  mm503: max(mm503.metric('plex_up'), ...by),
});
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) => from<B>(ups(...by));
const { scabraha: scabrahaUp, nwalke: nwalkeUp, mm503: mm503Up } = ups('service');

/** While Tautulli answers: 0, or what was there before, is no news. */
const whileUp =
  (up: Expression<'service'>) =>
  <L extends string>(of: Expression<L | 'service'>): Expression<L | 'service'> =>
    when(of, where(up, '==', 1));
const ofScabraha = whileUp(scabrahaUp);
const ofNwalke = whileUp(nwalkeUp);
const ofMm503 = whileUp(mm503Up);

// --- what plays ----------------------------------------------------------------------------------------------------
const streams = from<'service'>({
  scabraha: ofScabraha(max(scabraha.metric('tautulli_session_count'), 'service')),
  nwalke: ofNwalke(max(nwalke.metric('tautulli_stream_count'), 'service')),
  mm503: ofMm503(max(mm503.metric('plex_active_streams_total'), 'service')),
});
const transcodes = from<'service'>({
  scabraha: ofScabraha(max(scabraha.metric('tautulli_sessions_by_decision', { decision: 'transcode' }), 'service')),
  nwalke: ofNwalke(max(nwalke.metric('tautulli_stream_count_transcode'), 'service')),
  mm503: ofMm503(max(mm503.metric('plex_active_streams_transcode'), 'service')),
});

const inKilobits = 1000;

/** What the streams take, in bits a second. */
const bandwidth = (
  scope: 'total' | 'lan' | 'wan',
  nwalkes: Expression<'service' | 'host' | 'job' | 'instance'>,
  mm503s: Expression<'service' | 'host' | 'job' | 'instance'>,
) =>
  from<'service'>({
    scabraha: ofScabraha(multiply(max(scabraha.metric('tautulli_session_bandwidth_bytes', { scope }), 'service'), 8)),
    nwalke: ofNwalke(multiply(max(nwalkes, 'service'), inKilobits)),
    mm503: ofMm503(multiply(max(mm503s, 'service'), inKilobits)),
  });

/** Transcodes that are not slowed down on purpose, as Plex does when it is far enough ahead. */
const working = except(
  where(scabraha.metric('tautulli_session_transcode_speed_ratio'), '>', 0),
  where(scabraha.metric('tautulli_session_throttled'), '==', 1),
);

// --- what it counts over the years ---------------------------------------------------------------------------------
type LibraryMetric = 'items' | 'episodes' | 'plays' | 'play_duration_seconds' | 'size_bytes';
const ofLibrary = (metric: LibraryMetric) =>
  max(tag(scabraha.metric(`tautulli_library_${metric}`), 'library', '{name}'), 'service', 'library');

/** How much more than at the same time the day before; less is a history that was wiped. */
const inADay = (of: Expression<'service' | 'library'>) => clamp(subtract(of, shift(of, '1d')), 0, 1e9);

/** What three exporters tell of Tautulli, and it of Plex. */
export const tautulli = defineSignals('tautulli', {
  up: {
    title: 'Tautulli',
    description: 'Whether Tautulli answers its exporter.',
    unit: 'state',
    values: upOrDown,
    expression: answersBy('service'),
  },
  scraped: scrapedOf(
    'Tautulli',
    from({
      scabraha: max(scabraha.scraped('up'), 'service'),
      nwalke: max(nwalke.scraped('up'), 'service'),
      mm503: max(mm503.scraped('up'), 'service'),
    }),
  ),
  plexReachable: {
    title: 'Plex',
    description: 'Whether Tautulli reaches Plex.',
    unit: 'state',
    values: { 0: { text: 'Not reached', state: 'critical' }, 1: { text: 'Reached', state: 'ok' } },
    expression: ofScabraha(max(scabraha.metric('tautulli_plex_reachable'), 'service')),
  },
  version: {
    title: 'Version of Plex',
    description: 'The version of Plex that runs.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: group(scabraha.metric('tautulli_plex_version_info'), 'service', 'version'),
  },
  updateAvailable: {
    title: 'Update of Plex',
    description: 'Whether Plex knows of a newer version of itself.',
    unit: 'state',
    values: { 0: { text: 'Up to date', state: 'ok' }, 1: { text: 'Newer one', state: 'warning' } },
    expression: max(scabraha.metric('tautulli_plex_update_available'), 'service'),
  },

  // --- who watches ---------------------------------------------------------------------------------------------
  streams: {
    title: 'Streams',
    description: 'Films, episodes and songs that are open now, playing or paused.',
    unit: 'count',
    expression: streams,
  },
  streamsPeak: {
    title: 'Most streams',
    description: 'How many streams were open at once, at most, in the time shown.',
    unit: 'count',
    expression: overPanelRange('max', streams),
  },
  paused: {
    title: 'Paused',
    description: 'How many of the streams are paused.',
    unit: 'count',
    expression: ofScabraha(max(scabraha.metric('tautulli_sessions_by_state', { state: 'paused' }), 'service')),
  },
  transcodes: {
    title: 'Transcodes',
    description: 'How many streams are converted for their player now.',
    unit: 'count',
    expression: transcodes,
  },
  transcodeShare: {
    title: 'Of all streams',
    description: 'Share of the streams that are transcoded. Much of it is worth a look at the apps.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: ratio(transcodes, streams),
  },
  videoTranscodes: {
    title: 'Pictures remade',
    description:
      'How many transcodes make the picture anew. The others only change the sound or the container, which is cheap.',
    unit: 'count',
    expression: from<'service'>({
      scabraha: zeroWhile(
        ofScabraha(count(scabraha.metric('tautulli_session_stream_info', { video_decision: 'transcode' }), 'service')),
        where(scabraha.metric('tautulli_up'), '==', 1),
        'service',
      ),
      mm503: ofMm503(max(mm503.metric('plex_transcode_video_sessions'), 'service')),
    }),
  },
  hardwareTranscodes: {
    title: 'Made by hardware',
    description: 'How many transcodes write their picture with a part of the processor or graphics made for that.',
    unit: 'count',
    expression: zeroWhile(
      ofScabraha(
        count(where(scabraha.metric('tautulli_session_transcode_hw', { direction: 'encode' }), '==', 1), 'service'),
      ),
      where(scabraha.metric('tautulli_up'), '==', 1),
      'service',
    ),
  },
  streamsByMethod: {
    title: 'Streams by method',
    description: 'How what is open is played: transcoding costs the processor, the others hardly do.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from<'service' | 'method'>({
      scabraha: ofScabraha(
        sum(
          translate(scabraha.metric('tautulli_sessions_by_decision'), 'method', 'decision', {
            copy: 'direct stream',
          }),
          'service',
          'method',
        ),
      ),
      nwalke: ofNwalke(
        union(
          max(tag(nwalke.metric('tautulli_stream_direct_play'), 'method', 'direct play'), 'service', 'method'),
          max(tag(nwalke.metric('tautulli_stream_direct_stream'), 'method', 'direct stream'), 'service', 'method'),
          max(tag(nwalke.metric('tautulli_stream_count_transcode'), 'method', 'transcode'), 'service', 'method'),
        ),
      ),
      mm503: ofMm503(
        union(
          max(tag(mm503.metric('plex_active_streams_direct_play'), 'method', 'direct play'), 'service', 'method'),
          max(tag(mm503.metric('plex_active_streams_direct_stream'), 'method', 'direct stream'), 'service', 'method'),
          max(tag(mm503.metric('plex_active_streams_transcode'), 'method', 'transcode'), 'service', 'method'),
        ),
      ),
    }),
  },
  streamsByPlace: {
    title: 'Streams by place',
    description: 'Where it is watched: in the house (`lan`), elsewhere, or elsewhere by way of Plex’s own servers.',
    unit: 'count',
    expression: ofScabraha(max(scabraha.metric('tautulli_sessions_by_location'), 'service', 'location')),
  },
  streamsByKind: {
    title: 'Streams by kind',
    description: 'What is open: films, episodes, songs.',
    unit: 'count',
    expression: ofScabraha(
      max(tag(scabraha.metric('tautulli_sessions_by_media_type'), 'type', '{media_type}'), 'service', 'type'),
    ),
  },
  streamsByApp: {
    title: 'Streams by app',
    description: 'With which app or browser people watch. One that always transcodes is worth replacing.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: ofScabraha(count(tag(scabraha.metric('tautulli_session_info'), 'app', '{product}'), 'service', 'app')),
  },
  secureShare: {
    title: 'Encrypted',
    description: 'Share of the streams that are sent encrypted. Those that leave the house should be.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: ofScabraha(
      ratio(
        max(scabraha.metric('tautulli_sessions_secure'), 'service'),
        max(scabraha.metric('tautulli_session_count'), 'service'),
      ),
    ),
  },
  bandwidth: {
    title: 'Bandwidth',
    description: 'What all streams take, as Plex sets it aside for them.',
    unit: 'bitsPerSecond',
    expression: bandwidth(
      'total',
      nwalke.metric('tautulli_bandwidth_total'),
      mm503.metric('plex_bandwidth_total_kbps'),
    ),
  },
  bandwidthHome: {
    title: 'In the house',
    description: 'What the streams in the house take.',
    unit: 'bitsPerSecond',
    expression: bandwidth('lan', nwalke.metric('tautulli_bandwidth_lan'), mm503.metric('plex_bandwidth_lan_kbps')),
  },
  bandwidthAway: {
    title: 'Away from home',
    description: 'What the streams that leave the house take of the line to the internet.',
    unit: 'bitsPerSecond',
    expression: bandwidth('wan', nwalke.metric('tautulli_bandwidth_wan'), mm503.metric('plex_bandwidth_wan_kbps')),
  },

  // --- how well it plays ---------------------------------------------------------------------------------------
  slowestTranscode: {
    title: 'Slowest transcode',
    description:
      'How fast the slowest transcode is, compared with the film: below 100 % the player has to wait. Those that Plex slows down itself, because they are ahead, do not count.',
    unit: 'ratio',
    levels: thresholds.transcodeSpeed,
    empty: 'Nothing is transcoded',
    expression: ofScabraha(min(working, 'service')),
  },
  conversions: {
    title: 'Converted from and to',
    description: 'Which pictures are converted into which.',
    unit: 'count',
    empty: 'Nothing is transcoded',
    legend: '{{video_codec}} to {{stream_video_codec}}',
    expression: ofScabraha(
      count(
        scabraha.metric('tautulli_session_stream_info', { transcode_decision: 'transcode' }),
        'service',
        'video_codec',
        'stream_video_codec',
      ),
    ),
  },

  // --- who it is: only with `privacy: 'full'` ------------------------------------------------------------------
  nowPlaying: {
    title: 'Takes',
    description: 'Who watches what, on what, and what it takes.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: multiply(
      ofScabraha(
        max(
          translate(tag(scabraha.metric('tautulli_session_info'), 'app', '{product}'), 'method', 'decision', {
            copy: 'direct stream',
          }),
          'service',
          'user',
          'title',
          'player',
          'app',
          'quality',
          'method',
        ),
      ),
      8,
    ),
  },
  progress: {
    title: 'Progress',
    description: 'How far into the film or episode they are.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: ofScabraha(max(scabraha.metric('tautulli_session_progress_ratio'), 'service', 'user', 'title')),
  },
  transcodeSpeed: {
    title: 'Transcode speed',
    description: 'How fast each transcode is, compared with the film: below 100 % the player has to wait.',
    unit: 'ratio',
    levels: thresholds.transcodeSpeed,
    empty: 'Nothing is transcoded',
    expression: ofScabraha(
      max(where(scabraha.metric('tautulli_session_transcode_speed_ratio'), '>', 0), 'service', 'user', 'title'),
    ),
  },
  playsByUser: {
    title: 'Plays by person',
    description: 'How often each played something, ever.',
    unit: 'count',
    empty: 'No history',
    expression: max(scabraha.metric('tautulli_user_plays'), 'service', 'user'),
  },
  watchTimeByUser: {
    title: 'Watched by person',
    description: 'How long each watched, ever.',
    unit: 'duration',
    empty: 'No history',
    expression: max(scabraha.metric('tautulli_user_play_duration_seconds'), 'service', 'user'),
  },
  lastSeenByUser: {
    title: 'Last seen',
    description: 'When each watched last.',
    unit: 'moment',
    empty: 'Never',
    expression: max(scabraha.metric('tautulli_user_last_seen_timestamp_seconds'), 'service', 'user'),
  },

  // --- what was watched ----------------------------------------------------------------------------------------
  users: {
    title: 'Accounts',
    description: 'How many people may watch.',
    unit: 'count',
    expression: max(scabraha.metric('tautulli_users_total'), 'service'),
  },
  items: {
    title: 'Items',
    description: 'How much is in each library: films, series, artists.',
    unit: 'count',
    empty: 'No library',
    expression: ofLibrary('items'),
  },
  episodes: {
    title: 'Episodes',
    description: 'How many episodes or songs each library has.',
    unit: 'count',
    empty: 'No library',
    expression: ofLibrary('episodes'),
  },
  size: {
    title: 'Size',
    description: 'How much room each library takes. The exporter asks for it with LIBRARY_SIZE_ENABLED=true only.',
    unit: 'bytes',
    empty: 'No library',
    expression: ofLibrary('size_bytes'),
  },
  plays: {
    title: 'Plays',
    description: 'How often something of each library was played, ever.',
    unit: 'count',
    empty: 'No history',
    expression: ofLibrary('plays'),
  },
  watchTime: {
    title: 'Watched',
    description: 'How long each library was watched, ever.',
    unit: 'duration',
    empty: 'No history',
    expression: ofLibrary('play_duration_seconds'),
  },
  lastPlayed: {
    title: 'Last played',
    description: 'When something of each library was last played.',
    unit: 'moment',
    empty: 'Never',
    expression: max(
      tag(scabraha.metric('tautulli_library_last_accessed_timestamp_seconds'), 'library', '{name}'),
      'service',
      'library',
    ),
  },
  playsInADay: {
    title: 'Plays in a day',
    description: 'How often something of each library was played within the day before.',
    unit: 'count',
    empty: 'No day before',
    expression: inADay(ofLibrary('plays')),
  },
  watchTimeInADay: {
    title: 'Watched in a day',
    description: 'How long each library was watched within the day before.',
    unit: 'duration',
    empty: 'No day before',
    expression: inADay(ofLibrary('play_duration_seconds')),
  },

  // --- the exporter itself -------------------------------------------------------------------------------------
  dataAge: {
    title: 'Age of the data',
    description: 'Time since the exporter last heard from Tautulli. It keeps what it heard then.',
    unit: 'duration',
    levels: thresholds.dataAge,
    expression: from({
      scabraha: age(max(scabraha.metric('tautulli_exporter_last_successful_poll_timestamp_seconds'), 'service')),
      mm503: age(max(mm503.metric('plex_last_successful_scrape_timestamp_seconds'), 'service')),
    }),
  },
  pollTime: {
    title: 'Exporter’s round',
    description: 'How long all questions of the exporter to Tautulli take, one round of them.',
    unit: 'seconds',
    expression: max(scabraha.metric('tautulli_exporter_poll_duration_seconds'), 'service'),
  },
  pollFailures: {
    title: 'Failed questions',
    description: 'How often a question of the exporter to Tautulli fails.',
    unit: 'perSecond',
    expression: from({
      scabraha: zeroWhile(
        sum(rate(scabraha.metric('tautulli_exporter_poll_failures_total')), 'service'),
        scabraha.metric('tautulli_up'),
        'service',
      ),
      mm503: sum(rate(mm503.metric('plex_scrape_failures_total')), 'service'),
    }),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('Tautulli', answersBy('service', 'host')),
});
