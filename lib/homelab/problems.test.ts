import { describe, expect, test } from 'vitest';
import { checkHomelab } from './check';
import { complaints } from './testing/complaints';

describe('keys', () => {
  test('an unknown key names the nearest one, and is not also missed', () => {
    expect(complaints({ hosts: [{ nmae: 'nas' }] })).toBe(
      [
        'error: hosts[0].nmae: unknown key',
        '  allowed: name, address, exporters, sleeps, dependsOn',
        '  try: write `name:` instead of `nmae:`',
      ].join('\n'),
    );
  });

  test('a key like one that is already there is only to be removed', () => {
    expect(complaints({ hosts: [{ name: 'nas', nam: 'nas' }] })).toBe(
      [
        'error: hosts[0].nam: unknown key',
        '  allowed: name, address, exporters, sleeps, dependsOn',
        '  try: remove `nam`',
      ].join('\n'),
    );
  });

  test('a missing key says what it takes', () => {
    expect(complaints({ probes: { services: [{ name: 'wiki' }] } })).toBe(
      ['error: probes.services[0].url: missing', '  allowed: text', '  try: add `url: ...`'].join('\n'),
    );
  });

  test('every mistake is told at once, in the order of the file', () => {
    const paths = checkHomelab({
      project: 'My Lab',
      hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', port: 0 }] }, { name: 7 }],
      display: { bytes: 'si', temperature: 'kelvin' },
      timeZone: 'Mars/Olympus',
    }).map(({ path }) => path);
    expect(paths).toEqual([
      'project',
      'hosts[0].exporters[0].port',
      'hosts[1].name',
      'display.temperature',
      'timeZone',
    ]);
  });
});

describe('alerts', () => {
  const alerts = (of: object) => complaints({ alerting: { alerts: of } });

  test('a misspelt name gives the nearest, one like no other the place to look', () => {
    expect(alerts({ HostRebotted: {} })).toContain(
      'alerting.alerts.HostRebotted: no alert is called so\n  allowed: HostRebooted,',
    );
    expect(alerts({ WashingDone: {} })).toContain('try: look for it in docs/alerts.md');
    expect(complaints({ alerting: { packs: 'all' } })).toContain('alerting.packs: unknown key');
  });

  test('a length of time has a unit', () => {
    expect(alerts({ HostDown: { for: 15 } })).toBe(
      [
        'error: alerting.alerts.HostDown.for: a length of time without its unit, got 15',
        '  allowed: 30s, 5m, 1h30m, 7d',
        "  try: write the unit too: `for: '15m'` is in minutes",
      ].join('\n'),
    );
    expect(alerts({ HostDown: { threshold: true } })).not.toContain('unit too');
  });

  test('an override changes something', () => {
    const override = (more: object) => alerts({ HostDown: { overrides: [{ match: { host: 'nas' }, ...more }] } });
    expect(override({})).toBe(
      [
        'error: alerting.alerts.HostDown.overrides[0]: an override that changes nothing',
        '  allowed: threshold, for, severity, notify beside `match`',
        '  try: add what is different, or leave these out with `except`',
      ].join('\n'),
    );
    expect(override({ for: '10m' })).toBe('');
    expect(alerts({ HostDown: { overrides: [{ for: '10m' }] } })).toContain(
      "overrides[0].match: missing\n  allowed: labels with values, such as { mountpoint: '/media' }\n  try: add `match: { host: '...' }`",
    );
  });
});

