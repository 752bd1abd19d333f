import { defineHomelab } from '../lib/homelab/define';

/** The homelab whose data the cases of alerts are: everything that any alert of ours needs, switched on. */
export const casesHomelab = defineHomelab({
  hosts: [
    {
      name: 'nas',
      exporters: [
        {
          exporter: 'node_exporter',
          collectors: { systemd: true, '--collector.systemd.enable-restarts-metrics': true },
        },
      ],
    },
  ],
  apps: [
    { app: 'prometheus' },
    { app: 'grafana', exporters: [{ exporter: 'grafana' }] },
    {
      app: 'jellyfin',
      exporters: [
        { exporter: 'jellyfin' },
        { exporter: 'jellyfin_exporter_next', collectors: { storage: true, tasks: true, transcoding: true } },
        { exporter: 'tentacle_jellyfin' },
        { exporter: 'scraparr_jellyfin' },
      ],
    },
    { app: 'sonarr', exporters: [{ exporter: 'exportarr_sonarr' }] },
    { app: 'prowlarr', exporters: [{ exporter: 'exportarr_prowlarr' }] },
    { app: 'bazarr', exporters: [{ exporter: 'exportarr_bazarr' }] },
    { app: 'sabnzbd', exporters: [{ exporter: 'exportarr_sabnzbd' }] },
    { app: 'qbittorrent', exporters: [{ exporter: 'qbittorrent_exporter' }] },
    {
      app: 'immich',
      // Version 3 counts no requests any more.
      exporters: [{ exporter: 'immich', version: '2.5.6' }, { exporter: 'immich_exporter_community' }],
    },
    { app: 'plex', exporters: [{ exporter: 'plex_exporter_cplieger' }] },
    { app: 'tautulli', exporters: [{ exporter: 'tautulli_exporter_scabraha' }] },
    { app: 'tdarr', exporters: [{ exporter: 'tdarr_exporter' }] },
    { app: 'overseerr', exporters: [{ exporter: 'scraparr_overseerr' }] },
    { app: 'ollama', exporters: [{ exporter: 'ollama_exporter_lucavb' }, { exporter: 'ollama_exporter_maravexa' }] },
    { app: 'open-webui', exporters: [{ exporter: 'open_webui_otel' }] },
    { app: 'speedtest', exporters: [{ exporter: 'speedtest_exporter' }] },
    { app: 'uptime-kuma', exporters: [{ exporter: 'uptime_kuma' }] },
  ],
  probes: {
    router: '192.168.1.1',
    internet: [
      { name: 'Cloudflare', address: '1.1.1.1' },
      { name: 'Quad9', address: '9.9.9.9' },
    ],
    dns: [{ name: 'Pi-hole DNS', address: '192.168.1.12' }],
    lan: '192.168.1.0/24',
    services: [
      { name: 'photos', url: 'https://photos.home.arpa/', host: 'nas' },
      { name: 'homepage', url: 'https://example.org/' },
    ],
  },
});
