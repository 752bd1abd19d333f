import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('render', () => {
  it('writes what the homelab file includes, names it with --only and --json, and deletes it when it is included no more', async () => {
    const homelab = join(folder, 'homelab.yaml');
    const hosts = 'hosts: [{ name: nas, address: 192.168.1.10 }]\n';
    mkdirSync(join(folder, 'own'));
    writeFileSync(join(folder, 'own/a.json'), '{"title": "A", "panels": [], "version": 4}');
    writeFileSync(join(folder, 'own/b.yaml'), 'groups: [] # none\n');
    writeFileSync(homelab, `${hosts}include: [own/*]\n`);
    const args = ['render', '--homelab', homelab, '--out', join(folder, 'dist')];
    const board = join(folder, 'dist/grafana/dashboards/hl-folder-included/hl-a.json');
    const rules = join(folder, 'dist/prometheus/rules/included-own-b.yaml');

    expect((await runCli(args)).stdout).toContain('alerts for grafana, 1 board and 1 rule file of others: ');
    expect(readFileSync(board, 'utf8')).toBe('{\n  "panels": [],\n  "title": "A",\n  "uid": "hl-a"\n}\n');
    expect(readFileSync(rules, 'utf8')).toBe('groups: [] # none\n');
    const json = JSON.parse(
      (await runCli([...args, '--json', '--only', 'hl-a', join(folder, 'own/b.yaml')])).stdout,
    ) as {
      artifacts: { kind: string; source: string }[];
      counts: { included: object };
    };
    expect(json.artifacts.map(({ kind, source }) => [kind, source])).toEqual([
      ['dashboard', join(folder, 'own/a.json')],
      ['rules', join(folder, 'own/b.yaml')],
    ]);
    expect(json.counts.included).toEqual({ dashboards: 1, ruleFiles: 1 });

    writeFileSync(homelab, `${hosts}include: [own/*.json]\n`);
    expect((await runCli(args)).stdout).toContain('deleted  prometheus/rules/included-own-b.yaml');
    expect([existsSync(board), existsSync(rules)]).toEqual([true, false]);
    writeFileSync(homelab, `${hosts}include: [own/*.yml]\n`);
    const refused = await runCli(args);
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(`homelab.yaml:2:11 include[0]: matches no file, got 'own/*.yml'`);
    expect(existsSync(board)).toBe(true);
  });

  it('says with --check what would change, with exit code 1, and writes nothing', async () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const before = await runCli([...args, '--check']);
    expect([before.status, readdirSync(folder)]).toEqual([1, []]);
    expect(before.stdout).toContain('prometheus/prometheus.yml');
    await runCli(args);
    writeFileSync(join(folder, 'prometheus/prometheus.yml'), 'by hand');
    expect((await runCli([...args, '--check'])).status).toBe(1);
    expect(readFileSync(join(folder, 'prometheus/prometheus.yml'), 'utf8')).toBe('by hand');
  });

  it('says in words what changes at this home, once there is something to compare with', async () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const first = await runCli(args);
    expect(first.stdout).toContain('first render: everything is new\n  new ');
    const rules = join(folder, 'grafana/provisioning/alerting/hl-rules.yaml');
    const edited = readFileSync(rules, 'utf8').replace('for: "3m"', 'for: "2m"');
    writeFileSync(rules, edited);

    const words = 'what changes at this home:\n  alert   HostDown: for 2m to 3m\nfiles:\n  changed  grafana/';
    expect((await runCli([...args, '--check'])).stdout).toContain(words);
    const json = JSON.parse((await runCli([...args, '--check', '--json'])).stdout) as { changes: unknown };
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
    expect((await runCli(args)).stdout).toContain(words);
    expect((await runCli(args)).stdout).not.toMatch(/what changes|first render/);

    writeFileSync(rules, edited);
    writeFileSync(join(folder, '.homelab-dashboards.json'), '{');
    const lost = await runCli(args);
    expect([lost.status, lost.stderr]).toEqual([0, '']);
    expect(lost.stdout).toContain('.homelab-dashboards.json cannot be compared: ');
  });

  it('is short for a person, and whole as JSON', async () => {
    const args = ['render', '--homelab', 'examples/homelabs/minimal.ts', '--out', folder];
    const { stdout } = await runCli(args);
    expect(stdout).toMatch(/\n {2}new {6}runbooks\/: \d+ pages\n/);
    expect(stdout).toMatch(/\n {2}\d+ panels of Home \/ Overview: nothing in the homelab file gives blackbox_exporter/);
    expect(stdout).toMatch(/\nnext: .*NEXT-STEPS\.md says what is left to do\n$/);
    const { artifacts, omissions } = JSON.parse((await runCli([...args, '--json'])).stdout) as {
      artifacts: { path: string }[];
      omissions: { what: string; where: string }[];
    };
    expect(artifacts.filter(({ path }) => path.startsWith('runbooks/')).length).toBeGreaterThan(2);
    expect(omissions).toContainEqual(
      expect.objectContaining({ what: 'panel', where: 'Home / Overview › Right now › Services down' }),
    );
    expect((await runCli(args)).stdout).not.toMatch(/runbooks|next:/);
  });

  it('answers a broken homelab file with every mistake, its place and what is allowed, and writes nothing', async () => {
    const file = join(folder, 'homelab.yaml');
    writeFileSync(
      file,
      'hosts:\n  - name: nas\n    exporters: [{ exporter: node_exportr }]\nprobes:\n  lan: 192.168.1.5/24\nalerting:\n  routes: [{ to: nobody }]\n',
    );
    const { status, stdout, stderr } = await runCli(['render', '--homelab', file, '--out', join(folder, 'out')]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/homelab\.yaml:3:\d+ hosts\[0\]\.exporters\[0\]\.exporter/);
    expect(stderr).toContain('node_exporter');
    expect(stderr).toContain('192.168.1.5/24');
    expect(stderr).toContain('nobody');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('answers a word that it does not know with the one that was meant', async () => {
    const { status, stdout, stderr } = await runCli([
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

describe('snapshot', () => {
  it('of a homelab file that is named stands beside it, boards of others with the rest', async () => {
    const homelab = join(folder, 'homelab.yaml');
    writeFileSync(homelab, 'hosts: [{ name: nas, address: 192.168.1.10 }]\ninclude: [a.json]\n');
    writeFileSync(join(folder, 'a.json'), '{"title": "Printers", "panels": []}');
    expect((await runCli(['snapshot', '--homelab', homelab])).status).toBe(0);
    expect(readFileSync(join(folder, 'snapshots/outlines/included-hl-a.md'), 'utf8')).toContain('\n# Printers\n');
    expect((await runCli(['snapshot', '--homelab', homelab, '--check'])).status).toBe(0);
  });

  it('of the examples takes no homelab file', async () => {
    const { status, stderr } = await runCli(['snapshot', '--examples', '--homelab', 'a.yaml']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--examples are homelabs of their own')]);
  });
});

describe('--help', () => {
  it('lists the commands, and the options of one, and runs none', async () => {
    expect(await runCli(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/ init .* render .* lint .* snapshot .* catalog .*Exit codes: /s),
    });
    const ended = await runCli(['render', '--out', folder, '--help']);
    expect([ended.status, ended.stdout, readdirSync(folder)]).toEqual([0, expect.stringContaining('--check'), []]);
  });

  it('is what a misspelt option of a command is sent to, and of no command that of all', async () => {
    const tried = async (...words: readonly string[]) => (await runCli(words)).stderr.split('\n')[1];
    const { stdout: help } = await runCli(['--help']);
    const commands = [...help.matchAll(/^ {2}homelab-dashboards (\w+)/gm)].map(([, command = '']) => command);
    expect(commands).toContain('render');
    for (const command of commands) expect(await tried(command, '--plann')).toBe(`  try: npm run ${command} -- --help`);
    expect(await tried('psh', '--plan')).toBe('  try: homelab-dashboards --help');
  });
});

describe('a test runs the program', () => {
  it('and leaves the process as it was', async () => {
    const state = () => [process.cwd(), process.stdout.write, process.exitCode, console, fs.readFileSync, process.env];
    const [before, timeZone] = [state(), process.env['TZ']];
    expect((await runCli(['rendr'], { cwd: folder, env: { TZ: 'Asia/Tokyo' } })).status).toBe(2);
    expect([...state(), process.env['TZ']]).toEqual([...before, timeZone]);
  });
});
