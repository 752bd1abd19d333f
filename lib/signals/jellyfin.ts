import dlepauxCatalog from '../catalog/recorded/jellyfin_exporter_dlepaux.json';
import nextCatalog from '../catalog/recorded/jellyfin_exporter_next.json';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import rebelcoreCatalog from '../catalog/recorded/jellyfin_exporter.json';
import scraparrCatalog from '../catalog/recorded/scraparr_jellyfin.json';
import serverCatalog from '../catalog/recorded/jellyfin.json';
import stefanablCatalog from '../catalog/recorded/jellyfin_prometheus_exporter.json';
import tentacleCatalog from '../catalog/recorded/tentacle_jellyfin.json';
import type { Expression } from '../expression/expression';
import {
  add,
  age,
  avg,
  clamp,
  compare,
  count,
  distribution,
  divide,
  extract,
  from,
  group,
  highest,
  max,
  min,
  multiply,
  observations,
  observed,
  overPanelRange,
  overTime,
  quantile,
  rate,
  ratio,
  rest,
  shift,
  slope,
  steadyTop,
  subtract,
  sum,
  tag,
  translate,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, noneOf, not, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// One source an exporter. None has everything, and all begin their names with `jellyfin_` for different things.

/** Jellyfin itself (`EnableMetrics`): requests and the .NET runtime, nothing of what it plays. */
const server = defineSource(serverCatalog, ['service', 'host']);
const rebelcore = defineSource(rebelcoreCatalog, ['service', 'host']);
/** The same exporter since 1.5.0: it keeps all that it had, and has more. */
const next = defineSource(nextCatalog, ['service', 'host']);
/** Keeps its last numbers while Jellyfin does not answer. */
const dlepaux = defineSource(dlepauxCatalog, ['service', 'host']);
/** Several apps on one page. */
const tentacle = defineSource(tentacleCatalog, ['service', 'host']);
const stefanabl = defineSource(stefanablCatalog, ['service', 'host']);
/** Several apps on one page. */
const scraparr = defineSource(scraparrCatalog, ['service', 'host']);

/** The machine below: where the homelab file has it. */
const machine = defineSource(nodeCatalog, ['host']);

/** What the exporter says alike before 1.5.0 and since. */
const rebelcores = <L extends string>(of: (source: typeof rebelcore) => Expression<L>) => ({
  rebelcore: of(rebelcore),
  'rebelcore, next': of(next as unknown as typeof rebelcore),
});

const falls = 'it is a number of things at this moment, whatever its type says';

// Both are counters before 1.5.0, and gauges since.
const mediaCount = (source: typeof rebelcore, where: Parameters<typeof next.metric<'jellyfin_media_count'>>[1]) =>
  source === rebelcore
    ? rebelcore.mistyped('jellyfin_media_count', 'gauge', falls, where)
    : next.metric('jellyfin_media_count', where);
const activityCount = (source: typeof rebelcore) =>
  source === rebelcore
    ? rebelcore.mistyped('jellyfin_activity_count', 'gauge', falls)
    : next.metric('jellyfin_activity_count');

/** While the exporter gets answers: what it keeps from before is no news. */
const fresh = <L extends string>(of: Expression<L | 'service'>): Expression<L | 'service'> =>
  when(of, where(max(dlepaux.metric('jellyfin_up'), 'service'), '==', 1));

/** Whether rebelcore's collector got an answer: without one there are no series, which is not the same as none playing. */
const collected = (source: typeof rebelcore, collector: 'playing' | 'users') =>
  where(source.metric('jellyfin_scrape_collector_success', { collector }), '==', 1);

/** Streams of rebelcore, playing or paused. Before 1.5.0 idle sessions are there, too: they have no title. */
const open = (source: typeof rebelcore) => source.metric('jellyfin_now_playing_state', { title: not('') });

const methods = { DirectPlay: 'direct play', DirectStream: 'direct stream', Transcode: 'transcode' } as const;
const tentacleMethods = { ...methods, Unknown: 'unknown' } as const;
const rebelcoreMethods = { directplay: 'direct play', directstream: 'direct stream' } as const;

// --- is it there ---------------------------------------------------------------------------------------------------
/** Whether Jellyfin answers the exporter. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  from<B>({
    rebelcore: max(rebelcore.mistyped('jellyfin_up', 'gauge', 'it is 0 or 1'), ...by),
    // Its `jellyfin_up` is not 0 but absent while Jellyfin is down.
    'rebelcore, next': max(next.metric('jellyfin_scrape_collector_success', { collector: 'system' }), ...by),
    dlepaux: max(dlepaux.metric('jellyfin_up'), ...by),
    tentacle: max(tentacle.metric('jellyfin_up'), ...by),
    scraparr: max(scraparr.metric('scraparr_services_up', { scraparr_services: 'jellyfin' }), ...by),
  });

/** Whether each is reached: always there, whatever Jellyfin does. */
const scrapes = <const B extends 'service' | 'host'>(...by: readonly B[]) => ({
  'Jellyfin itself': max(server.scraped('up'), ...by),
  ...rebelcores((source) => max(source.scraped('up'), ...by)),
  dlepaux: max(dlepaux.scraped('up'), ...by),
  tentacle: max(tentacle.scraped('up'), ...by),
  stefanabl: max(stefanabl.scraped('up'), ...by),
  scraparr: max(scraparr.scraped('up'), ...by),
});
const scrapedBy = <const B extends 'service' | 'host'>(...by: readonly B[]) => from<B>(scrapes(...by));

// Who can answer the question of a board: without one of them there is none.
const { stefanabl: _, ...healthTellers } = scrapes('service');
const { 'Jellyfin itself': __, ...itemTellers } = scrapes('service');
const { scraparr: ___, ...streamTellers } = itemTellers;

const started = server.metric('process_start_time_seconds');

// --- what it is asked ----------------------------------------------------------------------------------------------
/** Requests that last as long as the film, and those of health checks and scrapes, which have no controller. */
const asked = {
  controller: noneOf('', 'Videos', 'Audio', 'UniversalAudio', 'DynamicHls', 'HlsSegment', 'LiveTv'),
} as const;
const requestTime = (q: number) => quantile(q, server.metric('http_request_duration_seconds', asked), ['service']);

// --- what it plays -------------------------------------------------------------------------------------------------
const streams = from({
  ...rebelcores((source) => zeroWhile(count(open(source), 'service'), collected(source, 'playing'), 'service')),
  dlepaux: fresh(sum(dlepaux.metric('jellyfin_play_method_sessions'), 'service')),
  tentacle: zeroWhile(
    sum(tentacle.metric('jellyfin_sessions_streaming_total'), 'service'),
    tentacle.metric('jellyfin_sessions_active_total'),
    'service',
  ),
  // It counts them by account.
  stefanabl: sum(stefanabl.metric('jellyfin_active_streams_count'), 'service'),
});

const transcodes = from({
  ...rebelcores((source) =>
    zeroWhile(
      count(source.metric('jellyfin_now_playing_state', { title: not(''), method: 'transcode' }), 'service'),
      collected(source, 'playing'),
      'service',
    ),
  ),
  dlepaux: fresh(sum(dlepaux.metric('jellyfin_play_method_sessions', { method: 'Transcode' }), 'service')),
  tentacle: max(tentacle.metric('jellyfin_sessions_transcode_total'), 'service'),
  stefanabl: max(stefanabl.metric('jellyfin_active_streams_transcode_count'), 'service'),
});

/** Sessions whose picture is made anew: the others only get a new container or sound, which costs next to nothing. */
const remade = where(next.metric('jellyfin_transcoding_session_video_direct'), '==', 0);
const watched = where(next.metric('jellyfin_transcoding_session_paused'), '==', 0);

// --- what there is -------------------------------------------------------------------------------------------------
// `Item` is all of them together, `Program` the guide of live television, which is another one every day.
const kinds = { type: noneOf('Item', 'Program') } as const;
const tentacleKinds = { Audio: 'Song', MusicAlbum: 'Album', MusicArtist: 'Artist' } as const;

/** Items by kind, in the words of Jellyfin; `how` looks at each series first. */
const itemsWith = (how: <L extends string>(of: Expression<L>) => Expression<L>) =>
  from({
    ...rebelcores((source) => max(how(mediaCount(source, kinds)), 'service', 'type')),
    dlepaux: max(how(dlepaux.metric('jellyfin_items_by_type')), 'service', 'type'),
    tentacle: sum(
      translate(how(tentacle.metric('jellyfin_library_items_total')), 'type', 'type', tentacleKinds),
      'service',
      'type',
    ),
    stefanabl: max(
      extract(
        how(stefanabl.metric('jellyfin_items_count', { type: noneOf('ItemCount', 'ProgramCount') })),
        'type',
        'type',
        '(.+)Count',
      ),
      'service',
      'type',
    ),
    scraparr: union(
      max(tag(how(scraparr.metric('jellyfin_number_of_movies')), 'type', 'Movie'), 'service', 'type'),
      max(tag(how(scraparr.metric('jellyfin_number_of_series')), 'type', 'Series'), 'service', 'type'),
    ),
  });
const items = itemsWith((of) => of);
const allItems = sum(items, 'service');
const dayBefore = shift(items, '1d');
/** A change of the number of things; more than this is another library. */
const change = (of: Expression<'service' | 'type'>) => clamp(of, 0, 1e9);

type Kind = 'Movie' | 'Series' | 'Episode' | 'Album' | 'Song' | 'Book';
type TentacleKind = 'Movie' | 'Series' | 'Episode' | 'MusicAlbum' | 'Audio' | 'Book';

/** How many of one kind: `tentacleKind` is what Jellyfin calls it inside. */
const ofKind = (type: Kind, tentacleKind: TentacleKind, scraparrCount?: Expression<'service'>) =>
  from<'service'>({
    ...rebelcores((source) => max(mediaCount(source, { type }), 'service')),
    dlepaux: max(dlepaux.metric('jellyfin_items_by_type', { type }), 'service'),
    tentacle: sum(tentacle.metric('jellyfin_library_items_total', { type: tentacleKind }), 'service'),
    stefanabl: max(stefanabl.metric('jellyfin_items_count', { type: `${type}Count` }), 'service'),
    ...(scraparrCount && { scraparr: scraparrCount }),
  });

const inStock = { unit: 'count', empty: 'None' } as const satisfies Partial<SignalDefinition>;

const users = from({
  ...rebelcores((source) => count(source.metric('jellyfin_user_account'), 'service')),
  tentacle: max(tentacle.metric('jellyfin_users_total'), 'service'),
});

// --- where it is kept ----------------------------------------------------------------------------------------------
const places = { location: not('library') } as const;
/** Share in use of the disks below Jellyfin's own folders, or below the libraries. */
const diskUsed = (at: typeof places | { readonly location: 'library' | 'transcodes' }) => {
  const used = next.metric('jellyfin_storage_used_bytes', at);
  return ratio(used, add(used, next.metric('jellyfin_storage_free_bytes', at)));
};
const libraryFree = next.metric('jellyfin_storage_free_bytes', { location: 'library' });

// --- what it does by itself ----------------------------------------------------------------------------------------
const taskWorked = from({
  'rebelcore, next': max(
    tag(next.metric('jellyfin_tasks_last_run_status', { status: not('Cancelled') }), 'task', '{task_name}'),
    'service',
    'task',
  ),
  tentacle: max(
    tag(tentacle.metric('jellyfin_scheduled_task_last_run_success'), 'task', '{task_name}'),
    'service',
    'task',
  ),
});

/** What Jellyfin, and whoever watches it, tells of it: by Jellyfin itself or by one of six exporters. */
export const jellyfin = defineSignals('jellyfin', {
  up: {
    title: 'Jellyfin',
    description: 'Whether Jellyfin answers: its exporter, or else Prometheus.',
    unit: 'state',
    values: upOrDown,
    expression: from({
      'by an exporter': answersBy('service'),
      'Jellyfin itself': max(server.scraped('up'), 'service'),
    }),
  },
  scraped: scrapedOf('Jellyfin', scrapedBy('service')),
  healthTold: {
    title: 'Told of its health',
    description: 'Whether Prometheus reaches what tells whether Jellyfin is up.',
    unit: 'state',
    values: upOrDown,
    expression: from(healthTellers),
  },
  streamsTold: {
    title: 'Told of streams',
    description: 'Whether Prometheus reaches an exporter that tells what is played. Jellyfin itself does not.',
    unit: 'state',
    values: upOrDown,
    expression: from(streamTellers),
  },
  itemsTold: {
    title: 'Told of the library',
    description: 'Whether Prometheus reaches an exporter that tells what there is. Jellyfin itself does not.',
    unit: 'state',
    values: upOrDown,
    expression: from(itemTellers),
  },
  version: {
    title: 'Version',
    description: 'The version of Jellyfin that runs.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: from({
      'rebelcore, next': group(next.metric('jellyfin_system_info'), 'service', 'version'),
      dlepaux: group(dlepaux.metric('jellyfin_server_info'), 'service', 'version'),
      tentacle: group(tentacle.metric('jellyfin_system_info'), 'service', 'version'),
      scraparr: group(scraparr.metric('jellyfin_version'), 'service', 'version'),
    }),
  },
  uptime: {
    title: 'Uptime',
    description: 'Time since Jellyfin started. A small value that nobody expected is a crash or an update.',
    unit: 'duration',
    levels: thresholds.uptime,
    expression: age(max(started, 'service')),
  },
  restarted: {
    title: 'Restarted',
    description: 'Whether Jellyfin started again within the last hour.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Restarted', state: 'warning' } },
    expression: max(compare(subtract(started, overTime('min', started, '1h')), '>', 0), 'service'),
  },
  restartPending: {
    title: 'Restart pending',
    description: 'Whether Jellyfin waits for a restart, as it does after a plugin was installed or updated.',
    unit: 'state',
    values: { 0: { text: 'No', state: 'ok' }, 1: { text: 'Restart it', state: 'warning' } },
    expression: from({
      'rebelcore, next': max(next.metric('jellyfin_system_pending_restart'), 'service'),
      tentacle: max(tentacle.metric('jellyfin_system_pending_restart'), 'service'),
    }),
  },
  updateAvailable: {
    title: 'Update available',
    description: 'Whether Jellyfin knows of a newer version of itself.',
    unit: 'state',
    values: { 0: { text: 'Up to date', state: 'ok' }, 1: { text: 'Newer one', state: 'warning' } },
    expression: max(scraparr.metric('jellyfin_has_update'), 'service'),
  },

  // --- how fast it answers -------------------------------------------------------------------------------------
  requestTime: {
    title: 'Request time',
    description:
      'How long Jellyfin takes to answer: 19 of 20 requests are faster. Streams are left out, they last as long as the film.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: requestTime(0.95),
  },
  requestTimeMiddle: {
    title: 'Middle request time',
    description: 'How long Jellyfin takes to answer: half of the requests are faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: requestTime(0.5),
  },
  requestTimes: {
    title: 'Request times',
    description: 'How the times of all requests but streams are spread.',
    unit: 'seconds',
    empty: 'No requests',
    expression: distribution(server.metric('http_request_duration_seconds', asked)),
  },
  slowest: {
    title: 'Slowest requests',
    description: 'The ten kinds of requests that took longest in the time shown: 19 of 20 of each were faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: highest(
      10,
      quantile(
        0.95,
        server.metric('http_request_duration_seconds', asked),
        ['service', 'controller', 'action'],
        'range',
      ),
    ),
  },
  answerTime: {
    title: 'Answer time',
    description:
      'How long Jellyfin takes to answer: 19 of 20 requests, or where only an exporter tells, its own last question.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: from({
      'Jellyfin itself': requestTime(0.95),
      ...rebelcores((source) =>
        max(source.metric('jellyfin_scrape_collector_duration_seconds', { collector: 'system' }), 'service'),
      ),
    }),
  },
  requests: {
    title: 'Requests',
    description: 'What apps and browsers ask of Jellyfin, by the part of it that answers.',
    unit: 'requestsPerSecond',
    empty: 'No requests',
    expression: steadyTop(
      8,
      sum(rate(server.metric('http_requests_received_total', { controller: not('') })), 'service', 'controller'),
    ),
  },
  inProgress: {
    title: 'Requests in progress',
    description: 'Requests that Jellyfin works on, streams among them.',
    unit: 'count',
    expression: sum(server.metric('http_requests_in_progress'), 'service'),
  },
  exceptions: {
    title: 'Errors inside',
    description:
      'How often something inside Jellyfin failed and was caught. Some are normal; a burst has its reason in the log.',
    unit: 'perSecond',
    expression: max(rate(server.metric('dotnet_exceptions_total')), 'service'),
  },

  // --- what it needs -------------------------------------------------------------------------------------------
  cpu: {
    title: 'CPU of Jellyfin',
    description:
      'Share of all processor cores that Jellyfin itself keeps busy. Transcoding is not in it: ffmpeg is a program of its own.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuBusy,
    expression: max(
      ratio(rate(server.metric('process_cpu_seconds_total')), server.metric('process_cpu_count')),
      'service',
    ),
  },
  memory: {
    title: 'Memory of Jellyfin',
    description: 'Memory that Jellyfin itself has, without ffmpeg.',
    unit: 'bytes',
    expression: max(server.metric('process_working_set_bytes'), 'service'),
  },
  memoryShare: {
    title: 'Memory share',
    description: 'Memory that Jellyfin has, of what its machine, or the limit of its container, gives it.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.appMemory,
    expression: max(
      ratio(server.metric('process_working_set_bytes'), server.metric('dotnet_gc_memory_total_available_bytes')),
      'service',
    ),
  },
  gcPause: {
    title: 'Memory tidying',
    description: 'Share of time in which Jellyfin stands still to tidy its memory.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.gcPause,
    expression: max(server.metric('dotnet_gc_pause_ratio'), 'service'),
  },
  threads: {
    title: 'Threads',
    description: 'Threads that work. They rise when many wait for a disk or a network share that does not answer.',
    unit: 'count',
    expression: max(server.metric('dotnet_threadpool_num_threads'), 'service'),
  },
  received: {
    title: 'Received',
    description: 'What Jellyfin gets over the network.',
    unit: 'bitsPerSecond',
    expression: multiply(max(rate(server.metric('dotnet_sockets_bytes_received_total')), 'service'), 8),
  },
  sent: {
    title: 'Sent',
    description: 'What Jellyfin sends over the network: streams, pictures, pages.',
    unit: 'bitsPerSecond',
    expression: multiply(max(rate(server.metric('dotnet_sockets_bytes_sent_total')), 'service'), 8),
  },
  hostBusy: {
    title: 'CPU of its machine',
    description: 'Share of processor time of the machine that Jellyfin runs on, with ffmpeg and all else on it.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuBusy,
    expression: when(
      rest(
        avg(
          sum(
            rate(machine.metric('node_cpu_seconds_total', { mode: oneOf('idle', 'iowait', 'steal') })),
            'host',
            'cpu',
          ),
          'host',
        ),
      ),
      scrapedBy('host'),
    ),
  },
  gpuBusy: {
    title: 'Graphics busy',
    description: 'Share of time in which the graphics card of the machine is busy (AMD cards only).',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.busy,
    expression: when(divide(max(machine.metric('node_drm_gpu_busy_percent'), 'host', 'card'), 100), scrapedBy('host')),
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
    expression: from({
      ...rebelcores((source) =>
        zeroWhile(count(where(open(source), '==', 0), 'service'), collected(source, 'playing'), 'service'),
      ),
      dlepaux: fresh(
        zeroWhile(sum(dlepaux.metric('jellyfin_session_paused'), 'service'), dlepaux.metric('jellyfin_up'), 'service'),
      ),
      tentacle: zeroWhile(
        sum(tentacle.metric('jellyfin_session_paused'), 'service'),
        tentacle.metric('jellyfin_sessions_active_total'),
        'service',
      ),
    }),
  },
  viewers: {
    title: 'People watching',
    description: 'How many accounts have a stream open.',
    unit: 'count',
    expression: from({
      ...rebelcores((source) =>
        zeroWhile(
          count(group(open(source), 'service', 'username'), 'service'),
          collected(source, 'playing'),
          'service',
        ),
      ),
      dlepaux: fresh(
        zeroWhile(
          count(group(dlepaux.metric('jellyfin_sessions_active'), 'service', 'user'), 'service'),
          dlepaux.metric('jellyfin_up'),
          'service',
        ),
      ),
      tentacle: zeroWhile(
        count(group(tentacle.metric('jellyfin_sessions_streaming_total'), 'service', 'user'), 'service'),
        tentacle.metric('jellyfin_sessions_active_total'),
        'service',
      ),
    }),
  },
  connected: {
    title: 'Apps connected',
    description: 'How many apps and browsers are known to be signed in now or were a moment ago, watching or not.',
    unit: 'count',
    expression: from({
      ...rebelcores((source) =>
        zeroWhile(count(source.metric('jellyfin_user_active'), 'service'), collected(source, 'users'), 'service'),
      ),
      tentacle: max(tentacle.metric('jellyfin_sessions_active_total'), 'service'),
      scraparr: max(scraparr.metric('jellyfin_sessions_total'), 'service'),
    }),
  },
  streamsByMethod: {
    title: 'Streams by method',
    description: 'How what is open is played: transcoding costs the processor, the others hardly do.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      ...rebelcores((source) =>
        sum(
          translate(count(open(source), 'service', 'method'), 'method', 'method', rebelcoreMethods),
          'service',
          'method',
        ),
      ),
      dlepaux: fresh(
        sum(
          translate(dlepaux.metric('jellyfin_play_method_sessions'), 'method', 'method', methods),
          'service',
          'method',
        ),
      ),
      tentacle: sum(
        translate(tentacle.metric('jellyfin_sessions_streaming_total'), 'method', 'play_method', tentacleMethods),
        'service',
        'method',
      ),
      stefanabl: union(
        max(
          tag(stefanabl.metric('jellyfin_active_streams_direct_count'), 'method', 'direct play'),
          'service',
          'method',
        ),
        max(
          tag(stefanabl.metric('jellyfin_active_streams_transcode_count'), 'method', 'transcode'),
          'service',
          'method',
        ),
      ),
    }),
  },
  directShare: {
    title: 'Played directly',
    description: 'Share of the streams that are sent as they are, which costs the server next to nothing.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: rest(ratio(transcodes, streams)),
  },
  streamsByKind: {
    title: 'Streams by kind',
    description: 'What is open: films, episodes, songs.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      ...rebelcores((source) => count(open(source), 'service', 'type')),
      tentacle: count(tag(tentacle.metric('jellyfin_session_transcoding'), 'type', '{media_type}'), 'service', 'type'),
    }),
  },
  streamsByApp: {
    title: 'Streams by app',
    description: 'With which app or browser people watch. One that always transcodes is worth replacing.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      dlepaux: fresh(sum(tag(dlepaux.metric('jellyfin_sessions_active'), 'app', '{client}'), 'service', 'app')),
      tentacle: count(tag(tentacle.metric('jellyfin_session_info'), 'app', '{client}'), 'service', 'app'),
    }),
  },
  connectedByApp: {
    title: 'Connected by app',
    description: 'Which apps and browsers are signed in, watching or not.',
    unit: 'count',
    empty: 'None connected',
    expression: from(
      rebelcores((source) => count(tag(source.metric('jellyfin_user_active'), 'app', '{client}'), 'service', 'app')),
    ),
  },
  bandwidth: {
    title: 'Bandwidth',
    description:
      'What all streams take, by the bit rates of what is played. An estimate: players load ahead, and then wait.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: from({
      dlepaux: fresh(sum(dlepaux.metric('jellyfin_stream_bitrate_bps'), 'service')),
      stefanabl: max(stefanabl.metric('jellyfin_streams_bandwidth_bits'), 'service'),
    }),
  },
  users: {
    title: 'Accounts',
    description: 'How many people can sign in.',
    unit: 'count',
    expression: users,
  },
  playsEver: {
    title: 'Plays ever',
    description: 'How often something was played, ever, as the plugin Playback Reporting tells.',
    unit: 'count',
    empty: 'Needs the plugin Playback Reporting',
    expression: from(rebelcores((source) => sum(max(activityCount(source), 'service', 'username'), 'service'))),
  },

  // --- who it is: only with `privacy: 'full'` ------------------------------------------------------------------
  nowPlaying: {
    title: 'Now playing',
    description: 'Who watches what, on what, and how.',
    unit: 'state',
    values: { 0: { text: 'Paused', state: 'neutral' }, 1: { text: 'Plays', state: 'ok' } },
    empty: 'Nothing plays',
    expression: from({
      ...rebelcores((source) =>
        max(
          translate(
            tag(tag(open(source), 'user', '{username}'), 'player', '{device}'),
            'method',
            'method',
            rebelcoreMethods,
          ),
          'service',
          'user',
          'series_title',
          'title',
          'player',
          'method',
        ),
      ),
    }),
  },
  nowPlayingTitles: {
    title: 'Titles playing',
    description: 'Who watches what.',
    unit: 'state',
    values: { 0: { text: 'Plays', state: 'ok' }, 1: { text: 'Paused', state: 'neutral' } },
    empty: 'Nothing plays',
    expression: max(
      tag(tentacle.metric('jellyfin_session_paused'), 'title', '{media_title}'),
      'service',
      'user',
      'title',
    ),
  },
  progress: {
    title: 'Progress',
    description: 'How far into the film or episode they are.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: divide(
      max(
        translate(
          tag(tag(next.metric('jellyfin_now_playing_progress'), 'user', '{username}'), 'player', '{device}'),
          'method',
          'method',
          rebelcoreMethods,
        ),
        'service',
        'user',
        'series_title',
        'title',
        'player',
        'method',
      ),
      100,
    ),
  },
  streamsByUser: {
    title: 'Streams by person',
    description: 'Who has how many streams open.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      ...rebelcores((source) => count(tag(open(source), 'user', '{username}'), 'service', 'user')),
      dlepaux: fresh(sum(dlepaux.metric('jellyfin_sessions_active'), 'service', 'user')),
      tentacle: sum(tentacle.metric('jellyfin_sessions_streaming_total'), 'service', 'user'),
    }),
  },
  playsEverByUser: {
    title: 'Plays by person',
    description: 'Who played how much, ever, as the plugin Playback Reporting tells.',
    unit: 'count',
    empty: 'Needs the plugin Playback Reporting',
    expression: from(rebelcores((source) => max(tag(activityCount(source), 'user', '{username}'), 'service', 'user'))),
  },

  // --- what there is to watch ----------------------------------------------------------------------------------
  movies: {
    ...inStock,
    title: 'Films',
    description: 'How many films there are.',
    expression: ofKind('Movie', 'Movie', max(scraparr.metric('jellyfin_number_of_movies'), 'service')),
  },
  series: {
    ...inStock,
    title: 'Series',
    description: 'How many series there are.',
    expression: ofKind('Series', 'Series', max(scraparr.metric('jellyfin_number_of_series'), 'service')),
  },
  episodes: {
    ...inStock,
    title: 'Episodes',
    description: 'How many episodes there are.',
    expression: ofKind('Episode', 'Episode'),
  },
  albums: {
    ...inStock,
    title: 'Albums',
    description: 'How many albums there are.',
    expression: ofKind('Album', 'MusicAlbum'),
  },
  songs: {
    ...inStock,
    title: 'Songs',
    description: 'How many songs there are.',
    expression: ofKind('Song', 'Audio'),
  },
  items: {
    title: 'Library items',
    description: 'How much there is of each kind. A step down that nobody made is a share that is not mounted.',
    unit: 'count',
    expression: items,
  },
  itemsAdded: {
    title: 'Added in a day',
    description: 'How much more there is of each kind than at the same time the day before.',
    unit: 'count',
    empty: 'No day before',
    expression: change(subtract(items, dayBefore)),
  },
  itemsRemoved: {
    title: 'Removed in a day',
    description:
      'How much less there is of each kind than at the same time the day before. Much at once: a share that is not mounted.',
    unit: 'count',
    empty: 'No day before',
    expression: change(subtract(dayBefore, items)),
  },
  itemsByLibrary: {
    title: 'Items by library',
    description: 'How much each library holds.',
    unit: 'count',
    empty: 'No library',
    expression: from({
      dlepaux: max(tag(dlepaux.metric('jellyfin_library_items'), 'library', '{library_name}'), 'service', 'library'),
      tentacle: sum(tentacle.metric('jellyfin_library_items_total'), 'service', 'library'),
    }),
  },
  librarySize: {
    title: 'Size by library',
    description: 'How much room each library takes.',
    unit: 'bytes',
    empty: 'No library',
    expression: max(tentacle.metric('jellyfin_library_size_bytes'), 'service', 'library'),
  },
  genres: {
    title: 'Genres',
    description: 'How many genres there are.',
    unit: 'count',
    expression: count(scraparr.metric('jellyfin_genres_total'), 'service'),
  },
  libraryDiskUsed: {
    title: 'Disks of libraries',
    description: 'Share in use of the disk below each library; libraries on one disk say the same.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: max(tag(diskUsed({ location: 'library' }), 'library', '{name}'), 'service', 'library'),
  },
  libraryDiskFree: {
    title: 'Room for libraries',
    description: 'What is free on the disk below each library; libraries on one disk say the same.',
    unit: 'bytes',
    expression: max(tag(libraryFree, 'library', '{name}'), 'service', 'library'),
  },
  libraryTimeToFull: {
    title: 'Full in',
    description: 'When the disk below the library is full, if it goes on as in the last day.',
    unit: 'duration',
    levels: thresholds.timeToFull,
    empty: 'Not growing',
    expression: max(
      tag(clamp(ratio(libraryFree, multiply(slope(libraryFree, '1d'), -1)), 0, 365 * 86_400), 'library', '{name}'),
      'service',
      'library',
    ),
  },

  // --- what it does by itself ----------------------------------------------------------------------------------
  taskRunning: {
    title: 'Tasks running',
    description: 'When which of its tasks runs: scans of the library, chapter pictures, backups, clean-ups.',
    unit: 'state',
    values: { 0: { text: 'Idle', state: 'absent' }, 1: { text: 'Runs', state: 'ok' } },
    empty: 'No tasks',
    expression: from({
      'rebelcore, next': max(
        // One series a state, 1 for the one that it is in.
        tag(next.metric('jellyfin_tasks_state', { state: 'Running' }), 'task', '{task_name}'),
        'service',
        'task',
      ),
      tentacle: compare(
        max(tag(tentacle.metric('jellyfin_scheduled_task_state'), 'task', '{task_name}'), 'service', 'task'),
        '>',
        0,
      ),
    }),
  },
  taskWorked: {
    title: 'Last run',
    description: 'How the last run of each task ended.',
    unit: 'state',
    values: { 0: { text: 'Failed', state: 'warning' }, 1: { text: 'Worked', state: 'ok' } },
    empty: 'No tasks',
    expression: taskWorked,
  },
  tasksFailed: {
    title: 'Failed tasks',
    description: 'How many tasks failed when they ran last: a scan of the library, a backup, an update of plugins.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No tasks',
    expression: subtract(count(taskWorked, 'service'), sum(taskWorked, 'service')),
  },
  taskDuration: {
    title: 'Took',
    description: 'How long the last run of each task took.',
    unit: 'duration',
    empty: 'Never ran',
    expression: from({
      'rebelcore, next': max(
        tag(next.metric('jellyfin_tasks_last_run_seconds'), 'task', '{task_name}'),
        'service',
        'task',
      ),
      tentacle: max(
        tag(tentacle.metric('jellyfin_scheduled_task_last_run_duration_seconds'), 'task', '{task_name}'),
        'service',
        'task',
      ),
    }),
  },
  taskEnded: {
    title: 'Ended',
    description: 'When the last run of each task ended.',
    unit: 'moment',
    empty: 'Never ran',
    expression: max(
      tag(tentacle.metric('jellyfin_scheduled_task_last_run_timestamp_seconds'), 'task', '{task_name}'),
      'service',
      'task',
    ),
  },

  // --- transcoding ---------------------------------------------------------------------------------------------
  transcodes: {
    title: 'Transcodes',
    description: 'How many streams are converted for their player now.',
    unit: 'count',
    expression: transcodes,
  },
  videoTranscodes: {
    title: 'Pictures remade',
    description:
      'How many transcodes make the picture anew. The others only change the sound or the container, which is cheap.',
    unit: 'count',
    expression: from({
      'rebelcore, next': zeroWhile(count(remade, 'service'), next.metric('jellyfin_transcoding_sessions'), 'service'),
      tentacle: zeroWhile(
        sum(tentacle.metric('jellyfin_session_transcoding'), 'service'),
        tentacle.metric('jellyfin_sessions_active_total'),
        'service',
      ),
    }),
  },
  transcodeShare: {
    title: 'Of all streams',
    description: 'Share of the streams that are transcoded. Much of it is worth a look at the reasons below.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: ratio(transcodes, streams),
  },
  acceleration: {
    title: 'Hardware set',
    description:
      'What Jellyfin is set to transcode with. Jellyfin tells its setting, not whether ffmpeg could use it for this film.',
    unit: 'state',
    values: { 1: { text: 'Set', state: 'neutral' } },
    empty: 'Nothing is transcoded',
    expression: group(next.metric('jellyfin_transcoding_session_info'), 'service', 'hardware_acceleration'),
  },
  slowestTranscode: {
    title: 'Slowest transcode',
    description:
      'Frames a second of the slowest transcode that makes the picture anew and is watched. Slower than the film itself, the player has to wait.',
    unit: 'framesPerSecond',
    levels: thresholds.transcodeRate,
    empty: 'Nothing is transcoded',
    expression: from({
      'rebelcore, next': min(
        when(when(next.metric('jellyfin_transcoding_session_framerate'), remade), watched),
        'service',
      ),
      tentacle: min(
        when(
          when(
            max(tentacle.metric('jellyfin_session_transcode_framerate'), 'service', 'user'),
            where(max(tentacle.metric('jellyfin_session_transcoding'), 'service', 'user'), '==', 1),
          ),
          where(max(tentacle.metric('jellyfin_session_paused'), 'service', 'user'), '==', 0),
        ),
        'service',
      ),
    }),
  },
  transcodeReasons: {
    title: 'Why transcoded',
    description:
      'Why players do not take the file as it is. A codec: convert the file or change the player; a bit rate: the limit set in the app.',
    unit: 'count',
    empty: 'Nothing is transcoded',
    expression: from({
      'rebelcore, next': count(next.metric('jellyfin_transcoding_session_reason'), 'service', 'reason'),
      dlepaux: fresh(sum(dlepaux.metric('jellyfin_transcode_reason_sessions'), 'service', 'reason')),
      tentacle: count(
        tag(tentacle.metric('jellyfin_session_transcode_info'), 'reason', '{transcode_reason}'),
        'service',
        'reason',
      ),
    }),
  },
  targetCodecs: {
    title: 'Converted to',
    description: 'Into which picture and sound the streams are converted.',
    unit: 'count',
    empty: 'Nothing is transcoded',
    legend: '{{video_codec}} + {{audio_codec}}',
    expression: from({
      'rebelcore, next': count(
        next.metric('jellyfin_transcoding_session_info'),
        'service',
        'video_codec',
        'audio_codec',
      ),
      dlepaux: fresh(sum(dlepaux.metric('jellyfin_transcodes_active'), 'service', 'video_codec', 'audio_codec')),
      tentacle: count(tentacle.metric('jellyfin_session_transcode_info'), 'service', 'video_codec', 'audio_codec'),
    }),
  },
  transcodeBandwidth: {
    title: 'Transcoded bandwidth',
    description: 'What the transcoded streams take, by the bit rate that they are converted to.',
    unit: 'bitsPerSecond',
    empty: 'Nothing is transcoded',
    expression: from({
      'rebelcore, next': sum(next.metric('jellyfin_transcoding_session_bitrate_bits_per_second'), 'service'),
      tentacle: max(tentacle.metric('jellyfin_sessions_bandwidth_total_bps'), 'service'),
    }),
  },
  transcodeDiskUsed: {
    title: 'Room to transcode',
    description: 'Share in use of the disk that transcodes are written to. Full, every transcode fails.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: max(diskUsed({ location: 'transcodes' }), 'service'),
  },
  transcodesByUser: {
    title: 'Transcodes by person',
    description: 'For whom what is converted, into what.',
    unit: 'state',
    values: { 1: { text: 'Converted', state: 'neutral' } },
    empty: 'Nothing is transcoded',
    expression: from({
      'rebelcore, next': group(
        tag(next.metric('jellyfin_transcoding_session_info'), 'user', '{username}'),
        'service',
        'user',
        'video_codec',
        'audio_codec',
        'container',
      ),
      tentacle: group(
        tentacle.metric('jellyfin_session_transcode_info'),
        'service',
        'user',
        'video_codec',
        'audio_codec',
        'container',
      ),
    }),
  },

  // --- where it is kept ----------------------------------------------------------------------------------------
  diskUsed: {
    title: 'Disks of Jellyfin',
    description:
      'Share in use of the disk below each of Jellyfin’s own folders; folders on one disk say the same. Full, it cannot start.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: max(diskUsed(places), 'service', 'location'),
  },

  // --- the exporter itself -------------------------------------------------------------------------------------
  collectors: {
    title: 'Collectors',
    description:
      'Whether each part of the exporter gets an answer from Jellyfin. `activity` needs the plugin Playback Reporting.',
    unit: 'state',
    values: { 0: { text: 'Failing', state: 'warning' }, 1: { text: 'Works', state: 'ok' } },
    expression: from(
      rebelcores((source) => min(source.metric('jellyfin_scrape_collector_success'), 'service', 'collector')),
    ),
  },
  roundTime: {
    title: 'Exporter’s round',
    description: 'How long all questions of the exporter to Jellyfin take, one round of them.',
    unit: 'seconds',
    expression: from({
      ...rebelcores((source) => max(source.metric('jellyfin_scrape_collector_duration_seconds'), 'service')),
      dlepaux: ratio(
        sum(observed(dlepaux.metric('jellyfin_exporter_scrape_duration_seconds')), 'service'),
        sum(observations(dlepaux.metric('jellyfin_exporter_scrape_duration_seconds')), 'service'),
      ),
      scraparr: max(scraparr.metric('jellyfin_scrape_duration'), 'service'),
    }),
  },
  dataAge: {
    title: 'Age of the data',
    description: 'Time since the exporter last heard from Jellyfin. It keeps showing what it heard then.',
    unit: 'duration',
    levels: thresholds.dataAge,
    expression: from({
      dlepaux: age(max(dlepaux.metric('jellyfin_exporter_last_successful_scrape_timestamp_seconds'), 'service')),
      scraparr: age(max(scraparr.metric('jellyfin_last_scrape'), 'service')),
    }),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('Jellyfin', answersBy('service', 'host')),
  libraryKept: {
    title: 'Library kept',
    description: 'What is there of each kind, of the most that was there within a day, where that was more than fifty.',
    unit: 'ratio',
    levels: thresholds.libraryKept,
    empty: 'Too few items',
    expression: ratio(
      items,
      where(
        itemsWith((of) => overTime('max', of, '1d')),
        '>',
        50,
      ),
    ),
  },
  itemsAddedHour: {
    title: 'Added in an hour',
    description: 'How many more items there are than an hour ago.',
    unit: 'count',
    empty: 'No hour before',
    expression: subtract(allItems, shift(allItems, '1h')),
  },
  usersAddedHour: {
    title: 'New accounts',
    description: 'How many more accounts there are than an hour ago.',
    unit: 'count',
    empty: 'No hour before',
    expression: subtract(users, shift(users, '1h')),
  },
  collectorWorks: {
    title: 'Collector works',
    description: 'Whether a part of the exporter gets an answer, while Jellyfin answers at all.',
    unit: 'state',
    values: { 0: { text: 'Failing', state: 'warning' }, 1: { text: 'Works', state: 'ok' } },
    expression: from(
      rebelcores((source) =>
        when(
          min(source.metric('jellyfin_scrape_collector_success', { collector: not('system') }), 'service', 'collector'),
          where(answersBy('service'), '==', 1),
        ),
      ),
    ),
  },
  lastScanAge: {
    title: 'Since the last scan',
    description: 'Time since the scan of the library ended last, where Jellyfin speaks English.',
    unit: 'duration',
    levels: thresholds.scanAge,
    empty: 'Never ran',
    expression: age(
      max(
        tentacle.metric('jellyfin_scheduled_task_last_run_timestamp_seconds', { task_name: 'Scan Media Library' }),
        'service',
      ),
    ),
  },
});
