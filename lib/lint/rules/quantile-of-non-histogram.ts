import { bare, walk, type Call, type Expr, type Selector } from '../../query/tree';
import type { Report } from '../finding';
import type { Knowledge } from '../knowledge';
import { labelsOf } from '../labels';
import { defineRule } from '../rule';

export const quantileOfNonHistogram = defineRule({
  id: 'quantile-of-non-histogram',
  on: 'query',
  severity: 'error',
  needs: 'catalog',
  says: '`histogram_quantile()` over what has no buckets, or whose buckets were added up',
  why: '`histogram_quantile()` reads the label `le` of buckets. Without it there is no result at all; over raw buckets the result is of all time since the start.',
  instead: 'Use `histogram_quantile(0.9, sum by (le) (rate(x_bucket[…])))`, with `le` in every `by (...)`.',

  *check({ text, parsed: { tree } }, { knowledge }) {
    if (!tree) return;
    for (const { node } of walk(tree)) {
      if (node.kind !== 'call' || node.name !== 'histogram_quantile' || !node.args[1]) continue;
      const report = ofArgument(node, node.args[1], text, knowledge);
      if (report) yield report;
    }
  },

  accepts: [
    {
      name: 'buckets, rated, with le',
      query:
        'histogram_quantile(0.9, sum by (le, handler) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
    },
    {
      name: 'a native histogram',
      query: 'histogram_quantile(0.9, sum(rate(prometheus_http_request_duration_seconds[5m])))',
    },
    { name: 'buckets that nobody knows', query: 'histogram_quantile(0.9, rate(redis_latency_bucket[5m]))' },
    {
      name: 'buckets of VictoriaMetrics',
      query: 'histogram_quantile(0.9, sum by (vmrange) (rate(redis_latency_bucket[5m])))',
    },
    {
      name: 'without other labels',
      query:
        'histogram_quantile(0.9, sum without (instance) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
    },
  ],
  rejects: [
    {
      name: 'le lost',
      query: 'histogram_quantile(0.9, sum by (handler) (rate(prometheus_http_request_duration_seconds_bucket[5m])))',
      because: 'takes `le` away',
    },
    {
      name: 'le lost, of an exporter without a catalog',
      query: 'histogram_quantile(0.9, sum(rate(redis_latency_bucket[5m])))',
      because: 'takes `le` away',
    },
    { name: 'a gauge', query: 'histogram_quantile(0.9, node_load1)', because: 'has no buckets' },
    {
      name: 'the count of a histogram',
      query: 'histogram_quantile(0.9, rate(prometheus_http_request_duration_seconds_count[5m]))',
      because: 'has no buckets',
    },
    {
      name: 'raw buckets',
      query: 'histogram_quantile(0.9, prometheus_http_request_duration_seconds_bucket)',
      because: 'since the start',
    },
    {
      name: 'raw buckets, with a label of another name',
      query:
        'histogram_quantile(0.9, label_replace(prometheus_http_request_duration_seconds_bucket, "at", "$1", "handler", "(.*)"))',
      because: 'since the start',
    },
  ],
});

const ofArgument = (call: Call, argument: Expr, text: string, knowledge: Knowledge): Report | undefined => {
  const selectors = [...walk(argument)].flatMap(({ node }) => (node.kind === 'selector' ? [node] : []));
  for (const selector of selectors) {
    const known = knowledge.of(selector);
    if (known.state !== 'known' || known.recording || known.type === undefined || known.type === 'untyped') continue;
    const hasBuckets = known.type === 'histogram' && (known.part === 'bucket' || known.part === undefined);
    if (hasBuckets || known.labels.names.has('le')) continue;
    return {
      message: `\`histogram_quantile\` over \`${known.name}\`, which has no buckets`,
      culprit: known.name,
      span: selector,
      evidence: known.evidence,
      expected:
        known.type === 'histogram'
          ? `use \`${known.family}_bucket\``
          : 'use `quantile()` over series, or `quantile_over_time()`',
    };
  }
  const labels = labelsOf(argument, knowledge);
  // VictoriaMetrics' own histograms have `vmrange` in the place of `le`.
  const lost = labels.has('vmrange') === 'no' ? labels.lostAt('le') : undefined;
  const buckets = selectors.find((selector) => isClassic(selector, knowledge));
  if (lost && buckets && selectors.every((selector) => isClassic(selector, knowledge)))
    return {
      message: `\`${text.slice(lost.from, lost.to)}\` takes \`le\` away from the buckets of \`histogram_quantile\``,
      culprit: 'le',
      span: lost,
      expected: 'keep `le` in `by (...)`',
    };
  const inner = rawIn(argument);
  if (!inner || !isClassic(inner, knowledge) || inner.window) return undefined;
  return {
    message: `\`histogram_quantile\` over raw buckets: the quantile of all since the start of the process`,
    culprit: inner.name ?? 'le',
    span: call.nameSpan,
    expected: 'put `rate(…[…])` around the buckets',
    severity: 'info',
  };
};

const isClassic = (selector: Selector, knowledge: Knowledge): boolean => {
  const known = knowledge.of(selector);
  if (known.state === 'known') return known.part === 'bucket';
  return selector.name?.endsWith('_bucket') ?? false;
};

/** The selector that only aggregations stand around. */
const rawIn = (expr: Expr): Selector | undefined => {
  const node = bare(expr);
  if (node.kind === 'aggregation') return rawIn(node.inner);
  const [rewritten] = node.kind === 'call' && /^label_(replace|join)$/.test(node.name) ? node.args : [];
  if (rewritten) return rawIn(rewritten);
  return node.kind === 'selector' ? node : undefined;
};
