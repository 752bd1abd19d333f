import type { CasesByAlert } from '../lib/alerts/promtool';
import {
  beside,
  casesOf,
  downAndRestarted,
  seriesOf,
  steps,
  type Series,
  type Story,
  type Tales,
  type Told,
} from './testing/stories';

const stories = {
  PlexDown: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'plex does not answer its exporter',
    description:
      'The exporter of plex has had no good answer for 5m: Plex is stopped, hangs, or refuses the exporter’s token.',
    because: 'it is restarted',
    missAt: '20m',
  },
  PlexSessionsUnknown: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'plex does not tell what it plays',
    description: 'plex answers its exporter, but has not told it what is played for 10m.',
    because: 'it is down as a whole',
    missAt: '30m',
  },
  PlexExporterFailing: {
    silentAt: '39m',
    firesAt: '40m',
    labels: { service: 'plex', type: 'library_items' },
    summary: 'The exporter of plex fails at library_items',
    description: 'The exporter of plex fails again and again at library_items, for 30m, while Plex answers others.',
    because: 'some questions fail while Plex is busy',
    missAt: '60m',
  },
  PlexLibraryShrunk: {
    silentAt: '39m',
    firesAt: '40m',
    labels: { service: 'plex', library: 'Films' },
    summary: 'A library of plex lost much: Films',
    description: 'Of what the library Films of plex had within a day, 60% is left (below 80%) for 30m.',
    because: 'a few films were deleted, and there were never many books',
    missAt: '60m',
  },
  PlexTranscodeOverload: {
    silentAt: '19m',
    firesAt: '20m',
    labels: { host: 'nas' },
    summary: 'The machine of Plex hardly keeps up: nas',
    description: 'The processor of nas is 95% busy (at least 90%) for 10m, while Plex converts films.',
    because: 'it is something else that keeps the machine busy',
    missAt: '30m',
  },
  PlexManyTranscodes: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'plex transcodes much at once',
    description: 'plex transcodes 4 streams at once, for 10m.',
    because: 'three are not many',
    missAt: '30m',
  },
  PlexManyStreams: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'Many watch plex at once',
    description: 'plex has 6 streams open, for 10m.',
    because: 'five are a household',
    missAt: '30m',
  },
} as const satisfies Readonly<Record<string, Story>>;

const series = seriesOf('plex');

/** A library that lost much, and one that lost little beside one that never had much. */
const shrunk = (library: (name: string) => string, each = 1): Told => ({
  fires: { [library('Films')]: `${1000 * each}x9 ${600 * each}x60` },
  nearMiss: {
    [library('Films')]: `${1000 * each}x9 ${900 * each}x60`,
    [library('Books')]: `${40 * each}x9 0x60`,
  },
});

/** Series of their own, `count` of them, with the same samples. */
const each = (count: number, one: (index: number) => string, samples: string): Series =>
  Object.fromEntries([...Array(count).keys()].map((index) => [one(index), samples]));

const onNas = 'host="nas"';

/** A processor without rest, and transcodes from the tenth minute on, or none. */
const overload = (job: string, transcodes: Told, always: Series): Told =>
  beside(transcodes, {
    'node_cpu_seconds_total{job="node", instance="nas:9100", host="nas", cpu="0", mode="idle"}': '0+3x90',
    [series(job, 'up', onNas)]: '1x90',
    ...always,
  });

const cplieger = (job: string): Tales<typeof stories> => {
  const reachable = series(job, 'plex_http_reachable');
  const polls = series(job, 'plex_session_poll_reachable');
  const errors = series(job, 'plex_exporter_errors_total', 'type="library_items"');
  const library = (name: string): string => series(job, 'plex_library_items', `library="${name}"`);
  const stream = (index: number): string => series(job, 'plex_plays_active', `session="${index}"`);
  return {
    PlexDown: downAndRestarted(reachable),
    PlexSessionsUnknown: {
      fires: { [reachable]: '1x90', [polls]: '1x9 0x60' },
      nearMiss: { [reachable]: '1x9 0x60', [polls]: '1x9 0x60' },
    },
    PlexExporterFailing: beside(
      {
        fires: { [errors]: '0x9 40x9 80x9 120x9 160x60' },
        nearMiss: { [errors]: '0x9 8x90' },
      },
      { [reachable]: '1x100' },
    ),
    PlexLibraryShrunk: beside(shrunk(library), { [reachable]: '1x90' }),
    PlexTranscodeOverload: overload(
      job,
      {
        fires: { [series(job, 'plex_active_transcode_sessions', onNas)]: '0x9 1x60' },
        nearMiss: { [series(job, 'plex_active_transcode_sessions', onNas)]: '0x90' },
      },
      { [series(job, 'plex_http_reachable', onNas)]: '1x90' },
    ),
    PlexManyTranscodes: beside(steps(series(job, 'plex_active_transcode_sessions'), 0, 4, 3), {
      [reachable]: '1x200',
    }),
    PlexManyStreams: beside(
      { fires: each(6, stream, '_x10 1x60'), nearMiss: each(5, stream, '_x10 1x60') },
      { [polls]: '1x90' },
    ),
  };
};

