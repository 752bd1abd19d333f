import type { Catalog, Metric } from '../../catalog/catalog';
import { ownerOf } from '../../catalog/lookup';
import { nearest } from '../../nearest';
import { fits, readingsOf, seriesOf, type Part } from './family';

/** A metric as one catalog has it. */
export interface Entry {
  readonly catalog: Catalog;
  /** The canonical name in the catalog. */
  readonly key: string;
  readonly metric: Metric;
}

/** A name that catalogs have: all the entries are read alike. */
export interface Found {
  readonly family: string;
  readonly part: Part;
  readonly entries: readonly Entry[];
}

/** Catalogs, made ready to be asked by name. */
export interface CatalogIndex {
  readonly catalogs: readonly Catalog[];
  /** Who has it, of those asked (default all). */
  find(name: string, among?: ReadonlySet<Catalog>): Found | undefined;
  /** Who owns it by its beginning. */
  ownersOf(name: string): readonly Catalog[];
  /** A catalog that makes names like this one at run time. */
  openIn(name: string, among?: ReadonlySet<Catalog>): { readonly catalog: Catalog; readonly why: string } | undefined;
  /** The nearest names of series, of some catalogs. */
  nearestIn(name: string, among: readonly Catalog[]): readonly string[];
  /** Whether some catalogs have a metric that begins with the same two words. */
  beginsAlike(name: string, among: readonly Catalog[]): boolean;
  /** A name of any catalog that is so near that nothing else can have been meant: one letter more, less or other, two swapped. */
  slipOf(name: string): string | undefined;
}

/** Makes the index; some milliseconds for all recorded catalogs, so it is made when a metric is first asked for. */
export const indexOf = (catalogs: readonly Catalog[]): CatalogIndex => {
  const entries = new Map<string, Entry[]>();
  for (const catalog of catalogs)
    for (const [key, metric] of Object.entries(catalog.metrics)) {
      const spellings = [key, ...(metric.variants ?? []), ...(metric.utf8 ? [metric.utf8] : [])];
      for (const name of new Set(spellings)) {
        const known = entries.get(name);
        if (known) known.push({ catalog, key, metric });
        else entries.set(name, [{ catalog, key, metric }]);
      }
    }
  const open = catalogs.flatMap((catalog) =>
    (catalog.open ?? []).map(({ pattern, why }) => ({ catalog, why, expression: new RegExp(pattern) })),
  );
  let byLength: Map<number, string[]> | undefined;
  const series = new Map<Catalog, readonly string[]>();
  const seriesIn = (catalog: Catalog): readonly string[] => {
    const made =
      series.get(catalog) ?? Object.entries(catalog.metrics).flatMap(([key, { type }]) => seriesOf(key, type));
    series.set(catalog, made);
    return made;
  };

  return {
    catalogs,
    find: (name, among) => {
      for (const reading of readingsOf(name)) {
        const found = entries
          .get(reading.family)
          ?.filter(({ catalog, metric }) => (!among || among.has(catalog)) && fits(name, reading, metric));
        if (found && found.length > 0) return { ...reading, entries: found };
      }
      return undefined;
    },
    ownersOf: (name) => ownerOf(name, catalogs),
    openIn: (name, among) =>
      open.find(({ catalog, expression }) => (!among || among.has(catalog)) && expression.test(name)),
    nearestIn: (name, among) => {
      const candidates = [...new Set(among.flatMap(seriesIn))];
      return [...new Set([...longerOf(name, candidates), ...nearest(name, candidates)])].slice(0, 3);
    },
    beginsAlike: (name, among) => {
      const beginning = name.split('_', 2).join('_');
      return among.some((catalog) => seriesIn(catalog).some((each) => each.startsWith(beginning)));
    },
    slipOf: (name) => {
      if (name.length < 10) return undefined;
      byLength ??= groupedByLength(
        catalogs.flatMap((catalog) => seriesIn(catalog).filter((each) => isTelling(each, catalog))),
      );
      for (let length = name.length - 1; length <= name.length + 1; length++)
        for (const other of byLength.get(length) ?? []) if (isSlip(name, other)) return other;
      return undefined;
    },
  };
};

/** Names that other programs do not have alike: what begins as the catalog's own, and those of the Go runtime. */
const isTelling = (name: string, { prefixes }: Catalog): boolean =>
  name.startsWith('go_') || name.startsWith('process_') || prefixes.some((prefix) => name.startsWith(prefix));

/** Names of the same words with few more: what `_bytes` or `_total` was added to, or whose words were put in another order. */
const longerOf = (name: string, candidates: readonly string[]): readonly string[] => {
  const words = name.split('_');
  return candidates
    .filter((candidate) => candidate.length > name.length && candidate.length <= name.length + 16)
    .map((candidate) => ({ candidate, all: candidate.split('_') }))
    .filter(({ all }) => all.length <= words.length + 2 && words.every((word) => all.includes(word)))
    .sort(
      (a, b) =>
        Number(b.candidate.startsWith(name)) - Number(a.candidate.startsWith(name)) ||
        a.all.length - b.all.length ||
        (a.candidate < b.candidate ? -1 : 1),
    )
    .slice(0, 2)
    .map(({ candidate }) => candidate);
};

const groupedByLength = (names: readonly string[]): Map<number, string[]> => {
  const groups = new Map<number, string[]>();
  for (const name of names) {
    const group = groups.get(name.length);
    if (group) group.push(name);
    else groups.set(name.length, [name]);
  }
  return groups;
};

/** Whether one is the other with a letter more, less, or other, or with two neighbours swapped; numbers in names are no slips. */
export const isSlip = (one: string, other: string): boolean => {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let end = 0;
  while (end < one.length - from && end < other.length - from && one.at(-1 - end) === other.at(-1 - end)) end++;
  const a = one.slice(from, one.length - end);
  const b = other.slice(from, other.length - end);
  if (/\d/.test(a + b)) return false;
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
};
