import { describe, expect, it } from 'vitest';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import traefikCatalog from '../catalog/recorded/traefik.json';
import scrapeCatalog from '../catalog/recorded/scrape.json';
import type { SourceSettings } from '../homelab/homelab';
import type { Expression } from './expression';
import { absent, absentTargets, count, join, max, min, rate, sum } from './operators';
import { printExpression } from './print';
import { defineSource, not, oneOf, picked } from './source';
import { contextOf } from './testing/context';

const node = defineSource(nodeCatalog, ['host']);
const leaf = node.metric('node_load1');
const rated = rate(node.metric('node_network_receive_bytes_total', { device: picked('interface') }));
const aggregate = sum(rated, 'host', 'device');
const joined = join(max(leaf, 'host'), node.metric('node_uname_info'), ['host'], ['release']);

/** How other people's Prometheus tells hosts apart. */
const fixtures = {
  ours: {},
  'static targets': {
    select: { job: 'node' },
    identity: { host: { label: 'instance', pattern: '{host}:9100' } },
  },
  Alloy: { select: { job: 'integrations/unix' }, identity: { host: 'instance' }, interval: '60s' },
  OTLP: {
    select: { job: ['homelab/node', 'homelab/node.2'] },
    identity: { host: { label: 'instance', pattern: 'home.{host}' } },
  },
} satisfies Readonly<Record<string, SourceSettings>>;

type Fixture = keyof typeof fixtures;

const print = (
  fixture: Fixture,
  expression: Expression,
  variables: 'none' | 'single' | 'multi',
  keep?: ReadonlySet<string>,
) => {
  const chosen = variables === 'none' ? {} : { host: variables, interface: variables };
  return printExpression(
    expression,
    contextOf({ sources: { node_exporter: fixtures[fixture] } }, { variables: chosen }),
    keep,
  );
};

type Case = readonly [variables: 'none' | 'single' | 'multi', expression: Expression, promql: string];

