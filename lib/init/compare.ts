import type { App, Exporter, Homelab, Host } from '../homelab/homelab';
import { addressOf, placedExporters, type PlacedExporter } from '../homelab/placement';
import { resolveHomelab } from '../homelab/resolve';
import { inline } from './write';

/** Something that was seen and that the homelab file does not have. */
export interface News {
  /** Where it belongs: `hosts`, `sources`. */
  readonly place: string;
  /** What it is, as one would write it there. */
  readonly text: string;
}

/**
 * What a proposal has that an existing homelab does not: machines, programs, exporters, jobs, data sources, receivers. What the file
 * says otherwise is its owner's business; what it has and nobody sees is not asked for.
 */
export const newsIn = (proposed: Homelab, existing: Homelab): readonly News[] => [
  ...newOwners('hosts', proposed.hosts, existing.hosts, existing),
  ...newOwners('apps', proposed.apps ?? [], existing.apps ?? [], existing),
  ...newServices(proposed, existing),
  ...newSources(proposed, existing),
  ...newDataSources(proposed, existing),
  ...newReceivers(proposed, existing),
];

const nameOf = (one: Host | App): string => ('app' in one ? (one.name ?? one.app) : one.name);

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** An owner that is not there, or exporters that a known one does not have. */
const newOwners = <T extends Host | App>(
  place: string,
  proposed: readonly T[],
  existing: readonly T[],
  homelab: Homelab,
): readonly News[] =>
  proposed.flatMap((one): readonly News[] => {
    const known = existing.find((other) => isSame(nameOf(one), nameOf(other)) || isSameMachine(one, other));
    const exporters = (one.exporters ?? []).filter((exporter) => !isScraped(exporter, one, homelab));
    if (known) {
      const name = nameOf(known);
      return exporters.map((exporter) => ({ place: `${place} › ${name} › exporters`, text: inline(exporter) }));
    }
    // Something that others already stand for: the same exporters under another name.
    if ((one.exporters ?? []).length > 0 && exporters.length === 0) return [];
    return [{ place, text: inline(one) }];
  });

const isSameMachine = (one: Host | App, other: Host | App): boolean =>
  !('app' in one) && !('app' in other) && one.address !== undefined && one.address === other.address;

/** Whether the file has this exporter, with this owner or at this address. */
const isScraped = (exporter: Exporter, owner: Host | App, homelab: Homelab): boolean => {
  const place = endpointOf({
    keys: [],
    exporter,
    host: 'app' in owner ? homelab.hosts.find(({ name }) => name === owner.host) : owner,
    app: 'app' in owner ? owner : undefined,
  });
  return placedExporters(homelab).some(
    (placed) =>
      placed.exporter.exporter === exporter.exporter &&
      (endpointOf(placed) === place ||
        isSame((placed.app ? (placed.app.name ?? placed.app.app) : placed.host?.name) ?? '', nameOf(owner))),
  );
};

const endpointOf = (placed: PlacedExporter): string =>
  `${addressOf(placed) ?? ''}:${placed.exporter.port ?? placed.exporter.exporter ?? ''}`;

const newServices = (proposed: Homelab, { probes: existing = {} }: Homelab): readonly News[] =>
  (proposed.probes?.services ?? [])
    .filter(({ name, url }) => !(existing.services ?? []).some((one) => isSame(one.name, name) || one.url === url))
    .map((service) => ({ place: 'probes › services', text: inline(service) }));

/** A source that the file does not have, or a job that its `select` does not take. */
const newSources = (proposed: Homelab, existing: Homelab): readonly News[] => {
  const known = resolveHomelab(existing).sources;
  return Object.entries(proposed.sources ?? {}).flatMap(([name, settings]) => {
    const has = known[name];
    const jobs = [settings.select?.['job'] ?? []].flat();
    if (has && jobs.length === 0) return [];
    const taken = has?.select['job'] ?? [];
    const missing = jobs.filter((job) => !taken.includes(job));
    if (has && missing.length === 0) return [];
    return [{ place: 'sources', text: `${name}: ${inline(settings)}` }];
  });
};

const newDataSources = (proposed: Homelab, existing: Homelab): readonly News[] => {
  const uids = Object.values(existing.dataSources ?? { prometheus: { uid: 'prometheus' } }).map(({ uid }) => uid);
  return Object.entries(proposed.dataSources ?? {})
    .filter(([, { uid }]) => !uids.includes(uid))
    .map(([key, source]) => ({ place: 'dataSources', text: `${key}: ${inline(source)}` }));
};

const newReceivers = (proposed: Homelab, existing: Homelab): readonly News[] => {
  const known = Object.entries(existing.alerting?.receivers ?? {});
  return Object.entries(proposed.alerting?.receivers ?? {})
    .filter(
      ([key, receiver]) =>
        !known.some(([name, other]) => isSame(name, key) || JSON.stringify(other) === JSON.stringify(receiver)),
    )
    .map(([key, receiver]) => ({ place: 'alerting › receivers', text: `${key}: ${inline(receiver)}` }));
};
