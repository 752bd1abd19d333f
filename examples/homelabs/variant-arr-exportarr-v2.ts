import { defineHomelab } from 'homelab-dashboards';

/** The *arr apps with Exportarr 2, one exporter an app. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    { app: 'sonarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_sonarr', port: 9707 }] },
    { app: 'radarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_radarr', port: 9708 }] },
    { app: 'lidarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_lidarr', port: 9709 }] },
    { app: 'readarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_readarr', port: 9710 }] },
    { app: 'prowlarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_prowlarr', port: 9711 }] },
    { app: 'sabnzbd', host: 'media', exporters: [{ exporter: 'exportarr_v2_sabnzbd', port: 9712 }] },
    { app: 'bazarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_bazarr', port: 9713 }] },
  ],
});
