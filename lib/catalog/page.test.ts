import { describe, expect, it } from 'vitest';
import { PageError, parsePage, parseSeries, type PageMetric } from './page';

const only = (text: string): PageMetric => {
  const metrics = parsePage(text);
  expect(metrics).toHaveLength(1);
  return metrics[0]!;
};
const shown = ({ labels }: PageMetric): object =>
  Object.fromEntries([...labels].map(([label, values]) => [label, [...values]]));

describe('parsePage, text format', () => {
  it('reads names, types, labels and their values', () => {
    const metric = only(
      [
        '# HELP http_requests_total Text with {braces} and "quotes".',
        '# TYPE http_requests_total counter',
        'http_requests_total{method="post",code="200"} 1027 1395066363000',
        'http_requests_total{method="post",code="400",}    3 1395066363000',
        '',
      ].join('\n'),
    );
    expect(metric).toMatchObject({ name: 'http_requests_total', type: 'counter', series: 2 });
    expect(shown(metric)).toEqual({ method: ['post'], code: ['200', '400'] });
  });

  it('undoes escapes', () => {
    const metric = only('a{path="C:\\\\DIR\\\\F.TXT",error="Cannot find:\\n\\"F.TXT\\"",odd="\\d, }"} 1');
    expect(shown(metric)).toEqual({ path: ['C:\\DIR\\F.TXT'], error: ['Cannot find:\n"F.TXT"'], odd: ['\\d, }'] });
  });

  it.each(['1', '+Inf', '-inf', 'NaN', '1.458255915e9', '-3.14', '.5', '1.', '0x1p-3'])(
    'reads the value %s',
    (value) => {
      expect(only(`a ${value}`).series).toBe(1);
    },
  );

  it('reads spaces and tabs wherever they may stand', () => {
    expect(shown(only('\t a \t{ b = "c" , d="e" }\t1  '))).toEqual({ b: ['c'], d: ['e'] });
    expect(only('a {} 1\r\n').name).toBe('a');
  });

  it('takes a type that is said twice, as Immich says it of http_server_duration', () => {
    const twice = only('# TYPE a gauge\na{b="1"} 1\n# TYPE a gauge\na{c="1"} 1');
    expect([twice.type, twice.series]).toEqual(['gauge', 2]);
  });

  it('leaves out labels without a value, as Prometheus does', () => {
    expect(shown(only('a{name="",id="/"} 1'))).toEqual({ id: ['/'] });
  });

  it('folds histograms and summaries, and only those', () => {
    const metrics = parsePage(
      [
        '# TYPE wait_seconds histogram',
        'wait_seconds_bucket{zone="a",le="0.1"} 1',
        'wait_seconds_bucket{zone="a",le="+Inf"} 2',
        'wait_seconds_sum{zone="a"} 3',
        'wait_seconds_count{zone="a"} 2',
        '# TYPE rpc_seconds summary',
        'rpc_seconds{quantile="0.5"} 1',
        'rpc_seconds_sum 3',
        'rpc_seconds_count 2',
        '# TYPE queue gauge',
        'queue_count 7',
        'queue{le="5"} 7',
      ].join('\n'),
    );
    expect(metrics.map(({ name, type, series }) => [name, type, series])).toEqual([
      ['wait_seconds', 'histogram', 1],
      ['rpc_seconds', 'summary', 1],
      ['queue_count', undefined, 1],
      ['queue', 'gauge', 1],
    ]);
    expect(metrics.map(shown)).toEqual([{ zone: ['a'] }, {}, {}, { le: ['5'] }]);
  });

  it('says nothing of a type that the page does not tell', () => {
    expect(only('a 1')).not.toHaveProperty('type');
    expect(only('# TYPE a untyped\na 1').type).toBe('untyped');
  });

  it('passes over comments', () => {
    expect(only('# a comment\n#\n# HELP a\n# TYPES are not this\na 1').name).toBe('a');
  });

  it('reads quoted names', () => {
    const metric = only('# TYPE "http.server.duration" gauge\n{"http.server.duration", "url.path"="/"} 1');
    expect(metric).toMatchObject({ name: 'http.server.duration', type: 'gauge' });
    expect(shown(metric)).toEqual({ 'url.path': ['/'] });
  });
});

