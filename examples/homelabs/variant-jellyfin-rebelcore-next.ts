import { defineHomelab } from 'homelab-dashboards';

/** Jellyfin with rebelcore/jellyfin_exporter since 1.5.0, everything switched on. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    {
      app: 'jellyfin',
      host: 'media',
      exporters: [
        {
          exporter: 'jellyfin_exporter_next',
          collectors: { activity: true, storage: true, tasks: true, transcoding: true },
        },
      ],
    },
  ],
});
