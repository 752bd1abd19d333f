import { describe, expect, it } from 'vitest';
import nodeCatalog from '../catalog/recorded/node_exporter.json';
import prometheusCatalog from '../catalog/recorded/prometheus.json';
import { promqlError } from '../query/promql';
import { expandForParsing } from '../query/variables';
import type { Expression } from './expression';
import * as operators from './operators';
import { printExpression } from './print';
import { defineSource, not, oneOf } from './source';
import { contextOf } from './testing/context';

const node = defineSource(nodeCatalog, ['host']);
const prometheus = defineSource(prometheusCatalog, ['service']);

const gauge = node.metric('node_load1');
const counter = node.metric('node_context_switches_total');
const disks = node.metric('node_disk_io_now');
const boot = node.metric('node_boot_time_seconds');
const histogram = prometheus.metric('prometheus_http_request_duration_seconds');
const summary = prometheus.metric('prometheus_engine_query_duration_seconds');
const up = node.scraped('up');
const o = operators;
const load = o.max(gauge, 'host');
const busiest = o.max(disks, 'host', 'device');

const context = contextOf();
const inPanel = (expression: Expression): string => printExpression(expression, context);
const inAlert = (expression: Expression): string => printExpression(expression, { ...context, place: 'alert' });

// In these texts `w` is the standing window, and metrics are written without their job.
const expected = (text: string, window: string): string =>
  text
    .replaceAll('[w]', `[${window}]`)
    .replace(/\b((?:node|prometheus)_\w+|up)(?:\{(.*?)\})?(?![\w])/g, (_, name: string, rest?: string) => {
      const job = name.startsWith('prometheus_') ? 'prometheus' : 'node';
      return `${name}{job="${job}"${rest ? `, ${rest}` : ''}}`;
    });

type Row = readonly [operator: keyof typeof operators, expression: Expression, promql: string];

