import { describe, expect, it } from 'vitest';
import { complaintsAbout, fileOf, included } from './testing/files';

const input = (name: string, pluginId: string) => ({ name, label: name, type: 'datasource', pluginId });
const reference = (uid: string, type = 'prometheus') => ({ type, uid });
const exported = (differs: object = {}) => ({
  __inputs: [input('DS_PROMETHEUS', 'prometheus')],
  __requires: [{ type: 'grafana', id: 'grafana', name: 'Grafana', version: '12.3.0' }],
  title: 'Printers',
  uid: 'printers',
  panels: [{ type: 'stat', datasource: reference('${DS_PROMETHEUS}'), targets: [{ refId: 'A', expr: 'up' }] }],
  ...differs,
});
const made = (json: object, inputs = {}, homelab = {}) =>
  included([fileOf('a.json', json, { inputs })], homelab).boards[0]?.json;
const loki = { dataSources: { logs: { kind: 'loki', uid: 'logs-1' } } } as const;

describe('an exported dashboard', () => {
  it('asks the data source of the homelab that is of the kind', () => {
    expect(made(exported())).toEqual({
      title: 'Printers',
      uid: 'printers',
      panels: [{ type: 'stat', datasource: reference('prometheus'), targets: [{ refId: 'A', expr: 'up' }] }],
    });
    const own = {
      dataSources: { first: { kind: 'prometheus', uid: 'p-1' }, second: { kind: 'prometheus', uid: 'p-2' } },
    } as const;
    expect(made(exported(), {}, own)).toMatchObject({ panels: [{ datasource: { uid: 'p-1' } }] });
  });

  it('may have the dashes of its data source in the name', () => {
    const panels = [{ datasource: reference('${DS_MY-OWN PROMETHEUS}') }];
    expect(made(exported({ __inputs: [input('DS_MY-OWN PROMETHEUS', 'prometheus')], panels }))).toMatchObject({
      panels: [{ datasource: reference('prometheus') }],
    });
    expect(made(exported({ __inputs: [], panels }))).toMatchObject({
      panels: [{ datasource: reference('prometheus') }],
    });
  });

  it('asks what `inputs` says instead', () =>
    expect(made(exported(), { DS_PROMETHEUS: 'p-9' })).toMatchObject({ panels: [{ datasource: { uid: 'p-9' } }] }));

  it('is replaced in every text, old forms too, and other variables stay', () => {
    const json = exported({
      panels: [{ type: 'graph', datasource: '${DS_PROMETHEUS}', title: '$host ${host} ${DS_OTHER} $1' }],
      templating: { list: [{ name: 'ds', type: 'datasource', current: { value: '$DS_PROMETHEUS' } }] },
    });
    expect(made(json)).toMatchObject({
      panels: [{ datasource: 'prometheus', title: '$host ${host} ${DS_OTHER} $1' }],
      templating: { list: [{ current: { value: 'prometheus' } }] },
    });
  });

  it('is refused where no data source is of the kind; taken where there is one', () => {
    const json = exported({ __inputs: [input('DS_LOGS', 'loki')] });
    expect(complaintsAbout([fileOf('a.json', { ...json, panels: [] })])).toContain(
      [
        'error: home/a.json:3:5 __inputs[0]: `DS_LOGS` stands for a data source of the kind `loki`, and `dataSources` in the homelab file has none',
        '  allowed: prometheus',
        "  try: in `include`: { files: '...', inputs: { DS_LOGS: 'its uid in your Grafana' } }",
      ].join('\n'),
    );
    expect(complaintsAbout([fileOf('a.json', { ...json, panels: [] })], loki)).toBe('');
  });

  it('gets constants as they are given, or as it says itself', () => {
    const json = (value?: string) =>
      exported({ __inputs: [{ name: 'VAR_ROOM', type: 'constant', value }], panels: [{ title: '${VAR_ROOM}' }] });
    expect(made(json('attic'))).toMatchObject({ panels: [{ title: 'attic' }] });
    expect(made(json('attic'), { VAR_ROOM: 'cellar' })).toMatchObject({ panels: [{ title: 'cellar' }] });
    expect(complaintsAbout([fileOf('a.json', json())])).toContain('__inputs[0]: `VAR_ROOM` has no value');
  });

  it('knows the data source that every Grafana has', () =>
    expect(
      made(
        exported({
          __inputs: [input('DS_EXPRESSION', '__expr__')],
          panels: [{ datasource: reference('${DS_EXPRESSION}', '__expr__') }],
        }),
      ),
    ).toMatchObject({
      panels: [{ datasource: { uid: '__expr__' } }],
    }));

  it('has its library panels in their places, since provisioning makes none', () => {
    const library = { uid: 'lib-1', name: 'Shared' };
    const json = exported({
      __elements: {
        'lib-1': { uid: 'lib-1', model: { type: 'stat', title: 'Shared', datasource: reference('${DS_PROMETHEUS}') } },
      },
      panels: [
        { id: 4, gridPos: { x: 0 }, libraryPanel: library },
        { type: 'row', panels: [{ id: 5, libraryPanel: library }] },
        { id: 6, libraryPanel: { uid: 'elsewhere', name: 'Theirs' } },
      ],
    });
    const shared = { type: 'stat', title: 'Shared', datasource: reference('prometheus') };
    expect(made(json)?.['panels']).toEqual([
      { ...shared, id: 4, gridPos: { x: 0 } },
      { type: 'row', panels: [{ ...shared, id: 5 }] },
      { id: 6, libraryPanel: { uid: 'elsewhere', name: 'Theirs' } },
    ]);
  });
});

describe('a placeholder that nothing declares', () => {
  const json = (datasource: unknown, list: readonly object[] = []) => ({
    title: 'A',
    uid: 'a',
    panels: [{ datasource }],
    templating: { list },
  });

  it('is of the type beside it, and else not known', () => {
    expect(made(json(reference('${DS_X}')))).toMatchObject({ panels: [{ datasource: reference('prometheus') }] });
    expect(complaintsAbout([fileOf('a.json', json(reference('${DS_X}', 'influxdb')))])).toContain(
      'of the kind `influxdb`',
    );
    expect(complaintsAbout([fileOf('a.json', json('${DS_X}'))])).toContain(
      'panels[0].datasource: `DS_X` stands for a data source, and nothing says of which kind',
    );
    expect(made(json('${DS_X}'), { DS_X: 'x-1' })).toMatchObject({ panels: [{ datasource: 'x-1' }] });
  });

  it('is none where it is a variable of the board, or no placeholder of a data source', () => {
    const variable = { name: 'DS_X', type: 'datasource', query: 'influxdb' };
    for (const kept of [json(reference('${DS_X}', 'influxdb'), [variable]), json('$datasource'), json('DS_X')])
      expect(made(kept)).toEqual(kept);
  });
});

describe('inputs of the homelab file', () => {
  it('that nothing asks for are refused; those that one file of the entry asks for are not', () => {
    const files = (inputs: Readonly<Record<string, string>>) => [
      fileOf('a.json', exported(), { inputs }),
      fileOf('b.json', { title: 'B', uid: 'b', panels: [] }, { inputs }),
    ];
    expect(complaintsAbout(files({ DS_PROMETHEU: 'x' }))).toBe(
      [
        'error: include[0].inputs.DS_PROMETHEU: none of these dashboards asks for it',
        '  allowed: DS_PROMETHEUS',
        '  try: write `DS_PROMETHEUS:` instead of `DS_PROMETHEU:`',
      ].join('\n'),
    );
    expect(complaintsAbout(files({ DS_PROMETHEUS: 'x' }))).toBe('');
  });
});
