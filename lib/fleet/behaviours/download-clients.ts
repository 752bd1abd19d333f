import { beginning, counted, level, whole, type Rows } from '../content';
import type { Behave } from '../place';
import { scaled, steady } from '../time/course';
import { disksOf } from '../world/disks';
import { downloadsOf } from '../world/downloads';
import { befalls } from '../world/world';
import { allWhileUp, upOf } from './while-up';

/** esanchezm/prometheus-qbittorrent-exporter. */
export const qbittorrent: Behave = (place) => {
  const { world, service } = place;
  const { queue, speed } = downloadsOf(world, service);
  const stalled = (time: number): boolean => befalls(world, 'download-stalled', service, time);
  const isUp = upOf(place);
  const statuses = [
    'stalledUP',
    'downloading',
    'uploading',
    'stoppedUP',
    'error',
    'missingFiles',
    'stalledDL',
  ] as const;
  return {
    labels: { server: `${service}:8080` },
    metrics: {
      qbittorrent_up: [[{ version: '5.1.2' }, isUp]],
      qbittorrent_connected: isUp,
      qbittorrent_firewalled: 0,
      qbittorrent_dht_nodes: whole(scaled(queue, 120)),
      qbittorrent_total_peer_connections: whole(scaled(queue, 14)),
      qbittorrent_dl_info_data_total: counted(speed),
      qbittorrent_up_info_data_total: counted(scaled(speed, 0.4)),
      qbittorrent_alltime_dl_total: (time) => Math.floor(4e12 + (speed.total(time) - speed.total(beginning))),
      qbittorrent_alltime_ul_total: (time) => Math.floor(2e12 + 0.4 * (speed.total(time) - speed.total(beginning))),
      qbittorrent_torrents_count: ['tv-sonarr', 'radarr'].flatMap((category) =>
        statuses.map(
          (status) =>
            [
              { category, status },
              (time: number) =>
                ({
                  stalledUP: 60,
                  downloading: stalled(time) ? 0 : Math.round(queue.at(time)),
                  uploading: 12,
                  stoppedUP: 1,
                  error: 0,
                  missingFiles: 0,
                  stalledDL: stalled(time) ? Math.round(queue.at(time)) : 0,
                })[status],
            ] as const,
        ),
      ),
      qbittorrent_torrent_size: torrents.map((name) => [{ name, category: 'radarr' }, 6e9]),
      qbittorrent_torrent_downloaded: torrents.map((name) => [{ name, category: 'radarr' }, 6e9]),
    },
  };
};

const torrents = ['Paper Rivers', 'North of Winter'] as const;

/** metalmatze/transmission-exporter: everything is a gauge. */
export const transmission: Behave = (place) => {
  const { world, service, host } = place;
  const { queue, speed } = downloadsOf(world, service);
  const { data } = disksOf(world, host);
  const each = (content: (index: number) => number): Rows =>
    torrents.map((name, index) => [{ id: String(index + 1), name }, content(index)]);
  const cumulative = (base: number, current: (time: number) => number): Rows => [
    [{ type: 'cumulative' }, (time) => base + current(time)],
    [{ type: 'current' }, current],
  ];
  const since = (pace: typeof speed) => (time: number) =>
    Math.floor(pace.total(time) - pace.total(place.lives.program(time)));
  return {
    metrics: allWhileUp(place, {
      transmission_version: [[{ version: '4.0.6' }, 1]],
      transmission_free_space: [[{ download_dir: '/data/downloads', incomplete_dir: '/data/incomplete' }, data.free]],
      transmission_session_stats_download_speed_bytes: whole(speed),
      transmission_session_stats_upload_speed_bytes: whole(scaled(speed, 0.4)),
      transmission_session_stats_downloaded_bytes: cumulative(3e12, since(speed)),
      transmission_session_stats_uploaded_bytes: cumulative(2e12, since(scaled(speed, 0.4))),
      transmission_session_stats_torrents_active: whole(queue),
      transmission_session_stats_torrents_paused: 1,
      transmission_session_stats_torrents_total: (time) => Math.round(queue.at(time)) + 61,
      transmission_torrent_done: each(() => 1),
      transmission_torrent_download_bytes: each(() => 0),
      transmission_torrent_upload_bytes: each((index) => 40_000 * (index + 1)),
      transmission_torrent_ratio: each((index) => 1.4 + index),
      transmission_torrent_total_size: each((index) => 6e9 + index * 2e9),
    }),
  };
};

/** frebib/nzbget-exporter. */
export const nzbget: Behave = (place) => {
  const { world, service, host } = place;
  const { queue, speed } = downloadsOf(world, service);
  // What was added last becomes less until more is added.
  const left = (time: number): number => 1 - (0.8 * (time % 1_500)) / 1_500;
  const { data } = disksOf(world, host);
  return {
    metrics: {
      nzbget_disk_free_bytes: data.free,
      nzbget_disk_min_bytes: 2.5e8,
      nzbget_download_limit: 0,
      nzbget_download_paused: 0,
      nzbget_downloaded_total_bytes: counted(speed),
      nzbget_history_download_size_bytes: counted(speed),
      nzbget_history_article_count: counted(scaled(speed, 1 / 700_000)),
      nzbget_history_article_success_count: counted(scaled(speed, 0.995 / 700_000)),
      nzbget_history_article_failed_count: counted(scaled(speed, 0.005 / 700_000)),
      nzbget_history_status_count: [
        [{ status: 'SUCCESS', reason: 'ALL' }, counted(steady(12 / 86_400))],
        [{ status: 'FAILURE', reason: 'HEALTH' }, counted(steady(0.2 / 86_400))],
      ],
      nzbget_history_par_status_count: [[{ status: 'SUCCESS' }, counted(steady(12 / 86_400))]],
      nzbget_history_unpack_status_count: [[{ status: 'SUCCESS' }, counted(steady(12 / 86_400))]],
      nzbget_history_category_count: [
        [{ category: 'tv' }, counted(steady(9 / 86_400))],
        [{ category: 'movies' }, counted(steady(3 / 86_400))],
      ],
      nzbget_news_server_active: [[{ id: '1', server: 'news.example.org' }, 1]],
      nzbget_news_server_total_article_success: [
        [{ id: '1', server: 'news.example.org' }, counted(scaled(speed, 0.995 / 700_000))],
      ],
      nzbget_news_server_total_article_failed: [
        [{ id: '1', server: 'news.example.org' }, counted(scaled(speed, 0.005 / 700_000))],
      ],
      nzbget_news_server_total_bytes: [[{ id: '1', server: 'news.example.org' }, counted(speed)]],
      nzbget_queue_remaining_bytes: (time) => Math.round(queue.at(time) * 1.4e9 * left(time)),
      nzbget_start_time_seconds: place.lives.program,
      nzbget_version: [[{ version: '25.3' }, 1]],
      nzbget_download_time_seconds: level(scaled(queue, 60)),
    },
  };
};
