import type { Labels } from '../prometheus';
import { level, pace, type Wanted } from './track';

const GB = 1e9;

/** Somebody watches a film in the language and the size that it has, and somebody else has one converted. */
export const watching = { direct: 'ada', converted: 'bruno' } as const;

/** The labels of one who watches, as the exporter of Jellyfin tells them apart. */
export const stream = (username: string, method: string): Labels => ({
  username,
  device: `${username}’s`,
  method,
  title: 'Seven Lamps',
  type: 'Movie',
});

const jellyfin = (labels: Labels): readonly Wanted[] => [
  level('jellyfin_up', labels, 1),
  ...['activity', 'media', 'playing', 'storage', 'system', 'tasks', 'transcoding', 'users'].flatMap((collector) => [
    level('jellyfin_scrape_collector_success', { ...labels, collector }, 1),
    level('jellyfin_scrape_collector_duration_seconds', { ...labels, collector }, 0.02),
  ]),
  ...Object.entries({ Movie: 812, Episode: 5_230, Series: 94 }).map(([type, count]) =>
    level('jellyfin_media_count', { ...labels, type }, count),
  ),
  ...['ada', 'bruno', 'clara'].map((username) => level('jellyfin_user_account', { ...labels, username }, 1)),
  level('jellyfin_now_playing_state', { ...labels, ...stream(watching.direct, 'directplay') }, 1),
  level('jellyfin_now_playing_state', { ...labels, ...stream(watching.converted, 'transcode') }, 1),
  level('jellyfin_transcoding_session_framerate', { ...labels, session_id: watching.converted }, 94),
  level('jellyfin_transcoding_session_video_direct', { ...labels, session_id: watching.converted }, 0),
  level('jellyfin_transcoding_session_paused', { ...labels, session_id: watching.converted }, 0),
  level('jellyfin_tasks_last_run_status', { ...labels, task_name: 'Scan Media Library', status: 'Completed' }, 1),
  level('jellyfin_storage_used_bytes', { ...labels, location: 'transcodes' }, 30 * GB),
  level('jellyfin_storage_free_bytes', { ...labels, location: 'transcodes' }, 30 * GB),
  level('jellyfin_system_pending_restart', labels, 0),
];

const tdarr = (labels: Labels): readonly Wanted[] => {
  const node = { ...labels, node_id: 'n1', node_name: 'media' };
  const library = { ...labels, library_id: 'films' };
  return [
    level('tdarr_up', labels, 1),
    level('tdarr_library_info', { ...library, library_name: 'Films' }, 1),
    ...Object.entries({ success: 480, queued: 12, error: 2 }).map(([status, files]) =>
      level('tdarr_library_transcodes', { ...library, status }, files),
    ),
    ...Object.entries({ success: 800, error: 1 }).map(([status, files]) =>
      level('tdarr_library_health_checks', { ...library, status }, files),
    ),
    pace('tdarr_library_transcodes_completed_total', library, 0),
    level('tdarr_node_info', node, 1),
    // It works at night.
    level('tdarr_node_paused', node, 1),
    level('tdarr_node_worker_limit', { ...node, worker_type: 'transcode', compute_type: 'gpu' }, 1),
    level('tdarr_node_worker_count', { ...node, worker_type: 'transcode', compute_type: 'gpu' }, 0),
    level('tdarr_node_schedule_enabled', node, 0),
    level('tdarr_node_worker_idle', { ...node, worker_id: 'w1' }, 1),
    level('tdarr_node_worker_ratio', { ...node, worker_id: 'w1' }, 0),
  ];
};

/** Things in the queue of an *arr app: one is being downloaded, and none waits for somebody. */
export const queued = {
  moving: { status: 'downloading', download_status: 'ok', download_state: 'downloading' },
  waiting: { status: 'completed', download_status: 'warning', download_state: 'importPending' },
} as const;

const arr =
  (app: string) =>
  (labels: Labels): readonly Wanted[] => [
    level(`${app}_system_status`, labels, 1),
    level(`${app}_system_health_issues`, { ...labels, source: 'UpdateCheck', type: 'notice' }, 1),
  ];

const sonarr = (labels: Labels): readonly Wanted[] => [
  ...arr('sonarr')(labels),
  level('sonarr_queue_total', { ...labels, ...queued.moving }, 1),
  level('sonarr_queue_total', { ...labels, ...queued.waiting }, 0),
  level('sonarr_rootfolder_freespace_bytes', { ...labels, path: '/data/media' }, 1_600 * GB),
];

const prowlarr = (labels: Labels): readonly Wanted[] => [
  ...arr('prowlarr')(labels),
  level('prowlarr_indexer_enabled_total', labels, 2),
  ...['Indexer One', 'Indexer Two'].flatMap((indexer) => [
    level('prowlarr_indexer_unavailable', { ...labels, indexer }, 0),
    level('prowlarr_indexer_vip_expires_in_seconds', { ...labels, indexer }, 180 * 86_400),
    pace('prowlarr_indexer_queries_total', { ...labels, indexer }, 1),
    pace('prowlarr_indexer_failed_queries_total', { ...labels, indexer }, 0),
  ]),
];

const sabnzbd = (labels: Labels): readonly Wanted[] => [
  level('sabnzbd_status', labels, 3),
  level('sabnzbd_speed_bps', labels, 3e6),
  level('sabnzbd_remaining_bytes', labels, 2 * GB),
  level('sabnzbd_queue_length', labels, 1),
  level('sabnzbd_paused', labels, 0),
  level('sabnzbd_paused_all', labels, 0),
  level('sabnzbd_quota_bytes', labels, 2_000 * GB),
  level('sabnzbd_remaining_quota_bytes', labels, 1_400 * GB),
  pace('sabnzbd_server_articles_total', { ...labels, server: 'news.example.org' }, 300),
  pace('sabnzbd_server_articles_success', { ...labels, server: 'news.example.org' }, 298),
];

/** By catalog: what media apps tell in an ordinary hour. */
export const mediaContents: Readonly<Record<string, (labels: Labels) => readonly Wanted[]>> = {
  jellyfin_exporter_next: jellyfin,
  tdarr_exporter: tdarr,
  exportarr_sonarr: sonarr,
  exportarr_prowlarr: prowlarr,
  exportarr_sabnzbd: sabnzbd,
};
