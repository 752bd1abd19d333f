import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HomelabError, isHomelabError } from './homelab-error';
import { findHomelab, ownHomelabs, readHomelab } from './read';
import { resolveHomelab } from './resolve';

const examples = path.join(__dirname, '../../examples/homelabs');
const define = JSON.stringify(path.join(__dirname, 'define'));
let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'homelab-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string, text = ''): string => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
};

/** What is said about a file of this text, its folder left out. */
const complaints = (name: string, text: string): string => {
  try {
    readHomelab(write(name, text));
    return '';
  } catch (error) {
    if (!isHomelabError(error)) throw error;
    return error.format().replaceAll(`${folder}/`, '');
  }
};

describe('finding', () => {
  test('each place comes before the next', () => {
    const places = [
      'homelab.yml',
      'homelab.yaml',
      'homelab.ts',
      'home/homelab.yml',
      'home/homelab.yaml',
      'home/homelab.ts',
    ];
    for (const place of places) {
      const file = write(place);
      expect(findHomelab(folder)).toEqual({ file, kind: place.endsWith('.ts') ? 'ts' : 'yaml', example: false });
    }
  });

  test('all that are there are known, so that one can say which are not read', () => {
    expect(ownHomelabs(folder)).toEqual([]);
    const files = [write('home/homelab.ts'), write('home/homelab.yaml')];
    write('home/homelab.txt');
    expect(ownHomelabs(folder)).toEqual(files);
  });

  test('without a file it is the example', () => {
    expect(findHomelab(folder)).toEqual({ file: path.join(examples, 'typical.ts'), kind: 'ts', example: true });
  });

  test('the one that is given comes before all', () => {
    write('home/homelab.ts');
    const file = write('other/lab.yml');
    expect(findHomelab(folder, 'other/lab.yml')).toEqual({ file, kind: 'yaml', example: false });
    expect(findHomelab('/', file)).toMatchObject({ file });
  });

  test('one that is not there, or of another kind, is refused', () => {
    write('homelab.yaml');
    const found = (name: string) => () => findHomelab(folder, name);
    expect(found('hoemlab.yaml')).toThrow(
      /hoemlab\.yaml: no such file\n {2}allowed: homelab\.yaml\n {2}try: copy examples\/homelabs\/minimal\.ts there and change it$/,
    );
    expect(found('nowhere/homelab.ts')).toThrow(
      /homelab\.ts: no such file\n {2}try: copy examples\/homelabs\/minimal\.ts there and change it$/,
    );
    expect(found('.')).toThrow(HomelabError);
    write('homelab.toml');
    expect(found('homelab.toml')).toThrow(
      "a homelab file of a kind that we do not read, '.toml'\n  allowed: homelab.ts, homelab.yaml",
    );
  });
});

describe('both kinds', () => {
  test('say the same with the same meaning', () => {
    const [yaml, typescript] = ['minimal.yaml', 'minimal.ts'].map((name) => readHomelab(path.join(examples, name)));
    expect(yaml).toEqual(typescript);
    expect(Object.isFrozen(yaml?.hosts[0])).toBe(true);
    expect(Object.isFrozen(typescript?.hosts[0])).toBe(true);
  });

  test('JSON is YAML', () => {
    expect(readHomelab(write('homelab.json', '{ "hosts": [{ "name": "nas" }] }'))).toEqual({
      hosts: [{ name: 'nas' }],
    });
  });
});

describe('catalogs of the user', () => {
  const catalog = {
    source: 'mine',
    version: '1',
    port: 1234,
    path: '/m',
    metrics: { a: { type: 'gauge', labels: {} } },
  };
  const yaml = 'hosts: [{ name: nas, exporters: [{ exporter: mine }] }]\n';

  test('are known beside the homelab file, in both kinds, and to what is made of it', () => {
    write('catalogs/mine.json', JSON.stringify(catalog));
    const typescript = "export default { hosts: [{ name: 'nas', exporters: [{ exporter: 'mine' }] }] };\n";
    for (const file of [write('homelab.yaml', yaml), write('homelab.ts', typescript)]) {
      expect(resolveHomelab(readHomelab(file)).sources['mine']).toMatchObject({
        catalog,
        job: 'mine',
        instances: [{ address: 'nas', port: 1234, path: '/m' }],
      });
    }
  });

  test('are not known elsewhere, and are named where they are near', () => {
    expect(complaints('homelab.yaml', yaml)).toContain("unknown exporter, got 'mine'");
    write('catalogs/mine.json', JSON.stringify(catalog));
    expect(complaints('homelab.yaml', yaml.replace('mine', 'mini'))).toContain("try: write `exporter: 'mine'`");
  });

  test.each([
    ['{', 'not JSON: '],
    ['[]', "`source` must be the name of the file, 'mine'"],
    [JSON.stringify({ ...catalog, source: 'theirs' }), "`source` must be the name of the file, 'mine'"],
    [JSON.stringify({ ...catalog, port: '1234' }), '`port` must be a number, or null'],
    [JSON.stringify({ ...catalog, metrics: undefined }), '`metrics` must be there'],
  ])('that are none are refused by name: %s', (text, what) => {
    write('catalogs/mine.json', text);
    expect(complaints('homelab.yaml', yaml)).toContain(`error: catalogs/mine.json: ${what}`);
  });
});

