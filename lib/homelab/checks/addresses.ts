import { isAddress, lanFault, parseHostAndPort, parseHttpUrl } from '../addresses';
import { each, eachEntry, type Draft } from '../draft';
import { problem, quote, type HomelabProblem, type Keys } from '../problem';
import { placedExporters } from '../placement';

/** Every address, URL and network is one. */
export function* checkAddresses(draft: Draft): Iterable<HomelabProblem> {
  const { probes, alerting, dataSources, urls } = draft;

  for (const [index, host] of each(draft.hosts)) yield* checkHostAddress(['hosts', index], host);
  for (const { keys, exporter } of placedExporters(draft)) yield* checkAddress([...keys, 'address'], exporter.address);

  yield* checkHostAndPort(['probes', 'exporter'], probes?.exporter, 'blackbox-exporter:9115');
  yield* checkAddress(['probes', 'router'], probes?.router);
  for (const group of ['internet', 'dns'] as const) {
    for (const [index, probe] of each(probes?.[group])) {
      yield* checkAddress(['probes', group, index, 'address'], probe.address);
    }
  }
  for (const [index, { query }] of each(probes?.dns)) yield* checkAddress(['probes', 'dns', index, 'query'], query);
  yield* checkLan(['probes', 'lan'], probes?.lan);
  for (const [index, { url }] of each(probes?.services)) {
    yield* checkServiceUrl(['probes', 'services', index, 'url'], url);
  }

  for (const [key, url] of eachEntry(urls)) yield* checkUrl(['urls', key], url);
  for (const [key, { url }] of eachEntry(dataSources)) yield* checkUrl(['dataSources', key, 'url'], url);
  for (const [name, { url }] of eachEntry(draft.targets)) yield* checkUrl(['targets', name, 'url'], url);
  yield* checkHostAndPort(['alerting', 'alertmanager'], alerting?.alertmanager, 'alertmanager:9093');
}

function* checkHostAddress(
  keys: Keys,
  host: { readonly name?: string | undefined; readonly address?: string | undefined },
): Iterable<HomelabProblem> {
  if (host.address !== undefined || host.name === undefined)
    return yield* checkAddress([...keys, 'address'], host.address);
  if (isAddress(host.name)) return;
  yield problem([...keys, 'name'], {
    what: 'no address: this name is no DNS name, and there is no `address:`',
    value: host.name,
    try: 'add `address:` with the DNS name or IP address that Prometheus reaches',
  });
}

function* checkAddress(keys: Keys, address: string | undefined): Iterable<HomelabProblem> {
  if (address === undefined || isAddress(address)) return;
  const bare = bareAddress(address);
  yield problem(keys, {
    what: 'malformed address',
    value: address,
    allowed: 'a DNS name or an IP address, without scheme, port or path, such as 192.168.1.10 or nas.lan',
    ...(bare !== undefined && { try: `write \`${keys.at(-1)}: ${quote(bare)}\`` }),
  });
}

function* checkHostAndPort(keys: Keys, text: string | undefined, example: string): Iterable<HomelabProblem> {
  if (text === undefined || parseHostAndPort(text)) return;
  const bare = isAddress(text) ? text : undefined;
  yield problem(keys, {
    what: 'malformed address',
    value: text,
    allowed: `host:port, the port from 1 to 65535, such as ${example}`,
    ...(bare !== undefined && { try: `write \`${keys.at(-1)}: '${bare}:${example.split(':')[1]}'\`` }),
  });
}

function* checkServiceUrl(keys: Keys, url: string | undefined): Iterable<HomelabProblem> {
  if (url === undefined || parseHostAndPort(url)) return;
  if (url.includes('://')) return yield* checkUrl(keys, url);
  yield problem(keys, {
    what: 'malformed URL',
    value: url,
    allowed: 'http://... or https://... to ask by HTTP, host:port to open a TCP connection',
    ...(isAddress(bareAddress(url) ?? url) && { try: `write \`url: 'http://${url}'\`` }),
  });
}

function* checkUrl(keys: Keys, url: string | undefined): Iterable<HomelabProblem> {
  if (url === undefined) return;
  if (parseHttpUrl(url)) return;
  yield problem(keys, {
    what: 'malformed URL',
    value: url,
    ...(url.includes('@') && { secret: true }),
    allowed: 'http://... or https://..., such as https://grafana.home.arpa',
    ...(isAddress(bareAddress(url) ?? '') &&
      !url.includes('://') && { try: `write \`${keys.at(-1)}: 'http://${url}'\`` }),
  });
}

function* checkLan(keys: Keys, cidr: string | undefined): Iterable<HomelabProblem> {
  if (cidr === undefined) return;
  const fault = lanFault(cidr);
  if (!fault) return;
  const network = `${/^(\d+\.\d+\.\d+)\./.exec(cidr)?.[1] ?? '192.168.1'}.0/24`;
  const nearest = lanFault(network) ? '192.168.1.0/24' : network;
  yield problem(keys, {
    what: lanFaults[fault],
    value: cidr,
    allowed: 'one private /24 network, its last number 0, such as 192.168.1.0/24 or 10.0.0.0/24',
    try: `write \`lan: ${quote(nearest)}\``,
  });
}

const lanFaults: Readonly<Record<NonNullable<ReturnType<typeof lanFault>>, string>> = {
  malformed: 'malformed network (CIDR)',
  'not private': 'not a private network: pinging addresses of others is no good manners',
  'not /24': 'not a /24 network',
  'host bits': 'host bits are set: this is the address of one machine, not of a network',
};

/** The address inside of a URL or of host:port. */
const bareAddress = (text: string): string | undefined =>
  parseHostAndPort(text.replace(/\/.*$/, ''))?.address ??
  parseHttpUrl(text)?.hostname ??
  (/^([^/]+)\/.*$/.exec(text)?.[1] || undefined);
