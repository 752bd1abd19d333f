import { defineHomelab } from 'homelab-dashboards';

/** Tautulli with nwalke/tautulli-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'tautulli', host: 'media', exporters: [{ exporter: 'tautulli_exporter_nwalke' }] }],
});
