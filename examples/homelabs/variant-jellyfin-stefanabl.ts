import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin with StefanAbl/jellyfin-prometheus-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'jellyfin', host: 'media', exporters: [{ exporter: 'jellyfin_prometheus_exporter' }] }],
});
