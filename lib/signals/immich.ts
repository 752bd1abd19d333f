import communityCatalog from '../catalog/recorded/immich_exporter_community.json';
import immichCatalog from '../catalog/recorded/immich.json';
import type { Expression } from '../expression/expression';
import {
  clamp,
  count,
  divide,
  except,
  from,
  group,
  highest,
  increase,
  max,
  multiply,
  observations,
  observed,
  overTime,
  quantile,
  rate,
  ratio,
  share,
  slope,
  steadyTop,
  sum,
  tag,
  together,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, matching, not, notMatching } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals, type SignalDefinition } from './signal';
import { butForProbedDown, prober } from './prober';
import { upOrDown } from './states';

/** Immich itself (`IMMICH_TELEMETRY_INCLUDE`): one page for its API, one for its jobs. It sends no traces. */
const own = defineSource(immichCatalog, ['service', 'host']);
/** friendlyFriend4000/prometheus-immich-exporter: what there is, for whom, and the disk; nothing of requests and jobs. */
const community = defineSource(communityCatalog, ['service', 'host']);

// Queues and jobs are in the names of metrics, so what is known of them is listed here; a job counts from its first event on.

/** Every queue, and what it is called on a board. */
const queues = {
  thumbnail_generation: 'thumbnails',
  metadata_extraction: 'metadata',
  video_conversion: 'videos',
  face_detection: 'face detection',
  facial_recognition: 'face recognition',
  smart_search: 'smart search',
  ocr: 'text in pictures',
  duplicate_detection: 'duplicates',
  sidecar: 'sidecar files',
  library: 'external libraries',
  storage_template_migration: 'storage template',
  migration: 'migration',
  background_task: 'background',
  notifications: 'notifications',
  search: 'search',
  backup_database: 'database backup',
  editor: 'editor',
  workflow: 'workflows',
} as const;
type Queue = keyof typeof queues;

/** What is done with each photograph or video by Immich itself. */
const ownWork = {
  asset_generate_thumbnails: 'thumbnails',
  asset_encode_video: 'videos',
  asset_detect_duplicates: 'duplicates',
  person_generate_thumbnail: 'faces cut out',
  sidecar_check: 'sidecar files read',
  sidecar_write: 'sidecar files written',
  storage_template_migration_single: 'storage template',
  library_sync_files: 'external files new',
  library_sync_assets: 'external files checked',
  asset_delete: 'deletion',
  file_delete: 'deletion of files',
  database_backup: 'database backup',
} as const;
/** What the machine-learning container does for it. */
const learnt = {
  asset_detect_faces: 'face detection',
  smart_search: 'smart search',
  ocr: 'text in pictures',
} as const;
/** Works on the faces that were found, in the database. */
const grouped = { facial_recognition: 'face recognition' } as const;
/** What Immich counts both ways. */
const work = { ...ownWork, ...learnt, ...grouped } as const;
type Work = keyof typeof work;
/** What it counts only when it fails. */
const failing = { ...work, asset_extract_metadata: 'metadata' } as const;
type Failing = keyof typeof failing;

const keysOf = <K extends string>(of: Readonly<Record<K, string>>): readonly K[] => Object.keys(of) as K[];

/** How many jobs of a kind worked. */
const worked = (kind: Work, reach?: string): Expression<'service'> =>
  sum(increase(own.metric(`immich_jobs_${kind}_success_total`), reach), 'service');
const failed = (kind: Failing, reach?: string): Expression<'service'> =>
  sum(increase(own.metric(`immich_jobs_${kind}_failed_total`), reach), 'service');
const workedBy = (kinds: readonly Work[], reach?: string): Expression<'service' | 'task'> =>
  together(...kinds.map((kind) => tag(worked(kind, reach), 'task', work[kind])));
const failedBy = (kinds: readonly Failing[], reach?: string): Expression<'service' | 'task'> =>
  together(...kinds.map((kind) => tag(failed(kind, reach), 'task', failing[kind])));

