import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { above, below, is } from '../alerts/condition';
import type { PanelOf } from '../alerts/rule';
import { buildSample, sampleHomelab } from '../alerts/testing/sample';
import type { AlertingSettings, Homelab } from '../homelab/homelab';
import { renderGrafanaAlerting } from './grafana-alerting';

const panelOf: PanelOf = () => ({ dashboardUid: 'hl-host-use', panelId: 42 });
const receivers = {
  mail: { kind: 'email', to: ['me@example.org', 'you@example.org'] },
  phone: { kind: 'telegram', token: { env: 'BOT' }, chat: '-100' },
} as const;
const owned: Partial<Homelab> = {
  grafana: { mode: 'owned' },
  dataSources: { prometheus: { kind: 'prometheus', uid: 'prom', url: 'http://prometheus:9090' } },
};

const filesOf = (
  alerting: AlertingSettings,
  rest: Partial<Homelab> = {},
  differs: Parameters<typeof buildSample>[1] = {},
  place = panelOf,
) => {
  const homelab = sampleHomelab(alerting, rest);
  const artifacts = renderGrafanaAlerting(homelab, buildSample(homelab, differs), place);
  return Object.fromEntries(
    artifacts.map(({ path, text }) => [path.split('/').at(-1)?.replace('hl-', ''), parse(text)]),
  );
};
const ruleOf = (...parameters: Parameters<typeof filesOf>) => filesOf(...parameters)['rules.yaml'].groups[0].rules[0];

describe('a Grafana rule', () => {
  it('asks without the comparison, and compares in a node of its own', () => {
    const rule = ruleOf({ receivers });
    expect(rule).toMatchObject({
      uid: 'hl-host-cpu-high',
      title: 'HostCpuHigh',
      condition: 'C',
      for: '30m',
      noDataState: 'OK',
      execErrState: 'Error',
    });
    expect(rule.data[0]).toMatchObject({
      refId: 'A',
      datasourceUid: 'prometheus',
      relativeTimeRange: { from: 600, to: 0 },
      model: { instant: true, range: false },
    });
    expect(rule.data[0].model.expr).toMatch(/^1 - avg by \(host\)/);
    expect(rule.data[0].model.expr).not.toContain('>');
    expect(rule.data[1].model).toMatchObject({
      type: 'threshold',
      expression: 'A',
      conditions: [{ evaluator: { type: 'gte', params: [0.9] } }],
    });
  });

  it.each([
    [above(0.95), { type: 'gt', params: [0.95] }],
    [below(0.8), { type: 'lt', params: [0.8] }],
    [is(1), { type: 'eq', params: [1] }],
  ])('compares as %o', (when, evaluator) => {
    expect(ruleOf({ receivers }, {}, { when }).data[1].model.conditions).toEqual([{ evaluator }]);
  });

  it('keeps guards in the query', () => {
    const rule = ruleOf({ receivers }, {}, ({ host }) => ({
      and: [{ signal: host.memoryPressure, when: above(0.1) }],
    }));
    expect(rule.data[0].model.expr).toMatch(/^1 - .* and max by \(host\) .* > 0\.1$/);
  });

  it('keeps `$` for Grafana in its texts, and links its panel with both keys or none', () => {
    expect(ruleOf({ receivers }).annotations).toEqual({
      summary: 'The processor of {{ $labels.host }} is busy',
      description:
        '{{ $labels.host }} is {{ with $values.A }}{{ .Value | humanizePercentage }}{{ else }}[no value]{{ end }} busy, 90% or more for 30m.',
      __dashboardUid__: 'hl-host-use',
      __panelId__: '42',
    });
    const boardOnly = ruleOf({ receivers }, { urls: { grafana: 'https://grafana.example.org/' } }, {}, () => ({
      dashboardUid: 'hl-host-use',
    }));
    expect(boardOnly.annotations.dashboard_url).toBe(
      'https://grafana.example.org/d/hl-host-use?var-host={{ $labels.host | urlquery }}',
    );
    expect(boardOnly.annotations).not.toHaveProperty('__dashboardUid__');
    expect(ruleOf({ receivers }, {}, {}, () => undefined).annotations).not.toHaveProperty('__panelId__');
  });

  it('shows temperatures as the homelab prefers, threshold included', () => {
    const rule = ruleOf({ receivers }, { display: { temperature: 'fahrenheit' } }, ({ host }) => ({
      signal: host.hottest,
      when: above(80),
    }));
    expect(rule.data[0].model.expr).toContain('* 1.8 + 32');
    expect(rule.data[1].model.conditions[0].evaluator.params).toEqual([176]);
  });
});

