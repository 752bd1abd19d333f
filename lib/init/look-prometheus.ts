import type { Catalog } from '../catalog/catalog';
import { isOlder } from '../catalog/lookup';
import type { Catalogs } from '../homelab/catalogs';
import { sharesPage } from '../homelab/jobs';
import { identify, metricsSeen, type Fit, type Identified } from './identify';
import { configuredIntervals, intervalOfTargets, measuredInterval, type IntervalSeen } from './intervals';
import type { PrometheusServer, SeriesLabels } from '../server/prometheus';
import type { OpenJob, SeenPrometheus, SeenSource, SeenTarget } from './seen';
import { buildInfoPattern, buildInfosOf, versionSeen } from './version';

/** What `init` asks a server for, and what it knows already. */
export interface LookOptions {
  readonly catalogs: Catalogs;
  /** Seconds since 1970. */
  readonly now: number;
}

/** How far back a metric counts as there; a speed test comes once an hour. */
const recently = 2 * 3600;

/** More targets than this are not looked at one by one. */
const manyTargets = 60;

/**
 * What a Prometheus has: its jobs, what is behind each, and how its series tell machines apart. Throws only where the server does not
 * answer at all; what it answers with a refusal is in `unsaid`.
 */
export const lookAtPrometheus = async (server: PrometheusServer, options: LookOptions): Promise<SeenPrometheus> => {
  const since = Math.floor(options.now - recently);
  const unsaid: string[] = [];
  const scraped = await targetsOf(server, unsaid);
  const jobs = await allJobs(server, scraped, since);
  const configured = await intervalsOf(server, scraped);
  const looked = await Promise.all(
    jobs.map((job) =>
      lookAtJob(
        { server, since, configured, catalogs: options.catalogs, unsaid },
        job,
        scraped.filter((target) => target.job === job),
      ),
    ),
  );
  const nodes = await tolerate(server.instant('node_uname_info'), [], unsaid);
  return {
    url: server.url,
    sources: looked.flatMap(({ sources }) => sources),
    open: looked.flatMap(({ open }) => open),
    nodeNames: Object.fromEntries(
      nodes.flatMap(({ labels: { instance, nodename } }) => (instance && nodename ? [[instance, nodename]] : [])),
    ),
    unsaid: [...new Set(unsaid)].sort(),
  };
};

interface Looking {
  readonly server: PrometheusServer;
  readonly since: number;
  readonly configured: ReadonlyMap<string, IntervalSeen>;
  readonly catalogs: Catalogs;
  readonly unsaid: string[];
}

/** The answer, or what stands for none, with the reason among what is left unsaid. */
const tolerate = async <T>(
  asked: Promise<T>,
  otherwise: T,
  unsaid: string[],
  instead = 'it is left out',
): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    unsaid.push(`${(error as Error).message.split('\n')[0] ?? ''}: ${instead}`);
    return otherwise;
  }
};

/** Names of the metrics that the selector has had lately. */
const namesOf = (server: PrometheusServer, selector: string, start: number): Promise<readonly string[]> =>
  server.labelValues('__name__', { selector, period: { start } });

const targetsOf = async (server: PrometheusServer, unsaid: string[]): Promise<readonly SeenTarget[]> => {
  const up = await server.instant('up');
  const details = new Map(
    (await tolerate(server.targets(), [], unsaid, 'addresses are read from `instance`')).map((target) => [
      keyOf(target.labels),
      target,
    ]),
  );
  return up
    .map(({ labels: { __name__: _, ...labels }, samples }): SeenTarget => {
      const detail = details.get(keyOf(labels));
      return {
        job: labels['job'] ?? '',
        instance: labels['instance'] ?? '',
        labels,
        ...(detail && { url: detail.scrapeUrl }),
        ...(detail?.interval !== undefined && { interval: detail.interval }),
        up: samples[0]?.[1] !== 0,
      };
    })
    .filter(({ job }) => job !== '')
    .sort((a, b) => compare(keyOf(a.labels), keyOf(b.labels)));
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const keyOf = (labels: SeriesLabels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => compare(a, b)));

