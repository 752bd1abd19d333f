import type { ResolvedHomelab } from '../../homelab/resolved';
import { sharesPage } from '../../homelab/jobs';

/** Hosts that have an exporter whose catalog is one of these. */
export const hostsWith = (...catalogs: readonly string[]) => hostsOf(new RegExp(`^(${catalogs.join('|')})$`));

/** Services that an exporter describes whose catalog's name begins so. */
export const servicesOf =
  (pattern: RegExp) =>
  (homelab: ResolvedHomelab): readonly string[] => [
    ...new Set(
      Object.values(homelab.sources)
        .filter(({ catalog }) => pattern.test(catalog.source))
        .flatMap(({ instances }) => instances.flatMap(({ service }) => (service === null ? [] : [service]))),
    ),
  ];

/** Hosts that the exporters of these run on: of services whose exporter's catalog has such a name. */
export const hostsOf =
  (pattern: RegExp) =>
  (homelab: ResolvedHomelab): readonly string[] => [
    ...new Set(
      Object.values(homelab.sources)
        .filter(({ catalog }) => pattern.test(catalog.source))
        .flatMap(({ instances }) => instances.map(({ host, address }) => host ?? address)),
    ),
  ];

/** Names of what is probed, of the groups that fit. */
export const probed =
  (fits: (probe: ResolvedHomelab['probes']['targets'][number]) => boolean) =>
  ({ probes }: ResolvedHomelab): readonly string[] => [...new Set(probes.targets.filter(fits).map(({ name }) => name))];

/** Something that befalls the whole house, where it has what shows it. */
export const house =
  (shows: (homelab: ResolvedHomelab) => readonly string[]) =>
  (homelab: ResolvedHomelab): readonly string[] =>
    shows(homelab).length > 0 ? ['house'] : [];

/** Exporters that stand apart from what they describe: they can be gone while it runs. By service, or by host where they describe that. */
export const exporters = (homelab: ResolvedHomelab): readonly string[] => [
  ...new Set(
    Object.values(homelab.sources)
      .filter(
        ({ source, catalog }) =>
          /exporter|exportarr|scraparr|tentacle|cadvisor/.test(catalog.source) &&
          source !== 'node_exporter' &&
          source !== 'blackbox_exporter' &&
          !Object.keys(homelab.sources).some((other) => sharesPage(source, other)),
      )
      .flatMap(({ source, instances }) => instances.filter(({ port }) => port !== null).map(() => source)),
  ),
];

/** Everything that is scraped under a job of its own, programs with a page of their own included: what stands apart first, machines last; never Prometheus. */
export const scrapedExporters = (homelab: ResolvedHomelab): readonly string[] => {
  const scraped = Object.values(homelab.sources)
    .filter(({ instances }) => instances.some(({ port }) => port !== null))
    .map(({ source }) => source)
    .filter((source) => source !== 'blackbox_exporter');
  return [
    ...new Set([
      ...exporters(homelab),
      ...scraped.filter((source) => source !== 'node_exporter' && source !== 'prometheus'),
      ...scraped.filter((source) => source === 'node_exporter'),
    ]),
  ];
};
