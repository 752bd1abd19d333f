import { defineHomelab } from 'homelab-dashboards';

/** Jellyseerr seen by Scraparr. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyseerr', host: 'media', exporters: [{ exporter: 'scraparr_jellyseerr' }] }],
});
