import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../dashboards/index';
import type { AlertTuning, Engine, Homelab } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { withPrograms } from '../lib/proof/testing/with-programs';
import { render, type Rendered } from '../lib/render/render';
import { outlineFiles, reviewOf } from '../lib/review/review';
import typical from '../examples/homelabs/typical';
import { alerts } from './index';

const homelabWith = (
  tuning: Readonly<Record<string, AlertTuning>>,
  display: Homelab['display'] = {},
  engine: Engine = 'grafana',
) => resolveHomelab({ ...typical, display, alerting: { ...typical.alerting, engine, pack: 'all', alerts: tuning } });

/** Those that draw what the alerts below watch, and the one that everybody starts from. */
const boards = dashboards.filter(({ name }) => name === 'home' || name.startsWith('host-'));

const renders = new Map<string, Rendered>();

/** The same homelab is rendered once only. */
const rendered = (...parameters: Parameters<typeof homelabWith>): Rendered => {
  const key = JSON.stringify(parameters);
  const known = renders.get(key) ?? render(homelabWith(...parameters), { dashboards: boards, alerts });
  renders.set(key, known);
  return known;
};

const linesOf = (tuning: Readonly<Record<string, AlertTuning>>, display?: Homelab['display']): readonly string[] =>
  // Who is told of what stands there once more.
  outlineFiles(reviewOf(rendered(tuning, display)))
    .filter(({ path }) => path !== 'routes.md')
    .flatMap(({ path, text }) => text.split('\n').map((line) => `${path}: ${line}`));

