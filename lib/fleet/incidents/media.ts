import type { Incident } from './incident';
import { servicesOf } from './subjects';

const jellyfins = servicesOf(/^(jellyfin|tentacle_jellyfin|scraparr_jellyfin)/);
const plexes = servicesOf(/^plex_/);
const anyExporter = servicesOf(/^jellyfin_exporter/);

/** What goes wrong with media servers and what watches them. Each kind of server has incidents of its own: homelabs have both. */
export const mediaIncidents: readonly Incident[] = [
  {
    name: 'media-server-down',
    says: 'A Jellyfin does not run; its exporter does, and says so.',
    subjects: jellyfins,
    // The server's own page goes with it.
    silences: ({ catalog, service }, subject) => catalog.source === 'jellyfin' && service === subject,
    restarts: 'program',
  },
  {
    name: 'jellyfin-restarted',
    says: 'A Jellyfin starts anew after an update, which takes two minutes.',
    shows: 'media-server-down',
    subjects: servicesOf(/^jellyfin$/),
    silences: ({ catalog, service }, subject) => catalog.source === 'jellyfin' && service === subject,
    restarts: 'program',
  },
  {
    name: 'transcode-storm',
    says: 'Seven guests at once want films that must be converted for them.',
    subjects: jellyfins,
  },
  {
    name: 'software-transcode',
    says: 'The graphics processor is not used: ordinary cores convert films, and do not keep up.',
    subjects: jellyfins,
  },
  {
    name: 'library-collapsed',
    says: 'Nearly everything is gone from the library, as when its disk is not mounted.',
    subjects: jellyfins,
  },
  {
    name: 'task-failed',
    says: 'The scan of the media library fails.',
    subjects: servicesOf(/^(jellyfin_exporter_next|tentacle_jellyfin)$/),
  },
  {
    name: 'jellyfin-slow',
    says: 'Jellyfin takes half a minute to answer.',
    subjects: servicesOf(/^jellyfin$/),
    changes: [{ metric: /^http_request_duration_seconds$/, becomes: { slower: 600 } }],
  },
  {
    name: 'jellyfin-answers-late',
    says: 'Jellyfin takes seconds to answer its exporter.',
    subjects: servicesOf(/^jellyfin_exporter(_next)?$/),
    changes: [
      {
        metric: /^jellyfin_scrape_collector_duration_seconds$/,
        where: { collector: 'system' },
        becomes: { to: 4 },
      },
    ],
  },
  {
    name: 'jellyfin-busy',
    says: 'Jellyfin uses all cores that it has.',
    subjects: servicesOf(/^jellyfin$/),
    changes: [
      {
        of: ({ catalog, service }, subject) => catalog.source === 'jellyfin' && service === subject,
        metric: /^process_cpu_seconds_total$/,
        becomes: { to: 3.9 },
      },
    ],
  },
  {
    name: 'jellyfin-leaking',
    says: 'Jellyfin holds on to memory, and takes most of what there is.',
    subjects: servicesOf(/^jellyfin$/),
    changes: [
      {
        of: ({ catalog, service }, subject) => catalog.source === 'jellyfin' && service === subject,
        metric: /^process_working_set_bytes$/,
        becomes: { to: 12e9 },
      },
    ],
  },
  {
    name: 'user-added',
    says: 'Jellyfin has a new user.',
    subjects: servicesOf(/^jellyfin_exporter(_next)?$/),
  },
  {
    name: 'library-grown',
    says: 'Half of all episodes appear in Jellyfin a second time.',
    subjects: servicesOf(/^jellyfin_exporter(_next)?$/),
    changes: [{ metric: /^jellyfin_media_count$/, where: { type: 'Episode' }, becomes: { times: 1.5 } }],
  },
  {
    name: 'transcode-disk-full',
    says: 'The folder that Jellyfin converts films into is full.',
    subjects: servicesOf(/^jellyfin_exporter_next$/),
    changes: [
      { metric: /^jellyfin_storage_free_bytes$/, where: { location: 'transcodes' }, becomes: { to: 1e9 } },
      { metric: /^jellyfin_storage_used_bytes$/, where: { location: 'transcodes' }, becomes: { to: 1.19e11 } },
    ],
  },
  {
    name: 'jellyfin-part-missing',
    says: 'The exporter of Jellyfin gets no answer to one of its questions.',
    subjects: anyExporter,
    changes: [{ metric: /^jellyfin_scrape_collector_success$/, where: { collector: 'activity' }, becomes: { to: 0 } }],
  },
  {
    name: 'jellyfin-stale',
    says: 'The exporter of Jellyfin goes on telling what it once heard.',
    subjects: servicesOf(/^jellyfin_exporter_dlepaux$/),
    changes: [{ metric: /^jellyfin_exporter_last_successful_scrape_timestamp_seconds$/, becomes: { stays: true } }],
  },
  {
    name: 'plex-down',
    says: 'A Plex does not run; its exporter does, and says so.',
    shows: 'media-server-down',
    subjects: plexes,
    restarts: 'program',
  },
  {
    name: 'plex-sessions-unknown',
    says: 'Plex answers, and does not tell who watches.',
    subjects: servicesOf(/^plex_exporter_cplieger$/),
    changes: [{ metric: /^plex_session_poll_reachable$/, becomes: { to: 0 } }],
  },
  {
    name: 'plex-exporter-failing',
    says: 'The exporter of Plex cannot read some of what it is told.',
    subjects: servicesOf(/^plex_exporter_cplieger$/),
    changes: [{ metric: /^plex_exporter_errors_total$/, where: { type: 'metadata_fetch' }, becomes: { to: 0.05 } }],
  },
  {
    name: 'plex-transcode-storm',
    says: 'Seven guests at once want films of a Plex that must be converted for them.',
    shows: 'transcode-storm',
    subjects: plexes,
  },
  {
    name: 'plex-software-transcode',
    says: 'The graphics processor is not used: ordinary cores convert films of a Plex, and do not keep up.',
    shows: 'software-transcode',
    subjects: plexes,
  },
  {
    name: 'plex-library-collapsed',
    says: 'Nearly everything is gone from the library of a Plex.',
    shows: 'library-collapsed',
    subjects: plexes,
  },
  {
    name: 'tautulli-unreachable',
    says: 'Tautulli does not answer its exporter.',
    subjects: servicesOf(/^tautulli_/),
  },
  {
    name: 'tautulli-stale',
    says: 'The exporter of Tautulli goes on telling what it once heard.',
    subjects: servicesOf(/^tautulli_/),
    changes: [
      {
        metric: /^(tautulli_exporter_last_successful_poll|plex_last_successful_scrape)_timestamp_seconds$/,
        becomes: { stays: true },
      },
    ],
  },
  {
    name: 'tdarr-failing',
    says: 'Many conversions of Tdarr end in an error.',
    subjects: servicesOf(/^tdarr_exporter$/),
  },
  { name: 'tdarr-paused', says: 'The node of Tdarr is paused.', subjects: servicesOf(/^tdarr_exporter$/) },
  {
    name: 'tdarr-unreachable',
    says: 'Tdarr does not answer its exporter.',
    shows: 'app-unreachable',
    subjects: servicesOf(/^tdarr_exporter$/),
    restarts: 'program',
  },
  {
    name: 'tdarr-node-gone',
    says: 'A node of Tdarr is gone, its server is there.',
    subjects: servicesOf(/^tdarr_exporter$/),
    changes: [{ metric: /^tdarr_node_/, becomes: { absent: true } }],
  },
  {
    name: 'tdarr-worker-stuck',
    says: 'A worker of Tdarr has a file, and does not move.',
    subjects: servicesOf(/^tdarr_exporter$/),
    changes: [
      {
        metric: /^tdarr_node_worker_(ratio|output_file_size_bytes|job_start_timestamp_seconds)$/,
        becomes: { stays: true },
      },
    ],
  },
];