const cases: Readonly<Record<Fixture, readonly Case[]>> = {
  ours: [
    ['none', leaf, 'node_load1{job="node"}'],
    ['single', leaf, 'node_load1{job="node", host="$host"}'],
    ['multi', leaf, 'node_load1{job="node", host=~"$host"}'],
    ['none', rated, 'rate(node_network_receive_bytes_total{job="node"}[$__rate_interval])'],
    ['multi', rated, 'rate(node_network_receive_bytes_total{job="node", device=~"$interface", host=~"$host"}[$__rate_interval])'],
    ['single', aggregate, 'sum by (host, device) (rate(node_network_receive_bytes_total{job="node", device="$interface", host="$host"}[$__rate_interval]))'],
    ['single', joined, 'max by (host) (node_load1{job="node", host="$host"}) * on (host) group_left (release) group by (host, release) (node_uname_info{job="node", host="$host"})'],
  ],
  'static targets': [
    ['none', leaf, 'label_replace(node_load1{job="node"}, "host", "$1", "instance", "(.+):9100")'],
    ['single', leaf, 'label_replace(node_load1{job="node", instance="${host}:9100"}, "host", "$1", "instance", "(.+):9100")'],
    ['multi', leaf, 'label_replace(node_load1{job="node", instance=~"${host}:9100"}, "host", "$1", "instance", "(.+):9100")'],
    ['none', rated, 'label_replace(rate(node_network_receive_bytes_total{job="node"}[$__rate_interval]), "host", "$1", "instance", "(.+):9100")'],
    ['multi', rated, 'label_replace(rate(node_network_receive_bytes_total{job="node", device=~"$interface", instance=~"${host}:9100"}[$__rate_interval]), "host", "$1", "instance", "(.+):9100")'],
    ['single', aggregate, 'sum by (host, device) (label_replace(rate(node_network_receive_bytes_total{job="node", device="$interface", instance="${host}:9100"}[$__rate_interval]), "host", "$1", "instance", "(.+):9100"))'],
    ['single', joined, 'max by (host) (label_replace(node_load1{job="node", instance="${host}:9100"}, "host", "$1", "instance", "(.+):9100")) * on (host) group_left (release) group by (host, release) (label_replace(node_uname_info{job="node", instance="${host}:9100"}, "host", "$1", "instance", "(.+):9100"))'],
  ],
  Alloy: [
    ['none', leaf, 'label_replace(node_load1{job="integrations/unix"}, "host", "$1", "instance", "(.+)")'],
    ['single', leaf, 'label_replace(node_load1{job="integrations/unix", instance="$host"}, "host", "$1", "instance", "(.+)")'],
    ['multi', leaf, 'label_replace(node_load1{job="integrations/unix", instance=~"$host"}, "host", "$1", "instance", "(.+)")'],
    ['none', rated, 'label_replace(rate(node_network_receive_bytes_total{job="integrations/unix"}[$__rate_interval]), "host", "$1", "instance", "(.+)")'],
    ['multi', rated, 'label_replace(rate(node_network_receive_bytes_total{job="integrations/unix", device=~"$interface", instance=~"$host"}[$__rate_interval]), "host", "$1", "instance", "(.+)")'],
    ['single', aggregate, 'sum by (host, device) (label_replace(rate(node_network_receive_bytes_total{job="integrations/unix", device="$interface", instance="$host"}[$__rate_interval]), "host", "$1", "instance", "(.+)"))'],
    ['single', joined, 'max by (host) (label_replace(node_load1{job="integrations/unix", instance="$host"}, "host", "$1", "instance", "(.+)")) * on (host) group_left (release) group by (host, release) (label_replace(node_uname_info{job="integrations/unix", instance="$host"}, "host", "$1", "instance", "(.+)"))'],
  ],
  OTLP: [
    ['none', leaf, 'label_replace(node_load1{job=~"homelab/node|homelab/node\\\\.2"}, "host", "$1", "instance", "home\\\\.(.+)")'],
    ['single', leaf, 'label_replace(node_load1{job=~"homelab/node|homelab/node\\\\.2", instance="home.${host}"}, "host", "$1", "instance", "home\\\\.(.+)")'],
    ['multi', leaf, 'label_replace(node_load1{job=~"homelab/node|homelab/node\\\\.2", instance=~"home\\\\.${host}"}, "host", "$1", "instance", "home\\\\.(.+)")'],
    ['none', rated, 'label_replace(rate(node_network_receive_bytes_total{job=~"homelab/node|homelab/node\\\\.2"}[$__rate_interval]), "host", "$1", "instance", "home\\\\.(.+)")'],
    ['multi', rated, 'label_replace(rate(node_network_receive_bytes_total{job=~"homelab/node|homelab/node\\\\.2", device=~"$interface", instance=~"home\\\\.${host}"}[$__rate_interval]), "host", "$1", "instance", "home\\\\.(.+)")'],
    ['single', aggregate, 'sum by (host, device) (label_replace(rate(node_network_receive_bytes_total{job=~"homelab/node|homelab/node\\\\.2", device="$interface", instance="home.${host}"}[$__rate_interval]), "host", "$1", "instance", "home\\\\.(.+)"))'],
    ['single', joined, 'max by (host) (label_replace(node_load1{job=~"homelab/node|homelab/node\\\\.2", instance="home.${host}"}, "host", "$1", "instance", "home\\\\.(.+)")) * on (host) group_left (release) group by (host, release) (label_replace(node_uname_info{job=~"homelab/node|homelab/node\\\\.2", instance="home.${host}"}, "host", "$1", "instance", "home\\\\.(.+)"))'],
  ],
}; // prettier-ignore

describe.each(Object.keys(fixtures) as Fixture[])('identity of a host: %s', (fixture) => {
  it.each(cases[fixture])('%s, case %#', (variables, expression, promql) => {
    expect(print(fixture, expression, variables)).toBe(promql);
  });

  it('makes no label that nobody uses', () => {
    expect(print(fixture, count(leaf), 'none')).not.toContain('label_replace');
    expect(print(fixture, leaf, 'none', new Set())).not.toContain('label_replace');
  });

  it('narrows nothing in an alert', () => {
    const context = contextOf(
      { sources: { node_exporter: fixtures[fixture] } },
      { place: 'alert', variables: { host: 'single' } },
    );
    expect(printExpression(aggregate, context)).not.toContain('$host');
  });
});

