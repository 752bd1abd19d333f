import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli, type Ended } from './testing/run-cli';

const root = join(__dirname, '..');

/** Runs the program as `npm run -s` does, as a process of its own. */
const runProcess = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended => {
  const program = [join(root, 'node_modules/.bin/ts-node'), '--swc', join(root, 'scripts/cli.ts'), ...args];
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, program, options);
  return { status: Number(status), stdout, stderr };
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
  it('writes the same bytes in every time zone and language, and prints one JSON document', async () => {
    const args = ['render', '--homelab', 'examples/homelabs/everything.ts', '--json', '--out'];
    const here = await runCli([...args, join(folder, 'a')]);
    const there = runProcess([...args, join(folder, 'b')], {
      TZ: 'Pacific/Kiritimati',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
    });
    expect([here.status, here.stderr]).toEqual([0, '']);
    expect([there.status, there.stderr]).toEqual([0, '']);
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
});

describe('as a process', () => {
  it.each(['fleet --list', 'fleet --backfill -', 'lint --rules'])('ends quietly when nobody reads on: %s', (words) => {
    const program = `node_modules/.bin/ts-node --swc scripts/cli.ts ${words} --homelab examples/homelabs/typical.ts`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `"$1" ${program} | head -n 1; echo "ended with $PIPESTATUS"`, 'bash', process.execPath],
      { cwd: root, encoding: 'utf8' },
    );
    expect([stdout.split('\n').slice(1), stderr]).toEqual([['ended with 0', ''], '']);
  });

  const changed = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--check', '--out'];

  it('ends with what the command came to, and writes no colours into a pipe, whatever CI says', async () => {
    const ended = runProcess([...changed, folder], { CI: '1', FORCE_COLOR: '1' });
    expect(ended).toEqual(await runCli([...changed, folder]));
    expect([ended.status, ended.stderr]).toEqual([1, '']);
    expect(ended.stdout).toContain('  new      NEXT-STEPS.md');
  });

  it('ends with 2 and a way to help where it does not know the command', () =>
    expect(runProcess(['rendr'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: Did you mean render?\n  try: homelab-dashboards --help\n',
    }));
});