const table: readonly Row[] = [
  ['rate', o.rate(counter), 'rate(node_context_switches_total[w])'],
  ['rate', o.rate(counter, '1h'), 'rate(node_context_switches_total[1h])'],
  ['increase', o.increase(counter), 'increase(node_context_switches_total[w])'],
  ['delta', o.delta(gauge), 'delta(node_load1[w])'],
  ['slope', o.slope(gauge, '6h'), 'deriv(node_load1[6h])'],
  ['changes', o.changes(boot), 'changes(node_boot_time_seconds[w])'],
  ['changes', o.changes(counter), 'changes(node_context_switches_total[w])'],
  ['predict', o.predict(gauge, '6h', 3600), 'predict_linear(node_load1[6h], 3600)'],
  ['quantileOverTime', o.quantileOverTime(0.95, gauge, '1h'), 'quantile_over_time(0.95, node_load1[1h])'],
  ['overTime', o.overTime('avg', gauge), 'avg_over_time(node_load1[w])'],
  ['overTime', o.overTime('stddev', gauge), 'stddev_over_time(node_load1[w])'],
  ['overTime', o.overTime('last', counter), 'last_over_time(node_context_switches_total[w])'],
  ['usual', o.usual(load, '7d', '30m'), 'quantile_over_time(0.5, (max by (host) (node_load1))[7d:30m])'],
  ['shift', o.shift(gauge, '1d'), 'node_load1 offset 1d'],
  ['shift', o.shift(o.rate(counter), '1d'), 'rate(node_context_switches_total[w] offset 1d)'],
  ['shift', o.shift(load, '1d'), 'max by (host) (node_load1 offset 1d)'],
  ['shift', o.shift(o.quantile(0.5, histogram), '1d'), 'histogram_quantile(0.5, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[w] offset 1d)))'], // prettier-ignore

  ['sum', o.sum(gauge), 'sum(node_load1)'],
  ['sum', o.sum(disks, 'host'), 'sum by (host) (node_disk_io_now)'],
  ['avg', o.avg(disks, 'host'), 'avg by (host) (node_disk_io_now)'],
  ['max', o.max(disks, 'host', 'device'), 'max by (host, device) (node_disk_io_now)'],
  ['min', o.min(disks), 'min(node_disk_io_now)'],
  ['count', o.count(disks, 'host'), 'count by (host) (node_disk_io_now)'],
  ['group', o.group(disks, 'device'), 'group by (device) (node_disk_io_now)'],
  ['countWhere', o.countWhere(up, '==', 0), 'count(up == 0) or count(up) * 0'],
  ['countWhere', o.countWhere(up, '==', 0, 'host'), 'count by (host) (up == 0) or count by (host) (up) * 0'],
  ['highest', o.highest(5, load), 'topk(5, max by (host) (node_load1))'],
  ['lowest', o.lowest(5, load), 'bottomk(5, max by (host) (node_load1))'],

  ['add', o.add(gauge, 1), 'node_load1 + 1'],
  ['subtract', o.subtract(gauge, disks), 'node_load1 - on (job, instance, host) group_right () node_disk_io_now'],
  ['multiply', o.multiply(busiest, load), 'max by (host, device) (node_disk_io_now) * on (host) group_left () max by (host) (node_load1)'], // prettier-ignore
  ['divide', o.divide(gauge, 2), 'node_load1 / 2'],
  ['ratio', o.ratio(gauge, boot), 'node_load1 / (node_boot_time_seconds > 0)'],
  ['share', o.share(o.sum(disks), o.sum(gauge)), '(sum(node_disk_io_now) or sum(node_load1) * 0) / (sum(node_load1) > 0)'], // prettier-ignore
  ['rest', o.rest(gauge), '1 - node_load1'],
  ['larger', o.larger(gauge, boot), 'node_load1 >= node_boot_time_seconds or node_boot_time_seconds'],
  ['fallback', o.fallback(load, busiest), 'max by (host) (node_load1) or on (host) max by (host, device) (node_disk_io_now)'], // prettier-ignore
  ['fallback', o.fallback(busiest, busiest, ['host']), 'max by (host, device) (node_disk_io_now) or on (host) max by (host, device) (node_disk_io_now)'], // prettier-ignore
  ['union', o.union(gauge, boot, up), 'node_load1 or node_boot_time_seconds or up'],
  ['when', o.when(gauge, o.where(up, '==', 1)), 'node_load1 and up == 1'],
  ['when', o.when(busiest, o.where(load, '>', 1)), 'max by (host, device) (node_disk_io_now) and on (host) max by (host) (node_load1) > 1'], // prettier-ignore
  ['except', o.except(gauge, o.where(up, '==', 1)), 'node_load1 unless up == 1'],
  ['where', o.where(gauge, '>', 2), 'node_load1 > 2'],
  ['compare', o.compare(gauge, '!=', boot), 'node_load1 != bool node_boot_time_seconds'],
  ['number', o.rest(o.add(o.number(1), 2)), '1 - (1 + 2)'],
  ['constant', o.constant(0.5), '0.5'],

  ['quantile', o.quantile(0.9, histogram, ['service']), 'histogram_quantile(0.9, sum by (le, service) (rate(prometheus_http_request_duration_seconds_bucket[w])))'], // prettier-ignore
  ['distribution', o.distribution(histogram), 'sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[w]))'],
  ['summaryQuantile', o.summaryQuantile('0.99', summary), 'prometheus_engine_query_duration_seconds{quantile="0.99"}'],
  ['observations', o.observations(summary), 'rate(prometheus_engine_query_duration_seconds_count[w])'],
  ['observed', o.observed(histogram, '1h'), 'rate(prometheus_http_request_duration_seconds_sum[1h])'],

  ['join', o.join(load, node.metric('node_uname_info'), ['host'], ['release']), 'max by (host) (node_load1) * on (host) group_left (release) group by (host, release) (node_uname_info)'], // prettier-ignore
  ['tag', o.tag(load, 'resource', 'CPU'), 'label_replace(max by (host) (node_load1), "resource", "CPU", "", "")'],
  ['tag', o.tag(busiest, 'resource', 'Disk {device}'), 'label_replace(max by (host, device) (node_disk_io_now), "resource", "Disk $1", "device", "(.*)")'], // prettier-ignore
  ['extract', o.extract(busiest, 'kind', 'device', '([a-z]+).*'), 'label_replace(max by (host, device) (node_disk_io_now), "kind", "$1", "device", "([a-z]+).*")'], // prettier-ignore
  ['translate', o.translate(busiest, 'disk', 'device', { sda: 'a.b', 'nvme.0': 'c' }), 'label_replace(label_replace(label_replace(max by (host, device) (node_disk_io_now), "disk", "$1", "device", "(.*)"), "disk", "a.b", "device", "sda"), "disk", "c", "device", "nvme\\\\.0")'], // prettier-ignore
  ['translate', o.translate(busiest, 'device', 'device', { sda: 'a' }), 'label_replace(max by (host, device) (node_disk_io_now), "device", "a", "device", "sda")'], // prettier-ignore

  ['absent', o.absent(node.scraped('up', { host: 'nas' })), 'absent(up{host="nas"})'],
  ['absent', o.absent(node.scraped('up', { host: 'nas' }), '1h'), 'absent_over_time(up{host="nas"}[1h])'],
  ['absentTargets', o.absentTargets(up), 'absent(up{host="nas"})'],
  ['zeroWhile', o.zeroWhile(o.count(disks, 'host'), o.answering(up), 'host'), 'count by (host) (node_disk_io_now) or count by (host) (up == 1) * 0'], // prettier-ignore
  ['answering', o.answering(up), 'up == 1'],

  ['age', o.age(boot), 'time() - node_boot_time_seconds'],
  ['timeLeft', o.timeLeft(boot), 'node_boot_time_seconds - time()'],
  ['momentOf', o.momentOf(o.answering(up)), 'timestamp(up == 1)'],
  ['clamp', o.clamp(gauge, 0, 1), 'clamp(node_load1, 0, 1)'],
  ['abs', o.abs(gauge), 'abs(node_load1)'],
  ['always', o.always(), 'vector(1)'],
];

