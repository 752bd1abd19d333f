import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin with dlepaux/jellyfin-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyfin', host: 'media', exporters: [{ exporter: 'jellyfin_exporter_dlepaux' }] }],
});
