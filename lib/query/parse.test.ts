import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse';
import type { KnownVariable } from './parsed';
import { parseVariableQuery } from './variable-query';

const custom = (name: string, ...values: string[]): KnownVariable => ({
  name,
  type: 'custom',
  values,
  multi: false,
  includeAll: false,
});

const variables = [
  custom('fn', 'rate', 'increase'),
  custom('kind', 'cpu'),
  custom('window', '5m'),
  custom('filter', 'a="b", c="d"'),
  custom('grouping', '', 'by (job)'),
];

const messageOf = (query: string, metricsql = false): string | undefined =>
  parseQuery('promql', query, { variables, metricsql }).error?.message;

describe('PromQL with variables of Grafana', () => {
  it.each([
    'sum(rate(x[5m]))',
    '$fn(x[$window])',
    '$unknown(x[5m])',
    '${aggregation} by (x) (y)',
    '${aggregation}(y) by (x)',
    '[[func]](x)',
    'a $op b',
    'rate(x[$__range:$__interval])',
    'rate(x[${__range_s}s])',
    'max_over_time(x[$__rate_interval:1m])',
    'x offset $shift',
    'topk($n, x)',
    'x{$filters}',
    'x{$filters, job="a"}',
    '{$filters}',
    'x / $__interval_ms',
    'x @ $time',
    '$whole',
    '$a > $b',
    'sum by ($label, b) (x)',
    'sum $grouping (x)',
    'a * on ($label) group_left (b, $more) c',
    'x{a=~"${host:regex}", b=$value}',
    'rate(x[5m + 1m])',
    'info(x, {a=~".+"})',
    'mad_over_time(x[5m])',
    'label_replace(x, "a", "$1", "b", "(.+)")',
  ])('%s', (query) => expect(parseQuery('promql', query, { variables }).error).toBeUndefined());

  it.each([
    ['node_${kind}_total{$filter}', 'node_cpu_total', 'node_${kind}_total', ['a', 'c']],
    ['node_${unknown}_total{a="b"}', undefined, 'node_${unknown}_total', ['a']],
    ['$fn(x{a="b"}[$window])', 'x', 'x', ['a']],
    ['{"http.requests", a="b"}', 'http.requests', '"http.requests"', ['a']],
    ['{__name__="$kind"}', 'cpu', '"$kind"', []],
    ['{__name__=~"cpu.*"}', undefined, undefined, ['__name__']],
  ])('selects in %s', (query, name, written, labels) => {
    const [selector] = parseQuery('promql', query, { variables }).selectors;
    expect(selector?.name).toBe(name);
    const span = selector?.nameSpan;
    expect(span && query.slice(span.from, span.to)).toBe(written);
    expect(selector?.matchers.map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ['x[$window]', 300, 'window'],
    ['x[$__rate_interval]', undefined, '__rate_interval'],
    ['x[1h30m]', 5400, undefined],
    ['x[${n}m]', undefined, 'n'],
  ])('window of %s', (query, seconds, variable) => {
    const window = parseQuery('promql', query, { variables }).selectors[0]?.window;
    expect([window?.seconds, window?.variable]).toEqual([seconds, variable]);
  });

  it('names each variable once, with its format and place', () => {
    expect(parseQuery('promql', 'x{a="${b:regex}", c="$b"}[$__range]').variables).toEqual([
      { name: 'b', format: 'regex', span: { from: 5, to: 15 } },
      { name: '__range', format: undefined, span: { from: 26, to: 34 } },
    ]);
  });
});

describe('what Prometheus refuses', () => {
  it.each([
    ['rate(x)', 'expected type range vector in call to function "rate", got instant vector'],
    ['sum(x[5m])', 'expected type instant vector in aggregation expression, got range vector'],
    ['abs(1)', 'expected type instant vector in call to function "abs", got scalar'],
    ['foo(x)', 'unknown function with name "foo"'],
    ['topk(x)', 'wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['round(x, 1, 2)', 'expected at most 2 argument(s) in call to "round", got 3'],
    ['{}', 'vector selector must contain at least one non-empty matcher'],
    ['{__name__=~".*"}', 'vector selector must contain at least one non-empty matcher'],
    ['1 > 2', 'comparisons between scalars must use BOOL modifier'],
    ['x or 1', 'set operator "or" not allowed in binary scalar expression'],
    ['sum(x)[5m]', 'ranges only allowed for vector selectors'],
    ['x{a="b"', 'the query ends too early'],
    ['sum by host (x)', 'unexpected `host`'],
    ['x offset 1m offset 2m', 'offset may not be set multiple times'],
    ['a{b="c', 'unterminated quoted string'],
    ['rate(x[0s])', 'duration must be greater than 0'],
  ])('%s', (query, message) => expect(messageOf(query)).toBe(message));

  it.each(['rate(x[5m])', '{a=~".+"}', '1 > bool 2', 'x or vector(1)', 'sum(x)[5m:]', 'round(x, 1)', 'hour()'])(
    'and not %s',
    (query) => expect(messageOf(query)).toBeUndefined(),
  );
});

describe('how strongly operators bind', () => {
  it.each([
    ['a + b * c', 'a + (b * c)'],
    ['a - b - c', '(a - b) - c'],
    ['a ^ b ^ c', 'a ^ (b ^ c)'],
    ['a or b and c', 'a or (b and c)'],
    ['-a ^ b', '-(a ^ b)'],
    ['a == b + c', 'a == (b + c)'],
  ])('%s', (query, same) => {
    const shape = (text: string): string =>
      JSON.stringify(parseQuery('promql', text).tree, (key, value: unknown) =>
        key === 'from' || key === 'to' || /Span$/.test(key) ? undefined : value,
      ).replace(/\{"kind":"parenthesised","inner":(.*?\}\})\}/g, '$1');
    expect(shape(query)).toBe(shape(same));
  });

  it('gives `offset` to the selector beside it', () => {
    const { selectors } = parseQuery('promql', 'a + b offset 5m');
    expect(selectors.map(({ offset }) => offset?.seconds)).toEqual([undefined, 300]);
  });
});

