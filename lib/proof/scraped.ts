import { parseSeries, type PageSeries } from '../catalog/page';
import type { Labels, Prometheus, Target } from './prometheus';
import { fits, metricOf, type LabelMatcher, type Selector } from './selectors';

/** What a Prometheus scrapes, and the pages that it finds there. */
export interface Scraped {
  readonly targets: readonly Target[];
  /** The series of a target's page, read where Prometheus reads it, once. */
  readonly page: (target: Target) => Promise<readonly PageSeries[]>;
}

/** What a Prometheus scrapes now. Pages are read when they are asked for; one that cannot be read is an error that names it. */
export const scrapedBy = async (prometheus: Prometheus): Promise<Scraped> => {
  const pages = new Map<string, Promise<readonly PageSeries[]>>();
  return {
    targets: await prometheus.targets(),
    page: ({ scrapeUrl }) => {
      const page = pages.get(scrapeUrl) ?? fetchPage(scrapeUrl);
      pages.set(scrapeUrl, page);
      return page;
    },
  };
};

const fetchPage = async (url: string): Promise<readonly PageSeries[]> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text.slice(0, 200)}`);
  return parseSeries(text);
};

/** What Prometheus adds to each target itself. */
const added = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
]);

/**
 * Whether what is scraped has series for a selector. `nobody`: no target has the labels that scraping adds, so the query asks for
 * something that is not scraped at all; `lacking`: their pages do not have it; `there`: at least one has.
 */
export const lookUp = async (selector: Selector, scraped: Scraped): Promise<'nobody' | 'lacking' | 'there'> => {
  const isSynthetic = added.has(metricOf(selector) ?? '');
  let answer: 'nobody' | 'lacking' = 'nobody';
  for (const target of scraped.targets) {
    const { own, page } = split(selector.matchers, target);
    if (!own.every((matcher) => fits(matcher, target.labels))) continue;
    if (isSynthetic) return 'there';
    const series = await scraped.page(target);
    if (asksForLabelOfOthers(page, target, series, scraped)) continue;
    answer = 'lacking';
    if (
      series.some(({ name, labels }) =>
        page.every((matcher) => fits(matcher, { ...renamed(labels, target), __name__: name })),
      )
    )
      return 'there';
  }
  return answer;
};

/** Matchers on labels that scraping adds to this target, and the rest. */
const split = (
  matchers: readonly LabelMatcher[],
  { labels }: Target,
): { readonly own: readonly LabelMatcher[]; readonly page: readonly LabelMatcher[] } => ({
  own: matchers.filter(({ label }) => label in labels),
  page: matchers.filter(({ label }) => !(label in labels)),
});

/** A label that scraping gives to other targets, which neither this one nor its page has: the query is not about it. */
const asksForLabelOfOthers = (
  matchers: readonly LabelMatcher[],
  target: Target,
  series: readonly PageSeries[],
  { targets }: Scraped,
): boolean =>
  matchers.some(
    (matcher) =>
      targets.some(({ labels }) => matcher.label in labels) &&
      !series.some(({ labels }) => matcher.label in labels) &&
      !fits(matcher, target.labels),
  );

/** A label that both the page and the scrape configuration write becomes `exported_…`. */
const renamed = (labels: Labels, { labels: own }: Target): Labels =>
  Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [label in own ? `exported_${label}` : label, value]),
  );
