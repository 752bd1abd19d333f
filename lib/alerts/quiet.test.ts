import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { withPrograms } from '../proof/testing/with-programs';
import { is } from './condition';
import { buildAlerts } from './define';
import { runPromtool } from './promtool';
import { conditionQuery } from './rule';
import { sampleGroup } from './testing/sample';

const homelab: Homelab = {
  hosts: [{ name: 'box' }, { name: 'vm', dependsOn: 'box' }, { name: 'pi' }],
  probes: {
    router: '192.168.1.1',
    internet: [{ name: 'Quad9', address: '9.9.9.9' }],
    services: [
      { name: 'films', url: 'http://192.168.1.5:80/', host: 'vm' },
      { name: 'site', url: 'https://example.org/', dependsOn: 'internet' },
      { name: 'gallery', url: 'http://192.168.1.6:80/', host: 'pi', dependsOn: 'films' },
    ],
  },
};

const group = sampleGroup(
  ({ host }) => ({ name: 'HostDown', absenceOf: 'host', signal: host.up, when: is(0), description: 'Gone.' }),
  ({ probe }) => ({
    name: 'ServiceDown',
    absenceOf: 'service',
    signal: probe.up,
    when: is(0),
    summary: '{service} is gone',
    description: 'Gone.',
  }),
  ({ probe }) => ({
    name: 'InternetDown',
    firstSteps: ['Restart the modem.'],
    absenceOf: 'internet',
    signal: probe.internetUp,
    when: is(0),
    summary: 'No internet',
    description: 'Gone.',
  }),
);

const queries = Object.fromEntries(
  buildAlerts([group], resolveHomelab(homelab)).groups.flatMap(({ alerts }) =>
    alerts.map((alert) => [alert.name, conditionQuery(alert)]),
  ),
);

const states = ['box', 'vm', 'pi', 'router', 'Quad9', 'films', 'site', 'gallery'] as const;
type Name = (typeof states)[number];
const onHost: Partial<Record<Name, string>> = { films: 'vm', gallery: 'pi' };

/** Everything that is asked, up but for what is named. */
const world = (down: readonly Name[]): readonly object[] =>
  states.map((name) => {
    const groupOf = name === 'router' ? 'router' : name === 'Quad9' ? 'internet' : 'service';
    const isHost = name === 'box' || name === 'vm' || name === 'pi';
    const host = onHost[name] ? `,host="${onHost[name]}"` : '';
    return {
      series: isHost
        ? `up{job="node",host="${name}",instance="${name}"}`
        : `probe_success{job="blackbox",service="${name}",group="${groupOf}"${host}}`,
      values: `${down.includes(name) ? 0 : 1}x5`,
    };
  });

/** Which hosts, and services are told of when these are down; the internet is one. */
const cases: readonly (readonly [down: readonly Name[], told: Readonly<Record<string, readonly string[]>>])[] = [
  [[], {}],
  [['films'], { ServiceDown: ['films'] }],
  [['vm', 'films'], { HostDown: ['vm'] }],
  [['box', 'vm', 'films'], { HostDown: ['box'] }],
  // It runs elsewhere, and needs what is on the machine that is down.
  [['vm', 'films', 'gallery'], { HostDown: ['vm'] }],
  [['films', 'gallery'], { ServiceDown: ['films'] }],
  [['gallery'], { ServiceDown: ['gallery'] }],
  [['pi', 'site'], { HostDown: ['pi'], ServiceDown: ['site'] }],
  [['Quad9', 'site'], { ServiceDown: ['Quad9'], InternetDown: [''] }],
  [['router', 'Quad9', 'site'], { ServiceDown: ['router', 'Quad9'] }],
];

describe('what depends on something that is down', () => {
  withPrograms(['promtool'], 'is not told of beside it, near or far', () => {
    const tests = cases.map(([down, told]) => ({
      name: `down: ${down.join(', ') || 'nothing'}`,
      interval: '1m',
      input_series: world(down),
      promql_expr_test: Object.entries(queries).map(([name, query]) => ({
        expr:
          name === 'HostDown'
            ? `sum by (host) (${query})`
            : name === 'ServiceDown'
              ? `sum by (service) (${query})`
              : query,
        eval_time: '4m',
        exp_samples: (told[name] ?? []).map((thing) => ({
          labels: name === 'HostDown' ? `{host="${thing}"}` : name === 'ServiceDown' ? `{service="${thing}"}` : '{}',
          value: 0,
        })),
      })),
    }));
    const test = stringify({ rule_files: [], evaluation_interval: '1m', tests });
    expect(runPromtool([{ alert: 'quiet', rules: stringify({ groups: [] }), test }])).toBe('');
  });

  it('is asked for by one comparison where it runs on it', () => {
    expect(queries['ServiceDown']?.match(/unless on \(host\)/g)?.length).toBeGreaterThan(0);
    expect(queries['InternetDown']).toContain('group="router"');
  });

  it('is silent and not blind where nothing is left', () => {
    const blind = sampleGroup(({ probe }) => ({
      name: 'InternetDown',
      firstSteps: ['Restart the modem.'],
      absenceOf: 'internet',
      signal: probe.internetUp,
      when: is(0),
      summary: 'No internet',
      description: 'Gone.',
      noData: 'noData',
    }));
    const noData = (home: Homelab) => buildAlerts([blind], resolveHomelab(home)).groups[0]?.alerts[0]?.noData;
    expect(noData(homelab)).toBe('ok');
    expect(noData({ ...homelab, probes: { internet: [{ name: 'Quad9', address: '9.9.9.9' }] } })).toBe('noData');
  });

  it('is nothing of this kind for other alerts', () => {
    const [built] = buildAlerts([sampleGroup({})], resolveHomelab(homelab)).groups;
    expect(conditionQuery(built!.alerts[0]!)).not.toContain('unless');
  });
});
