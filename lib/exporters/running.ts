import type { ScrapeCredentials } from '../homelab/homelab';

/**
 * How an exporter is started. Texts may hold `{app}` (the app's address), `{host}` and `{port}` of that address, `{listen}` (the
 * port of the exporter), and `{secret NAME}`, which becomes a variable of the environment and is never written down.
 */
export interface Running {
  /** With its tag. Absent: no image is published, and `build` says from where to make one. */
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** It listens where `{listen}` says; otherwise on the port of its catalog, whatever is published. */
  readonly listens?: true;
  /** How a collector, or a flag as the catalog spells it, is switched. Absent: in its environment, `NAME=value`. */
  readonly collectors?: 'kingpin';
  /** What compose has to allow it beside that. */
  readonly also?: Readonly<Record<string, unknown>>;
  /** One program for several apps: those of a machine are one container. */
  readonly shared?: string;
  /** Ports beside that of the page, for the people and programs that pass through it. */
  readonly alsoPublishes?: readonly number[];
  /** What to do beside starting it, in Markdown. */
  readonly then?: string;
}

/** The app has the page itself: what switches it on. */
export interface BuiltIn {
  readonly inApp: string;
  /** Pages of the app beside the one on the port of its catalog: what they tell is in the same catalog. */
  readonly alsoOn?: readonly number[];
  /** How Prometheus is let in, where not everybody is. */
  readonly auth?: ScrapeCredentials;
}

/**
 * How each exporter is started, as its project documents it (README, Dockerfile, example and the workflow that publishes it, at the
 * commit of its catalog): images are named, none was started here. A tag that follows the newest release is named only where that is
 * what was read; otherwise it is the tag of what was read. Undefined: not known here.
 */
export const runningOf = (exporter: string): Running | BuiltIn | undefined => {
  const [, v2, app] = /^exportarr_(v2_)?(\w+)$/.exec(exporter) ?? [];
  if (app) return v2 ? exportarr2(app) : exportarr3(app);
  const scraparr = /^scraparr_(\w+)$/.exec(exporter)?.[1];
  if (scraparr) return ofScraparr(scraparr.toUpperCase());
  const tentacle = /^tentacle_(\w+)$/.exec(exporter)?.[1];
  if (tentacle) return ofTentacle(tentacle.toUpperCase());
  return Object.hasOwn(table, exporter) ? table[exporter] : undefined;
};

/** Whether the app tells of itself: nothing has to be started. */
export const isBuiltIn = (running: Running | BuiltIn | undefined): running is BuiltIn =>
  running !== undefined && 'inApp' in running;

/** Where an app listens when nobody changed it. */
export const appPorts: Readonly<Record<string, number>> = {
  'adguard-home': 80,
  audiobookshelf: 80,
  bazarr: 6767,
  immich: 2283,
  jellyfin: 8096,
  jellyseerr: 5055,
  lidarr: 8686,
  nzbget: 6789,
  ollama: 11434,
  overseerr: 5055,
  'paperless-ngx': 8000,
  pihole: 80,
  plex: 32400,
  prowlarr: 9696,
  qbittorrent: 8080,
  radarr: 7878,
  readarr: 8787,
  sabnzbd: 8080,
  seerr: 5055,
  sonarr: 8989,
  tautulli: 8181,
  tdarr: 8265,
  transmission: 9091,
  whisparr: 6969,
};

const exportarr2 = (app: string): Running => ({
  image: 'ghcr.io/onedr0p/exportarr:v2.3.0',
  command: [app],
  // Off by default; without it most of what boards show of a library is not there.
  environment: { PORT: '{listen}', URL: '{app}', APIKEY: '{secret API_KEY}', ENABLE_ADDITIONAL_METRICS: 'true' },
  listens: true,
});

/** The third version was not released when its catalog was read. */
const exportarr3 = (app: string): Running => ({
  image: 'ghcr.io/onedr0p/exportarr:main',
  command: [app],
  environment: { PORT: '{listen}', URL: '{app}', API_KEY: '{secret API_KEY}' },
  listens: true,
});

/** What was read is 2.2.4; `latest` and `main` are version 3 by now. */
const ofScraparr = (app: string): Running => ({
  image: 'ghcr.io/thecfu/scraparr:2.2.4',
  environment: {
    [`${app}_URL`]: '{app}',
    [`${app}_API_KEY`]: '{secret API_KEY}',
    // A series for each title; only these have something in it that is shown.
    ...(/^(PROWLARR|OVERSEERR|JELLYSEERR)$/.test(app) && { [`${app}_DETAILED`]: 'true' }),
    // Without it, it tells of Whisparr under the name of Sonarr, and of both as one.
    ...(app === 'WHISPARR' && { WHISPARR_ALIAS: 'whisparr' }),
    // Each app keeps a thread for ever, and Python gives it as many as there are processors and four more: an app too many is never asked.
    PYTHON_CPU_COUNT: '12',
  },
  shared: 'scraparr',
  then: 'It tells of several apps, one container for all of them; `PYTHON_CPU_COUNT` makes that it asks each: [arr.notes.md](arr.notes.md).',
});

