import { walk } from '../../../query/tree';
import { chosen, inQueries, misspelt, partsOf, replaced, selectorsOf, slice, type Mutator } from '../mutator';
import type { QuerySite } from '../seed';

/** Changes the name of one metric of a query. */
const renamed =
  (rename: (name: string) => string | undefined) =>
  ({ text, tree }: QuerySite): string | undefined => {
    const found = selectorsOf(tree).flatMap(({ name, nameSpan }) => {
      const to = name === undefined || name === 'up' || name === 'ALERTS' ? undefined : rename(name);
      return to === undefined || to === name || !nameSpan ? [] : [replaced(text, nameSpan, to)];
    });
    return chosen(found, text);
  };

/** Names that exporters had once. */
const oldNames: Readonly<Record<string, string>> = {
  node_cpu_seconds_total: 'node_cpu',
  node_filesystem_avail_bytes: 'node_filesystem_avail',
  node_filesystem_size_bytes: 'node_filesystem_size',
  node_memory_MemAvailable_bytes: 'node_memory_MemAvailable',
  node_memory_MemTotal_bytes: 'node_memory_MemTotal',
  node_boot_time_seconds: 'node_boot_time',
  node_network_receive_bytes_total: 'node_network_receive_bytes',
  node_disk_io_time_seconds_total: 'node_disk_io_time_ms',
};

const suffixes: readonly (readonly [RegExp, string])[] = [
  [/_seconds_total$/, '_seconds'],
  [/_total$/, ''],
  [/_bytes$/, '_byte'],
  [/_seconds$/, '_milliseconds'],
  [/_celsius$/, '_celcius'],
  [/_success$/, '_succeeded'],
];

/** Metrics that nobody exports, or that were meant to be others. */
const missing: readonly Mutator[] = [
  inQueries('metric-exists', 'a letter of a metric is missing', renamed(misspelt.dropped), { most: 14 }),
  inQueries('metric-exists', 'a letter of a metric is there twice', renamed(misspelt.doubled), { most: 10 }),
  inQueries('metric-exists', 'two letters of a metric are swapped', renamed(misspelt.swapped), { most: 10 }),
  inQueries(
    'metric-exists',
    'a metric has another suffix',
    renamed((name) => {
      const suffix = suffixes.find(([ending]) => ending.test(name));
      return suffix && name.replace(...suffix);
    }),
    { most: 12 },
  ),
  inQueries(
    'metric-exists',
    "a metric begins like another exporter's",
    renamed((name) => (/^(node|prometheus)_(?!build)/.test(name) ? name.replace(/^[a-z]+/, 'windows') : undefined)),
    { most: 8 },
  ),
  inQueries(
    'metric-exists',
    'a metric has the name of years ago',
    renamed((name) => oldNames[name]),
    { most: 8 },
  ),
  inQueries(
    'metric-exists',
    'a metric is plural',
    renamed((name) => (/[a-rt-z]$/.test(name) && !name.endsWith('_total') ? `${name}s` : undefined)),
    { most: 6 },
  ),
];

const uncovered: readonly Mutator[] = [
  inQueries(
    'metric-not-covered',
    'a metric of an exporter that nobody has looked at',
    ({ text, tree }) => {
      const [selector] = selectorsOf(tree);
      return selector ? replaced(text, selector, 'frobnicator_widgets_active{job="frobnicator"}') : undefined;
    },
    { most: 5, of: ['panel'] },
  ),
];

/** Calls of a function over a range, by name. */
const calls = (site: QuerySite, names: RegExp) =>
  partsOf(site.tree, 'call').filter(({ node }) => names.test(node.name));