/** Failed of all that ended, for what is only counted once it happens. */
const failedShare = <const B extends 'service' | 'task'>(
  bad: Expression<B>,
  good: Expression<B>,
  ...by: readonly B[]
): Expression<B> => ratio(bad, sum(union(tag(bad, 'outcome', 'failed'), tag(good, 'outcome', 'worked')), ...by));

const half = '30m';
const quarter = '15m';

/** Whether nothing of a queue's kinds ended, though it works at something, for an hour. */
const standing = (queue: Queue, ...kinds: readonly Work[]): Expression<'service' | 'queue'> =>
  tag(
    kinds.reduce(
      (busy, kind) => except(except(busy, where(worked(kind, '1h'), '>', 0)), where(failed(kind, '1h'), '>', 0)),
      max(overTime('min', own.metric(`immich_queues_${queue}_active`), '1h'), 'service'),
    ),
    'queue',
    queues[queue],
  );

// --- is it there ---------------------------------------------------------------------------------------------------
/** Both pages gone: Immich is. The other exporter hangs while Immich does not answer, so that it is gone as well. */
const there = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  from<B>({
    'Immich itself': max(own.scraped('up'), ...by),
    community: max(community.scraped('up'), ...by),
  });

// --- what it is asked: until Immich 3, which counts no requests any more ---------------------------------------------
/** Two instruments share the name; this is the one that has paths. Uploads and downloads last as long as the line needs. */
const quick = {
  path: [not(''), notMatching('.*/(original|download.*|video/playback|archive)|/api/assets')],
} as const;
const requestTime = (q: number) => divide(quantile(q, own.metric('http_server_duration', quick), ['service']), 1000);
const answers = own.metric('http_server_response_count_total');
const refused = own.metric('http_server_response_count_total', { status: matching('5..') });

// --- what it asks --------------------------------------------------------------------------------------------------
/** Calls of Immich's own parts: disks, pictures, films, the machine-learning container. */
const calls = {
  'files: read': own.metric('immich_storage_repository_read_file_duration'),
  'files: write': own.metric('immich_storage_repository_create_file_duration'),
  'files: copy': own.metric('immich_storage_repository_copy_file_duration'),
  'files: look for': own.metric('immich_storage_repository_crawl_duration'),
  'files: state': own.metric('immich_storage_repository_stat_duration'),
  'files: move': own.metric('immich_storage_repository_rename_duration'),
  'files: delete': own.metric('immich_storage_repository_unlink_duration'),
  'pictures: decode': own.metric('immich_media_repository_decode_image_duration'),
  'pictures: thumbnail': own.metric('immich_media_repository_generate_thumbnail_duration'),
  'videos: look into': own.metric('immich_media_repository_probe_duration'),
  'videos: convert': own.metric('immich_media_repository_transcode_duration'),
  'jobs: queue': own.metric('immich_job_repository_queue_all_duration'),
} as const;
const learningCalls = {
  'face detection': own.metric('immich_machine_learning_repository_detect_faces_duration'),
  'smart search': own.metric('immich_machine_learning_repository_encode_image_duration'),
  'search words': own.metric('immich_machine_learning_repository_encode_text_duration'),
  'text in pictures': own.metric('immich_machine_learning_repository_ocr_duration'),
} as const;

const states = { unit: 'state', values: upOrDown } as const satisfies Partial<SignalDefinition>;

const diskUse = community.metric('immich_server_info_diskUse');
const diskSize = community.metric('immich_server_info_totalDiskSize');
const diskFree = community.metric('immich_server_info_diskAvailable');

