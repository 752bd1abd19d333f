import { defineHomelab } from 'homelab-dashboards';

/** Plex with axsuul/plex-media-server-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'plex', host: 'media', exporters: [{ exporter: 'plex_media_server_exporter' }] }],
});
