import { describe, expect, it } from 'vitest';
import jellyfinCatalog from '../catalog/recorded/jellyfin_exporter_next.json';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import spansCatalog from '../catalog/recorded/otel_spanmetrics.json';
import type { Expression } from '../expression/expression';
import { divide, from, max, quantile, rate, sum, together } from '../expression/operators';
import { defineSource } from '../expression/source';
import { contextOf } from '../expression/testing/context';
import { thresholds } from '../thresholds';
import {
  bindSignals,
  defineSignals,
  derive,
  evidenceOf,
  intervalOf,
  queryOf,
  shownValue,
  type Signal,
  type SignalDefinition,
} from './signal';

const node = defineSource(nodeCatalog, ['host']);
const jellyfin = defineSource(jellyfinCatalog, ['service']);
const spans = defineSource(spansCatalog, ['service']);
const temperature = max(node.metric('node_hwmon_temp_celsius'), 'host');

const one = (expression: Expression, differs: Partial<SignalDefinition> = {}): SignalDefinition => ({
  title: 'One',
  description: 'One of them.',
  unit: 'none',
  expression,
  ...differs,
});

const bound = (expression: Expression, differs: Partial<SignalDefinition> = {}, context = contextOf()): Signal =>
  bindSignals(defineSignals('test', { one: one(expression, differs) }), context).one;

describe('a bound signal', () => {
  it('knows what it is made of', () => {
    const signal = bound(temperature, { unit: 'celsius' });
    expect(signal).toMatchObject({
      id: 'test.one',
      title: 'One',
      metrics: [{ source: 'node_exporter', name: 'node_hwmon_temp_celsius', evidence: 'golden' }],
    });
    expect([...signal.labels]).toEqual(['host']);
    expect(signal.sources.map(({ source }) => source)).toEqual(['node_exporter']);
    expect(signal.missing).toBeUndefined();
  });

  it('is bound when it is first used, once', () => {
    const signals = bindSignals(defineSignals('test', { one: one(temperature) }), contextOf());
    expect(Object.getOwnPropertyDescriptor(signals, 'one')?.get).toBeDefined();
    expect(signals.one).toBe(signals.one);
  });

  it('is shown in the unit that the reader likes', () => {
    const { sources, display, ...place } = contextOf();
    const context = { sources, display: { ...display, temperature: 'fahrenheit' as const }, ...place };
    const signal = bound(temperature, { unit: 'celsius', levels: thresholds.temperature }, context);
    expect(signal.shown.id).toBe('fahrenheit');
    expect(queryOf(signal)).toBe('max by (host) (node_hwmon_temp_celsius{job="node"}) * 1.8 + 32');
    expect(shownValue(signal, 100)).toBe(212);
  });

  it('is as good as its weakest metric, and as slow as its slowest source', () => {
    const mixed = together(max(node.metric('node_load1')), max(jellyfin.metric('jellyfin_tasks_progress')));
    const context = contextOf({
      exporters: [{ exporter: 'jellyfin_exporter_next', collectors: { tasks: true } }],
      sources: { node_exporter: { interval: '30s' } },
    });
    const signal = bound(mixed, {}, context);
    expect(evidenceOf(signal)).toBe('golden');
    expect(intervalOf(signal)).toEqual({ seconds: 60, text: '1m' });
  });

  it('prints only the labels that are used', () => {
    const context = contextOf({ sources: { node_exporter: { identity: { host: 'instance' } } } });
    const signal = bound(node.metric('node_load1'), {}, context);
    expect(queryOf(signal, new Set())).toBe('node_load1{job="node"}');
    expect(queryOf(signal, new Set(['host']))).toContain('label_replace');
  });

  it('is named in what goes wrong', () => {
    const ranged = bound(
      rate(node.metric('node_context_switches_total'), 'range'),
      {},
      contextOf({}, { place: 'alert' }),
    );
    expect(() => queryOf(ranged)).toThrow('signal test.one: `range` is what a panel shows');
  });
});

