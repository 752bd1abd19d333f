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
  /** Between samples; default a minute. */
  readonly interval?: string;
  readonly silentAt: string;
  readonly firesAt: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly because: string;
  readonly missAt: string;
}

const stories = {
  JellyfinDown: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'jellyfin does not answer its exporter',
    description:
      'The exporter of jellyfin has had no good answer for 5m: Jellyfin is stopped, hangs, or refuses the exporter’s key.',
    because: 'it is restarted',
    missAt: '20m',
  },
  JellyfinApiUnresponsive: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'jellyfin hardly answers any more',
    description: 'Of the requests to jellyfin, 1 of 20 takes 15.97s or more (at least 10s) for 5m.',
    because: 'films last long, and are no answers',
    missAt: '30m',
  },
  JellyfinApiSlow: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'jellyfin answers slowly',
    description: 'jellyfin takes 3.916s to answer (at least 2s) for 10m.',
    because: 'it is slow for some minutes only',
    missAt: '20m',
  },
  JellyfinCpuHigh: {
    silentAt: '39m',
    firesAt: '40m',
    summary: 'jellyfin keeps the processor busy without transcoding',
    description: 'jellyfin itself uses 95% of all processor cores, at least 90% for 30m.',
    because: 'one core of four is busy',
    missAt: '60m',
  },
  JellyfinMemoryHigh: {
    silentAt: '24m',
    firesAt: '25m',
    summary: 'jellyfin takes much of the memory',
    description:
      'jellyfin has 75% of the memory that its machine, or the limit of its container, gives it (at least 50%) for 15m.',
    because: 'the machine has more',
    missAt: '60m',
  },
  JellyfinTaskFailed: {
    silentAt: '14m',
    firesAt: '15m',
    labels: { task: 'Scan Media Library' },
    summary: 'A task of jellyfin failed: Scan Media Library',
    description:
      'The last run of the task "Scan Media Library" of jellyfin did not come to its end. It stays so until the next run works.',
    because: 'it was started again at once, and worked',
    missAt: '20m',
  },
  JellyfinLibraryShrunk: {
    silentAt: '39m',
    firesAt: '40m',
    labels: { type: 'Movie' },
    summary: 'The library of jellyfin lost much of one kind: Movie',
    description: 'Of the items of kind Movie that jellyfin had within a day, 60% are left (below 80%) for 30m.',
    because: 'a few films were deleted, and there were never many books',
    missAt: '60m',
  },
  JellyfinScanStale: {
    interval: '60m',
    silentAt: '4320m',
    firesAt: '4380m',
    summary: 'The library of jellyfin was not scanned for days',
    description: 'The last scan of the library of jellyfin ended 3d 1h 0m 0s ago (at least 3d).',
    because: 'it was scanned yesterday, and only chapter pictures are older',
    missAt: '4440m',
  },
  JellyfinTranscodeTooSlow: {
    silentAt: '14m',
    firesAt: '15m',
    summary: 'jellyfin transcodes slower than the film runs',
    description: 'The slowest transcode of jellyfin that somebody watches runs at 12 fps (below 20 fps) for 5m.',
    because: 'one is paused, and of the other only the sound is converted',
    missAt: '30m',
  },
  JellyfinManyTranscodes: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'jellyfin transcodes much at once',
    description: 'jellyfin transcodes 4 streams at once, for 10m.',
    because: 'three are not many',
    missAt: '30m',
  },
  JellyfinManyStreams: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'Many watch jellyfin at once',
    description: 'jellyfin has 6 streams open, for 10m.',
    because: 'five are a household',
    missAt: '30m',
  },
  JellyfinUserAdded: {
    silentAt: '69m',
    firesAt: '70m',
    summary: 'jellyfin has a new account',
    description: 'jellyfin has 1 more accounts than an hour ago.',
    because: 'one was removed',
    missAt: '80m',
  },
  JellyfinManyItemsAdded: {
    silentAt: '69m',
    firesAt: '70m',
    summary: 'Much is new in the library of jellyfin',
    description: 'The library of jellyfin has 150 more items than an hour ago.',
    because: 'a hundred is a series with all its seasons',
    missAt: '80m',
  },
  JellyfinDiskFull: {
    silentAt: '19m',
    firesAt: '20m',
    labels: { location: 'transcodes' },
    summary: 'The disk below a folder of jellyfin is full: transcodes',
    description: 'The disk below the folder transcodes of jellyfin is 96% full, at least 95% for 10m.',
    because: 'it is the disk with films, which are meant to fill it',
    missAt: '30m',
  },
  JellyfinCollectorFailing: {
    silentAt: '24m',
    firesAt: '25m',
    labels: { collector: 'users' },
    summary: 'The exporter of jellyfin gets no answer for users',
    description: 'The collector users of the exporter of jellyfin has failed for 15m, while Jellyfin itself answers.',
    because: 'Jellyfin is down as a whole',
    missAt: '60m',
  },
  JellyfinDataStale: {
    silentAt: '19m',
    firesAt: '20m',
    summary: 'The exporter of jellyfin shows old numbers',
    description: 'The exporter of jellyfin heard from it last 20m 0s ago, and goes on showing what it heard then.',
    because: 'it heard from it ten minutes ago',
    missAt: '30m',
  },
  JellyfinRestartPending: {
    interval: '10m',
    silentAt: '1530m',
    firesAt: '1540m',
    summary: 'jellyfin waits for a restart',
    description: 'jellyfin has waited for a restart for 1d: a plugin was installed or updated.',
    because: 'it was restarted in the evening',
    missAt: '1600m',
  },
} as const satisfies Readonly<Record<string, Story>>;

