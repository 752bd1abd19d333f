import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** A folder of somebody who has nothing of ours but the package: a source, a board and an alert of their own. */
const home = {
  'package.json': JSON.stringify({ name: 'home', private: true }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      module: 'NodeNext',
      target: 'ES2022',
      resolveJsonModule: true,
      noEmit: true,
      types: [],
    },
  }),
  'catalogs/backup_script.json': JSON.stringify({
    source: 'backup_script',
    version: '1.0.0',
    port: 9555,
    path: '/metrics',
    provenance: [],
    evidence: 'live',
    prefixes: ['backup_'],
    metrics: {
      backup_last_success_timestamp_seconds: { type: 'gauge', unit: 'timestamp_seconds', labels: { volume: {} } },
      backup_size_bytes: { type: 'gauge', unit: 'bytes', labels: { volume: {} } },
    },
  }),
  'signals/backup.ts': `
    import { age, defineSignals, defineSource, max } from 'homelab-dashboards/signals';
    import { type Levels } from 'homelab-dashboards';
    import catalog from '../catalogs/backup_script.json';

    const { metric } = defineSource(catalog, ['host']);
    const twoDays = { bad: 'high', warn: 90_000, critical: 180_000, why: 'one night may fail, two may not' } satisfies Levels;

    export const backup = defineSignals('backup', {
      age: {
        title: 'Last backup',
        description: 'Time since each volume was backed up.',
        unit: 'duration',
        expression: age(max(metric('backup_last_success_timestamp_seconds'), 'host', 'volume')),
        levels: twoDays,
      },
      size: {
        title: 'Backup size',
        description: 'Bytes of each backup.',
        unit: 'bytes',
        expression: max(metric('backup_size_bytes'), 'host', 'volume'),
      },
    });
  `,
  'dashboards/backup.ts': `
    import { defineDashboard, section } from 'homelab-dashboards';
    import { stat, timeseries } from 'homelab-dashboards/panels';
    import { backup } from '../signals/backup';

    export default defineDashboard({
      name: 'backup',
      title: 'Home / Backup',
      folder: 'Home',
      question: 'Would I get my files back?',
      tags: ['backup'],
      sections: ({ own, host }) => [
        section('Right now', [stat(own(backup).age), timeseries(own(backup).size), timeseries(host.filesystemUsed)]),
      ],
    });
  `,
  'alerts/backup.ts': `
    import { above, defineAlerts } from 'homelab-dashboards';
    import { backup } from '../signals/backup';

    export default defineAlerts('backup', ({ own }) => [
      {
        name: 'BackupTooOld',
        signal: own(backup).age,
        when: above(180_000),
        for: '1h',
        forReason: 'The nightly run may take an hour longer.',
        severity: 'critical',
        category: 'data-loss',
        summary: 'No backup of {volume} on {host}',
        description: 'The last backup of {volume} on {host} is {value} old, more than {threshold}.',
        impact: 'What was written since is lost when the disk is.',
        firstSteps: ['Run the backup script on {host} by hand and read what it says.'],
        panel: { dashboard: 'backup', signal: own(backup).age },
        noData: 'alerting',
        noDataReason: 'A script that tells nothing has not run.',
      },
    ]);
  `,
  'homelab.ts': `
    import { defineHomelab } from 'homelab-dashboards';

    export default defineHomelab({
      hosts: [{ name: 'nas', address: '192.168.1.10' }],
      apps: [{ app: 'backup', host: 'nas', exporters: [{ exporter: 'backup_script' }] }],
    });
  `,
} as const;

