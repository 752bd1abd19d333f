import { describe, expect, test } from 'vitest';
import { defineHomelab } from './define';
import type { Homelab } from './homelab';
import { HomelabError } from './homelab-error';
import { resolveHomelab, type ResolveOptions } from './resolve';
import { nas } from './testing/complaints';

const resolve = (homelab: Partial<Homelab>, options?: ResolveOptions) =>
  resolveHomelab(defineHomelab({ ...nas, ...homelab }), options);

const sourceOf = (name: string, homelab: Partial<Homelab>, options?: ResolveOptions) => {
  const source = resolve(homelab, options).sources[name];
  if (!source) throw new Error(`no source ${name}`);
  return source;
};

describe('the least homelab', () => {
  const { sources, ...rest } = resolve({});

  test('has every default', () => {
    expect(rest).toEqual({
      project: 'hl',
      timeZone: 'browser',
      urls: {},
      hosts: [{ name: 'nas', address: '192.168.1.10', sleeps: false, dependsOn: [] }],
      services: [{ name: 'prometheus', app: 'prometheus', host: null, url: null, dependsOn: [] }],
      probes: { exporter: null, targets: [], lan: null },
      dataSources: { prometheus: { key: 'prometheus', kind: 'prometheus', uid: 'prometheus', name: 'Prometheus' } },
      grafana: { mode: 'existing', dashboardsPath: '/etc/grafana/dashboards' },
      alerting: {
        engine: 'grafana',
        alertmanager: 'alertmanager:9093',
        pack: 'essential',
        alerts: {},
        receivers: {},
        routes: [],
        defaultReceiver: null,
        heartbeat: null,
        quietHours: null,
        digest: null,
        mail: null,
      },
      display: {
        temperature: 'celsius',
        bytes: 'iec',
        clock: '24h',
        weekStart: null,
        ignoredDevices: 'lo|veth.*|br-.*|docker.*|cni.*|cali.*|tailscale.*',
        ignoredFilesystems: 'tmpfs|ramfs|overlay|squashfs|nsfs|fuse.*|autofs',
      },
      privacy: 'aggregate',
      dashboards: { include: null, exclude: [] },
      targets: {},
    });
  });

  test('has node_exporter, Prometheus, and what Prometheus tells of every target', () => {
    expect(Object.keys(sources)).toEqual(['scrape', 'go_process', 'node_exporter', 'prometheus']);
    const { catalog, ...node } = sources['node_exporter']!;
    expect(catalog.source).toBe('node_exporter');
    expect(node).toEqual({
      source: 'node_exporter',
      entities: ['host'],
      select: { job: ['node'] },
      identity: { host: { label: 'host', prefix: '', suffix: '' } },
      interval: { seconds: 15, text: '15s' },
      dataSource: 'prometheus',
      spelling: { histograms: 'classic', names: 'underscores', suffixes: true },
      job: 'node',
      instances: [
        {
          host: 'nas',
          service: null,
          app: null,
          address: '192.168.1.10',
          port: 9100,
          path: '/metrics',
          parameters: {},
          scheme: 'http',
          labels: { host: 'nas' },
          version: catalog.version,
          collectors: {},
          auth: {},
        },
      ],
    });
    expect(sources['scrape']).toMatchObject({ select: {}, entities: ['host', 'service'], instances: [] });
  });
});

describe('instances', () => {
  test('take what the file says, then the host, then the catalog', () => {
    const { instances } = sourceOf('jellyfin_exporter', {
      apps: [
        { app: 'jellyfin', name: 'films', host: 'nas', exporters: [{ exporter: 'jellyfin_exporter' }] },
        {
          app: 'jellyfin',
          exporters: [
            {
              exporter: 'jellyfin_exporter',
              version: '1.3.7',
              address: '10.0.0.9',
              port: 1234,
              path: '/probe?target=a&module=b',
              scheme: 'https',
              collectors: { activity: true },
              auth: { bearerTokenFile: '/token' },
            },
          ],
        },
      ],
    });
    expect(instances).toMatchObject([
      {
        service: 'films',
        app: 'jellyfin',
        host: 'nas',
        address: '192.168.1.10',
        port: 9594,
        labels: { host: 'nas', service: 'films' },
      },
      {
        service: 'jellyfin',
        host: null,
        address: '10.0.0.9',
        port: 1234,
        path: '/probe',
        parameters: { target: 'a', module: 'b' },
        scheme: 'https',
        version: '1.3.7',
        collectors: { activity: true },
        auth: { bearerTokenFile: '/token' },
        labels: { service: 'jellyfin' },
      },
    ]);
  });

  test('without a host are reached under their own name, as a container is called', () => {
    const { instances } = sourceOf('exportarr_sonarr', {
      apps: [{ app: 'sonarr', exporters: [{ exporter: 'exportarr_sonarr' }] }],
    });
    expect(instances).toMatchObject([{ address: 'exportarr-sonarr', port: 8081 }]);
  });

  test('that push are not scraped', () => {
    const { instances } = sourceOf('tempo_metrics_generator', {
      apps: [{ app: 'tempo', exporters: [{ exporter: 'tempo_metrics_generator' }] }],
    });
    expect(instances).toMatchObject([{ port: null, service: 'tempo' }]);
  });

  test('of a host without exporters on purpose are none', () => {
    expect(resolve({ hosts: [{ name: 'nas', exporters: [] }] }).sources).not.toHaveProperty('node_exporter');
  });
});

