import { formatHostAndPort } from '../homelab/addresses';
import type { ScrapeCredentials } from '../homelab/homelab';
import type { Interval, ResolvedHomelab, ResolvedInstance, ResolvedProbe, ResolvedSource } from '../homelab/resolved';
import { moduleName } from './blackbox';

/** What is asked alike: one entry of Prometheus' `scrape_configs`, one `prometheus.scrape` of Alloy. */
export interface ScrapeJob {
  /** Unique among all of them; the `job` of the series is a label of the targets. */
  readonly name: string;
  /** Name of the source in the homelab. */
  readonly source: string;
  readonly interval: Interval;
  /** How long a scrape may take; null: as long as either program allows by default, ten seconds. */
  readonly timeout: string | null;
  readonly scheme: 'http' | 'https';
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly auth: ScrapeCredentials;
  readonly targets: readonly ScrapeJobTarget[];
  /** Asked through blackbox_exporter: the targets are what it asks. */
  readonly through: Through | null;
}

export interface ScrapeJobTarget {
  /** `host:port`, or what a probe asks. */
  readonly address: string;
  /** All labels that scraping adds but `instance`; `job` first. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Through {
  /** `host:port` of blackbox_exporter. */
  readonly exporter: string;
  /** A label beside `instance` that gets the target's address, too. */
  readonly alsoIn?: string;
}

/** Everything that this homelab scrapes, for whichever program does it. Job labels come from the sources that queries are made of. */
export const scrapeJobsOf = (homelab: ResolvedHomelab): readonly ScrapeJob[] => [
  ...Object.values(homelab.sources).flatMap(scraped),
  ...probed(homelab),
  ...lan(homelab),
];

/** Exporters of one source, apart where their address needs another scheme, path or password; `job` is a label of the target, so it stays the same. */
const scraped = (source: ResolvedSource): readonly ScrapeJob[] => {
  const groups = new Map<string, ResolvedInstance[]>();
  for (const instance of source.instances.filter(({ port }) => port !== null)) {
    const key = JSON.stringify([instance.scheme, instance.path, instance.parameters, instance.auth]);
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return [...groups.values()].map((instances, index) => {
    const [{ scheme, path, parameters, auth }] = instances as [ResolvedInstance];
    return {
      ...common(source),
      name: index === 0 ? source.job : `${source.job}-${index + 1}`,
      scheme,
      path,
      parameters,
      auth,
      targets: instances.map(({ address, port, labels }) => ({
        address: formatHostAndPort(address, port as number),
        labels: { job: source.job, ...labels },
      })),
      through: null,
    };
  });
};

const probed = (homelab: ResolvedHomelab): readonly ScrapeJob[] => {
  const source = homelab.sources['blackbox_exporter'];
  const { exporter, targets } = homelab.probes;
  if (!source || !exporter) return [];
  const byModule = new Map<string, ResolvedProbe[]>();
  for (const probe of targets) byModule.set(moduleName(probe), [...(byModule.get(moduleName(probe)) ?? []), probe]);
  return [...byModule].map(([module, probes]) => ({
    ...common(source),
    ...byProbe(module),
    name: `${source.job}-${module.replaceAll('_', '-')}`,
    targets: probes.map(({ target, labels }) => ({ address: target, labels: { job: source.job, ...labels } })),
    through: { exporter: formatHostAndPort(exporter.address, exporter.port) },
  }));
};

const lan = (homelab: ResolvedHomelab): readonly ScrapeJob[] => {
  const source = homelab.sources['blackbox_lan'];
  const { exporter, lan: network } = homelab.probes;
  if (!source || !exporter || !network) return [];
  return [
    {
      ...common(source),
      ...byProbe('icmp'),
      name: source.job,
      targets: network.addresses.map((address) => ({ address, labels: { job: source.job } })),
      through: { exporter: formatHostAndPort(exporter.address, exporter.port), alsoIn: 'device' },
    },
  ];
};

const byProbe = (module: string): Pick<ScrapeJob, 'scheme' | 'path' | 'parameters' | 'auth'> => ({
  scheme: 'http',
  path: '/probe',
  parameters: { module },
  auth: {},
});

const common = (source: ResolvedSource): Pick<ScrapeJob, 'source' | 'interval' | 'timeout'> => ({
  source: source.source,
  interval: source.interval,
  timeout: timeoutOf(source),
});

/**
 * A scrape may take ten seconds, or its interval where that is less. What is asked only a few times an hour works for its answer:
 * a speed test runs for half a minute, so with ten seconds there would never be a result.
 */
const timeoutOf = ({ interval }: ResolvedSource): string | null => {
  if (interval.seconds < 10) return interval.text;
  return interval.seconds >= 300 ? '90s' : null;
};