describe('MetricsQL', () => {
  it.each([
    'rate(x) default 3',
    'a if b',
    'a ifnot b',
    'WITH (a = up{b="c"}) a + 1',
    'rate(x[5m]) keep_metric_names',
    'range_avg(x)',
    'label_set(x, "a", "b")',
    'x{a="b" or c="d"}',
    'rate(x[1.5h])',
    'rate(x[1i])',
    'x > 10K',
    'x > 1.5Mi',
    '(a, b)',
    'union(a, b)',
    'median(x) by (job)',
  ])('%s', (query) => {
    const { error, metricsql, tree } = parseQuery('promql', query);
    expect([error, metricsql, tree !== undefined]).toEqual([undefined, true, true]);
  });

  it.each(['rate(x)', 'sum(x,)', 'sum(x) offset 5m', 'x or 1'])('%s only where VictoriaMetrics answers', (query) => {
    expect(messageOf(query)).toBeDefined();
    expect(messageOf(query, true)).toBeUndefined();
  });

  it.each(['up', 'limitk(2, x)'])('%s is PromQL as well', (query) =>
    expect(parseQuery('promql', query, { metricsql: true }).metricsql).toBe(false),
  );

  it('takes no query that ends too early', () => expect(messageOf('rate(x) default', true)).toBeDefined());
});

