import { describe, expect, it } from 'vitest';
import { cleanBoard, cleanGrafanaAlert, cleanPanel, laidOver } from '../testing/clean';
import type { Alert, Panel } from '../subject';
import { read } from './read';

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const panelOf = (fields: object, board: object = {}): Panel => {
  const { documents, problems } = read(
    'board.json',
    json(laidOver(cleanBoard([{ id: 1, title: 'P', ...fields }]), board)),
  );
  expect(problems).toEqual([]);
  return documents[0]?.boards[0]?.panels[0] as Panel;
};
const only = (file: string, text: string) => {
  const { documents, problems } = read(file, text);
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(documents).toHaveLength(1);
  return documents[0] as (typeof documents)[number];
};

describe('classic dashboards', () => {
  it('have queries in the language of their data source', () => {
    const targets = (datasource: unknown, target: object) =>
      panelOf({ type: 'graph', datasource, targets: [{ refId: 'A', ...target }] }).queries.map(
        ({ language }) => language,
      );
    expect(targets({ type: 'prometheus', uid: 'x' }, { expr: '{job="x"}' })).toEqual(['promql']);
    expect(targets({ type: 'loki', uid: 'x' }, { expr: 'up' })).toEqual(['logql']);
    expect(targets('$datasource', { expr: '{job="x"}' })).toEqual(['promql']);
    expect(targets('Some name', { expr: '{job="x"} |= "a"' })).toEqual(['logql']);
    expect(targets('Some name', { expr: '{__name__="up"}' })).toEqual(['promql']);
    expect(targets(null, { expr: 'up' })).toEqual(['promql']);
    expect(targets('-- Mixed --', { expr: 'up', datasource: { type: 'loki' } })).toEqual(['logql']);
    expect(targets({ type: 'tempo', uid: 'x' }, { query: '{}', queryType: 'traceql' })).toEqual(['traceql']);
    expect(targets({ type: 'influxdb', uid: 'x' }, { query: 'SELECT 1' })).toEqual(['other']);
    expect(targets('-- Dashboard --', { panelId: 2 })).toEqual([]);
    expect(targets({ type: '__expr__', uid: '__expr__' }, { expression: 'A' })).toEqual([]);
  });

  it('know what an import will fill in', () => {
    const inputs = { __inputs: [{ name: 'DS_LOGS', type: 'datasource', pluginId: 'loki' }] };
    const panel = panelOf({ type: 'logs', datasource: '${DS_LOGS}', targets: [{ expr: 'x' }] }, inputs);
    expect(panel.board.isExport).toBe(true);
    expect(panel.queries[0]?.dataSource).toEqual({ type: 'loki', uid: '${DS_LOGS}' });
  });

  it('say of values what newer ones say, however old', () => {
    expect(panelOf({ type: 'graph', yaxes: [{ format: 'bytes', min: '0' }, {}] }).fields).toMatchObject({
      unit: 'bytes',
      min: 0,
    });
    expect(
      panelOf({ type: 'singlestat', format: 'percent', thresholds: '70,90', colors: ['a', 'b', 'c'], nullText: 'none' })
        .fields,
    ).toMatchObject({
      unit: 'percent',
      noValue: 'none',
      thresholds: {
        steps: [
          { value: null, color: 'a' },
          { value: 70, color: 'b' },
          { value: 90, color: 'c' },
        ],
      },
    });
    expect(panelOf({ type: 'singlestat', thresholds: ',' }).fields.thresholds).toBeUndefined();
    expect(panelOf({ type: 'heatmap', yAxis: { format: 's' } }).fields.unit).toBe('s');
    expect(panelOf({ type: 'gauge', options: { fieldOptions: { defaults: { unit: 'W' } } } }).fields.unit).toBe('W');
    expect(
      panelOf({ type: 'table-old', styles: [{ pattern: '/Value/', type: 'number', unit: 'bytes' }] }).overrides[0],
    ).toMatchObject({ matcher: { id: 'byRegexp' }, properties: [{ id: 'unit', value: 'bytes' }] });
  });

  it('have rows, collapsed, open and of before Grafana 5', () => {
    const row = (title: string, rest: object = {}) => ({ type: 'row', title, ...rest });
    const panel = (title: string) => ({ type: 'stat', title });
    const [board] = only(
      'b.json',
      json(
        cleanBoard([
          panel('a'),
          row('open'),
          panel('b'),
          row('shut', { collapsed: true, panels: [panel('c')] }),
          panel('d'),
        ]),
      ),
    ).boards;
    expect(board?.panels.map(({ title, row: within }) => [title, within])).toEqual([
      ['a', undefined],
      ['b', 'open'],
      ['c', 'shut'],
      ['d', undefined],
    ]);
    const [old] = only('b.json', json({ title: 'old', rows: [{ title: 'r', panels: [panel('x')] }] })).boards;
    expect(old?.panels[0]?.row).toBe('r');
  });

  it('have variables with the query inside', () => {
    const variable = (fields: object) =>
      only(
        'b.json',
        json(cleanBoard([], [{ name: 'v', type: 'query', datasource: { type: 'prometheus' }, ...fields }])),
      ).boards[0]?.variables[1];
    const text = 'label_values(up{job=~"a,b"}, job)';
    for (const query of [text, { query: text, refId: 'x', qryType: 1 }]) {
      const read = variable({ query });
      expect(read?.query?.text).toBe('up{job=~"a,b"}');
      expect(text.slice(read?.query?.from).startsWith('up{')).toBe(true);
    }
    expect(variable({ query: 'label_values(job)' })?.query).toBeUndefined();
    expect(variable({ query: 'query_result(count(up))' })?.query?.text).toBe('count(up)');
    expect(variable({ type: 'custom', query: 'a : 1,b\\,c', current: { value: 'b,c' } })?.values).toEqual(['b,c', '1']);
    expect(variable({ type: 'interval', query: '1m,5m' })?.values).toEqual(['1m', '5m']);
  });

  it('are found in what the API, exports and manifests put around', () => {
    const board = cleanBoard();
    const uids = (value: unknown) => only('x.json', json(value)).boards.map(({ uid }) => uid);
    expect(uids({ dashboard: board, meta: {} })).toEqual(['clean']);
    expect(uids([board, { dashboard: board }])).toEqual(['clean', 'clean']);
    const { uid: _, ...spec } = board as { uid: string };
    expect(
      uids({ apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: { name: 'm' }, spec }),
    ).toEqual(['m']);
    const configMap = `kind: ConfigMap\napiVersion: v1\ndata:\n  b.json: |\n${json(board).replace(/^/gm, '    ')}\n`;
    const document = only('x.yaml', configMap);
    const place = document.placeOf(document.boards[0]?.panels[0]?.at ?? []);
    expect(configMap.split('\n')[place.line - 1]).toBe('        {');
  });

  it('stand where they stand', () => {
    const text = json({ dashboard: cleanBoard() });
    const document = only('x.json', text);
    const query = document.boards[0]?.panels[0]?.queries[0];
    const place = document.placeOf(query?.at ?? [], query?.text.indexOf('job'));
    expect(text.split('\n')[place.line - 1]?.slice(place.column - 1, place.column + 3)).toBe('job=');
  });

  it.each([
    ['panels', { panels: {} }, '`panels` should be a list'],
    ['a panel without a type', { panels: [{ title: 'x' }] }, 'the panel `x` has no type'],
  ])('that are wrong in %s are a problem', (_, fields, message) => {
    const { problems } = read('x.json', json(laidOver(cleanBoard(), fields)));
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.place?.line).toBeGreaterThan(1);
  });

  it('may have no panels', () => expect(only('x.json', json(cleanBoard([]))).boards[0]?.panels).toEqual([]));
});

