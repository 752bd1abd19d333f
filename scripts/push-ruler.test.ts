import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGrafanaStandIn, type GrafanaStandIn } from '../lib/push/testing/grafana';
import { startRulerStandIn, type RulerStandIn } from '../lib/ruler/testing/ruler-stand-in';
import { rulerHome, type RulerHome } from './testing/ruler-home';

let standIn: RulerStandIn;
beforeAll(async () => {
  standIn = await startRulerStandIn();
});
afterAll(() => standIn.stop());

describe('a push to a ruler', () => {
  let grafana: GrafanaStandIn;
  let home: RulerHome;
  beforeAll(async () => {
    grafana = await startGrafanaStandIn();
  });
  afterAll(() => grafana.stop());
  beforeEach(() => {
    grafana.reset();
    standIn.reset();
    home = rulerHome(grafana, { url: standIn.url, tenant: null, namespace: 'hl' });
  });
  afterEach(() => home.remove());

  it('asks for no rights to alerts of the Grafana beside it, but for those to keep the state', async () => {
    const refused = await home.push(['--yes'], grafana.tokens.Viewer);
    expect(refused).toMatchObject({ status: 3, stderr: expect.stringContaining('dashboards:write') });
    expect(refused.stderr).not.toContain('alert');
    expect([standIn.writes(), grafana.writes()]).toEqual([0, 0]);
    expect((await home.push(['--plan'], grafana.tokens.Viewer)).status).toBe(1);
    expect((await home.push(['--yes'], grafana.tokens.Editor)).status).toBe(0);
  });

  it('looks before it repeats a write that nobody answered', async () => {
    let broken = 0;
    standIn.settings.fault = ({ method }) => (method === 'POST' && broken++ === 0 ? 'reset' : undefined);
    expect((await home.push(['--yes'])).status).toBe(0);
    expect(standIn.groups.size).toBe(standIn.writes() - 1);
    expect(await home.push(['--plan'])).toMatchObject({ status: 0 });
  });

  it('that has none of our groups any more is perhaps another one', async () => {
    const told = /none of the \d rule groups that the last push left is in the ruler/;
    expect((await home.push(['--yes'])).stderr).not.toMatch(told);
    const kept = [...standIn.groups];
    standIn.groups.clear();
    expect(await home.push(['--yes'])).toMatchObject({ status: 2, stderr: expect.stringMatching(told) });
    standIn.groups.set(...(kept[0] as (typeof kept)[number]));
    expect((await home.push(['--yes'])).stderr).not.toMatch(told);
  });

  it('that ended in the middle is found again by the next one', async () => {
    standIn.settings.mostGroups = 1;
    const half = await home.push(['--yes']);
    expect(half.status).toBe(4);
    expect(half.stdout).toContain('limit: 1 actual: 2');
    expect(half.stderr).toMatch(/try, for \w+: raise ruler_max_rule_groups_per_tenant/);
    expect(standIn.groups.size).toBe(1);
    standIn.settings.mostGroups = 70;
    expect((await home.push(['--yes'])).status).toBe(0);
    expect(await home.push(['--plan'])).toMatchObject({ status: 0 });
  });
});
