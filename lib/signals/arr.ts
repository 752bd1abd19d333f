import type { Expression } from '../expression/expression';
import {
  add,
  answering,
  clamp,
  countWhere,
  from,
  highest,
  max,
  min,
  multiply,
  ratio,
  rest,
  shift,
  slope,
  subtract,
  sum,
  tag,
  together,
  translate,
  union,
  when,
  where,
  zeroWhile,
} from '../expression/operators';
import { not, oneOf } from '../expression/source';
import { thresholds } from '../thresholds';
import {
  bazarr,
  bazarrs,
  bazarrScraparr,
  bazarrV2,
  lidarr,
  lidarrs,
  lidarrV2,
  prowlarr,
  prowlarrs,
  prowlarrScraparr,
  prowlarrV2,
  radarr,
  radarrs,
  radarrScraparr,
  radarrV2,
  readarrs,
  readarrScraparr,
  readarrV2,
  sonarr,
  sonarrs,
  sonarrScraparr,
  sonarrV2,
  whisparrScraparr,
} from './arr-sources';
import { defineSignals } from './signal';
import { answersItsExporter } from './prober';
import { scrapedOf } from './scraped';
import { upOrDown } from './states';

// --- is it there ---------------------------------------------------------------------------------------------------
/** The app's own word; where there is none while its exporter works, it does not answer. */
const whileAnswering = <L extends string, const B extends L>(
  status: Expression<L>,
  up: Expression<L>,
  by: readonly B[],
): Expression<B> => zeroWhile(max(status, ...by), answering(up), ...by) as Expression<B>;

/** Whether each app answers its exporter, where that can be told from an exporter that is down. */
const answersBy = <const B extends 'service' | 'host'>(...by: readonly B[]) =>
  together<B>(
    from({
      exportarr: whileAnswering(sonarr.metric('sonarr_system_status'), sonarr.scraped('up'), by),
      // Scraparr reaches Whisparr through its code for Sonarr, and says so: only the alias tells which is meant.
      scraparr: max(
        when(
          sonarrScraparr.metric('scraparr_services_up', { scraparr_services: 'sonarr' }),
          sonarrScraparr.metric('sonarr_last_scrape'),
        ),
        ...by,
      ),
    }),
    from({
      exportarr: whileAnswering(radarr.metric('radarr_system_status'), radarr.scraped('up'), by),
      scraparr: max(radarrScraparr.metric('scraparr_services_up', { scraparr_services: 'radarr' }), ...by),
    }),
    whileAnswering(lidarr.metric('lidarr_system_status'), lidarr.scraped('up'), by),
    max(readarrScraparr.metric('scraparr_services_up', { scraparr_services: 'readarr' }), ...by),
    max(
      when(
        whisparrScraparr.metric('scraparr_services_up', { scraparr_services: 'sonarr' }),
        whisparrScraparr.metric('whisparr_last_scrape'),
      ),
      ...by,
    ),
    from({
      exportarr: whileAnswering(prowlarr.metric('prowlarr_system_status'), prowlarr.scraped('up'), by),
      scraparr: max(prowlarrScraparr.metric('scraparr_services_up', { scraparr_services: 'prowlarr' }), ...by),
    }),
    from({
      exportarr: whileAnswering(bazarr.metric('bazarr_system_status'), bazarr.scraped('up'), by),
      scraparr: max(bazarrScraparr.metric('scraparr_services_up', { scraparr_services: 'bazarr' }), ...by),
    }),
  );

// The page of Exportarr 2.3 fails as a whole when its app does not answer: what Prometheus says is the answer.
const scrapedV2 = together(
  ...[sonarrV2, radarrV2, lidarrV2, readarrV2, prowlarrV2, bazarrV2].map((source) =>
    max((source as typeof sonarrV2).scraped('up'), 'service'),
  ),
);

