import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectsAt, type Json } from '../../lib/grafana-json/json';
import { startGrafanaStandIn, type GrafanaStandIn } from '../../lib/push/testing/grafana';
import { RulerClient } from '../../lib/ruler/ruler-client';
import type { RulerSubject } from '../../lib/ruler/testing/ruler-cases';
import { authenticationFromEnv } from '../../lib/server/authentication';
import { rulerHome, type RulerHome } from './ruler-home';
import type { Ended } from './run-cli';

/** The story of a push to a ruler, in order, as a person at a terminal has it. A stand-in for Grafana keeps the state. */
export const rulerStory = (subject: () => RulerSubject): void => {
  let grafana: GrafanaStandIn;
  let home: RulerHome;

  beforeAll(async () => {
    grafana = await startGrafanaStandIn();
    home = rulerHome(grafana, subject());
    await ruler().put(`${subject().namespace}-theirs`, theirs);
  });
  afterAll(async () => {
    await ruler().remove(`${subject().namespace}-theirs`, theirs.name);
    home.remove();
    await grafana.stop();
  });

  const theirs = { name: 'host', interval: '2m', rules: [{ alert: 'Theirs', expr: 'vector(1)' }] };
  const ruler = (): RulerClient =>
    new RulerClient(subject().url, authenticationFromEnv('RULER', process.env), subject().tenant);
  const groups = async (): Promise<ReadonlyMap<unknown, Json>> =>
    new Map((await ruler().groups(subject().namespace)).map((group) => [group['name'], group]));
  const rulesOf = async (name: string): Promise<readonly Json[]> =>
    objectsAt((await groups()).get(name), 'rules').map(([rule]) => rule);
  const holdOf = async (): Promise<unknown> => (await rulesOf('host'))[0]?.['for'];
  const edit = async (hold: string): Promise<void> => {
    const host = (await groups()).get('host') ?? {};
    const [first, ...rest] = await rulesOf('host');
    await ruler().put(subject().namespace, { ...host, rules: [{ ...first, for: hold }, ...rest] });
  };
  const push = (...args: readonly string[]): Promise<Ended> => home.push(args);
  const write = (alerts?: string, url?: string): void => home.write(alerts, url);
  const newestBackup = (): string => home.newestBackup();

  it('shows what it would make, makes it, and then has nothing to do', async () => {
    const plan = await push('--plan');
    expect(plan).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`+ host ${subject().namespace}/host`),
    });
    expect((await groups()).size).toBe(0);
    expect((await push('--yes')).status).toBe(0);
    expect((await groups()).size).toBeGreaterThan(1);
    const made = await groups();
    const written = grafana.writes();
    expect(await push('--yes')).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing to do') });
    expect(grafana.writes()).toBe(written);
    expect(await groups()).toEqual(made);
    expect((await push('--plan')).status).toBe(0);
  });

  it('says in words what a change does', async () => {
    const before = await holdOf();
    write('{ HostDown: { for: 7m } }');
    expect(await push('--plan')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`alert HostDown: for ${String(before)} to 7m`),
    });
    expect((await push('--yes')).status).toBe(0);
    expect(await holdOf()).toBe('7m');
    expect((await push('--rollback', newestBackup(), '--yes')).status).toBe(0);
    expect(await holdOf()).toBe(before);
    expect((await push('--yes')).status).toBe(0);
    expect(await holdOf()).toBe('7m');
  });

  it('never writes over what a person changed unless told, and gives it back', async () => {
    await edit('17m');
    const plan = await push('--plan');
    expect(plan.stdout).toContain('changed in the ruler since the last push');
    expect(plan.stdout).toContain('alert HostDown: for 7m to 17m');
    expect(await push('--yes')).toMatchObject({ status: 2, stdout: expect.stringContaining('--on-drift overwrite') });
    expect(await push('--adopt')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('as it is in the ruler'),
    });
    const adopted = join(home.folder, 'adopted', 'rule-group', subject().namespace, 'host.yaml');
    expect(readFileSync(adopted, 'utf8')).toContain('for: 17m');
    expect(await push('--yes', '--on-drift', 'keep')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('1 changed in the ruler, '),
    });
    expect(await holdOf()).toBe('17m');
    expect((await push('--yes', '--on-drift', 'overwrite')).status).toBe(0);
    expect(await holdOf()).toBe('7m');
    expect((await push('--rollback', newestBackup(), '--yes')).status).toBe(0);
    expect(await holdOf()).toBe('17m');
    expect((await push('--yes', '--on-drift', 'overwrite')).status).toBe(0);
  });

  it('takes a group that a person removed for a decision', async () => {
    await ruler().remove(subject().namespace, 'host');
    expect(await push('--yes')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('deleted in the ruler since the last push'),
    });
    expect(await holdOf()).toBeUndefined();
    expect((await push('--yes', '--on-drift', 'overwrite')).status).toBe(0);
    expect(await holdOf()).toBe('7m');
  });

  it('applies a saved plan, and never after somebody moved what it writes', async () => {
    const file = join(home.folder, 'plan.json');
    write('{ HostDown: { for: 8m } }');
    expect((await push('--plan', '--out', file)).status).toBe(1);
    await edit('18m');
    expect((await push('--apply', file)).status).toBe(2);
    expect(await holdOf()).toBe('18m');
    await edit('7m');
    expect((await push('--apply', file)).status).toBe(0);
    expect(await holdOf()).toBe('8m');
  });

  it('deletes what is ours and no longer defined, when told', async () => {
    const [gone] = [...(await groups()).keys()].filter((name) => name !== 'host');
    const names = (await rulesOf(String(gone))).map((rule) => String(rule['alert']));
    write(`{ HostDown: { for: 8m }, ${names.map((name) => `${name}: { enabled: false }`).join(', ')} }`);
    expect(await push('--yes')).toMatchObject({ status: 0, stdout: expect.stringContaining('--prune deletes it') });
    expect((await groups()).has(gone)).toBe(true);
    expect((await push('--yes', '--prune', '--max-delete', '0')).status).toBe(2);
    expect((await push('--yes', '--prune')).status).toBe(0);
    expect((await groups()).has(gone)).toBe(false);
    expect((await push('--rollback', newestBackup(), '--yes')).status).toBe(0);
    expect((await rulesOf(String(gone))).map((rule) => rule['alert'])).toEqual(names);
    expect((await push('--yes', '--prune')).status).toBe(0);
  });

  it('finds its own groups again where the state was lost, and asks of those that differ', async () => {
    grafana.reset();
    expect(await push('--yes')).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing to do') });
    grafana.reset();
    await edit('20m');
    expect(await push('--yes')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('nobody can tell whether a person changed it'),
    });
    expect((await push('--yes', '--on-drift', 'overwrite')).status).toBe(0);
    expect(await holdOf()).toBe('8m');
  });

  it('says one sentence and the next step where the address is wrong', async () => {
    write('{}', `${subject().url}/prometheus`);
    expect(await push('--plan')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no such address[^]*without \/prometheus behind it/),
    });
    write('{}', 'http://127.0.0.1:9');
    expect(await push('--plan')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no ruler answers at http://127.0.0.1:9'),
    });
    write('{ HostDown: { for: 8m } }');
  });

  it('goes without a trace, but for what a person changed; others’ groups stay', async () => {
    await edit('19m');
    const left = await push('--uninstall', '--yes');
    expect(left).toMatchObject({ status: 1, stdout: expect.stringContaining('changed in the ruler since') });
    expect([...(await groups()).keys()]).toEqual(['host']);
    expect((await push('--yes', '--on-drift', 'overwrite')).status).toBe(0);
    expect((await push('--uninstall', '--yes')).status).toBe(0);
    expect((await groups()).size).toBe(0);
    expect(Object.keys(grafana.world().dashboards)).toEqual([]);
    expect(await ruler().group(`${subject().namespace}-theirs`, theirs.name)).toMatchObject(theirs);
  });
};
