import type { Labels } from '../content';
import type { Behave } from '../place';

/** What labels say on pages whose values are as usual for their types and units. */
const words: Readonly<Record<string, Labels>> = {
  home_assistant: {
    domain: 'sensor',
    entity: 'sensor.hallway_temperature',
    friendly_name: 'Hallway temperature',
    action: 'idle',
    mode: 'heat',
  },
  otel_servicegraph: { client: 'shop', server: 'checkout', connection_type: '' },
  tempo_metrics_generator: { client: 'shop', server: 'checkout', connection_type: '' },
  pihole_exporter: { hostname: 'pi' },
  pve_exporter: {
    id: 'qemu/100',
    name: 'docker',
    node: 'proxmox',
    type: 'qemu',
    storage: 'local-zfs',
    content: 'images,rootdir',
    plugintype: 'zfspool',
    state: 'started',
    template: '0',
    quorate: '1',
    nodes: '1',
  },
  tentacle_audiobookshelf: { library: 'Audiobooks', media_type: 'book' },
  unpoller: {
    name: 'Hallway AP',
    source: 'https://unifi.home.arpa:8443',
    type: 'uap',
    model: 'U6-Lite',
    channel: '36',
    usage: 'user',
    vap_name: 'ath0',
    tag: '',
  },
  windows_exporter: { volume: 'C:', process: 'explorer', state: 'running', name: 'Dnscache' },
};

/** The words of those sources, each as the behaviour of its page. */
export const wordsOnly: Readonly<Record<string, Behave>> = Object.fromEntries(
  Object.entries(words).map(([source, labels]): [string, Behave] => [source, () => ({ labels, metrics: {} })]),
);
