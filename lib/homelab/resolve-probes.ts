import { isInternal, parseHostAndPort, parseHttpUrl } from './addresses';
import type { Catalogs } from './catalogs';
import type { Homelab, Probes, ServiceProbe } from './homelab';
import type { ResolvedLan, ResolvedProbe, ResolvedProbes, ResolvedService, ResolvedSource } from './resolved';
import { labelsOf } from './resolve-sources';

/** What is asked from outside, and through which blackbox_exporter. */
export const resolveProbes = (
  { probes = {} }: Homelab,
  sources: Readonly<Record<string, ResolvedSource>>,
  services: readonly ResolvedService[],
  catalogs: Catalogs,
): ResolvedProbes => {
  const source = sources.blackbox_exporter;
  const targets = source ? toTargets(probes, services, source) : [];
  const lan = probes.lan === undefined ? null : resolveLan(probes.lan);
  return { exporter: targets.length > 0 || lan ? resolveExporter(probes, source, catalogs) : null, targets, lan };
};

/** Whether anything is asked beside the LAN. */
export const hasTargets = ({ router, internet, dns, services }: Probes): boolean =>
  router !== undefined || [internet, dns, services].some((list) => list !== undefined && list.length > 0);

const resolveExporter = (
  { exporter, version }: Probes,
  source: ResolvedSource | undefined,
  catalogs: Catalogs,
): NonNullable<ResolvedProbes['exporter']> => {
  const listed = source?.instances[0];
  const { address, port } = parseHostAndPort(exporter ?? '') ?? {
    address: listed?.address ?? 'blackbox-exporter',
    port: listed?.port ?? 9115,
  };
  return { address, port, version: version ?? listed?.version ?? catalogs.load('blackbox_exporter').version };
};

type Asked = Omit<ResolvedProbe, 'labels'>;

const toTargets = (
  probes: Probes,
  services: readonly ResolvedService[],
  source: ResolvedSource,
): readonly ResolvedProbe[] => {
  const asked: readonly Asked[] = [
    ...(probes.router === undefined ? [] : [ping('router', { name: 'router', address: probes.router })]),
    ...(probes.internet ?? []).map((target) => ping('internet', target)),
    ...(probes.dns ?? []).map((target): Asked => ({
      ...ping('dns', target),
      by: 'dns',
      query: target.query ?? 'example.com',
    })),
    ...(probes.services ?? []).map((probe) =>
      toAsked(probe, services.find(({ name }) => name === probe.name)?.host ?? null),
    ),
  ];
  return asked.map((probe) => ({
    ...probe,
    labels: { ...labelsOf(source, { host: probe.host, service: probe.name }), group: probe.group, reach: probe.reach },
  }));
};

const ping = (
  group: ResolvedProbe['group'],
  { name, address }: { readonly name: string; readonly address: string },
): Asked => ({
  group,
  name,
  host: null,
  by: 'icmp',
  target: address,
  query: null,
  alsoUp: [],
  verifyTls: true,
  reach: group === 'router' || isInternal(address) ? 'internal' : 'external',
});

/** A service on a host of ours answers from inside, whatever public name it goes by. */
const toAsked = ({ name, url, alsoUp = [], verifyTls = true }: ServiceProbe, host: string | null): Asked => {
  const address = parseHostAndPort(url)?.address ?? parseHttpUrl(url)?.hostname ?? url;
  return {
    group: 'service',
    name,
    host,
    by: parseHttpUrl(url) ? 'http' : 'tcp',
    target: url,
    query: null,
    alsoUp,
    verifyTls,
    reach: host !== null || isInternal(address) ? 'internal' : 'external',
  };
};

const resolveLan = (cidr: string): ResolvedLan => {
  const network = cidr.replace(/\.0\/24$/, '');
  return { cidr, addresses: Array.from({ length: 254 }, (_, index) => `${network}.${index + 1}`) };
};
