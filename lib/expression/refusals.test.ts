import { describe, expect, it } from 'vitest';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import prometheusCatalog from '../catalog/recorded/prometheus.json';
import * as o from './operators';
import { printExpression } from './print';
import { defineSource, oneOf } from './source';
import { contextOf } from './testing/context';

const node = defineSource(nodeCatalog, ['host']);
const prometheus = defineSource(prometheusCatalog, ['service']);
const gauge = node.metric('node_load1');
const counter = node.metric('node_context_switches_total');
const histogram = prometheus.metric('prometheus_http_request_duration_seconds');
const series = prometheus.metric('prometheus_tsdb_head_series');
const load = o.max(gauge, 'host');
const misspelt = <T>(text: T): never => text as never;

describe('what makes no sense is refused, with the reason', () => {
  it.each([
    ['the rate of a gauge', () => o.rate(gauge), 'rate of `node_load1`, which is a gauge: rate and increase are for what only grows; of a gauge take delta, slope or overTime'],
    ['the rate of what is computed', () => o.rate(o.sum(counter)), 'rate applies to a metric, before anything else is done with it: the rate first, then the sum'],
    ['the average of a counter', () => o.overTime('avg', counter), 'avg_over_time of `node_context_switches_total`, which is a counter: a counter needs rate or increase, a histogram quantile, observations or observed'],
    ['the rate of a histogram', () => o.rate(histogram), 'rate of `prometheus_http_request_duration_seconds`, which is a histogram'],
    ['the changes of a histogram', () => o.changes(histogram), 'a histogram or summary is many series'],
    ['the quantile of a gauge', () => o.quantile(0.9, gauge), 'quantile of `node_load1`, which is a gauge: a quantile needs the buckets of a histogram'],
    ['the spread of a counter', () => o.distribution(counter), 'only a histogram knows how its observations are spread'],
    ['a quantile that is not there', () => o.summaryQuantile('0.9', histogram), 'only a summary gives its own quantiles'],
    ['the observations of a counter', () => o.observations(counter), 'only histograms and summaries observe'],

    ['a label that was lost', () => o.sum(load, misspelt('device')), 'sum by `device`: not carried here; it has host'],
    ['a label of nothing', () => o.max(o.sum(gauge), misspelt('host')), 'max by `host`: not carried here; it has no labels'],
    ['a quantile by a lost label', () => o.quantile(0.9, histogram, [misspelt('host')]), 'quantile by `host`: not carried here; it has handler, instance, job, service'],
    ['a join on a lost label', () => o.join(load, series, [misspelt('service')], []), 'join on `service`: not carried here; it has host'],
    ['a join that adds what is not there', () => o.join(load, gauge, ['host'], [misspelt('release')]), 'join including `release`: not carried here'],
    ['a fallback on a lost label', () => o.fallback(load, gauge, [misspelt('job')]), 'fallback on `job`: not carried here; it has host'],
    ['a tag from a lost label', () => o.tag(load, 'resource', 'Disk {device}'), 'tag from `device`: not carried here; it has host'],
    ['a tag from two labels', () => o.tag(gauge, 'resource', '{host} {job}'), 'tag `resource`: one label can stand in `{host} {job}`'],
    ['a value that a label never has', () => o.translate(node.metric('node_cpu_seconds_total'), 'mode', 'mode', { idel: 'x' }), 'translate `mode`: it is never idel; it has idle, interrupt, iowait'],

    ['arithmetic on different labels', () => o.add(o.max(node.metric('node_disk_io_now'), 'device'), load), '`+` between series by device and series by host: one side must carry all labels of the other'],
    ['arithmetic between exporters', () => o.add(gauge, series), '`+` between node_exporter and prometheus: each has its own job and instance, so nothing would match; aggregate both by an entity first'],
    ['a condition of another exporter', () => o.when(gauge, series), '`and` between node_exporter and prometheus'],
    ['dividing by 0', () => o.divide(gauge, 0), 'divide by 0'],
    ['shifting twice', () => o.shift(o.shift(gauge, '1d'), '1h'), 'shift of what is shifted already'],
    ['counting zeros by half the labels', () => o.zeroWhile(load, gauge), 'zeroWhile: name all labels of what is counted, or aggregate it first'],

    ['absence by regular expression', () => o.absent(node.scraped('up', { host: oneOf('a', 'b') })), 'absent(`up`) with a regular expression stays silent while one of the series is there'],
    ['absence of what is computed', () => o.absent(load), 'absent applies to a metric'],
    ['absent targets with conditions', () => o.absentTargets(node.scraped('up', { host: 'nas' })), 'absentTargets finds its own conditions'],
    ['nothing to choose from', () => o.from({}), 'from: there must be one at least'],

    ['a metric of no catalog', () => node.metric(misspelt('node_laod1')), '`node_laod1` is not in the catalog node_exporter; did you mean `node_load1`?'],
    ['a label of another metric', () => node.metric('node_load1', misspelt({ mountpoint: '/' })), '`node_load1` has no label `mountpoint`; it has host, instance, job'],
    ['an untyped metric as it is', () => node.metric('node_vmstat_oom_kill'), '`node_vmstat_oom_kill` is untyped in the catalog node_exporter: name it with `untyped`, what it is and why'],
    ['a typed metric as untyped', () => node.untyped('node_load1', 'counter', 'no'), '`node_load1` is a gauge in the catalog node_exporter: name it with `metric`'],
    ['a type that is right', () => node.mistyped('node_load1', 'gauge', 'no'), '`node_load1` is a gauge in the catalog node_exporter: name it with `metric`'],
  ])('%s', (_, build, message) => expect(build).toThrow(message)); // prettier-ignore

  it('a source that the homelab does not have', () => {
    expect(() =>
      printExpression(o.max(defineSource(nodeCatalog, ['host'], { name: 'other' }).metric('node_load1')), contextOf()),
    ).toThrow('nothing in the homelab file gives the source other');
  });

  it('a UTF-8 name that the catalog does not know', () => {
    const context = contextOf({ sources: { node_exporter: { spelling: { names: 'utf8' } } } });
    expect(() => printExpression(load, context)).toThrow(
      "the catalog does not know the UTF-8 name of `node_load1`: set `names: 'underscores'` for its source",
    );
  });
});