describe('LogQL', () => {
  it.each([
    '{job="x"} |= "a" | json | level="$level"',
    '{job="x"} | drop a, b="c" | decolorize',
    'sum by (a) (count_over_time({a="b"}[$__auto]))',
    'sum by ($label) (rate({a="b", $filters} | logfmt [$__interval] offset $shift))',
    'approx_topk(5, rate({a="b"}[5m]))',
    'topk($n, rate({a=~"$b"} |~ `(?i)$search` [$__range]))',
    'vector($x)',
    '{a="b"} $pipeline',
  ])('%s', (query) => expect(parseQuery('logql', query).error).toBeUndefined());

  it.each([
    ['sum(rate({a="b"}[5m])', 'the query ends too early'],
    ['{a="b"} | | json', 'unexpected `|`'],
    ['', 'the query ends too early'],
    [
      '{a=~".*"}',
      'queries require at least one regexp or equality matcher that does not have an empty-compatible value',
    ],
  ])('refuses %s', (query, message) => expect(parseQuery('logql', query).error?.message).toBe(message));

  it('tells its streams', () => {
    const query = 'sum(rate({a="b", c=~"$d"}[$__auto]))';
    const [stream] = parseQuery('logql', query).streams;
    expect(
      stream?.matchers.map(({ label, operator, value, open, valueSpan: { from, to } }) => [
        label,
        operator,
        value,
        open,
        query.slice(from, to),
      ]),
    ).toEqual([
      ['a', '=', 'b', false, '"b"'],
      ['c', '=~', '$d', true, '"$d"'],
    ]);
  });
});

describe('TraceQL', () => {
  it.each([
    '{ .a = "$b" }',
    '{ duration > $min } | rate() by (resource.service.name)',
    '{ nestedSetParent < 0 && duration > 1h30m } | quantile_over_time(duration, .99, .9) with (exemplars=true)',
    '${traceId:raw}',
  ])('%s', (query) => expect(parseQuery('traceql', query).error).toBeUndefined());

  it('refuses what ends too early', () =>
    expect(parseQuery('traceql', '{ .a = ').error?.message).toBe('the query ends too early'));
});

describe('the query of a variable', () => {
  it.each([
    ['label_values(up{a="$b"}, instance)', 'label_values', 'up{a="$b"}', 'instance'],
    ['label_values(instance)', 'label_values', undefined, 'instance'],
    ['label_values({}, instance)', 'label_values', undefined, 'instance'],
    ['query_result(topk(5, sum by (a) (x)))', 'query_result', 'topk(5, sum by (a) (x))', undefined],
    ['metrics(node_.*)', 'metrics', undefined, undefined],
    ['label_names()', 'label_names', undefined, undefined],
    ['up{a="b"}', 'series', 'up{a="b"}', undefined],
  ])('%s', (text, name, query, label) => {
    const read = parseVariableQuery(text);
    expect([read.function, read.query?.text, read.label]).toEqual([name, query, label]);
    expect(read.query?.error).toBeUndefined();
    if (query) expect(text.slice(read.at, read.at + query.length)).toBe(query);
  });
});

describe('whatever text it is', () => {
  const languages = ['promql', 'logql', 'traceql', 'other'] as const;
  const soup = fc.array(
    fc.constantFrom(
      'sum',
      'x',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      '5m',
      '$a',
      '"b"',
      '=',
      ',',
      'by',
      ':',
      '-',
      ' ',
      '[[c]]',
    ),
  );

  it('is read without throwing, with places in the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          soup.map((words) => words.join('')),
        ),
        (text) => {
          for (const language of languages) {
            const { error, selectors } = parseQuery(language, text, { variables });
            for (const span of [...(error ? [error.span] : []), ...selectors]) {
              expect(span.from).toBeGreaterThanOrEqual(0);
              expect(span.to).toBeLessThanOrEqual(text.length);
              expect(span.from).toBeLessThanOrEqual(span.to);
            }
          }
        },
      ),
    );
  });

  it.each([
    ['brackets', '('.repeat(10_000)],
    ['closed brackets', `${'('.repeat(10_000)}x${')'.repeat(10_000)}`],
    ['signs', `${'-'.repeat(10_000)}x`],
    ['operators', 'a+'.repeat(100_000) + 'a'],
    ['variables', '$a '.repeat(100_000)],
    ['a long text', 'é'.repeat(1_000_000)],
  ])('%s end in an error', (_, text) => {
    for (const language of ['promql', 'logql', 'traceql'] as const)
      expect(parseQuery(language, text).error).toBeDefined();
  });
});
