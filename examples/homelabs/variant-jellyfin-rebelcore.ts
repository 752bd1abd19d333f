import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin with the released rebelcore/jellyfin_exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    {
      app: 'jellyfin',
      host: 'media',
      exporters: [{ exporter: 'jellyfin_exporter', version: '1.3.8', collectors: { activity: true } }],
    },
  ],
});
