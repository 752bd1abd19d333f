import { describe, expect, it } from 'vitest';
import { catalogNames, loadCatalog } from '../catalog/load';
import { isBuiltIn, runningOf } from '../exporters/running';
import { recordedCatalogs } from '../homelab/catalogs';
import { knownImage } from './images';
import type { SeenService } from './seen';

const service = (image: string, more: Partial<SeenService> = {}): SeenService => {
  const [, name = '', tag = ''] = /^(.*?)(?::([^/]*))?$/.exec(image) ?? [];
  return { name: 'it', image: name, tag, command: [], environment: {}, ...more } as SeenService;
};
const seen = (image: string, more?: Partial<SeenService>) => knownImage(service(image, more), recordedCatalogs);

/** Exporters that are started from an image of their own, as `docs/apps` says it. */
const started = catalogNames().flatMap((name) => {
  const running = runningOf(name);
  return running && !isBuiltIn(running) && running.image !== undefined
    ? [{ name, ...running, image: running.image }]
    : [];
});

describe('an image that we say how to start', () => {
  it.each(started)('$image is $name', ({ name, image, command = [], environment = {} }) => {
    const found = seen(image, { command, environment: { ...environment } })?.exporters ?? [];
    const alike = started.filter((each) => each.image === image).map((each) => each.name);
    expect(found.some((each) => alike.includes(each))).toBe(true);
    expect(alike.length === 1 ? found : [name]).toContain(name);
  });

  it('is known without its registry, and only under its own name', () => {
    expect(seen('cplieger/plex-exporter')?.exporters).toEqual(['plex_exporter_cplieger']);
    expect(seen('nwalke/tautulli_exporter:latest')?.exporters).toEqual(['tautulli_exporter_nwalke']);
    expect(seen('nwalke/tautulli-exporter-next')).toBeUndefined();
    expect(seen('somebody/plex-exporter')).toBeUndefined();
  });

  it.each([
    ['v1.3.8', 'jellyfin_exporter'],
    ['v1.4.0', 'jellyfin_exporter'],
    ['v1.5.0', 'jellyfin_exporter_next'],
    ['v1.40.0', 'jellyfin_exporter_next'],
    ['latest', 'jellyfin_exporter_next'],
  ])('tells more of Jellyfin since 1.5: %s is %s', (tag, exporter) => {
    expect(seen(`rebelcore/jellyfin-exporter:${tag}`)?.exporters).toEqual([exporter]);
  });

  it('says in its variables of which apps it tells', () => {
    const environment = {
      TENTACLE_JELLYFIN_ADDRESS: 'http://jellyfin:8096',
      TENTACLE_SEERR_ADDRESS: 'http://seerr:5055',
    };
    expect(seen('ghcr.io/st0o0/tentacle', { environment })?.exporters).toEqual(['tentacle_jellyfin', 'tentacle_seerr']);
  });
});

/** Images under which these apps are published, where the app's name is not the image's. */
const published: Readonly<Record<string, string>> = {
  'adguard-home': 'adguard/adguardhome',
  immich: 'immich-app/immich-server',
  plex: 'linuxserver/plex',
};

describe('an app that has a page in docs/apps', () => {
  const apps = [...new Set(catalogNames().flatMap((name) => loadCatalog(name).app ?? []))].filter((app) =>
    catalogNames().some((name) => loadCatalog(name).app === app && runningOf(name) !== undefined),
  );
  it.each(apps)('%s is known by its image', (app) => {
    const found = seen(published[app] ?? `somebody/${app}`);
    expect(found?.app ?? found?.exporters.length).toBeDefined();
  });
});
