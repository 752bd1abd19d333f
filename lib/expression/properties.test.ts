import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import prometheusCatalog from '../catalog/recorded/prometheus.json';
import type { SourceSettings } from '../homelab/homelab';
import { promqlError } from '../query/promql';
import { expandForParsing } from '../query/variables';
import type { Expression } from './expression';
import * as o from './operators';
import { printExpression, type PrintContext } from './print';
import { defineSource } from './source';
import { carriedLabels } from './testing/carried-labels';
import { contextOf } from './testing/context';

const node = defineSource(nodeCatalog, ['host']);
const prometheus = defineSource(prometheusCatalog, ['service']);

// Labels are only known at run time here: what does not fit is refused, and the tree goes on without it.
type Any = Expression<string>;
const any = (expression: Expression): Any => expression as Any;

const leaves: fc.Arbitrary<Any> = fc.constantFrom(
  ...[
    node.metric('node_load1'),
    node.metric('node_disk_io_now'),
    node.metric('node_filesystem_avail_bytes'),
    node.metric('node_uname_info'),
    node.scraped('up'),
    o.rate(node.metric('node_context_switches_total')),
    o.rate(node.metric('node_cpu_seconds_total', { mode: 'idle' })),
    o.overTime('max', node.metric('node_load5'), '1h'),
    o.quantile(0.9, prometheus.metric('prometheus_http_request_duration_seconds'), ['service', 'handler']),
    o.distribution(prometheus.metric('prometheus_http_request_duration_seconds'), ['service']),
    o.observations(prometheus.metric('prometheus_http_request_duration_seconds')),
    prometheus.metric('prometheus_tsdb_head_series'),
  ].map(any),
);

const subsetOf = (labels: Iterable<string>, bits: number): readonly string[] =>
  [...labels].filter((_, index) => (bits >> index) & 1);

type Step = (a: Any, b: Any, bits: number) => Expression;

const steps: readonly Step[] = [
  (a, _, bits) => o.sum(a, ...subsetOf(a.labels, bits)),
  (a, _, bits) => o.max(a, ...subsetOf(a.labels, bits)),
  (a, _, bits) => o.count(a, ...subsetOf(a.labels, bits)),
  (a, _, bits) => o.countWhere(a, '>', bits, ...subsetOf(a.labels, bits)),
  (a) => o.rest(a),
  (a) => o.age(a),
  (a) => o.abs(a),
  (a) => o.highest(3, a),
  (a) => o.shift(a, '1d'),
  (a, _, bits) => o.multiply(a, bits - 8),
  (a, _, bits) => o.tag(a, 'resource', bits % 2 ? 'CPU' : `Host {${subsetOf(a.labels, bits)[0] ?? 'host'}}`),
  (a, b) => o.add(a, b),
  (a, b) => o.ratio(a, b),
  (a, b) => o.share(a, b),
  (a, b) => o.larger(a, b),
  (a, b) => o.compare(a, '<', b),
  (a, b) => o.when(a, b),
  (a, b) => o.except(a, b),
  (a, b) => o.fallback(a, b),
  (a, b) => o.union(a, b),
  (a, b, bits) => o.fallback(a, b, subsetOf([...a.labels].filter((label) => b.labels.has(label)), bits)),
  (a, b, bits) => {
    const on = subsetOf([...a.labels].filter((label) => b.labels.has(label)), bits);
    return o.join(a, b, on, subsetOf([...b.labels].filter((label) => !a.labels.has(label)), bits >> 2));
  },
]; // prettier-ignore

const { tree: trees } = fc.letrec<{ tree: Any }>((again) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'tree' },
    leaves,
    fc
      .tuple(fc.constantFrom(...steps), again('tree'), again('tree'), fc.nat({ max: 255 }))
      .map(([step, a, b, bits]) => {
        try {
          return any(step(a, b, bits));
        } catch {
          return a;
        }
      }),
  ),
}));

const identities: readonly NonNullable<SourceSettings['identity']>[] = [
  {},
  { host: 'instance', service: 'job' },
  {
    host: { label: 'instance', pattern: '{host}:9100' },
    service: { label: 'instance', pattern: '{service}.lan:9090' },
  },
];

const contexts: readonly PrintContext[] = identities.flatMap((identity) =>
  (['none', 'single', 'multi'] as const).flatMap((chosen) =>
    (['panel', 'alert'] as const).map((place) =>
      contextOf(
        { sources: { node_exporter: { identity }, prometheus: { identity } } },
        { place, variables: chosen === 'none' ? {} : { host: chosen, service: chosen } },
      ),
    ),
  ),
);

/** The labels that a metric has in the data: entities only where the scrape writes them by name. */
const labelsIn =
  ({ sources }: PrintContext) =>
  (series: string): readonly string[] => {
    const [source, catalog, entity] = series.startsWith('prometheus_')
      ? (['prometheus', prometheusCatalog, 'service'] as const)
      : (['node_exporter', nodeCatalog, 'host'] as const);
    const metrics: Readonly<Record<string, { readonly labels: object }>> = catalog.metrics;
    const facts = metrics[series] ?? metrics[series.replace(/_(bucket|sum|count)$/, '')];
    const identity = sources[source]?.identity[entity];
    return [
      ...Object.keys(facts?.labels ?? {}),
      ...(series.endsWith('_bucket') ? ['le'] : []),
      'job',
      'instance',
      ...(identity?.label === entity ? [entity] : []),
    ];
  };

const run = (property: (tree: Any, context: PrintContext, bits: number) => void): void => {
  fc.assert(fc.property(trees, fc.constantFrom(...contexts), fc.nat({ max: 255 }), property), { numRuns: 500 });
};

describe('every tree of operators', () => {
  it('is PromQL', () => {
    run((tree, context) => {
      const query = printExpression(tree, context);
      expect(promqlError(expandForParsing(query)), query).toBeUndefined();
    });
  });

  it('carries the labels it says, however the source spells them', () => {
    run((tree, context) => {
      const query = printExpression(tree, context);
      const carried = carriedLabels(expandForParsing(query), labelsIn(context)) ?? new Set();
      expect([...carried].sort(), query).toEqual(expect.arrayContaining([...tree.labels].sort()));
    });
  });

  it('keeps what is asked for, and matches on nothing that was left out', () => {
    run((tree, context, bits) => {
      const keep = subsetOf(tree.labels, bits);
      const query = printExpression(tree, context, new Set(keep));
      const carried = carriedLabels(expandForParsing(query), labelsIn(context)) ?? new Set();
      expect([...carried], query).toEqual(expect.arrayContaining([...keep]));
    });
  });
});
