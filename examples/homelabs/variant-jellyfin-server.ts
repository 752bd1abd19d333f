import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin itself, with `EnableMetrics` in its system.xml: requests and runtime, no sessions. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyfin', host: 'media', exporters: [{ exporter: 'jellyfin' }] }],
});
