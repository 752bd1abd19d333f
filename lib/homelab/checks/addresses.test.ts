import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

describe('the LAN', () => {
  test.each([
    ['192.168.1.5/24', 'host bits are set', '192.168.1.0/24'],
    ['192.168.0.0/16', 'not a /24 network', '192.168.0.0/24'],
    ['192.168.1.0/25', 'not a /24 network', '192.168.1.0/24'],
    ['8.8.8.0/24', 'not a private network', '192.168.1.0/24'],
    ['172.32.0.0/24', 'not a private network', '192.168.1.0/24'],
    ['192.168.1.0', 'malformed network (CIDR)', '192.168.1.0/24'],
    ['192.168.300.0/24', 'malformed network (CIDR)', '192.168.1.0/24'],
    ['192.168.1.0/33', 'malformed network (CIDR)', '192.168.1.0/24'],
    ['fd00::/64', 'malformed network (CIDR)', '192.168.1.0/24'],
    ['home', 'malformed network (CIDR)', '192.168.1.0/24'],
  ])('%s is refused: %s', (lan, what, meant) => {
    const text = complaints({ probes: { lan } });
    expect(text).toContain(`error: probes.lan: ${what}`);
    expect(text).toContain(`got '${lan}'`);
    expect(text).toContain(`try: write \`lan: '${meant}'\``);
  });

  test.each(['192.168.1.0/24', '10.20.30.0/24', '172.16.0.0/24', '172.31.255.0/24'])('%s passes', (lan) => {
    expect(complaints({ probes: { lan } })).toBe('');
  });
});

describe('addresses', () => {
  test.each(['192.168.1.10', 'nas', 'nas.home.arpa', 'node_exporter', 'fd00::1', 'nas.lan.'])(
    '%s passes',
    (address) => {
      expect(complaints({ hosts: [{ name: 'nas', address }] })).toBe('');
    },
  );

  test.each([
    ['http://192.168.1.10', '192.168.1.10'],
    ['http://192.168.1.10:9100/metrics', '192.168.1.10'],
    ['192.168.1.10:9100', '192.168.1.10'],
    ['nas.lan/metrics', 'nas.lan'],
  ])('%s holds an address', (address, meant) => {
    expect(complaints({ hosts: [{ name: 'nas', address }] })).toBe(
      [
        `error: hosts[0].address: malformed address, got '${address}'`,
        '  allowed: a DNS name or an IP address, without scheme, port or path, such as 192.168.1.10 or nas.lan',
        `  try: write \`address: '${meant}'\``,
      ].join('\n'),
    );
  });

  test.each(['192.168.1.300', '192.168.1', 'my nas', '-nas', ''])('%j is none', (address) => {
    expect(complaints({ hosts: [{ name: 'nas', address }] })).toContain('hosts[0].address: malformed address');
  });

  test('a name that no DNS could resolve needs an address', () => {
    expect(complaints({ hosts: [{ name: 'My NAS' }] })).toBe(
      [
        "error: hosts[0].name: no address: this name is no DNS name, and there is no `address:`, got 'My NAS'",
        '  try: add `address:` with the DNS name or IP address that Prometheus reaches',
      ].join('\n'),
    );
    expect(complaints({ hosts: [{ name: 'My NAS', address: '192.168.1.10' }] })).toBe('');
  });

  test('everywhere', () => {
    const bad = 'not an address';
    const text = complaints({
      hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', address: bad }] }],
      probes: { router: bad, internet: [{ name: 'a', address: bad }], dns: [{ name: 'b', address: bad, query: bad }] },
    });
    expect(text.match(/^error: \S+: malformed address/gm)).toEqual(
      [
        'hosts[0].exporters[0].address',
        'probes.router',
        'probes.internet[0].address',
        'probes.dns[0].address',
        'probes.dns[0].query',
      ].map((path) => `error: ${path}: malformed address`),
    );
  });
});

describe('host:port', () => {
  test('a port is not left out', () => {
    expect(complaints({ probes: { exporter: 'blackbox' }, alerting: { alertmanager: '192.168.1.10' } })).toBe(
      [
        "error: probes.exporter: malformed address, got 'blackbox'",
        '  allowed: host:port, the port from 1 to 65535, such as blackbox-exporter:9115',
        "  try: write `exporter: 'blackbox:9115'`",
        "error: alerting.alertmanager: malformed address, got '192.168.1.10'",
        '  allowed: host:port, the port from 1 to 65535, such as alertmanager:9093',
        "  try: write `alertmanager: '192.168.1.10:9093'`",
      ].join('\n'),
    );
  });

  test.each(['blackbox:0', 'blackbox:65536', 'http://blackbox:9115'])('%s is refused', (exporter) => {
    expect(complaints({ probes: { exporter } })).toContain('probes.exporter: malformed address');
  });

  test.each(['blackbox:9115', '192.168.1.10:1', '[fd00::1]:9115'])('%s passes', (exporter) => {
    expect(complaints({ probes: { exporter } })).toBe('');
  });
});

describe('URLs', () => {
  const service = (url: string): string => complaints({ probes: { services: [{ name: 'wiki', url }] } });

  test.each(['http://wiki', 'https://wiki.example.org:8443/path?a=b', 'wiki:22', '192.168.1.10:5432'])(
    '%s is a service',
    (url) => {
      expect(service(url)).toBe('');
    },
  );

  test('a URL without its scheme', () => {
    expect(service('wiki.lan/start')).toBe(
      [
        "error: probes.services[0].url: malformed URL, got 'wiki.lan/start'",
        '  allowed: http://... or https://... to ask by HTTP, host:port to open a TCP connection',
        "  try: write `url: 'http://wiki.lan/start'`",
      ].join('\n'),
    );
    expect(complaints({ urls: { grafana: 'grafana.lan:3000' } })).toBe(
      [
        "error: urls.grafana: malformed URL, got 'grafana.lan:3000'",
        '  allowed: http://... or https://..., such as https://grafana.home.arpa',
        "  try: write `grafana: 'http://grafana.lan:3000'`",
      ].join('\n'),
    );
  });

  test.each(['ftp://wiki', 'https://', 'http:///path', 'https://a b'])('%s is none', (url) => {
    expect(complaints({ urls: { prometheus: url } })).toContain('urls.prometheus: malformed URL');
    expect(complaints({ dataSources: { a: { kind: 'loki', uid: 'a', url } } })).toContain(
      'dataSources.a.url: malformed URL',
    );
  });
});
