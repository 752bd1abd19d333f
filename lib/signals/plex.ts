import arnargCatalog from '../catalog/recorded/plex_exporter.json';
import axsuulCatalog from '../catalog/recorded/plex_media_server_exporter.json';
import cpliegerCatalog from '../catalog/recorded/plex_exporter_cplieger.json';
import jsclaytonCatalog from '../catalog/recorded/plex_exporter_jsclayton.json';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import timothystewart6Catalog from '../catalog/recorded/plex_exporter_timothystewart6.json';
import type { Expression } from '../expression/expression';
import {
  answering,
  avg,
  clamp,
  compare,
  count,
  divide,
  from,
  group,
  highest,
  increase,
  max,
  multiply,
  overPanelRange,
  overTime,
  rate,
  rest,
  ratio,
  share,
  shift,
  subtract,
  sum,
  tag,
  translate,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, not, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// One source an exporter. Plex has no page of its own, and no exporter tells all.

/** Keeps its last streams and libraries while Plex does not answer, and says so. */
const cplieger = defineSource(cpliegerCatalog, ['service', 'host']);
/** Keeps its last numbers while Plex does not answer, and sets to 0 what is over. */
const axsuul = defineSource(axsuulCatalog, ['service', 'host']);
/** Needs Plex to start, and does not tell when it is gone. */
const jsclayton = defineSource(jsclaytonCatalog, ['service', 'host']);
/** A fork of it, with the labels put right. */
const timothystewart6 = defineSource(timothystewart6Catalog, ['service', 'host']);
/** Not kept up since 2022. */
const arnarg = defineSource(arnargCatalog, ['service', 'host']);

/** The machine below: where the homelab file has it. */
const machine = defineSource(nodeCatalog, ['host']);

/** What jsclayton's exporter and its fork say alike. */
const jsclaytons = <L extends string>(of: (source: typeof jsclayton) => Expression<L>) => ({
  jsclayton: of(jsclayton),
  timothystewart6: of(timothystewart6 as unknown as typeof jsclayton),
});

/** While the exporter gets answers: what it keeps from before is no news. */
const polled = <L extends string>(of: Expression<L | 'service'>): Expression<L | 'service'> =>
  when(of, where(max(cplieger.metric('plex_session_poll_reachable'), 'service'), '==', 1));
const fresh = <L extends string>(of: Expression<L | 'service'>): Expression<L | 'service'> =>
  when(of, where(max(axsuul.metric('plex_up'), 'service'), '==', 1));

/** What the exporter is asked for while it gets answers: 0 while there is none of it. */
const polledOrNone = (of: Expression<'service'>) =>
  zeroWhile(polled(of), where(cplieger.metric('plex_session_poll_reachable'), '==', 1), 'service');
const freshOrNone = (of: Expression<'service'>) =>
  zeroWhile(fresh(of), where(axsuul.metric('plex_up'), '==', 1), 'service');
const toldOrNone = (source: typeof jsclayton, of: Expression<'service'>) =>
  zeroWhile(of, answering(source.scraped('up')), 'service');

/** Only what plays grows; what was stopped or paused stays on the page for a while. */
const playing = (source: typeof jsclayton) => where(rate(source.metric('play_seconds_total')), '>', 0);
const forkPlaying = where(
  rate(timothystewart6.metric('play_seconds_total', { transcode_type: oneOf('video', 'both') })),
  '>',
  0,
);
const active = { state: oneOf('playing', 'buffering') } as const;

const methods = { directplay: 'direct play', copy: 'direct stream' } as const;

// --- is it there ---------------------------------------------------------------------------------------------------
const itIsOne = 'it is always 1';

/** Whether Plex answers the exporter. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  from<B>({
    cplieger: max(cplieger.metric('plex_http_reachable'), ...by),
    axsuul: max(axsuul.metric('plex_up'), ...by),
    arnarg: zeroWhile(
      group(arnarg.mistyped('plex_server_info', 'info', itIsOne), ...by),
      answering(arnarg.scraped('up')),
      ...(by as readonly never[]),
    ) as Expression<B>,
  });

/** Whether each is reached: always there, whatever Plex does. */
const scrapes = <const B extends 'service' | 'host'>(...by: readonly B[]) => ({
  cplieger: max(cplieger.scraped('up'), ...by),
  axsuul: max(axsuul.scraped('up'), ...by),
  ...jsclaytons((source) => max(source.scraped('up'), ...by)),
  arnarg: max(arnarg.scraped('up'), ...by),
});

// --- what it plays -------------------------------------------------------------------------------------------------
const streams = from({
  cplieger: polledOrNone(count(cplieger.metric('plex_plays_active'), 'service')),
  axsuul: freshOrNone(sum(axsuul.metric('plex_sessions_count', active), 'service')),
  ...jsclaytons((source) => toldOrNone(source, count(group(playing(source), 'service', 'session'), 'service'))),
  arnarg: sum(arnarg.metric('plex_sessions_active_count'), 'service'),
});

const transcodesBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  from<B>({
    cplieger: when(
      max(cplieger.metric('plex_active_transcode_sessions'), ...by),
      where(max(cplieger.metric('plex_http_reachable'), ...by), '==', 1),
    ),
    axsuul: zeroWhile(
      when(
        sum(axsuul.metric('plex_video_transcode_sessions_count', active), ...by),
        where(max(axsuul.metric('plex_up'), ...by), '==', 1),
      ),
      where(axsuul.metric('plex_up'), '==', 1),
      ...(by as readonly never[]),
    ) as Expression<B>,
    timothystewart6: zeroWhile(
      count(group(forkPlaying, 'service', 'host', 'session'), ...by),
      answering(timothystewart6.scraped('up')),
      ...(by as readonly never[]),
    ) as Expression<B>,
  });
const transcodes = transcodesBy('service');

const inKilobits = 1000;

// --- what it needs -------------------------------------------------------------------------------------------------
const withoutPass = 'Needs Plex Pass';

/** Of the machine that Plex runs on: by its own exporter, else by Plex, which says it with Plex Pass only. */
const machineUse = (
  own: Expression<'host'>,
  cpliegers: Expression<'host'>,
  others: Record<string, Expression<'host'>>,
) =>
  from<'host'>({
    machine: when(own, from<'host'>(scrapes('host'))),
    cplieger: where(cpliegers, '>', 0),
    ...others,
  });

const hostBusy = machineUse(
  rest(
    avg(
      sum(rate(machine.metric('node_cpu_seconds_total', { mode: oneOf('idle', 'iowait', 'steal') })), 'host', 'cpu'),
      'host',
    ),
  ),
  max(cplieger.metric('plex_host_cpu_utilization_ratio'), 'host'),
  jsclaytons((source) => divide(max(source.metric('host_cpu_util'), 'host'), 100)),
);

// --- what there is -------------------------------------------------------------------------------------------------
/** Items by library; `how` looks at each series first. */
const itemsWith = (how: <L extends string>(of: Expression<L>) => Expression<L>) => ({
  cplieger: sum(how(cplieger.metric('plex_library_items')), 'service', 'library'),
  axsuul: max(
    tag(how(axsuul.metric('plex_media_count', { type: not('show_episode') })), 'library', '{title}'),
    'service',
    'library',
  ),
  timothystewart6: sum(how(timothystewart6.metric('plex_library_items')), 'service', 'library'),
  arnarg: max(tag(how(arnarg.metric('plex_library_section_size_count')), 'library', '{name}'), 'service', 'library'),
});
const items = from(itemsWith((of) => of));
const most = itemsWith((of) => overTime('max', of, '1d'));
const dayBefore = shift(items, '1d');
/** A change of the number of things; more than this is another library. */
const change = (of: Expression<'service' | 'library'>) => clamp(of, 0, 1e9);

/** What is left of the most within a day: a library that is empty has no series at all. */
const left = (
  now: Expression<'service' | 'library'>,
  before: Expression<'service' | 'library'>,
  enough: number,
  answers: Expression<'service'>,
) => when(share(now, where(before, '>', enough)), where(answers, '==', 1));

const jsclaytonsSize = sum(jsclayton.metric('library_storage_total'), 'service', 'library');
const jsclaytonsMost = sum(overTime('max', jsclayton.metric('library_storage_total'), '1d'), 'service', 'library');

const inStock = { unit: 'count', empty: 'None' } as const satisfies Partial<SignalDefinition>;

/** Seconds played in the time shown. */
const watched = <const B extends string>(
  ofCplieger: (of: ReturnType<typeof cpliegersSeconds>) => Expression<B>,
  ofOthers: (of: ReturnType<typeof othersSeconds>) => Expression<B>,
) =>
  from<B>({
    cplieger: ofCplieger(cpliegersSeconds()),
    ...jsclaytons((source) => ofOthers(othersSeconds(source))),
  });
const cpliegersSeconds = () => increase(cplieger.metric('plex_play_seconds_total'), 'range');
const othersSeconds = (source: typeof jsclayton) => increase(source.metric('play_seconds_total'), 'range');

/** What five exporters tell of Plex. */
export const plex = defineSignals('plex', {
  up: {
    title: 'Plex',
    description: 'Whether Plex answers its exporter: it runs, and takes the token.',
    unit: 'state',
    values: upOrDown,
    expression: answersBy('service'),
  },
  scraped: scrapedOf('Plex', from(scrapes('service'))),
  polls: {
    title: 'Sessions told',
    description: 'Whether Plex tells its exporter what is played. While it does not, streams are not known.',
    unit: 'state',
    values: { 0: { text: 'Failing', state: 'warning' }, 1: { text: 'Works', state: 'ok' } },
    expression: max(cplieger.metric('plex_session_poll_reachable'), 'service'),
  },
  version: {
    title: 'Version',
    description: 'The version of Plex that runs.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: from({
      cplieger: group(cplieger.metric('plex_server_info', { version: not('') }), 'service', 'version'),
      axsuul: group(where(axsuul.metric('plex_info'), '==', 1), 'service', 'version'),
      ...jsclaytons((source) => group(source.metric('server_info'), 'service', 'version')),
      arnarg: group(arnarg.mistyped('plex_server_info', 'info', itIsOne), 'service', 'version'),
    }),
  },

  // --- who watches ---------------------------------------------------------------------------------------------
  streams: {
    title: 'Streams',
    description: 'Films, episodes and songs that play now. Where the exporter cannot tell, paused ones count as well.',
    unit: 'count',
    expression: streams,
  },
  streamsPeak: {
    title: 'Most streams',
    description: 'How many streams there were at once, at most, in the time shown.',
    unit: 'count',
    expression: overPanelRange('max', streams),
  },
  paused: {
    title: 'Paused',
    description: 'How many streams are paused.',
    unit: 'count',
    expression: freshOrNone(sum(axsuul.metric('plex_sessions_count', { state: 'paused' }), 'service')),
  },
  viewers: {
    title: 'People watching',
    description: 'How many accounts watch now.',
    unit: 'count',
    expression: from({
      cplieger: polledOrNone(count(group(cplieger.metric('plex_plays_active'), 'service', 'user'), 'service')),
      axsuul: freshOrNone(
        count(where(sum(axsuul.metric('plex_sessions_count', active), 'service', 'username'), '>', 0), 'service'),
      ),
      ...jsclaytons((source) => toldOrNone(source, count(group(playing(source), 'service', 'user'), 'service'))),
    }),
  },
  awayShare: {
    title: 'Watched away',
    description: 'Share of the streams that leave the house: they take the line to the internet.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing plays',
    expression: share(
      polled(count(cplieger.metric('plex_plays_active', { local: 'false' }), 'service')),
      polledOrNone(count(cplieger.metric('plex_plays_active'), 'service')),
    ),
  },
  streamsByMethod: {
    title: 'Streams by method',
    description: 'How what plays is sent: transcoding costs the processor, the others hardly do.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(
        sum(
          translate(
            count(cplieger.metric('plex_plays_active'), 'service', 'stream_type'),
            'method',
            'stream_type',
            methods,
          ),
          'service',
          'method',
        ),
      ),
      ...jsclaytons((source) =>
        count(
          group(translate(playing(source), 'method', 'stream_type', methods), 'service', 'method', 'session'),
          'service',
          'method',
        ),
      ),
    }),
  },
  streamsByPlace: {
    title: 'Streams by place',
    description: 'Where it is watched: in the house (`lan`) or elsewhere.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: polled(count(cplieger.metric('plex_plays_active'), 'service', 'location')),
  },
  streamsByKind: {
    title: 'Streams by kind',
    description: 'What plays: films, episodes, songs.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(count(tag(cplieger.metric('plex_plays_active'), 'type', '{media_type}'), 'service', 'type')),
      ...jsclaytons((source) =>
        count(group(tag(playing(source), 'type', '{media_type}'), 'service', 'type', 'session'), 'service', 'type'),
      ),
    }),
  },
  streamsByApp: {
    title: 'Streams by app',
    description: 'With which app or browser people watch. One that always transcodes is worth replacing.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(count(tag(cplieger.metric('plex_plays_active'), 'app', '{device_type}'), 'service', 'app')),
      ...jsclaytons((source) =>
        count(group(tag(playing(source), 'app', '{device_type}'), 'service', 'app', 'session'), 'service', 'app'),
      ),
    }),
  },
  streamsByResolution: {
    title: 'Streams by resolution',
    description: 'In which resolution they are sent, which is lower than that of the file where it is converted.',
    unit: 'count',
    empty: 'Nothing plays',
    legend: '{{resolution}}',
    expression: from({
      cplieger: polled(
        count(tag(cplieger.metric('plex_plays_active'), 'resolution', '{stream_resolution}'), 'service', 'resolution'),
      ),
      ...jsclaytons((source) =>
        count(
          group(tag(playing(source), 'resolution', '{stream_resolution}'), 'service', 'resolution', 'session'),
          'service',
          'resolution',
        ),
      ),
    }),
  },
  bandwidth: {
    title: 'Bandwidth',
    description:
      'What all streams take, by the bit rates of what is played. An estimate: players load ahead, and then wait.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(multiply(sum(cplieger.metric('plex_session_bandwidth_kbps'), 'service'), inKilobits)),
      ...jsclaytons((source) => multiply(max(rate(source.metric('estimated_transmit_bytes_total')), 'service'), 8)),
    }),
  },
  bandwidthByPlace: {
    title: 'Bandwidth by place',
    description:
      'What the streams take in the house (`lan`) and away from it, where it takes the line to the internet.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: polled(
      multiply(sum(cplieger.metric('plex_session_bandwidth_kbps'), 'service', 'location'), inKilobits),
    ),
  },
  sent: {
    title: 'Sent',
    description: 'What Plex sent over the network, as it counts itself: with Plex Pass only.',
    unit: 'bitsPerSecond',
    empty: withoutPass,
    expression: from({
      cplieger: multiply(max(rate(cplieger.metric('plex_transmit_bytes_total')), 'service'), 8),
      ...jsclaytons((source) => multiply(max(rate(source.metric('transmit_bytes_total')), 'service'), 8)),
    }),
  },
  watchTime: {
    title: 'Watched',
    description: 'How long everybody together watched in the time shown.',
    unit: 'duration',
    empty: 'Nothing was played',
    expression: watched(
      (of) => sum(of, 'service'),
      (of) => sum(of, 'service'),
    ),
  },
  watchTimeByApp: {
    title: 'Watched by app',
    description: 'With which app or browser how long was watched in the time shown.',
    unit: 'duration',
    empty: 'Nothing was played',
    expression: watched(
      (of) => sum(tag(of, 'app', '{device_type}'), 'service', 'app'),
      (of) => sum(tag(of, 'app', '{device_type}'), 'service', 'app'),
    ),
  },
  watchTimeByMethod: {
    title: 'Watched by method',
    description: 'How what was watched in the time shown was sent. Much transcoding is worth a look at the apps.',
    unit: 'duration',
    empty: 'Nothing was played',
    expression: watched(
      (of) => sum(translate(of, 'method', 'stream_type', methods), 'service', 'method'),
      (of) => sum(translate(of, 'method', 'stream_type', methods), 'service', 'method'),
    ),
  },

  // --- who it is: only with `privacy: 'full'` ------------------------------------------------------------------
  nowPlaying: {
    title: 'Now playing',
    description: 'Who watches what, on what, and how it is sent.',
    unit: 'state',
    values: { 1: { text: 'Open', state: 'ok' } },
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(
        group(
          tag(
            tag(
              translate(cplieger.metric('plex_plays_active'), 'method', 'stream_type', methods),
              'episode',
              '{grandchild_title}',
            ),
            'player',
            '{device}',
          ),
          'service',
          'user',
          'title',
          'episode',
          'player',
          'method',
        ),
      ),
      ...jsclaytons((source) =>
        group(
          tag(
            tag(translate(playing(source), 'method', 'stream_type', methods), 'episode', '{grandchild_title}'),
            'player',
            '{device}',
          ),
          'service',
          'user',
          'title',
          'episode',
          'player',
          'method',
        ),
      ),
    }),
  },
  streamsByUser: {
    title: 'Streams by person',
    description: 'Who watches how many streams.',
    unit: 'count',
    empty: 'Nothing plays',
    expression: from({
      cplieger: polled(count(cplieger.metric('plex_plays_active'), 'service', 'user')),
      axsuul: fresh(sum(tag(axsuul.metric('plex_sessions_count', active), 'user', '{username}'), 'service', 'user')),
      ...jsclaytons((source) => count(group(playing(source), 'service', 'user', 'session'), 'service', 'user')),
    }),
  },
  bandwidthByUser: {
    title: 'Bandwidth by person',
    description: 'Whose streams take what.',
    unit: 'bitsPerSecond',
    empty: 'Nothing plays',
    expression: polled(multiply(sum(cplieger.metric('plex_session_bandwidth_kbps'), 'service', 'user'), inKilobits)),
  },
  watchTimeByUser: {
    title: 'Watched by person',
    description: 'How long each watched in the time shown.',
    unit: 'duration',
    empty: 'Nothing was played',
    expression: watched(
      (of) => sum(of, 'service', 'user'),
      (of) => sum(of, 'service', 'user'),
    ),
  },
  watchTimeByTitle: {
    title: 'Most watched',
    description: 'The ten films and series that were watched longest in the time shown.',
    unit: 'duration',
    empty: 'Nothing was played',
    expression: highest(
      10,
      watched(
        (of) => sum(of, 'service', 'title'),
        (of) => sum(of, 'service', 'title'),
      ),
    ),
  },

  // --- transcoding ---------------------------------------------------------------------------------------------
  transcodes: {
    title: 'Transcodes',
    description: 'How many streams have their picture made anew for their player, which takes processor or graphics.',
    unit: 'count',
    expression: transcodes,
  },
  soundTranscodes: {
    title: 'Sound remade',
    description: 'How many streams have their sound made anew for their player, which is cheap.',
    unit: 'count',
    expression: freshOrNone(sum(axsuul.metric('plex_audio_transcode_sessions_count', active), 'service')),
  },
  downloads: {
    title: 'Downloads',
    description: 'How many films or episodes are prepared for or sent to somebody’s own device.',
    unit: 'count',
    expression: freshOrNone(sum(axsuul.metric('plex_media_downloads_count'), 'service')),
  },
  subtitlesBurned: {
    title: 'Subtitles burned in',
    description: 'How many streams have subtitles painted into the picture, which makes it anew: other subtitles help.',
    unit: 'count',
    expression: from({
      cplieger: polledOrNone(count(cplieger.metric('plex_plays_active', { subtitle_action: 'burn' }), 'service')),
      timothystewart6: zeroWhile(
        count(
          group(
            where(rate(timothystewart6.metric('play_seconds_total', { subtitle_action: 'burn' })), '>', 0),
            'service',
            'session',
          ),
          'service',
        ),
        answering(timothystewart6.scraped('up')),
        'service',
      ),
    }),
  },

  // --- what it needs -------------------------------------------------------------------------------------------
  hostBusy: {
    title: 'CPU of its machine',
    description: 'Share of processor time of the machine that Plex runs on, with all else on it.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuBusy,
    empty: withoutPass,
    expression: hostBusy,
  },
  hostMemory: {
    title: 'Memory of its machine',
    description: 'Share of the memory of the machine that Plex runs on that is in use, by all that is on it.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.memoryUsed,
    empty: withoutPass,
    expression: machineUse(
      rest(
        max(
          ratio(machine.metric('node_memory_MemAvailable_bytes'), machine.metric('node_memory_MemTotal_bytes')),
          'host',
        ),
      ),
      max(cplieger.metric('plex_host_memory_utilization_ratio'), 'host'),
      jsclaytons((source) => divide(max(source.metric('host_mem_util'), 'host'), 100)),
    ),
  },

  // --- what there is to watch ----------------------------------------------------------------------------------
  movies: {
    ...inStock,
    title: 'Films',
    description: 'How many films there are.',
    expression: from({
      cplieger: sum(cplieger.metric('plex_library_items', { content_type: 'movies' }), 'service'),
      axsuul: sum(axsuul.metric('plex_media_count', { type: 'movie' }), 'service'),
      timothystewart6: max(timothystewart6.metric('plex_media_movies'), 'service'),
      arnarg: sum(arnarg.metric('plex_library_section_size_count', { type: 'movie' }), 'service'),
    }),
  },
  series: {
    ...inStock,
    title: 'Series',
    description: 'How many series there are.',
    expression: from({
      axsuul: sum(axsuul.metric('plex_media_count', { type: 'show' }), 'service'),
      timothystewart6: sum(timothystewart6.metric('plex_library_items', { library_type: 'show' }), 'service'),
      arnarg: sum(arnarg.metric('plex_library_section_size_count', { type: 'show' }), 'service'),
    }),
  },
  episodes: {
    ...inStock,
    title: 'Episodes',
    description: 'How many episodes there are.',
    expression: from({
      cplieger: sum(cplieger.metric('plex_library_items', { content_type: 'episodes' }), 'service'),
      axsuul: sum(axsuul.metric('plex_media_count', { type: 'show_episode' }), 'service'),
      timothystewart6: max(timothystewart6.metric('plex_media_episodes'), 'service'),
    }),
  },
  songs: {
    ...inStock,
    title: 'Songs',
    description: 'How many songs there are.',
    expression: from({
      cplieger: sum(cplieger.metric('plex_library_items', { content_type: 'tracks' }), 'service'),
      timothystewart6: max(timothystewart6.metric('plex_media_music'), 'service'),
    }),
  },
  items: {
    title: 'Library items',
    description:
      'How much is in each library: films, songs, and series or their episodes, as the exporter counts. A step down that nobody made is a share that is not mounted.',
    unit: 'count',
    expression: items,
  },
  itemsAdded: {
    title: 'Added in a day',
    description: 'How much more there is in each library than at the same time the day before.',
    unit: 'count',
    empty: 'No day before',
    expression: change(subtract(items, dayBefore)),
  },
  itemsRemoved: {
    title: 'Removed in a day',
    description:
      'How much less there is in each library than at the same time the day before. Much at once: a share that is not mounted.',
    unit: 'count',
    empty: 'No day before',
    expression: change(subtract(dayBefore, items)),
  },
  librarySize: {
    title: 'Size by library',
    description: 'How much room each library takes.',
    unit: 'bytes',
    empty: 'No library',
    expression: from({
      cplieger: max(cplieger.metric('plex_library_storage_bytes'), 'service', 'library'),
      ...jsclaytons((source) => max(source.metric('library_storage_total'), 'service', 'library')),
    }),
  },
  libraryLength: {
    title: 'Length by library',
    description: 'How long it would take to play all of each library.',
    unit: 'duration',
    empty: 'No library',
    expression: from({
      cplieger: divide(max(cplieger.metric('plex_library_duration_milliseconds'), 'service', 'library'), 1000),
      ...jsclaytons((source) => divide(max(source.metric('library_duration_total'), 'service', 'library'), 1000)),
    }),
  },

  // --- the exporter itself -------------------------------------------------------------------------------------
  exporterErrors: {
    title: 'Errors of the exporter',
    description: 'What the exporter could not find out, by the question that failed.',
    unit: 'perSecond',
    expression: sum(rate(cplieger.metric('plex_exporter_errors_total')), 'service', 'type'),
  },
  retries: {
    title: 'Questions asked again',
    description:
      'How often Plex had to be asked once more. Now and then is normal; many are a server that is too busy.',
    unit: 'perSecond',
    expression: max(rate(cplieger.metric('plex_http_retries_total')), 'service'),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('Plex', answersBy('service', 'host')),
  pollWorks: {
    title: 'Tells its sessions',
    description: 'Whether Plex tells its exporter what is played, while it answers other questions.',
    unit: 'state',
    values: { 0: { text: 'Failing', state: 'warning' }, 1: { text: 'Works', state: 'ok' } },
    expression: when(
      max(cplieger.metric('plex_session_poll_reachable'), 'service'),
      where(max(cplieger.metric('plex_http_reachable'), 'service'), '==', 1),
    ),
  },
  exporterFails: {
    title: 'Exporter fails',
    description:
      'Whether a question of the exporter failed more than ten times within half an hour, while Plex answers others. Two or three happen when Plex is busy.',
    unit: 'state',
    values: { 0: { text: 'Works', state: 'ok' }, 1: { text: 'Failing', state: 'warning' } },
    expression: when(
      compare(sum(increase(cplieger.metric('plex_exporter_errors_total'), '30m'), 'service', 'type'), '>', 10),
      where(max(cplieger.metric('plex_http_reachable'), 'service'), '==', 1),
    ),
  },
  libraryKept: {
    title: 'Library kept',
    description:
      'What is there of each library, of the most that was there within a day, where that was more than fifty things.',
    unit: 'ratio',
    levels: thresholds.libraryKept,
    empty: 'Too few items',
    expression: from({
      cplieger: left(
        itemsWith((of) => of).cplieger,
        most.cplieger,
        50,
        max(cplieger.metric('plex_http_reachable'), 'service'),
      ),
      axsuul: left(itemsWith((of) => of).axsuul, most.axsuul, 50, max(axsuul.metric('plex_up'), 'service')),
      timothystewart6: left(
        itemsWith((of) => of).timothystewart6,
        most.timothystewart6,
        50,
        group(timothystewart6.metric('server_info'), 'service'),
      ),
      arnarg: left(
        itemsWith((of) => of).arnarg,
        most.arnarg,
        50,
        group(arnarg.mistyped('plex_server_info', 'info', itIsOne), 'service'),
      ),
      // It counts no items; fifty films take about as much.
      jsclayton: left(jsclaytonsSize, jsclaytonsMost, 1e11, group(jsclayton.metric('server_info'), 'service')),
    }),
  },
  busyTranscoding: {
    title: 'Busy with transcodes',
    description: 'Share of processor time of the machine of Plex, while Plex makes a picture anew.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.cpuBusy,
    empty: 'Nothing is transcoded',
    expression: when(hostBusy, where(transcodesBy('host'), '>', 0)),
  },
});
