import { defineHomelab } from 'homelab-dashboards';

/** Everything arrives by OTLP: `job` and `instance` come from `service.name` and `service.instance.id`. */
export default defineHomelab({
  hosts: [{ name: 'nas' }, { name: 'pi' }],

  sources: {
    node_exporter: {
      select: { job: ['homelab/node', 'homelab/node-backup'] },
      identity: { host: 'instance' },
      interval: '30s',
    },
    prometheus: { identity: { service: 'job' } },
    scrape: { identity: { host: 'instance', service: 'job' } },
    otel_spanmetrics: {
      select: { source: 'otel-collector' },
      identity: { service: 'job' },
      interval: '60s',
      spelling: { histograms: 'native', names: 'utf8', suffixes: false },
    },
  },
});
