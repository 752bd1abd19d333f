import type { Catalog, Metric } from './catalog';

/** How an exporter runs, as the homelab file says it. */
export interface Running {
  /** Such as `1.9.1`. A version that is no number (`master 2026-08-22`) counts as the newest. */
  readonly version?: string | undefined;
  /** Collectors, or flags as the exporter spells them, switched on or off against its defaults. */
  readonly collectors?: Readonly<Record<string, boolean>> | undefined;
}

export type Availability = { readonly available: true } | { readonly available: false; readonly why: string };

/** Whether an exporter that runs like this gives the metric, and if not, why, as the end of a sentence. */
export const availability = (metric: Metric, running: Running): Availability => {
  const { version, collectors = {} } = running;
  const { collector, flag, since, until } = metric;
  if (since && isOlder(version, since)) return missing(`needs version ${since}, ${version} runs`);
  if (until && !isOlder(version, until))
    return missing(`gone since version ${until}${version ? `, ${version} runs` : ''}`);
  if (flag && collectors[flag] === false) return missing(`\`${flag}\` is switched off`);
  if (collector && collectors[collector] === false) return missing(`the collector \`${collector}\` is switched off`);
  if (metric.default !== false) return { available: true };
  if (flag) return collectors[flag] ? { available: true } : missing(`needs \`${flag}\`, which is off by default`);
  if (!collector) return missing('off by default');
  if (collectors[collector]) return { available: true };
  return missing(`needs the collector \`${collector}\`, which is off by default`);
};

/** Whether this version writes the label. */
export const labelAvailability = (metric: Metric, label: string, { version }: Running): Availability => {
  if (!(label in metric.labels)) return missing(`has no label \`${label}\``);
  const since = metric.labelSince?.[label];
  if (since && isOlder(version, since)) return missing(`label \`${label}\` needs version ${since}, ${version} runs`);
  return { available: true };
};

const missing = (why: string): Availability => ({ available: false, why });

/** Whether a running version comes before a version of a catalog. What is not said (`2`, a branch) counts as the newest. */
export const isOlder = (running: string | undefined, than: string): boolean => {
  const have = numbersOf(running);
  const need = numbersOf(than);
  if (!have || !need) return false;
  for (const [index, needed] of need.entries()) {
    const part = have[index] ?? Infinity;
    if (part !== needed) return part < needed;
  }
  return false;
};

/** `v1.19.0-rc.3` -> [1, 19, 0]: a release candidate counts as the release. A date is no version. */
const numbersOf = (version: string | undefined): readonly number[] | undefined => {
  const found = /^v?(\d+(?:\.\d+)*)(?=$|[\s+~(]|-(?!\d\d-\d\d))/.exec(version?.trim() ?? '');
  return found?.[1]?.split('.').map(Number);
};

/** The pattern of names made at run time that fits, if one does. */
export const openPattern = (
  catalog: Pick<Catalog, 'open'>,
  name: string,
): { readonly pattern: string; readonly why: string } | undefined =>
  catalog.open?.find(({ pattern }) => new RegExp(pattern).test(name));

/** The catalogs that own a name by its beginning, the longest beginning wins; several where exporters of one app share it. */
export const ownerOf = <C extends Pick<Catalog, 'prefixes'>>(name: string, catalogs: readonly C[]): readonly C[] => {
  const lengthOf = (catalog: C): number =>
    Math.max(0, ...catalog.prefixes.filter((prefix) => name.startsWith(prefix)).map((prefix) => prefix.length));
  const longest = Math.max(0, ...catalogs.map(lengthOf));
  return longest === 0 ? [] : catalogs.filter((catalog) => lengthOf(catalog) === longest);
};
