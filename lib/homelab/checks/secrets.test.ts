import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const webhook = (url: string): string => complaints({ alerting: { receivers: { hook: { kind: 'webhook', url } } } });

describe('webhooks', () => {
  test.each([
    'https://discord.com/api/webhooks/123/abc',
    'https://discordapp.com/api/webhooks/123/abc',
    'https://hooks.slack.com/services/T0/B0/abc',
    'https://api.telegram.org/bot123:abc/sendMessage',
    'https://ntfy.example.org/alerts?token=abc',
    'https://me:abc@example.org/',
    'https://hc-ping.com/abc',
    'http://homeassistant:8123/api/webhook/abc',
  ])('%s opens a door', (url) => {
    const text = webhook(url);
    expect(text).toContain('error: alerting.receivers.hook.url: a secret stands here in clear');
    expect(text).toContain("try: write `url: { env: 'HOMELAB_HOOK_URL' }`");
    expect(text).not.toContain('abc');
  });

  test.each(['http://192.168.1.12:5678/webhook/alerts', 'https://example.org/?page=1'])('%s does not', (url) => {
    expect(webhook(url)).toBe('');
  });

  test('a malformed one', () => {
    expect(webhook('example.org')).toBe(
      [
        "error: alerting.receivers.hook.url: malformed URL, got 'example.org'",
        "  allowed: http://... or https://..., or { env: 'NAME_OF_THE_VARIABLE' } where the URL is a secret",
      ].join('\n'),
    );
  });
});

describe('servers of ntfy and Gotify', () => {
  const server = (url: string): string =>
    complaints({ alerting: { receivers: { push: { kind: 'gotify', server: url, token: { env: 'A' } } } } });

  test.each(['https://gotify.example.org/message?token=abc', 'https://me:abc@gotify.example.org'])(
    '%s holds a secret',
    (url) => {
      expect(server(url)).toContain('error: alerting.receivers.push.server: a secret stands here in clear');
      expect(server(url)).not.toContain('abc');
    },
  );

  test('an address is none, and must be one', () => {
    expect(server('https://gotify.example.org')).toBe('');
    expect(server('gotify.example.org')).toContain("malformed URL, got 'gotify.example.org'");
  });
});

describe('URLs with credentials', () => {
  test.each([
    ['urls.grafana', { urls: { grafana: 'https://me:hunter2@grafana' } }],
    ['dataSources.loki.url', { dataSources: { loki: { kind: 'loki', uid: 'loki', url: 'https://me:hunter2@loki' } } }],
    ['probes.services[0].url', { probes: { services: [{ name: 'a', url: 'https://me:hunter2@a' }] } }],
    ['urls.grafana', { urls: { grafana: 'ftp://me:hunter2@grafana' } }],
    ['dataSources.p.url', { dataSources: { p: { kind: 'prometheus', uid: 'p', url: 'http://p?token=hunter2' } } }],
    ['probes.services[0].url', { probes: { services: [{ name: 'a', url: 'http://a/?x=1&X-Plex-Token=hunter2' }] } }],
  ])('%s', (path, changed) => {
    const text = complaints(changed);
    expect(text).toContain(`error: ${path}: a secret stands here in clear`);
    expect(text).not.toContain('hunter2');
  });

  test('paths of exporters with keys', () => {
    const exporter = (path: string): string =>
      complaints({ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', path }] }] });
    expect(exporter('/metrics?api_key=hunter2')).toContain(
      'error: hosts[0].exporters[0].path: a secret stands here in clear',
    );
    expect(exporter('/metrics?api_key=hunter2')).not.toContain('hunter2');
    expect(exporter('/pve?target=one')).toBe('');
  });

  test('an @ in a path is none', () => {
    expect(complaints({ urls: { grafana: 'https://example.org/@me' } })).toBe('');
  });

  test('a question that holds no key is none', () => {
    const url = 'https://example.org/?keyboard=qwerty&token=#top';
    expect(complaints({ probes: { services: [{ name: 'a', url }] } })).toBe('');
  });
});
