import type { ResolvedHomelab, ResolvedProbe } from '../homelab/resolved';
import type { Artifact } from './artifact';
import { toYaml } from './yaml';

/** The blackbox_exporter module that asks a probe; probes that ask alike share one. */
export const moduleName = ({ by, query, alsoUp, verifyTls }: ResolvedProbe): string => {
  switch (by) {
    case 'icmp':
      return 'icmp';
    case 'tcp':
      return 'tcp';
    case 'dns':
      return `dns_${(query ?? '').replace(/[^a-zA-Z0-9]+/g, '_')}`;
    case 'http':
      return ['http', ...[...alsoUp].sort((a, b) => a - b), ...(verifyTls ? [] : ['insecure'])].join('_');
  }
};

/** `prometheus/blackbox.yml`: the modules that the probes of the homelab file need, IPv4 first with IPv6 as a way out. */
export const renderBlackbox = (homelab: ResolvedHomelab): readonly Artifact[] => {
  const { exporter, targets, lan } = homelab.probes;
  if (!exporter) return [];
  const modules = new Map<string, object>(targets.map((probe) => [moduleName(probe), moduleOf(probe)]));
  if (lan) modules.set('icmp', ping);
  const sorted = Object.fromEntries([...modules].sort(([a], [b]) => (a < b ? -1 : 1)));
  return [
    {
      kind: 'blackbox',
      path: 'prometheus/blackbox.yml',
      name: 'blackbox.yml',
      text: toYaml({ modules: sorted }, 'Modules for blackbox_exporter.'),
    },
  ];
};

const ping = { prober: 'icmp', timeout: '5s', icmp: { preferred_ip_protocol: 'ip4' } };

const moduleOf = ({ by, query, alsoUp, verifyTls }: ResolvedProbe): object => {
  switch (by) {
    case 'icmp':
      return ping;
    case 'tcp':
      return { prober: 'tcp', timeout: '5s', tcp: { preferred_ip_protocol: 'ip4' } };
    case 'dns':
      return {
        prober: 'dns',
        timeout: '5s',
        dns: { query_name: query, query_type: 'A', preferred_ip_protocol: 'ip4' },
      };
    case 'http':
      return {
        prober: 'http',
        timeout: '8s',
        http: {
          preferred_ip_protocol: 'ip4',
          ...(alsoUp.length > 0 && { valid_status_codes: [...success, ...[...alsoUp].sort((a, b) => a - b)] }),
          ...(!verifyTls && { tls_config: { insecure_skip_verify: true } }),
        },
      };
  }
};

/** A list replaces blackbox_exporter's default of all 2xx, so it names those that servers send. */
const success = [200, 201, 202, 203, 204, 205, 206];
