import nzbgetCatalog from '../catalog/recorded/nzbget_exporter.json';
import qbittorrentCatalog from '../catalog/recorded/qbittorrent_exporter.json';
import sabnzbdCatalog from '../catalog/recorded/exportarr_sabnzbd.json';
import sabnzbdV2Catalog from '../catalog/recorded/exportarr_v2_sabnzbd.json';
import transmissionCatalog from '../catalog/recorded/transmission_exporter.json';
import type { Expression } from '../expression/expression';
import {
  add,
  answering,
  clamp,
  from,
  group,
  larger,
  max,
  min,
  rate,
  ratio,
  rest,
  slope,
  subtract,
  sum,
  tag,
  together,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { defineSource, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// Two that fetch from Usenet and two that fetch torrents; each has one exporter, SABnzbd's in two generations.

/** By Exportarr after 2.3: while SABnzbd does not answer, the page is there without its numbers. */
const sabnzbd = defineSource(sabnzbdCatalog, ['service', 'host']);
/** By Exportarr 2.3, whose page fails as a whole then. */
const sabnzbdV2 = defineSource(sabnzbdV2Catalog, ['service', 'host']);
/** Its page fails as a whole, too. */
const nzbget = defineSource(nzbgetCatalog, ['service', 'host']);
const qbittorrent = defineSource(qbittorrentCatalog, ['service', 'host']);
/** While Transmission does not answer, the page is there without its numbers. */
const transmission = defineSource(transmissionCatalog, ['service', 'host']);

/** What both generations say alike. */
const sabnzbds = <L extends string>(of: (source: typeof sabnzbdV2) => Expression<L>) => ({
  exportarr: of(sabnzbd as unknown as typeof sabnzbdV2),
  'exportarr v2': of(sabnzbdV2),
});

/** Whether each answers its exporter, where that can be told from an exporter that is down. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  together<B>(
    zeroWhile(group(sabnzbd.metric('sabnzbd_status'), ...by), answering(sabnzbd.scraped('up')), ...by) as Expression<B>,
    max(qbittorrent.metric('qbittorrent_up'), ...by),
    zeroWhile(
      group(transmission.metric('transmission_session_stats_torrents_total'), ...by),
      answering(transmission.scraped('up')),
      ...by,
    ) as Expression<B>,
  );

// Where the page fails as a whole when the client does not answer, what Prometheus says is the answer.
const scrapedOthers = together(max(sabnzbdV2.scraped('up'), 'service'), max(nzbget.scraped('up'), 'service'));

const speed = together(
  from(sabnzbds((source) => max(source.metric('sabnzbd_speed_bps'), 'service'))),
  sum(rate(nzbget.metric('nzbget_downloaded_total_bytes')), 'service'),
  sum(rate(qbittorrent.metric('qbittorrent_dl_info_data_total')), 'service'),
  max(transmission.metric('transmission_session_stats_download_speed_bytes'), 'service'),
);

const quota = (source: typeof sabnzbdV2) => where(source.metric('sabnzbd_quota_bytes'), '>', 0);

/** Looks back half an hour: a download of a few articles says little. */
const window = '30m';

/** What torrents are that are to come in and do not yet. */
const waitingTorrents = ['forcedDL', 'metaDL', 'forcedMetaDL', 'allocating', 'queuedDL', 'stalledDL'] as const;

/** What programs that fetch files tell: SABnzbd, NZBGet, qBittorrent, Transmission. */
export const downloads = defineSignals('downloads', {
  up: {
    title: 'Up',
    description: 'Whether each download client answers: its exporter, or else Prometheus.',
    unit: 'state',
    values: upOrDown,
    expression: together(answersBy('service'), scrapedOthers),
  },
  scraped: scrapedOf(
    'each client',
    together(
      from(sabnzbds((source) => max(source.scraped('up'), 'service'))),
      max(nzbget.scraped('up'), 'service'),
      max(qbittorrent.scraped('up'), 'service'),
      max(transmission.scraped('up'), 'service'),
    ),
  ),

  // --- how fast ------------------------------------------------------------------------------------------------
  speed: {
    title: 'Download speed',
    description: 'What each client receives.',
    unit: 'bytesPerSecond',
    expression: speed,
  },
  uploadSpeed: {
    title: 'Upload speed',
    description: 'What each client gives to others.',
    unit: 'bytesPerSecond',
    expression: together(
      sum(rate(qbittorrent.metric('qbittorrent_up_info_data_total')), 'service'),
      max(transmission.metric('transmission_session_stats_upload_speed_bytes'), 'service'),
    ),
  },
  speedLimit: {
    title: 'Speed limit',
    description: 'What SABnzbd is allowed to take.',
    unit: 'bytesPerSecond',
    empty: 'No limit',
    expression: max(where(sabnzbd.metric('sabnzbd_speed_limit_bps'), '>', 0), 'service'),
  },
  speedByServer: {
    title: 'Speed by news server',
    description:
      'From which news server how much comes. Blocks that are paid for should rest while the flat rate has it.',
    unit: 'bytesPerSecond',
    empty: 'Nothing downloaded',
    expression: together(
      from(sabnzbds((source) => sum(rate(source.metric('sabnzbd_server_downloaded_bytes')), 'service', 'server'))),
      sum(clamp(slope(nzbget.metric('nzbget_news_server_total_bytes')), 0, 1e12), 'service', 'server'),
    ),
  },

  // --- what is to be done --------------------------------------------------------------------------------------
  waiting: {
    title: 'Downloads',
    description: 'What is in the queue, or comes in.',
    unit: 'count',
    expression: together(
      from(sabnzbds((source) => max(source.metric('sabnzbd_queue_length'), 'service'))),
      sum(
        qbittorrent.metric('qbittorrent_torrents_count', { status: oneOf('downloading', ...waitingTorrents) }),
        'service',
      ),
    ),
  },
  remaining: {
    title: 'To download',
    description: 'How much is left in the queue.',
    unit: 'bytes',
    expression: together(
      from(sabnzbds((source) => max(source.metric('sabnzbd_remaining_bytes'), 'service'))),
      max(nzbget.metric('nzbget_queue_remaining_bytes'), 'service'),
    ),
  },
  timeLeft: {
    title: 'Done in',
    description: 'Until the queue is empty, at the speed of now. Torrent clients do not tell.',
    unit: 'duration',
    empty: 'Not known',
    expression: together(
      from(sabnzbds((source) => max(source.metric('sabnzbd_time_estimate_seconds'), 'service'))),
      max(
        ratio(nzbget.metric('nzbget_queue_remaining_bytes'), rate(nzbget.metric('nzbget_downloaded_total_bytes'))),
        'service',
      ),
    ),
  },
  paused: {
    title: 'Paused',
    description: 'Whether somebody, or a full disk, stopped all downloads.',
    unit: 'state',
    values: { 0: { text: 'Runs', state: 'ok' }, 1: { text: 'Paused', state: 'warning' } },
    expression: together(
      from(
        sabnzbds((source) =>
          max(larger(source.metric('sabnzbd_paused'), source.metric('sabnzbd_paused_all')), 'service'),
        ),
      ),
      max(nzbget.metric('nzbget_download_paused'), 'service'),
    ),
  },
  warnings: {
    title: 'Warnings',
    description: 'Warnings that SABnzbd shows until somebody clears them.',
    unit: 'count',
    levels: thresholds.some,
    expression: from(sabnzbds((source) => max(source.metric('sabnzbd_queue_warnings'), 'service'))),
  },
  torrents: {
    title: 'Torrents by state',
    description: 'What torrents do, in the words of each client.',
    unit: 'count',
    empty: 'No torrents',
    expression: together(
      sum(
        tag(
          // Every state has a series, of each category.
          where(qbittorrent.metric('qbittorrent_torrents_count'), '>', 0),
          'state',
          '{status}',
        ),
        'service',
        'state',
      ),
      union(
        max(
          tag(transmission.metric('transmission_session_stats_torrents_active'), 'state', 'active'),
          'service',
          'state',
        ),
        max(
          tag(transmission.metric('transmission_session_stats_torrents_paused'), 'state', 'paused'),
          'service',
          'state',
        ),
      ),
    ),
  },
  errored: {
    title: 'Torrents with errors',
    description: 'Torrents that stopped with an error: files that are missing, a disk that is full, rights.',
    unit: 'count',
    levels: thresholds.some,
    empty: 'No torrents',
    expression: sum(
      qbittorrent.metric('qbittorrent_torrents_count', { status: oneOf('error', 'missingFiles') }),
      'service',
    ),
  },

  stalled: {
    title: 'Stalled',
    description: 'Torrents that are to come in, and nobody sends anything.',
    unit: 'count',
    levels: thresholds.torrentsStalled,
    empty: 'No torrents',
    expression: sum(qbittorrent.metric('qbittorrent_torrents_count', { status: 'stalledDL' }), 'service'),
  },

  // --- can it fetch --------------------------------------------------------------------------------------------
  connected: {
    title: 'Connected',
    description: 'Whether the torrent client reaches others, and others reach it. Behind a firewall it is slower.',
    unit: 'state',
    values: {
      0: { text: 'Not connected', state: 'warning' },
      1: { text: 'Connected', state: 'ok' },
    },
    expression: max(
      larger(qbittorrent.metric('qbittorrent_connected'), qbittorrent.metric('qbittorrent_firewalled')),
      'service',
    ),
  },
  peers: {
    title: 'Peers',
    description: 'With how many others torrents are exchanged.',
    unit: 'count',
    expression: sum(qbittorrent.metric('qbittorrent_total_peer_connections'), 'service'),
  },
  articlesFound: {
    title: 'Articles found',
    description: 'Share of the articles that each news server had, of half an hour. Old ones are removed on demand.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.articlesFound,
    empty: 'Nothing downloaded',
    expression: together(
      from(
        sabnzbds((source) =>
          ratio(
            sum(rate(source.metric('sabnzbd_server_articles_success'), window), 'service', 'server'),
            sum(rate(source.metric('sabnzbd_server_articles_total'), window), 'service', 'server'),
          ),
        ),
      ),
      ratio(
        sum(rate(nzbget.metric('nzbget_news_server_total_article_success'), window), 'service', 'server'),
        add(
          sum(rate(nzbget.metric('nzbget_news_server_total_article_success'), window), 'service', 'server'),
          sum(rate(nzbget.metric('nzbget_news_server_total_article_failed'), window), 'service', 'server'),
        ),
      ),
    ),
  },
  quotaLeft: {
    title: 'Quota left',
    description: 'What may still be downloaded until the quota begins anew.',
    unit: 'bytes',
    empty: 'No quota set',
    expression: from(
      sabnzbds((source) => max(when(source.metric('sabnzbd_remaining_quota_bytes'), quota(source)), 'service')),
    ),
  },
  quotaUsed: {
    title: 'Quota used',
    description: 'Share of the quota of SABnzbd that is used up.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.quotaUsed,
    empty: 'No quota set',
    expression: from(
      sabnzbds((source) =>
        max(
          rest(ratio(source.metric('sabnzbd_remaining_quota_bytes'), source.metric('sabnzbd_quota_bytes'))),
          'service',
        ),
      ),
    ),
  },

  // --- where it goes -------------------------------------------------------------------------------------------
  free: {
    title: 'Free',
    description: 'What is left on the disks that downloads go to. Full, a client stops, or breaks what it has.',
    unit: 'bytes',
    levels: thresholds.arrRootFree,
    empty: 'The client does not know',
    expression: together(
      from(
        sabnzbds((source) =>
          min(
            subtract(source.metric('sabnzbd_disk_total_bytes'), source.metric('sabnzbd_disk_used_bytes')),
            'service',
            'folder',
          ),
        ),
      ),
      min(tag(nzbget.metric('nzbget_disk_free_bytes'), 'folder', 'destination'), 'service', 'folder'),
      // Below zero where its folder is not there, or not the one that it is asked for.
      min(
        tag(where(transmission.metric('transmission_free_space'), '>=', 0), 'folder', '{download_dir}'),
        'service',
        'folder',
      ),
    ),
  },
  diskUsed: {
    title: 'Disks',
    description: 'Share in use of the disks that downloads go to.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: from(
      sabnzbds((source) =>
        max(
          ratio(source.metric('sabnzbd_disk_used_bytes'), source.metric('sabnzbd_disk_total_bytes')),
          'service',
          'folder',
        ),
      ),
    ),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('each client', answersBy('service', 'host')),
});
