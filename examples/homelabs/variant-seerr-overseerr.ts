import { defineHomelab } from 'homelab-dashboards';

/** Overseerr with WillFantom/overseerr-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'overseerr', host: 'media', exporters: [{ exporter: 'overseerr_exporter' }] }],
});