describe('entities', () => {
  test('are those that every instance has', () => {
    const app = { app: 'jellyfin', exporters: [{ exporter: 'jellyfin_exporter' }] };
    expect(sourceOf('jellyfin_exporter', { apps: [{ ...app, host: 'nas' }] }).entities).toEqual(['host', 'service']);
    expect(sourceOf('jellyfin_exporter', { apps: [app] }).entities).toEqual(['service']);
  });

  test('and those that the exporter tells apart', () => {
    const source = sourceOf('cadvisor', { hosts: [{ name: 'nas', exporters: [{ exporter: 'cadvisor' }] }] });
    expect(source.entities).toEqual(['host', 'container']);
    expect(source.identity.container).toEqual({ label: 'name', prefix: '', suffix: '' });
  });
});

describe('identity', () => {
  test('static targets: what is written is what is looked for', () => {
    const source = sourceOf('node_exporter', {
      sources: {
        node_exporter: {
          select: { job: 'node_exporter', site: ['home', 'garage'] },
          identity: { host: { label: 'instance', pattern: '{host}:9100' } },
        },
      },
    });
    expect(source).toMatchObject({
      job: 'node_exporter',
      select: { job: ['node_exporter'], site: ['home', 'garage'] },
      identity: { host: { label: 'instance', prefix: '', suffix: ':9100' } },
      instances: [{ labels: { instance: 'nas:9100', site: 'home' } }],
    });
  });

  test('Alloy: the label is the name', () => {
    const source = sourceOf('node_exporter', {
      sources: {
        node_exporter: { select: { job: 'integrations/unix' }, identity: { host: 'instance' }, interval: '60s' },
      },
    });
    expect(source).toMatchObject({
      job: 'integrations/unix',
      interval: { seconds: 60, text: '1m' },
      instances: [{ labels: { instance: 'nas' } }],
    });
  });

  test('OTLP: several jobs, the first of which we write; a job is no label to write', () => {
    const source = sourceOf('node_exporter', {
      sources: { node_exporter: { select: { job: ['a/node', 'b/node'] }, identity: { service: 'job' } } },
    });
    expect(source).toMatchObject({
      job: 'a/node',
      select: { job: ['a/node', 'b/node'] },
      entities: ['host', 'service'],
    });
    expect(source.instances[0]?.labels).toEqual({ host: 'nas' });
  });

  test('a source that only `sources` names is there, without instances', () => {
    expect(sourceOf('otel_spanmetrics', { sources: { otel_spanmetrics: { select: { job: 'x' } } } })).toMatchObject({
      entities: ['service'],
      identity: { service: { label: 'service_name' } },
      instances: [],
    });
  });
});

describe('jobs', () => {
  test('two sources never share one', () => {
    const apps = [
      { app: 'jellyfin', host: 'nas', exporters: [{ exporter: 'jellyfin' }, { exporter: 'jellyfin_exporter' }] },
    ];
    const { sources } = resolve({ apps });
    expect(sources['jellyfin']?.job).toBe('jellyfin');
    expect(sources['jellyfin_exporter']?.job).toBe('jellyfin-exporter');
  });
});

describe('intervals', () => {
  test('are those that the exporter needs', () => {
    const { sources } = resolve({
      apps: [
        { app: 'sonarr', exporters: [{ exporter: 'exportarr_sonarr' }] },
        { app: 'line', exporters: [{ exporter: 'speedtest_exporter' }] },
      ],
      probes: { router: '192.168.1.1', lan: '192.168.1.0/24' },
    });
    const texts = Object.fromEntries(Object.values(sources).map(({ source, interval }) => [source, interval.text]));
    expect(texts).toEqual({
      // As slow as the slowest that Prometheus does not forget between two scrapes.
      scrape: '1m',
      go_process: '1m',
      node_exporter: '15s',
      exportarr_sonarr: '1m',
      speedtest_exporter: '1h',
      prometheus: '15s',
      blackbox_exporter: '30s',
      blackbox_lan: '1m',
    });
  });

  test('keep fractions of a second', () => {
    expect(sourceOf('node_exporter', { sources: { node_exporter: { interval: '500ms' } } }).interval).toEqual({
      seconds: 0.5,
      text: '500ms',
    });
  });
});

