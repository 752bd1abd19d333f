import { formatDuration, toSeconds } from '../duration';
import type { Catalogs } from './catalogs';
import { checkOwned } from './checks/references';
import { catalogsOf } from './define';
import type {
  Digest,
  Engine,
  GrafanaSettings,
  Heartbeat,
  Homelab,
  MessageFilter,
  QuietHours,
  Route,
  Urls,
} from './homelab';
import { HomelabError } from './homelab-error';
import { resolveProbes } from './resolve-probes';
import { resolveSources } from './resolve-sources';
import { resolveTargets } from './resolve-targets';
import type {
  ResolvedAlerting,
  ResolvedDataSource,
  ResolvedDigest,
  ResolvedDisplay,
  ResolvedFilter,
  ResolvedHeartbeat,
  ResolvedHomelab,
  ResolvedHost,
  ResolvedQuietHours,
  ResolvedRoute,
  ResolvedService,
  ResolvedSource,
} from './resolved';
import { weekdays } from './weekdays';

export type * from './resolved';

/** What is said against the homelab file; `catalogs` are by default those that it was checked with. */
export interface ResolveOptions {
  readonly engine?: Engine;
  readonly mode?: NonNullable<GrafanaSettings['mode']>;
  readonly catalogs?: Catalogs;
}

/**
 * The homelab with every default filled in. It must have been checked; only what `mode` newly asks for is checked here,
 * with a `HomelabError`.
 */
export const resolveHomelab = (
  homelab: Homelab,
  {
    engine = homelab.alerting?.engine ?? 'grafana',
    mode = homelab.grafana?.mode ?? 'existing',
    catalogs = catalogsOf(homelab),
  }: ResolveOptions = {},
): ResolvedHomelab => {
  const problems = mode === 'owned' ? [...checkOwned(homelab)] : [];
  if (problems.length > 0) throw new HomelabError(problems);

  const alerting = resolveAlerting(homelab, engine);
  const dataSources = resolveDataSources(homelab, mode);
  const sources = resolveSources(homelab, { alerting, dataSources, catalogs });
  const services = resolveServices(homelab, sources);
  return {
    project: homelab.project ?? 'hl',
    timeZone: homelab.timeZone ?? 'browser',
    urls: resolveUrls(homelab.urls ?? {}),
    hosts: homelab.hosts.map(resolveHost),
    services,
    probes: resolveProbes(homelab, sources, services, catalogs),
    sources,
    dataSources,
    grafana: { mode, dashboardsPath: homelab.grafana?.dashboardsPath ?? '/etc/grafana/dashboards' },
    alerting,
    display: resolveDisplay(homelab),
    privacy: homelab.privacy ?? 'aggregate',
    dashboards: { include: homelab.dashboards?.include ?? null, exclude: homelab.dashboards?.exclude ?? [] },
    targets: resolveTargets(homelab),
  };
};

const resolveHost = ({ name, address, sleeps, dependsOn }: Homelab['hosts'][number]): ResolvedHost => ({
  name,
  address: address ?? name,
  sleeps: sleeps ?? false,
  dependsOn: toList(dependsOn) ?? [],
});

const resolveUrls = (urls: Urls): Urls =>
  Object.fromEntries(Object.entries(urls).map(([key, url]: [string, string]) => [key, url.replace(/\/+$/, '')]));

const resolveAlerting = ({ alerting = {} }: Homelab, engine: Engine): ResolvedAlerting => {
  const receivers = alerting.receivers ?? {};
  return {
    engine,
    alertmanager: alerting.alertmanager ?? 'alertmanager:9093',
    receivers,
    pack: alerting.pack ?? 'essential',
    alerts: alerting.alerts ?? {},
    routes: (alerting.routes ?? []).map(resolveRoute),
    defaultReceiver: alerting.defaultReceiver ?? Object.keys(receivers)[0] ?? null,
    heartbeat: alerting.heartbeat ? resolveHeartbeat(alerting.heartbeat) : null,
    quietHours: alerting.quietHours ? resolveQuietHours(alerting.quietHours) : null,
    digest: alerting.digest ? resolveDigest(alerting.digest) : null,
    mail: alerting.mail ?? null,
  };
};

const resolveHeartbeat = ({ url, period = '10m' }: Heartbeat): ResolvedHeartbeat => ({
  url,
  period: { seconds: toSeconds(period), text: formatDuration(toSeconds(period)) },
});

const resolveQuietHours = ({ from, to, days = weekdays, except }: QuietHours): ResolvedQuietHours => ({
  from,
  to,
  days: weekdays.filter((day) => days.includes(day)),
  except: resolveFilter(except ?? { severity: 'critical' }),
});

const resolveDigest = ({ at, of, to }: Digest): ResolvedDigest => ({
  at,
  of: resolveFilter(of ?? { severity: 'warning' }),
  to: to ?? null,
});

const resolveFilter = ({ severity, category }: MessageFilter): ResolvedFilter => ({
  severity: toList(severity),
  category: toList(category),
});

const resolveRoute = ({ to, ...filter }: Route): ResolvedRoute => ({ ...resolveFilter(filter), to });

const toList = <Value extends string>(value: Value | readonly Value[] | undefined): readonly Value[] | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? [value] : value;
};

const resolveDataSources = (
  { dataSources = {} }: Homelab,
  mode: string,
): Readonly<Record<string, ResolvedDataSource>> => {
  const hasMetrics = Object.values(dataSources).some(({ kind }) => kind === 'prometheus');
  const prometheus = {
    kind: 'prometheus',
    uid: 'prometheus',
    name: 'Prometheus',
    ...(mode === 'owned' && { url: 'http://prometheus:9090' }),
  } as const;
  const all = hasMetrics ? dataSources : { prometheus, ...dataSources };
  return Object.fromEntries(
    Object.entries(all).map(([key, dataSource]) => [key, { ...dataSource, key, name: dataSource.name ?? key }]),
  );
};

const resolveDisplay = ({ display = {} }: Homelab): ResolvedDisplay => ({
  temperature: display.temperature ?? 'celsius',
  bytes: display.bytes ?? 'iec',
  clock: display.clock ?? '24h',
  weekStart: display.weekStart ?? null,
  ignoredDevices: display.ignoredDevices ?? 'lo|veth.*|br-.*|docker.*|cni.*|cali.*|tailscale.*',
  ignoredFilesystems: display.ignoredFilesystems ?? 'tmpfs|ramfs|overlay|squashfs|nsfs|fuse.*|autofs',
});

/** Apps first, then Prometheus and Alertmanager if nobody lists them, then what is only probed; a probe of an app's name joins it. */
const resolveServices = (
  homelab: Homelab,
  sources: Readonly<Record<string, ResolvedSource>>,
): readonly ResolvedService[] => {
  const services = new Map<string, ResolvedService>();
  for (const { app, name = app, host = null, dependsOn } of homelab.apps ?? [])
    services.set(name, { name, app, host, url: null, dependsOn: toList(dependsOn) ?? [] });
  for (const { service, app, host } of Object.values(sources).flatMap(({ instances }) => instances)) {
    if (service !== null && app !== null && !services.has(service))
      services.set(service, { name: service, app, host, url: null, dependsOn: [] });
  }
  for (const { name, url, host = null, dependsOn } of homelab.probes?.services ?? []) {
    const known = services.get(name);
    const needs = [...(known?.dependsOn ?? []), ...(toList(dependsOn) ?? [])];
    services.set(name, {
      name,
      app: known?.app ?? null,
      host: known?.host ?? host,
      url,
      dependsOn: [...new Set(needs)],
    });
  }
  return [...services.values()];
};