describe('conditions on an entity', () => {
  const on = (fixture: Fixture, expression: Expression) => print(fixture, expression, 'multi', new Set());

  it('are found where the source has it', () => {
    const nas = node.metric('node_load1', { host: 'nas' });
    expect(on('ours', nas)).toBe('node_load1{job="node", host="nas"}');
    expect(on('static targets', nas)).toBe('node_load1{job="node", instance="nas:9100"}');
    expect(on('Alloy', node.metric('node_load1', { host: not('nas') }))).toBe(
      'node_load1{job="integrations/unix", instance!="nas"}',
    );
  });

  it('stay whole inside a pattern', () => {
    expect(on('OTLP', node.metric('node_load1', { host: oneOf('nas', 'pi') }))).toContain(
      'instance=~"home\\\\.(nas|pi)"',
    );
  });

  it('of absence come back as the entity', () => {
    const gone = absent(node.scraped('up', { host: 'nas' }));
    expect(print('ours', gone, 'none')).toBe('absent(up{job="node", host="nas"})');
    expect(print('static targets', gone, 'none')).toBe(
      'label_replace(absent(up{job="node", instance="nas:9100"}), "host", "$1", "instance", "(.+):9100")',
    );
  });
});

describe('absent targets', () => {
  const scrape = defineSource(scrapeCatalog, ['host', 'service']);

  it('are asked for one by one, by the labels of their own source', () => {
    const context = contextOf({
      exporters: ['jellyfin_exporter'],
      sources: { node_exporter: fixtures['static targets'], prometheus: { identity: { service: 'job' } } },
    });
    expect(printExpression(absentTargets(scrape.metric('up')), context).split(' or ')).toEqual([
      'label_replace(absent(up{job="node", instance="nas:9100"}), "host", "$1", "instance", "(.+):9100")',
      'absent(up{job="jellyfin", host="nas", service="jellyfin_exporter"})',
      'label_replace(absent(up{job="prometheus"}), "service", "$1", "job", "(.+)")',
    ]);
  });
});

describe('labels that the scrape renames', () => {
  const traefik = defineSource(traefikCatalog, ['service'], { exported: ['service'] });
  const requests = sum(
    rate(traefik.metric('traefik_service_requests_total', { exported_service: not('api@internal') })),
    'service',
    'exported_service',
  );

  it('are exported_… where our scrape writes the same label', () => {
    expect(printExpression(requests, contextOf({ exporters: ['traefik'] }))).toBe(
      'sum by (service, exported_service) (rate(traefik_service_requests_total{job="traefik", exported_service!="api@internal"}[$__rate_interval]))',
    );
  });

  it('are as the exporter has them where the service is found elsewhere', () => {
    const context = contextOf({ exporters: ['traefik'], sources: { traefik: { identity: { service: 'job' } } } });
    expect(printExpression(requests, context)).toBe(
      'sum by (service, exported_service) (label_replace(label_replace(rate(traefik_service_requests_total{job="traefik", service!="api@internal"}[$__rate_interval]), "exported_service", "$1", "service", "(.+)"), "service", "$1", "job", "(.+)"))',
    );
  });
});

describe('what rules write', () => {
  it('carries entities by name, however scraped series spell them', () => {
    const rules = defineSource(scrapeCatalog, ['host'], { added: ['severity'], byRules: true });
    const context = contextOf(
      { sources: { scrape: { select: { cluster: 'home' }, identity: { host: 'instance' } } } },
      { variables: { host: 'single' } },
    );
    expect(printExpression(min(rules.metric('ALERTS', { severity: 'critical' }), 'host'), context)).toBe(
      'min by (host) (ALERTS{severity="critical", host="$host"})',
    );
  });
});
