import { defineHomelab } from 'homelab-dashboards';

/** Speedtest Tracker instead of speedtest_exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'speedtest', host: 'media', exporters: [{ exporter: 'speedtest_tracker', port: 8080 }] }],
});
