import type { Catalog, Evidence } from '../catalog/catalog';
import { pagesOf } from '../catalog/golden';
import { parsePage } from '../catalog/page';
import scrape from '../catalog/recorded/scrape.json';
import type { ResolvedHomelab, ResolvedSource } from '../homelab/resolved';
import { parseQuery } from '../query/parse';
import type { KnownVariable } from '../query/parsed';
import { childrenOf, type Expr, type LabelName, type Matcher, type Selector } from '../query/tree';

/** A query as it was rendered. */
export interface AskedQuery {
  readonly query: string;
  /** Labels that its legend, its table or its picker reads of the result. */
  readonly shown?: readonly string[];
  readonly variables?: readonly KnownVariable[];
}

/** Something that a query reads of an exporter that no kept page of that exporter shows. */
export interface Unseen {
  readonly source: string;
  readonly metric: string;
  readonly label?: string;
  readonly value?: string;
  /** What the catalog says of it: how well the metric is known, or that it lists the value. Undefined: it says nothing. */
  readonly grade: Evidence | 'listed' | undefined;
}

/** What the kept pages of one catalog show: metric -> label -> values. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/**
 * What rendered queries read of exporters of which pages are kept, and no page shows: metrics, labels, and values that a matcher wants or
 * leaves out. Labels that scraping adds are not looked at, and nothing is said of an exporter without pages.
 */
export const unseenOnPages = (
  queries: readonly AskedQuery[],
  { sources }: Pick<ResolvedHomelab, 'sources'>,
): readonly Unseen[] => {
  const found = new Map<string, Unseen>();
  for (const { query, shown = [], variables = [] } of queries) {
    const { tree, selectors } = parseQuery('promql', query, { variables });
    const used = new Set([...shown, ...(tree ? labelsIn(tree) : [])]);
    for (const selector of selectors)
      for (const each of unseenOf(selector, used, sources)) found.set(JSON.stringify(each), each);
  }
  return [...found.values()];
};

const unseenOf = (
  { name, matchers }: Selector,
  used: ReadonlySet<string>,
  sources: ResolvedHomelab['sources'],
): readonly Unseen[] => {
  // What Prometheus writes itself is on nobody's page.
  if (name === undefined || name in scrape.metrics || /^ALERTS(_FOR_STATE)?$/.test(name)) return [];
  return ownersOf(name, matchers, sources).flatMap(({ catalog }): readonly Unseen[] => {
    const pages = shownBy(catalog);
    const metric = [name, name.replace(/_(bucket|sum|count)$/, '')].find((each) =>
      Object.hasOwn(catalog.metrics, each),
    );
    const facts = metric === undefined ? undefined : catalog.metrics[metric];
    if (!pages || metric === undefined || !facts) return [];
    const base = { source: catalog.source, metric };
    const grade = facts.evidence ?? catalog.evidence;
    const labels = pages.get(metric);
    if (!labels) return [{ ...base, grade }];
    const own = matchers.filter(({ label }) => Object.hasOwn(facts.labels, label));
    const asked = new Set([...own.map(({ label }) => label), ...[...used].filter((each) => each in facts.labels)]);
    return [
      ...[...asked].filter((label) => !labels.has(label)).map((label) => ({ ...base, label, grade: undefined })),
      ...own.flatMap((matcher) => {
        const listed = Object.keys(facts.labels[matcher.label] ?? {});
        const seen = [...(labels.get(matcher.label) ?? [])];
        return wanted(matcher)
          .filter((value) => !seen.some((each) => fits(value, each)))
          .map((value) => ({
            ...base,
            label: matcher.label,
            value,
            grade: listed.some((each) => fits(value, each)) ? ('listed' as const) : undefined,
          }));
      }),
    ];
  });
};

/** The sources that a selector can mean: those of its job, or where it names none, those that have the metric. */
const ownersOf = (
  name: string,
  matchers: readonly Matcher[],
  sources: ResolvedHomelab['sources'],
): readonly ResolvedSource[] => {
  const has = ({ catalog: { metrics } }: ResolvedSource): boolean =>
    Object.hasOwn(metrics, name) || Object.hasOwn(metrics, name.replace(/_(bucket|sum|count)$/, ''));
  const job = matchers.find(({ label, operator, open }) => label === 'job' && !open && /^=~?$/.test(operator));
  const jobs = job?.value.split('|');
  return Object.values(sources).filter(
    (source) => has(source) && (!jobs || (source.select['job'] ?? [source.job]).some((each) => jobs.includes(each))),
  );
};

const known = new Map<string, Shown | undefined>();
const shownBy = (catalog: Catalog): Shown | undefined => {
  if (!known.has(catalog.source)) known.set(catalog.source, readPages(catalog));
  return known.get(catalog.source);
};

const readPages = (catalog: Catalog): Shown | undefined => {
  const pages = pagesOf(catalog);
  if (pages.length === 0) return undefined;
  const shown = new Map<string, Map<string, Set<string>>>();
  for (const { text } of pages)
    for (const { name, labels } of parsePage(text)) {
      const own = shown.get(name) ?? new Map<string, Set<string>>();
      shown.set(name, own);
      for (const [label, values] of labels) own.set(label, new Set([...(own.get(label) ?? []), ...values]));
    }
  return shown;
};

/** Each value that a matcher names, as a pattern; none where a variable stands, or any value will do. */
const wanted = ({ operator, value, open }: Matcher): readonly string[] => {
  if (open || value === '') return [];
  if (operator === '=' || operator === '!=') return [value.replace(/[$^*{}[\]+?.()|\\/]/g, '\\$&')];
  // Alternatives inside parentheses belong together.
  return /[()]/.test(value) ? [value] : value.split('|').filter((each) => each !== '');
};

const fits = (pattern: string, value: string): boolean => new RegExp(`^(?:${pattern})$`, 's').test(value);

/** Labels that an expression groups, joins or rewrites by. */
const labelsIn = (expr: Expr): readonly string[] => {
  const inner = childrenOf(expr).flatMap(labelsIn);
  const names = (labels: readonly LabelName[]): readonly string[] =>
    labels.filter(({ open }) => !open).map(({ name }) => name);
  if (expr.kind === 'aggregation') return [...inner, ...names(expr.grouping?.labels ?? [])];
  if (expr.kind === 'binary' && expr.matching)
    return [...inner, ...names(expr.matching.labels), ...names(expr.matching.include)];
  const [, , , from] = expr.kind === 'call' && expr.name === 'label_replace' ? expr.args : [];
  return from?.kind === 'string' ? [...inner, from.value] : inner;
};