describe('Prometheus and Alertmanager', () => {
  test('are where the data source says, or the URL', () => {
    const url = 'https://metrics.lan/prom/';
    expect(sourceOf('prometheus', { urls: { prometheus: url } }).instances).toMatchObject([
      { service: 'prometheus', scheme: 'https', address: 'metrics.lan', port: 443, path: '/prom/metrics' },
    ]);
    const dataSources = { p: { kind: 'prometheus', uid: 'p', url: 'http://10.0.0.3:9090' } } as const;
    expect(sourceOf('prometheus', { urls: { prometheus: url }, dataSources }).instances).toMatchObject([
      { address: '10.0.0.3', port: 9090, path: '/metrics' },
    ]);
    expect(sourceOf('prometheus', {}).instances).toMatchObject([{ address: 'prometheus', port: 9090 }]);
  });

  test('are not added to those that the file lists', () => {
    const apps = [{ app: 'prometheus', name: 'metrics', host: 'nas' }];
    const { sources, services } = resolve({ apps });
    expect(sources['prometheus']?.instances).toMatchObject([
      { service: 'metrics', host: 'nas', address: '192.168.1.10' },
    ]);
    expect(services.map(({ name }) => name)).toEqual(['metrics']);
  });

  test('are not scraped where the file lists them without exporters', () => {
    expect(resolve({ apps: [{ app: 'prometheus', exporters: [] }] }).sources).not.toHaveProperty('prometheus');
    expect(resolve({ apps: [{ app: 'prometheus' }] }).sources).toHaveProperty('prometheus');
  });

  test('Alertmanager is there where it is needed', () => {
    expect(resolve({}).sources).not.toHaveProperty('alertmanager');
    const alerting = { engine: 'prometheus', alertmanager: '10.0.0.4:9094' } as const;
    expect(sourceOf('alertmanager', { alerting }).instances).toMatchObject([{ address: '10.0.0.4', port: 9094 }]);
    expect(resolve({ alerting }, { engine: 'grafana' }).sources).not.toHaveProperty('alertmanager');
    expect(resolve({}, { engine: 'mimir' }).alerting.engine).toBe('mimir');
  });

  test('beside vmalert there need not be a Prometheus', () => {
    expect(resolve({}, { engine: 'vmalert' }).sources).not.toHaveProperty('prometheus');
  });
});

