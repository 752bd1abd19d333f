import { afterEach, describe, expect, it } from 'vitest';
import { recordedCatalogs } from '../homelab/catalogs';
import { checkHomelab } from '../homelab/check';
import { probe } from '../server/probe';
import { prometheusServer } from '../server/prometheus';
import { lookAtPrometheus } from './look-prometheus';
import { propose } from './propose';
import type { SeenGrafana, SeenPrometheus } from './seen';
import { recordedAnswers, standInFor, type Answers, type StandIn } from './testing/recorded-prometheus';

const machine = { name: 'bench', timeZone: 'UTC' };

let servers: StandIn[] = [];
afterEach(async () => {
  for (const { stop } of servers) await stop();
  servers = [];
});

const lookAt = async (answers: Answers): Promise<{ readonly seen: SeenPrometheus; readonly server: StandIn }> => {
  const server = await standInFor(answers);
  servers.push(server);
  const prometheus = prometheusServer(server.url, {});
  await probe(prometheus);
  const seen = await lookAtPrometheus(prometheus, { catalogs: recordedCatalogs, now: 1_800_000_000 });
  return { seen, server };
};

/** Ports are others at each recording. */
const withoutPorts = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (key === 'port' ? '…' : each)).replace(/:\d{5}(?=[/"])/g, ':…'),
  );

describe('three Prometheus that nobody prepared', () => {
  it('with labels of their owner: machines by `hostname`, two apps in one job, sites that are probed', async () => {
    const { seen, server } = await lookAt(recordedAnswers('labelled'));
    expect(server.unanswered.filter((question) => !question.includes('/metadata'))).toEqual([]);
    const { homelab, comments, suggestions, unsaid } = propose({ prometheus: seen, machine }, {}, recordedCatalogs);
    expect(checkHomelab(homelab)).toEqual([]);
    expect(withoutPorts(homelab.hosts)).toEqual([
      {
        name: 'nas',
        address: '127.0.0.1',
        exporters: [
          // Its collector of systemd is on, and found nothing on this machine.
          { exporter: 'node_exporter', version: '1.5.0', port: '…' },
          { exporter: 'cadvisor', version: '0.48.0', port: '…' },
        ],
      },
    ]);
    const apps = homelab.apps?.map(({ app, name, host }) => ({ app, name, host })) ?? [];
    expect(withoutPorts(apps.toSorted((a, b) => a.app.localeCompare(b.app)))).toEqual([
      { app: 'pihole', name: 'dns' },
      { app: 'prometheus' },
      { app: 'qbittorrent', name: 'torrents', host: 'nas' },
      { app: 'radarr', name: '127.0.0.1:…' },
      { app: 'sonarr', name: '127.0.0.1:…' },
    ]);
    expect(homelab.sources).toMatchObject({
      node_exporter: { select: { job: 'nodes' }, identity: { host: 'hostname' }, interval: '2s' },
      exportarr_v2_sonarr: { select: { job: 'arr' }, identity: { service: 'instance' } },
      qbittorrent_exporter: { identity: { service: 'job', host: 'hostname' } },
      blackbox_exporter: { select: { job: 'websites' }, identity: { service: 'instance' } },
      scrape: { identity: { host: 'hostname', service: 'job' } },
    });
    expect(comments['hosts[0].exporters[0]']).toEqual(['Version 1.5.0: `node_exporter_build_info` says so.']);
    expect(comments['sources.node_exporter']).toContain('Scraped every 2s: the server says so of its targets.');
    expect(suggestions.map(({ part }) => withoutPorts(part))).toEqual([
      {
        probes: {
          exporter: '127.0.0.1:…',
          version: '0.23.0',
          services: [{ name: '127.0.0.1', url: 'http://127.0.0.1:…/' }],
        },
      },
    ]);
    expect(unsaid).toEqual([expect.stringMatching(/^job `attic` .*attic_sensor_celsius, attic_sensor_humidity/)]);
  });

  it('without any labels: machines by their address, the version by what is there and what is gone', async () => {
    const { seen } = await lookAt(recordedAnswers('bare'));
    const { homelab, comments } = propose({ prometheus: seen, machine }, {}, recordedCatalogs);
    expect(homelab.hosts.map(({ name, exporters = [] }) => [name, exporters[0]?.version])).toEqual([
      ['127.0.0.2', '1.3.0'],
      ['127.0.0.3', '1.9.1'],
    ]);
    expect(comments['hosts[0].exporters[0]']?.[0]).toMatch(
      /^Version 1\.3\.0: or later: `\w+` came with it, older than /,
    );
    const { port } = homelab.hosts[0]?.exporters?.[0] ?? {};
    expect(homelab.sources?.['node_exporter']?.identity).toEqual({
      host: { label: 'instance', pattern: `{host}:${port}` },
    });
    expect(homelab.sources?.['speedtest_exporter']?.interval).toBe('3s');
    // This Prometheus does not scrape itself.
    expect(homelab.apps).toContainEqual({ app: 'prometheus', exporters: [] });
  });

  it('as Alloy writes it: `instance` is the machine, services have our label', async () => {
    const { seen } = await lookAt(recordedAnswers('alloy'));
    const { homelab, unsaid } = propose({ prometheus: seen, machine }, {}, recordedCatalogs);
    expect(homelab.hosts.map(({ name, exporters = [] }) => [name, exporters.map(({ exporter }) => exporter)])).toEqual([
      ['tower', ['node_exporter', 'cadvisor']],
    ]);
    expect(homelab.sources?.['node_exporter']).toMatchObject({
      select: { job: 'integrations/unix' },
      identity: { host: 'instance' },
    });
    expect(homelab.apps?.map(({ app, name }) => [app, name])).toEqual([
      ['traefik', undefined],
      ['prometheus', undefined],
      ['uptime-kuma', 'uptime'],
    ]);
    expect(homelab.sources?.['traefik']).not.toHaveProperty('identity');
    expect(unsaid).toEqual([]);
  });

  it('measures the interval where the server says none', async () => {
    const { '/api/v1/targets?state=active': _, '/api/v1/status/config': __, ...rest } = recordedAnswers('labelled');
    const { seen } = await lookAt(rest);
    const { homelab, comments, unsaid } = propose({ prometheus: seen, machine }, {}, recordedCatalogs);
    expect(homelab.sources?.['node_exporter']?.interval).toBe('2s');
    expect(comments['sources.node_exporter']).toContainEqual(expect.stringContaining('measured'));
    expect(unsaid).toContainEqual(expect.stringMatching(/\/api\/v1\/targets.*: addresses are read from `instance`$/));
  });
});

describe('addresses that are probed', () => {
  const probed = (instance: string, labels: Readonly<Record<string, string>>) => ({
    job: 'blackbox',
    instance,
    labels: { job: 'blackbox', instance, ...labels } as Readonly<Record<string, string>>,
    url: `http://10.0.0.5:9115/probe?module=${/dns/.test(labels['group'] ?? '') ? 'dns' : 'icmp'}&target=${instance}`,
    up: true,
  });
  const seen = (targets: readonly ReturnType<typeof probed>[]): SeenPrometheus => ({
    url: 'http://10.0.0.5:9090',
    sources: [
      {
        source: 'blackbox_exporter',
        fit: { source: 'blackbox_exporter', seen: 9, missing: 30, strange: [], metrics: ['probe_success'] },
        job: 'blackbox',
        targets,
        versions: {},
        collectors: {},
        isScraped: true,
        isProbe: true,
      },
    ],
    open: [],
    nodeNames: {},
    unsaid: [],
  });
  const targets = [
    probed('192.168.1.1', { group: 'router', reach: 'internal', service: 'router' }),
    probed('9.9.9.9', { group: 'internet', reach: 'external', service: 'Quad9' }),
    probed('192.168.1.2', { group: 'dns', reach: 'internal', service: 'Pi-hole' }),
    probed('https://wiki.lan/', { group: 'service', reach: 'internal', service: 'wiki' }),
  ];

  it('by our own scrape configuration are taken in with their names', () => {
    const { homelab, suggestions } = propose({ prometheus: seen(targets), machine }, {}, recordedCatalogs);
    expect(checkHomelab(homelab)).toEqual([]);
    expect(homelab.probes).toEqual({
      exporter: '10.0.0.5:9115',
      router: '192.168.1.1',
      internet: [{ name: 'Quad9', address: '9.9.9.9' }],
      dns: [{ name: 'Pi-hole', address: '192.168.1.2' }],
      services: [{ name: 'wiki', url: 'https://wiki.lan/' }],
    });
    expect(homelab.sources?.['blackbox_exporter']).toEqual({ select: { job: 'blackbox' } });
    expect(suggestions).toEqual([]);
  });

  it('otherwise wait as a comment, because panels would ask for labels that are not there', () => {
    const strange = targets.map(({ labels: { group: _, service: __, ...labels }, ...rest }) => ({ ...rest, labels }));
    const { homelab, suggestions } = propose({ prometheus: seen(strange), machine }, {}, recordedCatalogs);
    expect(homelab).not.toHaveProperty('probes');
    expect(homelab.sources?.['blackbox_exporter']?.identity).toEqual({ service: 'instance' });
    expect(suggestions[0]?.part.probes?.services).toEqual([{ name: 'wiki.lan', url: 'https://wiki.lan/' }]);
  });
});

describe('what only the reader can say', () => {
  const target = { job: 'media', instance: 'box:9594', labels: { job: 'media', instance: 'box:9594' }, up: true };
  const could = (source: string) => ({
    source,
    fit: { source, seen: 3, missing: 0, strange: [], metrics: ['jellyfin_up'] },
    job: 'media',
    targets: [target],
    versions: {},
    collectors: {},
    isScraped: true,
    isProbe: false,
  });
  const prometheus: SeenPrometheus = {
    url: 'http://127.0.0.1:9090',
    sources: [],
    open: [
      {
        job: 'media',
        targets: [target],
        could: [could('jellyfin_exporter'), could('tentacle_jellyfin')],
        metrics: ['jellyfin_up'],
        metricCount: 1,
      },
    ],
    nodeNames: {},
    unsaid: [],
  };
  const sourcesWith = (answers: Readonly<Record<string, string>>) => {
    const { homelab, questions, unsaid } = propose({ prometheus, machine }, answers, recordedCatalogs);
    expect(checkHomelab(homelab)).toEqual([]);
    return [Object.keys(homelab.sources ?? {}), questions.map(({ id }) => id), unsaid.length];
  };

  it('is asked: a job that two exporters could be is left out until somebody chooses', () => {
    const uid = 'uid of Prometheus';
    expect(sourcesWith({})).toEqual([['scrape'], ['exporter of media', uid], 1]);
    expect(sourcesWith({ 'exporter of media': 'none' })).toEqual([['scrape'], [uid], 0]);
    expect(sourcesWith({ 'exporter of media': 'tentacle_jellyfin' })).toEqual([
      ['tentacle_jellyfin', 'scrape'],
      [uid],
      0,
    ]);
  });

  it('is the uid, where no Grafana says it; what cannot be one is not taken', () => {
    const uidWith = (answer: string) =>
      propose({ prometheus, machine }, { 'uid of Prometheus': answer }, recordedCatalogs).homelab.dataSources?.[
        'prometheus'
      ]?.uid;
    expect([uidWith('P1809F7CD0C75ACF3'), uidWith('no uid!')]).toEqual(['P1809F7CD0C75ACF3', 'prometheus']);
  });
});

describe('what a Grafana adds', () => {
  const source = (uid: string, url: string, isDefault = false) => ({
    uid,
    name: uid.toUpperCase(),
    type: 'prometheus',
    url,
    isDefault,
  });
  const grafana: SeenGrafana = {
    url: 'http://grafana.lan:3000',
    dataSources: [
      source('old', 'http://other:9090', true),
      source('main', 'http://prom.lan:9090/'),
      { ...source('logs', 'http://loki:3100'), type: 'loki' },
    ],
    contactPoints: [
      { name: 'Phone!', type: 'discord', settings: { url: '[REDACTED]' } },
      { name: 'mails', type: 'email', settings: { addresses: 'a@example.org;b@example.org' } },
      { name: 'email receiver', type: 'email', settings: { addresses: '<example@email.com>' } },
      { name: 'on call', type: 'pagerduty', settings: {} },
    ],
    unsaid: [],
  };
  const prometheus: SeenPrometheus = { url: 'http://prom.lan:9090', sources: [], open: [], nodeNames: {}, unsaid: [] };

  it('is the uid of the data source with the same address, not of the default one', () => {
    const { homelab, questions } = propose({ grafana, prometheus, machine }, {}, recordedCatalogs);
    expect(homelab.dataSources?.['prometheus']).toEqual({
      kind: 'prometheus',
      uid: 'main',
      name: 'MAIN',
      url: 'http://prom.lan:9090/',
    });
    expect(Object.keys(homelab.dataSources ?? {})).toEqual(['prometheus', 'old', 'logs']);
    expect(questions).toEqual([]);
    expect(homelab.urls).toEqual({ grafana: 'http://grafana.lan:3000', prometheus: 'http://prom.lan:9090' });
  });

  it('asks which where no address fits, and takes the answer', () => {
    const elsewhere = { ...prometheus, url: 'http://10.0.0.9:9090' };
    const open = propose({ grafana, prometheus: elsewhere, machine }, {}, recordedCatalogs);
    expect(open.homelab.dataSources?.['prometheus']?.uid).toBe('old');
    expect(open.questions).toMatchObject([{ choices: ['old', 'main'], otherwise: 'old' }]);
    const answered = propose({ grafana, prometheus: elsewhere, machine }, { 'data source': 'main' }, recordedCatalogs);
    expect([answered.homelab.dataSources?.['prometheus']?.uid, answered.questions, answered.unsaid.join()]).toEqual([
      'main',
      [],
      expect.not.stringContaining('data sources of the type'),
    ]);
  });

  it('is who is told, with secrets as variables, and says what it cannot take over', () => {
    const { homelab, comments, unsaid } = propose({ grafana, machine }, {}, recordedCatalogs);
    expect(homelab.alerting?.receivers).toEqual({
      phone: { kind: 'discord', url: { env: 'PHONE_URL' } },
      mails: { kind: 'email', to: ['a@example.org', 'b@example.org'] },
    });
    expect(comments['alerting.receivers.phone']?.[0]).toContain('set PHONE_URL');
    expect(unsaid).toEqual(
      expect.arrayContaining([
        'the contact point email receiver (email) is not taken over',
        'the contact point on call (pagerduty) is not taken over: nothing here sends this way',
      ]),
    );
  });
});