describe('the package in an empty folder', () => {
  let folder: string;

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const run = (
    command: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly text: string } => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  };

  const succeeds = (command: string, ...args: readonly string[]): void => {
    const { status, text } = run(command, ...args);
    expect(status, text).toBe(0);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homelab-'));
    execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'pipe' });
    const packed = execFileSync('npm', ['pack', join(root, 'build'), '--json', '--pack-destination', folder], {
      cwd: folder,
      encoding: 'utf8',
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    for (const [path, text] of Object.entries(home)) write(path, text);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`], {
      cwd: folder,
      stdio: 'pipe',
    });
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("renders the user's own board, alert and source", () => {
    succeeds('npx', 'homelab-dashboards', 'render');
    expect(existsSync(join(folder, 'dist/grafana/dashboards/hl-folder-hosts/hl-host-use.json'))).toBe(true);

    const board = read('dist/grafana/dashboards/hl-folder-home/hl-backup.json');
    const query = 'time() - max by (host, volume) (backup_last_success_timestamp_seconds{job="backup-script"})';
    expect(
      JSON.parse(board).panels.flatMap(({ targets = [] }) => targets.map(({ expr }: { expr: string }) => expr)),
    ).toContain(query);
    expect(read('dist/grafana/provisioning/alerting/hl-rules.yaml')).toContain('BackupTooOld');
    expect(read('dist/prometheus/scrape/hl.yml')).toContain('192.168.1.10:9555');
  });

  it('pushes, and says what it needs for that', () => {
    const help = run('npx', 'homelab-dashboards', 'push', '--help');
    expect([help.status, help.text]).toEqual([0, expect.stringContaining('--on-drift')]);
    const plan = run('npx', 'homelab-dashboards', 'push', '--plan');
    expect([plan.status, plan.text]).toEqual([2, expect.stringContaining('names no Grafana to push to')]);
    expect(existsSync(join(folder, 'node_modules/homelab-dashboards/lib/push/make-plan.js'))).toBe(true);
    expect(existsSync(join(folder, 'node_modules/homelab-dashboards/lib/push/testing'))).toBe(false);
  });

  it('lints what is rendered, and a file of anybody', () => {
    const own = run('npx', 'homelab-dashboards', 'lint', '--fail-on', 'error');
    expect(own.status, own.text).toBe(0);
    expect(own.text).not.toMatch(/`Host\w+` has no cases/);
    write('rules.yaml', 'groups: [{ name: a, rules: [{ alert: A, expr: "node_load11 > 1", for: 5m }] }]\n');
    const rules = run('npx', 'homelab-dashboards', 'lint', 'rules.yaml');
    expect(rules.status).toBe(1);
    expect(rules.text).toContain('did you mean `node_load1`');
    expect(run('npx', 'homelab-dashboards', 'lint', '--explain', 'metric-exists').text).toContain('reported: ');
  });

  it('takes snapshots beside the homelab file, and notices what changed', () => {
    succeeds('npx', 'homelab-dashboards', 'snapshot');
    expect(read('snapshots/outlines/backup.md')).toContain('Would I get my files back?');
    expect(read('snapshots/alerts/backup.md')).toContain('- when `backup.age` is above 2d 2h');
    succeeds('npx', 'homelab-dashboards', 'snapshot', '--check');
    write('dashboards/backup.ts', home['dashboards/backup.ts'].replace('my files', 'my photos'));
    const check = run('npx', 'homelab-dashboards', 'snapshot', '--check');
    write('dashboards/backup.ts', home['dashboards/backup.ts']);
    expect(check.status).toBe(1);
    expect(check.text).toContain('snapshots/outlines/backup.md');
    expect(check.text).toContain('npm run snapshot');
  });

  it('knows the names: a misspelt metric, label, signal or panel does not compile', () => {
    succeeds('npx', 'tsc', '-p', '.');
    const mistakes = [
      ['signals/backup.ts', 'backup_size_bytes', 'backup_sise_bytes'],
      ['signals/backup.ts', "'volume'", "'volumes'"],
      ['dashboards/backup.ts', 'host.filesystemUsed', 'host.filesystemsUsed'],
      ['dashboards/backup.ts', 'own(backup).size', 'own(backup).sizes'],
      ['alerts/backup.ts', "'critical'", "'urgent'"],
    ] as const;
    for (const [path, right, wrong] of mistakes) write(path, read(path).replace(right, wrong));
    const { status, text } = run('npx', 'tsc', '-p', '.');
    for (const [path] of mistakes) write(path, home[path]);
    expect(status).toBe(2);
    for (const [, , wrong] of mistakes) expect(text).toContain(wrong.replace(/^.*\.|'/g, ''));
  });

  it('says what is wrong with a board by its file and line', () => {
    const text = home['dashboards/backup.ts'].replace('[stat(', '[stat(own(backup).age), stat(');
    write('dashboards/backup.ts', text);
    const rendered = run('npx', 'homelab-dashboards', 'render');
    write('dashboards/backup.ts', home['dashboards/backup.ts']);
    expect(rendered.status).toBe(2);
    expect(rendered.text).toContain('dashboards/backup.ts:13');
  });
});
