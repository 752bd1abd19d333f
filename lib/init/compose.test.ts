import { describe, expect, it } from 'vitest';
import { recordedCatalogs } from '../homelab/catalogs';
import { checkHomelab } from '../homelab/check';
import { readCompose } from './compose';
import { propose } from './propose';
import type { SeenPrometheus } from './seen';

const machine = { name: 'bench', timeZone: 'Europe/Berlin' };

/** Files by name, as they would lie in a folder. */
const read = (files: Readonly<Record<string, string>>, given = [Object.keys(files)[0] as string], environment = {}) =>
  readCompose(given, { read: (file) => files[file], environment });

const proposed = (files: Readonly<Record<string, string>>, given?: string[], prometheus?: SeenPrometheus) =>
  propose(
    { compose: read(files, given), machine, ...(prometheus && { prometheus }) },
    { 'host of compose': 'bench' },
    recordedCatalogs,
  );

/** A media box: a proxy with labels, variables with defaults, an exporter for each app, profiles. */
const media = {
  'media/compose.yaml': `
x-common: &common
  restart: unless-stopped
  env_file: [common.env]
services:
  proxy:
    image: traefik:v3.1
    ports: ["80:80", "443:443", "127.0.0.1:8080:8080"]
  jellyfin:
    <<: *common
    image: lscr.io/linuxserver/jellyfin:\${JELLYFIN_TAG:-10.10.3}
    ports: ["\${JELLYFIN_PORT:-8096}:8096/tcp", "7359:7359/udp"]
  sonarr:
    <<: *common
    image: lscr.io/linuxserver/sonarr
    labels:
      - traefik.http.routers.sonarr.rule=Host(\`sonarr.\${DOMAIN}\`)
      - traefik.http.routers.sonarr.entrypoints=websecure
  sonarr-exporter:
    image: ghcr.io/onedr0p/exportarr:v2.0.1
    command: ["sonarr"]
    ports: ["9707:9707"]
  db:
    image: postgres:16
  flaresolverr:
    image: ghcr.io/flaresolverr/flaresolverr
    profiles: [extra]
    ports: ["8191:8191"]
`,
  'media/.env': 'DOMAIN=home.example.org # ours\nJELLYFIN_PORT=8097\n',
  'media/common.env': 'TZ=Europe/Berlin\n',
};

/** A stack for watching, put together of two files and an include. */
const watching = {
  'watch/compose.yaml': `
include:
  - path: ./exporters.yaml
services:
  prometheus:
    image: docker.io/prom/prometheus:v3.1.0@sha256:0000
    ports:
      - { target: 9090, published: 9091, protocol: tcp }
  grafana:
    image: grafana/grafana-oss:11.4.0
    ports: ["3000:3000"]
    labels:
      homepage.name: Grafana
      homepage.href: https://grafana.lan/
`,
  'watch/exporters.yaml': `
services:
  node:
    image: quay.io/prometheus/node-exporter:v1.8.2
    network_mode: host
    pid: host
  cadvisor:
    image: gcr.io/cadvisor/cadvisor:v0.49.1
  blackbox:
    image: prom/blackbox-exporter:v0.25.0
`,
  'watch/compose.override.yaml': `
services:
  cadvisor:
    ports: ["8088:8080"]
  grafana:
    labels: { homepage.href: "https://dash.lan/" }
`,
};

/** Of the first format, without \`services:\`, with an \`extends\` and things that cannot be understood. */
const old = {
  'old/docker-compose.yml': `
wiki:
  image: requarks/wiki:2
  ports: ["8090:3000", "eighty:80"]
  environment: ["DB=pg", "TITLE=a=b"]
notes:
  extends: { file: base.yml, service: web }
  ports: ["8100-8101:80-81"]
own:
  build: ./own
  ports: ["9000"]
`,
  'old/base.yml': `
services:
  web:
    image: nginx:1.27-alpine
`,
};

