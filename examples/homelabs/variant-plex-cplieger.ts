import { defineHomelab } from 'homelab-dashboards';

/** Plex with cplieger/plex-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'plex', host: 'media', exporters: [{ exporter: 'plex_exporter_cplieger' }] }],
});
