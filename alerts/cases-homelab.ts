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
  apps: [{ app: 'prometheus' }, { app: 'grafana', exporters: [{ exporter: 'grafana' }] }],
});
