import type { Catalog, Metric } from '../catalog/catalog';
import { ownerOf } from '../catalog/lookup';
import type { Catalogs } from '../homelab/catalogs';
import { everywhere, sharesPage, sourceDefaults } from '../homelab/jobs';

/** A catalog that explains the metrics of a page. */
export interface Fit {
  readonly source: string;
  /** How many of its metrics are there. */
  readonly seen: number;
  /** How many of those that it gives by default are not there; hardware and settings explain many of these. */
  readonly missing: number;
  /** Names that begin like its own and that it does not have. */
  readonly strange: readonly string[];
  /** The names that were found, sorted: the evidence. */
  readonly metrics: readonly string[];
}

export interface Identified {
  /** What is on the page; several where one program tells about several apps. */
  readonly fits: readonly Fit[];
  /** Catalogs that explain the same metrics equally well: nobody but the reader can say which it is. */
  readonly ambiguous: readonly Fit[];
  /** Names that no catalog has, sorted. */
  readonly unknown: readonly string[];
}

/** The names under which a metric is stored: histograms and summaries are several series. */
export const seriesNames = (name: string, { type }: Pick<Metric, 'type'>): readonly string[] => {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_count`, `${name}_sum`, name];
  if (type === 'summary') return [name, `${name}_count`, `${name}_sum`];
  return [name];
};

/** The metrics of a catalog that are among these names. */
export const metricsSeen = (catalog: Catalog, names: ReadonlySet<string>): readonly (readonly [string, Metric])[] =>
  Object.entries(catalog.metrics).filter(([name, metric]) => seriesNames(name, metric).some((each) => names.has(each)));

/**
 * Which recorded catalogs a metrics page belongs to, by the names on it. `hints` (job, address) are used only for pages whose names
 * belong to nobody, such as those of every .NET program. What no catalog explains is never guessed.
 */
export const identify = (names: ReadonlySet<string>, catalogs: Catalogs, hints: readonly string[] = []): Identified => {
  const all = catalogsOf(catalogs);
  const common = commonNames(catalogs);
  const own = [...names].filter((name) => !common.has(name) && !isRecorded(name)).sort();
  const families = new Map<string, { readonly owners: readonly Catalog[]; readonly names: string[] }>();
  const nobodys: string[] = [];
  for (const name of own) {
    const owners = ownerOf(name, all);
    if (owners.length === 0) {
      nobodys.push(name);
      continue;
    }
    const key = owners.map(({ source }) => source).join(' ');
    const family = families.get(key);
    if (family) family.names.push(name);
    else families.set(key, { owners, names: [name] });
  }
  const ranked = merged([...families.values()]).map(({ owners, names: found }) => rank(owners, names, found));
  const good = ranked.filter(([first]) => first !== undefined && isConvincing(first)).map(keepBest);
  const allFits = bySize(good.flatMap(({ fits }) => fits));
  const fits = allFits.filter((fit) => isOnOwnAccount(fit, allFits, catalogs));
  const ambiguous = good.flatMap(({ ambiguous: each }) => each);
  const generic = fits.length + ambiguous.length > 0 ? [] : hinted(all, names, hints);
  const found = [...fits, ...ambiguous, ...generic].map(({ source }) => catalogs.load(source));
  const explained = new Set(found.flatMap(namesOf));
  const begins = found.flatMap(({ prefixes }) => prefixes);
  return {
    fits: [...fits, ...generic],
    ambiguous,
    unknown: own.filter(
      (name) => !explained.has(name) && !isEvery(name) && !begins.some((prefix) => name.startsWith(prefix)),
    ),
  };
};

interface Family {
  readonly owners: readonly Catalog[];
  readonly names: readonly string[];
}

/** Two versions of one exporter share some of their beginnings, and are still one page. */
const merged = (families: readonly Family[]): readonly Family[] =>
  families.reduce<readonly Family[]>((done, family) => {
    const near = done.filter(({ owners }) => owners.some((owner) => family.owners.includes(owner)));
    const together = [...near, family];
    return [
      ...done.filter((one) => !near.includes(one)),
      {
        owners: [...new Set(together.flatMap(({ owners }) => owners))],
        names: together.flatMap(({ names }) => names),
      },
    ];
  }, []);

let loaded: { readonly of: Catalogs; readonly catalogs: readonly Catalog[] } | undefined;

const catalogsOf = (catalogs: Catalogs): readonly Catalog[] => {
  if (loaded?.of !== catalogs) {
    const names = catalogs.names().filter((name) => !everywhere.includes(name));
    loaded = { of: catalogs, catalogs: names.map((name) => catalogs.load(name)) };
  }
  return loaded.catalogs;
};

const namesOf = ({ metrics }: Catalog): readonly string[] =>
  Object.entries(metrics).flatMap(([name, metric]) => seriesNames(name, metric));

/** What is on every page says nothing about whose it is. */
const commonNames = (catalogs: Catalogs): ReadonlySet<string> =>
  new Set(everywhere.filter((name) => catalogs.has(name)).flatMap((name) => namesOf(catalogs.load(name))));

const isEvery = (name: string): boolean => /^(go_|process_|promhttp_|net_conntrack_|python_)/.test(name);

/** Recording rules carry colons. */
const isRecorded = (name: string): boolean => name.includes(':');

/** The catalogs that could own these names, the one that explains them best first. */
const rank = (
  owners: readonly Catalog[],
  names: ReadonlySet<string>,
  family: readonly string[],
): readonly (readonly [Fit, number] | undefined)[] =>
  owners
    .map((catalog): readonly [Fit, number] => {
      const known = new Set(namesOf(catalog));
      const seen = metricsSeen(catalog, names);
      const seenNames = new Set(seen.map(([name]) => name));
      const missing = Object.entries(catalog.metrics).filter(
        ([name, metric]) => metric.default !== false && !seenNames.has(name),
      ).length;
      const strange = family.filter((name) => !known.has(name) && !isOpen(catalog, name));
      const fit = {
        source: catalog.source,
        seen: seen.filter(([name]) =>
          family.some((each) => seriesNames(name, catalog.metrics[name] as Metric).includes(each)),
        ).length,
        missing,
        strange,
        metrics: [...seenNames].sort(),
      };
      return [fit, score(fit, family.length)];
    })
    .sort(([a, one], [b, other]) => other - one || a.source.localeCompare(b.source));

const isOpen = ({ open = [] }: Catalog, name: string): boolean =>
  open.some(({ pattern }) => new RegExp(pattern).test(name));

/** Explaining all that is there counts most; then having promised little that is not. */
const score = ({ seen, missing, strange }: Fit, size: number): number =>
  seen === 0 ? 0 : (1 - strange.length / size) * 10 + seen / (seen + missing);

/** A name or two may be borrowed: programs that embed another one show some of its metrics. */
const isConvincing = ([{ seen, strange, missing, metrics }]: readonly [Fit, number]): boolean => {
  if (seen === 0) return false;
  const explained = seen / (seen + strange.length);
  const told = seen / (seen + missing);
  return (explained >= 0.5 || metrics.some(isBuildInfo)) && (seen >= 3 || told >= 0.5);
};

const isBuildInfo = (name: string): boolean => /_build_info$/.test(name);

const keepBest = (
  ranked: readonly (readonly [Fit, number] | undefined)[],
): { readonly fits: readonly Fit[]; readonly ambiguous: readonly Fit[] } => {
  const scored = ranked.filter((one) => one !== undefined);
  const [best] = scored;
  if (!best) return { fits: [], ambiguous: [] };
  const equal = scored.filter(([, value]) => Math.abs(value - best[1]) < 1e-9).map(([fit]) => fit);
  return equal.length > 1 ? { fits: [], ambiguous: equal } : { fits: [best[0]], ambiguous: [] };
};

const bySize = (fits: readonly Fit[]): readonly Fit[] =>
  [...fits].sort((a, b) => b.seen - a.seen || a.source.localeCompare(b.source));

/**
 * A program that contains another (Loki, Tempo and Mimir share code, Alloy contains exporters) shows some of its metrics; the other
 * is there by itself only when most of what it promises is.
 */
const isOnOwnAccount = (fit: Fit, all: readonly Fit[], catalogs: Catalogs): boolean => {
  const [first] = all;
  if (!first || fit === first || all.some((other) => other !== fit && sharesPage(other.source, fit.source)))
    return true;
  if (sourceDefaults(fit.source).pushed) return true;
  const own = Object.values(catalogs.load(fit.source).metrics).length;
  return fit.metrics.some(isBuildInfo) ? fit.seen >= own * 0.2 : fit.seen / (fit.seen + fit.missing) >= 0.5;
};

/** Pages whose names anybody could have, where the job or the address names the app as well. */
const hinted = (all: readonly Catalog[], names: ReadonlySet<string>, hints: readonly string[]): readonly Fit[] =>
  all
    .filter(
      ({ app, prefixes }) => prefixes.length === 0 && app !== undefined && hints.some((hint) => hint.includes(app)),
    )
    .map((catalog): Fit => {
      const seen = metricsSeen(catalog, names).map(([name]) => name);
      const missing = Object.values(catalog.metrics).filter((metric) => metric.default !== false).length - seen.length;
      return {
        source: catalog.source,
        seen: seen.length,
        missing: Math.max(0, missing),
        strange: [],
        metrics: seen.sort(),
      };
    })
    .filter(({ seen, missing }) => seen / (seen + missing) >= 0.5)
    .sort((a, b) => b.seen - a.seen)
    .slice(0, 1);