type Name = keyof typeof stories;
type Tales = Partial<Readonly<Record<Name, Told>>>;

/** A series of a job: `series('jellyfin', 'jellyfin_up', 'type="Movie"')`. */
const series = (job: string, metric: string, labels = ''): string =>
  `${metric}{job="${job}", instance="jellyfin:1", service="jellyfin"${labels && `, ${labels}`}}`;

const steady = (...selectors: readonly (readonly [string, string])[]): Series => Object.fromEntries(selectors);

/** Something that is up, then down for good; or down for two minutes. */
const downAndRestarted = (up: string): Told => ({
  fires: { [up]: '1x9 0x30' },
  nearMiss: { [up]: '1x9 0x2 1x30' },
});

/** Numbers by their label, which step up after ten minutes, by too little or enough. */
const steps = (selector: string, from: number, enough: number, little: number): Told => ({
  fires: { [selector]: `${from}x9 ${enough}x100` },
  nearMiss: { [selector]: `${from}x9 ${little}x100` },
});

const libraryShrunk = (films: string, books: string): Told => ({
  fires: { [films]: '1000x9 600x60' },
  nearMiss: { [films]: '1000x9 900x60', [books]: '40x9 0x60' },
});

const manyAdded = (films: string): Told => ({
  fires: { [films]: '1000x69 1150x60' },
  nearMiss: { [films]: '1000x69 1100x60' },
});

/** Streams as one series each, `count` of them, from the tenth minute on. */
const each = (count: number, one: (index: number) => string): Series =>
  Object.fromEntries([...Array(count).keys()].map((index) => [one(index), '_x10 1x60']));

/** rebelcore/jellyfin_exporter, the released one and the next. */
const rebelcore = (job: string): Tales => {
  const success = (collector: string): string =>
    series(job, 'jellyfin_scrape_collector_success', `collector="${collector}"`);
  const stream =
    (method: string) =>
    (index: number): string =>
      series(job, 'jellyfin_now_playing_state', `user_id="${index}", title="Film", method="${method}"`);
  const idle = { [series(job, 'jellyfin_now_playing_state', 'user_id="9", title="", method=""')]: '1x60' };
  const media = (type: string): string => series(job, 'jellyfin_media_count', `type="${type}"`);
  const account = (name: string): string => series(job, 'jellyfin_user_account', `username="${name}"`);
  return {
    JellyfinApiSlow: {
      fires: {
        [series(job, 'jellyfin_scrape_collector_duration_seconds', 'collector="system"')]: '0.1x9 3.916x30',
      },
      nearMiss: {
        [series(job, 'jellyfin_scrape_collector_duration_seconds', 'collector="system"')]: '0.1x9 4x5 0.1x30',
        [series(job, 'jellyfin_scrape_collector_duration_seconds', 'collector="media"')]: '4x60',
      },
    },
    JellyfinLibraryShrunk: libraryShrunk(media('Movie'), media('Book')),
    JellyfinManyItemsAdded: manyAdded(media('Movie')),
    JellyfinManyTranscodes: {
      fires: each(4, stream('transcode')),
      nearMiss: { ...each(3, stream('transcode')), ...each(9, (index) => stream('directplay')(index + 10)) },
    },
    JellyfinManyStreams: {
      fires: { ...each(4, stream('directplay')), ...each(2, (index) => stream('transcode')(index + 10)) },
      nearMiss: { ...each(5, stream('directplay')), ...idle },
    },
    JellyfinUserAdded: {
      fires: { [account('one')]: '1x120', [account('two')]: '_x70 1x60' },
      nearMiss: { [account('one')]: '1x120', [account('two')]: '1x69' },
    },
    JellyfinCollectorFailing: {
      fires: { [success('system')]: '1x60', [success('users')]: '1x9 0x60', ...answeringAs(job) },
      nearMiss: { [success('system')]: '1x9 0x60', [success('users')]: '1x9 0x60', ...silentAs(job) },
    },
  };
};

