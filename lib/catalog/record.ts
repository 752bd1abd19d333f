import type { Catalog, Evidence, Metric, Recording, Unit } from './catalog';
import { isOlder } from './lookup';
import type { PageMetric } from './page';

export interface RecordOptions {
  /** The version that ran. */
  readonly version: string;
  /** What ran, and what was asked of it. */
  readonly how: string;
  /** `golden`: a stand-in answered the exporter in the app's place. Absent: `live`. */
  readonly evidence?: 'golden';
  /** The file of `golden/` that keeps the page. */
  readonly page?: string;
  /** Catalogs whose metrics the same page also shows (the Go runtime): what they list is not taken. */
  readonly others?: readonly Pick<Catalog, 'metrics'>[];
  /** Labels that scraping or relabelling put there. */
  readonly ignoredLabels?: readonly string[];
}

/** Something that the page says otherwise than the catalog did. */
export interface RecordFinding {
  /** `stranger`: not taken, its name begins with no prefix of the source (a textfile, a library that is built in). */
  readonly kind: 'metric' | 'stranger' | 'label' | 'value' | 'type' | 'since' | 'until';
  readonly metric: string;
  readonly message: string;
}

export interface Recorded {
  readonly catalog: Catalog;
  readonly findings: readonly RecordFinding[];
}

/**
 * The catalog, with what a page of the exporter shows: seen metrics become `live` (or `golden`, unless they were seen live before),
 * and what the page knows better is corrected.
 */
export const recordInto = (catalog: Catalog, page: readonly PageMetric[], options: RecordOptions): Recorded => {
  const { version, how, others = [], ignoredLabels = [] } = options;
  const evidence = options.evidence ?? 'live';
  const metrics: Record<string, Metric> = { ...catalog.metrics };
  const findings: RecordFinding[] = [];
  let taken = 0;

  for (const seen of page) {
    if (others.some((other) => Object.hasOwn(other.metrics, seen.name))) continue;
    const labels = [...seen.labels].filter(([label]) => !ignoredLabels.includes(label));
    const name = nameIn(catalog, seen);
    const known = metrics[name];
    const find = (kind: RecordFinding['kind'], message: string): void =>
      void findings.push({ kind, metric: name, message });
    if (known) {
      taken += 1;
      metrics[name] = withEvidence(corrected(known, seen, labels, version, find), evidence, catalog.evidence);
    } else if (isStranger(catalog, name)) {
      find('stranger', `${name} begins with no prefix of ${catalog.source}`);
    } else {
      taken += 1;
      find('metric', `${name} was not listed`);
      metrics[name] = withEvidence({ ...added(seen, labels), evidence }, evidence, catalog.evidence);
    }
  }

  if (taken === 0) throw new Error(`the page shows no metric of ${catalog.source}`);
  const recordings = (catalog.recordings ?? []).filter(
    (recording) => recording.version !== version || recording.how !== how,
  );
  const recording: Recording = {
    version,
    how,
    ...(evidence === 'golden' && { evidence }),
    ...(options.page !== undefined && { page: options.page }),
  };
  return { catalog: { ...catalog, recordings: [...recordings, recording], metrics }, findings };
};

const isStranger = ({ prefixes }: Catalog, name: string): boolean =>
  prefixes.length > 0 && !prefixes.some((prefix) => name.startsWith(prefix));

/** A page without types shows the parts of a histogram or summary as metrics of their own. */
const nameIn = (catalog: Catalog, seen: PageMetric): string => {
  if (seen.type || Object.hasOwn(catalog.metrics, seen.name)) return seen.name;
  const base = seen.name.replace(/_(bucket|sum|count)$/, '');
  const type = catalog.metrics[base]?.type;
  return type === 'histogram' || type === 'summary' ? base : seen.name;
};

type Labels = readonly (readonly [string, ReadonlySet<string>])[];

const corrected = (
  known: Metric,
  seen: PageMetric,
  labels: Labels,
  version: string,
  find: (kind: RecordFinding['kind'], message: string) => void,
): Metric => {
  const { since, until, labelSince, ...rest } = known;
  let type = known.type;
  // `untyped` is also what a page says that does not know (a federated one): it adds nothing.
  if (seen.type && seen.type !== known.type && seen.type !== 'untyped') {
    find('type', `${seen.name} is a ${seen.type}, was listed as ${known.type}`);
    type = seen.type;
  }

  const tooLate = since !== undefined && isOlder(version, since);
  if (tooLate) find('since', `${seen.name} exists in ${version}, was listed since ${since}`);
  const tooEarly = until !== undefined && !isOlder(version, until);
  if (tooEarly) find('until', `${seen.name} exists in ${version}, was listed until ${until}`);

  const laterLabels = Object.entries(labelSince ?? {}).filter(([label, first]) => {
    const seenEarlier = seen.labels.has(label) && isOlder(version, first);
    if (seenEarlier) find('since', `${seen.name} has the label ${label} in ${version}, was listed since ${first}`);
    return !seenEarlier;
  });

  return {
    ...rest,
    type,
    labels: mergedLabels(
      known,
      seen.name,
      isFolded(seen, known) ? labels.filter(([label]) => label !== 'le' && label !== 'quantile') : labels,
      find,
    ),
    ...(since !== undefined && !tooLate && { since }),
    ...(until !== undefined && !tooEarly && { until }),
    ...(laterLabels.length > 0 && { labelSince: Object.fromEntries(laterLabels) }),
  };
};

const isFolded = (seen: PageMetric, known: Metric): boolean =>
  !seen.type && (known.type === 'histogram' || known.type === 'summary');

const mergedLabels = (
  known: Metric,
  name: string,
  seen: Labels,
  find: (kind: RecordFinding['kind'], message: string) => void,
): Metric['labels'] => {
  const labels = { ...known.labels };
  for (const [label, values] of seen) {
    const closed = labels[label];
    if (!closed) {
      find('label', `${name} has the label ${label}`);
      labels[label] = {};
      continue;
    }
    const unknown =
      Object.keys(closed).length === 0 ? [] : [...values].filter((value) => !Object.hasOwn(closed, value));
    if (unknown.length === 0) continue;
    find('value', `${name} has ${label} = ${unknown.join(', ')}`);
    labels[label] = { ...closed, ...Object.fromEntries(unknown.map((value) => [value, {}])) };
  }
  return labels;
};

const added = (seen: PageMetric, labels: Labels): Metric => ({
  type: seen.type ?? 'untyped',
  ...(isUnit(seen.unit) && { unit: seen.unit }),
  labels: Object.fromEntries(labels.map(([label]) => [label, {}])),
});

const isUnit = (unit: string | undefined): unit is Unit =>
  ['seconds', 'bytes', 'ratio', 'celsius', 'volts', 'amperes', 'joules', 'hertz'].includes(unit ?? '');

/** What was seen live stays so. */
const withEvidence = (metric: Metric, seen: 'live' | 'golden', usual: Evidence): Metric => {
  const { evidence: before = usual, ...rest } = metric;
  const evidence = before === 'live' ? 'live' : seen;
  return evidence === usual ? rest : { ...rest, evidence };
};