const ofTentacle = (app: string): Running => ({
  image: 'ghcr.io/st0o0/tentacle:latest',
  environment: { [`TENTACLE_${app}_ADDRESS`]: '{app}', [`TENTACLE_${app}_TOKEN`]: '{secret API_KEY}' },
  shared: 'tentacle',
});

const rebelcore = (version: string): Running => ({
  image: `rebelcore/jellyfin-exporter:v${version}`,
  command: ['--jellyfin.address={app}', '--jellyfin.token={secret API_KEY}'],
  collectors: 'kingpin',
});

const uptimeKuma: BuiltIn = {
  inApp:
    'Settings > API Keys; Prometheus reads such a key from a file, as the password of nobody (the user name is empty)',
  auth: { passwordFile: '/etc/prometheus/uptime-kuma' },
};

const alwaysThere: BuiltIn = { inApp: 'nothing, its page is there' };

const table: Readonly<Record<string, Running | BuiltIn>> = {
  node_exporter: {
    image: 'quay.io/prometheus/node-exporter:v1.12.1',
    command: ['--path.rootfs=/host', '--web.listen-address=:{listen}'],
    listens: true,
    collectors: 'kingpin',
    also: { network_mode: 'host', pid: 'host', volumes: ['/:/host:ro,rslave'] },
  },
  smartctl_exporter: {
    image: 'prometheuscommunity/smartctl-exporter:v0.14.0',
    also: { privileged: true, user: 'root' },
  },

  jellyfin: {
    inApp:
      '`<EnableMetrics>true</EnableMetrics>` in `system.xml`; keep `/metrics` from the outside, it asks for no password',
  },
  jellyfin_exporter: rebelcore('1.3.8'),
  jellyfin_exporter_next: rebelcore('1.5.2'),
  jellyfin_exporter_dlepaux: {
    image: 'ghcr.io/dlepaux/jellyfin-exporter:latest',
    environment: { JELLYFIN_URL: '{app}', JELLYFIN_API_KEY: '{secret API_KEY}' },
  },
  jellyfin_prometheus_exporter: {
    image: 'ghcr.io/stefanabl/jellyfin-prometheus-exporter:latest',
    // It puts its paths behind the address as it is, so that must end in a slash.
    environment: { JF_URL: '{app}/', TOKEN: '{secret API_KEY}' },
  },

  plex_exporter: {
    image: 'granra/plex_exporter:v0.2.3',
    command: ['--plex-server={app}', '--token={secret TOKEN}'],
  },
  plex_exporter_cplieger: {
    image: 'ghcr.io/cplieger/plex-exporter:latest',
    environment: { PLEX_URL: '{app}', PLEX_TOKEN: '{secret TOKEN}' },
  },
  plex_exporter_jsclayton: {
    image: 'ghcr.io/jsclayton/prometheus-plex-exporter:latest',
    environment: { PLEX_SERVER: '{app}', PLEX_TOKEN: '{secret TOKEN}' },
  },
  plex_exporter_timothystewart6: {
    image: 'ghcr.io/timothystewart6/prometheus-plex-exporter:latest',
    environment: { PLEX_SERVER: '{app}', PLEX_TOKEN: '{secret TOKEN}' },
  },
  plex_media_server_exporter: {
    // Its workflow gives a release its number alone: `latest` is what was there before that.
    image: 'ghcr.io/axsuul/plex-media-server-exporter:2.0.0',
    environment: { PORT: '{listen}', PLEX_ADDR: '{app}', PLEX_TOKEN: '{secret TOKEN}' },
    listens: true,
  },
  tautulli_exporter_mm503: {
    image: 'ghcr.io/mm503/tautulli-exporter:latest',
    environment: { TAUTULLI_URL: '{app}', TAUTULLI_API_KEY: '{secret API_KEY}' },
  },
  tautulli_exporter_nwalke: {
    image: 'nwalke/tautulli_exporter:latest',
    environment: { TAUTULLI_URI: '{app}', TAUTULLI_API_KEY: '{secret API_KEY}' },
  },
  tautulli_exporter_scabraha: {
    image: 'ghcr.io/scabraha/tautulli-exporter:latest',
    environment: { TAUTULLI_URL: '{app}', TAUTULLI_API_KEY: '{secret API_KEY}' },
  },

  overseerr_exporter: {
    image: 'ghcr.io/willfantom/overseerr-exporter:latest',
    command: ['--overseerr.address={app}', '--overseerr.api-key={secret API_KEY}'],
  },
  nzbget_exporter: {
    // Since August 2025 it is published there alone: what Docker Hub has is older, without articles by news server.
    image: 'registry.spritsail.io/frebib/nzbget-exporter:latest',
    environment: { NZBGET_HOST: '{app}', NZBGET_USERNAME: '{secret USERNAME}', NZBGET_PASSWORD: '{secret PASSWORD}' },
  },
  qbittorrent_exporter: {
    image: 'ghcr.io/esanchezm/prometheus-qbittorrent-exporter:latest',
    environment: {
      EXPORTER_PORT: '{listen}',
      QBITTORRENT_HOST: '{host}',
      QBITTORRENT_PORT: '{port}',
      QBITTORRENT_USER: '{secret USERNAME}',
      QBITTORRENT_PASS: '{secret PASSWORD}',
    },
    listens: true,
  },
  transmission_exporter: {
    // `latest` is 0.3.0, of 2019.
    image: 'metalmatze/transmission-exporter:master',
    environment: {
      TRANSMISSION_ADDR: '{app}',
      TRANSMISSION_USERNAME: '{secret USERNAME}',
      TRANSMISSION_PASSWORD: '{secret PASSWORD}',
    },
  },
  tdarr_exporter: {
    image: 'homeylab/tdarr-exporter:latest',
    environment: { PROMETHEUS_PORT: '{listen}', TDARR_URL: '{app}', TDARR_API_KEY: '{secret API_KEY}' },
    listens: true,
  },

  immich: {
    inApp:
      '`IMMICH_TELEMETRY_INCLUDE=all` in the environment of `immich-server`, and both ports published (`ports: ["8081:8081", "8082:8082"]`): the API answers at 8081, the background jobs at 8082, and nearly everything on the board is from 8082',
    alsoOn: [8082],
  },
  immich_exporter_community: {
    image: 'friendlyfriend/prometheus-immich-exporter:latest',
    environment: { IMMICH_HOST: '{host}', IMMICH_PORT: '{port}', IMMICH_API_TOKEN: '{secret API_KEY}' },
  },
  ollama_exporter_frcooper: {
    build: 'https://github.com/frcooper/ollama-exporter.git',
    environment: { OLLAMA_HOST: '{app}' },
    then: "Then give its address, port 8000, to what asks Ollama (in Open WebUI: `OLLAMA_BASE_URL`) in place of Ollama's own: it counts only what passes through it.",
  },
  ollama_exporter_lucavb: {
    image: 'lucabecker42/ollama-exporter:latest',
    environment: { OLLAMA_HOST: '{host}:{port}' },
  },
  ollama_exporter_maravexa: {
    image: 'ghcr.io/maravexa/ollama-exporter:latest',
    environment: { OLLAMA_URL: '{app}' },
    alsoPublishes: [9401],
    then: "Then give its address, port 9401, to what asks Ollama (in Open WebUI: `OLLAMA_BASE_URL`) in place of Ollama's own: requests and times are known only of what passes through it.",
  },
  open_webui_otel: {
    inApp:
      '`ENABLE_OTEL=true`, `ENABLE_OTEL_METRICS=true`, and where it sends to: a collector (`OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317`, `OTEL_EXPORTER_OTLP_INSECURE=true`), or Prometheus itself (`OTEL_METRICS_OTLP_SPAN_EXPORTER=http`, `OTEL_METRICS_EXPORTER_OTLP_ENDPOINT=http://prometheus:9090/api/v1/otlp/v1/metrics`, and Prometheus with `--web.enable-otlp-receiver`)',
  },
  uptime_kuma: uptimeKuma,
  uptime_kuma_v1: uptimeKuma,
  paperless_exporter: {
    image: 'ghcr.io/hansmi/prometheus-paperless-exporter:latest',
    environment: { PAPERLESS_URL: '{app}', PAPERLESS_AUTH_TOKEN: '{secret API_KEY}' },
  },
  pihole_exporter: {
    image: 'ekofr/pihole-exporter:latest',
    environment: { PORT: '{listen}', PIHOLE_HOSTNAME: '{host}', PIHOLE_PASSWORD: '{secret PASSWORD}' },
    listens: true,
  },
  adguard_exporter: {
    image: 'ghcr.io/henrywhitaker3/adguard-exporter:latest',
    environment: {
      ADGUARD_SERVERS: '{app}',
      ADGUARD_USERNAMES: '{secret USERNAME}',
      ADGUARD_PASSWORDS: '{secret PASSWORD}',
    },
  },
  prometheus: alwaysThere,
  grafana: alwaysThere,
  speedtest_tracker: { inApp: 'Prometheus in its settings, where the address that asks has to be among those allowed' },
  home_assistant: {
    inApp: '`prometheus:` in `configuration.yaml`; Prometheus needs a long-lived access token',
    auth: { bearerTokenFile: '/etc/prometheus/home-assistant' },
  },
};
