import { describe, expect, it } from 'vitest';
import { buildAlerts } from '../lib/alerts/define';
import { conditionQuery } from '../lib/alerts/rule';
import { defineHomelab } from '../lib/homelab/define';
import type { Probes } from '../lib/homelab/homelab';
import { resolveHomelab } from '../lib/homelab/resolve';
import { alerts } from './index';

const built = (probes: Probes) => {
  const hosts = [{ name: 'nas' }];
  const { groups, omissions } = buildAlerts(alerts, resolveHomelab(defineHomelab({ hosts, probes })), {
    everyPack: true,
  });
  return {
    omissions,
    alert: (name: string) => groups.flatMap((group) => group.alerts).find((one) => one.name === name),
  };
};
const internet = [{ name: 'Quad9', address: '9.9.9.9' }];

describe('alerts on what is asked', () => {
  it('ask the router before they call the line down, where it is asked', () => {
    expect(conditionQuery(built({ router: '192.168.1.1', internet }).alert('InternetDown')!)).toContain(
      'group="router"',
    );
    expect(conditionQuery(built({ internet }).alert('InternetDown')!)).not.toContain('router');
  });

  it('are left out, with the key that is missing, where nothing of the kind is asked', () => {
    const { alert, omissions } = built({ internet });
    expect(alert('RouterUnreachable')).toBeUndefined();
    expect(omissions).toContainEqual({
      what: 'alert',
      where: 'RouterUnreachable',
      why: '`probes.router` names nothing to ask',
    });
    expect(omissions.map(({ where }) => where)).toEqual(expect.arrayContaining(['ServiceDown', 'DnsProbeFailed']));
  });

  it('notice each thing that Prometheus does not ask, but not each address of the LAN', () => {
    const query = conditionQuery(built({ router: '192.168.1.1', internet }).alert('ProbeTargetAbsent')!);
    expect([...query.matchAll(/absent\([^)]*service="(\w+)"/g)].map(([, name]) => name)).toEqual(['router', 'Quad9']);
    expect(built({ lan: '192.168.1.0/24' }).alert('ProbeTargetAbsent')).toBeUndefined();
  });
});
