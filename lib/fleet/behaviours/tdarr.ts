import { counted, grown, lastOf, level, whole, type Amount, type Rows } from '../content';
import type { Behave } from '../place';
import { steady, wave } from '../time/course';
import { machineOf } from '../world/machine';
import { befalls } from '../world/world';
import { libraryOf } from './media-library';
import { upOf } from './while-up';

/** Bytes less that a usual file takes. */
const savedOfEach = 3e8;

/** homeylab/tdarr-exporter: two libraries, one node with a worker that transcodes. */
export const tdarr: Behave = (place) => {
  const { world, host, service, key } = place;
  const { movies, episodes } = libraryOf(world, 'library');
  const machine = machineOf(world, host);
  const isUp = upOf(place);
  const failing: Amount = (time) => (befalls(world, 'tdarr-failing', service, time) ? 40 : 0);
  const libraries = [
    { library_id: 'films', files: movies },
    { library_id: 'series', files: episodes },
  ];
  const share =
    (of: Amount, part: number): Amount =>
    (time) =>
      Math.floor(of(time) * part);
  const each = (content: (files: Amount) => Amount): Rows =>
    libraries.map(({ library_id, files }) => [{ library_id }, content(files)]);
  const byStatus = (shares: Readonly<Record<string, number>>): Rows =>
    libraries.flatMap(({ library_id, files }) =>
      Object.entries(shares).map(
        ([status, part]) =>
          [
            { library_id, status },
            status === 'error' ? (time: number) => share(files, part)(time) + failing(time) : share(files, part),
          ] as const,
      ),
    );
  const by = (label: string, shares: Readonly<Record<string, number>>): Rows =>
    libraries.flatMap(({ library_id, files }) =>
      Object.entries(shares).map(([value, part]) => [{ library_id, [label]: value }, share(files, part)] as const),
    );
  const node = { node_id: 'n1', node_name: host };
  const worker = { ...node, worker_id: 'w1' };
  const started = lastOf(2_400, 900);
  const done = (time: number): number => (time - started(time)) / 2_400;
  const perKind = (content: (compute: string, work: string) => Amount | number): Rows =>
    ['cpu', 'gpu'].flatMap((compute_type) =>
      ['healthcheck', 'transcode'].map(
        (worker_type) => [{ ...node, compute_type, worker_type }, content(compute_type, worker_type)] as const,
      ),
    );
  return {
    labels: { tdarr_instance: `http://${service}:8265`, ...node },
    metrics: {
      tdarr_up: isUp,
      tdarr_server_healthy: isUp,
      tdarr_server_info: [[{ os: 'linux', version: '2.46.01' }, 1]],
      tdarr_files: (time) => movies(time) + episodes(time),
      tdarr_transcodes_completed: grown(3_100, 14),
      tdarr_health_checks_completed: grown(5_200, 14),
      tdarr_score_ratio: 0.91,
      tdarr_health_check_score_ratio: 0.98,
      tdarr_size_diff_bytes: (time) => (movies(time) + episodes(time)) * savedOfEach,
      tdarr_library_info: [
        [{ library_id: 'films', library_name: 'Films' }, 1],
        [{ library_id: 'series', library_name: 'Series' }, 1],
      ],
      tdarr_library_files: each((files) => files),
      tdarr_library_transcodes: byStatus({
        success: 0.6,
        'not required': 0.3,
        queued: 0.01,
        error: 0.002,
        cancelled: 0,
        hold: 0,
        ignored: 0,
      }),
      tdarr_library_health_checks: byStatus({ success: 0.95, queued: 0.01, error: 0.001, cancelled: 0 }),
      tdarr_library_transcodes_completed_total: libraries.map(({ library_id }) => [
        { library_id },
        counted(steady(7 / 86_400)),
      ]),
      tdarr_library_health_checks_completed_total: libraries.map(({ library_id }) => [
        { library_id },
        counted(steady(7 / 86_400)),
      ]),
      tdarr_library_size_diff_bytes: each((files) => (time) => files(time) * savedOfEach),
      tdarr_library_video_codecs: by('codec', { hevc: 0.7, h264: 0.28, av1: 0.02 }),
      tdarr_library_audio_codecs: by('codec', { aac: 0.5, eac3: 0.4, flac: 0.1 }),
      tdarr_library_video_containers: by('container_type', { mkv: 0.9, mp4: 0.1 }),
      tdarr_library_audio_containers: by('container_type', { flac: 0.1 }),
      tdarr_library_video_resolutions: by('resolution', { '1080p': 0.7, '4KUHD': 0.2, '720p': 0.1 }),
      tdarr_node_info: [
        [{ ...node, gpu_can_do_cpu: 'false', gpu_select: '-', node_pid: '31', node_priority: '-1' }, 1],
      ],
      tdarr_node_host_cpu_ratio: level(machine.busy),
      tdarr_node_host_mem_total_bytes: machine.memory.total,
      tdarr_node_host_mem_used_bytes: whole(machine.memory.used),
      tdarr_node_heap_total_bytes: 2e8,
      tdarr_node_heap_used_bytes: whole(wave(`${key} heap`, { mean: 1.3e8, noise: 0.2 })),
      tdarr_node_paused: (time) => Number(befalls(world, 'tdarr-paused', service, time)),
      tdarr_node_uptime_seconds: (time) => time - place.lives.program(time),
      tdarr_server_uptime_seconds: (time) => time - place.lives.program(time),
      tdarr_node_queue_length: perKind((compute, work) =>
        compute === 'cpu' && work === 'transcode' ? (time) => 12 + Math.round(6 * Math.sin(time / 9_000)) : 0,
      ),
      tdarr_node_worker_count: perKind((compute, work) => Number(compute === 'gpu' && work === 'transcode')),
      tdarr_node_worker_limit: perKind((compute, work) => (work === 'transcode' ? (compute === 'gpu' ? 2 : 1) : 1)),
      tdarr_node_worker_info: [
        [
          {
            ...worker,
            compute_type: 'gpu',
            worker_type: 'transcode',
            flow_worker: 'true',
            worker_connected: 'true',
            worker_file: '/data/media/films/Seven Lamps.mkv',
          },
          1,
        ],
      ],
      tdarr_node_worker_fps: [[worker, level(wave(`${key} fps`, { mean: 140, noise: 0.1 }))]],
      tdarr_node_worker_eta_seconds: [[worker, (time) => Math.round(2_400 * (1 - done(time)))]],
      tdarr_node_worker_idle: [[worker, 0]],
      tdarr_node_worker_job_start_timestamp_seconds: [[worker, started]],
      tdarr_node_worker_step_start_timestamp_seconds: [[worker, started]],
      tdarr_node_worker_original_file_size_bytes: [[worker, 9e9]],
      tdarr_node_worker_est_file_size_bytes: [[worker, 5.2e9]],
      tdarr_node_worker_output_file_size_bytes: [[worker, (time) => Math.round(5.2e9 * done(time))]],
      tdarr_node_worker_ratio: [[worker, done]],
      tdarr_node_worker_status: [[{ ...worker, worker_status: 'Processing' }, 1]],
    },
  };
};
