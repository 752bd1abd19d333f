import { defineHomelab } from 'homelab-dashboards';

/** A NAS, a media server, a Raspberry Pi, a desktop; a Grafana that was there before. */
export default defineHomelab({
  timeZone: 'Europe/Berlin',

  urls: {
    grafana: 'https://grafana.home.arpa',
    prometheus: 'https://prometheus.home.arpa',
  },

  hosts: [
    { name: 'nas', address: '192.168.1.10' },
    { name: 'media', address: '192.168.1.11' },
    { name: 'pi', address: '192.168.1.12' },
    // Goes off with its owner: nobody is told.
    { name: 'desktop', address: '192.168.1.20', sleeps: true },
  ],

  apps: [
    { app: 'prometheus', host: 'nas' },
    // Their films are on the NAS: while that is down, it alone is told of.
    { app: 'jellyfin', host: 'media', exporters: [{ exporter: 'jellyfin_exporter' }], dependsOn: 'nas' },
    { app: 'sonarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_sonarr', port: 9707 }], dependsOn: 'nas' },
    { app: 'radarr', host: 'media', exporters: [{ exporter: 'exportarr_v2_radarr', port: 9708 }], dependsOn: 'nas' },
    { app: 'qbittorrent', host: 'media', exporters: [{ exporter: 'qbittorrent_exporter' }] },
    { app: 'pihole', host: 'pi', exporters: [{ exporter: 'pihole_exporter' }] },
  ],

  probes: {
    exporter: '192.168.1.10:9115',
    router: '192.168.1.1',
    internet: [
      { name: 'Cloudflare', address: '1.1.1.1' },
      { name: 'Quad9', address: '9.9.9.9' },
    ],
    dns: [
      { name: 'Pi-hole DNS', address: '192.168.1.12' },
      { name: 'Cloudflare DNS', address: '1.1.1.1' },
    ],
    lan: '192.168.1.0/24',
    services: [
      { name: 'grafana', url: 'https://grafana.home.arpa/api/health', host: 'nas' },
      { name: 'nextcloud', url: 'https://cloud.example.org/status.php', host: 'nas' },
      { name: 'jellyfin', url: 'http://192.168.1.11:8096/health', host: 'media' },
      { name: 'sonarr', url: 'http://192.168.1.11:8989/ping', host: 'media' },
      { name: 'radarr', url: 'http://192.168.1.11:7878/ping', host: 'media' },
      // Its pages answer 401 until somebody logs in.
      { name: 'pihole', url: 'https://192.168.1.12/api/info/version', host: 'pi', alsoUp: [401], verifyTls: false },
    ],
  },

  dataSources: {
    prometheus: { kind: 'prometheus', uid: 'prometheus', name: 'Prometheus', url: 'http://192.168.1.10:9090' },
  },

  grafana: { mode: 'existing' },

  alerting: {
    engine: 'grafana',
    receivers: {
      mail: { kind: 'email', to: ['me@example.org'] },
      discord: { kind: 'discord', url: { env: 'HOMELAB_DISCORD_URL' } },
    },
    routes: [{ severity: 'critical', to: 'discord' }],
    defaultReceiver: 'mail',
    // A watchdog outside the house calls when this message stays away: power, internet, Prometheus, Grafana.
    heartbeat: { url: { env: 'HOMELAB_HEARTBEAT_URL' } },
    // Only what is critical may wake anybody; warnings wait for breakfast.
    quietHours: { from: '22:30', to: '07:00' },
    digest: { at: '08:00' },
  },
});