const scraped = together(
  max(sonarr.scraped('up'), 'service'),
  max(radarr.scraped('up'), 'service'),
  max(lidarr.scraped('up'), 'service'),
  max(prowlarr.scraped('up'), 'service'),
  max(bazarr.scraped('up'), 'service'),
  scrapedV2,
  max(sonarrScraparr.scraped('up'), 'service'),
  max(radarrScraparr.scraped('up'), 'service'),
  max(readarrScraparr.scraped('up'), 'service'),
  max(whisparrScraparr.scraped('up'), 'service'),
  max(prowlarrScraparr.scraped('up'), 'service'),
  max(bazarrScraparr.scraped('up'), 'service'),
);

// --- what it complains of ------------------------------------------------------------------------------------------
type Issues = { readonly type: 'error' | 'warning' | 'notice' };

/** One issue a series, of those apps whose issues have a kind: `of` looks at each app. */
const issuesOf = <L extends string>(
  of: (issues: (where: Issues) => Expression<'service' | 'source' | 'message' | 'type'>) => Expression<L>,
) => [
  from(sonarrs((source) => of((kind) => source.metric('sonarr_system_health_issues', kind)))),
  from(radarrs((source) => of((kind) => source.metric('radarr_system_health_issues', kind)))),
  from(lidarrs((source) => of((kind) => source.metric('lidarr_system_health_issues', kind)))),
  from(readarrs((source) => of((kind) => source.metric('readarr_system_health_issues', kind)))),
  from(prowlarrs((source) => of((kind) => source.metric('prowlarr_system_health_issues', kind)))),
];

const counted = { type: oneOf('error', 'warning') } as const;
/** How much of it: 0 while the app answers and has none, nothing while it does not answer. */
const answered = <L extends string>(
  of: Expression<L | 'service'>,
  status: Expression<'service'>,
): Expression<'service'> => zeroWhile(sum(of, 'service'), answering(status), 'service');

// The messages of these name what is watched.
const titled = 'Titles that their database no longer has: see the app';
const withoutTitles = { RemovedSeriesCheck: titled, RemovedMovieCheck: titled } as const;

// --- the queue -----------------------------------------------------------------------------------------------------
/** What needs somebody. Exportarr 2.3 counts the whole queue under the labels of its last item, so it cannot tell. */
const troubled = { download_status: oneOf('warning', 'error') } as const;
// Sonarr says `importBlocked` and `failedPending`, Lidarr `importFailed` and `downloadFailedPending`.
const blocked = {
  download_state: oneOf('importBlocked', 'importFailed', 'failedPending', 'downloadFailedPending'),
} as const;
const stuckItems = {
  sonarr: union(sonarr.metric('sonarr_queue_total', troubled), sonarr.metric('sonarr_queue_total', blocked)),
  radarr: union(radarr.metric('radarr_queue_total', troubled), radarr.metric('radarr_queue_total', blocked)),
  lidarr: union(lidarr.metric('lidarr_queue_total', troubled), lidarr.metric('lidarr_queue_total', blocked)),
};
/** An empty queue is a series without any state. */
const any = { download_state: not('') } as const;
const notImported = { download_state: oneOf('importBlocked', 'importFailed') } as const;

// --- what there is -------------------------------------------------------------------------------------------------
const size = together(
  from({
    ...sonarrs((source) => max(source.metric('sonarr_series_filesize_bytes'), 'service')),
    scraparr: max(sonarrScraparr.metric('sonarr_disk_size_total'), 'service'),
  }),
  from({
    ...radarrs((source) => max(source.metric('radarr_movie_filesize_total'), 'service')),
    scraparr: max(radarrScraparr.metric('radarr_disk_size_total'), 'service'),
  }),
  from(lidarrs((source) => max(source.metric('lidarr_artists_filesize_bytes'), 'service'))),
  from({
    ...readarrs((source) => max(source.metric('readarr_author_filesize_bytes'), 'service')),
    scraparr: max(readarrScraparr.metric('readarr_book_disk_size_total'), 'service'),
  }),
  max(whisparrScraparr.metric('whisparr_disk_size_total'), 'service'),
);

// --- where it is kept ----------------------------------------------------------------------------------------------
type Free = Expression<'service' | 'path'>;

