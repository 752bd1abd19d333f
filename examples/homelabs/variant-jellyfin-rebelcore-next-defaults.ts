import { defineHomelab } from 'homelab-dashboards';

/** The same exporter as it comes: most of it is off. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyfin', host: 'media', exporters: [{ exporter: 'jellyfin_exporter_next' }] }],
});