/** `rate(x[5m])` as `x`. */
const bareOf =
  (names: RegExp, may: (metric: string) => boolean) =>
  (site: QuerySite): string | undefined => {
    const found = calls(site, names).flatMap(({ node }) => {
      const [range] = node.args;
      if (range?.kind !== 'selector' || !range.window || !may(range.name ?? '')) return [];
      const inner = slice(site.text, { from: range.from, to: range.window.from }).replace(/\[\s*$/, '');
      return [replaced(site.text, node, inner)];
    });
    return chosen(found, site.text);
  };

const called =
  (from: RegExp, to: string, may: (metric: string) => boolean = () => true) =>
  (site: QuerySite): string | undefined => {
    const found = calls(site, from).flatMap(({ node }) => {
      const range = node.args.at(-1);
      return range?.kind === 'selector' && range.window && may(range.name ?? '')
        ? [replaced(site.text, node.nameSpan, to)]
        : [];
    });
    return chosen(found, site.text);
  };

const isGaugeName = (name: string): boolean =>
  !/_total$|_count$|_sum$|_bucket$|^node_vmstat|^node_netstat|^up$|^ALERTS|_timestamp|_time_seconds$|_expiry$/.test(
    name,
  );

/** A gauge as if it were a counter. */
const wrapped =
  (name: string) =>
  ({ text, tree, of }: QuerySite): string | undefined => {
    const found = [...walk(tree)].flatMap(({ node, around: [parent] }) => {
      if (node.kind !== 'selector' || node.window || !isGaugeName(node.name ?? '')) return [];
      if (parent?.kind !== 'aggregation' || !/^(max|min|sum|avg)$/.test(parent.name) || /_info$/.test(node.name ?? ''))
        return [];
      const window = of === 'panel' ? '$__rate_interval' : '5m';
      return [replaced(text, node, `${name}(${slice(text, node)}[${window}])`)];
    });
    return chosen(found, text);
  };

const isCounterName = (name: string): boolean => /_total$/.test(name);

const types: readonly Mutator[] = [
  inQueries('rate-of-gauge', 'rate() around a gauge', wrapped('rate'), { most: 10 }),
  inQueries('rate-of-gauge', 'increase() around a gauge', wrapped('increase'), { most: 8 }),
  inQueries(
    'rate-of-gauge',
    'rate() in place of an average over time',
    called(/^(avg|max)_over_time$/, 'rate', isGaugeName),
  ),
  inQueries('rate-of-gauge', 'rate() in place of deriv()', called(/^deriv$/, 'rate')),
  inQueries('rate-of-gauge', 'delta() of a counter', called(/^increase$/, 'delta', isCounterName)),
  inQueries('rate-of-gauge', 'deriv() of a counter', called(/^rate$/, 'deriv', isCounterName)),
  inQueries('raw-counter', 'rate() is forgotten', bareOf(/^rate$/, isCounterName), { most: 12 }),
  inQueries('raw-counter', 'increase() is forgotten', bareOf(/^increase$/, isCounterName), { most: 8 }),
  inQueries(
    'raw-counter',
    'the highest value of a counter',
    called(/^(rate|increase)$/, 'max_over_time', isCounterName),
  ),
  inQueries(
    'raw-counter',
    'rate() of what counts without `_total` is forgotten',
    bareOf(/^(rate|increase)$/, (name) => /^node_(vmstat|netstat)/.test(name)),
    { most: 2 },
  ),
];

/** Changes by texts: what stands in the query as it is written. */
const written =
  (from: string | RegExp, to: string) =>
  ({ text }: QuerySite): string =>
    text.replace(from, to);

const onlyQuantile =
  (change: (text: string) => string) =>
  ({ text }: QuerySite): string | undefined =>
    text.includes('histogram_quantile') ? change(text) : undefined;

const histograms: readonly Mutator[] = [
  inQueries(
    'quantile-of-non-histogram',
    '`le` is not kept',
    onlyQuantile((text) => text.replace('(le, ', '(')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'the sum in place of the buckets',
    onlyQuantile((text) => text.replace('_bucket{', '_sum{')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'the count in place of the buckets',
    onlyQuantile((text) => text.replace('_bucket{', '_count{')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'the name without `_bucket`',
    onlyQuantile((text) => text.replace('_bucket{', '{')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'buckets without rate()',
    onlyQuantile((text) => text.replace(/rate\(([^[]*)\[[^\]]*\]\)/, '$1')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'no grouping at all',
    onlyQuantile((text) => text.replace(/sum by \([^)]*\)/, 'sum')),
  ),
  inQueries(
    'quantile-of-non-histogram',
    'histogram_quantile() of a gauge',
    ({ text, tree, of }) => {
      const [top] = [...walk(tree)];
      const gauge =
        top?.node.kind === 'aggregation' &&
        top.node.inner.kind === 'selector' &&
        isGaugeName(top.node.inner.name ?? '');
      return gauge && of === 'panel' ? `histogram_quantile(0.95, ${text})` : undefined;
    },
    { most: 5 },
  ),
  inQueries(
    'histogram-as-gauge',
    'buckets summed without `le`',
    written(
      'sum by (le) (rate(prometheus_http_request_duration_seconds_bucket',
      'sum by (handler) (rate(prometheus_http_request_duration_seconds_bucket',
    ),
  ),
  inQueries('histogram-as-gauge', 'quantiles averaged', ({ text }) =>
    text.includes('quantile="0.9"') ? text.replace(/^max/, 'avg') : undefined,
  ),
  inQueries('histogram-as-gauge', 'quantiles added', ({ text }) =>
    text.includes('quantile="0.9"') ? text.replace(/^max/, 'sum') : undefined,
  ),
  inQueries(
    'histogram-as-gauge',
    'buckets averaged',
    written(/^sum by \(le\) \(rate\((prometheus_http_request_duration_seconds_bucket)/, 'avg by (handler) (rate($1'),
  ),
  inQueries(
    'quantile-out-of-range',
    'a quantile as a percentage',
    written(/(quantile(?:_over_time)?)\(0\.(95|5)/, '$1($2'),
  ),
  inQueries(
    'quantile-out-of-range',
    'a quantile with a point too far right',
    written(/(quantile(?:_over_time)?)\(0\.(9)5/, '$1($2.5'),
  ),
  inQueries(
    'quantile-out-of-range',
    'a negative quantile',
    written(/(quantile(?:_over_time)?)\(0\.(95|5)/, '$1(-0.$2'),
  ),
];

export const metricMutators: readonly Mutator[] = [...missing, ...uncovered, ...types, ...histograms];
