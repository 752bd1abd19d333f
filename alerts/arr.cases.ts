import type { AlertCases } from '../lib/alerts/alert';
import type { CasesByAlert } from '../lib/alerts/promtool';

type Series = Readonly<Record<string, string>>;

/** What an exporter serves while it happens, and while only something like it does. */
interface Told {
  readonly fires: Series;
  readonly nearMiss: Series;
}

/** What happens, whoever tells it. */
interface Story {
  readonly silentAt: string;
  readonly firesAt: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly because: string;
  readonly missAt: string;
}

const stories = {
  ArrAppDown: {
    silentAt: '14m',
    firesAt: '15m',
    labels: { service: 'sonarr' },
    summary: 'sonarr does not answer its exporter',
    description: 'The exporter of sonarr has had no good answer for 5m: it is stopped, hangs, or refuses the key.',
    because: 'it is restarted',
    missAt: '20m',
  },
  ArrHealthIssue: {
    silentAt: '69m',
    firesAt: '70m',
    labels: { service: 'sonarr', source: 'RootFolderCheck' },
    summary: 'sonarr calls something an error: RootFolderCheck',
    description: 'sonarr has shown an error of the kind RootFolderCheck for 1h (1 in all).',
    because: 'a warning stays, and an error went away by itself',
    missAt: '100m',
  },
  ArrQueueStuck: {
    silentAt: '129m',
    firesAt: '130m',
    labels: { service: 'sonarr' },
    summary: 'Something is stuck in the queue of sonarr',
    description: '2 items in the queue of sonarr have needed somebody for 2h.',
    because: 'much is downloaded, and what was stuck went on after an hour',
    missAt: '190m',
  },
  ArrImportFailing: {
    silentAt: '39m',
    firesAt: '40m',
    labels: { service: 'sonarr' },
    summary: 'sonarr cannot import its downloads',
    description: '3 downloads of sonarr have been there for 30m, and sonarr cannot import them.',
    because: 'many wait for their turn, and two have strange names',
    missAt: '60m',
  },
  IndexersAllDown: {
    silentAt: '24m',
    firesAt: '25m',
    labels: { service: 'prowlarr' },
    summary: 'prowlarr has no indexer left',
    description: '0 indexers of prowlarr are left: for 15m, each has failed so often that it is not asked.',
    because: 'one of two is left',
    missAt: '60m',
  },
  IndexerUnavailable: {
    silentAt: '69m',
    firesAt: '70m',
    labels: { service: 'prowlarr', indexer: 'First' },
    summary: 'prowlarr does not ask an indexer any more: First',
    description: 'The indexer First of prowlarr has failed so often that it has not been asked for 1h.',
    because: 'it came back within the hour',
    missAt: '100m',
  },
  IndexerFailureRatio: {
    silentAt: '149m',
    firesAt: '150m',
    labels: { service: 'prowlarr', indexer: 'First' },
    summary: 'Many searches of an indexer fail: First',
    description: 'Of the searches of prowlarr at First, 90% failed within an hour (at least 30%), for 1h.',
    because: 'one search in five fails',
    missAt: '190m',
  },
  IndexerMembershipEnding: {
    silentAt: '69m',
    firesAt: '70m',
    labels: { service: 'prowlarr', indexer: 'First' },
    summary: 'A membership ends soon: First',
    description: 'The paid membership of First in prowlarr ends in 10d 0h 0m 0s.',
    because: 'there are fifteen days left',
    missAt: '90m',
  },
  BazarrProvidersThrottled: {
    silentAt: '129m',
    firesAt: '130m',
    labels: { service: 'bazarr' },
    summary: 'bazarr does not ask some of its providers',
    description: '1 providers of bazarr have not been asked for 2h.',
    because: 'the limit ended after an hour',
    missAt: '190m',
  },
  ArrRootFolderFilling: {
    silentAt: '24m',
    firesAt: '25m',
    labels: { service: 'sonarr', path: '/media/tv' },
    summary: 'Little room is left for sonarr: /media/tv',
    description: 'Below the root folder /media/tv of sonarr, 40GiB are left (below 50GiB), for 15m.',
    because: 'an import has a season twice for some minutes',
    missAt: '60m',
  },
  ArrExporterErrors: {
    silentAt: '24m',
    firesAt: '25m',
    labels: { service: 'sonarr' },
    summary: 'The exporter of sonarr does not get all its answers',
    description: 'A part of the exporter of sonarr has failed for 15m, while sonarr itself answers.',
    because: 'Sonarr is down as a whole',
    missAt: '60m',
  },
} as const satisfies Readonly<Record<string, Story>>;

type Name = keyof typeof stories;
type Tales = Partial<Readonly<Record<Name, Told>>>;

