import type { AlertCases } from '../lib/alerts/alert';
import type { CasesByAlert } from '../lib/alerts/promtool';

/** A series of a job: `series('immich', 'immich_users_total')`. */
const series = (job: string, metric: string, labels = ''): string =>
  `${metric}{job="${job}", instance="immich:1", service="immich"${labels && `, ${labels}`}}`;

const labels = { service: 'immich' };

const down = (job: string): AlertCases => ({
  fires: {
    series: { [series(job, 'up')]: '1x9 0x30' },
    silentAt: '14m',
    firesAt: '15m',
    labels,
    summary: 'immich does not answer',
    description:
      'No page of immich, or the exporter that asks it, has answered Prometheus for 5m: Immich is stopped or hangs.',
  },
  nearMiss: {
    because: 'only its jobs are restarted, and for four minutes',
    series: { [series(job, 'up')]: '1x9 0x4 1x30', [series(job, 'up').replace('immich:1', 'immich:2')]: '1x60' },
    at: '20m',
  },
});

/** A request a second answered by `status`, from the start on. */
const answered = (status: string, values: string): Readonly<Record<string, string>> => ({
  [series('immich', 'http_server_response_count_total', `status="${status}", path="/api/search"`)]: values,
});
const bucket = (path: string, le: string): string =>
  series('immich', 'http_server_duration_bucket', `path="${path}", le="${le}"`);
/** A request a second to a path, of which all take up to the bound, in milliseconds. */
const taking = (path: string, before: string, le: string): Readonly<Record<string, string>> => ({
  [bucket(path, before)]: '0+60x9 540x90',
  [bucket(path, le)]: '0+60x90',
  [bucket(path, '+Inf')]: '0+60x90',
});

const job = (kind: string, outcome: 'success' | 'failed'): string =>
  series('immich', `immich_jobs_${kind}_${outcome}_total`);
const scraped = { [series('immich', 'up')]: '1x120' };

/** Immich's own telemetry, while it counts requests. */
export const immichTwoCases: CasesByAlert = {
  ImmichDown: down('immich'),
  ImmichErrorRatio: {
    fires: {
      series: { ...answered('200', '0+54x60'), ...answered('500', '0x9 0+6x60') },
      silentAt: '22m',
      firesAt: '23m',
      labels,
      summary: 'immich fails at many requests',
      description: '10% of the requests to immich fail inside it (at least 5%) for 10m.',
    },
    nearMiss: {
      because: 'it is the askers who are wrong',
      series: { ...answered('200', '0+54x60'), ...answered('404', '0+60x60') },
      at: '40m',
    },
  },
  ImmichSlow: {
    fires: {
      series: { ...answered('200', '0+60x90'), ...taking('/api/timeline', '500', '5000') },
      silentAt: '24m',
      firesAt: '25m',
      labels,
      summary: 'immich answers slowly',
      description: 'Of the requests to immich, 1 of 20 takes 4.775s or more (at least 2s) for 15m.',
    },
    nearMiss: {
      because: 'uploads last as long as the line needs',
      series: {
        ...answered('200', '0+60x90'),
        ...taking('/api/assets', '500', '5000'),
        [bucket('/api/timeline', '500')]: '0+60x90',
        [bucket('/api/timeline', '+Inf')]: '0+60x90',
        // The other instrument of the same name.
        [series('immich', 'http_server_duration_bucket', 'http_route="/api/timeline", le="5000"')]: '0+60x90',
        [series('immich', 'http_server_duration_bucket', 'http_route="/api/timeline", le="+Inf"')]: '0+60x90',
      },
      at: '60m',
    },
  },
  ...jobs(),
};

function jobs(): CasesByAlert {
  return {
    ImmichJobsFailing: {
      fires: {
        series: {
          [job('asset_generate_thumbnails', 'failed')]: '0x9 0+2x60',
          [job('asset_generate_thumbnails', 'success')]: '0+2x70',
        },
        silentAt: '28m',
        firesAt: '29m',
        labels: { ...labels, task: 'thumbnails' },
        summary: 'Jobs of immich fail: thumbnails',
        description:
          'Of the jobs of kind "thumbnails" of immich, 39.58% have failed within half an hour (at least 20%), for 15m.',
      },
      nearMiss: {
        because: 'four files are broken, and faces are another alert',
        series: {
          [job('asset_generate_thumbnails', 'failed')]: '0x9 0+1x4 4x60',
          [job('asset_detect_faces', 'failed')]: '0x9 0+2x60',
        },
        at: '60m',
      },
    },
    ImmichMlDown: {
      fires: {
        series: {
          ...scraped,
          [job('smart_search', 'failed')]: '0x9 0+2x60',
          [job('asset_detect_faces', 'success')]: '0x90',
        },
        silentAt: '20m',
        firesAt: '21m',
        labels,
        summary: 'Machine learning of immich does not work',
        description:
          '100% of the jobs of immich that need machine learning have failed within a quarter of an hour, for 10m.',
      },
      nearMiss: {
        because: 'it works for most',
        series: {
          ...scraped,
          [job('smart_search', 'failed')]: '0x9 0+2x60',
          [job('asset_detect_faces', 'success')]: '0+2x90',
        },
        at: '60m',
      },
    },
    ImmichQueueStuck: {
      fires: {
        series: {
          [series('immich', 'immich_queues_smart_search_active')]: '0x9 2x180',
          [job('smart_search', 'success')]: '0+1x9 9x180',
        },
        silentAt: '84m',
        firesAt: '85m',
        labels: { ...labels, queue: 'smart search' },
        summary: 'A queue of immich stands still: smart search',
        description:
          'The queue "smart search" of immich has worked at 2 jobs for more than an hour, and none of them came to an end.',
      },
      nearMiss: {
        because: 'it is slow, but moves',
        series: {
          [series('immich', 'immich_queues_smart_search_active')]: '2x180',
          [job('smart_search', 'success')]: '0x30 1x30 2x30 3x90',
        },
        at: '120m',
      },
    },
  };
}

/** friendlyFriend4000/prometheus-immich-exporter. */
const community = (name: string): CasesByAlert => ({
  ImmichDiskFull: {
    fires: {
      series: {
        [series(name, 'immich_server_info_diskUse')]: '50x9 96x60',
        [series(name, 'immich_server_info_totalDiskSize')]: '100x70',
      },
      silentAt: '19m',
      firesAt: '20m',
      labels,
      summary: 'The disk below the uploads of immich is full',
      description: 'The disk below the uploads of immich is 96% full, at least 95% for 10m.',
    },
    nearMiss: {
      because: 'a film was converted',
      series: {
        [series(name, 'immich_server_info_diskUse')]: '50x9 96x8 90x60',
        [series(name, 'immich_server_info_totalDiskSize')]: '100x70',
      },
      at: '30m',
    },
  },
});

/** The cases of each exporter alone, by the name of its example homelab. */
export const immichVariants: Readonly<Record<string, CasesByAlert>> = {
  '2': immichTwoCases,
  community: { ImmichDown: down('immich'), ...community('immich') },
};

/** One of each. */
export const immichCases: CasesByAlert = { ...immichTwoCases, ...community('immich-exporter-community') };
