import type { Catalog } from '../catalog/catalog';
import { loadCatalog } from '../catalog/load';
import { availability } from '../catalog/lookup';
import { formatHostAndPort } from '../homelab/addresses';
import { lanSource } from '../homelab/jobs';
import type { ResolvedInstance, ResolvedProbe, ResolvedSource } from '../homelab/resolved';
import { moduleName } from '../render/blackbox';
import { boundsOf } from './bounds';
import { behaviours } from './behaviours';
import { probeBehaviour } from './behaviours/blackbox_exporter';
import type { Labels } from './content';
import { familyOf, type Family } from './families';
import { isGoProgram } from './go-programs';
import { changesOn, withChanges, type PlacedChange } from './incidents/placed';
import type { Behaviour, Place } from './place';
import { rowsOf } from './rows';
import { isIn, type Window } from './time/course';
import { machineLife, programLife, type World } from './world/world';

/** Who has the samples of a page: one target of Prometheus. */
export interface FleetTarget {
  readonly source: string;
  /** Everything that scraping adds: `job`, `instance`, `host` ... */
  readonly labels: Labels;
  /** Seconds between scrapes. */
  readonly interval: number;
  /** Nobody scrapes it: its series are there without `up`. */
  readonly pushed: boolean;
}

/** One metrics page of a simulated exporter. */
export interface FleetPage {
  /** `host:port` that Prometheus reaches it at; the host alone where nobody scrapes it. */
  readonly address: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Names of the sources whose metrics are on it. */
  readonly sources: readonly string[];
  readonly families: readonly Family[];
  readonly targets: readonly FleetTarget[];
  /** Whether it answers at a moment. */
  readonly answers: (time: number) => boolean;
  /** Whether Prometheus asks for it at a moment: of what it does not know it writes no `up`. */
  readonly scraped: (time: number) => boolean;
}

