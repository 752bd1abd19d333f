import { execFileSync } from 'node:child_process';
import type { Homelab } from '../../homelab/homelab';
import { requireProgram } from '../programs';

/** 15 s become 1 s: scrape intervals, evaluation, `for`, and how long messages wait. */
export const haste = 15;

/** The host that is stopped and started again. */
export const mortal = 'attic';

/** A loopback address of its own, because a name server's port is fixed. */
export const nameServer = '127.0.53.53';
/** The homelab file wants a private network; pings go to the loopback network instead. */
export const [lan, lanOnLoopback] = ['192.168.253.', '127.0.253.'];

/** Where everything listens. */
export type Ports = Readonly<
  Record<
    'keeper' | 'mortal' | 'blackbox' | 'prometheus' | 'alertmanager' | 'web' | 'secure' | 'door' | 'webhook',
    number
  >
>;

/** Two hosts, the stack itself, and something to probe of every kind. */
export const homelabOn = (ports: Ports): Homelab => {
  const nodeExporter = (port: number) => [
    { exporter: 'node_exporter', address: '127.0.0.1', port, version: versionOf('node_exporter') },
  ];
  return {
    urls: { grafana: 'https://grafana.example.org', runbooks: 'https://runbooks.example.org' },
    hosts: [
      { name: mortal, address: '127.0.0.1', exporters: nodeExporter(ports.mortal) },
      { name: 'cellar', address: '127.0.0.1', exporters: nodeExporter(ports.keeper) },
    ],
    apps: [
      {
        app: 'prometheus',
        host: 'cellar',
        exporters: [{ exporter: 'prometheus', port: ports.prometheus, version: versionOf('prometheus') }],
      },
      {
        app: 'alertmanager',
        host: 'cellar',
        exporters: [{ exporter: 'alertmanager', port: ports.alertmanager, version: versionOf('alertmanager') }],
      },
    ],
    probes: {
      exporter: `127.0.0.1:${ports.blackbox}`,
      version: versionOf('blackbox_exporter'),
      router: '127.0.0.1',
      internet: [{ name: 'Far away', address: '127.0.0.9' }],
      dns: [{ name: 'Name server', address: nameServer }],
      lan: `${lan}0/24`,
      services: [
        { name: 'Notes', url: `http://127.0.0.1:${ports.web}/`, host: 'cellar' },
        { name: 'Album', url: `https://127.0.0.1:${ports.secure}/`, host: 'cellar', verifyTls: false },
        { name: 'Door', url: `127.0.0.1:${ports.door}` },
      ],
    },
    sources: Object.fromEntries(
      Object.entries(intervals).map(([source, seconds]) => [source, { interval: `${seconds / haste}s` }]),
    ),
    alerting: {
      engine: 'prometheus',
      pack: 'all',
      alertmanager: `127.0.0.1:${ports.alertmanager}`,
      receivers: { phone: { kind: 'webhook', url: `http://127.0.0.1:${ports.webhook}/` } },
    },
  };
};

/** Scrape intervals as they are by default, in seconds. */
const intervals = {
  node_exporter: 15,
  prometheus: 15,
  alertmanager: 15,
  blackbox_exporter: 30,
  blackbox_lan: 60,
} as const;

/** What a user would say of what is installed: `1.5.0`, without a packager's addition. */
const versionOf = (program: 'node_exporter' | 'prometheus' | 'alertmanager' | 'blackbox_exporter'): string => {
  // Some print their version on standard error, so both are read.
  const text = execFileSync('sh', ['-c', `"$1" --version 2>&1`, 'sh', requireProgram(program)], { encoding: 'utf8' });
  const [, version] = /version (\d+\.\d+\.\d+)/.exec(text) ?? [];
  if (!version) throw new Error(`${program} --version says no version: ${text}`);
  return version;
};
