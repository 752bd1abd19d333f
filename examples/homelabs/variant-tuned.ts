import { defineHomelab } from 'homelab-dashboards';

/** The usual homelab with alerts as one owner wants them: one line each. */
export default defineHomelab({
  hosts: [
    { name: 'hypervisor', address: '192.168.1.5' },
    { name: 'nas', address: '192.168.1.10', dependsOn: 'hypervisor' },
    { name: 'media', address: '192.168.1.11' },
    // Switched off at night by its owner.
    { name: 'desktop', address: '192.168.1.20', sleeps: true },
  ],

  apps: [
    { app: 'prometheus', host: 'hypervisor' },
    { app: 'grafana', host: 'hypervisor', exporters: [{ exporter: 'grafana' }] },
    { app: 'sonarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_sonarr', port: 9707 }], dependsOn: 'nas' },
  ],

  probes: {
    router: '192.168.1.1',
    internet: [{ name: 'Quad9', address: '9.9.9.9' }],
    services: [
      { name: 'sonarr', url: 'http://192.168.1.11:8989/ping' },
      { name: 'homepage', url: 'https://example.org/', dependsOn: 'internet' },
      { name: 'ollama', url: 'http://192.168.1.20:11434/', host: 'desktop' },
    ],
  },

  alerting: {
    pack: 'all',
    receivers: {
      mail: { kind: 'email', to: ['me@example.org'] },
      phone: { kind: 'discord', url: { env: 'HOMELAB_DISCORD_URL' } },
    },
    alerts: {
      HostRebooted: { enabled: false },
      HostTemperatureHigh: { threshold: '9 °F' },
      HostFilesystemAlmostFull: {
        // Films may fill it; backups grow slowly.
        overrides: [
          { match: { host: 'nas', mountpoint: '/media' }, threshold: '96%', notify: 'mail' },
          { match: { mountpoint: '/backup' }, for: '6h', severity: 'info' },
        ],
      },
      HostFilesystemFull: { except: { mountpoint: ['/mnt/scratch', '/mnt/snapshots'] } },
      HostCpuHigh: { threshold: '95%', for: '2h', notify: [] },
      HostRaidDegraded: { severity: 'critical', notify: ['phone', 'mail'] },
    },
  },
});
