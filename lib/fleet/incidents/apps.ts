import type { Incident } from './incident';
import { servicesOf } from './subjects';

const arrApps = /^(exportarr|scraparr)_(v2_)?(sonarr|radarr|lidarr|readarr|whisparr|prowlarr|bazarr)$/;
const clients = /(_sabnzbd|^qbittorrent_exporter|^transmission_exporter|^nzbget_exporter)$/;

/** What goes wrong with apps that find, download, keep and answer. */
export const appIncidents: readonly Incident[] = [
  {
    name: 'app-unreachable',
    says: 'One of the *arr apps does not answer its exporter.',
    subjects: servicesOf(arrApps),
    // Exportarr 2 answers with an error then: nothing of its page is taken.
    silences: ({ catalog, service }, subject) => catalog.source.startsWith('exportarr_v2_') && service === subject,
    restarts: 'program',
  },
  {
    name: 'download-client-gone',
    says: 'A download client does not answer its exporter.',
    shows: 'app-unreachable',
    subjects: servicesOf(clients),
    silences: ({ catalog, service }, subject) => catalog.source.startsWith('exportarr_v2_') && service === subject,
    restarts: 'program',
  },
  {
    name: 'ollama-unreachable',
    says: 'Ollama does not answer its exporter.',
    shows: 'app-unreachable',
    subjects: servicesOf(/^ollama_/),
    restarts: 'program',
  },
  {
    name: 'seerr-unreachable',
    says: 'Where people ask for films nobody answers.',
    shows: 'app-unreachable',
    subjects: servicesOf(/^(scraparr_(jelly|over)seerr|overseerr_exporter|tentacle_seerr)$/),
    restarts: 'program',
  },
  {
    name: 'app-complains',
    says: 'An *arr app cannot reach its download client, and calls it an error.',
    subjects: servicesOf(/^exportarr_(v2_)?(sonarr|radarr|lidarr|readarr)$/),
  },
  {
    name: 'import-failing',
    says: 'Downloads are there, and cannot be imported.',
    subjects: servicesOf(/^exportarr_(v2_)?(sonarr|radarr|lidarr)$/),
  },
  {
    name: 'exporter-half-blind',
    says: 'The exporter of an *arr app does not get its queue.',
    subjects: servicesOf(/^exportarr_(sonarr|radarr|lidarr)$/),
    changes: [{ metric: /^(sonarr|radarr|lidarr)_queue_collector_error$/, becomes: { present: 1 } }],
  },
  {
    name: 'indexers-down',
    says: 'Every indexer fails, as when the VPN is down.',
    subjects: servicesOf(/_prowlarr$/),
  },
  {
    name: 'membership-ending',
    says: 'The membership of an indexer ends in five days.',
    subjects: servicesOf(/^exportarr_(v2_)?prowlarr$/),
    changes: [
      {
        metric: /^prowlarr_indexer_vip_expires_in_seconds$/,
        where: { indexer: 'Indexer One' },
        becomes: { to: 5 * 86_400 },
      },
    ],
  },
  {
    name: 'subtitles-throttled',
    says: 'A provider of subtitles has had enough of us.',
    subjects: servicesOf(/^exportarr_bazarr$/),
    changes: [{ metric: /^bazarr_throttled_providers$/, becomes: { to: 1 } }],
  },
  {
    name: 'indexer-failing',
    says: 'Nine searches in ten of one indexer fail, and it is switched off for a while.',
    subjects: servicesOf(/_prowlarr$/),
  },
  {
    name: 'download-stalled',
    says: 'A download client has work and receives nothing.',
    subjects: servicesOf(clients),
  },
  {
    name: 'torrents-disconnected',
    says: 'qBittorrent runs, and reaches nobody.',
    subjects: servicesOf(/^qbittorrent_exporter$/),
    changes: [{ metric: /^qbittorrent_(connected|dht_nodes|total_peer_connections)$/, becomes: { to: 0 } }],
  },
  {
    name: 'torrents-broken',
    says: 'The files of three torrents are gone.',
    subjects: servicesOf(/^qbittorrent_exporter$/),
    changes: [
      {
        metric: /^qbittorrent_torrents_count$/,
        where: { status: 'missingFiles', category: 'radarr' },
        becomes: { to: 3 },
      },
    ],
  },
  {
    name: 'articles-missing',
    says: 'The news server does not have half of what is asked of it.',
    subjects: servicesOf(/(_sabnzbd|^nzbget_exporter)$/),
    changes: [
      {
        metric: /^(sabnzbd_server_articles_success|nzbget_news_server_total_article_success)$/,
        becomes: { times: 0.5 },
      },
      { metric: /^nzbget_news_server_total_article_failed$/, becomes: { times: 100 } },
    ],
  },
  {
    name: 'quota-nearly-used',
    says: 'Hardly anything is left of what may be downloaded this month.',
    subjects: servicesOf(/_sabnzbd$/),
    changes: [{ metric: /^sabnzbd_remaining_quota_bytes$/, becomes: { to: 4e10 } }],
  },
  {
    name: 'queue-stuck',
    says: 'Finished downloads wait for somebody to import them.',
    subjects: servicesOf(/_(sonarr|radarr|lidarr|readarr|whisparr)$/),
  },
  {
    name: 'immich-jobs-failing',
    says: 'Thumbnails, metadata and duplicates of new photographs fail.',
    subjects: servicesOf(/^immich$/),
  },
  {
    name: 'ml-down',
    says: 'The machine-learning container of Immich does not answer: faces and search fail, thumbnails do not.',
    subjects: servicesOf(/^immich$/),
  },
  {
    name: 'immich-down',
    says: 'Immich does not run.',
    shows: 'app-unreachable',
    subjects: servicesOf(/^immich/),
    silences: ({ catalog, service }, subject) => catalog.source.startsWith('immich') && service === subject,
    restarts: 'program',
  },
  {
    name: 'immich-erring',
    says: 'Immich answers one request in six with an error.',
    subjects: servicesOf(/^immich$/),
    changes: [{ metric: /^http_server_response_count_total$/, where: { status: '500' }, becomes: { times: 400 } }],
  },
  {
    name: 'immich-slow',
    says: 'The pages of Immich take seconds.',
    subjects: servicesOf(/^immich$/),
    changes: [{ metric: /^http_server_duration$/, becomes: { slower: 200 } }],
  },
  {
    name: 'immich-queue-stuck',
    says: 'Thumbnails wait in Immich, and none is made.',
    subjects: servicesOf(/^immich$/),
    changes: [
      { metric: /^immich_queues_thumbnail_generation_active$/, becomes: { to: 1 } },
      {
        metric: /^immich_jobs_(asset_generate_thumbnails|person_generate_thumbnail)_(success|failed|skipped)_total$/,
        becomes: { to: 0 },
      },
    ],
  },
  {
    name: 'ollama-stale',
    says: 'The exporter of Ollama goes on telling what it once heard.',
    subjects: servicesOf(/^ollama_exporter_lucavb$/),
    changes: [{ metric: /^ollama_exporter_last_scrape_timestamp_seconds$/, becomes: { stays: true } }],
  },
  {
    name: 'ollama-slow',
    says: 'Ollama computes on ordinary cores: each word takes a second.',
    subjects: servicesOf(/^ollama_exporter_(frcooper|maravexa)$/),
    changes: [
      { metric: /^ollama_tokens_per_second$/, becomes: { times: 0.03 } },
      { metric: /^ollama_(response_seconds|request_duration_seconds|eval_duration_seconds)$/, becomes: { slower: 30 } },
      { metric: /^ollama_(load|prompt_eval)_duration_seconds$/, becomes: { slower: 60 } },
    ],
  },
  {
    name: 'open-webui-erring',
    says: 'Open WebUI answers one request in five with an error.',
    subjects: servicesOf(/^open_webui/),
    changes: [{ metric: /^http_server_requests_total$/, where: { http_status_code: '500' }, becomes: { times: 250 } }],
  },
  {
    name: 'open-webui-slow',
    says: 'The pages of Open WebUI take seconds.',
    subjects: servicesOf(/^open_webui/),
    changes: [{ metric: /^http_server_duration_milliseconds$/, becomes: { slower: 100 } }],
  },
  {
    name: 'requests-failing',
    says: 'Three requests could not be handed on to the apps.',
    subjects: servicesOf(/^scraparr_(jelly|over)seerr$/),
    changes: [
      { metric: /^(jelly|over)seerr_request_status$/, where: { status: 'Failed' }, becomes: { to: 4 } },
      { metric: /^(jelly|over)seerr_request_status$/, where: { status: 'Processing' }, becomes: { to: 0 } },
    ],
  },
  {
    name: 'complaints',
    says: 'Somebody complains of two films.',
    subjects: servicesOf(/^scraparr_(jelly|over)seerr$/),
    changes: [{ metric: /^(jelly|over)seerr_issue_total$/, becomes: { to: 6 } }],
  },
  {
    name: 'seerr-stale',
    says: 'What tells of requests goes on telling what it once heard.',
    subjects: servicesOf(/^scraparr_(jelly|over)seerr$/),
    changes: [{ metric: /^(jelly|over)seerr_last_scrape$/, becomes: { stays: true } }],
  },
  {
    name: 'kuma-down',
    says: 'Uptime Kuma does not run.',
    subjects: servicesOf(/^uptime_kuma/),
    silences: ({ catalog }) => catalog.source.startsWith('uptime_kuma'),
    restarts: 'program',
  },
  {
    name: 'kuma-monitor-flapping',
    says: 'What a monitor of Uptime Kuma watches is gone for two minutes of every six.',
    subjects: servicesOf(/^uptime_kuma/),
  },
  {
    name: 'kuma-uptime-low',
    says: 'What a monitor of Uptime Kuma watches was away for a day of this month.',
    subjects: servicesOf(/^uptime_kuma/),
    changes: [
      {
        metric: /^monitor_uptime_ratio$/,
        where: { monitor_name: 'Reverse proxy', window: '30d' },
        becomes: { to: 0.96 },
      },
    ],
  },
  {
    name: 'kuma-certificate-ending',
    says: 'The certificate of the reverse proxy, which only Uptime Kuma watches, ends in two days.',
    subjects: servicesOf(/^uptime_kuma/),
    changes: [
      { metric: /^monitor_cert_days_remaining$/, where: { monitor_name: 'Reverse proxy' }, becomes: { to: 2 } },
    ],
  },
  {
    name: 'kuma-monitor-renamed',
    says: 'A monitor of Uptime Kuma gets another name: the old one stays as it was.',
    subjects: servicesOf(/^uptime_kuma/),
  },
  {
    name: 'kuma-certificate-invalid',
    says: 'The reverse proxy shows a certificate that nobody trusts.',
    subjects: servicesOf(/^uptime_kuma/),
    changes: [{ metric: /^monitor_cert_is_valid$/, where: { monitor_name: 'Reverse proxy' }, becomes: { to: 0 } }],
  },
  {
    name: 'kuma-monitor-down',
    says: 'A monitor of Uptime Kuma finds its target down.',
    subjects: (homelab) => {
      if (servicesOf(/^uptime_kuma/)(homelab).length === 0) return [];
      const { probes, services } = homelab;
      return [
        ...probes.targets.map(({ name }) => name),
        ...(probes.targets.length > 0 ? [] : services.map(({ name }) => name)),
        'Reverse proxy',
      ];
    },
  },
];