/** What Immich, and whoever asks it, tells of it. */
export const immich = defineSignals('immich', {
  up: {
    title: 'Immich',
    description: 'Whether Prometheus reaches any page of Immich, or the exporter that asks it.',
    ...states,
    expression: there('service'),
  },
  pages: {
    title: 'Pages of Immich',
    description:
      'Whether each page is reached: one is of its API, one of its jobs. Without the second, uploads are kept, but nothing is done with them.',
    ...states,
    legend: '{{instance}}',
    expression: from({
      'Immich itself': max(own.scraped('up'), 'service', 'instance'),
      community: max(community.scraped('up'), 'service', 'instance'),
    }),
  },
  version: {
    title: 'Version',
    description: 'The version of Immich that runs.',
    unit: 'state',
    values: { 1: { text: 'Runs', state: 'neutral' } },
    expression: from({
      'Immich itself': group(tag(own.metric('target_info'), 'version', '{service_version}'), 'service', 'version'),
      community: group(community.metric('immich_server_info_version_number'), 'service', 'version'),
    }),
  },
  users: {
    title: 'Accounts',
    description: 'How many people can sign in.',
    unit: 'count',
    expression: from({
      'Immich itself': max(own.metric('immich_users_total'), 'service'),
      community: max(community.metric('immich_server_stats_user_count'), 'service'),
    }),
  },
  answerTime: {
    title: 'Answer time',
    description:
      'How long Immich takes to answer: 19 of 20 requests without uploads and downloads, or, since Immich 3, the probe.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'Nobody asks',
    expression: from({
      'Immich before 3': requestTime(0.95),
      'a probe': when(max(prober.metric('probe_duration_seconds', { group: 'service' }), 'service'), there('service')),
    }),
  },

  // --- what it is asked ----------------------------------------------------------------------------------------
  requestTime: {
    title: 'Request time',
    description: 'How long Immich takes to answer: 19 of 20 requests are faster. Uploads and downloads are left out.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: requestTime(0.95),
  },
  requestTimeMiddle: {
    title: 'Middle request time',
    description: 'How long Immich takes to answer: half of the requests are faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: requestTime(0.5),
  },
  requestsByStatus: {
    title: 'Requests by status',
    description: 'How Immich answers: 2.. is fine, 4.. is the asker’s mistake, 5.. its own.',
    unit: 'requestsPerSecond',
    empty: 'No requests',
    expression: steadyTop(8, sum(rate(answers), 'service', 'status')),
  },
  errorShare: {
    title: 'Failed requests',
    description: 'Share of the requests that Immich itself failed at (status 5..).',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.requestErrors,
    empty: 'No requests',
    expression: share(sum(rate(refused), 'service'), sum(rate(answers), 'service')),
  },
  slowest: {
    title: 'Slowest requests',
    description: 'The ten kinds of requests that took longest in the time shown: 19 of 20 of each were faster.',
    unit: 'seconds',
    levels: thresholds.probeDuration,
    empty: 'No requests',
    expression: highest(
      10,
      divide(quantile(0.95, own.metric('http_server_duration', quick), ['service', 'method', 'path'], 'range'), 1000),
    ),
  },
  failing: {
    title: 'Failing requests',
    description: 'The ten kinds of requests that Immich failed at most in the time shown.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'None failed',
    expression: highest(10, where(sum(increase(refused, 'range'), 'service', 'method', 'path'), '>', 0)),
  },

  // --- what it does with photographs ---------------------------------------------------------------------------
  queuesActive: {
    title: 'Jobs at work',
    description:
      'What each queue works at now; how many wait is told nowhere. After a worker crashed a number may stay until Immich restarts.',
    unit: 'count',
    empty: 'Nothing was done yet',
    expression: together(
      ...keysOf(queues).map((queue) =>
        tag(max(own.metric(`immich_queues_${queue}_active`), 'service'), 'queue', queues[queue]),
      ),
    ),
  },
  active: {
    title: 'At work',
    description: 'How many jobs are worked at now, of all queues.',
    unit: 'count',
    empty: 'Idle',
    expression: sum(
      together(
        ...keysOf(queues).map((queue) =>
          tag(max(own.metric(`immich_queues_${queue}_active`), 'service'), 'queue', queues[queue]),
        ),
      ),
      'service',
    ),
  },
  jobsDone: {
    title: 'Jobs done',
    description:
      'What was done with photographs and videos, by kind. Metadata is not in it: Immich counts those only when they fail.',
    unit: 'count',
    empty: 'Nothing done yet',
    expression: workedBy(keysOf(work)),
  },
  jobsFailed: {
    title: 'Jobs failed',
    description: 'Jobs that ended with an error, by kind. A single one is often a file that is broken.',
    unit: 'count',
    empty: 'None failed',
    expression: failedBy(keysOf(failing)),
  },
  jobsDoneShown: {
    title: 'Done',
    description: 'How many jobs worked in the time shown.',
    unit: 'count',
    empty: 'None',
    expression: sum(workedBy(keysOf(work), 'range'), 'service'),
  },
  jobsFailedShown: {
    title: 'Failed',
    description: 'How many jobs failed in the time shown.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'None',
    expression: sum(failedBy(keysOf(failing), 'range'), 'service'),
  },
  jobsFailedByKind: {
    title: 'Failed by kind',
    description: 'How many jobs of each kind failed in the time shown.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'None failed',
    expression: where(failedBy(keysOf(failing), 'range'), '>', 0),
  },
  queueStanding: {
    title: 'Queues that stand still',
    description: 'Queues that have worked at something for an hour without that anything came to an end, well or not.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'None stands still',
    expression: where(
      together(
        standing('thumbnail_generation', 'asset_generate_thumbnails', 'person_generate_thumbnail'),
        standing('face_detection', 'asset_detect_faces'),
        standing('facial_recognition', 'facial_recognition'),
        standing('smart_search', 'smart_search'),
        standing('ocr', 'ocr'),
        standing('sidecar', 'sidecar_check', 'sidecar_write'),
      ),
      '>',
      0,
    ),
  },

  // --- what it asks others -------------------------------------------------------------------------------------
  learningTime: {
    title: 'Machine learning',
    description:
      'How long the machine-learning container takes: 19 of 20 calls are faster. It tells nothing of itself; this is what Immich waits.',
    unit: 'seconds',
    levels: thresholds.learningTime,
    empty: 'Not asked',
    expression: together(
      ...Object.entries(learningCalls).map(([call, metric]) =>
        tag(divide(quantile(0.95, metric, ['service']), 1000), 'call', call),
      ),
    ),
  },
  callTime: {
    title: 'Time of each call',
    description:
      'How long Immich waits for its disks, for pictures and videos on average in the time shown. Slow files are a slow disk or share.',
    unit: 'seconds',
    empty: 'No calls',
    expression: together(
      ...Object.entries(calls).map(([call, metric]) =>
        tag(
          divide(ratio(sum(observed(metric, 'range'), 'service'), sum(observations(metric, 'range'), 'service')), 1000),
          'call',
          call,
        ),
      ),
    ),
  },
  readTime: {
    title: 'Time to read a file',
    description: 'How long Immich waits for a file, and for what is known of it, on average.',
    unit: 'seconds',
    empty: 'No calls',
    expression: together(
      ...(['files: read', 'files: state', 'files: write'] as const).map((call) =>
        tag(
          divide(ratio(sum(observed(calls[call]), 'service'), sum(observations(calls[call]), 'service')), 1000),
          'call',
          call,
        ),
      ),
    ),
  },

  // --- what it needs -------------------------------------------------------------------------------------------
  cpu: {
    title: 'CPU of Immich',
    description:
      'Share of all processor cores that Immich itself keeps busy: API and jobs. Machine learning and ffmpeg are programs of their own.',
    unit: 'ratio',
    levels: thresholds.cpuBusy,
    expression: sum(
      ratio(
        sum(rate(own.metric('process_cpu_time_total')), 'service', 'instance'),
        count(own.metric('system_cpu_time_total', { system_cpu_state: 'idle' }), 'service', 'instance'),
      ),
      'service',
    ),
  },
  memory: {
    title: 'Memory of Immich',
    description: 'Memory that Immich itself has: API and jobs.',
    unit: 'bytes',
    expression: sum(own.metric('process_memory_usage'), 'service'),
  },

  // --- what there is -------------------------------------------------------------------------------------------
  photos: {
    title: 'Photos',
    description: 'How many photographs there are, of all accounts.',
    unit: 'count',
    expression: max(community.metric('immich_server_stats_photos_growth'), 'service'),
  },
  videos: {
    title: 'Videos',
    description: 'How many videos there are, of all accounts.',
    unit: 'count',
    expression: max(community.metric('immich_server_stats_videos_growth'), 'service'),
  },
  size: {
    title: 'Size',
    description: 'How much room photographs and videos take as they were uploaded, without thumbnails.',
    unit: 'bytes',
    expression: max(community.metric('immich_server_stats_usage_growth'), 'service'),
  },
  photosByUser: {
    title: 'Photos by person',
    description: 'How many photographs each has.',
    unit: 'count',
    empty: 'Nobody',
    expression: max(
      tag(community.metric('immich_server_stats_photos_by_users'), 'user', '{firstName}'),
      'service',
      'user',
    ),
  },
  videosByUser: {
    title: 'Videos by person',
    description: 'How many videos each has.',
    unit: 'count',
    empty: 'Nobody',
    expression: max(
      tag(community.metric('immich_server_stats_videos_by_users'), 'user', '{firstName}'),
      'service',
      'user',
    ),
  },
  sizeByUser: {
    title: 'Size by person',
    description: 'How much room the photographs and videos of each take.',
    unit: 'bytes',
    empty: 'Nobody',
    expression: max(
      tag(community.metric('immich_server_stats_usage_by_users'), 'user', '{firstName}'),
      'service',
      'user',
    ),
  },
  diskUsed: {
    title: 'Disk used',
    description: 'Share in use of the disk below the uploads. Full, nothing can be uploaded, and the database stops.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: max(ratio(diskUse, diskSize), 'service'),
  },
  diskFree: {
    title: 'Disk free',
    description: 'What is left on the disk below the uploads.',
    unit: 'bytes',
    expression: max(diskFree, 'service'),
  },
  timeToFull: {
    title: 'Full in',
    description: 'When the disk below the uploads is full, if it goes on as in the last day.',
    unit: 'duration',
    levels: thresholds.timeToFull,
    empty: 'Not growing',
    expression: max(clamp(ratio(diskFree, multiply(slope(diskFree, '1d'), -1)), 0, 365 * 86_400), 'service'),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: {
    title: 'Answers Prometheus',
    description: 'Whether Immich answers at all; without what a probe finds down as well, of which ServiceDown tells.',
    ...states,
    expression: butForProbedDown(there('service', 'host')),
  },
  requestsLately: {
    title: 'Requests lately',
    description: 'How many requests were answered within ten minutes.',
    unit: 'count',
    empty: 'No requests',
    expression: sum(increase(answers, '10m'), 'service'),
  },
  workFailedShare: {
    title: 'Failed of its own work',
    description: 'Share of jobs of each kind that failed within half an hour, of those that Immich does by itself.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.jobsFailed,
    empty: 'None failed',
    expression: failedShare(
      failedBy(keysOf({ ...ownWork, ...grouped }), half),
      workedBy(keysOf({ ...ownWork, ...grouped }), half),
      'service',
      'task',
    ),
  },
  workFailedLately: {
    title: 'Failed lately',
    description: 'How many jobs of each kind failed within half an hour.',
    unit: 'count',
    empty: 'None failed',
    expression: failedBy(keysOf({ ...ownWork, ...grouped }), half),
  },
  learningFailedShare: {
    title: 'Failed machine learning',
    description: 'Share of the jobs that need machine learning that failed within a quarter of an hour.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.learningFailed,
    empty: 'None failed',
    expression: failedShare(
      sum(failedBy(keysOf(learnt), quarter), 'service'),
      zeroWhile(sum(workedBy(keysOf(learnt), quarter), 'service'), own.scraped('up'), 'service'),
      'service',
    ),
  },
});
