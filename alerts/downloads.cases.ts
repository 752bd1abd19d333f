import type { CasesByAlert } from '../lib/alerts/promtool';

/** A series of a client: `series('sabnzbd', 'sabnzbd_paused')`. */
const series = (client: string, metric: string, labels = ''): string =>
  `${metric}{job="${client}", instance="${client}:1", service="${client}"${labels && `, ${labels}`}}`;

const qbittorrent = (metric: string, labels = ''): string => series('qbittorrent', `qbittorrent_${metric}`, labels);
const sabnzbd = (metric: string, labels = ''): string => series('sabnzbd', `sabnzbd_${metric}`, labels);
const torrents = (status: string): string => qbittorrent('torrents_count', `category="tv", status="${status}"`);
const runs = { [sabnzbd('paused')]: '0x120', [sabnzbd('paused_all')]: '0x120' };
const articles = (what: string): string => sabnzbd(`server_articles_${what}`, 'server="news.example.org"');

/** What SABnzbd tells, by either generation of Exportarr. */
export const sabnzbdCases: CasesByAlert = {
  DownloadStalled: {
    fires: {
      series: { ...runs, [sabnzbd('speed_bps')]: '5000000x9 0x100', [sabnzbd('remaining_bytes')]: '2000000000x120' },
      silentAt: '69m',
      firesAt: '70m',
      labels: { service: 'sabnzbd' },
      summary: 'sabnzbd has work and receives nothing',
      description: 'sabnzbd has something to download, is not paused, and has received 0B/s (below 10kiB/s) for 1h.',
    },
    nearMiss: {
      because: 'there is nothing to download',
      series: {
        ...runs,
        [sabnzbd('speed_bps')]: '5000000x9 0x100',
        [sabnzbd('remaining_bytes')]: '2000000000x9 0x110',
      },
      at: '100m',
    },
  },
  DownloadClientPaused: {
    fires: {
      series: { [sabnzbd('paused')]: '0x9 1x60', [sabnzbd('paused_all')]: '0x70' },
      interval: '10m',
      silentAt: '450m',
      firesAt: '460m',
      labels: { service: 'sabnzbd' },
      summary: 'sabnzbd is paused',
      description: 'sabnzbd has been paused for 6h.',
    },
    nearMiss: {
      because: 'it was paused for an evening',
      series: { [sabnzbd('paused')]: '0x9 1x30 0x40', [sabnzbd('paused_all')]: '0x80' },
      interval: '10m',
      at: '600m',
    },
  },
  UsenetArticleFailures: {
    fires: {
      // From the tenth minute on, half of them are missing.
      series: { [articles('total')]: '0+100x200', [articles('success')]: '0+100x9 950+50x190' },
      silentAt: '71m',
      firesAt: '72m',
      labels: { service: 'sabnzbd', server: 'news.example.org' },
      summary: 'A news server of sabnzbd misses many articles: news.example.org',
      description: 'sabnzbd found only 50% of the articles at news.example.org (below 90%), for 1h.',
    },
    nearMiss: {
      because: 'one in twenty is missing',
      series: { [articles('total')]: '0+100x200', [articles('success')]: '0+95x200' },
      at: '120m',
    },
  },
  QuotaNearlyUsed: {
    fires: {
      series: { [sabnzbd('quota_bytes')]: '1000x100', [sabnzbd('remaining_quota_bytes')]: '500x9 50x90' },
      silentAt: '69m',
      firesAt: '70m',
      labels: { service: 'sabnzbd' },
      summary: 'The quota of sabnzbd is nearly used up',
      description: '95% of the quota of sabnzbd are used (at least 90%).',
    },
    nearMiss: {
      because: 'a fifth is left',
      series: { [sabnzbd('quota_bytes')]: '1000x100', [sabnzbd('remaining_quota_bytes')]: '200x100' },
      at: '100m',
    },
  },
};

/** What clients for torrents tell. */
const torrentCases: CasesByAlert = {
  DownloadClientDown: {
    fires: {
      series: { [qbittorrent('up', 'version="5.1.2"')]: '1x9 stale', [qbittorrent('up', 'version=""')]: '_x10 0x30' },
      silentAt: '14m',
      firesAt: '15m',
      labels: { service: 'qbittorrent' },
      summary: 'qbittorrent does not answer its exporter',
      description:
        'The exporter of qbittorrent has had no good answer for 5m: it is stopped, hangs, or refuses the login.',
    },
    nearMiss: {
      because: 'it is restarted',
      series: {
        [qbittorrent('up', 'version="5.1.2"')]: '1x9 stale _x2 1x30',
        [qbittorrent('up', 'version=""')]: '_x10 0x2 stale',
      },
      at: '20m',
    },
  },
  DownloadClientDisconnected: {
    fires: {
      series: {
        [qbittorrent('up', 'version="5.1.2"')]: '1x70',
        [qbittorrent('connected')]: '1x9 0x60',
        [qbittorrent('firewalled')]: '0x70',
      },
      silentAt: '39m',
      firesAt: '40m',
      labels: { service: 'qbittorrent' },
      summary: 'qbittorrent reaches nobody',
      description: 'qbittorrent runs, and has not been connected to anybody for 30m.',
    },
    nearMiss: {
      because: 'it reaches others, and only is not reached',
      series: {
        [qbittorrent('up', 'version="5.1.2"')]: '1x70',
        [qbittorrent('connected')]: '1x9 0x60',
        [qbittorrent('firewalled')]: '0x9 1x60',
      },
      at: '60m',
    },
  },
  TorrentsWithErrors: {
    fires: {
      series: { [torrents('error')]: '0x9 2x90' },
      silentAt: '69m',
      firesAt: '70m',
      labels: { service: 'qbittorrent' },
      summary: 'Torrents of qbittorrent stopped with errors',
      description: '2 torrents of qbittorrent have had an error for 1h.',
    },
    nearMiss: {
      because: 'files were moved, and checked again',
      series: { [torrents('error')]: '0x9 2x30 0x60', [torrents('stoppedUP')]: '5x100' },
      at: '90m',
    },
  },
};

export const downloadsCases: CasesByAlert = { ...sabnzbdCases, ...torrentCases };
