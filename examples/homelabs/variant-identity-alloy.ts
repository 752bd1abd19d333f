import { defineHomelab } from 'homelab-dashboards';

/** Grafana Alloy collects and pushes: `instance` is the name of the host, once a minute. */
export default defineHomelab({
  hosts: [{ name: 'nas' }, { name: 'pi' }],

  sources: {
    node_exporter: {
      select: { job: 'integrations/unix' },
      identity: { host: 'instance' },
      interval: '60s',
    },
    prometheus: { identity: { service: 'job' } },
    scrape: { identity: { host: 'instance', service: 'job' } },
  },
});