describe('YAML', () => {
  test('a wrong value has a line, a column and a caret', () => {
    expect(
      complaints('homelab.yaml', 'hosts:\n  - name: nas\n    exporters:\n      - exporter: node_exporer\n'),
    ).toMatch(
      new RegExp(
        [
          "^error: homelab.yaml:4:19 hosts\\[0\\]\\.exporters\\[0\\]\\.exporter: unknown exporter, got 'node_exporer'",
          '  allowed: node_exporter, .*',
          "  try: write `exporter: 'node_exporter'`",
          '  4 \\|       - exporter: node_exporer',
          '    \\|                   \\^{12}$',
        ].join('\n'),
      ),
    );
  });

  test('a wrong key, a missing key and an empty value have theirs', () => {
    expect(complaints('homelab.yaml', 'hosts:\n  - nmae: nas\n  - address: pi\nurls:\n')).toBe(
      [
        'error: homelab.yaml:2:5 hosts[0].nmae: unknown key',
        '  allowed: name, address, exporters, sleeps, dependsOn',
        '  try: write `name:` instead of `nmae:`',
        '  2 |   - nmae: nas',
        '    |     ^^^^',
        'error: homelab.yaml:3:5 hosts[1].name: missing',
        '  allowed: text',
        '  try: add `name: ...`',
        '  3 |   - address: pi',
        '    |     ^^^^^^^^^^^',
        'error: homelab.yaml:4:1 urls: empty',
        '  allowed: keys and values: grafana, prometheus, alertmanager, runbooks',
        '  try: give it a value, or remove `urls`',
        '  4 | urls:',
        '    | ^^^^',
      ].join('\n'),
    );
  });

  test('a secret is not shown, nor its line, nor one beside another mistake', () => {
    const text = complaints(
      'homelab.yaml',
      [
        'hosts: []',
        'alerting:',
        '  receivers:',
        '    a: { kind: discord, url: https://discord.com/api/webhooks/1/hunter2 }',
        '    b: { kind: telegram, chat: 7, token: 123456789:AAEhBOweik6ad6PsVMRxjeQKXkM }',
        '    c: { kind: webhook, url: "http://a", password: hunter2 }',
      ].join('\n'),
    );
    expect(text).toContain('homelab.yaml:4:30 alerting.receivers.a.url: a secret stands here in clear');
    expect(text).toContain('homelab.yaml:5:32 alerting.receivers.b.chat: expected text, got 7');
    expect(text).toContain('homelab.yaml:6:42 alerting.receivers.c.password: unknown key');
    expect(text).not.toMatch(/hunter2|AAEhB/);
  });

  test.each([
    ['hosts: []\nhosts: []\n', 2, 1, 'map keys must be unique', 'keep one of the two'],
    ['hosts:\n\t- name: nas\n', 2, 1, 'tabs are not allowed as indentation', 'indent with spaces'],
    ['hosts: [\n', 2, 1, 'flow sequence', undefined],
    ['hosts: []\n---\nhosts: []\n', 2, 1, 'source contains multiple documents', 'remove the `---` between them'],
    ['hosts: *nas\n', 1, 8, 'unresolved alias', undefined],
  ])('%j is not YAML', (text, line, column, what, remedy) => {
    const said = complaints('homelab.yaml', text);
    expect(said).toContain(`error: homelab.yaml:${line}:${column}: not YAML: ${what}`);
    if (remedy) expect(said).toContain(`  try: ${remedy}`);
    expect(said).not.toMatch(/[.:]\n {2}try/);
  });

  test('anchors and merges are read, and their values located', () => {
    const text = [
      'hosts:',
      '  - &nas { name: nas, address: 192.168.1.10 }',
      '  - { <<: *nas, name: pi, address: 192.168.1.12 }',
      '',
    ].join('\n');
    expect(readHomelab(write('homelab.yaml', text)).hosts[1]).toEqual({ name: 'pi', address: '192.168.1.12' });
    expect(complaints('homelab.yaml', text.replace(', address: 192.168.1.12', ''))).toContain(
      'homelab.yaml:3:5 hosts[1]',
    );
  });

  test('a file with nothing in it', () => {
    expect(complaints('homelab.yaml', '# later\n')).toContain('error: homelab.yaml');
    expect(complaints('homelab.yaml', '')).toContain(': empty\n');
    expect(complaints('homelab.yaml', 'nas')).toContain('expected keys and values: project, timeZone');
  });
});

