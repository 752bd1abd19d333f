import { defineHomelab } from 'homelab-dashboards';

/** The *arr apps with Scraparr: one page for all. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    { app: 'sonarr', host: 'media', exporters: [{ exporter: 'scraparr_sonarr' }] },
    { app: 'radarr', host: 'media', exporters: [{ exporter: 'scraparr_radarr' }] },
    { app: 'prowlarr', host: 'media', exporters: [{ exporter: 'scraparr_prowlarr' }] },
    { app: 'bazarr', host: 'media', exporters: [{ exporter: 'scraparr_bazarr' }] },
    { app: 'readarr', host: 'media', exporters: [{ exporter: 'scraparr_readarr' }] },
    { app: 'whisparr', host: 'media', exporters: [{ exporter: 'scraparr_whisparr' }] },
    { app: 'jellyseerr', host: 'media', exporters: [{ exporter: 'scraparr_jellyseerr' }] },
    { app: 'overseerr', host: 'media', exporters: [{ exporter: 'scraparr_overseerr' }] },
  ],
});
