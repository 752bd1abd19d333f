import type { CasesByAlert } from '../lib/alerts/promtool';
import { beside, casesOf, downAndRestarted, seriesOf, type Series, type Story, type Tales } from './testing/stories';

const stories = {
  TdarrDown: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'tdarr does not answer its exporter',
    description:
      'The exporter of tdarr has not had all its answers for 10m: Tdarr is stopped, too slow, or refuses the key.',
    because: 'it is restarted',
    missAt: '30m',
  },
  TdarrTranscodesFailing: {
    silentAt: '74m',
    firesAt: '75m',
    labels: { service: 'tdarr', library: 'Films' },
    summary: 'tdarr failed to convert files of Films',
    description: 'Within an hour, 3 files of the library Films could not be converted by tdarr.',
    because: 'those that failed did so long ago, and some were queued again',
    missAt: '100m',
  },
  TdarrFilesBroken: {
    silentAt: '74m',
    firesAt: '75m',
    labels: { service: 'tdarr', library: 'Films' },
    summary: 'tdarr found broken files in Films',
    description: 'Within an hour, 3 files of the library Films did not pass the health check of tdarr.',
    because: 'those that are broken have been for long',
    missAt: '100m',
  },
  TdarrWorkerStuck: {
    interval: '5m',
    silentAt: '155m',
    firesAt: '160m',
    labels: { service: 'tdarr', node: 'nas', worker: 'w1' },
    summary: 'A worker of tdarr does not move: w1 on nas',
    description: 'The worker w1 on the node nas of tdarr has a file, and has changed its progress 0 times in an hour.',
    because: 'one is slow, and the other has nothing to do',
    missAt: '300m',
  },
  TdarrNodeMissing: {
    silentAt: '84m',
    firesAt: '85m',
    labels: { service: 'tdarr', node: 'pi' },
    summary: 'A node of tdarr is gone: pi',
    description: 'The node pi of tdarr was there an hour ago, and has not been for 15m.',
    because: 'the server itself does not answer, so that nobody knows',
    missAt: '95m',
  },
  TdarrNodePaused: {
    interval: '10m',
    silentAt: '1530m',
    firesAt: '1540m',
    labels: { service: 'tdarr', node: 'nas' },
    summary: 'A node of tdarr is paused: nas',
    description: 'The node nas of tdarr has been paused for 1d.',
    because: 'it went on in the evening',
    missAt: '1600m',
  },
  TdarrQueueStalled: {
    interval: '5m',
    silentAt: '235m',
    firesAt: '240m',
    summary: 'The queue of tdarr does not move',
    description: 'In tdarr 12 files wait, and none was converted for 2h, though no node is paused.',
    because: 'a worker has been at a long film all the time',
    missAt: '400m',
  },
} as const satisfies Readonly<Record<string, Story>>;

const series = seriesOf('tdarr');

const tales = (job: string): Tales<typeof stories> => {
  const up = series(job, 'tdarr_up');
  const ofLibrary = (metric: string, id: string, status: string): string =>
    series(job, `tdarr_library_${metric}`, `library_id="${id}", status="${status}"`);
  const names = {
    [series(job, 'tdarr_library_info', 'library_id="l1", library_name="Films"')]: '1x400',
    [series(job, 'tdarr_library_info', 'library_id="l2", library_name="Series"')]: '1x400',
  };
  const failing = (metric: string) =>
    beside(
      {
        fires: { [ofLibrary(metric, 'l1', 'error')]: '4x69 7x60', [ofLibrary(metric, 'l2', 'error')]: '9x130' },
        nearMiss: {
          [ofLibrary(metric, 'l1', 'error')]: '4x69 2x60',
          [ofLibrary(metric, 'l2', 'error')]: '9x130',
          [ofLibrary(metric, 'l2', 'success')]: '100x69 150x60',
        },
      },
      names,
    );
  const ofWorker = (metric: string, worker: string): string =>
    series(job, `tdarr_node_worker_${metric}`, `node_name="nas", worker_id="${worker}"`);
  const node = (name: string): string => series(job, 'tdarr_node_info', `node_name="${name}"`);
  const paused = series(job, 'tdarr_node_paused', 'node_name="nas"');
  const workers = (metric: string): string =>
    series(job, `tdarr_node_worker_${metric}`, 'node_name="nas", compute_type="cpu", worker_type="transcode"');
  const queue: Series = {
    [ofLibrary('transcodes', 'l1', 'queued')]: '12x100',
    [series(job, 'tdarr_library_transcodes_completed_total', 'library_id="l1"')]: '40x100',
    [workers('limit')]: '2x100',
    [paused]: '0x100',
    [series(job, 'tdarr_node_schedule_enabled', 'node_name="nas"')]: '0x100',
  };
  return {
    TdarrDown: downAndRestarted(up),
    TdarrTranscodesFailing: failing('transcodes'),
    TdarrFilesBroken: failing('health_checks'),
    TdarrWorkerStuck: {
      // Moves until the 85th minute, and not once in the hour after it.
      fires: { [ofWorker('ratio', 'w1')]: '0+0.01x17 0.17x60', [ofWorker('idle', 'w1')]: '0x80' },
      nearMiss: {
        [ofWorker('ratio', 'w1')]: '0+0.001x80',
        [ofWorker('idle', 'w1')]: '0x80',
        [ofWorker('ratio', 'w2')]: '0x80',
        [ofWorker('idle', 'w2')]: '1x80',
      },
    },
    TdarrNodeMissing: {
      fires: { [up]: '1x130', [node('nas')]: '1x130', [node('pi')]: '1x69 stale' },
      nearMiss: { [up]: '1x69 0x60', [node('nas')]: '1x69 stale', [node('pi')]: '1x69 stale' },
    },
    TdarrNodePaused: {
      fires: { [paused]: '0x9 1x150' },
      nearMiss: { [paused]: '0x9 1x120 0x60' },
    },
    TdarrQueueStalled: {
      fires: { ...queue, [workers('count')]: '1x23 0x80' },
      nearMiss: { ...queue, [workers('count')]: '1x100' },
    },
  };
};

/** In the homelab that has everything. */
export const tdarrCases: CasesByAlert = casesOf(stories, 'tdarr', tales('tdarr'));