describe('v2 dashboards', () => {
  const panel = (query: object) => ({
    kind: 'Panel',
    spec: {
      id: 1,
      title: 'Up',
      data: {
        kind: 'QueryGroup',
        spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'B', hidden: false, ...query } }] },
      },
      vizConfig: {
        kind: 'VizConfig',
        group: 'stat',
        spec: { fieldConfig: { defaults: { unit: 's' }, overrides: [] } },
      },
    },
  });
  const beta = panel({
    query: { kind: 'DataQuery', group: 'prometheus', datasource: { name: 'p' }, spec: { expr: 'up' } },
  });
  const alpha = panel({ datasource: { type: 'loki', uid: 'l' }, query: { kind: 'loki', spec: { expr: '{a="b"}' } } });
  const item = (name: string) => ({
    kind: 'AutoGridLayoutItem',
    spec: { element: { kind: 'ElementReference', name } },
  });
  const spec = {
    title: 'T',
    elements: { a: beta, b: alpha },
    variables: [{ kind: 'CustomVariable', spec: { name: 'v', query: '1,2', hide: 'hideVariable' } }],
    layout: {
      kind: 'TabsLayout',
      spec: {
        tabs: [
          {
            kind: 'TabsLayoutTab',
            spec: {
              layout: {
                kind: 'RowsLayout',
                spec: {
                  rows: [
                    {
                      kind: 'RowsLayoutRow',
                      spec: { title: 'R', layout: { kind: 'AutoGridLayout', spec: { items: [item('b'), item('a')] } } },
                    },
                  ],
                },
              },
            },
          },
        ],
      },
    },
  };

  it('are read through all their layouts', () => {
    const resource = { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', metadata: { name: 'u' }, spec };
    const [board] = only('x.json', json(resource)).boards;
    expect(board?.uid).toBe('u');
    expect(board?.rows[0]?.panels).toHaveLength(2);
    expect(board?.panels.map(({ type, row, queries }) => [type, row, queries[0]?.language, queries[0]?.refId])).toEqual(
      [
        ['stat', 'R', 'logql', 'B'],
        ['stat', 'R', 'promql', 'B'],
      ],
    );
    expect(board?.panels[1]?.fields.unit).toBe('s');
    expect(board?.variables[0]).toMatchObject({ name: 'v', type: 'custom', values: ['1', '2'], hide: 'variable' });
  });

  it('with a layout that nobody knows are a problem', () => {
    const { problems } = read('x.json', json({ ...spec, layout: { kind: 'Spiral', spec: {} } }));
    expect(problems.map(({ message }) => message)).toEqual(['a layout of kind `Spiral` is not known']);
  });
});

