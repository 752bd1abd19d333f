import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin, Audiobookshelf and Seerr seen by one Tentacle: three apps, one page. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    { app: 'jellyfin', host: 'media', exporters: [{ exporter: 'tentacle_jellyfin' }] },
    { app: 'audiobookshelf', host: 'media', exporters: [{ exporter: 'tentacle_audiobookshelf' }] },
    { app: 'seerr', host: 'media', exporters: [{ exporter: 'tentacle_seerr' }] },
  ],
});
