import type { EntityName } from './homelab';

/** What our scrape configuration does with a source unless the homelab file says otherwise. */
export interface SourceDefaults {
  readonly job: string;
  readonly interval: string;
  /** The catalog that describes it. */
  readonly catalog: string;
  /** Label of each entity that the exporter itself tells apart; `host` and `service` come with the scrape. */
  readonly labels: Readonly<Partial<Record<EntityName, string>>>;
  /** Nothing scrapes it: its series arrive by remote write or OTLP. */
  readonly pushed: boolean;
}

/** The name under which the pings of the LAN are a source of their own: they are many, so they are asked less often. */
export const lanSource = 'blackbox_lan';

/** What Prometheus itself, and every Go program, tells about each target: always there, never listed. */
export const everywhere: readonly string[] = ['scrape', 'go_process'];

/** The defaults of a source, by its name. */
export const sourceDefaults = (source: string): SourceDefaults => ({
  job: defaultJob(source),
  interval: '15s',
  catalog: source,
  labels: {},
  pushed: false,
  ...families.find(([pattern]) => pattern.test(source))?.[1],
});

/** The source's name as a job, for those that would otherwise share one. */
export const longJob = (source: string): string => source.replaceAll('_', '-');

/** Whether two exporters are one program with one page for several apps. */
export const sharesPage = (one: string, other: string): boolean =>
  one !== other && programs.some((program) => program.test(one) && program.test(other));

const programs = [/^scraparr_/, /^tentacle_/];

/** `node_exporter` -> `node`, `exportarr_v2_sonarr` -> `sonarr`, `plex_exporter_jsclayton` -> `plex`. */
const defaultJob = (source: string): string =>
  longJob(
    source
      .replace(/^(exportarr_v2|exportarr|scraparr|tentacle)_/, '')
      .replace(/_(media_server_|prometheus_)?exporter(_.*)?$/, '')
      .replace(/_v\d+$/, ''),
  );

/** Intervals are at least what the exporter needs: most of these ask an API or wake a disk at each scrape. */
const families: readonly (readonly [RegExp, Partial<SourceDefaults>])[] = [
  [/^blackbox_exporter$/, { interval: '30s' }],
  [/^blackbox_lan$/, { interval: '60s', catalog: 'blackbox_exporter', labels: { device: 'device' } }],
  [/^cadvisor$/, { labels: { container: 'name' } }],
  [/^smartctl_exporter$/, { interval: '60s', labels: { device: 'device' } }],
  // Each scrape is a whole speed test.
  [/^speedtest_exporter$/, { interval: '1h' }],
  [/^(exportarr|scraparr|tentacle)_/, { interval: '60s' }],
  [/^(plex|tautulli|jellyfin|overseerr|immich|paperless|tdarr)_.*exporter/, { interval: '60s' }],
  [/^(adguard|pihole|qbittorrent|transmission|nzbget|nut|apcupsd|pve)_exporter$/, { interval: '60s' }],
  [/^(speedtest_tracker|home_assistant|minio|uptime_kuma(_v1)?)$/, { interval: '60s' }],
  [/^unpoller$/, { interval: '60s', labels: { device: 'name' } }],
  [/^otel_(spanmetrics|servicegraph)$/, { pushed: true, labels: { service: 'service_name' } }],
  [/^tempo_metrics_generator$/, { pushed: true, labels: { service: 'service' } }],
  // It says its name as `service.name`, of which the job is made.
  [/^open_webui_otel$/, { interval: '60s', pushed: true, job: 'open-webui', labels: { service: 'job' } }],
];
