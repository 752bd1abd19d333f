import { formatDuration, toSeconds } from '../duration';
import { parseHostAndPort, parseHttpUrl } from './addresses';
import type { Catalogs } from './catalogs';
import type { EntityName, Exporter, Homelab, Identity, Probes, SourceSettings } from './homelab';
import { everywhere, lanSource, longJob, sourceDefaults } from './jobs';
import { addressOf, pathOf, placedExporters } from './placement';
import { hasTargets } from './resolve-probes';
import type {
  Identities,
  Interval,
  ResolvedAlerting,
  ResolvedDataSource,
  ResolvedIdentity,
  ResolvedInstance,
  ResolvedSource,
} from './resolved';

interface Known {
  readonly alerting: ResolvedAlerting;
  readonly dataSources: Readonly<Record<string, ResolvedDataSource>>;
  readonly catalogs: Catalogs;
}

/** An exporter in the file, or one that is there by default, on its way to an instance. */
interface Scraped {
  readonly exporter: Exporter;
  readonly host: string | null;
  readonly service: string | null;
  readonly app: string | null;
  readonly address: string;
}

/** Every source that this homelab has, as it is in its data. */
export const resolveSources = (homelab: Homelab, known: Known): Readonly<Record<string, ResolvedSource>> => {
  const scraped = [...listed(homelab), ...unlisted(homelab, known)];
  const names = sourceNames(homelab, scraped, known.catalogs);
  const jobs = toJobs(names);
  const sources = names.map((name) => {
    const own = scraped.filter(({ exporter }) => exporter.exporter === name);
    return resolveSource(name, jobs.get(name) ?? name, homelab.sources?.[name] ?? {}, own, known);
  });
  const slowest = slowestOf(sources);
  return Object.fromEntries(
    sources.map((source) => [source.source, isEverywhere(source, homelab) ? { ...source, interval: slowest } : source]),
  );
};

/** The labels beside `job` that make a target's series findable by the source's `select` and `identity`. */
export const labelsOf = (
  { select, identity }: Pick<ResolvedSource, 'select' | 'identity'>,
  names: { readonly host: string | null; readonly service: string | null },
): Readonly<Record<string, string>> => {
  const selected = Object.entries(select).flatMap(([label, [value]]) => (value === undefined ? [] : [[label, value]]));
  const entities = (['host', 'service'] as const).flatMap((entity) => {
    const { label, prefix, suffix } = identity[entity] ?? { label: entity, prefix: '', suffix: '' };
    const name = names[entity];
    return name === null ? [] : [[label, `${prefix}${name}${suffix}`]];
  });
  const labels: Readonly<Record<string, string>> = Object.fromEntries([...selected, ...entities]);
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'job'));
};

const listed = (homelab: Homelab): readonly Scraped[] =>
  placedExporters(homelab).flatMap((placed) => {
    const { exporter, host, app } = placed;
    const address = addressOf(placed);
    if (exporter.exporter === undefined || address === undefined) return [];
    return {
      exporter: exporter as Exporter,
      host: host?.name ?? null,
      service: app?.name ?? app?.app ?? null,
      app: app?.app ?? null,
      address,
    };
  });

/** What runs in every homelab of its kind, where the file does not list it: Prometheus, Alertmanager, blackbox_exporter. */
const unlisted = (homelab: Homelab, { alerting, dataSources }: Known): readonly Scraped[] => {
  // An app with `exporters: []` says that nothing scrapes it.
  const has = (name: string): boolean =>
    (homelab.apps ?? []).some(({ app }) => app === name) ||
    placedExporters(homelab).some(({ exporter }) => exporter.exporter === name);
  const alertmanager = parseHostAndPort(alerting.alertmanager);
  return [
    // vmalert stands beside VictoriaMetrics, which may well be all there is.
    ...(has('prometheus') || alerting.engine === 'vmalert' ? [] : [prometheusOf(homelab, dataSources)]),
    ...(has('alertmanager') || alerting.engine === 'grafana' || !alertmanager
      ? []
      : [ownService('alertmanager', 'alertmanager', alertmanager)]),
    ...(has('blackbox_exporter') || !isProbing(homelab.probes ?? {}) ? [] : [blackboxOf(homelab.probes ?? {})]),
  ];
};

const ownService = (
  exporter: string,
  service: string,
  { address, port }: { readonly address: string; readonly port: number },
): Scraped => ({ exporter: { exporter, port }, host: null, service, app: exporter, address });

const prometheusOf = (homelab: Homelab, dataSources: Known['dataSources']): Scraped => {
  const key = homelab.sources?.prometheus?.dataSource ?? metricsKey(dataSources);
  const url =
    parseHttpUrl(dataSources[key]?.url ?? homelab.urls?.prometheus ?? '') ?? new URL('http://prometheus:9090');
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const port = Number(url.port || (scheme === 'https' ? 443 : 80));
  const own = ownService('prometheus', 'prometheus', { address: url.hostname.replace(/^\[|\]$/g, ''), port });
  const path = `${url.pathname.replace(/\/+$/, '')}/metrics`;
  return { ...own, exporter: { ...own.exporter, scheme, path } };
};

const blackboxOf = ({ exporter, version }: Probes): Scraped => {
  const place = parseHostAndPort(exporter ?? '') ?? { address: 'blackbox-exporter', port: 9115 };
  const own = ownService('blackbox_exporter', 'blackbox-exporter', place);
  // A tool of ours: nobody calls it a service.
  return { ...own, app: null, exporter: { ...own.exporter, ...(version !== undefined && { version }) } };
};