describe('three compose files', () => {
  it('a media box: apps, exporters and what people open, with variables and labels filled in', () => {
    const { homelab, comments, unsaid } = proposed(media);
    expect(checkHomelab(homelab)).toEqual([]);
    expect(homelab.apps).toEqual([
      { app: 'traefik', name: 'proxy', host: 'bench' },
      { app: 'jellyfin', host: 'bench' },
      { app: 'sonarr', host: 'bench', exporters: [{ exporter: 'exportarr_v2_sonarr', version: 'v2.0.1', port: 9707 }] },
      { app: 'flaresolverr', host: 'bench' },
    ]);
    expect(homelab.probes?.services).toEqual([
      { name: 'proxy', url: 'bench:80', host: 'bench' },
      { name: 'jellyfin', url: 'http://bench:8097/health', host: 'bench' },
      { name: 'sonarr', url: 'https://sonarr.home.example.org/', host: 'bench' },
      { name: 'flaresolverr', url: 'bench:8191', host: 'bench' },
    ]);
    expect(comments['apps[3]']?.[0]).toContain('only with the profile extra');
    expect(unsaid).toEqual(['media/compose.yaml: db: nothing to watch is known of it']);
  });

  it('a stack for watching: several files and an include, versions of the images, published ports', () => {
    const { homelab } = proposed(watching, ['watch/compose.yaml', 'watch/compose.override.yaml']);
    expect(checkHomelab(homelab)).toEqual([]);
    expect(homelab.hosts).toEqual([
      {
        name: 'bench',
        exporters: [
          { exporter: 'node_exporter', version: 'v1.8.2' },
          { exporter: 'cadvisor', version: 'v0.49.1', port: 8088 },
        ],
      },
    ]);
    expect(homelab.apps).toEqual([
      { app: 'prometheus', host: 'bench', exporters: [{ exporter: 'prometheus', version: 'v3.1.0', port: 9091 }] },
      { app: 'grafana', host: 'bench' },
    ]);
    expect(homelab.probes?.services?.map(({ url }) => url)).toEqual([
      'http://bench:9091/-/healthy',
      'https://dash.lan/',
    ]);
  });

  it('one of the first format: what is understood is taken, the rest is named', () => {
    const { services, unsaid } = read(old);
    expect(services.map(({ name, image, tag, ports }) => [name, image, tag, ports.map(({ host }) => host)])).toEqual([
      ['wiki', 'requarks/wiki', '2', [8090]],
      ['notes', 'nginx', '1.27-alpine', [8100, 8101]],
      ['own', '', '', []],
    ]);
    expect(services[0]?.environment).toEqual({ DB: 'pg', TITLE: 'a=b' });
    expect(unsaid).toEqual([
      'old/docker-compose.yml: the port "eighty:80" of wiki is not understood',
      'old/docker-compose.yml: own is built from source, so its program is not known',
    ]);
  });

  it('beside a Prometheus: what it does not scrape is said, not promised', () => {
    const prometheus: SeenPrometheus = { url: 'http://p:9090', sources: [], open: [], nodeNames: {}, unsaid: [] };
    const { homelab, suggestions, unsaid } = proposed(media, undefined, prometheus);
    expect(homelab.apps?.every(({ exporters = [] }) => exporters.length === 0)).toBe(true);
    expect(homelab).not.toHaveProperty('probes');
    expect(suggestions[0]?.part.probes?.services).toHaveLength(4);
    expect(unsaid).toContain(
      'media/compose.yaml: sonarr-exporter is exportarr_v2_sonarr, which Prometheus does not scrape',
    );
  });
});

describe('what a compose file can have', () => {
  const image = (text: string, environment = {}) =>
    read({ 'c.yaml': `services: { a: { image: "${text}" } }` }, ['c.yaml'], environment);
  it.each([
    ['x:${TAG}', { TAG: '1.2' }, '1.2'],
    ['x:$TAG', { TAG: '1.2' }, '1.2'],
    ['x:${TAG:-${OTHER:-3.4}}', {}, '3.4'],
    ['x:${TAG:-3.4}', { TAG: '' }, '3.4'],
    ['x:${TAG-3.4}', { TAG: '' }, ''],
    ['x:${TAG:+5.6}', { TAG: 'a' }, '5.6'],
    ['registry.lan:5000/team/x:7', {}, '7'],
  ])('%s with %j has the tag %s', (text, environment, tag) => {
    expect(image(text, environment).services[0]?.tag).toBe(tag);
  });

  it('names a variable that is not set', () => {
    expect(image('x:${TAG}').unsaid).toEqual(['c.yaml: the variable TAG is not set, and stands for nothing']);
    expect(image('x:${TAG:-1}').unsaid).toEqual([]);
  });

  it.each([
    ['just a text', 'c.yaml is no compose file: at its top stands a string, not `services:`'],
    ['- a\n- b', 'c.yaml is no compose file: at its top stands a list, not `services:`'],
    ['global: {}\nscrape_configs: []', 'c.yaml is no compose file: it has global, scrape_configs, and no `services:`'],
    ['services: [a]', 'c.yaml is no compose file: it has services, and no `services:`'],
    ['services: { a: 1 }', 'c.yaml: the service a is a number, not a list of settings'],
    ['a: [', expect.stringMatching(/^c\.yaml is not YAML: /)],
    ['include: [c.yaml]', 'c.yaml includes itself: it is read once'],
    ['include: [other.yaml]', 'other.yaml: there is no such file'],
    ['services: { a: { image: x, env_file: b.env } }', 'c.yaml: there is no b.env (`env_file`)'],
    ['services: { a: { extends: b } }', 'c.yaml: extends b of c.yaml, which is not there'],
  ])('%s: a sentence, no failure', (text, sentence) => {
    expect(read({ 'c.yaml': text }).unsaid).toEqual([sentence]);
  });
});