/** A series of an app: `series('sonarr', 'sonarr_queue_total', 'status="completed"')`. */
const series = (app: string, metric: string, labels = ''): string =>
  `${metric}{job="${app}", instance="${app}:1", service="${app}"${labels && `, ${labels}`}}`;

const downAndRestarted = (up: string): Told => ({
  fires: { [up]: '1x9 0x30' },
  nearMiss: { [up]: '1x9 0x2 1x30' },
});

const filling = (metric: string): Told => {
  const free = series('sonarr', metric, 'path="/media/tv"');
  return {
    fires: { [free]: '96636764160x9 42949672960x60' },
    nearMiss: { [free]: '96636764160x9 42949672960x5 96636764160x60' },
  };
};

/** Prowlarr answers, with two indexers switched on. */
const prowlarr = {
  [series('prowlarr', 'prowlarr_system_status')]: '1x200',
  [series('prowlarr', 'prowlarr_indexer_enabled_total')]: '2x200',
};
const indexer = (what: string, name: string): string =>
  series('prowlarr', `prowlarr_indexer_${what}`, `indexer="${name}"`);

/** Exportarr of either generation. */
const exportarr: Tales = {
  ArrHealthIssue: {
    fires: {
      [series('sonarr', 'sonarr_system_health_issues', 'type="error", source="RootFolderCheck", message="Missing"')]:
        '_x10 1x90',
    },
    nearMiss: {
      [series('sonarr', 'sonarr_system_health_issues', 'type="error", source="RootFolderCheck", message="Missing"')]:
        '_x10 1x30 stale',
      [series('sonarr', 'sonarr_system_health_issues', 'type="warning", source="IndexerCheck", message="Slow"')]:
        '1x120',
    },
  },
  IndexersAllDown: {
    fires: {
      ...prowlarr,
      // When all failed, Prowlarr names none, and Exportarr takes its sentence for one.
      [indexer('unavailable', 'All indexers are unavailable due to failures')]: '_x10 1x60',
      [series('prowlarr', 'prowlarr_system_health_issues', 'type="error", source="IndexerStatusCheck"')]: '_x10 1x60',
    },
    nearMiss: {
      ...prowlarr,
      [indexer('unavailable', 'First')]: '_x10 1x60',
      [series('prowlarr', 'prowlarr_system_health_issues', 'type="warning", source="IndexerStatusCheck"')]: '_x10 1x60',
    },
  },
  IndexerUnavailable: {
    fires: { ...prowlarr, [indexer('unavailable', 'First')]: '_x10 1x90' },
    nearMiss: { ...prowlarr, [indexer('unavailable', 'First')]: '_x10 1x30 stale' },
  },
  IndexerFailureRatio: {
    // From the minute 70 on, nine of ten fail; of a whole hour three of ten have failed twenty minutes later.
    fires: {
      [indexer('queries_total', 'First')]: '0+10x200',
      [indexer('failed_queries_total', 'First')]: '0x69 0+9x130',
    },
    nearMiss: {
      [indexer('queries_total', 'First')]: '0+10x200',
      [indexer('failed_queries_total', 'First')]: '0+2x200',
    },
  },
  IndexerMembershipEnding: {
    fires: { [indexer('vip_expires_in_seconds', 'First')]: '2592000x9 864000x90' },
    nearMiss: { [indexer('vip_expires_in_seconds', 'First')]: '1296000x100' },
  },
  ArrRootFolderFilling: filling('sonarr_rootfolder_freespace_bytes'),
};

const queued = (labels: string): string => series('sonarr', 'sonarr_queue_total', labels);
const importFailed = queued('status="completed", download_status="ok", download_state="importFailed"');
const importPending = queued('status="completed", download_status="ok", download_state="importPending"');
const warned = queued('status="completed", download_status="warning", download_state="importPending"');
const downloading = queued('status="downloading", download_status="ok", download_state="downloading"');
const sonarrAnswers = { [series('sonarr', 'sonarr_system_status')]: '1x200' };

/** Exportarr after 2.3. */
const newer: Tales = {
  ...exportarr,
  ArrAppDown: downAndRestarted(series('sonarr', 'sonarr_system_status')),
  ArrQueueStuck: {
    fires: { ...sonarrAnswers, [warned]: '_x10 2x190', [downloading]: '5x200' },
    nearMiss: { ...sonarrAnswers, [warned]: '_x10 2x60 stale', [downloading]: '5x200' },
  },
  ArrImportFailing: {
    fires: { ...sonarrAnswers, [importFailed]: '_x10 3x60' },
    nearMiss: { ...sonarrAnswers, [importFailed]: '_x10 2x60', [importPending]: '9x70' },
  },
  BazarrProvidersThrottled: {
    fires: { [series('bazarr', 'bazarr_throttled_providers')]: '0x9 1x190' },
    nearMiss: { [series('bazarr', 'bazarr_throttled_providers')]: '0x9 1x60 0x140' },
  },
  ArrExporterErrors: {
    fires: { ...sonarrAnswers, [series('sonarr', 'sonarr_queue_collector_error')]: '_x10 1x60' },
    nearMiss: {
      [series('sonarr', 'sonarr_system_status')]: '1x9 0x60',
      [series('sonarr', 'sonarr_queue_collector_error')]: '_x10 1x60',
    },
  },
};