/** Those that are scraped, and those whose series arrive by themselves. */
const allJobs = async (
  server: PrometheusServer,
  scraped: readonly SeenTarget[],
  since: number,
): Promise<readonly string[]> => {
  const all = await server.labelValues('job', { period: { start: since } });
  return [...new Set([...scraped.map(({ job }) => job), ...all])].filter((job) => job !== '').sort();
};

/** Asked only where the targets do not say it themselves; others than Prometheus have no configuration: then it is measured. */
const intervalsOf = async (
  server: PrometheusServer,
  scraped: readonly SeenTarget[],
): Promise<ReadonlyMap<string, IntervalSeen>> => {
  if (scraped.length > 0 && scraped.every(({ interval }) => interval !== undefined)) return new Map();
  return configuredIntervals(await tolerate(server.scraping(), undefined, []));
};

interface LookedAt {
  readonly sources: readonly SeenSource[];
  readonly open: readonly OpenJob[];
}

const lookAtJob = async (looking: Looking, job: string, scraped: readonly SeenTarget[]): Promise<LookedAt> => {
  const names = new Set(await namesOf(looking.server, selectorOf({ job }), looking.since));
  const whole = identify(names, looking.catalogs, [job, ...scraped.map(({ instance }) => instance)]);
  if (isSilent(names, whole) && scraped.length === 0) return { sources: [], open: [] };
  const targets = scraped.length > 0 ? scraped : await sendersOf(looking, job, whole);
  const versions = await toldVersions(looking, job);
  const groups = await groupsOf(looking, job, targets, names, whole);
  const parts = await Promise.all(
    groups.map((group) => lookAtGroup({ ...looking, job, versions }, group, scraped.length > 0)),
  );
  return { sources: parts.flatMap(({ sources }) => sources), open: joined(parts.flatMap(({ open }) => open)) };
};

/** Nothing but what rules and scrapes write. */
const isSilent = (names: ReadonlySet<string>, { fits, ambiguous, unknown }: Identified): boolean =>
  names.size === 0 || fits.length + ambiguous.length + unknown.length === 0;

const selectorOf = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`;

/** Targets of one job whose pages look alike. */
interface Group {
  readonly targets: readonly SeenTarget[];
  readonly names: ReadonlySet<string>;
  readonly identified: Identified;
}

/** A job may gather several exporters: then its targets are looked at one by one. */
const groupsOf = async (
  looking: Looking,
  job: string,
  targets: readonly SeenTarget[],
  names: ReadonlySet<string>,
  whole: Identified,
): Promise<readonly Group[]> => {
  const isMixed =
    whole.ambiguous.length > 0 ||
    whole.fits.length > 1 ||
    // Its own page and what it probes are two things under one name.
    whole.fits.some(({ source }) => source === 'blackbox_exporter') ||
    (whole.fits.length === 1 && whole.unknown.length > 0);
  if (!isMixed || targets.length < 2) return [{ targets, names, identified: whole }];
  if (targets.length > manyTargets) {
    looking.unsaid.push(
      `job \`${job}\` has ${targets.length} targets and several exporters: it is looked at as a whole`,
    );
    return [{ targets, names, identified: whole }];
  }
  const each = await Promise.all(targets.map((target) => lookAtTarget(looking, target)));
  const groups = new Map<string, Group>();
  for (const [index, one] of each.entries()) {
    const key = pageKind(one);
    const group = groups.get(key);
    const target = targets[index] as SeenTarget;
    if (group)
      groups.set(key, {
        ...group,
        targets: [...group.targets, target],
        names: new Set([...group.names, ...one.names]),
      });
    else groups.set(key, { ...one, targets: [target] });
  }
  return [...groups.values()];
};

const pageKind = ({ names, identified: { fits, ambiguous } }: Pick<Group, 'names' | 'identified'>): string =>
  JSON.stringify([fits.map(({ source }) => source), ambiguous.map(({ source }) => source), names.has('probe_success')]);

const lookAtTarget = async (
  { server, since, catalogs }: Looking,
  { job, instance }: SeenTarget,
): Promise<Pick<Group, 'names' | 'identified'>> => {
  const names = new Set(await namesOf(server, selectorOf({ job, instance }), since));
  return { names, identified: identify(names, catalogs, [job, instance]) };
};

