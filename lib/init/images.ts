import { isBuiltIn, runningOf } from '../exporters/running';
import type { Catalogs } from '../homelab/catalogs';
import type { SeenService } from './seen';

/** What an image is, as far as we know it. */
export interface KnownImage {
  /** Catalogs of what it tells about. */
  readonly exporters: readonly string[];
  /** The app that it is; absent for a program that only tells about others. */
  readonly app?: string;
  readonly version?: string;
}

/** What a service runs, by its image; undefined: not known. */
export const knownImage = (service: SeenService, catalogs: Catalogs): KnownImage | undefined => {
  const version = versionOf(service.tag);
  const exporters = exportersOf(service, catalogs).filter((name) => catalogs.has(name));
  if (exporters.length > 0) return { exporters, ...(version !== undefined && { version }) };
  const name = service.image.split('/').at(-1) ?? '';
  const app = apps.find(([pattern]) => pattern.test(name))?.[1];
  return app === undefined
    ? undefined
    : { exporters: tellsItself[app] ?? [], app, ...(version !== undefined && { version }) };
};

/** Where an app answers when it is well, on its own port; these are asked without logging in. */
export const healthOf: Readonly<Record<string, { readonly port: number; readonly path: string }>> = {
  grafana: { port: 3000, path: '/api/health' },
  prometheus: { port: 9090, path: '/-/healthy' },
  alertmanager: { port: 9093, path: '/-/healthy' },
  jellyfin: { port: 8096, path: '/health' },
  sonarr: { port: 8989, path: '/ping' },
  radarr: { port: 7878, path: '/ping' },
  lidarr: { port: 8686, path: '/ping' },
  readarr: { port: 8787, path: '/ping' },
  prowlarr: { port: 9696, path: '/ping' },
  plex: { port: 32400, path: '/identity' },
  immich: { port: 2283, path: '/api/server/ping' },
  'uptime-kuma': { port: 3001, path: '/' },
  gitea: { port: 3000, path: '/api/healthz' },
  vaultwarden: { port: 80, path: '/alive' },
};

/** Programs that always have a page about themselves. */
const tellsItself: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['prometheus'],
  alertmanager: ['alertmanager'],
};

/** Images whose only purpose is to tell about something, under more than one name; the others are those of `runningOf`. */
const exporterImages: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)node[-_]exporter$/, 'node_exporter'],
  [/(^|\/)cadvisor$/, 'cadvisor'],
  [/(^|\/)blackbox[-_]exporter$/, 'blackbox_exporter'],
  [/(^|\/)smartctl[-_]exporter$/, 'smartctl_exporter'],
  [/(^|\/)postgres[-_]exporter$/, 'postgres_exporter'],
  [/(^|\/)pihole[-_]exporter$/, 'pihole_exporter'],
  [/(^|\/)adguard[-_]exporter$/, 'adguard_exporter'],
  [/(^|\/)apcupsd[-_]exporter$/, 'apcupsd_exporter'],
  [/druggeri\/nut[-_]exporter$/, 'nut_exporter'],
  [/prometheus-pve-exporter$/, 'pve_exporter'],
  [/(miguelndecarvalho)\/speedtest-exporter$/, 'speedtest_exporter'],
  [/(^|\/)unpoller$/, 'unpoller'],
  [/arnarg\/plex[-_]exporter$/, 'plex_exporter'],
  [/(^|\/)speedtest-tracker$/, 'speedtest_tracker'],
];

/** One program for several apps says in its command or its variables for which. */
const exportersOf = ({ image, tag, command, environment }: SeenService, catalogs: Catalogs): readonly string[] => {
  if (/onedr0p\/exportarr$/.test(image)) {
    const app = command.find((word) => /^[a-z]+$/.test(word) && word !== 'exportarr');
    return app === undefined ? [] : [`exportarr_${/^v?[01]\./.test(tag) || tag === 'main' ? '' : 'v2_'}${app}`];
  }
  // Until 1.4 it had less; whatever is newest, or not said, is later.
  if (/rebelcore\/jellyfin[-_]exporter$/.test(image))
    return [/^v?1\.[0-4](\.|$)/.test(tag) ? 'jellyfin_exporter' : 'jellyfin_exporter_next'];
  if (/thecfu\/scraparr$/.test(image))
    return Object.keys(environment).flatMap((name) => {
      const app = /^([A-Z]+)_URL$/.exec(name)?.[1];
      return app === undefined ? [] : [`scraparr_${app.toLowerCase()}`];
    });
  if (/st0o0\/tentacle$/.test(image))
    return Object.keys(environment).flatMap((name) => {
      const app = /^TENTACLE_([A-Z]+)_ADDRESS$/.exec(name)?.[1];
      return app === undefined ? [] : [`tentacle_${app.toLowerCase()}`];
    });
  const found = exporterImages.find(([pattern]) => pattern.test(image))?.[1] ?? startedAs(image, catalogs);
  return found === undefined ? [] : [found];
};

/** The exporter that is started from this image, whichever registry it comes from. */
const startedAs = (image: string, catalogs: Catalogs): string | undefined =>
  catalogs.names().find((name) => {
    const running = runningOf(name);
    return !isBuiltIn(running) && running?.image !== undefined && bare(running.image) === bare(image);
  });

/** `ghcr.io/nwalke/tautulli_exporter:latest` -> `nwalke/tautulli-exporter`. */
const bare = (image: string): string =>
  image
    .replace(/:[^/]*$/, '')
    .replace(/^[\w-]+(\.[\w-]+)+(:\d+)?\//, '')
    .replaceAll('_', '-')
    .toLowerCase();

/** The last part of an image's name -> the app. */
const apps: readonly (readonly [RegExp, string])[] = [
  [/^prometheus$/, 'prometheus'],
  [/^alertmanager$/, 'alertmanager'],
  [/^grafana(-oss|-enterprise)?$/, 'grafana'],
  [/^(plex|pms-docker)$/, 'plex'],
  [/^immich-server$/, 'immich'],
  [/^home-assistant$/, 'home-assistant'],
  [/^paperless-ngx$/, 'paperless-ngx'],
  [/^adguardhome$/, 'adguard-home'],

  ...[
    'jellyfin',
    'sonarr',
    'radarr',
    'lidarr',
    'readarr',
    'prowlarr',
    'bazarr',
    'qbittorrent',
    'transmission',
    'sabnzbd',
    'nzbget',
    'whisparr',
    'overseerr',
    'jellyseerr',
    'seerr',
    'tdarr',
    'tautulli',
    'pihole',
    'traefik',
    'nextcloud',
    'gitea',
    'minio',
    'ollama',
    'open-webui',
    'uptime-kuma',
    'audiobookshelf',
    'navidrome',
    'syncthing',
    'loki',
    'tempo',
    'vaultwarden',
  ].map((app) => [new RegExp(`^${app}$`), app] as const),
];

/** `v1.8.2-alpine` -> `v1.8.2`; `latest` and single numbers move, so they say nothing. */
const versionOf = (tag: string): string | undefined => /^v?\d+\.\d+(\.\d+){0,2}(?=$|[-_])/.exec(tag)?.[0];
