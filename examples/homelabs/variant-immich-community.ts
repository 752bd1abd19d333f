import { defineHomelab } from 'homelab-dashboards';

/** Immich with friendlyFriend4000/prometheus-immich-exporter instead of its own telemetry. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'immich', host: 'media', exporters: [{ exporter: 'immich_exporter_community' }] }],
});