/** What is pushed has no `up`: its senders are told apart by the labels of a metric that all of them have. */
const sendersOf = async (looking: Looking, job: string, { fits }: Identified): Promise<readonly SeenTarget[]> => {
  const [fit] = fits;
  const metric = fit?.metrics.find((name) => looking.catalogs.load(fit.source).metrics[name]?.type === 'gauge');
  if (!fit || metric === undefined) return [{ job, instance: '', labels: { job }, up: true }];
  const own = Object.keys(looking.catalogs.load(fit.source).metrics[metric]?.labels ?? {});
  const series = await looking.server.instant(`${metric}${selectorOf({ job })}`);
  const senders = new Map(
    series.map(({ labels }) => {
      const rest = Object.fromEntries(
        Object.entries(labels).filter(([label]) => label !== '__name__' && !own.includes(label)),
      );
      return [keyOf(rest), { job, instance: rest['instance'] ?? '', labels: rest, up: true }];
    }),
  );
  return [...senders.values()].sort((a, b) => compare(keyOf(a.labels), keyOf(b.labels)));
};

/** Instance -> build-info metric -> version. */
type Told = ReadonlyMap<string, ReadonlyMap<string, string>>;

const toldVersions = async ({ server, unsaid }: Looking, job: string): Promise<Told> => {
  const selector = `{__name__=~${JSON.stringify(buildInfoPattern)},job=${JSON.stringify(job)}}`;
  const told = new Map<string, Map<string, string>>();
  for (const { labels } of await tolerate(server.instant(selector), [], unsaid)) {
    const { __name__: name, instance = '', version } = labels;
    if (name === undefined || version === undefined) continue;
    const of = told.get(instance) ?? new Map<string, string>();
    told.set(instance, of.set(name, version));
  }
  return told;
};

type LookingAtJob = Looking & { readonly job: string; readonly versions: Told };

const lookAtGroup = async (looking: LookingAtJob, group: Group, isScraped: boolean): Promise<LookedAt> => {
  const { job, unsaid } = looking;
  const { fits, ambiguous, unknown } = group.identified;
  const [main] = fits;
  const embedded = fits.filter((fit) => main && fit !== main && !sharesPage(fit.source, main.source));
  for (const { source, seen } of isScraped ? embedded : [])
    unsaid.push(`job \`${job}\` also has ${seen} metrics of ${source}, which ${main?.source} is taken to contain`);
  const own = isScraped ? fits.filter((fit) => !embedded.includes(fit)) : fits;
  const sources = await Promise.all(own.map((fit) => seenSource(looking, group, fit, isScraped)));
  if (sources.length > 0 && ambiguous.length === 0) return { sources, open: [] };
  const could = await Promise.all(ambiguous.map((fit) => seenSource(looking, group, fit, isScraped)));
  const open: OpenJob = {
    job,
    targets: group.targets,
    could,
    metrics: (ambiguous[0]?.metrics ?? unknown).slice(0, 5),
    metricCount: ambiguous[0]?.metrics.length ?? unknown.length,
  };
  return { sources, open: [open] };
};

/** Targets of a job that nobody knows are named once. */
const joined = (open: readonly OpenJob[]): readonly OpenJob[] => {
  const [first, ...rest] = open;
  if (!first || open.some(({ could }) => could.length > 0)) return open;
  const metrics = [...new Set(open.flatMap((one) => one.metrics))].sort();
  return [
    {
      ...first,
      targets: open.flatMap(({ targets }) => targets),
      metrics: metrics.slice(0, 5),
      metricCount: Math.max(first.metricCount, ...rest.map(({ metricCount }) => metricCount)),
    },
  ];
};

const seenSource = async (
  looking: LookingAtJob,
  { targets, names }: Group,
  fit: Fit,
  isScraped: boolean,
): Promise<SeenSource> => {
  const { server, job, configured, catalogs, versions, unsaid } = looking;
  const catalog = catalogs.load(fit.source);
  const pages = await pagesOf(looking, catalog, targets, names);
  const metric = fit.metrics[0] ?? 'up';
  const interval =
    intervalOfTargets(targets) ??
    configured.get(job) ??
    (await tolerate(measuredInterval(server, `${isScraped ? 'up' : metric}${selectorOf({ job })}`), undefined, unsaid));
  const version = Object.fromEntries(
    targets.map(({ instance }) => [
      instance,
      versionSeen(catalog, pages.get(instance) ?? names, versions.get(instance) ?? new Map()),
    ]),
  );
  return {
    source: fit.source,
    fit,
    job,
    targets,
    versions: version,
    collectors: await collectorsOf(looking, catalog, targets, (instance) => pages.get(instance) ?? names, version),
    ...(interval && { interval }),
    isScraped,
    isProbe: names.has('probe_success'),
  };
};

