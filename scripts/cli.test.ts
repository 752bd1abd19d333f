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
