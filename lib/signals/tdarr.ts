import tdarrCatalog from '../catalog/recorded/tdarr_exporter.json';
import type { Expression } from '../expression/expression';
import {
  changes,
  clamp,
  except,
  group,
  highest,
  increase,
  join,
  max,
  ratio,
  shift,
  subtract,
  sum,
  tag,
  when,
  where,
} from '../expression/operators';
import { defineSource, not } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

/** homeylab/tdarr-exporter, version 3: the names of versions 1 and 2 are others. */
const { metric, scraped } = defineSource(tdarrCatalog, ['service', 'host']);

/** While it gets no answer, the exporter serves nothing but `tdarr_up`. */
const up = max(metric('tdarr_up'), 'service');

/** Libraries have their names in a metric of their own. */
const named = (of: Expression<'service' | 'library_id'>): Expression<'service' | 'library'> =>
  sum(
    tag(
      join(of, metric('tdarr_library_info'), ['service', 'library_id'], ['library_name']),
      'library',
      '{library_name}',
    ),
    'service',
    'library',
  );
const byId = (of: Expression<'service' | 'library_id' | 'host' | 'job' | 'instance'>) =>
  sum(of, 'service', 'library_id');

const failed = (kind: 'tdarr_library_transcodes' | 'tdarr_library_health_checks') =>
  byId(metric(kind, { status: 'error' }));
/** How many more than an hour ago: those that failed stay failed until somebody queues them again. */
const newly = (of: Expression<'service' | 'library_id'>) => clamp(subtract(of, shift(of, '1h')), 0, 1e9);

const waiting = sum(metric('tdarr_library_transcodes', { status: 'queued' }), 'service');

const node = <L extends string>(of: Expression<L | 'node_name'>) => tag(of, 'node', '{node_name}');
const worker = <L extends string>(of: Expression<L | 'node_name' | 'worker_id'>) =>
  tag(tag(of, 'node', '{node_name}'), 'worker', '{worker_id}');

const nodes = group(node(metric('tdarr_node_info')), 'service', 'node');
const transcoding = { worker_type: 'transcode' } as const;

/** What there is of one kind in all libraries. */
const composition = (of: Expression<'codec' | 'service' | 'host' | 'job' | 'instance'>) =>
  highest(12, sum(of, 'service', 'codec'));

