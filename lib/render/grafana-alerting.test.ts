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
      first_step: 'Run top on {{ $labels.host }}.',
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
      group_by: ['grafana_folder', 'alertname'],
      group_wait: '5m',
      group_interval: '1h',
      repeat_interval: '1d',
    });
  });

  it('has its times of day in each rule', () => {
    const settings = (alerting: AlertingSettings) => filesOf({ receivers, ...alerting }, { timeZone: 'Europe/Berlin' });
    const quiet = settings({ quietHours: { from: '22:30', to: '07:00' } });
    expect(quiet['rules.yaml'].groups[0].rules[0].notification_settings).toMatchObject({
      mute_time_intervals: ['hl-quiet-hours'],
    });
    const digest = settings({ digest: { at: '23:57' } });
    expect(digest['rules.yaml'].groups[0].rules[0].notification_settings).toMatchObject({
      active_time_intervals: ['hl-digest'],
    });
    expect(digest['contact-points.yaml'].muteTimes[1]).toEqual({
      orgId: 1,
      name: 'hl-digest',
      time_intervals: [
        { times: [{ start_time: '23:57', end_time: '24:00' }], location: 'Europe/Berlin' },
        { times: [{ start_time: '00:00', end_time: '00:03' }], location: 'Europe/Berlin' },
      ],
    });
  });

  it('is a contact point of several where the alert names several', () => {
    const files = filesOf({ receivers, alerts: { HostCpuHigh: { notify: ['phone', 'mail'] } } });
    expect(files['rules.yaml'].groups[0].rules[0].notification_settings).toMatchObject({ receiver: 'hl-phone+mail' });
    const points: { name: string; receivers: { uid: string; type: string }[] }[] =
      files['contact-points.yaml'].contactPoints;
    expect(points.find(({ name }) => name === 'hl-phone+mail')?.receivers.map(({ type }) => type)).toEqual([
      'telegram',
      'email',
    ]);
    const uids = points.flatMap((point) => point.receivers.map(({ uid }) => uid));
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('is nobody for information: its messages are muted at all times', () => {
    const files = filesOf({ receivers }, {}, { severity: 'info' });
    expect(files['rules.yaml'].groups[0].rules[0].notification_settings).toEqual({
      receiver: 'hl-mail',
      group_by: ['grafana_folder', 'alertname'],
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
    expect(filesOf({ receivers })['contact-points.yaml'].contactPoints).toMatchObject([
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
    const machine = [{ object_matchers: [['host', '!=', '']], group_by: ['host'] }];
    expect(tree.routes).toMatchObject([
      {
        receiver: 'hl-phone',
        object_matchers: [
          ['severity', '=', 'critical'],
          ['category', '=~', 'data-loss|power'],
        ],
        group_by: ['alertname'],
        routes: machine,
      },
      { receiver: 'hl-mail', object_matchers: [['severity', '=', 'critical']], routes: machine },
      { receiver: 'hl-mail', object_matchers: [['severity', '=', 'warning']], group_by: ['severity'] },
      { receiver: 'hl-mail', object_matchers: [['severity', '=', 'info']], mute_time_intervals: ['hl-no-message'] },
    ]);
  });

  const beat = { heartbeat: true, severity: 'info', category: 'monitoring' } as const;
  const watchdog: AlertingSettings = { heartbeat: { url: { env: 'BEAT' } } };

  it('sends the heartbeat to its watchdog, first of all, and never its end', () => {
    const files = filesOf({ receivers, ...watchdog }, owned, beat);
    expect(files['policies.yaml'].policies[0].routes[0]).toEqual({
      receiver: 'hl-heartbeat',
      object_matchers: [['alertname', '=', 'HostCpuHigh']],
      group_by: ['alertname'],
      group_wait: '10s',
      group_interval: '1m',
      repeat_interval: '3m30s',
    });
    expect(files['contact-points.yaml'].contactPoints.at(-1)).toEqual({
      orgId: 1,
      name: 'hl-heartbeat',
      receivers: [
        {
          uid: 'hl-heartbeat',
          type: 'webhook',
          disableResolveMessage: true,
          settings: { url: '${BEAT}', httpMethod: 'POST' },
        },
      ],
    });
    // Of a heartbeat that cannot be asked for, the watchdog must hear nothing.
    expect(files['rules.yaml'].groups[0].rules[0].execErrState).toBe('OK');
  });

  it.each([
    ['a Grafana of ours', owned],
    ['another', {}],
  ])('sends the heartbeat though there is no other receiver, in %s', (_, rest) =>
    expect(filesOf(watchdog, rest, beat)['rules.yaml'].groups[0].rules[0].notification_settings).toMatchObject({
      receiver: 'hl-heartbeat',
    }),
  );
});

describe('a topic from the environment', () => {
  it('stands behind a text, since Grafana takes a number in a text for a number', () => {
    const push = { kind: 'ntfy', topic: { env: 'TOPIC' } } as const;
    const [point] = filesOf({ receivers: { push } })['contact-points.yaml'].contactPoints;
    expect(point.receivers[0].settings.payload).toEqual({
      template: '{{ template "hl.ntfy.hl-push" . }}',
      vars: { topic: 'topic:${TOPIC}' },
    });
  });
});

describe('rules that are gone', () => {
  const retired = [
    { name: 'HostOnFire', since: '0.2.0', because: 'HostTemperatureHigh says it earlier' },
    { name: 'HostCpuHigh', since: '0.2.0', because: 'came back' },
  ];
  const before = ['hl-host-cpu-high', 'hl-host-cpu-pressure'];

  it('are deleted, whether they were retired or written by an earlier render; what is there stays', () => {
    const homelab = sampleHomelab({ receivers });
    const [rules] = renderGrafanaAlerting(homelab, buildSample(homelab, {}), panelOf, before, retired);
    expect(parse(rules!.text).deleteRules).toEqual([
      { orgId: 1, uid: 'hl-host-cpu-pressure' },
      { orgId: 1, uid: 'hl-host-on-fire' },
    ]);
  });

  it('are all deleted where another engine evaluates now, and the file says why', () => {
    const homelab = sampleHomelab({ engine: 'prometheus', receivers });
    const files = renderGrafanaAlerting(homelab, buildSample(homelab, {}), panelOf, before, retired);
    expect(files.map(({ path }) => path)).toEqual(['grafana/provisioning/alerting/hl-rules.yaml']);
    expect(files[0]?.text).toContain('evaluated by prometheus');
    expect(parse(files[0]!.text)).toEqual({ apiVersion: 1, deleteRules: before.map((uid) => ({ orgId: 1, uid })) });
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
