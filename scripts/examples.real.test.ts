import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alerts } from '../alerts/index';
import { dashboards } from '../dashboards/index';
import { catalogsOf } from '../lib/homelab/define';
import { readHomelab } from '../lib/homelab/read';
import { resolveHomelab } from '../lib/homelab/resolve';
import { requireProgram } from '../lib/proof/programs';
import { describeWithPrograms } from '../lib/proof/testing/with-programs';
import { oldestAlertmanager } from '../lib/render/alertmanager-version';
import { render } from '../lib/render/render';
import { writeArtifacts } from '../lib/render/write';
import { exampleNames } from './example-snapshots';
import { includedFor } from './included';
import { examplesFolder } from './snapshots';

/** Every example with all alerts, as Prometheus and Alertmanager get it. */
const examples = exampleNames().map((name) => {
  const file = join(examplesFolder, `${name}${extname(__filename)}`);
  const written = readHomelab(file);
  const homelab = resolveHomelab(
    { ...written, alerting: { ...written.alerting, pack: 'all' } },
    { engine: 'prometheus', catalogs: catalogsOf(written) },
  );
  return {
    name,
    homelab,
    artifacts: render(homelab, { dashboards, alerts, included: includedFor(file, written) }).artifacts,
  };
});

const programs = ['promtool', 'amtool', 'alertmanager', 'blackbox_exporter'] as const;

describeWithPrograms(programs, 'what is rendered for each example', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    for (const { name, artifacts } of examples) writeArtifacts(artifacts, join(folder, name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a program says against files; empty when it accepts them. */
  const said = (name: string, program: (typeof programs)[number], ...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(requireProgram(program), args, {
      cwd: join(folder, name),
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${name}: ${stdout}${stderr}`;
  };

  it('has rules that Prometheus takes without a warning', () => {
    for (const { name } of examples) {
      const rules = readdirSync(join(folder, name, 'prometheus', 'rules')).map((file) => `prometheus/rules/${file}`);
      expect(rules.length).toBeGreaterThan(1);
      expect(said(name, 'promtool', 'check', 'rules', '--lint=all', '--lint-fatal', ...rules)).toBe('');
    }
  });

  it('has a scrape configuration that Prometheus takes', () => {
    for (const { name } of examples)
      expect(said(name, 'promtool', 'check', 'config', '--syntax-only', 'prometheus/prometheus.yml')).toBe('');
  });

  it('has probe modules that blackbox_exporter takes, where something is probed', () => {
    const probing = examples.filter(({ name }) => existsSync(join(folder, name, 'prometheus', 'blackbox.yml')));
    expect(probing.length).toBeGreaterThan(2);
    for (const { name } of probing)
      expect(said(name, 'blackbox_exporter', '--config.file=prometheus/blackbox.yml', '--config.check')).toBe('');
  });

  it('has an Alertmanager configuration that Alertmanager takes, as far as the installed one knows what is in it', () => {
    const [, installed = ''] =
      /version (\d+\.\d+)/.exec(
        execFileSync('sh', ['-c', '"$1" --version 2>&1', 'sh', requireProgram('alertmanager')], { encoding: 'utf8' }),
      ) ?? [];
    const minor = (version: string): number => Number(version.slice(2));
    const known = examples.filter(({ homelab }) => minor(oldestAlertmanager(homelab).version) <= minor(installed));
    const left = examples.filter((example) => !known.includes(example)).map(({ name }) => name);
    if (left.length > 0)
      console.warn(`Alertmanager ${installed} does not know all that ${left.join(', ')} use: left out`);
    expect(known.length).toBeGreaterThan(20);
    for (const { name } of known)
      expect(said(name, 'amtool', 'check-config', 'alertmanager/alertmanager.yml')).toBe('');
  });
});