const rules = (expr: string, more = '') => `groups:
  - name: g
    interval: 30s
    rules:
      # lint allow alert-for about X until 2027-01-31: it cannot flap
      - alert: X
        expr: |
          up
            == ${expr}
        for: 1d
${more}      - record: a:b
        expr: sum(up)
`;

describe('rule files', () => {
  it('have alerts and recordings, with the exceptions above them', () => {
    const document = only('r.yaml', `# lint allow all-of-it: old\n${rules('0')}`);
    const [group] = document.groups;
    expect(group?.interval).toBe(30);
    expect(group?.allowed).toMatchObject([{ rule: 'all-of-it', reason: 'old' }]);
    const [alert, recording] = group?.rules as [Alert, Alert];
    expect(alert).toMatchObject({ name: 'X', for: 86_400, engine: 'prometheus' });
    expect(alert.allowed).toMatchObject([
      { rule: 'alert-for', about: 'X', until: '2027-01-31', reason: 'it cannot flap' },
    ]);
    expect(recording).toMatchObject({ kind: 'recording', name: 'a:b', allowed: [] });
  });

  it('find a place inside a query of several lines', () => {
    const document = only('r.yaml', rules('0'));
    const alert = document.groups[0]?.rules[0] as Alert;
    const query = alert.queries[0];
    expect(document.placeOf(query?.at ?? [], query?.text.indexOf('=='))).toEqual({
      file: 'r.yaml',
      line: 9,
      column: 13,
    });
  });

  it('refuse an exception without a reason', () => {
    const { problems } = read('r.yaml', rules('0').replace(': it cannot flap', ''));
    expect(problems[0]).toMatchObject({ message: 'this exception cannot be read', place: { line: 5 } });
  });

  it.each([
    ['anotations: {}', 'did you mean `annotations`?'],
    ['for: 5 minutes', '`for: 5 minutes` is no duration'],
  ])('refuse what Prometheus refuses: %s', (line, message) => {
    const rule = (last: string) =>
      `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n        ${last}\n`;
    const { documents, problems } = read('r.yaml', rule(line));
    expect(problems).toMatchObject([{ message: expect.stringContaining(message), place: { line: 6 } }]);
    expect(documents[0]?.groups[0]?.rules).toHaveLength(1);
    expect(read('r.yaml', rule('debug: true')).problems).toEqual([]);
    expect(read('r.yaml', rule('for: 1h30m')).problems).toEqual([]);
  });

  it('have groups with a name', () => {
    const { problems } = read('r.yaml', 'groups:\n  - rules:\n      - record: a:b\n        expr: up\n');
    expect(problems).toMatchObject([
      { message: 'a group has no `name`, which Prometheus refuses', place: { line: 2 } },
    ]);
  });

  it('are Loki’s where they are LogQL', () => {
    const file = (expr: string) => json({ groups: [{ name: 'g', rules: [{ alert: 'A', expr }] }] });
    expect(only('r.yaml', file('sum(rate({job="x"} |= "error" [5m])) > 1')).format).toBe('loki-rules');
    expect(only('r.yaml', file('rate({__name__="x"}[5m]) > 1')).format).toBe('prometheus-rules');
    expect(only('loki/r.yaml', file('1 > 0')).format).toBe('loki-rules');
    expect(only('r.yaml', file('1 > 0')).format).toBe('prometheus-rules');
    expect(only('loki/r.yaml', file('up == 0')).format).toBe('prometheus-rules');
  });

  it('are found in manifests and in what rulers answer', () => {
    const groups = [{ name: 'g', rules: [{ record: 'a', expr: 'up' }] }];
    const names = (value: unknown) => only('x.json', json(value)).groups.map(({ name }) => name);
    expect(
      names({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: {}, spec: { groups } }),
    ).toEqual(['g']);
    expect(names({ namespace: 'n', groups })).toEqual(['g']);
    expect(names({ n: groups, m: groups })).toEqual(['g', 'g']);
  });

  it('say which groups are written for others', () => {
    const document = only(
      'x.json',
      json({ groups: [{ name: 'g', type: 'vlogs', rules: [{ record: 'a', expr: '*' }] }] }),
    );
    expect(document.notes).toEqual(['group `g` is written for vlogs, whose queries are not read']);
  });

  it('may indent a quoted text as little as Go allows', () => {
    const text =
      'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up\n        annotations:\n          d: "a\n          b"\n';
    expect((only('r.yaml', text).groups[0]?.rules[0] as Alert).annotations['d']).toMatch(/^a +b$/);
  });
});

