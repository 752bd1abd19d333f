import { defineHomelab } from 'homelab-dashboards';

/** The least there is to say: one machine, which runs node_exporter. */
export default defineHomelab({
  hosts: [{ name: 'nas', address: '192.168.1.10' }],
});
