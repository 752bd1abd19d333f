import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { above, atLevel } from '../alerts/condition';
import { buildSample, sampleHomelab } from '../alerts/testing/sample';
import type { AlertingSettings, Homelab } from '../homelab/homelab';
import { withPrograms } from '../proof/testing/with-programs';
import type { Artifact } from './artifact';
import { renderPrometheusAlerting } from './prometheus-rules';

const render = (
  alerting: AlertingSettings,
  rest: Partial<Homelab> = {},
  ...changes: Parameters<typeof buildSample>[1][]
) => {
  const homelab = sampleHomelab({ engine: 'prometheus', ...alerting }, rest);
  return renderPrometheusAlerting(homelab, buildSample(homelab, ...(changes.length > 0 ? changes : [{}])), () => ({
    dashboardUid: 'hl-host-use',
    panelId: 42,
  }));
};
const fileOf = (artifacts: ReturnType<typeof render>, path: string) =>
  parse(artifacts.find((artifact) => artifact.path === path)?.text ?? '');

/** What a checker says about a text, and whether it accepts it. */
const check = (
  command: string,
  parameters: readonly string[],
  name: string,
  text: string,
  beside: readonly Artifact[] = [],
): { readonly ok: boolean; readonly said: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'alert-files-'));
  try {
    for (const file of beside) writeFileSync(join(folder, basename(file.path)), file.text);
    writeFileSync(join(folder, basename(name)), text);
    const { status, stdout, stderr } = spawnSync(command, [...parameters, basename(name)], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { ok: status === 0, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('a Prometheus rule', () => {
  const artifacts = render(
    {},
    { urls: { grafana: 'https://grafana.example.org', runbooks: 'https://example.org/runbooks' } },
    {},
    ({ host }) => ({
      name: 'HostMemoryHigh',
      signal: host.memoryUsed,
      when: atLevel(host.memoryUsed, 'warning'),
      and: [{ signal: host.memoryPressure, when: above(0.1) }],
      for: '0s',
      keepFiringFor: '5m',
    }),
  );
  const [busy, memory] = fileOf(artifacts, 'prometheus/rules/host.yaml').groups[0].rules;

  it('holds the comparison, and how long it must hold', () => {
    expect(busy).toMatchObject({
      alert: 'HostCpuHigh',
      for: '30m',
      labels: { severity: 'warning', category: 'performance' },
    });
    expect(busy.expr).toMatch(/ >= 0\.9$/);
    expect(memory.expr).toMatch(/ >= 0\.95 and max by \(host\) .* > 0\.1$/);
    expect(memory).toMatchObject({ for: '0s', keep_firing_for: '5m' });
  });

  it('says what to do in words, with links', () => {
    expect(busy.annotations).toEqual({
      summary: 'The processor of {{ $labels.host }} is busy',
      description: '{{ $labels.host }} is {{ $value | humanizePercentage }} busy, 90% or more for 30m.',
      first_step: expect.stringMatching(/^[A-Z]/),
      runbook_url: 'https://example.org/runbooks/HostCpuHigh.md',
      dashboard_url: 'https://grafana.example.org/d/hl-host-use?var-host={{ $labels.host | urlquery }}&viewPanel=42',
    });
  });

  withPrograms(['promtool'], 'is accepted by promtool, without a warning', () => {
    const { said, ok } = check(
      'promtool',
      ['check', 'rules', '--lint=all', '--lint-fatal'],
      'host.yaml',
      artifacts[0]!.text,
    );
    expect(said).toMatch(/SUCCESS: 2 rules found/);
    expect(ok).toBe(true);
  });
});

describe('Alertmanager', () => {
  const all: AlertingSettings = {
    receivers: {
      mail: { kind: 'email', to: ['me@example.org'] },
      discord: { kind: 'discord', url: { env: 'DISCORD_URL' } },
      slack: { kind: 'slack', url: { env: 'SLACK_URL' } },
      telegram: { kind: 'telegram', token: { env: 'TELEGRAM_TOKEN' }, chat: '-1001234567890' },
      phone: { kind: 'pushover', userKey: { env: 'PUSHOVER_USER' }, token: { env: 'PUSHOVER_TOKEN' } },
      hook: { kind: 'webhook', url: 'http://192.168.1.12:5678/x' },
      secret: { kind: 'webhook', url: { env: 'HOOK_URL' } },
    },
    routes: [{ severity: 'critical', category: ['data-loss', 'power'], to: 'phone' }],
  };
  const configuration = fileOf(render(all), 'alertmanager/alertmanager.yml');

  it('reads secrets from files, since it reads no environment', () => {
    const secrets = '/etc/alertmanager/secrets';
    expect(configuration.receivers).toMatchObject([
      { name: 'mail', email_configs: [{ to: 'me@example.org', send_resolved: true, html: '' }] },
      { name: 'discord', discord_configs: [{ webhook_url_file: `${secrets}/DISCORD_URL` }] },
      { name: 'slack', slack_configs: [{ api_url_file: `${secrets}/SLACK_URL`, send_resolved: true }] },
      {
        name: 'telegram',
        telegram_configs: [{ bot_token_file: `${secrets}/TELEGRAM_TOKEN`, chat_id: -1001234567890 }],
      },
      {
        name: 'phone',
        pushover_configs: [{ user_key_file: `${secrets}/PUSHOVER_USER`, token_file: `${secrets}/PUSHOVER_TOKEN` }],
      },
      { name: 'hook', webhook_configs: [{ url: 'http://192.168.1.12:5678/x' }] },
      { name: 'secret', webhook_configs: [{ url_file: `${secrets}/HOOK_URL` }] },
      { name: 'nobody' },
    ]);
  });

  it('tells nobody of information, gathers warnings, and makes one message of a dead machine', () => {
    expect(configuration.route.receiver).toBe('mail');
    const machine = [{ matchers: ['host != ""'], group_by: ['host'] }];
    expect(configuration.route.routes).toEqual([
      {
        receiver: 'phone',
        matchers: ['severity = "critical"', 'category =~ "data-loss|power"'],
        group_by: ['alertname'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '4h',
        routes: machine,
      },
      expect.objectContaining({ receiver: 'mail', matchers: ['severity = "critical"'], routes: machine }),
      {
        receiver: 'mail',
        matchers: ['severity = "warning"'],
        group_by: ['severity'],
        group_wait: '5m',
        group_interval: '1h',
        repeat_interval: '1d',
      },
      { receiver: 'nobody', matchers: ['severity = "info"'] },
    ]);
  });

  it('keeps the times of day of a branch in the branch for machines, which inherits none', () => {
    const quiet = { ...all, quietHours: { from: '22:30', to: '07:00', days: ['sunday'], except: {} } } as const;
    const file = fileOf(
      render(
        { ...quiet, quietHours: { ...quiet.quietHours, except: { severity: 'info' } } },
        { timeZone: 'Europe/Berlin' },
      ),
      'alertmanager/alertmanager.yml',
    );
    const [first] = file.route.routes;
    expect([first.mute_time_intervals, first.routes[0].mute_time_intervals]).toEqual([
      ['quiet-hours'],
      ['quiet-hours'],
    ]);
    expect(file.time_intervals).toEqual([
      {
        name: 'quiet-hours',
        time_intervals: [
          { times: [{ start_time: '22:30', end_time: '24:00' }], weekdays: ['sunday'], location: 'Europe/Berlin' },
          { times: [{ start_time: '00:00', end_time: '07:00' }], weekdays: ['monday'], location: 'Europe/Berlin' },
        ],
      },
    ]);
  });

  it('sends by the mail server of the homelab, whose password is in a file', () => {
    const mail = {
      server: 'mail.example.org:587',
      from: 'lab@example.org',
      user: 'lab',
      password: { env: 'MAIL' },
    };
    expect(fileOf(render({ ...all, mail }), 'alertmanager/alertmanager.yml').global).toEqual({
      smtp_smarthost: 'mail.example.org:587',
      smtp_from: 'lab@example.org',
      smtp_auth_username: 'lab',
      smtp_auth_password_file: '/etc/alertmanager/secrets/MAIL',
      smtp_require_tls: true,
    });
    expect(configuration.global).toMatchObject({ smtp_smarthost: 'localhost:25' });
  });

  it.each([
    ['0.25', pick(all.receivers, ['mail', 'slack', 'hook'])],
    ['0.26', pick(all.receivers, ['mail', 'phone'])],
    ['0.28', pick(all.receivers, ['discord', 'telegram'])],
    ['0.34', { push: { kind: 'gotify', server: 'https://gotify.example.org', token: { env: 'A' } } }],
  ] as const)('says that it needs %s', (version, receivers) => {
    const [file] = render({ receivers, defaultReceiver: undefined } as never).filter(({ path }) =>
      path.endsWith('alertmanager.yml'),
    );
    expect(file?.text).toMatch(new RegExp(`^# A whole configuration of Alertmanager ${version} or later`));
  });

  it('keeps quiet about all else on a host that is down, about what needs it, and about the milder stage', () => {
    const changes = [
      { name: 'HostDown', absenceOf: 'host' as const },
      { name: 'HostCpuHigher', escalates: 'HostDown' },
    ];
    const hosts = [{ name: 'box' }, { name: 'vm', dependsOn: 'box' }];
    expect(fileOf(render({}, { hosts }, ...changes), 'alertmanager/alertmanager.yml').inhibit_rules).toEqual([
      {
        source_matchers: ['alertname = "HostDown"'],
        target_matchers: ['alertname != "HostDown"', 'host != ""'],
        equal: ['host'],
      },
      {
        source_matchers: ['alertname = "HostDown"', 'host = "box"'],
        target_matchers: ['alertname = "HostDown"', 'host = "vm"'],
      },
      {
        source_matchers: ['alertname = "HostCpuHigher"'],
        target_matchers: ['alertname = "HostDown"'],
        equal: ['host'],
      },
    ]);
  });

  it('lets nothing keep quiet that nobody is told of, part by part', () => {
    const changes = [
      { name: 'HostFilesystemAlmostFull' },
      { name: 'HostFilesystemFull', escalates: 'HostFilesystemAlmostFull' },
      { name: 'HostDown', absenceOf: 'host' as const },
    ];
    const sources = (alerts: NonNullable<AlertingSettings['alerts']>) =>
      fileOf(
        render({ receivers: pick(all.receivers, ['mail']), alerts }, {}, ...changes),
        'alertmanager/alertmanager.yml',
      ).inhibit_rules.map((rule: { source_matchers: string[] }) => rule.source_matchers.join(', '));
    expect(sources({})).toEqual(['alertname = "HostDown"', 'alertname = "HostFilesystemFull"']);
    const overrides = [{ match: { host: 'pi' }, notify: 'mail' }];
    expect(sources({ HostDown: { notify: [] }, HostFilesystemFull: { severity: 'info', overrides } })).toEqual([
      'alertname = "HostFilesystemFull", override = "host pi"',
    ]);
    expect(sources({ HostFilesystemFull: { overrides: [{ match: { host: 'pi' }, notify: [] }] } })).toEqual([
      'alertname = "HostDown"',
      'alertname = "HostFilesystemFull", override = ""',
    ]);
  });

  // Alertmanager 0.25, Debian's, reads only Slack's secret from a file; the others came until 0.28.
  const old: AlertingSettings = {
    ...all,
    receivers: pick(all.receivers, ['mail', 'slack', 'hook']),
    routes: [{ category: 'power', to: 'hook' }],
  };
  for (const [what, alerting] of [
    ['receivers that 0.25 knows', old],
    ['no receiver', {}],
  ] as const) {
    withPrograms(['amtool'], `accepts a configuration with ${what}`, () => {
      const [file, ...texts] = render(alerting).filter(({ kind }) => kind === 'alertmanager');
      const { ok, said } = check('amtool', ['check-config'], 'alertmanager.yml', file?.text ?? '', texts);
      expect(ok, said).toBe(true);
    });
  }
});

describe('Grafana as engine', () => {
  it('leaves nothing for Prometheus', () => expect(render({ engine: 'grafana' })).toEqual([]));
});

function pick<T>(all: Readonly<Record<string, T>> = {}, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
