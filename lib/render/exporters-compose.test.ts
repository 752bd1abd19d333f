import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogNames, loadCatalog } from '../catalog/load';
import { isBuiltIn, runningOf } from '../exporters/running';
import { example, exampleNames } from '../fleet/testing/examples';
import { defineHomelab } from '../homelab/define';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import type { ResolvedHomelab } from '../homelab/resolved';
import { interpolate } from '../init/compose-environment';
import { renderEnvironment } from './environment';
import { exporterVariables, notStarted, renderExporters } from './exporters-compose';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
}

const filesOf = (homelab: ResolvedHomelab): Readonly<Record<string, Readonly<Record<string, Service>>>> =>
  Object.fromEntries(
    renderExporters(homelab).map(({ path, text }) => [
      path,
      (parse(text) as { services: Readonly<Record<string, Service>> }).services,
    ]),
  );
const of = (homelab: Homelab): ResolvedHomelab => resolveHomelab(defineHomelab(homelab));
const media = (apps: Homelab['apps']): Homelab => ({
  hosts: [{ name: 'media', address: '192.168.1.11', exporters: [] }],
  ...(apps && { apps }),
});

describe.each(exampleNames)('the exporters of %s', (name) => {
  const homelab = example(name);
  const files = filesOf(homelab);

  it('are published on the ports that are scraped, each port of a machine once', () => {
    for (const [file, services] of Object.entries(files)) {
      const published = Object.values(services).flatMap(({ ports = [] }) => ports.map((port) => port.split(':')[0]));
      expect(new Set(published).size, file).toBe(published.length);
    }
  });

  it('need no variable that is not in .env.example, and hold no secret', () => {
    const missing = new Set<string>();
    const services = interpolate(files, {}, missing);
    const [environment] = renderEnvironment(homelab);
    for (const variable of missing) expect(environment?.text).toMatch(new RegExp(`^${variable}=$`, 'm'));
    const named = new Set(JSON.stringify(files).match(/(?<=\$\{)\w+/g));
    for (const variable of named) expect(environment?.text).toMatch(new RegExp(`^(# )?${variable}=`, 'm'));
    expect(new Set(exporterVariables(homelab).map(({ name: variable }) => variable))).toEqual(named);
    expect(JSON.stringify(services)).not.toMatch(/\$\{|\{(app|host|port|listen|secret)/);
  });
});

describe('a container of an exporter', () => {
  it('asks the app on its machine, unless .env says another address', () => {
    const files = filesOf(
      of(media([{ app: 'sonarr', host: 'media', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] }])),
    );
    const service = files['exporters/media/compose.yaml']?.['sonarr-exporter'];
    expect(service?.environment?.['URL']).toBe('${SONARR_URL:-http://192.168.1.11:8989}');
    expect(service?.environment?.['PORT']).toBe('9707');
    expect(service?.ports).toEqual(['9707:9707']);
  });

  it('is refused by compose while a key or an address is empty in .env, as in its example; an empty password is one', () => {
    const homelab = of({
      hosts: [
        { name: 'nas', address: '192.168.1.10', exporters: [{ exporter: 'pihole_exporter' }] },
        { name: 'pi', address: '192.168.1.11', exporters: [{ exporter: 'pihole_exporter' }] },
      ],
      apps: [{ app: 'sonarr', host: 'nas', exporters: [{ exporter: 'exportarr_sonarr', port: 9707 }] }],
    });
    const services = filesOf(homelab)['exporters/nas/compose.yaml'];
    expect(services?.['sonarr-exporter']?.environment?.['API_KEY']).toBe('${SONARR_API_KEY:?fill it in}');
    expect(services?.['pihole-exporter']?.environment).toMatchObject({
      PIHOLE_HOSTNAME: '${PIHOLE_EXPORTER_HOST:?fill it in}',
      PIHOLE_PASSWORD: '${PIHOLE_EXPORTER_PASSWORD?fill it in}',
    });
    const [environment] = renderEnvironment(homelab);
    expect(environment?.text).toContain(
      '# address of sonarr; read by exporters/nas/compose.yaml, if you start it\n# SONARR_URL=http://192.168.1.10:8989\n',
    );
    expect(environment?.text).toContain(
      '# host of pihole_exporter; read by exporters/nas/compose.yaml and exporters/pi/compose.yaml, if you start it\nPIHOLE_EXPORTER_HOST=\n',
    );
  });

  it('has a key of its own for each app of a kind', () => {
    const sonarr = (name: string, port: number) => ({
      app: 'sonarr',
      name,
      host: 'media',
      exporters: [{ exporter: 'exportarr_sonarr', port }],
    });
    const homelab = of(media([sonarr('sonarr', 9707), sonarr('sonarr-4k', 9717)]));
    expect(exporterVariables(homelab).flatMap(({ name, usual }) => (usual ? [] : [name]))).toEqual([
      'SONARR_API_KEY',
      'SONARR_4K_API_KEY',
    ]);
    expect(Object.keys(filesOf(homelab)['exporters/media/compose.yaml'] ?? {})).toEqual([
      'sonarr-exporter',
      'sonarr-4k-exporter',
    ]);
  });

  it('tells of several apps where the program does', () => {
    const tells = (app: string) => ({ app, host: 'media', exporters: [{ exporter: `scraparr_${app}` }] });
    const services = filesOf(of(media([tells('sonarr'), tells('radarr')])))['exporters/media/compose.yaml'] ?? {};
    expect(Object.keys(services)).toEqual(['scraparr']);
    expect(Object.keys(services['scraparr']?.environment ?? {})).toEqual(
      expect.arrayContaining(['SONARR_URL', 'RADARR_URL']),
    );
    const one = filesOf(of(media([tells('sonarr')])))['exporters/media/compose.yaml'] ?? {};
    expect(Object.keys(one)).toEqual(['sonarr-exporter']);
  });

  it('asks all of its apps, on a machine of whatever size, and for titles only where something shows them', () => {
    const apps = [
      'sonarr',
      'radarr',
      'prowlarr',
      'bazarr',
      'readarr',
      'jellyseerr',
      'overseerr',
      'whisparr',
      'jellyfin',
    ];
    const tells = apps.map((app) => ({ app, host: 'media', exporters: [{ exporter: `scraparr_${app}` }] }));
    const [service] = Object.values(filesOf(of(media(tells)))['exporters/media/compose.yaml'] ?? {});
    // Python makes as many threads as that, and four.
    expect(Number(service?.environment?.['PYTHON_CPU_COUNT']) + 4).toBeGreaterThanOrEqual(apps.length);
    expect(service?.environment).toMatchObject({ WHISPARR_ALIAS: 'whisparr' });
    expect(service?.environment).not.toHaveProperty('SONARR_ALIAS');
    const detailed = Object.keys(service?.environment ?? {}).filter((name) => name.endsWith('_DETAILED'));
    expect(detailed).toEqual(['PROWLARR_DETAILED', 'JELLYSEERR_DETAILED', 'OVERSEERR_DETAILED']);
  });

  it('publishes the way through it, where it stands between the app and those who ask', () => {
    const ports = (exporter: string) =>
      Object.values(
        filesOf(of(media([{ app: 'ollama', host: 'media', exporters: [{ exporter }] }])))[
          'exporters/media/compose.yaml'
        ] ?? {},
      )[0]?.ports;
    expect(ports('ollama_exporter_maravexa')).toEqual(['9400:9400', '9401:9401']);
    expect(ports('ollama_exporter_lucavb')).toEqual(['8000:8000']);
  });

  it('is called as Prometheus reaches it where it has no machine', () => {
    const services = filesOf(of(media([{ app: 'plex', exporters: [{ exporter: 'plex_exporter_cplieger' }] }])));
    expect(services['exporters/compose.yaml']?.['plex-exporter-cplieger']).toMatchObject({
      environment: { PLEX_URL: '${PLEX_URL:-http://plex:32400}' },
    });
    expect(services['exporters/compose.yaml']?.['plex-exporter-cplieger']?.ports).toBeUndefined();
  });

  it('switches what the homelab file switches, and runs its version', () => {
    const collectors = { systemd: true, infiniband: false };
    const services = filesOf(
      of({ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', version: '1.9.1', collectors }] }] }),
    );
    const node = services['exporters/nas/compose.yaml']?.['node-exporter'];
    expect(node?.command).toEqual(expect.arrayContaining(['--collector.systemd', '--no-collector.infiniband']));
    expect(node?.image).toBe('quay.io/prometheus/node-exporter:v1.9.1');
  });

  it('is not made for an app that tells about itself, nor for what is not known', () => {
    const homelab = of({
      hosts: [{ name: 'nas', exporters: [{ exporter: 'nut_exporter' }] }],
      apps: [{ app: 'immich', host: 'nas', exporters: [{ exporter: 'immich' }] }],
    });
    expect(renderExporters(homelab)).toEqual([]);
    expect(notStarted(homelab)).toEqual(['nut_exporter']);
  });
});

it('what is known of starting exporters is about catalogs that are there, and every exporter of a media app is known', () => {
  const apps =
    /^(jellyfin|plex|tautulli|sonarr|radarr|lidarr|readarr|prowlarr|bazarr|sabnzbd|whisparr|jellyseerr|overseerr|seerr|immich|tdarr|ollama|transmission|nzbget|qbittorrent|uptime-kuma|open-webui)$/;
  const unknown = catalogNames().filter((name) => apps.test(loadCatalog(name).app ?? '') && !runningOf(name));
  expect(unknown).toEqual([]);
  expect(runningOf('constructor')).toBeUndefined();
  expect(isBuiltIn(runningOf('jellyfin'))).toBe(true);
});