describe('who is told, in a Grafana with a life of its own', () => {
  it('stands in each rule, and no policy is written', () => {
    const files = filesOf({ receivers, routes: [{ category: 'performance', to: 'phone' }] }, { project: 'hl' });
    expect(Object.keys(files)).toEqual(['rules.yaml', 'contact-points.yaml']);
    expect(files['rules.yaml'].groups[0].rules[0].notification_settings).toEqual({
      receiver: 'hl-phone',
      group_wait: '5m',
      group_interval: '1h',
      repeat_interval: '1d',
    });
  });

  it('is nobody for information: its messages are muted at all times', () => {
    const files = filesOf({ receivers }, {}, { severity: 'info' });
    expect(files['rules.yaml'].groups[0].rules[0].notification_settings).toEqual({
      receiver: 'hl-mail',
      mute_time_intervals: ['hl-no-message'],
    });
    expect(files['contact-points.yaml'].muteTimes).toEqual([
      { orgId: 1, name: 'hl-no-message', time_intervals: [{ weekdays: ['sunday:saturday'] }] },
    ]);
  });

  it('is what its own policies say when the homelab names nobody', () => {
    const files = filesOf({});
    expect(Object.keys(files)).toEqual(['rules.yaml']);
    expect(files['rules.yaml'].groups[0].rules[0]).not.toHaveProperty('notification_settings');
  });

  it('has contact points whose secrets stay in the environment', () => {
    expect(filesOf({ receivers })['contact-points.yaml'].contactPoints).toEqual([
      {
        orgId: 1,
        name: 'hl-mail',
        receivers: [
          {
            uid: 'hl-mail',
            type: 'email',
            settings: { addresses: 'me@example.org;you@example.org', singleEmail: false },
          },
        ],
      },
      {
        orgId: 1,
        name: 'hl-phone',
        receivers: [{ uid: 'hl-phone', type: 'telegram', settings: { bottoken: '${BOT}', chatid: '-100' } }],
      },
    ]);
  });
});

describe('who is told, in a Grafana of ours', () => {
  it('stands in the policies, and in no rule', () => {
    const files = filesOf(
      { receivers, routes: [{ severity: 'critical', category: ['data-loss', 'power'], to: 'phone' }] },
      owned,
    );
    expect(Object.keys(files)).toEqual(['rules.yaml', 'contact-points.yaml', 'policies.yaml']);
    expect(files['rules.yaml'].groups[0].rules[0]).not.toHaveProperty('notification_settings');
    const [tree] = files['policies.yaml'].policies;
    expect(tree).toMatchObject({ receiver: 'hl-mail', group_by: ['grafana_folder', 'alertname'] });
    expect(tree.routes).toMatchObject([
      {
        receiver: 'hl-phone',
        object_matchers: [
          ['severity', '=', 'critical'],
          ['category', '=~', 'data-loss|power'],
        ],
      },
      {
        receiver: 'hl-mail',
        object_matchers: [['severity', '=', 'warning']],
        group_by: ['grafana_folder', 'severity'],
      },
      { receiver: 'hl-mail', object_matchers: [['severity', '=', 'info']], mute_time_intervals: ['hl-no-message'] },
    ]);
  });

  it('hears of a heartbeat that a route names, first of all', () => {
    const beat = { heartbeat: true, severity: 'info', category: 'monitoring' } as const;
    const alerting: AlertingSettings = {
      receivers,
      routes: [{ severity: 'info', category: 'monitoring', to: 'phone' }],
    };
    expect(filesOf(alerting, owned, beat)['policies.yaml'].policies[0].routes[0]).toEqual({
      receiver: 'hl-phone',
      object_matchers: [['alertname', '=', 'HostCpuHigh']],
      group_wait: '10s',
      group_interval: '1m',
      repeat_interval: '5m',
    });
  });
});

describe('rules that are gone', () => {
  it('are deleted by name, whether they were retired or this homelab cannot have them', () => {
    const homelab = sampleHomelab(
      { receivers },
      { hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', collectors: { pressure: false } }] }] },
    );
    const built = buildSample(homelab, {}, ({ host }) => ({
      name: 'HostCpuPressure',
      signal: host.cpuPressure,
      when: above(0.4),
    }));
    const [rules] = renderGrafanaAlerting(homelab, built, panelOf, [
      { name: 'HostOnFire', since: '0.2.0', because: 'HostTemperatureHigh says it earlier' },
      { name: 'HostCpuHigh', since: '0.2.0', because: 'came back' },
    ]);
    expect(parse(rules!.text).deleteRules).toEqual([
      { orgId: 1, uid: 'hl-host-cpu-pressure' },
      { orgId: 1, uid: 'hl-host-on-fire' },
    ]);
  });

  it('need no entry where there are none', () => {
    expect(filesOf({ receivers })['rules.yaml']).not.toHaveProperty('deleteRules');
  });
});

describe('another engine', () => {
  it('gets no Grafana file', () => {
    expect(filesOf({ engine: 'prometheus', receivers })).toEqual({});
  });
});
