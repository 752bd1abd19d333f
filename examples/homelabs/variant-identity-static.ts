import { defineHomelab } from 'homelab-dashboards';

/** A Prometheus with plain static targets: `instance` is `nas:9100`, and no label says which host. */
export default defineHomelab({
  hosts: [{ name: 'nas' }, { name: 'pi' }],

  sources: {
    node_exporter: {
      select: { job: 'node_exporter' },
      identity: { host: { label: 'instance', pattern: '{host}:9100' } },
    },
    prometheus: { identity: { service: 'job' } },
    scrape: { identity: { host: { label: 'instance', pattern: '{host}:9100' }, service: 'job' } },
  },
});