describe('alert rules of Grafana', () => {
  it('have queries and expressions', () => {
    const file = { apiVersion: 1, groups: [{ name: 'g', folder: 'F', interval: '1m', rules: [cleanGrafanaAlert] }] };
    const [group] = only('x.yaml', json(file)).groups;
    const alert = group?.rules[0] as Alert;
    expect(group?.folder).toBe('F');
    expect(alert).toMatchObject({ engine: 'grafana', condition: 'B', for: 1800, noDataState: 'OK' });
    expect(alert.queries.map(({ refId, language, mode }) => [refId, language, mode])).toEqual([
      ['A', 'promql', 'instant'],
    ]);
    expect(alert.nodes.map(({ refId, type, reads }) => [refId, type, reads])).toEqual([['B', 'threshold', ['A']]]);
  });

  it('may stand alone, as the API has them', () => {
    expect(only('x.json', json({ ...cleanGrafanaAlert, folderUID: 'f' })).groups[0]?.rules).toHaveLength(1);
  });

  it('are not what contact points are', () => {
    const document = only('x.yaml', 'apiVersion: 1\ncontactPoints: []\n');
    expect(document.groups).toEqual([]);
    expect(document.notes).toEqual(['contact points are not looked at']);
  });
});

describe('what is not understood', () => {
  it.each([
    ['docker-compose.yml', 'services:\n  a:\n    image: b\n', 'a Docker Compose file'],
    ['package.json', '{"name":"x","scripts":{}}', 'package.json'],
    ['a.yml', 'route: {}\nreceivers: []\n', 'an Alertmanager configuration'],
    ['metrics', '# HELP a b\n# TYPE a gauge\na 1\n', 'metrics as an exporter gives them'],
    ['panel.json', json(cleanPanel), 'a single panel'],
    ['x.json', '[]', 'an empty list'],
    ['x.yaml', '# nothing\n', 'nothing but comments'],
    ['x.json', ' \n', 'the file is empty'],
    ['x.json', '\0\0', 'this is no text'],
    ['x.yaml', 'groups:\n{{- range .Values.x }}\n  - name: a\n{{- end }}\n', 'a template'],
    ['x.json', '{"a": 1,, "b": 2}', 'no JSON'],
    ['x.json', '{"a": [1, 2', 'it ends too early'],
    ['x.yaml', 'groups: []\ngroups: []\n', '`groups` stands twice'],
  ])('%s: %j', (file, text, message) => {
    const { documents, problems } = read(file, text);
    expect(documents).toEqual([]);
    expect(problems.map((problem) => problem.message).join()).toContain(message);
  });

  it('has its line and a caret', () => {
    expect(read('x.json', '{\n  "a": x\n}').problems).toMatchObject([
      { place: { line: 2, column: 8 }, caret: '  "a": x\n       ^' },
    ]);
  });

  it('does not hide what is understood beside it', () => {
    const { documents, problems } = read('x.json', json([cleanBoard(), { services: {} }]));
    expect(documents).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual(['this is a Docker Compose file, which is nothing to lint']);
  });
});
