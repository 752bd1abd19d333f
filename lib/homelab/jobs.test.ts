import { expect, test } from 'vitest';
import { catalogNames } from '../catalog/load';
import { everywhere, lanSource, sharesPage, sourceDefaults } from './jobs';

test.each([
  ['node_exporter', 'node'],
  ['windows_exporter', 'windows'],
  ['blackbox_exporter', 'blackbox'],
  ['blackbox_lan', 'blackbox-lan'],
  ['prometheus', 'prometheus'],
  ['exportarr_sonarr', 'sonarr'],
  ['exportarr_v2_sonarr', 'sonarr'],
  ['scraparr_jellyfin', 'jellyfin'],
  ['tentacle_jellyfin', 'jellyfin'],
  ['jellyfin_exporter_next', 'jellyfin'],
  ['jellyfin_prometheus_exporter', 'jellyfin'],
  ['plex_exporter_jsclayton', 'plex'],
  ['plex_media_server_exporter', 'plex'],
  ['uptime_kuma_v1', 'uptime-kuma'],
  ['home_assistant', 'home-assistant'],
])('%s is scraped as %s', (source, job) => {
  expect(sourceDefaults(source).job).toBe(job);
});

test('whichever exporter tells of an app, the job is the same', () => {
  const jobs = (app: string) =>
    new Set(
      catalogNames()
        .filter((name) => name.includes(app))
        .map((name) => sourceDefaults(name).job),
    );
  for (const app of ['sonarr', 'jellyfin', 'plex', 'tautulli', 'ollama']) expect([...jobs(app)]).toEqual([app]);
});

test('the LAN is described by the same catalog, and asked less often', () => {
  expect(sourceDefaults('blackbox_exporter').interval).toBe('30s');
  expect(sourceDefaults(lanSource)).toMatchObject({ catalog: 'blackbox_exporter', interval: '60s' });
});

test('what is everywhere has a catalog', () => {
  expect(catalogNames()).toEqual(expect.arrayContaining([...everywhere]));
});

test('only different apps of one program share a page', () => {
  expect(sharesPage('scraparr_sonarr', 'scraparr_radarr')).toBe(true);
  expect(sharesPage('scraparr_sonarr', 'scraparr_sonarr')).toBe(false);
  expect(sharesPage('scraparr_sonarr', 'tentacle_jellyfin')).toBe(false);
  expect(sharesPage('exportarr_sonarr', 'exportarr_radarr')).toBe(false);
});
