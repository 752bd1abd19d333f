import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import everything from '../examples/homelabs/everything';
import { buildAlerts } from '../lib/alerts/define';
import type { Engine } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { notifying, renderAlertPacks } from '../lib/render/alert-packs';
import { casesHomelab } from './cases-homelab';
import { alerts } from './index';

const engines: readonly Engine[] = ['grafana', 'prometheus', 'mimir', 'vmalert'];
const built = buildAlerts(alerts, resolveHomelab(casesHomelab), { everyEngine: true, everyPack: true });
const all = built.groups.flatMap((group) => group.alerts);
const essential = (engine: Engine) =>
  buildAlerts(alerts, resolveHomelab(everything, { engine }))
    .groups.flatMap((group) => group.alerts)
    .filter(({ pack }) => pack === 'essential');

describe('packs', () => {
  it.each(engines)('ask nobody with the engine %s to read more than fifteen kinds of messages by default', (engine) => {
    const names = notifying(essential(engine)).map(({ name }) => name);
    expect(names.length).toBeLessThanOrEqual(15);
    expect(names).toContain('HostDown');
  });

  it('tell with each engine of rules that fail, by one alert', () => {
    const failing = ['AlertRuleEvaluationFailing', 'PrometheusRuleFailures'];
    for (const engine of engines) {
      const names = essential(engine).map(({ name }) => name);
      expect(
        names.filter((name) => failing.includes(name)),
        engine,
      ).toHaveLength(1);
    }
  });

  it('hold every alert of ours', () => {
    expect(all.filter(({ pack }) => pack === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('say why what is essential is, and only that', () => {
    const wrong = all.filter(({ pack, packReason }) => (pack === 'essential') !== Boolean(packReason));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('keep the heartbeat in the smallest, so that it is there whatever is chosen', () => {
    expect(all.filter(({ heartbeat }) => heartbeat).map(({ pack }) => pack)).toEqual(['essential']);
  });
});

describe('the list of packs', () => {
  const { text } = renderAlertPacks(built);
  const rows = text.split('\n').filter((line) => line.startsWith('| [') && line.includes('](runbooks/'));

  it('has each alert once, with a link to its runbook', () => {
    expect(rows.map((row) => /^\| \[(\w+)\]\(runbooks\/\1\.md\)/.exec(row)?.[1]).sort()).toEqual(
      all.map(({ name }) => name).sort(),
    );
  });

  it('says why for what is essential', () => {
    expect(rows.find((row) => row.includes('[HostDown]'))).toMatch(
      / \| A machine is gone, and with it everything that runs on it\. \|$/,
    );
    expect(rows.find((row) => row.includes('[HostCpuHigh]'))).toMatch(/is busy without a break \|$/);
  });

  it('counts what one engine has, not what excludes one another', () => {
    expect(text).toContain(
      `| [Essential](#essential) | 10 | 3 | 1 | ${notifying(essential('grafana')).length} alerts |`,
    );
    expect(notifying(all.filter(({ pack }) => pack === 'essential')).length).toBe(
      notifying(essential('grafana')).length + 1,
    );
  });

  it('is the one that is committed', () => {
    const isFresh = readFileSync(`${__dirname}/../docs/alerts.md`, 'utf8') === text;
    expect(isFresh, 'docs/alerts.md is stale: npm run snapshot -- --examples').toBe(true);
  });
});
