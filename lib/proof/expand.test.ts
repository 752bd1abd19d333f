import { describe, expect, it } from 'vitest';
import type { Board, BoardVariable } from './board';
import { expandBoard } from './expand';
import type { Prometheus } from './prometheus';

const range = { from: 1000, to: 4600 };

const answering = (values: Readonly<Record<string, readonly string[]>>, asked: unknown[] = []): Prometheus => ({
  instant: async () => [],
  range: async () => [],
  labelValues: async (label, match, start, end) => {
    asked.push({ label, match, start, end });
    return values[label] ?? [];
  },
  targets: async () => [],
  rules: async () => [],
});

const variable = (name: string, more: Partial<BoardVariable> = {}): BoardVariable => ({
  name,
  type: 'query',
  query: { query: `label_values(up{job="node"}, ${name})` },
  datasource: { type: 'prometheus', uid: '${datasource}' },
  sort: 7,
  ...more,
});

const many = { multi: true, includeAll: true, allValue: '.+', current: { value: ['$__all'] } };

const board = (variables: readonly BoardVariable[], ...exprs: readonly string[]): Board => ({
  uid: 'x',
  title: 'X',
  templating: {
    list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', current: { value: 'prom' } }, ...variables],
  },
  panels: [
    {
      id: 1,
      type: 'timeseries',
      title: 'Panel',
      interval: '15s',
      gridPos: { w: 12 },
      datasource: { type: 'prometheus', uid: '${datasource}' },
      targets: exprs.map((expr, index) => ({
        refId: String.fromCharCode(65 + index),
        expr,
        interval: '15s',
        range: true,
      })),
    },
  ],
});

const exprs = async (given: Board, prometheus: Prometheus): Promise<readonly string[]> =>
  (await expandBoard(given, prometheus, range)).panels.flatMap(({ queries }) => queries.map(({ expr }) => expr));

