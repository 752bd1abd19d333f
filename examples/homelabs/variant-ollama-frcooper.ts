import { defineHomelab } from 'homelab-dashboards';

/** Ollama with frcooper/ollama-exporter. */
export default defineHomelab({
  hosts: [{ name: 'media', address: '192.168.1.11' }],
  apps: [{ app: 'ollama', host: 'media', exporters: [{ exporter: 'ollama_exporter_frcooper' }] }],
});
