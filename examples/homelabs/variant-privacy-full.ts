import { defineHomelab } from 'homelab-dashboards';

/** A household that wants to see who watches what, with the log beside it. */
export default defineHomelab({
  privacy: 'full',
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    {
      app: 'jellyfin',
      host: 'media',
      exporters: [
        { exporter: 'jellyfin' },
        {
          exporter: 'jellyfin_exporter_next',
          collectors: { activity: true, storage: true, tasks: true, transcoding: true },
        },
      ],
    },
  ],
  dataSources: {
    prometheus: { kind: 'prometheus', uid: 'prometheus', url: 'http://192.168.1.11:9090' },
    loki: { kind: 'loki', uid: 'loki', url: 'http://192.168.1.11:3100' },
  },
});