const isProbing = (probes: Probes): boolean => hasTargets(probes) || probes.lan !== undefined;

const sourceNames = (homelab: Homelab, scraped: readonly Scraped[], catalogs: Catalogs): readonly string[] => [
  ...new Set([
    ...everywhere.filter((name) => catalogs.has(name)),
    ...scraped.map(({ exporter }) => exporter.exporter),
    ...(homelab.probes?.lan === undefined ? [] : [lanSource]),
    ...Object.keys(homelab.sources ?? {}),
  ]),
];

/** Two sources that would share a job (two exporters of one app) go by their full names. */
const toJobs = (names: readonly string[]): ReadonlyMap<string, string> => {
  const jobs = names.map((name) => sourceDefaults(name).job);
  return new Map(
    names.map((name, index) => {
      const job = jobs[index] ?? name;
      return [name, jobs.filter((other) => other === job).length > 1 ? longJob(name) : job];
    }),
  );
};

const resolveSource = (
  source: string,
  defaultJob: string,
  settings: SourceSettings,
  scraped: readonly Scraped[],
  { catalogs, dataSources }: Known,
): ResolvedSource => {
  const defaults = sourceDefaults(source);
  const catalog = catalogs.load(defaults.catalog);
  const select = resolveSelect(settings.select ?? (everywhere.includes(source) ? {} : { job: defaultJob }));
  const entities = entitiesOf(source, defaults.labels, settings, scraped);
  const identity = resolveIdentities(entities, defaults.labels, settings);
  return {
    source,
    catalog,
    entities,
    select,
    identity,
    interval: toInterval(settings.interval ?? defaults.interval),
    dataSource: settings.dataSource ?? metricsKey(dataSources),
    spelling: { histograms: 'classic', names: 'underscores', suffixes: true, ...settings.spelling },
    job: select.job?.[0] ?? defaultJob,
    instances: scraped.map(({ exporter, address, ...names }): ResolvedInstance => {
      const [path = '', query] = pathOf(exporter, catalog).split('?', 2);
      return {
        ...names,
        address,
        port: defaults.pushed ? null : (exporter.port ?? catalog.port),
        path,
        parameters: Object.fromEntries(new URLSearchParams(query)),
        scheme: exporter.scheme ?? 'http',
        labels: labelsOf(
          { select, identity: resolveIdentities(['host', 'service'], defaults.labels, settings) },
          names,
        ),
        version: exporter.version ?? catalog.version,
        collectors: exporter.collectors ?? {},
        auth: exporter.auth ?? {},
      };
    }),
  };
};

const metricsKey = (dataSources: Known['dataSources']): string => {
  const keys = Object.keys(dataSources).filter((key) => dataSources[key]?.kind === 'prometheus');
  return keys.includes('prometheus') ? 'prometheus' : (keys[0] ?? 'prometheus');
};

const resolveSelect = (select: NonNullable<SourceSettings['select']>): ResolvedSource['select'] =>
  Object.fromEntries(
    Object.entries(select).map(([label, values]) => [label, typeof values === 'string' ? [values] : values]),
  );

const entityNames = ['host', 'service', 'container', 'device'] as const satisfies readonly EntityName[];

/** `host` and `service` only where every target has one; the others where the exporter tells them apart. */
const entitiesOf = (
  source: string,
  labels: Readonly<Partial<Record<EntityName, string>>>,
  { identity = {} }: SourceSettings,
  scraped: readonly Scraped[],
): readonly EntityName[] =>
  entityNames.filter((entity) => {
    if (identity[entity] !== undefined || labels[entity] !== undefined) return true;
    if (entity !== 'host' && entity !== 'service') return false;
    if (everywhere.includes(source)) return true;
    if (source === lanSource) return false;
    // What is probed is a service, wherever the prober itself is listed.
    if (source === 'blackbox_exporter') return entity === 'service';
    return scraped.length === 0 ? entity === 'service' : scraped.every((one) => one[entity] !== null);
  });

const resolveIdentities = (
  entities: readonly EntityName[],
  labels: Readonly<Partial<Record<EntityName, string>>>,
  { identity = {} }: SourceSettings,
): Identities =>
  Object.fromEntries(
    entities.map((entity) => [entity, resolveIdentity(entity, identity[entity] ?? labels[entity] ?? entity)]),
  );

const resolveIdentity = (entity: EntityName, identity: Identity): ResolvedIdentity => {
  if (typeof identity === 'string') return { label: identity, prefix: '', suffix: '' };
  const [prefix = '', suffix = ''] = identity.pattern.split(`{${entity}}`);
  return { label: identity.label, prefix, suffix };
};

const toInterval = (text: string): Interval => {
  const seconds = toSeconds(text);
  return { seconds, text: Number.isInteger(seconds) ? formatDuration(seconds) : text };
};

/** Prometheus forgets a series five minutes after its last sample; slower sources cannot be waited for. */
const forgotten = 300;

/** What is told of every target comes as slowly as the slowest of them. */
const slowestOf = (sources: readonly ResolvedSource[]): Interval =>
  sources
    .filter(({ source, interval }) => !everywhere.includes(source) && interval.seconds <= forgotten)
    .map(({ interval }) => interval)
    .reduce((slowest, interval) => (interval.seconds > slowest.seconds ? interval : slowest), toInterval('15s'));

const isEverywhere = ({ source }: ResolvedSource, { sources }: Homelab): boolean =>
  everywhere.includes(source) && sources?.[source]?.interval === undefined;
