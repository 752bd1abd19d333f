import { defineHomelab } from '../lib/homelab/define';

/** The homelab whose data the cases of alerts are: everything that any alert of ours needs, switched on. */
export const casesHomelab = defineHomelab({
  hosts: [
    {
      name: 'nas',
      exporters: [
        {
          exporter: 'node_exporter',
          collectors: { systemd: true, '--collector.systemd.enable-restarts-metrics': true },
        },
      ],
    },
  ],
  apps: [
    { app: 'prometheus' },
    { app: 'grafana', exporters: [{ exporter: 'grafana' }] },
    { app: 'speedtest', exporters: [{ exporter: 'speedtest_exporter' }] },
  ],
  probes: {
    router: '192.168.1.1',
    internet: [
      { name: 'Cloudflare', address: '1.1.1.1' },
      { name: 'Quad9', address: '9.9.9.9' },
    ],
    dns: [{ name: 'Pi-hole DNS', address: '192.168.1.12' }],
    lan: '192.168.1.0/24',
    services: [
      { name: 'photos', url: 'https://photos.home.arpa/', host: 'nas' },
      { name: 'homepage', url: 'https://example.org/' },
    ],
  },
});
