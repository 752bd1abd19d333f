import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { told } from '../alerts/incidents';
import { fleetOf } from '../lib/fleet';
import { example, exampleNames } from '../lib/fleet/testing/examples';
import { describeWithPrograms } from '../lib/proof/testing/with-programs';
import { fill, moment, ownRanges, sharedRanges, startFilled } from '../lib/prove/fill';
import { proveHomelab, readsOfSubject } from '../lib/prove/homelab';
import { panelHolds, type ProofReport } from '../lib/prove/report/report';
import { runCli } from './testing/run-cli';
import { proveAtHome } from '../lib/prove/prove-at-home';
import { subjectFor } from './run-prove';

const folder = mkdtempSync(join(tmpdir(), 'prove-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const proven = async (...args: readonly string[]): Promise<ProofReport & { readonly status: number }> => {
  const { status, stdout, stderr } = await runCli(['prove', '--json', ...args]);
  expect(stdout, stderr).toMatch(/^\{/);
  return { ...(JSON.parse(stdout) as ProofReport), status };
};

const subjectOf = (name: string) =>
  subjectFor({ homelab: `examples/homelabs/${name}`, engine: undefined, mode: undefined }, undefined);
const usual = subjectOf('minimal.ts');

/** What is to be mended, for the message of a test that fails. */
const toMend = ({ panels, alerts, incidents }: ProofReport): readonly unknown[] => [
  ...panels
    .filter((panel) => !panelHolds(panel))
    .map(({ board, panel, why, legends, values }) => [board, panel, why, legends, values]),
  ...alerts.filter(({ verdict, heartbeat }) => verdict === 'broken' || (verdict === 'fires' && !heartbeat)),
  ...incidents.filter(({ missing, unexpected }) => missing.length + unexpected.length > 0),
];

describeWithPrograms(['prometheus', 'promtool'], 'npm run prove', () => {
  it('proves every panel, every alert and every incident of a typical homelab', async () => {
    const report = await proven('--homelab', 'examples/homelabs/typical.ts');
    expect(toMend(report)).toEqual([]);
    expect(report.panels.filter(({ verdict, shownBy }) => verdict === 'quiet' && !shownBy)).toEqual([]);
    expect(report.incidents.length).toBeGreaterThan(70);
    expect(report.status).toBe(0);
    expect(report.panels.length).toBeGreaterThan(200);
    expect(report.panels.filter(({ verdict }) => verdict === 'data').length).toBeGreaterThan(200);
    expect(report.alerts.length).toBeGreaterThan(60);
    expect(report.alerts.filter(({ verdict }) => verdict === 'fires').map(({ alert }) => alert)).toEqual([
      'DeadMansSwitch',
    ]);
    const fired = Object.fromEntries(
      report.incidents.map(({ incident, fired }) => [incident, fired.map(({ alert }) => alert)]),
    );
    expect(fired).toMatchObject({
      'host-down': ['HostDown'],
      'internet-down': ['InternetDown'],
      'service-down': ['ServiceDown'],
    });
    expect(fired['disk-filling']).toContain('HostFilesystemFull');
    expect(fired['transcode-storm']).toContain('JellyfinManyTranscodes');
  });

  it('proves a homelab with one incident, or none', async () => {
    const one = await proven('--homelab', 'examples/homelabs/minimal.ts', '--only', 'host-down');
    expect([one.status, one.incidents.map(({ incident }) => incident)]).toEqual([0, ['host-down']]);
    const none = await proven('--homelab', 'examples/homelabs/minimal.ts', '--no-incidents');
    expect([none.status, none.incidents]).toEqual([0, []]);
  });

  it('proves every incident where one address stands for the whole internet, with thresholds of its owner', async () => {
    const report = await proven('--homelab', 'examples/homelabs/variant-tuned.ts');
    expect(toMend(report)).toEqual([]);
    expect([report.status, report.incidents.some(({ incident }) => incident === 'packet-loss')]).toEqual([0, true]);
  });

  // Boards of machines and networks are alike in all: each example proves those that it stands for.
  describe.each(exampleNames.filter((name) => /^(everything|variant-)/.test(name)))('in %s', (name) => {
    it('proves the boards and alerts that the smallest example has not', async () => {
      const proving = subjectOf(name);
      const own = proving.boards.filter(({ uid }) => !usual.boards.some((board) => board.uid === uid));
      const groups = proving.alerts.groups.filter(
        (group) => !usual.alerts.groups.some(({ name }) => name === group.name),
      );
      const subject = own.length === 0 ? proving : { ...proving, boards: own, alerts: { ...proving.alerts, groups } };
      const report = await proveHomelab(subject, { expected: told, incidents: () => false });
      expect(toMend(report)).toEqual([]);
      expect(report.panels.length).toBeGreaterThan(10);
    });
  });

  /** What is told of a home with the boards of one example, on the server of another. */
  const atHome = async (boards: string, home: string): Promise<ProofReport> => {
    const stored = [...ownRanges(() => true), ...sharedRanges(readsOfSubject(subjectOf(home)))];
    await fill(fleetOf(example(home)), stored, join(folder, home));
    const server = await startFilled(folder, home);
    try {
      const subject = subjectFor(
        { homelab: `examples/homelabs/${boards}`, engine: undefined, mode: undefined },
        server.url,
      );
      return await proveAtHome(subject, { url: server.url, environment: {}, at: moment });
    } finally {
      await server.stop();
    }
  };

  it('has nothing to say of a home that is as its file says', async () => {
    const report = await atHome('typical.ts', 'typical.ts');
    expect(toMend(report)).toEqual([]);
    expect(report.panels.length).toBeGreaterThan(200);
    expect(report.alerts.filter(({ verdict }) => verdict === 'lacking')).toEqual([]);
  });

  it('says what would be empty at home, and why: of a typical homelab, where only one machine is scraped', async () => {
    const report = await atHome('typical.ts', 'minimal.ts');
    const panelsOf = (board: string) => report.panels.filter((panel) => panel.board === board);
    const reasons = panelsOf('Jellyfin / Service health').flatMap(({ atHome = [] }) => atHome);
    expect(reasons.map(({ kind }) => kind)).toContain('exporter missing');
    expect(reasons.map(({ what }) => what).join()).toContain('nothing is scraped as job `jellyfin`');
    expect(panelsOf('Hosts / Fleet').some(panelHolds)).toBe(true);
    expect(panelsOf('Jellyfin / Service health').every(panelHolds)).toBe(false);
    expect(report.panels.filter((panel) => panel.verdict === 'error')).toEqual([]);
  });
});

it('says what is missing where Prometheus is not installed', async () => {
  const { status, stderr } = await runCli(['prove', '--homelab', 'examples/homelabs/minimal.ts'], {
    env: { PATH: '/nonexistent' },
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: prove needs prometheus, promtool: sudo apt-get install prometheus$/m);
});

it('refuses an incident that nobody knows', async () => {
  const { status, stderr } = await runCli(['prove', '--only', 'meteor']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/no incident is called `meteor`/);
});