describe('probes', () => {
  const probes: NonNullable<Homelab['probes']> = {
    exporter: 'box:9116',
    version: '0.24.0',
    router: '192.168.1.1',
    internet: [{ name: 'Quad9', address: '9.9.9.9' }],
    dns: [
      { name: 'Pi-hole', address: '192.168.1.12' },
      { name: 'Quad9 DNS', address: '9.9.9.9', query: 'a.b' },
    ],
    lan: '10.1.2.0/24',
    services: [
      { name: 'wiki', url: 'https://wiki.example.org/', host: 'nas', alsoUp: [401], verifyTls: false },
      { name: 'site', url: 'https://example.org/', dependsOn: [] },
      { name: 'git', url: 'nas:22' },
      { name: 'sonarr', url: 'https://sonarr.example.org/', dependsOn: [] },
    ],
  };
  const resolved = resolve({ probes, apps: [{ app: 'sonarr', host: 'nas' }] });

  test('say who asks, how, whom, and from where the answer comes', () => {
    expect(resolved.probes.exporter).toEqual({ address: 'box', port: 9116, version: '0.24.0' });
    expect(
      resolved.probes.targets.map(({ group, name, by, target, query, reach, host }) => [
        group,
        name,
        by,
        target,
        query,
        reach,
        host,
      ]),
    ).toEqual([
      ['router', 'router', 'icmp', '192.168.1.1', null, 'internal', null],
      ['internet', 'Quad9', 'icmp', '9.9.9.9', null, 'external', null],
      ['dns', 'Pi-hole', 'dns', '192.168.1.12', 'example.com', 'internal', null],
      ['dns', 'Quad9 DNS', 'dns', '9.9.9.9', 'a.b', 'external', null],
      ['service', 'wiki', 'http', 'https://wiki.example.org/', null, 'internal', 'nas'],
      ['service', 'site', 'http', 'https://example.org/', null, 'external', null],
      ['service', 'git', 'tcp', 'nas:22', null, 'internal', null],
      ['service', 'sonarr', 'http', 'https://sonarr.example.org/', null, 'internal', 'nas'],
    ]);
    expect(resolved.probes.targets[4]).toMatchObject({
      alsoUp: [401],
      verifyTls: false,
      labels: { host: 'nas', service: 'wiki', group: 'service', reach: 'internal' },
    });
  });

  test('are services; one of an app joins it', () => {
    expect(resolved.services).toEqual([
      { name: 'sonarr', app: 'sonarr', host: 'nas', url: 'https://sonarr.example.org/', dependsOn: [] },
      { name: 'prometheus', app: 'prometheus', host: null, url: null, dependsOn: [] },
      { name: 'wiki', app: null, host: 'nas', url: 'https://wiki.example.org/', dependsOn: [] },
      { name: 'site', app: null, host: null, url: 'https://example.org/', dependsOn: [] },
      { name: 'git', app: null, host: null, url: 'nas:22', dependsOn: [] },
    ]);
  });

  test('the LAN is a source of its own, one device an address', () => {
    expect(resolved.probes.lan?.addresses).toHaveLength(254);
    expect(resolved.probes.lan?.addresses.at(-1)).toBe('10.1.2.254');
    expect(resolved.sources['blackbox_lan']).toMatchObject({
      catalog: { source: 'blackbox_exporter' },
      entities: ['device'],
      select: { job: ['blackbox-lan'] },
      instances: [],
    });
    expect(resolved.sources['blackbox_exporter']).toMatchObject({
      entities: ['service'],
      instances: [{ address: 'box', port: 9116, path: '/metrics', version: '0.24.0' }],
    });
  });

  test('go through the blackbox_exporter that the file lists', () => {
    const hosts = [
      { name: 'nas', address: '192.168.1.10', exporters: [{ exporter: 'blackbox_exporter', version: '0.25.0' }] },
    ];
    const { probes, sources } = resolve({ hosts, probes: { router: '192.168.1.1' } });
    expect(probes.exporter).toEqual({ address: '192.168.1.10', port: 9115, version: '0.25.0' });
    expect(sources['blackbox_exporter']?.instances).toHaveLength(1);
  });
});

describe('modes and data sources', () => {
  test('owned writes the default data source', () => {
    expect(resolve({}, { mode: 'owned' })).toMatchObject({
      grafana: { mode: 'owned' },
      dataSources: { prometheus: { url: 'http://prometheus:9090' } },
    });
  });

  test('owned asks of a file that was written for existing where its data sources are', () => {
    const dataSources = { prometheus: { kind: 'prometheus', uid: 'p' } } as const;
    expect(() => resolve({ dataSources }, { mode: 'owned' })).toThrow(HomelabError);
    expect(() => resolve({ dataSources }, { mode: 'owned' })).toThrow('error: dataSources.prometheus.url: missing');
    expect(resolve({ dataSources, grafana: { mode: 'existing' } }).dataSources).toHaveProperty('prometheus');
  });

  test('the default data source is the one that holds metrics', () => {
    const mimir = { kind: 'prometheus', uid: 'mimir' } as const;
    const loki = { kind: 'loki', uid: 'loki', name: 'Logs' } as const;
    expect(resolve({ dataSources: { loki } }).dataSources).toMatchObject({
      prometheus: { uid: 'prometheus' },
      loki: { key: 'loki', name: 'Logs' },
    });
    const resolved = resolve({ dataSources: { loki, mimir } });
    expect(Object.keys(resolved.dataSources)).toEqual(['loki', 'mimir']);
    expect(resolved.sources['node_exporter']?.dataSource).toBe('mimir');
  });
});

describe('the rest', () => {
  test('slashes at the end of URLs go', () => {
    expect(resolve({ urls: { grafana: 'https://g/', runbooks: 'https://r/docs//' } }).urls).toEqual({
      grafana: 'https://g',
      runbooks: 'https://r/docs',
    });
  });

  test('routes are lists, and the first receiver is the default', () => {
    const mail = { kind: 'email', to: ['me@example.org'] } as const;
    const alerting = {
      receivers: { mail, phone: mail },
      routes: [
        { severity: 'critical', to: 'phone' },
        { category: ['power', 'capacity'], to: 'mail' },
      ],
    } as const;
    expect(resolve({ alerting }).alerting).toMatchObject({
      defaultReceiver: 'mail',
      routes: [
        { severity: ['critical'], category: null, to: 'phone' },
        { severity: null, category: ['power', 'capacity'], to: 'mail' },
      ],
    });
  });
});
