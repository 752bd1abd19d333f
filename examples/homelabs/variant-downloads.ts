import { defineHomelab } from 'homelab-dashboards';

/** Download clients: two for Usenet, two for torrents. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    { app: 'sabnzbd', host: 'media', exporters: [{ exporter: 'exportarr_sabnzbd', port: 9711 }] },
    { app: 'nzbget', host: 'media', exporters: [{ exporter: 'nzbget_exporter' }] },
    { app: 'qbittorrent', host: 'media', exporters: [{ exporter: 'qbittorrent_exporter' }] },
    { app: 'transmission', host: 'media', exporters: [{ exporter: 'transmission_exporter' }] },
  ],
});
