import { defineHomelab } from '../../homelab/define';
import { resolveHomelab } from '../../homelab/resolve';

/** A small house in which every incident can happen. */
export const house = resolveHomelab(
  defineHomelab({
    hosts: [
      {
        name: 'nas',
        address: '192.168.1.10',
        exporters: [
          {
            exporter: 'node_exporter',
            collectors: { systemd: true, '--collector.systemd.enable-restarts-metrics': true },
          },
          { exporter: 'smartctl_exporter' },
          { exporter: 'nut_exporter' },
          { exporter: 'postgres_exporter' },
          { exporter: 'cadvisor', port: 8088 },
        ],
      },
    ],
    apps: [
      { app: 'prometheus' },
      { app: 'alertmanager' },
      {
        app: 'jellyfin',
        host: 'nas',
        exporters: [
          { exporter: 'jellyfin' },
          { exporter: 'jellyfin_exporter_next', collectors: { storage: true, tasks: true, transcoding: true } },
        ],
      },
      {
        app: 'jellyfin',
        name: 'jellyfin-old',
        host: 'nas',
        exporters: [{ exporter: 'jellyfin_exporter_dlepaux', port: 9595 }],
      },
      { app: 'plex', host: 'nas', exporters: [{ exporter: 'plex_exporter_timothystewart6', port: 9000 }] },
      {
        app: 'plex',
        name: 'plex-two',
        host: 'nas',
        exporters: [{ exporter: 'plex_exporter_cplieger', port: 9001 }],
      },
      { app: 'tautulli', host: 'nas', exporters: [{ exporter: 'tautulli_exporter_scabraha' }] },
      { app: 'sonarr', host: 'nas', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] },
      { app: 'prowlarr', host: 'nas', exporters: [{ exporter: 'exportarr_prowlarr', port: 9710 }] },
      { app: 'sabnzbd', host: 'nas', exporters: [{ exporter: 'exportarr_sabnzbd', port: 9711 }] },
      { app: 'bazarr', host: 'nas', exporters: [{ exporter: 'exportarr_bazarr', port: 9712 }] },
      { app: 'qbittorrent', host: 'nas', exporters: [{ exporter: 'qbittorrent_exporter', port: 8001 }] },
      { app: 'jellyseerr', host: 'nas', exporters: [{ exporter: 'scraparr_jellyseerr' }] },
      { app: 'ollama', host: 'nas', exporters: [{ exporter: 'ollama_exporter_lucavb', port: 8002 }] },
      {
        app: 'ollama',
        name: 'ollama-gpu',
        host: 'nas',
        exporters: [{ exporter: 'ollama_exporter_frcooper', port: 8003 }],
      },
      { app: 'open-webui', host: 'nas', exporters: [{ exporter: 'open_webui_otel' }] },
      { app: 'immich', host: 'nas', exporters: [{ exporter: 'immich', port: 8083 }] },
      { app: 'tdarr', host: 'nas', exporters: [{ exporter: 'tdarr_exporter', port: 9091 }] },
      { app: 'uptime-kuma', host: 'nas', exporters: [{ exporter: 'uptime_kuma' }] },
    ],
    probes: {
      router: '192.168.1.1',
      internet: [{ name: 'Quad9', address: '9.9.9.9' }],
      dns: [{ name: 'Router DNS', address: '192.168.1.1' }],
      lan: '192.168.1.0/24',
      services: [{ name: 'jellyfin', url: 'https://jellyfin.home.arpa/health', host: 'nas' }],
    },
    alerting: { engine: 'prometheus' },
  }),
);
