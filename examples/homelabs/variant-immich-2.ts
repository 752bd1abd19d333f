import { defineHomelab } from 'homelab-dashboards';

/** Immich before version 3, which still counted requests; both of its pages, with the log beside them. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [
    {
      app: 'immich',
      host: 'media',
      exporters: [
        { exporter: 'immich', version: '2.5.6' },
        { exporter: 'immich', version: '2.5.6', port: 8082 },
      ],
    },
  ],
  alerting: { pack: 'all' },
  dataSources: {
    prometheus: { kind: 'prometheus', uid: 'prometheus', url: 'http://192.168.1.11:9090' },
    loki: { kind: 'loki', uid: 'loki', url: 'http://192.168.1.11:3100' },
  },
});