const healthy = (name: string): string => series('prowlarr', 'prowlarr_indexer_healthy', `indexer="${name}"`);
const scraparrEnabled = { [series('prowlarr', 'prowlarr_indexer_enabled_total')]: '2x200' };
const provider = (name: string, status: string): string =>
  series('bazarr', 'bazarr_provider_status', `provider="${name}", status="${status}"`);
const bazarrScraped = { [series('bazarr', 'up')]: '1x200' };

/** On the page that is asked about Sonarr, Whisparr says that it is Sonarr, too. */
const scraparrUp = (alias: string): string =>
  series('sonarr', 'scraparr_services_up', `alias="${alias}", scraparr_services="sonarr"`);
const sonarrAndWhisparr = { [series('sonarr', 'sonarr_last_scrape', 'alias="sonarr"')]: '1.7e9x40' };

const scraparr: Tales = {
  ArrAppDown: {
    fires: { ...sonarrAndWhisparr, [scraparrUp('sonarr')]: '1x9 0x30', [scraparrUp('whisparr')]: '1x40' },
    nearMiss: { ...sonarrAndWhisparr, [scraparrUp('sonarr')]: '1x40', [scraparrUp('whisparr')]: '0x40' },
  },
  ArrQueueStuck: {
    fires: {
      [series('sonarr', 'sonarr_queue_error')]: '0x9 2x190',
      [series('sonarr', 'sonarr_queue_warning')]: '0x200',
    },
    nearMiss: {
      [series('sonarr', 'sonarr_queue_count')]: '9x200',
      [series('sonarr', 'sonarr_queue_error')]: '0x200',
      [series('sonarr', 'sonarr_queue_warning')]: '0x9 2x60 0x140',
    },
  },
  IndexersAllDown: {
    fires: { ...scraparrEnabled, [healthy('First')]: '1x9 0x60', [healthy('Second')]: '1x9 0x60' },
    nearMiss: { ...scraparrEnabled, [healthy('First')]: '1x9 0x60', [healthy('Second')]: '1x70' },
  },
  IndexerUnavailable: {
    fires: { ...scraparrEnabled, [healthy('First')]: '1x9 0x90', [healthy('Second')]: '1x100' },
    nearMiss: { ...scraparrEnabled, [healthy('First')]: '1x9 0x30 1x80', [healthy('Second')]: '1x120' },
  },
  IndexerMembershipEnding: {
    // Ten days from the minute 70 on, and fifteen days and more from the minute 90 on.
    fires: { [series('prowlarr', 'prowlarr_vip_expiration', 'indexer="First"')]: '_x10 868200x90' },
    nearMiss: { [series('prowlarr', 'prowlarr_vip_expiration', 'indexer="First"')]: '1301400x100' },
  },
  BazarrProvidersThrottled: {
    fires: { ...bazarrScraped, [provider('one', 'TooManyRequests')]: '_x10 1x190', [provider('two', 'Good')]: '1x200' },
    nearMiss: {
      ...bazarrScraped,
      [provider('one', 'TooManyRequests')]: '_x10 1x60 stale',
      [provider('one', 'Good')]: '1x9 stale _x60 1x100',
      [provider('two', 'History')]: '1x200',
    },
  },
  ArrRootFolderFilling: filling('sonarr_free_disk_size'),
};

const casesOf = (tales: Tales): CasesByAlert =>
  Object.fromEntries(
    Object.entries(tales).map(([name, { fires, nearMiss }]): [string, AlertCases] => {
      const { silentAt, firesAt, labels, summary, description, because, missAt }: Story = stories[name as Name];
      return [
        name,
        {
          fires: { series: fires, silentAt, firesAt, labels, summary, description },
          nearMiss: { because, series: nearMiss, at: missAt },
        },
      ];
    }),
  );

/** The cases of each exporter alone, by the name of its example homelab. */
export const arrVariants = (): Readonly<Record<string, CasesByAlert>> => ({
  exportarr: casesOf(newer),
  'exportarr-v2': casesOf(exportarr),
  scraparr: casesOf(scraparr),
});

/** One of each. */
export const arrCases: CasesByAlert = casesOf(newer);