/** What Tdarr does with the libraries, as its exporter tells. */
export const tdarr = defineSignals('tdarr', {
  up: {
    title: 'Tdarr',
    description: 'Whether Tdarr answered all questions of its exporter.',
    unit: 'state',
    values: upOrDown,
    expression: up,
  },
  scraped: scrapedOf('Tdarr', max(scraped('up'), 'service')),
  healthy: {
    title: 'Server',
    description: 'Whether the server of Tdarr calls itself healthy.',
    unit: 'state',
    values: { 0: { text: 'Not healthy', state: 'critical' }, 1: { text: 'Healthy', state: 'ok' } },
    expression: max(metric('tdarr_server_healthy'), 'service'),
  },
  version: {
    title: 'Version',
    description: 'The version of Tdarr that runs.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: group(metric('tdarr_server_info'), 'service', 'version'),
  },
  serverUptime: {
    title: 'Uptime of the server',
    description: 'Time since the server of Tdarr started. A small value that nobody expected is a crash or an update.',
    unit: 'duration',
    levels: thresholds.uptime,
    expression: max(metric('tdarr_server_uptime_seconds'), 'service'),
  },

  // --- how far it is -------------------------------------------------------------------------------------------
  score: {
    title: 'Done',
    description: 'Share of the files that need no more work: converted, or found to be as they should.',
    unit: 'ratio',
    range: [0, 1],
    expression: max(metric('tdarr_score_ratio'), 'service'),
  },
  healthScore: {
    title: 'Checked',
    description: 'Share of the files that were played through once to see whether they are whole.',
    unit: 'ratio',
    range: [0, 1],
    expression: max(metric('tdarr_health_check_score_ratio'), 'service'),
  },
  waiting: {
    title: 'Waiting',
    description: 'How many files wait to be converted.',
    unit: 'count',
    expression: waiting,
  },
  failedTranscodes: {
    title: 'Failed files',
    description: 'How many files could not be converted. They stay here until somebody queues them again or gives up.',
    unit: 'count',
    levels: thresholds.few,
    expression: sum(metric('tdarr_library_transcodes', { status: 'error' }), 'service'),
  },
  failedChecks: {
    title: 'Broken files',
    description: 'How many files did not pass their health check: they may stop in the middle of the film.',
    unit: 'count',
    levels: thresholds.few,
    expression: sum(metric('tdarr_library_health_checks', { status: 'error' }), 'service'),
  },
  saved: {
    title: 'Saved',
    description: 'How much less room the files take than before, over all the years. Below nothing they have grown.',
    unit: 'bytes',
    expression: max(metric('tdarr_size_diff_bytes'), 'service'),
  },
  files: {
    title: 'Files',
    description: 'How many files Tdarr knows.',
    unit: 'count',
    expression: max(metric('tdarr_files'), 'service'),
  },
  doneInADay: {
    title: 'Converted in a day',
    description: 'How many files of each library were converted within the day before.',
    unit: 'count',
    empty: 'No library',
    expression: named(byId(increase(metric('tdarr_library_transcodes_completed_total'), '1d'))),
  },
  checkedInADay: {
    title: 'Checked in a day',
    description: 'How many files of each library were checked within the day before.',
    unit: 'count',
    empty: 'No library',
    expression: named(byId(increase(metric('tdarr_library_health_checks_completed_total'), '1d'))),
  },
  transcodesByStatus: {
    title: 'Files by state',
    description: 'How far the files are: converted, left as they are, waiting, failed.',
    unit: 'count',
    expression: sum(metric('tdarr_library_transcodes'), 'service', 'status'),
  },
  checksByStatus: {
    title: 'Health checks by state',
    description: 'How many files were checked and found whole, wait for it, or are broken.',
    unit: 'count',
    expression: sum(metric('tdarr_library_health_checks'), 'service', 'status'),
  },

  // --- who works -----------------------------------------------------------------------------------------------
  workers: {
    title: 'Workers busy',
    description: 'How many workers of each node convert a file now.',
    unit: 'count',
    expression: sum(node(metric('tdarr_node_worker_count', transcoding)), 'service', 'node'),
  },
  workerLimit: {
    title: 'Workers allowed',
    description: 'How many workers each node may have for converting.',
    unit: 'count',
    expression: sum(node(metric('tdarr_node_worker_limit', transcoding)), 'service', 'node'),
  },
  nodeQueue: {
    title: 'Queue by node',
    description: 'How many files lie ready for each node.',
    unit: 'count',
    expression: sum(node(metric('tdarr_node_queue_length')), 'service', 'node'),
  },
  frames: {
    title: 'Frames a second by node',
    description: 'How fast each node converts. One that falls while it works has something else to do, or is hot.',
    unit: 'framesPerSecond',
    empty: 'Nothing is converted',
    expression: sum(node(metric('tdarr_node_worker_fps')), 'service', 'node'),
  },
  paused: {
    title: 'State',
    description: 'Whether each node works when there is something to do, or was paused by somebody.',
    unit: 'state',
    values: { 0: { text: 'Works', state: 'ok' }, 1: { text: 'Paused', state: 'warning' } },
    empty: 'No node',
    expression: max(node(metric('tdarr_node_paused')), 'service', 'node'),
  },
  nodeUptime: {
    title: 'Uptime',
    description: 'Time since each node started.',
    unit: 'duration',
    levels: thresholds.uptime,
    empty: 'No node',
    expression: max(node(metric('tdarr_node_uptime_seconds')), 'service', 'node'),
  },
  nodeCpu: {
    title: 'CPU',
    description: 'Share of processor time of the machine of each node. Busy is what it is for.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'No node',
    expression: max(node(metric('tdarr_node_host_cpu_ratio')), 'service', 'node'),
  },
  nodeMemory: {
    title: 'Memory',
    description: 'Share of the memory of the machine of each node that is in use.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.memoryUsed,
    empty: 'No node',
    expression: max(
      node(ratio(metric('tdarr_node_host_mem_used_bytes'), metric('tdarr_node_host_mem_total_bytes'))),
      'service',
      'node',
    ),
  },
  progress: {
    title: 'Progress',
    description: 'How far each worker is with its file.',
    unit: 'ratio',
    range: [0, 1],
    empty: 'Nothing is converted',
    expression: max(worker(metric('tdarr_node_worker_ratio')), 'service', 'node', 'worker'),
  },
  workerFrames: {
    title: 'Frames a second',
    description: 'How fast each worker converts.',
    unit: 'framesPerSecond',
    empty: 'Nothing is converted',
    expression: max(worker(metric('tdarr_node_worker_fps')), 'service', 'node', 'worker'),
  },
  timeLeft: {
    title: 'Time left',
    description: 'How long each worker still needs for its file, as it reckons itself.',
    unit: 'duration',
    empty: 'Nothing is converted',
    expression: max(worker(metric('tdarr_node_worker_eta_seconds')), 'service', 'node', 'worker'),
  },
  longestLeft: {
    title: 'Longest job left',
    description: 'How long the job that takes longest still needs.',
    unit: 'duration',
    empty: 'Nothing is converted',
    expression: max(metric('tdarr_node_worker_eta_seconds'), 'service'),
  },
  sizeBefore: {
    title: 'Size before',
    description: 'How large the file is that each worker converts.',
    unit: 'bytes',
    empty: 'Nothing is converted',
    expression: max(worker(metric('tdarr_node_worker_original_file_size_bytes')), 'service', 'node', 'worker'),
  },
  sizeAfter: {
    title: 'Size after',
    description: 'How large the file will be, as each worker reckons.',
    unit: 'bytes',
    empty: 'Nothing is converted',
    expression: max(worker(metric('tdarr_node_worker_est_file_size_bytes')), 'service', 'node', 'worker'),
  },
  workerFiles: {
    title: 'Files at work',
    description: 'Which file each worker converts or checks.',
    unit: 'state',
    values: { 1: { text: 'At work', state: 'neutral' } },
    empty: 'Nothing is converted',
    expression: group(
      tag(worker(metric('tdarr_node_worker_info', { worker_file: not('') })), 'title', '{worker_file}'),
      'service',
      'node',
      'worker',
      'worker_type',
      'compute_type',
      'title',
    ),
  },

  // --- what there is -------------------------------------------------------------------------------------------
  libraryFiles: {
    title: 'Files by library',
    description: 'How many files each library has.',
    unit: 'count',
    empty: 'No library',
    expression: named(byId(metric('tdarr_library_files'))),
  },
  libraryDone: {
    title: 'Converted',
    description: 'How many files of each library were converted.',
    unit: 'count',
    empty: 'No library',
    expression: named(byId(metric('tdarr_library_transcodes', { status: 'success' }))),
  },
  libraryWaiting: {
    title: 'Waiting in it',
    description: 'How many files of each library wait to be converted.',
    unit: 'count',
    empty: 'No library',
    expression: named(byId(metric('tdarr_library_transcodes', { status: 'queued' }))),
  },
  libraryFailed: {
    title: 'Failed in it',
    description: 'How many files of each library could not be converted.',
    unit: 'count',
    levels: thresholds.few,
    empty: 'No library',
    expression: named(failed('tdarr_library_transcodes')),
  },
  librarySaved: {
    title: 'Saved in it',
    description:
      'How much less room each library takes than before, with files that were deleted since: they do not add up to the whole.',
    unit: 'bytes',
    empty: 'No library',
    expression: named(byId(metric('tdarr_library_size_diff_bytes'))),
  },
  videoCodecs: {
    title: 'Pictures by codec',
    description: 'In which codec the pictures of all files are.',
    unit: 'count',
    empty: 'No files',
    expression: composition(metric('tdarr_library_video_codecs')),
  },
  audioCodecs: {
    title: 'Sound by codec',
    description: 'In which codec the sound of files without pictures is.',
    unit: 'count',
    empty: 'No files',
    expression: composition(metric('tdarr_library_audio_codecs')),
  },
  resolutions: {
    title: 'Pictures by resolution',
    description: 'How large the pictures of all files are.',
    unit: 'count',
    empty: 'No files',
    expression: highest(12, sum(metric('tdarr_library_video_resolutions'), 'service', 'resolution')),
  },
  containers: {
    title: 'Files by container',
    description: 'In which kind of file the films are.',
    unit: 'count',
    empty: 'No files',
    expression: highest(
      12,
      sum(
        tag(metric('tdarr_library_video_containers'), 'container_kind', '{container_type}'),
        'service',
        'container_kind',
      ),
    ),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('Tdarr', max(metric('tdarr_up'), 'service', 'host')),
  newlyFailed: {
    title: 'Failed in an hour',
    description: 'How many more files of each library could not be converted than an hour ago.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No hour before',
    expression: named(newly(failed('tdarr_library_transcodes'))),
  },
  newlyBroken: {
    title: 'Found broken in an hour',
    description: 'How many more files of each library did not pass their health check than an hour ago.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No hour before',
    expression: named(newly(failed('tdarr_library_health_checks'))),
  },
  workerMoves: {
    title: 'Moves in an hour',
    description: 'How often the progress of a worker changed within an hour, where it had a file all that time.',
    unit: 'count',
    empty: 'Nothing takes that long',
    expression: max(
      worker(
        when(
          when(changes(metric('tdarr_node_worker_ratio'), '1h'), where(metric('tdarr_node_worker_idle'), '==', 0)),
          where(shift(metric('tdarr_node_worker_idle'), '1h'), '==', 0),
        ),
      ),
      'service',
      'node',
      'worker',
    ),
  },
  nodeGone: {
    title: 'Node gone',
    description: 'Nodes that were there an hour ago and are not now, while the server answers.',
    unit: 'state',
    values: { 1: { text: 'Gone', state: 'warning' } },
    empty: 'None is gone',
    expression: when(except(shift(nodes, '1h'), nodes), where(up, '==', 1)),
  },
  stalled: {
    title: 'Waiting for nothing',
    description:
      'How many files wait while none was converted for two hours and no worker is at it, though one may be: no node is paused, and none has a schedule.',
    unit: 'count',
    empty: 'None waits in vain',
    expression: except(
      except(
        except(
          when(
            when(
              waiting,
              where(sum(increase(metric('tdarr_library_transcodes_completed_total'), '2h'), 'service'), '==', 0),
            ),
            where(sum(metric('tdarr_node_worker_limit', transcoding), 'service'), '>', 0),
          ),
          where(sum(metric('tdarr_node_worker_count', transcoding), 'service'), '>', 0),
        ),
        where(max(metric('tdarr_node_paused'), 'service'), '==', 1),
      ),
      where(max(metric('tdarr_node_schedule_enabled'), 'service'), '==', 1),
    ),
  },
});
