import { walk, type Expr, type Selector } from '../../query/tree';
import type { Report } from '../finding';
import type { Knowledge, KnownMetric } from '../knowledge';
import { labelsOf } from '../labels';
import { defineRule } from '../rule';
import type { Aggregation } from '../../query/tree';

export const histogramAsGauge = defineRule({
  id: 'histogram-as-gauge',
  on: 'query',
  severity: 'warning',
  needs: 'catalog',
  says: 'buckets, quantiles or a whole histogram reckoned with as if each were a value',
  why: 'Each bucket counts all that the smaller ones count, so their sum or average counts most things several times. Quantiles cannot be averaged or added: the result is the quantile of nothing. A classic histogram has no series of its own name.',
  instead:
    'Use `_sum` divided by `_count` for an average, `_count` for how many, `histogram_quantile()` for a quantile.',

  *check({ parsed: { tree } }, { knowledge }) {
    if (!tree) return;
    for (const { node, around } of walk(tree)) {
      if (node.kind !== 'selector') continue;
      const known = knowledge.of(node);
      if (known.state !== 'known' || known.recording) continue;
      const report = ofSelector(node, known, around, knowledge);
      if (report) yield { culprit: known.name, span: node, evidence: known.evidence, ...report };
    }
  },

  accepts: [
    {
      name: 'buckets with le kept',
      query: 'sum by (le) (increase(prometheus_http_request_duration_seconds_bucket[5m]))',
    },
    { name: 'one bucket', query: 'sum(rate(prometheus_http_request_duration_seconds_bucket{le="0.1"}[5m]))' },
    { name: 'a native histogram', query: 'histogram_avg(rate(prometheus_http_request_duration_seconds[5m]))' },
    { name: 'the worst of quantiles', query: 'max(go_gc_duration_seconds{quantile="1"})' },
    {
      name: 'the average of a summary',
      query: 'sum(rate(go_gc_duration_seconds_sum[5m])) / sum(rate(go_gc_duration_seconds_count[5m]))',
    },
    { name: 'whether buckets are there', query: 'count(prometheus_http_request_duration_seconds_bucket)' },
  ],
  rejects: [
    {
      name: 'the average of buckets',
      query: 'avg(prometheus_http_request_duration_seconds_bucket)',
      because: 'buckets',
    },
    {
      name: 'the sum of rated buckets',
      query: 'sum(rate(prometheus_http_request_duration_seconds_bucket[5m]))',
      because: 'several times',
    },
    {
      name: 'a histogram by its own name',
      query: 'prometheus_http_request_duration_seconds',
      because: 'is a histogram',
    },
    { name: 'the average of quantiles', query: 'avg(go_gc_duration_seconds{quantile="0.5"})', because: 'quantiles' },
    { name: 'the sum of all quantiles', query: 'sum(go_gc_duration_seconds)', because: 'quantiles' },
  ],
});

const ofSelector = (
  selector: Selector,
  known: KnownMetric,
  around: readonly Expr[],
  knowledge: Knowledge,
): (Pick<Report, 'message'> & Partial<Report>) | undefined => {
  const { name, family, type, part } = known;
  if (type === 'histogram' && part === undefined && selector.name === name) {
    // Names with unit and `_total` left out, and native histograms, are read by these functions only.
    const isNative = around.some((each) => each.kind === 'call' && each.name.startsWith('histogram_'));
    const isOffered = around.some((each) => each.kind === 'binary' && each.operator === 'or');
    if (isNative || isOffered) return undefined;
    const isRated = around.some((each) => each.kind === 'call' && rates.has(each.name));
    return {
      message: `\`${name}\` is a histogram: unless it is a native one, it has only \`${family}_bucket\`, \`_sum\` and \`_count\``,
      ...(isRated && { severity: 'info' as const }),
    };
  }
  const added = addingUp(around);
  if (!added) return undefined;
  if (type === 'histogram' && part === 'bucket') {
    if (selector.matchers.some(({ label }) => label === 'le') || inQuantile(around)) return undefined;
    if (labelsOf(added, knowledge).has('le') !== 'no') return undefined;
    return { message: `\`${added.name}\` over all buckets of \`${family}\` counts most things several times` };
  }
  if (type !== 'summary' || part !== undefined) return undefined;
  // Of one instance it is the quantile itself.
  const keepsQuantile =
    labelsOf(added, knowledge).has('quantile') !== 'no' || selector.matchers.some(({ label }) => label === 'quantile');
  return {
    message: `\`${added.name}\` of the quantiles of \`${name}\` is a quantile of nothing`,
    expected: `use \`${name}_sum\` and \`${name}_count\` for an average, \`max\` for the worst`,
    ...(keepsQuantile && { severity: 'info' as const }),
  };
};

const rates = new Set(['rate', 'irate', 'increase', 'delta']);

/** The innermost aggregation around it that adds values up. */
const addingUp = (around: readonly Expr[]): Aggregation | undefined => {
  for (const each of around)
    if (each.kind === 'aggregation') return each.name === 'sum' || each.name === 'avg' ? each : undefined;
  return undefined;
};

const inQuantile = (around: readonly Expr[]): boolean =>
  around.some((each) => each.kind === 'call' && /^(histogram_|bucket)/.test(each.name));
