import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { replayConfiguration } from './replay-configuration';

const rendered = `
global: {smtp_smarthost: 'localhost:25'}
time_intervals:
  - {name: night, time_intervals: [{times: [{start_time: '22:00', end_time: '24:00'}]}]}
route:
  receiver: mail
  group_by: [alertname, host]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - {receiver: my phone, matchers: ['severity = "warning"'], group_interval: 1h, mute_time_intervals: [night]}
inhibit_rules:
  - {source_matchers: ['alertname = "HostDown"'], target_matchers: ['host != ""'], equal: [host]}
receivers:
  - {name: mail, email_configs: [{to: me@example.org}]}
  - {name: my phone, pushover_configs: [{user_key_file: /etc/alertmanager/secrets/KEY}]}
  - {name: nobody}
`;
const { text, changes, longestWait } = replayConfiguration(rendered, { factor: 60, url: 'http://127.0.0.1:1' });
const played = parse(text);

describe('the configuration of a replay', () => {
  it('keeps routes, grouping and inhibition, and hurries', () => {
    expect(played.route).toEqual({
      receiver: 'mail',
      group_by: ['alertname', 'host'],
      group_wait: '500ms',
      group_interval: '5s',
      repeat_interval: '240s',
      routes: [{ receiver: 'my phone', matchers: ['severity = "warning"'], group_interval: '60s' }],
    });
    expect(played.inhibit_rules).toEqual(parse(rendered).inhibit_rules);
    expect(longestWait).toBe(60_000);
  });

  it('posts to a path of the name of each receiver that could tell somebody, of ends where it would', () => {
    expect(played.receivers).toEqual([
      { name: 'mail', webhook_configs: [{ url: 'http://127.0.0.1:1/mail', send_resolved: false }] },
      { name: 'my phone', webhook_configs: [{ url: 'http://127.0.0.1:1/my%20phone', send_resolved: true }] },
      { name: 'nobody' },
    ]);
  });

  it('knows no time of day, and says so', () => {
    expect(text).not.toContain('time_intervals');
    expect(changes).toContain('quiet hours night: taken out');
    expect(changes).toContain('group_wait: 30s -> 500ms');
  });
});
