import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanAlert, cleanBoard, cleanPanel } from '../lib/lint/testing/clean';

const root = join(__dirname, '..');
let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'lint-')))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in the folder, as `npm run -s lint` does. */
const lint = (args: readonly string[], { input = '', cwd = folder } = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/.bin/ts-node'), '--swc', join(root, 'scripts/cli.ts'), 'lint', ...args],
    { cwd, encoding: 'utf8', input, env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json') } },
  );
  return { status, stdout, stderr };
};

const write = (path: string, content: string | object): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
};
const board = (expr: string): object => cleanBoard([{ ...cleanPanel, targets: [{ ...cleanPanel.targets[0], expr }] }]);
const alerts = (expr: string): object => ({ groups: [{ name: 'host', rules: [{ ...cleanAlert, expr }] }] });

const right = 'rate(node_network_receive_bytes_total{job="node"}[$__rate_interval])';
const misspelt = right.replace('receive', 'recieve');

describe('files of anybody', () => {
  it('in a folder: sorted findings of those that are dashboards or rules, a note of those that are not', () => {
    write('boards/b.json', board(misspelt));
    write('boards/a.json', board(right));
    write('rules/host.yaml', alerts('node_filesystem_free_byte{job="node"} < 1'));
    write('package.json', { name: 'x', dependencies: {} });
    write('compose.yml', 'services: { grafana: { image: grafana/grafana } }\n');
    write('node_modules/x/x.json', board(misspelt));
    write('.hidden/x.json', '{');

    const first = lint(['.']);
    expect([first.status, first.stderr]).toEqual([1, '']);
    expect(first.stdout).toMatch(
      /^boards\/b\.json\n[^]*\d+:\d+ {2}error {2}no metric `node_network_recieve_bytes_total`/,
    );
    expect(first.stdout).toContain('did you mean `node_network_receive_bytes_total`');
    expect(first.stdout).toMatch(/\nrules\/host\.yaml\n/);
    expect(first.stdout).toContain(
      'passed over 2 files that are neither dashboards nor rules: compose.yml (a Docker Compose file), package.json (an npm package.json)',
    );
    expect(first.stdout).toContain(': 3 files, 2 boards, 2 panels, 3 queries, 1 alert');
    expect(lint(['.']).stdout).toBe(first.stdout);
  });

  it('that cannot be understood are 2, and what is known of the others is still told', () => {
    write('a.json', board(misspelt));
    write('broken.json', '{ "panels": [ }');
    write('package.json', { name: 'x', dependencies: {} });
    const { status, stdout } = lint(['a.json', 'broken.json', 'package.json', 'gone.json']);
    expect(status).toBe(2);
    expect(stdout).toContain('`node_network_recieve_bytes_total`');
    expect(stdout).toMatch(/broken\.json:1:15/);
    expect(stdout).toContain('this is an npm package.json, which is nothing to lint');
    expect(stdout).toContain('there is no gone.json');
    expect(stdout).toContain('3 not understood: 3 files');
  });

  it('of which none is a dashboard or has rules are 2', () => {
    write('only/package.json', { name: 'x', dependencies: {} });
    const { status, stdout } = lint(['only']);
    expect(status).toBe(2);
    expect(stdout).toContain(
      'nothing to lint in only: 1 file that is neither dashboard nor rule: only/package.json (an npm package.json)',
    );
  });

  it('come by standard input; SARIF is one JSON document with relative addresses', () => {
    const { status, stdout, stderr } = lint(['-', '--format', 'sarif'], { input: JSON.stringify(board(misspelt)) });
    expect([status, stderr]).toEqual([1, '']);
    const { version, runs } = JSON.parse(stdout) as {
      version: string;
      runs: {
        results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[];
      }[];
    };
    expect(version).toBe('2.1.0');
    const [result] = runs[0]?.results ?? [];
    expect(result?.ruleId).toBe('metric-exists');
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).not.toMatch(/^(\/|\w+:)/);
  });

  it('stand behind -- as well; one that is elsewhere has a relative address, and what is not understood is a result', () => {
    write('a.json', board(misspelt));
    write('broken.json', '{"a": ');
    const elsewhere = join(folder, 'a.json');
    const { status, stdout } = lint(['--format', 'sarif', '--', elsewhere, 'broken.json']);
    expect(status).toBe(2);
    const { runs } = JSON.parse(stdout) as {
      runs: {
        results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[];
      }[];
    };
    expect(
      runs[0]?.results.map(({ ruleId, locations }) => [ruleId, locations[0]?.physicalLocation.artifactLocation.uri]),
    ).toEqual([
      ['metric-exists', 'a.json'],
      ['not-understood', 'broken.json'],
    ]);
  });

  it('are looked at by the rules of --only, which says the nearest where there is none', () => {
    write('a.json', board(misspelt));
    const one = lint(['--only', 'query-parses,unit-present', 'a.json']);
    expect([one.status, one.stdout]).toEqual([0, expect.stringContaining('no findings: 1 file')]);
    const none = lint(['a.json', '--only', 'metric-exist']);
    expect([none.status, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toBe('error: there is no rule `metric-exist`\n  try: `metric-exists`\n');
  });

  it('fail from the severity that --fail-on says', () => {
    write('a.json', board('up{job=~"node"}'));
    const args = ['a.json', '--only', 'regexp-equality', '--format', 'json'];
    const usual = lint(args);
    expect((JSON.parse(usual.stdout) as { findings: { severity: string }[] }).findings[0]?.severity).toBe('info');
    expect([usual.status, lint([...args, '--fail-on', 'info']).status]).toEqual([0, 1]);
  });

  it('are held to the catalogs given: beside the recorded ones, or alone', () => {
    write('a.json', board('printer_pages_left{job="printer"}'));
    write('b.json', board('printer_page_left{job="printer"}'));
    write('metrics.prom', '# TYPE printer_pages_left gauge\nprinter_pages_left 5\n');
    const recorded = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/.bin/ts-node'),
        '--swc',
        join(root, 'scripts/cli.ts'),
        'catalog',
        'record',
        '--metrics',
        'metrics.prom',
        '--source',
        'printer',
        '--out',
        'printer.json',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect([recorded.status, recorded.stderr]).toEqual([0, expect.any(String)]);
    const only = ['--only', 'metric-exists,metric-not-covered'];
    const found = lint([...only, '--catalog', 'printer.json', 'a.json', 'b.json']);
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(/^b\.json\n.*error.*`printer_page_left`/);
    expect(found.stdout).not.toContain('a.json\n');
    const alone = lint(['a.json', ...only, '--catalog-only', '--catalog', 'printer.json']);
    expect([alone.status, alone.stdout]).toEqual([0, expect.stringContaining('no findings')]);
    const nothing = lint(['a.json', '--catalog-only']);
    expect([nothing.status, nothing.stderr]).toEqual([2, expect.stringContaining('--catalog FILE --catalog-only')]);
  });
});

describe('exceptions', () => {
  it('of homelab-lint.yaml are counted; those that allow nothing are findings, but not of what was not looked at', () => {
    write('boards/a.json', board(misspelt));
    write(
      'homelab-lint.yaml',
      'allow:\n  - { rule: metric-exists, reason: to come, about: node_network_recieve_* }\n  - { rule: metric-exists, reason: gone, dashboard: Gone }\n',
    );
    const part = lint(['boards/a.json']);
    expect([part.status, part.stdout]).toEqual([
      0,
      expect.stringContaining('no findings, 1 allowed with a reason: 1 file'),
    ]);
    const whole = lint(['.']);
    expect(whole.status).toBe(1);
    expect(whole.stdout).toMatch(
      /^homelab-lint\.yaml\n {2}3:5 {2}warning {2}the exception from `metric-exists` allows nothing/,
    );
  });
});

describe('--fix', () => {
  it('mends the file in place, keeps the rest of its bytes, and has nothing to do again', () => {
    const text = `${JSON.stringify(board('up{job=~"^node.*$"} / up{instance=~"nas"}'), null, '\t')}\n`.replaceAll(
      '\n',
      '\r\n',
    );
    write('a.json', text);
    const only = ['--only', 'redundant-anchors,regexp-equality', '--fail-on', 'info'];
    expect(lint(['a.json', ...only]).status).toBe(1);
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(text);

    const fixed = lint(['a.json', '--fix', ...only]);
    expect([fixed.status, fixed.stdout]).toEqual([0, expect.stringContaining('no findings: 1 file')]);
    expect(fixed.stderr.split('\n')).toEqual([
      'a.json: Network › Bytes received › A: writes job=~"node.*" for job=~"^node.*$"',
      'a.json: Network › Bytes received › A: writes instance="nas" for instance=~"nas"',
      '',
    ]);
    const after = text.replace('^node.*$', 'node.*').replace('instance=~', 'instance=');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(after);
    expect(lint(['a.json', '--fix', ...only]).stderr).toBe('');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(after);
  });

  it('is refused where there is no file to mend', () => {
    expect([lint(['--fix']).status, lint(['-', '--fix'], { input: '{}' }).status]).toEqual([2, 2]);
  });
});

describe('what a homelab file renders', () => {
  it('is linted without a path, with what joins in; the example stands in with a note', () => {
    write('homelab.yaml', 'hosts: [{ name: nas, address: 192.168.1.10 }]\ninclude: [own/*.json]\n');
    write('own/a.json', board(misspelt));
    const own = lint(['--only', 'metric-exists', '--homelab', 'homelab.yaml']);
    expect([own.status, own.stderr]).toEqual([1, '']);
    expect(own.stdout).toMatch(/^own\/a\.json\n {2}(\d+):\d+ {2}error/);
    const [, line = 0] = /^ {2}(\d+):/m.exec(own.stdout) ?? [];
    expect(readFileSync(join(folder, 'own/a.json'), 'utf8').split('\n')[Number(line) - 1]).toContain('"expr"');

    const example = lint(['--only', 'query-parses'], { cwd: root });
    expect([example.status, example.stdout]).toEqual([0, expect.stringContaining('no findings')]);
    expect(example.stderr).toBe(
      'no homelab file found: linting the example examples/homelabs/typical.ts\n  try: npm run init\n',
    );
  });
});

describe('what rules there are', () => {
  it('is listed by --rules, and told by --explain', () => {
    const all = lint(['--rules']);
    expect([all.status, all.stderr]).toEqual([0, '']);
    expect(all.stdout).toMatch(/^metric-exists +error +catalog +/m);
    const one = lint(['--explain', 'metric-exists']);
    expect(one.status).toBe(0);
    expect(one.stdout).toMatch(/^metric-exists \(error, on each query\): /);
    expect(one.stdout).toContain('\nreported: ');
  });
});