// Which of the two it is, is told by how Jellyfin being down looks: both series are given.
const answeringAs = (job: string): Series => ({ [series(job, 'jellyfin_up')]: '1x60' });
const silentAs = (job: string): Series => ({ [series(job, 'jellyfin_up')]: '1x9 0x60' });

const released = (job: string): Tales => ({
  ...rebelcore(job),
  JellyfinDown: downAndRestarted(series(job, 'jellyfin_up')),
});

const restartPending = (job: string): Told => ({
  fires: { [series(job, 'jellyfin_system_pending_restart')]: '0x9 1x150' },
  nearMiss: { [series(job, 'jellyfin_system_pending_restart')]: '0x9 1x120 0x60' },
});

const nextByDefault = (job: string): Tales => ({
  ...rebelcore(job),
  JellyfinDown: downAndRestarted(series(job, 'jellyfin_scrape_collector_success', 'collector="system"')),
  JellyfinRestartPending: restartPending(job),
});

const next = (job: string): Tales => {
  const session = (metric: string, id: string): string =>
    series(job, `jellyfin_transcoding_session_${metric}`, `session_id="${id}"`);
  const task = (status: string): string =>
    series(job, 'jellyfin_tasks_last_run_status', `task_name="Scan Media Library", status="${status}"`);
  const disk = (which: string, location: string): string =>
    series(job, `jellyfin_storage_${which}_bytes`, `location="${location}"`);
  return {
    ...nextByDefault(job),
    JellyfinTaskFailed: {
      fires: { [task('Completed')]: '1x9 stale', [task('Failed')]: '_x10 0x30' },
      nearMiss: { [task('Completed')]: '1x9 stale _x3 1x30', [task('Failed')]: '_x10 0x3 stale' },
    },
    JellyfinTranscodeTooSlow: {
      fires: {
        ...steady([session('video_direct', 'a'), '0x60'], [session('paused', 'a'), '0x60']),
        ...steady([session('framerate', 'a'), '48x9 12x60'], [session('framerate', 'b'), '60x60']),
        ...steady([session('video_direct', 'b'), '0x60'], [session('paused', 'b'), '0x60']),
      },
      nearMiss: {
        ...steady([session('video_direct', 'a'), '0x60'], [session('paused', 'a'), '1x60']),
        ...steady([session('framerate', 'a'), '12x60'], [session('framerate', 'b'), '0x60']),
        ...steady([session('video_direct', 'b'), '1x60'], [session('paused', 'b'), '0x60']),
      },
    },
    JellyfinDiskFull: {
      fires: { [disk('used', 'transcodes')]: '50x9 96x60', [disk('free', 'transcodes')]: '50x9 4x60' },
      nearMiss: {
        ...steady([disk('used', 'library'), '96x60'], [disk('free', 'library'), '4x60']),
        ...steady([disk('used', 'transcodes'), '50x60'], [disk('free', 'transcodes'), '50x60']),
      },
    },
  };
};

