import { defineHomelab } from 'homelab-dashboards';

/** A board and rules of somebody else, beside ours. */
export default defineHomelab({
  hosts: [{ name: 'nas', address: '192.168.1.10' }],
  include: [{ files: 'included/boards/*.json', folder: 'Workshop' }, 'included/rules/*.yaml'],
});