/** Lines that one change of the homelab file takes away and brings, in order. */
const changes = (tuning: Readonly<Record<string, AlertTuning>>, display?: Homelab['display']) => {
  const [was, is] = [linesOf({}, display), linesOf(tuning, display)];
  const missing = (from: readonly string[], to: readonly string[]): readonly string[] => {
    const left = [...to];
    return from.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return { gone: missing(was, is), added: missing(is, was) };
};

describe('one changed line of the homelab file', () => {
  it('that leaves nothing of an alert is noted', () => {
    const notes = (except: NonNullable<AlertTuning['except']>) =>
      render(
        resolveHomelab({ hosts: [{ name: 'nas' }], alerting: { pack: 'all', alerts: { TargetAbsent: { except } } } }),
        {
          dashboards: [],
          alerts,
        },
      ).notes;
    expect(notes([{ host: 'nas' }])).toEqual([]);
    expect(notes([{ host: 'nas' }, { service: 'prometheus' }])).toEqual([
      'TargetAbsent: `except` leaves out all that it could tell of here, so nobody is told of anything',
    ]);
  });

  it('that switches an alert off takes its block away, and nothing else', () => {
    const { gone, added } = changes({ HostRebooted: { enabled: false } });
    expect(added).toEqual([]);
    expect(gone[0]).toBe('alerts/host.md: ## HostRebooted');
    expect(gone.filter((line) => /## |outlines/.test(line))).toHaveLength(1);
  });

  it('that raises a limit for one mount point brings a block, and takes that mount point out of the other', () => {
    const { gone, added } = changes({
      HostFilesystemAlmostFull: { overrides: [{ match: { mountpoint: '/media' }, threshold: '96%' }] },
    });
    expect([...gone, ...added].filter((line) => !line.startsWith('alerts/host.md'))).toEqual([]);
    expect(gone.every((line) => /node_filesystem_\w+\{/.test(line))).toBe(true);
    expect(added).toContain('alerts/host.md: ## HostFilesystemAlmostFull (mountpoint /media)');
    expect(added).toContain('alerts/host.md: - only for mountpoint /media, as the homelab file says');
    expect(added.join('\n')).toContain('mountpoint!="/media"');
    expect(added.filter((line) => line.includes('## '))).toHaveLength(1);
  });

  it('that raises a limit moves the alert, and the limits of the panels that draw it', () => {
    const { gone, added } = changes({ HostTemperatureHigh: { threshold: '18 °F' } });
    const alert = added.filter((line) => line.startsWith('alerts/'));
    expect(alert).toEqual([
      'alerts/host.md: - when `host.temperatureLeft` is below 10 °C',
      expect.stringMatching(/< 10$/),
    ]);
    const boards = [...gone, ...added].filter((line) => line.startsWith('outlines/'));
    expect(boards.length).toBeGreaterThan(0);
    expect(boards.filter((line) => !/limits|Alerts? start/i.test(line))).toEqual([]);
    expect(added.filter((line) => line.startsWith('outlines/')).join('\n')).toMatch(/critical below 10/);
  });

  it('that says what was so anyway moves nothing', () => {
    const { gone, added } = changes({ HostMemoryHigh: { threshold: '95%' } });
    expect([...gone, ...added].filter((line) => line.startsWith('outlines/'))).toEqual([]);
  });

  it('is shown in the unit that the homelab shows', () => {
    const { added } = changes({ HostTemperatureHigh: { threshold: 10 } }, { temperature: 'fahrenheit' });
    expect(added).toContain('alerts/host.md: - when `host.temperatureLeft` is below 18 °F');
  });

  it('that says who is told changes one line', () => {
    const { gone, added } = changes({ HostCpuHigh: { notify: ['mail'] } });
    expect(gone).toEqual([]);
    expect(added).toEqual(['alerts/host.md: - tells mail, whatever the routes say']);
  });
});

describe('rules of one name', () => {
  withPrograms(['promtool'], 'are told apart by a label, so that promtool takes none for another', () => {
    const files = rendered(
      {
        HostFilesystemAlmostFull: {
          overrides: [
            { match: { mountpoint: '/media' }, threshold: '96%' },
            { match: { host: ['nas', 'pi'] }, for: '6h' },
          ],
        },
      },
      {},
      'prometheus',
    ).artifacts.filter(({ kind }) => kind === 'rules');
    const folder = mkdtempSync(join(tmpdir(), 'tuned-'));
    for (const { name, text } of files) writeFileSync(join(folder, `${name}.yaml`), text);
    const { status, stdout, stderr } = spawnSync(
      'promtool',
      ['check', 'rules', '--lint=all', '--lint-fatal', ...files.map(({ name }) => `${name}.yaml`)],
      { cwd: folder, encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    expect(status === 0 ? '' : stdout + stderr).toBe('');
    expect(
      files
        .map(({ text }) => text)
        .join('')
        .match(/alert: HostFilesystemAlmostFull$/gm),
    ).toHaveLength(3);
  });
});

describe('a rule that is gone', () => {
  it('is deleted from Grafana by the next render, and by the one that changes the engine', () => {
    const before = rendered({});
    const next = (tuning: Readonly<Record<string, AlertTuning>>, engine: Engine) =>
      parse(
        render(
          homelabWith(tuning, {}, engine),
          { dashboards: boards, alerts },
          { rulesBefore: before.rules },
        ).artifacts.find(({ kind }) => kind === 'alert-rules')?.text ?? '',
      );
    expect(next({ HostCpuHigh: { enabled: false } }, 'grafana').deleteRules).toEqual([
      { orgId: 1, uid: 'hl-host-cpu-high' },
    ]);
    expect(next({}, 'grafana')).not.toHaveProperty('deleteRules');
    const left = next({}, 'prometheus');
    expect(left).not.toHaveProperty('groups');
    expect(left.deleteRules).toHaveLength(before.rules.length);
  });
});

describe('a page at home', () => {
  const pageOf = (tuning: Readonly<Record<string, AlertTuning>>, name: string): string =>
    rendered(tuning).artifacts.find(({ path }) => path === `runbooks/${name}.md`)?.text ?? '';

  it('has the limits of the home', () => {
    const page = pageOf(
      {
        HostFilesystemFull: {
          threshold: 0.98,
          except: { mountpoint: '/mnt' },
          overrides: [{ match: { host: 'nas' }, threshold: 0.99 }],
        },
      },
      'HostFilesystemFull',
    );
    expect(page).toContain('*Filesystem used* is at least 98%');
    expect(page).toContain('- Why there: the homelab file says so.');
    expect(page).toContain('- For host nas: `critical`, when *Filesystem used* is at least 99%');
    expect(page).toContain('- Not for mountpoint /mnt.');
    expect(page).toContain("{ HostFilesystemFull: { threshold: '98%' } }");
  });

  it('is there for what is on, and for nothing else', () =>
    expect(pageOf({ HostCpuHigh: { enabled: false } }, 'HostCpuHigh')).toBe(''));
});