/** These reach over what a panel shows, so an alert cannot have them. */
const panelOnly: readonly Row[] = [
  ['rate', o.rate(counter, 'range'), 'rate(node_context_switches_total[$__range])'],
  ['overAllShown', o.overAllShown('max', gauge), 'max_over_time(node_load1[$__range] @ end())'],
  ['overPanelRange', o.overPanelRange('max', load), 'max_over_time((max by (host) (node_load1))[$__range:1m])'],
  ['overAllPanel', o.overAllPanel('max', load), 'max_over_time((max by (host) (node_load1))[$__range:1m] @ end())'],
  ['steadyTop', o.steadyTop(3, load), 'max by (host) (node_load1) and topk(3, avg_over_time((max by (host) (node_load1))[$__range:1m] @ end()))'], // prettier-ignore
];

/** Either one or other, by what the homelab has; see the sketches. */
const choices = ['from', 'together'];

describe('operators', () => {
  it.each(table)('%s', (_, expression, promql) => {
    expect(inPanel(expression)).toBe(expected(promql, '$__rate_interval'));
    expect(inAlert(expression)).toBe(expected(promql, '5m'));
    expect(promqlError(expandForParsing(inPanel(expression)))).toBeUndefined();
    expect(promqlError(inAlert(expression))).toBeUndefined();
  });

  it.each(panelOnly)('%s, over what a panel shows', (_, expression, promql) => {
    expect(inPanel(expression)).toBe(expected(promql, '$__rate_interval'));
    expect(() => inAlert(expression)).toThrow('`range` is what a panel shows: an alert needs a duration of its own');
  });

  it('are all in the table', () => {
    const tested = new Set([...table, ...panelOnly].map(([name]) => name as string).concat(choices));
    expect(Object.keys(operators).filter((name) => !tested.has(name) && name !== 'toWindow')).toEqual([]);
  });
});

