import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin with rebelcore/jellyfin_exporter before 1.5.0. */
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
