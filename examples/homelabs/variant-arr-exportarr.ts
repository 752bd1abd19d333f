import { defineHomelab } from 'homelab-dashboards';

/** The *arr apps with Exportarr 3, one exporter an app. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    { app: 'sonarr', host: 'media', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] },
    { app: 'radarr', host: 'media', exporters: [{ exporter: 'exportarr_radarr', port: 9708 }] },
    { app: 'lidarr', host: 'media', exporters: [{ exporter: 'exportarr_lidarr', port: 9709 }] },
    { app: 'prowlarr', host: 'media', exporters: [{ exporter: 'exportarr_prowlarr', port: 9710 }] },
    { app: 'sabnzbd', host: 'media', exporters: [{ exporter: 'exportarr_sabnzbd', port: 9711 }] },
    { app: 'bazarr', host: 'media', exporters: [{ exporter: 'exportarr_bazarr', port: 9712 }] },
  ],
});
