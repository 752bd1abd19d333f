import { defineHomelab } from 'homelab-dashboards';

/** Seerr seen by Tentacle. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'seerr', host: 'media', exporters: [{ exporter: 'tentacle_seerr' }] }],
});