const dlepaux = (job: string): Tales => {
  const up = { [series(job, 'jellyfin_up')]: '1x120' };
  const byMethod = (method: string): string => series(job, 'jellyfin_play_method_sessions', `method="${method}"`);
  const items = (type: string): string => series(job, 'jellyfin_items_by_type', `type="${type}"`);
  const heard = series(job, 'jellyfin_exporter_last_successful_scrape_timestamp_seconds');
  return {
    JellyfinDown: downAndRestarted(series(job, 'jellyfin_up')),
    JellyfinLibraryShrunk: libraryShrunk(items('Movie'), items('Book')),
    JellyfinManyItemsAdded: manyAdded(items('Movie')),
    JellyfinManyTranscodes: {
      fires: { ...up, [byMethod('Transcode')]: '0x9 4x60', [byMethod('DirectPlay')]: '0x60' },
      nearMiss: { ...up, [byMethod('Transcode')]: '0x9 3x60', [byMethod('DirectPlay')]: '9x60' },
    },
    JellyfinManyStreams: {
      fires: { ...up, [byMethod('Transcode')]: '2x60', [byMethod('DirectPlay')]: '0x9 4x60' },
      // What it keeps while Jellyfin is down is no news.
      nearMiss: { [series(job, 'jellyfin_up')]: '1x9 0x60', [byMethod('DirectPlay')]: '0x9 9x60' },
    },
    JellyfinDataStale: {
      fires: { ...up, [heard]: '0x60' },
      nearMiss: { ...up, [heard]: '0x15 900x60' },
    },
  };
};

const tentacle = (job: string): Tales => {
  const streaming = (user: string, method: string): string =>
    series(job, 'jellyfin_sessions_streaming_total', `user="${user}", play_method="${method}"`);
  const items = (type: string, library: string): string =>
    series(job, 'jellyfin_library_items_total', `type="${type}", library="${library}"`);
  const of = (metric: string, user: string): string => series(job, `jellyfin_session_${metric}`, `user="${user}"`);
  const users = series(job, 'jellyfin_users_total');
  const task = (metric: string, name: string): string =>
    series(job, `jellyfin_scheduled_task_last_run_${metric}`, `task_name="${name}"`);
  return {
    JellyfinDown: downAndRestarted(series(job, 'jellyfin_up')),
    JellyfinLibraryShrunk: {
      ...libraryShrunk(items('Movie', 'Films'), items('Book', 'Books')),
      fires: { [items('Movie', 'Films')]: '600x69', [items('Movie', 'Old films')]: '400x9 0x60' },
    },
    JellyfinManyItemsAdded: manyAdded(items('Movie', 'Films')),
    JellyfinManyTranscodes: steps(series(job, 'jellyfin_sessions_transcode_total'), 0, 4, 3),
    JellyfinManyStreams: {
      fires: { [streaming('one', 'DirectPlay')]: '2x60', [streaming('two', 'Transcode')]: '_x10 4x60' },
      nearMiss: {
        [streaming('one', 'DirectPlay')]: '5x60',
        [series(job, 'jellyfin_sessions_active_total')]: '9x60',
      },
    },
    JellyfinUserAdded: {
      fires: { [users]: '4x69 5x60' },
      nearMiss: { [users]: '5x69 4x60' },
    },
    JellyfinTaskFailed: {
      fires: { [task('success', 'Scan Media Library')]: '1x9 0x30' },
      nearMiss: { [task('success', 'Scan Media Library')]: '1x9 0x3 1x30' },
    },
    JellyfinScanStale: {
      fires: { [task('timestamp_seconds', 'Scan Media Library')]: '0x90' },
      nearMiss: {
        [task('timestamp_seconds', 'Scan Media Library')]: '0x30 108000x60',
        [task('timestamp_seconds', 'Extract Chapter Images')]: '0x90',
      },
    },
    JellyfinTranscodeTooSlow: {
      fires: {
        ...steady([of('transcoding', 'a'), '1x60'], [of('paused', 'a'), '0x60']),
        [of('transcode_framerate', 'a')]: '48x9 12x60',
      },
      nearMiss: {
        ...steady([of('transcoding', 'a'), '1x60'], [of('paused', 'a'), '1x60']),
        ...steady([of('transcoding', 'b'), '0x60'], [of('paused', 'b'), '0x60']),
        ...steady([of('transcode_framerate', 'a'), '12x60'], [of('transcode_framerate', 'b'), '0x60']),
      },
    },
    JellyfinRestartPending: restartPending(job),
  };
};

const stefanabl = (job: string): Tales => {
  const items = (type: string): string => series(job, 'jellyfin_items_count', `type="${type}Count"`);
  return {
    JellyfinLibraryShrunk: libraryShrunk(items('Movie'), items('Book')),
    JellyfinManyItemsAdded: manyAdded(items('Movie')),
    JellyfinManyTranscodes: steps(series(job, 'jellyfin_active_streams_transcode_count'), 0, 4, 3),
    JellyfinManyStreams: steps(series(job, 'jellyfin_active_streams_count'), 0, 6, 5),
  };
};

