import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** Runs the program as `npm run -s` does. */
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/.bin/ts-node'), '--swc', join(root, 'scripts/cli.ts'), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  );
  return { status, stdout, stderr };
};

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]),
  );

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('render', () => {
  it('writes the same bytes in every time zone and language, and prints one JSON document', () => {
    const here = run(['render', '--homelab', 'examples/homelabs/everything.ts', '--out', join(folder, 'a'), '--json']);
    const there = run(
      ['render', '--homelab', 'examples/homelabs/everything.ts', '--out', join(folder, 'b'), '--json'],
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    );
    expect([here.status, here.stderr]).toEqual([0, '']);
    expect(filesIn(join(folder, 'b'))).toEqual(filesIn(join(folder, 'a')));
    const summary = JSON.parse(here.stdout) as {
      artifacts: { path: string; bytes: number }[];
      counts: { dashboards: number };
    };
    expect(there.stdout).toBe(here.stdout);
    expect(summary.counts.dashboards).toBeGreaterThan(0);
    for (const { path, bytes } of summary.artifacts)
      expect(Buffer.byteLength(filesIn(join(folder, 'a'))[`/${path}`] ?? '')).toBe(bytes);
  });

  it('says with --check what would change, with exit code 1, and writes nothing', () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const before = run([...args, '--check']);
    expect([before.status, readdirSync(folder)]).toEqual([1, []]);
    expect(before.stdout).toContain('prometheus/prometheus.yml');
    run(args);
    writeFileSync(join(folder, 'prometheus/prometheus.yml'), 'by hand');
    expect(run([...args, '--check']).status).toBe(1);
    expect(readFileSync(join(folder, 'prometheus/prometheus.yml'), 'utf8')).toBe('by hand');
  });

  it('says in words what changes at this home, once there is something to compare with', () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const first = run(args);
    expect(first.stdout).toContain('first render: everything is new\n  new ');
    const rules = join(folder, 'grafana/provisioning/alerting/hl-rules.yaml');
    const edited = readFileSync(rules, 'utf8').replace('for: "3m"', 'for: "2m"');
    writeFileSync(rules, edited);

    const words = 'what changes at this home:\n  alert   HostDown: for 2m to 3m\nfiles:\n  changed  grafana/';
    expect(run([...args, '--check']).stdout).toContain(words);
    const json = JSON.parse(run([...args, '--check', '--json']).stdout) as { changes: unknown };
    expect(json.changes).toEqual([
      {
        kind: 'alert',
        name: 'HostDown',
        severity: 'critical',
        what: 'changed',
        fields: [{ field: 'for', was: '2m', is: '3m' }],
      },
    ]);
    expect(readFileSync(rules, 'utf8')).toBe(edited);
    expect(run(args).stdout).toContain(words);
    expect(run(args).stdout).not.toMatch(/what changes|first render/);

    writeFileSync(rules, edited);
    writeFileSync(join(folder, '.homelab-dashboards.json'), '{');
    const lost = run(args);
    expect([lost.status, lost.stderr]).toEqual([0, '']);
    expect(lost.stdout).toContain('.homelab-dashboards.json cannot be compared: ');
  });

  it('is short for a person, and whole as JSON', () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const { stdout } = run(args);
    expect(stdout).toMatch(/\n {2}new {6}runbooks\/: \d+ pages\n/);
    expect(stdout).toMatch(/\n {2}\d+ panels of Home \/ Overview: nothing in the homelab file gives blackbox_exporter/);
    expect(stdout).toMatch(/\nnext: .*NEXT-STEPS\.md says what is left to do\n$/);
    const { artifacts, omissions } = JSON.parse(run([...args, '--json']).stdout) as {
      artifacts: { path: string }[];
      omissions: { what: string; where: string }[];
    };
    expect(artifacts.filter(({ path }) => path.startsWith('runbooks/')).length).toBeGreaterThan(2);
    expect(omissions).toContainEqual(
      expect.objectContaining({ what: 'panel', where: 'Home / Overview › Right now › Services down' }),
    );
    expect(run(args).stdout).not.toMatch(/runbooks|next:/);
  });

  it('answers a broken homelab file with every mistake, its place and what is allowed, and writes nothing', () => {
    const file = join(folder, 'homelab.yaml');
    writeFileSync(
      file,
      'hosts:\n  - name: nas\n    exporters: [{ exporter: node_exportr }]\nprobes:\n  lan: 192.168.1.5/24\nalerting:\n  routes: [{ to: nobody }]\n',
    );
    const { status, stdout, stderr } = run(['render', '--homelab', file, '--out', join(folder, 'out')]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/homelab\.yaml:3:\d+ hosts\[0\]\.exporters\[0\]\.exporter/);
    expect(stderr).toContain('node_exporter');
    expect(stderr).toContain('192.168.1.5/24');
    expect(stderr).toContain('nobody');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('answers a word that it does not know with the one that was meant', () => {
    const { status, stdout, stderr } = run([
      'render',
      '--homelab',
      'examples/homelabs/minimal.ts',
      '--out',
      folder,
      '--only',
      'host-us',
    ]);
    expect([status, stdout, readdirSync(folder)]).toEqual([2, '', []]);
    expect(stderr).toContain('--only host-use');
  });
});
