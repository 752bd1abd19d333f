import type { Incident } from './incident';
import { servicesOf } from './subjects';

/** An app or its exporter writes everything under other names since an update; what every program tells of itself stays. */
const renamed = (app: string, says: string, catalogs: RegExp): Incident => ({
  name: `${app}-metrics-renamed`,
  says: `Since an update, the metrics of ${says} have other names.`,
  subjects: servicesOf(catalogs),
  changes: [
    {
      of: ({ catalog, service }, subject) => catalogs.test(catalog.source) && service === subject,
      metric: /^(?!go_|process_)/,
      becomes: { absent: true },
    },
  ],
});

/** What updates do to the pages of apps: Prometheus still reaches them, and boards do not find what they read. */
export const updateIncidents: readonly Incident[] = [
  renamed('jellyfin', 'Jellyfin', /^jellyfin$/),
  renamed('jellyfin-exporter', 'the exporter of Jellyfin', /^(jellyfin_|tentacle_jellyfin|scraparr_jellyfin)/),
  renamed('plex', 'the exporter of Plex', /^plex_/),
  renamed('tautulli', 'the exporter of Tautulli', /^tautulli_/),
  renamed('tdarr', 'the exporter of Tdarr', /^tdarr_/),
  renamed('download-client', 'a download client', /_sabnzbd$|^(nzbget|qbittorrent|transmission)_exporter$/),
  renamed('arr', 'the exporter of an *arr app', /_(sonarr|radarr|lidarr)$/),
  renamed('seerr', 'what tells of requests', /(jelly|over)?seerr(_exporter)?$/),
  renamed('immich', 'Immich', /^immich/),
  renamed('ollama', 'the exporter of Ollama', /^ollama_/),
  renamed('open-webui', 'Open WebUI', /^open_webui/),
  renamed('kuma', 'Uptime Kuma', /^uptime_kuma/),
];
