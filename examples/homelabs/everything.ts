import { defineHomelab } from 'homelab-dashboards';

/** Whatever a homelab may have; Grafana is ours alone, and Prometheus evaluates the alerts. */
export default defineHomelab({
  project: 'lab',
  timeZone: 'Europe/Berlin',

  urls: {
    grafana: 'https://grafana.home.arpa',
    prometheus: 'https://prometheus.home.arpa',
    alertmanager: 'https://alertmanager.home.arpa',
    runbooks: 'https://git.home.arpa/me/homelab/src/branch/main/docs/runbooks',
  },

  hosts: [
    {
      name: 'proxmox',
      address: '192.168.1.5',
      exporters: [
        { exporter: 'node_exporter', collectors: { systemd: true, processes: true, interrupts: true } },
        { exporter: 'smartctl_exporter' },
        { exporter: 'pve_exporter', path: '/pve?target=192.168.1.5&cluster=1&node=1' },
      ],
    },
    {
      name: 'nas',
      address: '192.168.1.10',
      exporters: [
        {
          exporter: 'node_exporter',
          collectors: {
            systemd: true,
            '--collector.systemd.enable-restarts-metrics': true,
            ksmd: true,
            mountstats: true,
            infiniband: false,
          },
        },
        { exporter: 'smartctl_exporter' },
        { exporter: 'nut_exporter' },
        { exporter: 'postgres_exporter', collectors: { stat_statements: true } },
      ],
    },
    {
      name: 'docker',
      address: '192.168.1.11',
      exporters: [
        { exporter: 'node_exporter', collectors: { systemd: true, tcpstat: true } },
        { exporter: 'cadvisor', port: 8088 },
      ],
    },
    {
      name: 'pi',
      address: '192.168.1.12',
      exporters: [{ exporter: 'node_exporter' }, { exporter: 'apcupsd_exporter' }],
    },
    {
      name: 'desktop',
      address: '192.168.1.20',
      exporters: [{ exporter: 'windows_exporter', collectors: { process: true, thermalzone: true, time: true } }],
    },
  ],

  apps: [
    { app: 'prometheus' },
    { app: 'alertmanager' },
    { app: 'grafana', exporters: [{ exporter: 'grafana' }] },
    { app: 'loki', exporters: [{ exporter: 'loki' }] },
    { app: 'tempo', exporters: [{ exporter: 'tempo' }, { exporter: 'tempo_metrics_generator' }] },
    { app: 'mimir', exporters: [{ exporter: 'mimir' }] },
    { app: 'pyroscope', exporters: [{ exporter: 'pyroscope' }] },
    { app: 'alloy', exporters: [{ exporter: 'alloy' }] },
    { app: 'promtail', host: 'nas', exporters: [{ exporter: 'promtail' }] },
    {
      app: 'otel-collector',
      exporters: [{ exporter: 'otelcol' }, { exporter: 'otel_spanmetrics' }, { exporter: 'otel_servicegraph' }],
    },
    { app: 'jaeger', exporters: [{ exporter: 'jaeger' }] },
    { app: 'victoriametrics', exporters: [{ exporter: 'victoriametrics' }] },
    {
      app: 'uptime-kuma',
      host: 'pi',
      exporters: [{ exporter: 'uptime_kuma', auth: { passwordFile: '/etc/prometheus/uptime-kuma' } }],
    },

    {
      app: 'jellyfin',
      host: 'docker',
      exporters: [
        { exporter: 'jellyfin' },
        { exporter: 'jellyfin_exporter_next', collectors: { storage: true, tasks: true, transcoding: true } },
      ],
    },
    { app: 'plex', host: 'docker', exporters: [{ exporter: 'plex_exporter_cplieger', port: 9595 }] },
    { app: 'tautulli', host: 'docker', exporters: [{ exporter: 'tautulli_exporter_scabraha' }] },
    { app: 'sonarr', host: 'docker', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] },
    { app: 'sonarr', name: 'sonarr-4k', host: 'docker', exporters: [{ exporter: 'exportarr_sonarr', port: 9717 }] },
    { app: 'radarr', host: 'docker', exporters: [{ exporter: 'exportarr_radarr', port: 9708 }] },
    { app: 'lidarr', host: 'docker', exporters: [{ exporter: 'exportarr_lidarr', port: 9709 }] },
    { app: 'prowlarr', host: 'docker', exporters: [{ exporter: 'exportarr_prowlarr', port: 9710 }] },
    { app: 'sabnzbd', host: 'docker', exporters: [{ exporter: 'exportarr_sabnzbd', port: 9711 }] },
    { app: 'bazarr', host: 'docker', exporters: [{ exporter: 'exportarr_bazarr', port: 9712 }] },
    { app: 'readarr', host: 'docker', exporters: [{ exporter: 'scraparr_readarr' }] },
    { app: 'whisparr', host: 'docker', exporters: [{ exporter: 'scraparr_whisparr' }] },
    { app: 'jellyseerr', host: 'docker', exporters: [{ exporter: 'scraparr_jellyseerr' }] },
    { app: 'overseerr', host: 'docker', exporters: [{ exporter: 'overseerr_exporter' }] },
    { app: 'audiobookshelf', host: 'docker', exporters: [{ exporter: 'tentacle_audiobookshelf', port: 9694 }] },
    { app: 'nzbget', host: 'docker', exporters: [{ exporter: 'nzbget_exporter' }] },
    { app: 'qbittorrent', host: 'docker', exporters: [{ exporter: 'qbittorrent_exporter' }] },
    { app: 'transmission', host: 'docker', exporters: [{ exporter: 'transmission_exporter' }] },
    { app: 'tdarr', host: 'docker', exporters: [{ exporter: 'tdarr_exporter' }] },

    { app: 'immich', host: 'docker', exporters: [{ exporter: 'immich' }, { exporter: 'immich', port: 8082 }] },
    { app: 'paperless-ngx', name: 'paperless', host: 'nas', exporters: [{ exporter: 'paperless_exporter' }] },
    {
      app: 'home-assistant',
      host: 'pi',
      exporters: [{ exporter: 'home_assistant', auth: { bearerTokenFile: '/etc/prometheus/home-assistant' } }],
    },
    { app: 'pihole', host: 'pi', exporters: [{ exporter: 'pihole_exporter' }] },
    { app: 'adguard-home', host: 'proxmox', exporters: [{ exporter: 'adguard_exporter' }] },
    { app: 'unifi', host: 'docker', exporters: [{ exporter: 'unpoller' }] },
    { app: 'traefik', host: 'docker', exporters: [{ exporter: 'traefik' }] },
    { app: 'minio', host: 'nas', exporters: [{ exporter: 'minio' }] },
    { app: 'speedtest', host: 'pi', exporters: [{ exporter: 'speedtest_exporter' }] },
    { app: 'ollama', host: 'desktop', exporters: [{ exporter: 'ollama_exporter_lucavb' }] },
    { app: 'open-webui', host: 'docker', exporters: [{ exporter: 'open_webui_otel' }] },
  ],

  probes: {
    router: '192.168.1.1',
    internet: [
      { name: 'Cloudflare', address: '1.1.1.1' },
      { name: 'Quad9', address: '9.9.9.9' },
    ],
    dns: [
      { name: 'Pi-hole DNS', address: '192.168.1.12', query: 'home.arpa' },
      { name: 'Quad9 DNS', address: '9.9.9.9' },
    ],
    lan: '192.168.1.0/24',
    services: [
      { name: 'grafana', url: 'https://grafana.home.arpa/api/health', host: 'docker' },
      { name: 'jellyfin', url: 'https://jellyfin.example.org/health', host: 'docker' },
      { name: 'immich', url: 'https://photos.example.org/api/server/ping', host: 'docker' },
      { name: 'home-assistant', url: 'http://192.168.1.12:8123/', host: 'pi' },
      { name: 'proxmox', url: 'https://192.168.1.5:8006/', host: 'proxmox', verifyTls: false },
      { name: 'unifi', url: 'https://192.168.1.11:8443/status', host: 'docker', verifyTls: false },
      { name: 'postgres', url: '192.168.1.10:5432', host: 'nas' },
      { name: 'homepage', url: 'https://example.org/' },
    ],
  },

  sources: {
    cadvisor: { interval: '30s' },
    otel_spanmetrics: { select: { job: 'otel-collector' } },
  },

  dataSources: {
    prometheus: { kind: 'prometheus', uid: 'prometheus', name: 'Prometheus', url: 'http://prometheus:9090' },
    loki: { kind: 'loki', uid: 'loki', name: 'Loki', url: 'http://loki:3100' },
    tempo: { kind: 'tempo', uid: 'tempo', name: 'Tempo', url: 'http://tempo:3200' },
    alertmanager: { kind: 'alertmanager', uid: 'alertmanager', name: 'Alertmanager', url: 'http://alertmanager:9093' },
  },

  grafana: { mode: 'owned' },

  alerting: {
    engine: 'prometheus',
    pack: 'all',
    alertmanager: 'alertmanager:9093',
    receivers: {
      mail: { kind: 'email', to: ['me@example.org', 'you@example.org'] },
      discord: { kind: 'discord', url: { env: 'HOMELAB_DISCORD_URL' } },
      slack: { kind: 'slack', url: { env: 'HOMELAB_SLACK_URL' } },
      telegram: { kind: 'telegram', token: { env: 'HOMELAB_TELEGRAM_TOKEN' }, chat: '-1001234567890' },
      phone: {
        kind: 'pushover',
        userKey: { env: 'HOMELAB_PUSHOVER_USER_KEY' },
        token: { env: 'HOMELAB_PUSHOVER_TOKEN' },
      },
      ntfy: { kind: 'ntfy', topic: 'homelab-8f3a', token: { env: 'HOMELAB_NTFY_TOKEN' } },
      'ntfy-secret': { kind: 'ntfy', server: 'https://ntfy.home.arpa', topic: { env: 'HOMELAB_NTFY_TOPIC' } },
      gotify: { kind: 'gotify', server: 'https://gotify.home.arpa', token: { env: 'HOMELAB_GOTIFY_TOKEN' } },
      matrix: { kind: 'matrix', url: { env: 'HOMELAB_MATRIX_URL' } },
      house: { kind: 'home-assistant', url: { env: 'HOMELAB_HOME_ASSISTANT_URL' } },
      automation: { kind: 'webhook', url: 'http://192.168.1.12:5678/webhook/alerts' },
    },
    routes: [
      { severity: 'critical', category: ['data-loss', 'power'], to: 'phone' },
      { severity: 'critical', to: 'telegram' },
      { category: 'monitoring', to: 'slack' },
      { category: 'performance', to: 'automation' },
      { severity: ['warning', 'info'], category: 'capacity', to: 'discord' },
    ],
    defaultReceiver: 'mail',
    alerts: {
      HostDown: { notify: ['phone', 'house', 'ntfy'] },
      HostRebooted: { notify: 'matrix' },
      HostOomKill: { notify: ['gotify', 'ntfy-secret'] },
      HostLoadHigh: { notify: [] },
    },
    heartbeat: { url: { env: 'HOMELAB_HEARTBEAT_URL' }, period: '15m' },
    quietHours: {
      from: '22:30',
      to: '07:00',
      days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'],
      except: { severity: 'critical', category: ['availability', 'data-loss', 'power'] },
    },
    digest: { at: '08:00', of: { severity: 'warning', category: ['performance', 'capacity'] }, to: 'mail' },
    mail: {
      server: 'mail.example.org:587',
      from: 'homelab@example.org',
      user: 'homelab@example.org',
      password: { env: 'HOMELAB_MAIL_PASSWORD' },
    },
  },

  display: {
    temperature: 'celsius',
    bytes: 'iec',
    clock: '24h',
    weekStart: 'monday',
  },
});