/** Free space of each root folder; `how` looks at each series first. */
const rootFree = (how: (of: Free) => Free) =>
  together(
    from({
      ...sonarrs((source) => how(source.metric('sonarr_rootfolder_freespace_bytes'))),
      scraparr: how(sonarrScraparr.metric('sonarr_free_disk_size')),
    }),
    from({
      ...radarrs((source) => how(source.metric('radarr_rootfolder_freespace_bytes'))),
      scraparr: how(radarrScraparr.metric('radarr_free_disk_size')),
    }),
    from(lidarrs((source) => how(source.metric('lidarr_rootfolder_freespace_bytes')))),
    from({
      ...readarrs((source) => how(source.metric('readarr_rootfolder_freespace_bytes'))),
      scraparr: how(readarrScraparr.metric('readarr_free_disk_size')),
    }),
    how(whisparrScraparr.metric('whisparr_free_disk_size')),
  );
const leastFree = rootFree((of) => min(of, 'service', 'path'));

const used = (free: Free, all: Free): Free => max(rest(ratio(free, all)), 'service', 'path');

/** What Sonarr and its sisters tell of themselves: by Exportarr, one an app, or by scraparr, one for all. */
export const arr = defineSignals('arr', {
  up: {
    title: 'Up',
    description: 'Whether each app answers: its exporter, or else Prometheus.',
    unit: 'state',
    values: upOrDown,
    expression: together(answersBy('service'), scrapedV2),
  },
  down: {
    title: 'Apps down',
    description: 'How many of the apps do not answer, or are not known to, because their exporter does not.',
    unit: 'count',
    levels: thresholds.some,
    expression: countWhere(union(together(answersBy('service'), scrapedV2), scraped), '==', 0),
  },
  scraped: scrapedOf('each app', scraped),
  problems: {
    title: 'Health issues',
    description: 'Warnings and errors that each app shows under System > Status.',
    unit: 'count',
    levels: thresholds.some,
    expression: together(
      from(
        sonarrs((source) =>
          answered(source.metric('sonarr_system_health_issues', counted), source.metric('sonarr_system_status')),
        ),
      ),
      from(
        radarrs((source) =>
          answered(source.metric('radarr_system_health_issues', counted), source.metric('radarr_system_status')),
        ),
      ),
      from(
        lidarrs((source) =>
          answered(source.metric('lidarr_system_health_issues', counted), source.metric('lidarr_system_status')),
        ),
      ),
      from(
        readarrs((source) =>
          answered(source.metric('readarr_system_health_issues', counted), source.metric('readarr_system_status')),
        ),
      ),
      from(
        prowlarrs((source) =>
          answered(source.metric('prowlarr_system_health_issues', counted), source.metric('prowlarr_system_status')),
        ),
      ),
      from(
        bazarrs((source) =>
          answered(source.metric('bazarr_system_health_issues'), source.metric('bazarr_system_status')),
        ),
      ),
    ),
  },
  issues: {
    title: 'Issue',
    description: 'What each app complains of, in its own words. The button beside it in the app leads to what helps.',
    unit: 'state',
    values: {
      0: { text: 'Notice', state: 'neutral' },
      1: { text: 'Warning', state: 'warning' },
      2: { text: 'Error', state: 'critical' },
    },
    empty: 'All are well',
    expression: max(
      translate(
        together(
          ...issuesOf((issues) =>
            max(
              union(
                multiply(issues({ type: 'error' }), 2),
                issues({ type: 'warning' }),
                multiply(issues({ type: 'notice' }), 0),
              ),
              'service',
              'source',
              'message',
            ),
          ),
          from(
            bazarrs((source) =>
              max(
                tag(
                  tag(where(source.metric('bazarr_system_health_issues'), '>', 0), 'source', '{issue}'),
                  'message',
                  '{object}',
                ),
                'service',
                'source',
                'message',
              ),
            ),
          ),
        ),
        'message',
        'source',
        withoutTitles,
      ),
      'service',
      'source',
      'message',
    ),
  },
  errors: {
    title: 'Health errors',
    description: 'What an app calls an error, not only a warning: something does not work.',
    unit: 'count',
    empty: 'None',
    expression: sum(
      together(...issuesOf((issues) => max(issues({ type: 'error' }), 'service', 'source'))),
      'service',
      'source',
    ),
  },

  // --- the queue -----------------------------------------------------------------------------------------------
  queue: {
    title: 'Queue',
    description: 'What waits to be downloaded or imported.',
    unit: 'count',
    expression: together(
      from({
        ...sonarrs((source) => answered(source.metric('sonarr_queue_total'), source.metric('sonarr_system_status'))),
        scraparr: max(sonarrScraparr.metric('sonarr_queue_count'), 'service'),
      }),
      from({
        ...radarrs((source) => answered(source.metric('radarr_queue_total'), source.metric('radarr_system_status'))),
        scraparr: max(radarrScraparr.metric('radarr_queue_count'), 'service'),
      }),
      from(lidarrs((source) => answered(source.metric('lidarr_queue_total'), source.metric('lidarr_system_status')))),
      from({
        ...readarrs((source) => answered(source.metric('readarr_queue_total'), source.metric('readarr_system_status'))),
        scraparr: max(readarrScraparr.metric('readarr_queue_count'), 'service'),
      }),
      max(whisparrScraparr.metric('whisparr_queue_count'), 'service'),
    ),
  },
  queueByState: {
    title: 'Queue by state',
    description: 'What happens to what is in the queues. `importBlocked` and `importFailed` wait for somebody.',
    unit: 'count',
    empty: 'Empty',
    legend: '{{state}}',
    expression: sum(
      together(
        ...[
          sum(tag(sonarr.metric('sonarr_queue_total', any), 'state', '{download_state}'), 'service', 'state'),
          sum(tag(radarr.metric('radarr_queue_total', any), 'state', '{download_state}'), 'service', 'state'),
          sum(tag(lidarr.metric('lidarr_queue_total', any), 'state', '{download_state}'), 'service', 'state'),
        ],
      ),
      'state',
    ),
  },
  stuck: {
    title: 'Stuck',
    description: 'What is in the queue and does not come out of it by itself.',
    unit: 'count',
    levels: thresholds.queueStuck,
    expression: together(
      from({
        exportarr: answered(stuckItems.sonarr, sonarr.metric('sonarr_system_status')),
        scraparr: max(
          add(sonarrScraparr.metric('sonarr_queue_error'), sonarrScraparr.metric('sonarr_queue_warning')),
          'service',
        ),
      }),
      from({
        exportarr: answered(stuckItems.radarr, radarr.metric('radarr_system_status')),
        scraparr: max(
          add(radarrScraparr.metric('radarr_queue_error'), radarrScraparr.metric('radarr_queue_warning')),
          'service',
        ),
      }),
      answered(stuckItems.lidarr, lidarr.metric('lidarr_system_status')),
      max(
        add(readarrScraparr.metric('readarr_queue_error'), readarrScraparr.metric('readarr_queue_warning')),
        'service',
      ),
      max(
        add(whisparrScraparr.metric('whisparr_queue_error'), whisparrScraparr.metric('whisparr_queue_warning')),
        'service',
      ),
    ),
  },
  stuckItems: {
    title: 'Items',
    description: 'In which state is what is stuck. The queue of the app (Activity) says why, item by item.',
    unit: 'count',
    empty: 'Nothing is stuck',
    expression: together(
      sum(where(stuckItems.sonarr, '>', 0), 'service', 'status', 'download_status', 'download_state'),
      sum(where(stuckItems.radarr, '>', 0), 'service', 'status', 'download_status', 'download_state'),
      sum(where(stuckItems.lidarr, '>', 0), 'service', 'status', 'download_status', 'download_state'),
    ),
  },
  notImported: {
    title: 'Not imported',
    description: 'Downloads that are there and that the app cannot, or does not dare to, put into the library.',
    unit: 'count',
    levels: thresholds.queueStuck,
    expression: together(
      answered(sonarr.metric('sonarr_queue_total', notImported), sonarr.metric('sonarr_system_status')),
      answered(radarr.metric('radarr_queue_total', notImported), radarr.metric('radarr_system_status')),
      answered(lidarr.metric('lidarr_queue_total', notImported), lidarr.metric('lidarr_system_status')),
    ),
  },

  // --- what there is -------------------------------------------------------------------------------------------
  items: {
    title: 'Library',
    description: 'What each app looks after: series, films, artists, authors, sites.',
    unit: 'count',
    expression: together(
      from({
        ...sonarrs((source) => max(source.metric('sonarr_series_total'), 'service')),
        scraparr: max(sonarrScraparr.metric('sonarr_series_total'), 'service'),
      }),
      from({
        ...radarrs((source) => max(source.metric('radarr_movie_total'), 'service')),
        scraparr: max(radarrScraparr.metric('radarr_movies_total'), 'service'),
      }),
      from(lidarrs((source) => max(source.metric('lidarr_artists_total'), 'service'))),
      from({
        ...readarrs((source) => max(source.metric('readarr_author_total'), 'service')),
        scraparr: sum(readarrScraparr.metric('readarr_author_status'), 'service'),
      }),
      max(whisparrScraparr.metric('whisparr_sites_total'), 'service'),
    ),
  },
  missing: {
    title: 'Missing',
    description: 'Episodes, films, albums, books that are wanted and not there.',
    unit: 'count',
    expression: together(
      from({
        ...sonarrs((source) => max(source.metric('sonarr_episode_missing_total'), 'service')),
        scraparr: max(sonarrScraparr.metric('sonarr_missing_episodes_total'), 'service'),
      }),
      from({
        ...radarrs((source) => max(source.metric('radarr_movie_missing_total'), 'service')),
        scraparr: max(radarrScraparr.metric('radarr_missing_movies_total'), 'service'),
      }),
      from(lidarrs((source) => max(source.metric('lidarr_albums_missing_total'), 'service'))),
      from(readarrs((source) => max(source.metric('readarr_book_missing_total'), 'service'))),
      max(whisparrScraparr.metric('whisparr_missing_scenes_total'), 'service'),
    ),
  },
  cutoffUnmet: {
    title: 'Wanted better',
    description: 'Episodes and films that are there, but not as good as the profile asks for.',
    unit: 'count',
    empty: 'Not told: a version of the app before cut-offs',
    expression: together(
      from(sonarrs((source) => max(source.metric('sonarr_episode_cutoff_unmet_total'), 'service'))),
      from(radarrs((source) => max(source.metric('radarr_movie_cutoff_unmet_total'), 'service'))),
    ),
  },
  size: {
    title: 'Size',
    description: 'What the files of each app take on disk.',
    unit: 'bytes',
    expression: size,
  },
  growth: {
    title: 'Grown in a day',
    description: 'How much more each library takes than a day ago. Below zero, something was deleted, or is gone.',
    unit: 'bytes',
    empty: 'No day before',
    expression: subtract(size, shift(size, '1d')),
  },
  quality: {
    title: 'Quality',
    description: 'In which quality most of it is there: the ten that are the most.',
    unit: 'count',
    empty: 'Not told: set ENABLE_ADDITIONAL_METRICS',
    legend: '{{service}} · {{quality}}',
    expression: highest(
      10,
      together(
        from({
          ...sonarrs((source) => sum(source.metric('sonarr_episode_quality_total'), 'service', 'quality')),
          scraparr: sum(sonarrScraparr.metric('sonarr_quality_episodes_total'), 'service', 'quality'),
        }),
        from({
          ...radarrs((source) => sum(source.metric('radarr_movie_quality_total'), 'service', 'quality')),
          scraparr: sum(radarrScraparr.metric('radarr_quality_movies_total'), 'service', 'quality'),
        }),
        from(lidarrs((source) => sum(source.metric('lidarr_songs_quality_total'), 'service', 'quality'))),
        sum(whisparrScraparr.metric('whisparr_quality_scenes_total'), 'service', 'quality'),
      ),
    ),
  },

  // --- where it is kept ----------------------------------------------------------------------------------------
  free: {
    title: 'Free',
    description: 'What is left below each root folder; folders on one disk say the same.',
    unit: 'bytes',
    levels: thresholds.arrRootFree,
    expression: leastFree,
  },
  fullIn: {
    title: 'Full in',
    description: 'When the disk below a root folder is full, if it goes on as in the last day.',
    unit: 'duration',
    levels: thresholds.timeToFull,
    empty: 'Not growing',
    expression: rootFree((of) =>
      min(clamp(ratio(of, multiply(slope(of, '1d'), -1)), 0, 365 * 86_400), 'service', 'path'),
    ),
  },
  diskUsed: {
    title: 'Disks',
    description: 'Share in use of the disks that each app sees.',
    unit: 'ratio',
    range: [0, 1],
    levels: thresholds.filesystemUsed,
    expression: together(
      from({
        exportarr: used(sonarr.metric('sonarr_diskspace_free_bytes'), sonarr.metric('sonarr_diskspace_total_bytes')),
        scraparr: used(
          sonarrScraparr.metric('sonarr_free_disk_size'),
          sonarrScraparr.metric('sonarr_available_disk_size'),
        ),
      }),
      from({
        exportarr: used(radarr.metric('radarr_diskspace_free_bytes'), radarr.metric('radarr_diskspace_total_bytes')),
        scraparr: used(
          radarrScraparr.metric('radarr_free_disk_size'),
          radarrScraparr.metric('radarr_available_disk_size'),
        ),
      }),
      used(lidarr.metric('lidarr_diskspace_free_bytes'), lidarr.metric('lidarr_diskspace_total_bytes')),
      used(readarrScraparr.metric('readarr_free_disk_size'), readarrScraparr.metric('readarr_available_disk_size')),
      used(whisparrScraparr.metric('whisparr_free_disk_size'), whisparrScraparr.metric('whisparr_available_disk_size')),
    ),
  },

  // --- the exporters themselves --------------------------------------------------------------------------------
  partsFailing: {
    title: 'Parts that fail',
    description: 'Whether a part of the exporter gets no answer, while the app answers at all.',
    unit: 'state',
    values: { 0: { text: 'All work', state: 'ok' }, 1: { text: 'Some fail', state: 'warning' } },
    expression: when(
      together(
        answered(
          max(
            union(
              sonarr.metric('sonarr_collector_error'),
              sonarr.metric('sonarr_diskspace_collector_error'),
              sonarr.metric('sonarr_health_collector_error'),
              sonarr.metric('sonarr_history_collector_error'),
              sonarr.metric('sonarr_queue_collector_error'),
              sonarr.metric('sonarr_rootfolder_collector_error'),
            ),
            'service',
          ),
          sonarr.metric('sonarr_system_status'),
        ),
        answered(
          max(
            union(
              radarr.metric('radarr_collector_error'),
              radarr.metric('radarr_diskspace_collector_error'),
              radarr.metric('radarr_health_collector_error'),
              radarr.metric('radarr_history_collector_error'),
              radarr.metric('radarr_queue_collector_error'),
              radarr.metric('radarr_rootfolder_collector_error'),
            ),
            'service',
          ),
          radarr.metric('radarr_system_status'),
        ),
        answered(
          max(
            union(
              lidarr.metric('lidarr_collector_error'),
              lidarr.metric('lidarr_diskspace_collector_error'),
              lidarr.metric('lidarr_health_collector_error'),
              lidarr.metric('lidarr_history_collector_error'),
              lidarr.metric('lidarr_queue_collector_error'),
              lidarr.metric('lidarr_rootfolder_collector_error'),
            ),
            'service',
          ),
          lidarr.metric('lidarr_system_status'),
        ),
        answered(
          max(
            union(
              prowlarr.metric('prowlarr_collector_error'),
              prowlarr.metric('prowlarr_health_collector_error'),
              prowlarr.metric('prowlarr_history_collector_error'),
            ),
            'service',
          ),
          prowlarr.metric('prowlarr_system_status'),
        ),
      ),
      where(answersBy('service'), '==', 1),
    ),
  },

  // --- what alerts watch ---------------------------------------------------------------------------------------
  answers: answersItsExporter('each app', answersBy('service', 'host')),
});
