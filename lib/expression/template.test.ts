import { describe, expect, it } from 'vitest';
import catalog from '../catalog/recorded/node_exporter.json';
import { defineSignals } from '../signals/signal';
import type { Expression } from './expression';
import { avg, max, multiply, rate } from './operators';
import { printExpression } from './print';
import { defineSource } from './source';
import { promql, standingWindow } from './template';
import { contextOf } from './testing/context';

const node = defineSource(catalog, ['host']);
const load = node.metric('node_load1');

const define = (expression: Expression) =>
  defineSignals('host', { strange: { title: 'Strange', description: 'Raw.', unit: 'none', expression } });

describe('a PromQL template', () => {
  it('prints what stands in its holes, with the labels of their entities', () => {
    const raw = promql('host')`stddev by (host) (${load} or ${rate(node.metric('node_intr_total'))})`;
    const context = contextOf({ sources: { node_exporter: { identity: { host: 'instance' } } } });
    expect(printExpression(raw, context)).toBe(
      'stddev by (host) (label_replace(node_load1{job="node"}, "host", "$1", "instance", "(.+)") or label_replace(rate(node_intr_total{job="node"}[$__rate_interval]), "host", "$1", "instance", "(.+)"))',
    );
  });

  it('keeps its own together, and what is around it', () => {
    const raw = promql('host')`${max(load, 'host')} or ${multiply(max(load, 'host'), 2)}`;
    expect(printExpression(multiply(raw, 3), contextOf())).toBe(
      '(max by (host) (node_load1{job="node"}) or (max by (host) (node_load1{job="node"}) * 2)) * 3',
    );
  });

  it('knows the standing window', () => {
    const mean = avg(load, 'host');
    const raw = promql('host')`mad_over_time(${mean}[${standingWindow(mean)}:1m])`;
    expect(printExpression(raw, contextOf({}, { place: 'alert' }))).toContain('[5m:1m]');
    expect(printExpression(raw, contextOf())).toContain('[$__rate_interval:1m]');
  });
});

describe('a template that is not PromQL', () => {
  it.each([
    ['a bracket too few', promql()`sum(rate(${load})`, 'the query ends too early', 'sum(rate(x)', 11],
    ['a word too many', promql()`sum(${load}) of the host`, 'unexpected `of`', 'sum(x) of the host', 7],
    ['two operators', promql()`${load} + * 2`, 'unexpected `*`', 'x + * 2', 4],
    ['inside another expression', max(promql()`sum(${load} by host`), 'unexpected `by`', 'sum(x by host', 6],
  ] as const)('%s: names the signal and shows the place', (_, expression, reason, line, caret) => {
    expect(() => define(expression)).toThrow(
      `signal host.strange is not PromQL: ${reason}\n${line}\n${' '.repeat(caret)}^`,
    );
  });

  it('shows the line of several', () => {
    expect(() => define(promql()`sum(${load})\n  +\n  sum(${load}}`)).toThrow(/unexpected `}`\n {2}sum\(x}\n {7}\^/);
  });

  it('refuses a range outside of a hole', () => {
    expect(() => define(promql()`rate(${load}[5m])`)).toThrow(
      'signal host.strange: a range of a metric belongs into the hole (`${rate(x)}`): only there can it get the labels of its entities\nrate(x[5m])\n     ^',
    );
  });

  it('refuses a legend on a lost label', () => {
    const expression = max(load, 'host');
    expect(() =>
      defineSignals('host', {
        load: { title: 'Load', description: 'Load.', unit: 'none', legend: '{{device}}', expression },
      }),
    ).toThrow('signal host.load: the legend uses `device`, which the expression does not carry; it has host');
  });
});