const scraparr = (job: string): Tales => {
  const up = series(job, 'scraparr_services_up', 'scraparr_services="jellyfin"');
  const films = series(job, 'jellyfin_number_of_movies');
  const heard = series(job, 'jellyfin_last_scrape');
  return {
    JellyfinDown: downAndRestarted(up),
    JellyfinLibraryShrunk: libraryShrunk(films, series(job, 'jellyfin_number_of_series')),
    JellyfinManyItemsAdded: manyAdded(films),
    JellyfinDataStale: {
      fires: { [up]: '1x60', [heard]: '0x60' },
      nearMiss: { [up]: '1x60', [heard]: '0x15 900x60' },
    },
  };
};

/** Jellyfin itself. */
const server = (job: string): Tales => {
  const bucket = (controller: string, le: string): string =>
    series(job, 'http_request_duration_seconds_bucket', `controller="${controller}", le="${le}"`);
  /** A request a second, of which all take up to the bound `le`, from the tenth minute on. */
  const slow = (controller: string, before: string, le: string): Series => ({
    [bucket(controller, before)]: '0+60x9 540x60',
    [bucket(controller, le)]: '0+60x90',
    [bucket(controller, '+Inf')]: '0+60x90',
  });
  const fast = (controller: string): Series => ({
    [bucket(controller, '0.5')]: '0+60x90',
    [bucket(controller, '+Inf')]: '0+60x90',
  });
  const cpu = series(job, 'process_cpu_seconds_total');
  const cores = { [series(job, 'process_cpu_count')]: '4x90' };
  const memory = (bytes: number): Told['fires'] => ({
    [series(job, 'process_working_set_bytes')]: '1000x9 3000x90',
    [series(job, 'dotnet_gc_memory_total_available_bytes')]: `${bytes}x99`,
  });
  return {
    JellyfinApiUnresponsive: {
      fires: slow('Items', '8.192', '16.384'),
      nearMiss: { ...slow('Videos', '8.192', '16.384'), ...fast('Items') },
    },
    JellyfinApiSlow: {
      fires: slow('Items', '0.5', '4.096'),
      nearMiss: fast('Items'),
    },
    JellyfinCpuHigh: {
      // From the tenth minute on, with a start that a window of five minutes sees whole.
      fires: { ...cores, [cpu]: '0+60x9 1740+228x80' },
      nearMiss: { ...cores, [cpu]: '0+60x90' },
    },
    JellyfinMemoryHigh: { fires: memory(4000), nearMiss: memory(16_000) },
  };
};

const casesOf = (tales: Tales): CasesByAlert =>
  Object.fromEntries(
    Object.entries(tales).map(([name, { fires, nearMiss }]): [string, AlertCases] => {
      const { interval, silentAt, firesAt, labels, summary, description, because, missAt }: Story =
        stories[name as Name];
      const sampled = interval && { interval };
      return [
        name,
        {
          fires: {
            series: fires,
            ...sampled,
            silentAt,
            firesAt,
            labels: { service: 'jellyfin', ...labels },
            summary,
            description,
          },
          nearMiss: { because, series: nearMiss, ...sampled, at: missAt },
        },
      ];
    }),
  );

/** The cases of each exporter alone, by the name of its example homelab. */
export const jellyfinVariants = (): Readonly<Record<string, CasesByAlert>> => ({
  server: casesOf(server('jellyfin')),
  rebelcore: casesOf(released('jellyfin')),
  'rebelcore-next': casesOf(next('jellyfin')),
  'rebelcore-next-defaults': casesOf(nextByDefault('jellyfin')),
  dlepaux: casesOf(dlepaux('jellyfin')),
  tentacle: casesOf(tentacle('jellyfin')),
  stefanabl: casesOf(stefanabl('jellyfin')),
  scraparr: casesOf(scraparr('jellyfin')),
});

const heard = series('scraparr-jellyfin', 'jellyfin_last_scrape');
const answering = series('jellyfin-exporter-next', 'jellyfin_scrape_collector_success', 'collector="system"');

/** One of each, in the homelab that has four of them. */
export const jellyfinCases: CasesByAlert = casesOf({
  ...next('jellyfin-exporter-next'),
  ...server('jellyfin'),
  JellyfinScanStale: tentacle('tentacle-jellyfin').JellyfinScanStale as Told,
  JellyfinDataStale: {
    fires: { [answering]: '1x60', [heard]: '0x60' },
    nearMiss: { [answering]: '1x60', [heard]: '0x15 900x60' },
  },
});
