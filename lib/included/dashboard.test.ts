import { describe, expect, it } from 'vitest';
import { complaintsAbout, fileOf, included } from './testing/files';

const board = (differs: object = {}) => ({
  title: 'Printers',
  uid: 'printers',
  schemaVersion: 39,
  panels: [],
  ...differs,
});
const one = (...parameters: Parameters<typeof included>) => {
  const [first, ...others] = included(...parameters).boards;
  expect(others).toEqual([]);
  return first;
};

describe('a dashboard in the normal form', () => {
  it('has sorted keys, no id and no version of a server, and is else as it came', () => {
    const panel = {
      type: 'graph',
      id: 7,
      version: 3,
      title: '',
      transparent: false,
      links: [],
      targets: [{ refId: 'A', expr: 'b' }],
    };
    const json = { ...board({ panels: [panel], editable: true, id: 12, version: 9, weekStart: '', timepicker: {} }) };
    const made = one([fileOf('a.json', json)])?.json;
    expect(made).toEqual({ ...board(), panels: [panel], editable: true, weekStart: '', timepicker: {} });
    expect(Object.keys(made ?? {})).toEqual([...Object.keys(made ?? {})].sort());
    expect(Object.keys((made?.['panels'] as object[])[0] ?? {})).toEqual(Object.keys(panel).sort());
  });

  it.each([
    ['bare', board()],
    ['the answer of the API', { meta: { folderTitle: 'Elsewhere', slug: 'x' }, dashboard: board() }],
    ['what is sent to the API', { dashboard: board(), overwrite: true, folderUid: 'x' }],
    [
      'a v1 resource',
      {
        apiVersion: 'dashboard.grafana.app/v1beta1',
        kind: 'Dashboard',
        metadata: { name: 'printers', annotations: { 'grafana.app/folder': 'x' } },
        spec: { title: 'Printers', schemaVersion: 39, panels: [] },
      },
    ],
  ])('comes out of every wrapping alike: %s', (_, json) => {
    expect(one([fileOf('a.json', json)])?.json).toEqual(board());
    // YAML is what resources are often kept in, and JSON is YAML.
    expect(one([fileOf('a.yaml', JSON.stringify(json))])?.json).toEqual(board());
  });

  it('is taken with a byte order mark before it', () =>
    expect(one([fileOf('a.json', `\uFEFF${JSON.stringify(board())}`)])?.uid).toBe('printers'));

  it.each(['v2alpha1', 'v2beta1', 'v2'])('is not of the schema %s', (version) => {
    const json = {
      apiVersion: `dashboard.grafana.app/${version}`,
      kind: 'Dashboard',
      metadata: { name: 'a' },
      spec: {},
    };
    expect(complaintsAbout([fileOf('a.json', json)])).toContain(
      'error: home/a.json:2:17 apiVersion: a dashboard of the v2 schema',
    );
  });
});

describe('a uid', () => {
  it.each([undefined, null, ''])(
    'that is missing (%j) is made of the name of the file, with the prefix of the project',
    (uid) => {
      expect(one([fileOf('own/Disk Health!.json', board({ uid }))])?.uid).toBe('hl-disk-health');
      expect(one([fileOf('own/disk-health.json', board({ uid }))], { project: 'attic' })?.uid).toBe(
        'attic-disk-health',
      );
    },
  );

  it('never gets longer than Grafana takes, and stays apart', () => {
    const names = ['a', 'b'].map((last) => `${'long-'.repeat(12)}${last}.json`);
    const uids = included(
      names.map((name, index) => fileOf(name, board({ uid: undefined, title: `T${index}` }))),
    ).boards.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(2);
    for (const uid of uids) expect(uid).toMatch(/^hl-long-[\w-]{1,32}$/);
  });

  it.each(['a b', 'a'.repeat(41), 'ü', 7])('that Grafana refuses is refused: %j', (uid) =>
    expect(complaintsAbout([fileOf('a.json', board({ uid }))])).toMatch(
      /^error: home\/a\.json:3:10 uid: a uid that Grafana refuses/,
    ),
  );

  it('of two is refused, naming both; two with uids of their own are taken', () => {
    const other = board({ title: 'Other' });
    expect(complaintsAbout([fileOf('a.json', board()), fileOf('b.json', other)])).toBe(
      [
        "error: home/b.json:3:10 uid: home/a.json has this uid too, got 'printers'",
        '  try: give one of them another `"uid"`, or leave one out',
        '  3 |   "uid": "printers",',
        '    |          ^^^^^^^^^^',
      ].join('\n'),
    );
    expect(complaintsAbout([fileOf('a.json', board()), fileOf('b.json', { ...other, uid: 'other' })])).toBe('');
  });

  it('is not one of ours, nor of a folder', () => {
    const ours = [{ uid: 'hl-home', title: 'Home', folder: 'Home', folderUid: 'hl-folder-home' }];
    const with_ = (uid: string): string => complaintsAbout([fileOf('a.json', board({ uid }))], {}, ours);
    expect(with_('hl-home')).toContain("uid: our board 'Home' has this uid too");
    expect(with_('hl-folder-home')).toContain('uid: a folder has this uid too');
    expect(with_('hl-house')).toBe('');
  });
});

describe('a title', () => {
  it.each([undefined, '', '  ', 4])('is needed: %j', (title) =>
    expect(complaintsAbout([fileOf('a.json', board({ title }))])).toContain('title: a dashboard without a title'),
  );

  it('is there once in a folder, and as often as one likes in several', () => {
    const second = (folder: string) => fileOf('b.json', board({ uid: 'b' }), { folder });
    expect(complaintsAbout([fileOf('a.json', board()), second('Included')])).toContain(
      "title: home/a.json in the folder 'Included' has this title too, got 'Printers'",
    );
    expect(complaintsAbout([fileOf('a.json', board()), second('Other')])).toBe('');
  });
});

describe('a folder', () => {
  it('is joined where it is ours, and refused where its uid would be that of another', () => {
    const ours = [{ uid: 'hl-home', title: 'Home', folder: 'Hosts', folderUid: 'hl-folder-hosts' }];
    const of = (folder: string) => [fileOf('a.json', board(), { folder })];
    expect(included(of('Hosts'), {}, ours).boards[0]?.folderUid).toBe('hl-folder-hosts');
    expect(complaintsAbout(of('hosts'), {}, ours)).toContain(
      "include[0].folder: too like the folder 'Hosts', got 'hosts'",
    );
    expect(complaintsAbout(of('Hosts 2'), {}, ours)).toBe('');
  });

  it('has a uid of its own also where no letter of its title could be kept, and where it is long', () => {
    const uids = [
      '日本',
      '中国',
      'A very long title of a folder, and more',
      'A very long title of a folder, and less',
    ].map((folder) => one([fileOf('a.json', board(), { folder })])?.folderUid ?? '');
    expect(new Set(uids).size).toBe(4);
    for (const uid of uids) expect(uid).toMatch(/^hl-folder-[a-z0-9-]{1,30}$/);
  });
});