/** Where a page is found: the same for the page and for the request of a scrape. */
export const pageKey = (address: string, path: string, parameters: Readonly<Record<string, string>>): string =>
  `${address}${path}?${new URLSearchParams(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

/** A homelab that is the same but for incidents that only change series: pages without these are as they were there. */
export interface Before {
  readonly pages: readonly FleetPage[];
  readonly since: readonly PlacedChange[];
}

/** Every page of the homelab: those of its exporters, and one for each probe. */
export const pagesOf = (world: World, incidents: readonly PlacedChange[], before?: Before): readonly FleetPage[] => {
  const pages = new Map<string, Draft>();
  for (const draft of [...exporterPages(world), ...probePages(world), ...lanPages(world)]) {
    const key = pageKey(draft.address, draft.path, draft.parameters);
    const known = pages.get(key);
    // Several sources can be one program with one page.
    pages.set(
      key,
      known
        ? { ...known, parts: [...known.parts, ...draft.parts], targets: [...known.targets, ...draft.targets] }
        : draft,
    );
  }
  return [...pages.values()].map(({ parts, ...page }, index) => {
    const same = before?.pages[index];
    if (same && !parts.some(({ place }) => before.since.some((one) => changesOn(place, one)))) return same;
    const windowsOf = (what: 'silences' | 'forgets'): readonly Window[] =>
      incidents
        .filter(({ incident, subject }) => parts.some(({ place }) => incident[what]?.(place, subject)))
        .map(({ window }) => window);
    const [silences, forgets] = [windowsOf('silences'), windowsOf('forgets')];
    return {
      ...page,
      sources: [...new Set(parts.map(({ catalog }) => catalog.source))],
      families: merged(parts.flatMap((part) => familiesOf(part, incidents))),
      answers: (time) => !silences.some((window) => isIn(window, time)),
      scraped: (time) => !forgets.some((window) => isIn(window, time)),
    };
  });
};

interface Draft extends Pick<FleetPage, 'address' | 'path' | 'parameters' | 'targets'> {
  readonly parts: readonly Part[];
}

interface Part {
  readonly place: Place;
  readonly catalog: Catalog;
  readonly behaviour: Behaviour;
}

const exporterPages = (world: World): readonly Draft[] =>
  Object.values(world.homelab.sources).flatMap((source) =>
    isSpelledOtherwise(source) ? [] : source.instances.map((instance) => exporterPage(world, source, instance)),
  );

/** Series under other names than the catalog's are not simulated. */
const isSpelledOtherwise = ({ spelling }: ResolvedSource): boolean =>
  spelling.histograms !== 'classic' || spelling.names !== 'underscores' || !spelling.suffixes;

const exporterPage = (world: World, source: ResolvedSource, instance: ResolvedInstance): Draft => {
  const address = instance.port === null ? instance.address : formatHostAndPort(instance.address, instance.port);
  const place = placeOf(world, source, instance, address);
  const behave = behaviours[source.catalog.source];
  return {
    address,
    path: instance.path,
    parameters: instance.parameters,
    targets: [
      {
        source: source.source,
        labels: { job: source.job, instance: address, ...instance.labels },
        interval: source.interval.seconds,
        pushed: instance.port === null,
      },
    ],
    parts: [
      { place, catalog: source.catalog, behaviour: behave?.(place) ?? { metrics: {} } },
      ...(isGoProgram(source.catalog.source) && instance.port !== null ? [goRuntime(place)] : []),
    ],
  };
};

const placeOf = (world: World, source: ResolvedSource, instance: ResolvedInstance, address: string): Place => {
  const host = instance.host ?? instance.address;
  // Exporters that share a page are one program.
  const program = `${address} ${instance.path}`;
  return {
    world,
    catalog: source.catalog,
    key: `${world.seed} ${program}`,
    host,
    service: instance.service ?? source.source,
    address: instance.address,
    port: instance.port ?? 0,
    version: instance.version,
    collectors: instance.collectors,
    lives: {
      program: programLife(world, host, instance.service ?? source.source, program),
      machine: machineLife(world, host),
    },
  };
};

const goRuntime = (place: Place): Part => {
  const catalog = loadCatalog('go_process');
  const own = { ...place, catalog, collectors: {}, version: catalog.version };
  return { place: own, catalog, behaviour: behaviours['go_process']?.(own) ?? { metrics: {} } };
};

const probePages = (world: World): readonly Draft[] => {
  const source = world.homelab.sources['blackbox_exporter'];
  const { exporter, targets } = world.homelab.probes;
  if (!source || !exporter) return [];
  return targets.map((probe) =>
    probePage(world, source, exporter, probe, moduleName(probe), { instance: probe.target, ...probe.labels }),
  );
};

const lanPages = (world: World): readonly Draft[] => {
  const source = world.homelab.sources[lanSource];
  const { exporter, lan } = world.homelab.probes;
  if (!source || !exporter || !lan) return [];
  return lan.addresses.map((address) =>
    probePage(world, source, exporter, lanProbe(address), 'icmp', { instance: address, device: address }),
  );
};

const lanProbe = (address: string): ResolvedProbe => ({
  group: 'router',
  name: address,
  host: null,
  by: 'icmp',
  target: address,
  query: null,
  alsoUp: [],
  verifyTls: true,
  reach: 'internal',
  labels: {},
});

const probePage = (
  world: World,
  source: ResolvedSource,
  exporter: { readonly address: string; readonly port: number; readonly version: string },
  probe: ResolvedProbe,
  module: string,
  labels: Labels,
): Draft => {
  const address = formatHostAndPort(exporter.address, exporter.port);
  const place: Place = {
    world,
    catalog: source.catalog,
    key: `${world.seed} ${address} ${source.source} ${probe.name} ${probe.target}`,
    host: probe.host ?? probe.target,
    service: probe.name,
    address: exporter.address,
    port: exporter.port,
    version: exporter.version,
    collectors: {},
    lives: { program: machineLife(world, exporter.address), machine: machineLife(world, exporter.address) },
  };
  return {
    address,
    path: '/probe',
    parameters: { module, target: probe.target },
    targets: [
      {
        source: source.source,
        labels: { job: source.job, ...labels },
        interval: source.interval.seconds,
        pushed: false,
      },
    ],
    parts: [{ place, catalog: source.catalog, behaviour: probeBehaviour(place, probe, source.source === lanSource) }],
  };
};

const familiesOf = ({ place, catalog, behaviour }: Part, incidents: readonly PlacedChange[]): readonly Family[] => {
  for (const name of Object.keys(behaviour.metrics))
    if (!Object.hasOwn(catalog.metrics, name))
      throw new Error(`the behaviour of ${catalog.source} names \`${name}\`, which its catalog does not have`);
  return Object.entries(catalog.metrics)
    .filter(([, metric]) => availability(metric, place).available)
    .map(([name, metric]) =>
      familyOf(name, metric, withChanges(place, name, rowsOf(place, name, metric, behaviour), incidents), {
        lives: place.lives,
        seed: place.key,
        bounds: metric.type === 'histogram' ? boundsOf(catalog.source, name) : undefined,
      }),
    );
};

/** One family a name: what several sources of a page have in common is written once. */
const merged = (families: readonly Family[]): readonly Family[] => {
  const byName = new Map<string, Family>();
  for (const family of families) {
    const known = byName.get(family.name);
    if (!known) byName.set(family.name, family);
    else {
      const there = new Set(known.samples.map(sampleKey));
      const more = family.samples.filter((sample) => !there.has(sampleKey(sample)));
      if (known.type === family.type) byName.set(family.name, { ...known, samples: [...known.samples, ...more] });
    }
  }
  return [...byName.values()];
};

const sampleKey = ({ name, labels }: Family['samples'][number]): string => name + JSON.stringify(labels);