describe('TypeScript', () => {
  const wrong = "{\n  hosts: [{ name: 'nas' }],\n  timeZone: 'Mars/Olympus',\n}";

  test.each([
    ['defineHomelab', `import { defineHomelab } from ${define};\nexport default defineHomelab(${wrong});\n`, 4],
    ['a plain object', `// plain\nexport default ${wrong};\n`, 4],
    ['a constant of a type', `const homelab = ${wrong} as const;\n\nexport default homelab;\n`, 3],
    ['satisfies', `\nexport default (${wrong}) satisfies object;\n`, 4],
  ])('%s is checked and located', (_what, text, line) => {
    expect(complaints('homelab.ts', text)).toMatch(
      new RegExp(
        [
          `^error: homelab.ts:${line}:13 timeZone: unknown time zone, got 'Mars/Olympus'`,
          '  allowed: .*',
          `  ${line} \\|   timeZone: 'Mars/Olympus',`,
          '    \\|             \\^{14}$',
        ].join('\n'),
      ),
    );
  });

  test('through constants, spreads and lists of lists', () => {
    const text = [
      "const pi = { name: 'pi' };",
      "const more = [pi, { name: 'nas', address: 'http://nas' }];",
      'const rest = { display: { bytes: "SI" } };',
      'export default {',
      "  hosts: [{ name: 'media' }, ...more],",
      '  ...rest,',
      '};',
    ].join('\n');
    const said = complaints('homelab.ts', text);
    expect(said).toContain('error: homelab.ts:2:43 hosts[2].address: malformed address');
    expect(said).toContain('error: homelab.ts:3:34 display.bytes: unknown value');
  });

  test('what nobody can see in the text is placed as near as it goes', () => {
    const text = "const names = ['nas', 'nas'];\nexport default {\n  hosts: names.map((name) => ({ name })),\n};\n";
    expect(complaints('homelab.ts', text)).toContain('error: homelab.ts:3:10 hosts[1].name: duplicate host name');
  });

  test('a missing key points at its owner, an unknown one at itself', () => {
    const said = complaints('homelab.ts', "export default {\n  hosts: [{ nmae: 'nas' }, { address: 'pi' }],\n};\n");
    expect(said).toContain('error: homelab.ts:2:13 hosts[0].nmae: unknown key');
    expect(said).toContain('error: homelab.ts:2:28 hosts[1].name: missing');
  });

  test('a syntax error has its place, and no stack', () => {
    const said = complaints('homelab.ts', "export default {\n  hosts: [{ name: 'nas' ],\n};\n");
    expect(said).toMatch(/^error: homelab\.ts:2:25: not TypeScript: '[,}]' expected\n {2}2 \| {3}hosts/);
    expect(said).not.toMatch(/\n\s+at /);
  });

  test('so has what goes wrong when it runs', () => {
    const said = complaints(
      'homelab.ts',
      'const list: any = undefined;\n\nexport default { hosts: list.map(String) };\n',
    );
    expect(said).toMatch(
      /^error: homelab\.ts:3:\d+: this file fails when it runs: cannot read properties of undefined \(reading 'map'\)\n {2}3 \|/,
    );
  });

  test('a module that is not there', () => {
    expect(complaints('homelab.ts', "import { nas } from './nas';\n\nexport default { hosts: [nas] };\n")).toBe(
      [
        "error: homelab.ts:1:21: cannot find module './nas'",
        '  try: mend the path: it is relative to this file',
        "  1 | import { nas } from './nas';",
        '    |                     ^^^^^^^',
      ].join('\n'),
    );
    expect(complaints('homelab.ts', "import 'nobody-has-this';\nexport default {};\n")).toContain('try: `npm ci`');
  });

  test('no default export', () => {
    expect(complaints('homelab.ts', 'export const homelab = { hosts: [] };\n')).toBe(
      ['error: homelab.ts: no default export', '  try: write `export default defineHomelab({ ... })`'].join('\n'),
    );
  });
});
