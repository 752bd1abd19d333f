import { defineHomelab } from 'homelab-dashboards';

/** One client for torrents, and nothing else of the kind. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'transmission', host: 'media', exporters: [{ exporter: 'transmission_exporter' }] }],
});