describe('precedence', () => {
  const { add, compare, divide, fallback, max, multiply, rest, subtract, union, when, where } = operators;
  const a = max(gauge);
  const b = max(boot);
  it.each([
    [multiply(add(a, b), b), '(max(node_load1) + max(node_boot_time_seconds)) * max(node_boot_time_seconds)'],
    [add(multiply(a, b), b), 'max(node_load1) * max(node_boot_time_seconds) + max(node_boot_time_seconds)'],
    [add(a, multiply(b, b)), 'max(node_load1) + max(node_boot_time_seconds) * max(node_boot_time_seconds)'],
    [subtract(a, subtract(b, a)), 'max(node_load1) - (max(node_boot_time_seconds) - max(node_load1))'],
    [subtract(subtract(a, b), a), 'max(node_load1) - max(node_boot_time_seconds) - max(node_load1)'],
    [divide(rest(a), 2), '(1 - max(node_load1)) / 2'],
    [where(where(a, '>', 0), '<', 9), 'max(node_load1) > 0 < 9'],
    [compare(when(a, where(b, '>', 0)), '==', 0), '(max(node_load1) and max(node_boot_time_seconds) > 0) == bool 0'],
    [when(fallback(a, b), b), '(max(node_load1) or max(node_boot_time_seconds)) and max(node_boot_time_seconds)'],
    [fallback(when(a, b), b), 'max(node_load1) and max(node_boot_time_seconds) or max(node_boot_time_seconds)'],
    [union(a, fallback(b, a)), 'max(node_load1) or (max(node_boot_time_seconds) or max(node_load1))'],
    [multiply(a, -1), 'max(node_load1) * -1'],
  ] as const)('%#', (expression, promql) => expect(inPanel(expression)).toBe(expected(promql, '')));
});

describe('conditions', () => {
  it.each([
    [node.metric('node_cpu_seconds_total', { mode: 'idle' }), 'mode="idle"'],
    [node.metric('node_cpu_seconds_total', { mode: not('idle') }), 'mode!="idle"'],
    [node.metric('node_cpu_seconds_total', { mode: oneOf('user', 'system') }), 'mode=~"user|system"'],
    [node.metric('node_cpu_seconds_total', { mode: [not('idle'), not('steal')] }), 'mode!="idle", mode!="steal"'],
    [node.metric('node_filesystem_avail_bytes', { mountpoint: oneOf('/a.b', '/c') }), 'mountpoint=~"/a\\\\.b|/c"'],
    [node.metric('node_filesystem_avail_bytes', { mountpoint: 'quote " and \\' }), 'mountpoint="quote \\" and \\\\"'],
  ])('%#', (expression, matchers) => expect(inPanel(expression)).toMatch(`{job="node", ${matchers}}`));
});

describe('the standing window of alerts', () => {
  it.each([
    ['15s', '5m'],
    ['1m', '5m'],
    ['90s', '6m'],
    ['5m', '20m'],
    ['1h', '4h'],
  ])('of a source scraped every %s is %s', (interval, window) => {
    const slow = contextOf({ sources: { node_exporter: { interval } } }, { place: 'alert' });
    expect(printExpression(operators.rate(counter), slow)).toBe(
      `rate(node_context_switches_total{job="node"}[${window}])`,
    );
  });
});

describe('a source that is asked more rarely than Prometheus remembers', () => {
  const slow = contextOf({ sources: { node_exporter: { interval: '1h' } } });
  const print = (expression: Expression): string => printExpression(expression, slow);

  it('gives its last sample', () => {
    expect(print(load)).toBe('max by (host) (last_over_time(node_load1{job="node"}[2h]))');
    expect(print(o.shift(load, '1d'))).toBe('max by (host) (last_over_time(node_load1{job="node"}[2h] offset 1d))');
  });

  it('is absent after two missing scrapes', () => {
    expect(print(o.absentTargets(up))).toBe('absent_over_time(up{job="node", host="nas"}[2h])');
    expect(print(o.absent(node.scraped('up', { host: 'nas' })))).toBe(
      'absent_over_time(up{job="node", host="nas"}[2h])',
    );
  });

  it('keeps ranges as they are', () => {
    expect(print(o.rate(counter, '1d'))).toBe('rate(node_context_switches_total{job="node"}[1d])');
  });
});

describe('moments', () => {
  it('in milliseconds are taken for what they are', () => {
    const oldest = prometheus.metric('prometheus_tsdb_lowest_timestamp');
    expect(inPanel(o.age(oldest))).toBe('time() - prometheus_tsdb_lowest_timestamp{job="prometheus"} / 1000');
  });

  it('are refused where the catalog says that they are none', () => {
    expect(() => o.age(disks)).toThrow('age of what is in count: it takes a moment, in seconds since 1970');
  });
});
