import type { Catalog, Metric } from './catalog';
import { catalogNames, loadCatalog } from './load';
import { openPattern } from './lookup';
import type { PageMetric } from './page';
import { recordInto } from './record';

/** What is recorded, and how it was seen. */
export interface PageOrigin {
  /** Name of the catalog: lower case, digits, `_`. */
  readonly source: string;
  /** What was read, at most 120 characters: `the metrics page of …`. */
  readonly how: string;
  /** Absent: as a `*_build_info` of the page says, else `unknown`. */
  readonly version?: string;
  readonly port: number | null;
  /** Path of the page; empty where none is known. */
  readonly path: string;
  /** Labels that scraping put there. */
  readonly ignoredLabels?: readonly string[];
  /** Closed sets hold what was seen, and not what is known beside: to compare what two pages show. */
  readonly onlySeen?: true;
}

export interface CatalogOfPage {
  readonly catalog: Catalog;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The catalog of what a page shows, with evidence `live`. Where a recorded catalog has the same name, what it knows of these metrics
 * (unit, collector, notes, closed values) is kept. Metrics of the Go runtime are left out: they have a catalog of their own.
 */
export const catalogFromPage = (all: readonly PageMetric[], origin: PageOrigin): CatalogOfPage => {
  const { source, how, ignoredLabels = [] } = origin;
  const legacy = all.filter(({ name, labels }) => isPlain(name) && [...labels.keys()].every(isPlainLabel));
  const page = legacy.filter(({ name }) => source === 'go_process' || !isRuntime(name));
  const version = origin.version ?? versionOf(all, source);
  const notes =
    all.length === legacy.length ? [] : [`${all.length - legacy.length} names that only quotes can write are left out`];
  const fresh: Catalog = {
    source,
    version,
    port: origin.port,
    path: origin.path,
    provenance: [],
    evidence: 'live',
    recordings: [{ version, how }],
    prefixes: prefixesOf(page.map(({ name }) => name)),
    metrics: Object.fromEntries(page.map((metric) => [metric.name, metricOf(metric, ignoredLabels)])),
  };
  if (Object.keys(fresh.metrics).length === 0) throw new Error('the page shows no metric of its own');
  const known = catalogNames().includes(source) ? loadCatalog(source) : undefined;
  return { catalog: known ? withKnowledge(fresh, known, page, origin) : fresh, notes };
};

/** Of the Go runtime and its client library, which every Go program shows. */
export const isRuntime = (name: string): boolean => {
  const catalog = loadCatalog('go_process');
  return Object.hasOwn(catalog.metrics, name) || name === 'go_build_info' || openPattern(catalog, name) !== undefined;
};

const withKnowledge = (
  fresh: Catalog,
  known: Catalog,
  page: readonly PageMetric[],
  { ignoredLabels = [], onlySeen }: PageOrigin,
): Catalog => {
  // A page that is none of this source teaches nothing.
  if (!page.some(({ name }) => Object.hasOwn(known.metrics, name))) return fresh;
  const [recording] = fresh.recordings ?? [];
  const { version, how } = recording as { readonly version: string; readonly how: string };
  const { metrics } = recordInto({ ...known, evidence: 'live' }, page, { version, how, ignoredLabels }).catalog;
  const app = known.app === undefined ? {} : { app: known.app };
  return {
    ...fresh,
    ...app,
    port: fresh.port ?? known.port,
    prefixes: known.prefixes,
    ...(known.open && { open: known.open }),
    provenance: known.provenance,
    metrics: Object.fromEntries(
      Object.entries(fresh.metrics).map(([name, metric]) => [
        name,
        merged(metric, metrics[name], onlySeen ? page.find((seen) => seen.name === name) : undefined),
      ]),
    ),
  };
};

/** Only labels that were seen: a later version may have dropped others. `only`: values too. */
const merged = (seen: Metric, knowing: Metric | undefined, only: PageMetric | undefined): Metric => {
  if (!knowing) return seen;
  const valuesOf = (label: string, values: Metric['labels'][string]): Metric['labels'][string] => {
    const known = knowing.labels[label] ?? values;
    const shown = only?.labels.get(label);
    return shown && Object.keys(known).length > 0 ? closed(shown) : known;
  };
  const labels = Object.fromEntries(
    Object.entries(seen.labels).map(([label, values]) => [label, valuesOf(label, values)]),
  );
  const { labelSince: _, ...rest } = knowing;
  return { ...rest, labels };
};

const metricOf = ({ name, type, unit, labels }: PageMetric, ignored: readonly string[]): Metric => ({
  type: type ?? 'untyped',
  ...(isUnit(unit) && { unit }),
  labels: Object.fromEntries(
    [...labels]
      .filter(([label]) => !ignored.includes(label))
      .map(([label, values]) => [label, isClosed(name, label, type, values) ? closed(values) : {}]),
  ),
});

const closed = (values: ReadonlySet<string>): Readonly<Record<string, object>> =>
  Object.fromEntries([...values].sort().map((value) => [value, {}]));

/**
 * One page cannot show that a set of values is whole: an error that has not happened yet is not there. So a set counts as closed only
 * where exporters write all of it at once: the states of a state set, and labels that name a mode, a state, a direction or a phase
 * with a few plain words.
 */
const isClosed = (name: string, label: string, type: PageMetric['type'], values: ReadonlySet<string>): boolean => {
  if (type === 'stateset') return label === name;
  return (
    ['mode', 'state', 'direction', 'phase'].includes(label) &&
    values.size >= 2 &&
    values.size <= 12 &&
    [...values].every((value) => /^[A-Za-z][A-Za-z_-]{0,23}$/.test(value))
  );
};

/** Of `<source>_build_info` first, then of another that is not the compiler's. */
const versionOf = (page: readonly PageMetric[], source: string): string => {
  const infos = page.filter(({ name }) => name.endsWith('_build_info') && name !== 'go_build_info');
  const info = infos.find(({ name }) => name === `${source}_build_info`) ?? infos[0];
  const [version] = info?.labels.get('version') ?? [];
  return version?.replace(/^v(?=\d)/, '') || 'unknown';
};

/** First words of names that no other program would begin with, where three or more metrics share one. */
const prefixesOf = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const name of names) {
    const [first] = name.split('_');
    if (first !== undefined && first !== name && !common.has(first))
      counts.set(`${first}_`, (counts.get(`${first}_`) ?? 0) + 1);
  }
  return [...counts].flatMap(([prefix, count]) => (count >= 3 && prefix.length > 2 ? [prefix] : [])).sort();
};

/** Words that many programs begin with: a name under one of them may be anybody's. */
const common = new Set(
  'go process promhttp python jvm nodejs dotnet http https grpc rpc net network disk cpu memory mem system db sql cache api app client server request requests response job jobs queue task tasks log logs scrape probe target up event events error errors service worker rest tcp udp dns tls'.split(
    ' ',
  ),
);

const isPlain = (name: string): boolean => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
const isPlainLabel = (label: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label);

const isUnit = (unit: string | undefined): unit is NonNullable<Metric['unit']> =>
  ['seconds', 'bytes', 'ratio', 'celsius', 'volts', 'amperes', 'joules', 'hertz'].includes(unit ?? '');
