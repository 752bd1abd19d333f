import { defineHomelab } from '../../homelab/define';
import type { Homelab } from '../../homelab/homelab';

/** What people open on the NAS: twenty services, as a full compose file has. */
export const servicesOfNas = [
  ...['photos', 'files', 'notes', 'music', 'books', 'recipes', 'documents', 'passwords', 'calendar', 'bookmarks'],
  ...['feeds', 'git', 'wiki', 'chat', 'mail', 'todo', 'budget', 'inventory', 'dashboard', 'torrents'],
] as const;

/** The house in which the scenes play: a NAS with twenty services, a media server that also watches, a laptop, a router, a line. */
export const household: Homelab = defineHomelab({
  hosts: [
    { name: 'nas', address: '192.168.1.10' },
    { name: 'media', address: '192.168.1.11' },
    { name: 'laptop', address: '192.168.1.12', sleeps: true },
  ],
  apps: [
    { app: 'prometheus', host: 'media' },
    { app: 'alertmanager', host: 'media' },
    {
      app: 'jellyfin',
      host: 'media',
      exporters: [
        { exporter: 'jellyfin_exporter_next', collectors: { storage: true, tasks: true, transcoding: true } },
      ],
    },
    { app: 'tdarr', host: 'media', exporters: [{ exporter: 'tdarr_exporter', port: 9091 }] },
    { app: 'sonarr', host: 'nas', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] },
    { app: 'prowlarr', host: 'nas', exporters: [{ exporter: 'exportarr_prowlarr', port: 9710 }] },
    { app: 'sabnzbd', host: 'nas', exporters: [{ exporter: 'exportarr_sabnzbd', port: 9711 }] },
  ],
  probes: {
    exporter: '192.168.1.11:9115',
    router: '192.168.1.1',
    internet: [
      { name: 'Cloudflare', address: '1.1.1.1' },
      { name: 'Quad9', address: '9.9.9.9' },
    ],
    dns: [
      { name: 'Router DNS', address: '192.168.1.1' },
      { name: 'Cloudflare DNS', address: '1.1.1.1' },
    ],
    services: [
      ...servicesOfNas.map((name, index) => ({ name, url: `https://192.168.1.10:${8000 + index}/`, host: 'nas' })),
      { name: 'jellyfin', url: 'http://192.168.1.11:8096/health', host: 'media' },
    ],
  },
  alerting: { engine: 'prometheus', receivers: { phone: { kind: 'webhook', url: 'http://192.168.1.11:8080/phone' } } },
});