const axsuul = (job: string): Tales<typeof stories> => {
  const up = { [series(job, 'plex_up')]: '1x200' };
  const library = (name: string): string => series(job, 'plex_media_count', `title="${name}", type="movie"`);
  const sessions = (metric: string, user: string, state: string): string =>
    series(job, `plex_${metric}_count`, `username="${user}", state="${state}"`);
  const transcodes = series(job, 'plex_video_transcode_sessions_count', `state="playing", ${onNas}`);
  return {
    PlexDown: downAndRestarted(series(job, 'plex_up')),
    PlexLibraryShrunk: beside(shrunk(library), up),
    PlexTranscodeOverload: overload(
      job,
      { fires: { [transcodes]: '0x9 1x60' }, nearMiss: { [transcodes]: '0x90' } },
      { [series(job, 'plex_up', onNas)]: '1x90' },
    ),
    PlexManyTranscodes: beside(
      {
        fires: {
          [sessions('video_transcode_sessions', 'ada', 'playing')]: '0x9 3x60',
          [sessions('video_transcode_sessions', 'bob', 'buffering')]: '0x9 1x60',
        },
        nearMiss: {
          [sessions('video_transcode_sessions', 'ada', 'playing')]: '0x9 3x60',
          [sessions('video_transcode_sessions', 'bob', 'paused')]: '0x9 1x60',
        },
      },
      up,
    ),
    PlexManyStreams: {
      fires: {
        [sessions('sessions', 'ada', 'playing')]: '0x9 4x60',
        [sessions('sessions', 'bob', 'playing')]: '0x9 2x60',
        ...up,
      },
      // What it keeps while Plex is down is no news.
      nearMiss: { [sessions('sessions', 'ada', 'playing')]: '0x9 9x60', [series(job, 'plex_up')]: '1x9 0x60' },
    },
  };
};

/** What jsclayton's exporter and its fork say alike. A stream is seen to grow at its second sample. */
const jsclaytons = (job: string): Tales<typeof stories> => {
  const stream = (index: number): string => series(job, 'play_seconds_total', `session="${index}"`);
  const stopped = each(3, (index) => stream(index + 10), '600x90');
  return {
    PlexManyStreams: beside(
      { fires: each(6, stream, '_x9 0+60x60'), nearMiss: { ...each(5, stream, '_x9 0+60x60'), ...stopped } },
      { [series(job, 'up')]: '1x90' },
    ),
  };
};

const jsclayton = (job: string): Tales<typeof stories> => ({
  ...jsclaytons(job),
  PlexLibraryShrunk: beside(
    shrunk((name) => series(job, 'library_storage_total', `library="${name}"`), 1e9),
    { [series(job, 'server_info')]: '1x90' },
  ),
});

const timothystewart6 = (job: string): Tales<typeof stories> => {
  const info = { [series(job, 'server_info')]: '1x90' };
  const transcode =
    (type: string, labels = '') =>
    (index: number): string =>
      series(job, 'play_seconds_total', `session="${index}", transcode_type="${type}"${labels && `, ${labels}`}`);
  return {
    ...jsclaytons(job),
    PlexLibraryShrunk: beside(
      shrunk((name) => series(job, 'plex_library_items', `library="${name}"`)),
      info,
    ),
    PlexTranscodeOverload: overload(
      job,
      {
        fires: each(1, transcode('video', onNas), '_x9 0+60x60'),
        nearMiss: each(1, transcode('audio', onNas), '_x9 0+60x60'),
      },
      {},
    ),
    PlexManyTranscodes: beside(
      {
        fires: { ...each(2, transcode('video'), '_x9 0+60x60'), ...each(4, transcode('both'), '_x9 0+60x60') },
        nearMiss: { ...each(3, transcode('video'), '_x9 0+60x60'), ...each(9, transcode('audio'), '_x9 0+60x60') },
      },
      { [series(job, 'up')]: '1x90' },
    ),
  };
};

const arnarg = (job: string): Tales<typeof stories> => {
  const info = series(job, 'plex_server_info');
  const library = (name: string): string => series(job, 'plex_library_section_size_count', `name="${name}"`);
  return {
    PlexDown: beside(
      { fires: { [info]: '1x9 stale _x60' }, nearMiss: { [info]: '1x9 stale _x2 1x30' } },
      { [series(job, 'up')]: '1x90' },
    ),
    PlexLibraryShrunk: beside(shrunk(library), { [info]: '1x90' }),
    PlexManyStreams: steps(series(job, 'plex_sessions_active_count'), 0, 6, 5),
  };
};

/** The cases of each exporter alone, by the name of its example homelab. */
export const plexVariants: Readonly<Record<string, CasesByAlert>> = {
  cplieger: casesOf(stories, 'plex', cplieger('plex')),
  axsuul: casesOf(stories, 'plex', axsuul('plex')),
  jsclayton: casesOf(stories, 'plex', jsclayton('plex')),
  timothystewart6: casesOf(stories, 'plex', timothystewart6('plex')),
  arnarg: casesOf(stories, 'plex', arnarg('plex')),
};

/** In the homelab that has everything. */
export const plexCases: CasesByAlert = casesOf(stories, 'plex', cplieger('plex'));
