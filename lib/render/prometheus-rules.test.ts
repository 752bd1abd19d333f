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
): { readonly ok: boolean; readonly said: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'alert-files-'));
  try {
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
    expect(memory).toMatchObject({ keep_firing_for: '5m' });
    expect(memory).not.toHaveProperty('for');
  });

  it('says what to do in words, with links', () => {
    expect(busy.annotations).toEqual({
      summary: 'The processor of {{ $labels.host }} is busy',
      description: '{{ $labels.host }} is {{ $value | humanizePercentage }} busy, 90% or more for 30m.',
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
    expect(configuration.receivers).toEqual([
      { name: 'mail', email_configs: [{ to: 'me@example.org', send_resolved: true }] },
      { name: 'discord', discord_configs: [{ webhook_url_file: '/etc/alertmanager/secrets/DISCORD_URL' }] },
      { name: 'slack', slack_configs: [{ api_url_file: '/etc/alertmanager/secrets/SLACK_URL', send_resolved: true }] },
      {
        name: 'telegram',
        telegram_configs: [{ bot_token_file: '/etc/alertmanager/secrets/TELEGRAM_TOKEN', chat_id: -1001234567890 }],
      },
      {
        name: 'phone',
        pushover_configs: [
          {
            user_key_file: '/etc/alertmanager/secrets/PUSHOVER_USER',
            token_file: '/etc/alertmanager/secrets/PUSHOVER_TOKEN',
          },
        ],
      },
      { name: 'hook', webhook_configs: [{ url: 'http://192.168.1.12:5678/x' }] },
      { name: 'secret', webhook_configs: [{ url_file: '/etc/alertmanager/secrets/HOOK_URL' }] },
      { name: 'nobody' },
    ]);
  });

  it('tells nobody of information, and gathers warnings', () => {
    expect(configuration.route).toMatchObject({
      receiver: 'mail',
      routes: [
        { receiver: 'phone', matchers: ['severity = "critical"', 'category =~ "data-loss|power"'], group_wait: '30s' },
        { receiver: 'nobody', matchers: ['severity = "info"'] },
        { receiver: 'mail', matchers: ['severity = "warning"'], group_by: ['severity'], repeat_interval: '1d' },
      ],
    });
  });

  it('keeps quiet about all else on a host that is down, and about the milder stage', () => {
    const changes = [{ name: 'HostDown' }, { name: 'HostCpuHigher', escalates: 'HostDown' }];
    expect(fileOf(render({}, {}, ...changes), 'alertmanager/alertmanager.yml').inhibit_rules).toEqual([
      {
        source_matchers: ['alertname = "HostDown"'],
        target_matchers: ['alertname != "HostDown"', 'host != ""'],
        equal: ['host'],
      },
      {
        source_matchers: ['alertname = "HostCpuHigher"'],
        target_matchers: ['alertname = "HostDown"'],
        equal: ['host'],
      },
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
      const { text } = render(alerting).find(({ kind }) => kind === 'alertmanager')!;
      const { ok, said } = check('amtool', ['check-config'], 'alertmanager.yml', text);
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