describe('values', () => {
  test('an item of a list is offered without a key', () => {
    expect(complaints({ alerting: { routes: [{ severity: ['critcal'], to: 'a' }], receivers: {} } })).toContain(
      "try: write `'critical'`",
    );
  });

  test('a beginning is enough to guess the rest, where there is one rest', () => {
    expect(complaints({ display: { temperature: 'F' } })).toContain("try: write `temperature: 'fahrenheit'`");
    expect(complaints({ display: { clock: 12 } })).toContain("try: write `clock: '12h'`");
    expect(complaints({ display: { weekStart: 's' } })).not.toContain('try:');
  });

  test('a variable as a shell has it is told as we have it', () => {
    expect(complaints({ alerting: { heartbeat: { url: '${BEAT}' } } })).toBe(
      [
        'error: alerting.heartbeat.url: not a reference to an environment variable',
        "  allowed: { env: 'NAME_OF_THE_VARIABLE' }",
        "  try: write `url: { env: 'BEAT' }`",
      ].join('\n'),
    );
    expect(complaints({ alerting: { heartbeat: { url: '$secret5' } } })).toContain('a secret stands here in clear');
  });

  test('an empty value, as YAML has it', () => {
    expect(complaints({ urls: null })).toBe(
      [
        'error: urls: empty',
        '  allowed: keys and values: grafana, prometheus, alertmanager, runbooks',
        '  try: give it a value, or remove `urls`',
      ].join('\n'),
    );
  });

  test('a file without anything', () => {
    expect(complaints({ hosts: undefined })).toContain(
      'error: hosts: missing\n  allowed: a list\n  try: add `hosts: [...]`',
    );
    const [only] = checkHomelab(null);
    expect(only).toMatchObject({ path: '', what: 'empty', try: 'list your machines under `hosts:`' });
  });

  test.each([
    [{ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', version: 1.9 }] }] }, "write `version: '1.9'`"],
    [{ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', port: '9100' }] }] }, 'write `port: 9100`'],
    [{ probes: { services: [{ name: 'a', url: 'http://a', verifyTls: 'no' }] } }, 'write `verifyTls: false`'],
    [{ alerting: { receivers: { me: { kind: 'email', to: 'me@example.org' } } } }, "write `to: ['me@example.org']`"],
  ])('a value of the wrong type is shown as it was meant: %j', (changed, remedy) => {
    expect(complaints(changed)).toContain(`  try: ${remedy}`);
  });

  test.each([0, 65_536, 9100.5])('the port %d is none', (port) => {
    expect(complaints({ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', port }] }] })).toMatch(
      /^error: hosts\[0\]\.exporters\[0\]\.port: (out of range|expected a whole number), got /,
    );
  });

  test.each([1, 65_535])('the port %d is one', (port) => {
    expect(complaints({ hosts: [{ name: 'nas', exporters: [{ exporter: 'node_exporter', port }] }] })).toBe('');
  });

  test.each(['', ' nas', 'nas '])('the name %j is none', (name) => {
    expect(complaints({ hosts: [{ name, address: '192.168.1.10' }] })).toContain('hosts[0].name: unusable name');
  });

  test.each(['My lab', 'Lab', 'lab-', '1lab', 'a-very-long-prefix'])('the project prefix %j is none', (project) => {
    expect(complaints({ project })).toBe(
      [
        `error: project: invalid project prefix, got '${project}'`,
        '  allowed: up to 12 lower-case letters, digits and dashes, a letter first, no dash last, such as hl',
      ].join('\n'),
    );
  });

  test.each(['h', 'hl', 'my-lab-2'])('the project prefix %j is one', (project) => {
    expect(complaints({ project })).toBe('');
  });

  test('a misspelt choice', () => {
    expect(complaints({ alerting: { engine: 'promethues' } })).toBe(
      [
        "error: alerting.engine: unknown value, got 'promethues'",
        '  allowed: prometheus, grafana, mimir, vmalert',
        "  try: write `engine: 'prometheus'`",
      ].join('\n'),
    );
  });
});

describe('unions', () => {
  const receiver = (receiver: unknown): string => complaints({ alerting: { receivers: { me: receiver } } });

  test('an unknown kind of receiver is one problem', () => {
    expect(receiver({ kind: 'discrod', url: { env: 'A' } })).toBe(
      [
        "error: alerting.receivers.me.kind: unknown value, got 'discrod'",
        '  allowed: discord, email, slack, telegram, pushover, ntfy, gotify, matrix, and 2 more',
        "  try: write `kind: 'discord'`",
      ].join('\n'),
    );
  });

  test('a receiver without a kind is one problem', () => {
    expect(receiver({ to: ['me@example.org'] })).toBe(
      [
        'error: alerting.receivers.me.kind: missing',
        '  allowed: email, discord, slack, telegram, pushover, ntfy, gotify, matrix, home-assistant, webhook',
        "  try: add `kind: 'email'`",
      ].join('\n'),
    );
  });

  test('a receiver is held to its own kind only', () => {
    expect(receiver({ kind: 'telegram', token: { env: 'TOKEN' } })).toBe(
      ['error: alerting.receivers.me.chat: missing', '  allowed: text', '  try: add `chat: ...`'].join('\n'),
    );
  });

  test('the branch that the type of the value chose is the one that counts', () => {
    expect(receiver({ kind: 'webhook', url: { evn: 'URL' } })).toBe(
      [
        'error: alerting.receivers.me.url.evn: unknown key',
        '  allowed: env',
        '  try: write `env:` instead of `evn:`',
      ].join('\n'),
    );
    expect(
      complaints({ alerting: { receivers: {}, routes: [{ severity: ['critical', 'wraning'], to: 'x' }] } }),
    ).toContain(
      "error: alerting.routes[0].severity[1]: unknown value, got 'wraning'\n  allowed: warning, critical, info",
    );
  });

  test('a value that fits no branch is told of all', () => {
    expect(receiver({ kind: 'webhook', url: 7 })).toBe(
      "error: alerting.receivers.me.url: expected text or { env: 'NAME_OF_THE_VARIABLE' }, got 7",
    );
  });
});

describe('secrets', () => {
  const receivers = (receiver: unknown) => complaints({ alerting: { receivers: { phone: receiver } } });

  test('a secret in clear is refused, with the reason and the way out, and is not printed', () => {
    const text = receivers({ kind: 'discord', url: 'https://discord.com/api/webhooks/12345/abcdef' });
    expect(text).toBe(
      [
        'error: alerting.receivers.phone.url: a secret stands here in clear (it is not repeated here), and would be copied wherever this file goes',
        '  allowed: the name of an environment variable that holds it',
        "  try: write `url: { env: 'HOMELAB_PHONE_URL' }` and set HOMELAB_PHONE_URL where it is used; if this file was ever shared, make a new secret",
      ].join('\n'),
    );
  });

  test('also where the name of the variable belongs', () => {
    const text = receivers({ kind: 'telegram', token: { env: '123456789:AAEhBOweik6ad6PsVMRxjeQKXkM' }, chat: '1' });
    expect(text).toContain('alerting.receivers.phone.token: a secret stands here in clear');
    expect(text).not.toContain('AAEhB');
  });

  test('a name of a variable that is only misspelt is shown', () => {
    expect(receivers({ kind: 'discord', url: { env: 'homelab-discord' } })).toBe(
      [
        "error: alerting.receivers.phone.url.env: malformed name of an environment variable, got 'homelab-discord'",
        '  allowed: upper-case letters, digits and underscores, a letter first, such as HOMELAB_DISCORD_URL',
        "  try: write `env: 'HOMELAB_DISCORD'`",
      ].join('\n'),
    );
  });

  test('references pass', () => {
    expect(receivers({ kind: 'pushover', userKey: { env: 'PUSHOVER_USER' }, token: { env: 'PUSHOVER_TOKEN' } })).toBe(
      '',
    );
  });
});
