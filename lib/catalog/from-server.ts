import { RemoteFailure } from '../server/errors';
import type { MetricMetadata, PrometheusServer, SeriesLabels } from '../server/prometheus';
import type { MetricType } from './catalog';
import { typeByWord } from './metric-types';
import type { PageMetric } from './page';

/** What a server has of one job, in the form of a metrics page. */
export interface JobPage {
  readonly job: string;
  /** Sorted by name. */
  readonly page: readonly PageMetric[];
  /** Labels that scraping put there, left out of `page`. */
  readonly scrapeLabels: readonly string[];
}

export interface ServerPages {
  readonly jobs: readonly JobPage[];
  /** What could not be found out, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * What a server holds of each job in the hour before `now` (seconds): one question a job, and three for types and labels. Results
 * of recording rules and what Prometheus itself writes (`up`, `ALERTS`) are left out. Throws as `PrometheusServer` does.
 */
export const pagesOfServer = async (server: PrometheusServer, now: number): Promise<ServerPages> => {
  const period = { start: now - 3600, end: now };
  const notes: string[] = [];
  const orElse = async <T>(question: Promise<T>, fallback: T, without: string): Promise<T> =>
    question.catch((error: unknown) => {
      if (!(error instanceof RemoteFailure)) throw error;
      notes.push(`${without}: ${error.evidence}`);
      return fallback;
    });
  const [jobs, metadata, targets, scraping] = await Promise.all([
    server.labelValues('job', { period }),
    orElse(server.metadata(), new Map<string, readonly MetricMetadata[]>(), 'types of metrics are not known'),
    orElse(server.targets(), [], 'labels of targets are not known'),
    orElse(server.scraping(), undefined, 'external labels are not known'),
  ]);
  const found = await Promise.all(
    [...jobs].sort().map(async (job): Promise<JobPage> => {
      const own = targets.filter((target) => target.job === job).flatMap((target) => Object.keys(target.labels));
      const scrapeLabels = [
        ...new Set(['job', 'instance', ...own, ...Object.keys(scraping?.externalLabels ?? {})]),
      ].sort();
      const series = await server.series(`{job=${JSON.stringify(job)}}`, period);
      return { job, page: pageOf(series, metadata, scrapeLabels), scrapeLabels };
    }),
  );
  return { jobs: found.filter(({ page }) => page.length > 0), notes: [...new Set(notes)].sort() };
};

type Metadata = ReadonlyMap<string, readonly MetricMetadata[]>;

const pageOf = (
  series: readonly SeriesLabels[],
  metadata: Metadata,
  scrapeLabels: readonly string[],
): readonly PageMetric[] => {
  const metrics = new Map<
    string,
    { readonly said: Said; readonly labels: Map<string, Set<string>>; readonly keys: Set<string> }
  >();
  for (const { __name__: written = '', ...all } of series) {
    if (written === '' || isOurs(written)) continue;
    const said = metricOf(written, metadata);
    const metric = metrics.get(said.name) ?? { said, labels: new Map<string, Set<string>>(), keys: new Set<string>() };
    metrics.set(said.name, metric);
    const labels = Object.entries(all)
      .filter(([label]) => !scrapeLabels.includes(label) && label !== said.dropped)
      .map(([label, value]) => [ownName(label, scrapeLabels), value] as const);
    for (const [label, value] of labels) {
      const values = metric.labels.get(label);
      if (values) values.add(value);
      else metric.labels.set(label, new Set([value]));
    }
    metric.keys.add(JSON.stringify(labels.sort()));
  }
  return [...metrics]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { said, labels, keys }]) => ({
      name,
      ...(said.type && { type: said.type }),
      ...(said.unit !== '' && { unit: said.unit }),
      labels,
      series: keys.size,
    }));
};

/** What Prometheus writes itself, and results of recording rules. */
const isOurs = (name: string): boolean =>
  name.includes(':') || name === 'up' || name.startsWith('scrape_') || name === 'ALERTS' || name === 'ALERTS_FOR_STATE';

/** A label of the exporter that scraping has too is kept under this name. */
const ownName = (label: string, scrapeLabels: readonly string[]): string => {
  const plain = label.replace(/^exported_/, '');
  return scrapeLabels.includes(plain) ? plain : label;
};

interface Said {
  readonly name: string;
  readonly type: MetricType | undefined;
  readonly unit: string;
  /** The label that only tells a histogram's or summary's series apart. */
  readonly dropped?: string;
}

/** Metadata stands under the name of the family: without `_bucket`, and from OpenMetrics without `_total` and `_info`. */
const metricOf = (written: string, metadata: Metadata): Said => {
  const own = typeOf(metadata.get(written));
  if (own.type === 'summary') return { name: written, ...own, dropped: 'quantile' };
  if (own.type) return { name: written, ...own };
  const [, base = '', part = ''] = /^(.+)_(bucket|sum|count|total|info)$/.exec(written) ?? [];
  const family = typeOf(metadata.get(base));
  if (family.type === 'histogram' && part !== 'total' && part !== 'info')
    return { name: base, ...family, dropped: 'le' };
  if (family.type === 'summary' && (part === 'sum' || part === 'count')) return { name: base, ...family };
  if ((family.type === 'counter' && part === 'total') || (family.type === 'info' && part === 'info'))
    return { name: written, ...family };
  return { name: written, type: undefined, unit: '' };
};

/** Nothing where exporters disagree. */
const typeOf = (
  said: readonly MetricMetadata[] = [],
): { readonly type: MetricType | undefined; readonly unit: string } => {
  const types = new Set(said.map(({ type }) => typeByWord[type]).filter((type) => type !== undefined));
  const units = new Set(said.map(({ unit }) => unit));
  return { type: types.size === 1 ? [...types][0] : undefined, unit: units.size === 1 ? ([...units][0] ?? '') : '' };
};