/** The pages of single targets, where they are needed to tell the version. */
const pagesOf = async (
  { server, since, job, versions }: LookingAtJob,
  catalog: Catalog,
  targets: readonly SeenTarget[],
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  if (targets.length < 2 || targets.length > manyTargets) return new Map(targets.map((one) => [one.instance, names]));
  const infos = buildInfosOf(catalog);
  const isTold = (instance: string): boolean => infos.some((info) => versions.get(instance)?.has(info));
  const depends = Object.values(catalog.metrics).some(({ since: from, until }) => from ?? until);
  return new Map(
    await Promise.all(
      targets.map(async ({ instance }): Promise<readonly [string, ReadonlySet<string>]> => {
        if (isTold(instance) || !depends) return [instance, names];
        return [instance, new Set(await namesOf(server, selectorOf({ job, instance }), since))];
      }),
    ),
  );
};

/** What is switched on or off against the defaults: as node_exporter says it itself, else by what would not be there otherwise. */
const collectorsOf = async (
  { server, job, unsaid }: LookingAtJob,
  catalog: Catalog,
  targets: readonly SeenTarget[],
  pageOf: (instance: string) => ReadonlySet<string>,
  versions: SeenSource['versions'],
): Promise<SeenSource['collectors']> => {
  const told =
    catalog.source === 'node_exporter'
      ? await tolerate(server.instant(`node_scrape_collector_success${selectorOf({ job })}`), [], unsaid)
      : [];
  return Object.fromEntries(
    targets.flatMap(({ instance }) => {
      const running = new Map(
        told.flatMap(({ labels: { instance: of, collector }, samples }) =>
          of === instance && collector ? [[collector, samples[0]?.[1] === 1] as const] : [],
        ),
      );
      const switches = switchesOf(catalog, pageOf(instance), running, versions[instance]?.version);
      return Object.keys(switches).length > 0 ? [[instance, switches]] : [];
    }),
  );
};

/** `running`: the collectors that the exporter lists -> whether they found anything; empty where it lists none. */
export const switchesOf = (
  catalog: Catalog,
  names: ReadonlySet<string>,
  running: ReadonlyMap<string, boolean>,
  version: string | undefined,
): Readonly<Record<string, boolean>> => {
  const switches: Record<string, boolean> = {};
  for (const [, { default: isDefault, flag, collector }] of metricsSeen(catalog, names)) {
    if (isDefault !== false) continue;
    const name = flag ?? collector;
    // What is listed is told by the list, which also knows collectors that have nothing to say.
    if (name !== undefined && (flag !== undefined || running.size === 0)) switches[name] = true;
  }
  const known = collectorsIn(catalog, version);
  if ([...known.keys()].some((collector) => running.has(collector))) {
    for (const [collector, isDefault] of known) {
      // One that finds nothing may tomorrow; one that is there by somebody's wish and finds nothing has nothing to draw.
      const isOn = isDefault ? running.has(collector) : running.get(collector) === true;
      if (isOn !== isDefault) switches[collector] = isOn;
    }
  }
  return Object.fromEntries(Object.entries(switches).sort(([a], [b]) => compare(a, b)));
};

/** The collectors that this version has -> whether they are on by default. */
const collectorsIn = (catalog: Catalog, version: string | undefined): ReadonlyMap<string, boolean> => {
  const all = new Map<string, boolean>();
  for (const { collector, flag, default: isDefault, since, until } of Object.values(catalog.metrics)) {
    // What the exporter says of itself is no collector that it would list.
    if (collector === undefined || collector === 'exporter' || flag !== undefined) continue;
    if (since && isOlder(version, since)) continue;
    if (until && !isOlder(version, until)) continue;
    all.set(collector, (all.get(collector) ?? false) || isDefault !== false);
  }
  return all;
};