describe('expandBoard', () => {
  it('picks the first value, in natural order, and escapes it for quotes', async () => {
    const hosts = answering({ host: ['box10', 'box9', 'c\\d'] });
    expect(await exprs(board([variable('host')], 'up{host="$host"}'), hosts)).toEqual(['up{host="box9"}']);
    expect(await exprs(board([variable('host')], 'up{host="${host}:9100"}'), answering({ host: ['c\\d'] }))).toEqual([
      'up{host="c\\\\d:9100"}',
    ]);
  });

  it('keeps a value of the file while it is offered', async () => {
    const given = board([variable('host', { current: { value: 'b' } })], 'up{host="$host"}');
    expect(await exprs(given, answering({ host: ['a', 'b'] }))).toEqual(['up{host="b"}']);
    expect(await exprs(given, answering({ host: ['a'] }))).toEqual(['up{host="a"}']);
  });

  it('writes several values as a regular expression, all of them as allValue', async () => {
    const values = answering({ host: ['a.lan', 'b+'] });
    expect(await exprs(board([variable('host', many)], 'up{host=~"$host"}'), values)).toEqual(['up{host=~".+"}']);
    const two = { ...many, current: { value: ['a.lan', 'b+'] } };
    expect(await exprs(board([variable('host', two)], 'up{host=~"$host"}'), values)).toEqual([
      'up{host=~"(a\\\\.lan|b\\\\+)"}',
    ]);
    const one = { ...many, current: { value: ['a.lan'] } };
    expect(await exprs(board([variable('host', one)], 'up{host=~"$host"}'), values)).toEqual(['up{host=~"a\\\\.lan"}']);
    const { allValue: _, ...enumerated } = many;
    expect(await exprs(board([variable('host', enumerated)], 'up{host=~"$host"}'), values)).toEqual([
      'up{host=~"(a\\\\.lan|b\\\\+)"}',
    ]);
  });

  it('can hold one thing each', async () => {
    const given = board([variable('host', many), variable('disk')], 'up{host=~"$host", disk="$disk"}');
    const { panels } = await expandBoard(given, answering({ host: ['a.lan', 'b'], disk: ['d', 'c'] }), range, 'first');
    expect(panels[0]?.queries[0]?.expr).toBe('up{host=~"a\\\\.lan", disk="c"}');
  });

  it('can be about one thing, in each picker that offers it', async () => {
    const given = board([variable('host', many), variable('disk')], 'up{host=~"$host", disk="$disk"}');
    const { panels } = await expandBoard(given, answering({ host: ['a', 'b'], disk: ['c', 'd'] }), range, {
      about: 'b',
    });
    expect(panels[0]?.queries[0]?.expr).toBe('up{host=~"b", disk="c"}');
  });

  it('can be looked at for another time than it was opened with', async () => {
    const asked: unknown[] = [];
    const look = { from: 4000, to: 4600 };
    const given = board([variable('host')], 'sum_over_time(up{host="$host"}[$__range])');
    const { panels } = await expandBoard(given, answering({ host: ['a'] }, asked), range, 'opening', look);
    expect(panels[0]?.queries[0]?.expr).toBe('sum_over_time(up{host="a"}[600s])');
    expect(asked).toMatchObject([{ start: 1000, end: 4600 }]);
  });

  it('asks for a picker with the values of those before it, and takes what its regex picks', async () => {
    const asked: unknown[] = [];
    const given = board(
      [
        variable('host'),
        variable('disk', {
          ...many,
          query: 'label_values(disk{host="$host", x=~"a,b"}, instance)',
          regex: '/^(.+):9100$/',
          allValue: null,
        }),
      ],
      'disk{instance=~"$disk"}',
    );
    expect(await exprs(given, answering({ host: ['nas'], instance: ['sda:9100', 'odd'] }, asked))).toEqual([
      'disk{instance=~"sda"}',
    ]);
    expect(asked).toEqual([
      { label: 'host', match: 'up{job="node"}', start: 1000, end: 4600 },
      { label: 'instance', match: 'disk{host="nas", x=~"a,b"}', start: 1000, end: 4600 },
    ]);
  });

  it('expands the macros, aligns the time to the step, names the data source', async () => {
    const { panels } = await expandBoard(board([], 'rate(a[$__rate_interval]) - b[$__range]'), answering({}), range);
    expect(panels[0]?.queries[0]).toEqual({
      refId: 'A',
      expr: 'rate(a[1m0s]) - b[3600s]',
      sent: {
        refId: 'A',
        datasource: { type: 'prometheus', uid: 'prom' },
        expr: 'rate(a[$__rate_interval]) - b[$__range]',
        instant: false,
        range: true,
        interval: '15s',
        intervalMs: 15_000,
        maxDataPoints: 800,
      },
      instant: false,
      start: 990,
      end: 4590,
      step: 15,
      dataSource: 'prom',
    });
  });

  it('refuses what nobody expands', async () => {
    await expect(expandBoard(board([], 'up{host="$hots"}'), answering({}), range)).rejects.toThrow(
      'Panel A: `$hots` is no variable of this board',
    );
  });

  it('opens collapsed rows and marks, and leaves hidden targets and other data sources', async () => {
    const [panel] = board([], 'a', 'b').panels;
    const given: Board = {
      uid: 'x',
      title: 'X',
      panels: [
        {
          id: 2,
          type: 'row',
          panels: [
            {
              ...panel!,
              targets: [
                { refId: 'A', expr: 'a' },
                { refId: 'B', expr: 'b', hide: true },
              ],
            },
          ],
        },
        { id: 3, type: 'logs', datasource: { type: 'loki', uid: 'l' }, targets: [{ refId: 'A', expr: '{a="b"}' }] },
        { id: 4, type: 'text' },
      ],
      annotations: {
        list: [
          {
            name: 'Restart',
            enable: true,
            datasource: { type: 'prometheus', uid: 'p' },
            target: { expr: 'restarted > 0', interval: '15s' },
          },
          { name: 'Annotations & Alerts', enable: true, datasource: { type: 'grafana', uid: '-- Grafana --' } },
        ],
      },
    };
    const { panels, annotations } = await expandBoard(given, answering({}), range);
    expect(panels.map(({ queries, others }) => [queries.map(({ expr }) => expr), others])).toEqual([
      [['a'], []],
      [[], ['loki']],
      [[], []],
    ]);
    expect(annotations.map(({ name, expr }) => [name, expr])).toEqual([['Restart', 'restarted > 0']]);
  });
});