describe('a signal that the homelab cannot have', () => {
  const tasks = max(jellyfin.metric('jellyfin_tasks_progress'), 'service');

  it.each([
    ['no such source', {}, 'nothing in the homelab file gives jellyfin_exporter_next'],
    ['switched off', { exporters: ['jellyfin_exporter_next'] }, '`jellyfin_tasks_progress` of jellyfin_exporter_next: needs the collector `tasks`, which is off by default'],
    ['switched on', { exporters: [{ exporter: 'jellyfin_exporter_next', collectors: { tasks: true } }] }, undefined],
  ] as const)('%s', (_, homelab, missing) => {
    expect(bound(tasks, {}, contextOf(homelab)).missing).toBe(missing);
  }); // prettier-ignore

  it('depends on the version', () => {
    const edac = max(node.metric('node_pressure_irq_stalled_seconds_total'), 'host');
    const of = (version: string): string | undefined => {
      const { sources, ...context } = contextOf();
      const source = sources['node_exporter'];
      const instances = source?.instances.map((instance) => ({ ...instance, version })) ?? [];
      return bound(
        edac,
        {},
        { ...context, sources: { ...sources, ...(source && { node_exporter: { ...source, instances } }) } },
      ).missing;
    };
    expect(of('1.8.2')).toMatch(/needs version 1\.9\.0, 1\.8\.2 runs$/);
    expect(of('1.9.1')).toBeUndefined();
  });

  it('says what would help, where there is a choice', () => {
    const choice = from({ jellyfin: tasks, spans: max(spans.metric('calls_total'), 'service') });
    expect(bound(choice).missing).toBe('needs one of jellyfin_exporter_next, otel_spanmetrics');
  });
});

describe('a signal made from another', () => {
  const signal = bound(temperature, { unit: 'celsius', levels: thresholds.temperature });

  it('says how in its id', () => {
    const highest = derive(signal, 'highest', (expression) => max(expression), { title: 'Hottest' });
    expect(highest).toMatchObject({ id: 'test.one:highest', title: 'Hottest', unit: 'celsius' });
    expect(queryOf(highest)).toBe('max(max by (host) (node_hwmon_temp_celsius{job="node"}))');
    expect(highest.labels.size).toBe(0);
    expect(signal.id).toBe('test.one');
  });

  it('is shown in its own unit', () => {
    expect(derive(signal, 'share', (expression) => divide(expression, 100), { unit: 'ratio' }).shown.id).toBe(
      'percentunit',
    );
  });
});

describe('units', () => {
  const seconds = quantile(0.95, spans.metric('traces_span_metrics_duration_seconds'), ['service']);
  const milliseconds = quantile(0.95, spans.metric('traces_span_metrics_duration_milliseconds'), ['service']);

  it.each([
    ['milliseconds as seconds', milliseconds, 'seconds', 'signal test.one is in milliseconds, which is not shown as seconds: convert it, or take another unit'],
    ['one variant of two', from({ a: seconds, b: milliseconds }), 'seconds', 'is in milliseconds'],
    ['percent as a share', max(jellyfin.metric('jellyfin_tasks_progress')), 'ratio', 'is in percent'],
    ['a total as a rate', max(node.metric('node_network_receive_bytes_total')), 'bytesPerSecond', 'is in bytes'],
    ['a rate as a total', sum(rate(node.metric('node_network_receive_bytes_total'))), 'bytes', 'is in bytes/s'],
    ['a state as a number of things', max(node.scraped('up')), 'count', 'is in bool'],
  ] as const)('refuse %s', (_, expression, unit, message) => {
    expect(() => bound(expression, { unit })).toThrow(message);
  }); // prettier-ignore

  it.each([
    [divide(milliseconds, 1000), 'seconds'],
    [from({ a: seconds, b: divide(milliseconds, 1000) }), 'seconds'],
    [divide(max(jellyfin.metric('jellyfin_tasks_progress')), 100), 'ratio'],
    [sum(rate(node.metric('node_network_receive_bytes_total'))), 'bytesPerSecond'],
    [sum(node.scraped('up')), 'count'],
    [max(node.metric('node_load1')), 'volts'],
  ] as const)('take what fits, or what nobody knows (%#)', (expression, unit) => {
    expect(() => bound(expression, { unit })).not.toThrow();
  });
});

it('states have no levels', () => {
  const differs = { values: { 1: { text: 'Up', state: 'ok' } }, levels: thresholds.up } as const;
  expect(() => bound(max(node.scraped('up')), { unit: 'state', ...differs })).toThrow(
    'test.one: states are coloured by `values`, so `levels` would be a second opinion',
  );
});
