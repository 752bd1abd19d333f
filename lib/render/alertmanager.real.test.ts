import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { alerts } from '../../alerts/index';
import { buildAlerts } from '../alerts/define';
import { decide, heartbeatReceiver, nobody, type Told } from '../alerts/routing';
import { readHomelab } from '../homelab/read';
import { resolveHomelab } from '../homelab/resolve';
import { requireProgram } from '../proof/programs';
import { withPrograms } from '../proof/testing/with-programs';
import { renderAlertmanager } from './alertmanager';

const homelab = resolveHomelab(readHomelab(`${__dirname}/../../examples/homelabs/everything.ts`));
const built = buildAlerts(alerts, homelab);
const all = built.groups.flatMap((group) => group.alerts);
const [configuration] = renderAlertmanager(homelab, built);

/** Alerts that differ only in a name that the routes do not have go the same way: one of them is asked about, for each process takes its time. */
const named = (name: string): string => (configuration?.text.includes(name) ? name : '');
const keyOf = (alert: Told): string => [alert.severity, alert.category, named(alert.name), expected(alert)].join(' ');

/** Who we say is told, as Alertmanager names receivers. */
const expected = (alert: Told): string => {
  const { audience, timing } = decide(homelab.alerting, alert);
  if (timing === 'heartbeat') return heartbeatReceiver;
  return audience.join('+') || nobody;
};

const alike = new Map(all.map((alert) => [keyOf(alert), alert]));

describe('the routes of everything', () => {
  it('lead to many receivers, so that the next test means something', () =>
    expect(new Set(all.map(expected)).size).toBeGreaterThan(6));

  withPrograms(
    ['amtool'],
    'lead every alert where the decision says, and no further',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'routes-'));
      try {
        // How a receiver tells somebody is not asked here, and Debian's amtool knows not all the ways.
        const { route, time_intervals, receivers } = parse(configuration?.text ?? '');
        const bare = { route, time_intervals, receivers: receivers.map(({ name }: { name: string }) => ({ name })) };
        writeFileSync(join(folder, 'alertmanager.yml'), stringify(bare));
        const routed = (labels: Readonly<Record<string, string>>): string => {
          const words = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
          const { stdout, stderr } = spawnSync(
            requireProgram('amtool'),
            ['config', 'routes', 'test', '--config.file=alertmanager.yml', ...words],
            { cwd: folder, encoding: 'utf8' },
          );
          return stdout.trim() || stderr;
        };
        const asked = [...alike.values()].flatMap((alert) => {
          const { name: alertname, severity, category } = alert;
          const labels = { alertname, severity, category };
          return [labels, { ...labels, host: 'nas' }].map((each) => ({ each, to: expected(alert) }));
        });
        const foreign = [
          { each: { alertname: 'Foreign' }, to: 'mail' },
          { each: { alertname: 'Foreign', severity: 'critical' }, to: 'telegram' },
          { each: { alertname: 'Foreign', severity: 'info', category: 'other' }, to: nobody },
        ];
        const wrong = [...asked, ...foreign].filter(({ each, to }) => routed(each) !== to);
        expect(wrong).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
