import { expectTypeOf, it } from 'vitest';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import scrapeCatalog from '../catalog/recorded/scrape.json';
import traefikCatalog from '../catalog/recorded/traefik.json';
import type { Expression } from './expression';
import { add, age, fallback, from, join, max, quantile, rate, sum, tag, translate, union } from './operators';
import { defineSource, noneOf, not, oneOf } from './source';
import { promql } from './template';

const node = defineSource(nodeCatalog, ['host']);
const cpu = node.metric('node_cpu_seconds_total');
const load = node.metric('node_load1');
const renamed = defineSource(traefikCatalog, [], { exported: ['service'] });

/** Never called: `tsc` reads it (`npm run check`). An error that is expected and does not come is an error. */
export const whatDoesNotCompile = (): readonly unknown[] => [
  // @ts-expect-error a misspelt metric
  node.metric('node_cpu_second_total'),
  // @ts-expect-error a metric of another source
  node.metric('probe_success'),
  // @ts-expect-error a misspelt metric of the scrape
  node.scraped('ups'),
  // @ts-expect-error a misspelt label
  node.metric('node_cpu_seconds_total', { modes: 'idle' }),
  // @ts-expect-error a label of another metric
  node.metric('node_load1', { mode: 'idle' }),
  // @ts-expect-error a value that the label never has
  node.metric('node_cpu_seconds_total', { mode: 'idel' }),
  // @ts-expect-error the same, negated
  node.metric('node_cpu_seconds_total', { mode: not('idel') }),
  // @ts-expect-error the same, among others
  node.metric('node_cpu_seconds_total', { mode: oneOf('idle', 'idel') }),
  // @ts-expect-error the same, in a list of conditions
  node.metric('node_cpu_seconds_total', { mode: [noneOf('idel'), not('idle')] }),
  // @ts-expect-error an entity that the source is not about
  node.metric('node_load1', { container: 'db' }),
  // @ts-expect-error `untyped` is no type
  node.untyped('node_vmstat_oom_kill', 'untyped', 'nobody knows'),

  // @ts-expect-error a label that the metric does not have
  max(load, 'device'),
  // @ts-expect-error a label that was lost
  sum(sum(rate(cpu), 'host'), 'cpu'),
  // @ts-expect-error a label that one of two does not have
  max(union(cpu, load), 'mode'),
  // @ts-expect-error a label that only the fallback has
  max(fallback(load, cpu), 'mode'),
  // @ts-expect-error a label that one variant does not have
  max(from({ a: cpu, b: load }), 'mode'),
  // @ts-expect-error a quantile by what is not there
  quantile(0.9, load, ['device']),
  // @ts-expect-error a join on what one side lacks
  join(max(load, 'host'), node.metric('node_uname_info'), ['release'], []),
  // @ts-expect-error a join that adds what is not there
  join(max(load, 'host'), node.metric('node_uname_info'), ['host'], ['mode']),
  // @ts-expect-error words for a label that is not there
  translate(load, 'word', 'mode', {}),
  // @ts-expect-error a label that the template does not state
  max(promql('host')`vector(1)`, 'device'),
  // @ts-expect-error a label that is renamed, by its old name
  renamed.metric('traefik_service_requests_total', { service: 'x' }),
];

it('knows the labels that are left', () => {
  expectTypeOf(max(load, 'host')).toEqualTypeOf<Expression<'host'>>();
  expectTypeOf(max(load)).toEqualTypeOf<Expression>();
  expectTypeOf(age(max(load, 'host'))).toEqualTypeOf<Expression<'host'>>();
  expectTypeOf(add(sum(cpu, 'host', 'mode'), max(load, 'host'))).toEqualTypeOf<Expression<'host' | 'mode'>>();
  expectTypeOf(add(max(load, 'host'), 1)).toEqualTypeOf<Expression<'host'>>();
  expectTypeOf(tag(max(load, 'host'), 'resource', 'CPU')).toEqualTypeOf<Expression<'host' | 'resource'>>();
  expectTypeOf(fallback(sum(cpu, 'host', 'mode'), max(load, 'host'))).toEqualTypeOf<Expression<'host'>>();
});

it('takes what carries more where less is asked for, and not the other way round', () => {
  expectTypeOf(cpu).toExtend<Expression<'host'>>();
  expectTypeOf(cpu).toExtend<Expression>();
  expectTypeOf(max(load, 'host')).not.toExtend<Expression<'host' | 'device'>>();
});

it('knows labels that are added on the way, and those that are renamed', () => {
  const rules = defineSource(scrapeCatalog, ['host'], { added: ['severity'] });
  expectTypeOf(max(rules.metric('ALERTS', { severity: 'critical' }), 'severity')).toEqualTypeOf<
    Expression<'severity'>
  >();
  const traefik = defineSource(traefikCatalog, ['service'], { exported: ['service'] });
  const requests = traefik.metric('traefik_service_requests_total', { exported_service: 'x', service: 'traefik' });
  expectTypeOf(max(requests, 'service', 'exported_service')).toEqualTypeOf<
    Expression<'service' | 'exported_service'>
  >();
});
