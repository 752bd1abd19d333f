import { defineHomelab } from 'homelab-dashboards';

/** Uptime Kuma 1, which writes fewer labels than 2. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    {
      app: 'uptime-kuma',
      host: 'media',
      exporters: [{ exporter: 'uptime_kuma_v1', auth: { passwordFile: '/etc/prometheus/uptime-kuma' } }],
    },
  ],
});