describe('parsePage, OpenMetrics', () => {
  it('keeps the names that queries use', () => {
    const metrics = parsePage(
      [
        '# TYPE acme_requests counter',
        '# UNIT acme_requests requests',
        'acme_requests_total{path="/"} 17.0 1520879607.789',
        'acme_requests_created{path="/"} 1520430000.123',
        '# TYPE build info',
        'build_info{version="1"} 1',
        '# TYPE fan stateset',
        'fan{fan="on"} 1',
        '# TYPE age gaugehistogram',
        'age_bucket{le="1"} 1',
        'age_gsum 1',
        'age_gcount 1',
        '# TYPE odd unknown',
        'odd 1',
        '# EOF',
        '',
      ].join('\n'),
    );
    expect(metrics.map(({ name, type }) => [name, type])).toEqual([
      ['acme_requests_total', 'counter'],
      ['build_info', 'info'],
      ['fan', 'stateset'],
      ['age', 'histogram'],
      ['odd', 'untyped'],
    ]);
    expect(metrics[0]).toMatchObject({ unit: 'requests', series: 1 });
  });

  it('reads exemplars, whose labels are not those of the metric', () => {
    const metric = only(
      '# TYPE a histogram\na_bucket{le="1"} 17 1.5 # {trace_id="KOO5S4 } #"} 0.67 1520879607.789\n# EOF',
    );
    expect(shown(metric)).toEqual({});
    expect(shown(only('a{b="c"} 17 # {trace_id="x"} 0.67'))).toEqual({ b: ['c'] });
  });
});

describe('parsePage refuses', () => {
  it.each([
    ['no value', 'a{b="c"}', 'expected a value'],
    ['a value that is none', 'a one', '`one` is no value'],
    ['a timestamp that is none', 'a 1 now', '`now` is no timestamp'],
    ['more than a timestamp', 'a 1 2 3', '`3` follows the value'],
    ['a name that begins with a digit', '1a 1', 'expected a metric name'],
    ['a label without `=`', 'a{b} 1', 'expected `=` after the label b'],
    ['a label value without quotes', 'a{b=c} 1', 'expected a quoted value'],
    ['a value without an end', 'a{b="c} 1', 'a quoted value has no end'],
    ['labels without a comma', 'a{b="c" d="e"} 1', 'neither `,` nor `}`'],
    ['a label twice', 'a{b="c",b="d"} 1', 'the label b twice'],
    ['two names', 'a{"b"} 1', 'a second metric name'],
    ['labels without a name', '{b="c"} 1', 'no metric name'],
    ['an unknown type', '# TYPE a number', '`number` is no type of a metric'],
    ['a second type', '# TYPE a gauge\n# TYPE a counter', 'a second TYPE for `a`'],
    ['an exemplar without labels', 'a 1 # 2', 'expected the labels of an exemplar'],
    ['lines after the end', '# EOF\na 1', 'something follows # EOF'],
    ['a page that is no metrics page', '<html><body>Login</body></html>', 'expected a metric name'],
  ])('%s', (_, text, why) => {
    expect(() => parsePage(`ok 1\n${text}`)).toThrow(why);
  });

  it('with the number and the text of the line', () => {
    const read = (): unknown => parsePage('# TYPE a gauge\na 1\n\na{b="c"\n');
    expect(read).toThrow(PageError);
    expect(read).toThrow(/^line 4 of the metrics page: .*\n {2}a\{b="c"$/);
  });
});

describe('parseSeries', () => {
  it('gives each series by the name that stands there', () => {
    expect(
      parseSeries('# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 3 1395066363000\nh_sum 4\n# EOF\n'),
    ).toEqual([
      { name: 'h_bucket', labels: { le: '1' } },
      { name: 'h_bucket', labels: { le: '+Inf' } },
      { name: 'h_sum', labels: {} },
    ]);
  });

  it('names the line that it cannot read', () => {
    expect(() => parseSeries('a 1\nb{ 2\n')).toThrow('line 2');
  });
});
