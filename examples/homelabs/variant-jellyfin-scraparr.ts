import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin seen by Scraparr. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyfin', host: 'media', exporters: [{ exporter: 'scraparr_jellyfin' }] }],
});
