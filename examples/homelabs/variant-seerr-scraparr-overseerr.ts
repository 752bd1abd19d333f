import { defineHomelab } from 'homelab-dashboards';

/** Overseerr seen by Scraparr. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'overseerr', host: 'media', exporters: [{ exporter: 'scraparr_overseerr' }] }],
});
