import type { Event } from './event';
import { queued, stream } from './ordinary-media';
import { silence, type Scene } from './scenes';

/** What a converted film costs the machine of the media server: cores are half busy, and the disks read. */
const converting = (from: number, until: number, busy: number): readonly Event[] => [
  // Of the 60 seconds that a core has in a minute.
  ...Object.entries({ user: busy, system: 4, iowait: 2, idle: 54 - busy }).map(([mode, to]): Event => ({
    what: 'changed',
    metric: 'node_cpu_seconds_total',
    labels: { host: 'media', mode },
    from,
    until,
    to,
  })),
  { what: 'changed', metric: 'node_load1', labels: { host: 'media' }, from, until, to: 1.6 },
  { what: 'changed', metric: 'node_disk_read_bytes_total', labels: { host: 'media' }, from, until, to: 3e8 },
];

const watcher = (username: string, method: string, from: number, until: number): Event => ({
  what: 'new',
  metric: 'jellyfin_now_playing_state',
  labels: {
    job: 'jellyfin',
    instance: '192.168.1.11:9594',
    service: 'jellyfin',
    host: 'media',
    ...stream(username, method),
  },
  value: 1,
  from,
  until,
});

const indexer = (until: number): readonly Event[] => [
  {
    what: 'changed',
    metric: 'prowlarr_indexer_unavailable',
    labels: { indexer: 'Indexer One' },
    from: 20,
    until,
    to: 1,
  },
];

/** Somebody asked for a season: the queue fills within an hour, and is empty two hours later. */
const season: readonly Event[] = [
  { what: 'changed', metric: 'sonarr_queue_total', labels: queued.moving, from: 20, until: 80, to: 24 },
  { what: 'changed', metric: 'sonarr_queue_total', labels: queued.moving, from: 80, until: 140, to: 9 },
  { what: 'changed', metric: 'sabnzbd_remaining_bytes', from: 20, until: 140, to: 4e10 },
];

/** On each of these days a house watches, converts and downloads, as it should: nobody wants to hear of it. */
export const mediaDays: readonly Scene[] = [
  {
    name: 'library scan',
    about: 'Jellyfin looks through its library for an hour, reads the disks, and adds the forty episodes that came.',
    minutes: 120,
    events: [
      ...converting(20, 80, 25),
      { what: 'changed', metric: 'jellyfin_media_count', labels: { type: 'Episode' }, from: 50, to: 5_270 },
    ],
    bar: silence,
  },
  {
    name: 'nightly transcodes',
    about: 'From midnight to five Tdarr converts films, with half of the cores; in the morning it pauses.',
    minutes: 360,
    events: [
      ...converting(20, 320, 30),
      { what: 'changed', metric: 'tdarr_node_paused', from: 20, until: 320, to: 0 },
      { what: 'changed', metric: 'tdarr_node_worker_count', from: 20, until: 320, to: 1 },
      { what: 'changed', metric: 'tdarr_library_transcodes_completed_total', from: 60, until: 320, to: 0.02 },
    ],
    bar: silence,
  },
  {
    name: 'film evening',
    about: 'Five watch at once for two and a half hours, two of them something that must be converted.',
    minutes: 200,
    events: [
      ...converting(20, 170, 20),
      watcher('clara', 'directplay', 20, 170),
      watcher('dmitri', 'directstream', 25, 160),
      watcher('elin', 'transcode', 40, 150),
    ],
    bar: silence,
  },
  {
    name: 'indexer limits',
    about: 'An indexer has had enough of us for nearly an hour, then answers again.',
    minutes: 140,
    events: indexer(78),
    bar: silence,
  },
  {
    name: 'a season downloaded',
    about: 'Somebody asks for a season: the queue fills, and is empty two hours later.',
    minutes: 200,
    events: season,
    bar: silence,
  },
];

const once = { atLeast: 1, messages: 2, resolutions: 2 } as const;

/** The same days, and something goes wrong: who wants more than the essentials hears of it. */
export const mediaTroubles: readonly Scene[] = [
  {
    name: 'library scan that fails',
    about: 'The scan ends with an error.',
    minutes: 90,
    events: [{ what: 'changed', metric: 'jellyfin_tasks_last_run_status', from: 40, to: 0 }],
    bar: once,
  },
  {
    name: 'film evening that stutters',
    about: 'The graphics processor is gone: films are converted slower than they play.',
    minutes: 120,
    events: [{ what: 'changed', metric: 'jellyfin_transcoding_session_framerate', from: 20, until: 60, to: 12 }],
    bar: once,
  },
  {
    name: 'indexer gone',
    about: 'An indexer does not come back for three hours.',
    minutes: 260,
    events: indexer(200),
    bar: once,
  },
  {
    name: 'a season that is not imported',
    about: 'What was downloaded waits for somebody for three hours: a folder may not be written.',
    minutes: 280,
    events: [
      ...season,
      { what: 'changed', metric: 'sonarr_queue_total', labels: queued.waiting, from: 40, until: 220, to: 9 },
    ],
    bar: once,
  },
  {
    name: 'nightly transcodes that fail',
    about: 'The cache is full: each conversion ends in an error.',
    minutes: 200,
    events: [{ what: 'changed', metric: 'tdarr_library_transcodes', labels: { status: 'error' }, from: 60, to: 9 }],
    bar: once,
  },
];
