import { describe, expect, it } from 'vitest';
import type { AlertingSettings, Category, Severity } from '../homelab/homelab';
import { resolveHomelab, type ResolvedAlerting } from '../homelab/resolve';
import { branchesOf, decide, groupsOf, heartbeatMinutes, paceOf, type Decision, type Told } from './routing';

const phone = { kind: 'webhook', url: 'http://192.168.1.12/phone' } as const;
const alertingOf = (alerting: AlertingSettings): ResolvedAlerting =>
  resolveHomelab({
    hosts: [{ name: 'nas' }],
    timeZone: 'Europe/Berlin',
    alerting: { receivers: { mail: phone, phone, admin: phone }, ...alerting },
  }).alerting;

const told = (severity: Severity, category: Category, more: Partial<Told> = {}): Told => ({
  name: 'HostDown',
  severity,
  category,
  ...more,
});

/** `phone, mail: at once, muted`. */
const words = ({ audience, timing, muted }: Decision): string =>
  audience.length === 0 && timing !== 'heartbeat'
    ? 'nobody'
    : `${audience.join(', ')}: ${timing}${muted ? ', muted' : ''}`;

describe('who is told', () => {
  const alerting = alertingOf({
    routes: [
      { severity: 'critical', category: 'data-loss', to: 'phone' },
      { category: 'monitoring', to: 'admin' },
      { severity: ['info'], category: 'power', to: 'admin' },
    ],
  });

  it.each([
    ['critical', 'data-loss', 'phone: at once'],
    ['warning', 'data-loss', 'mail: gathered'],
    ['warning', 'monitoring', 'admin: gathered'],
    // A route without severities is about messages, and info is none.
    ['info', 'monitoring', 'nobody'],
    ['info', 'power', 'admin: gathered'],
  ] as const)('%s %s: %s', (severity, category, expected) =>
    expect(words(decide(alerting, told(severity, category)))).toBe(expected),
  );

  it('is nobody when the homelab names nobody', () =>
    expect(words(decide(alertingOf({ receivers: {} }), told('critical', 'power')))).toBe('nobody'));

  it('is whom the alert names, in that order, and nobody with an empty list', () => {
    const own = { notify: ['phone', 'mail'] };
    expect(words(decide(alerting, told('critical', 'power', own)))).toBe('phone, mail: at once');
    expect(words(decide(alerting, told('critical', 'power', { notify: [] })))).toBe('nobody');
    expect(words(decide(alerting, told('critical', 'power')))).toBe('mail: at once');
    expect(words(decide(alerting, told('info', 'capacity', own)))).toBe('phone, mail: gathered');
  });
});

describe('the digest', () => {
  it.each([
    ['warning', 'power', {}, 'mail: digest'],
    ['critical', 'power', {}, 'mail: at once'],
    ['info', 'power', {}, 'nobody'],
    ['warning', 'power', { to: 'admin' }, 'admin: digest'],
    ['warning', 'power', { of: { category: 'capacity' } }, 'mail: gathered'],
    // What may pass at night cannot wait by day either.
    ['critical', 'capacity', { of: { category: 'capacity' } }, 'mail: at once'],
    ['info', 'capacity', { of: { severity: 'info' }, to: 'admin' }, 'admin: digest'],
  ] as const)('%s %s of %o: %s', (severity, category, digest, expected) =>
    expect(words(decide(alertingOf({ digest: { at: '08:00', ...digest } as never }), told(severity, category)))).toBe(
      expected,
    ),
  );

  it('goes to whom the alert names', () => {
    const digest = alertingOf({ digest: { at: '08:00', to: 'admin' } });
    expect(words(decide(digest, told('warning', 'power', { notify: ['phone'] })))).toBe('phone: digest');
  });

  it('is told again on the next day, and once a day', () => {
    const pace = paceOf('digest', alertingOf({}));
    expect(pace).toMatchObject({ group_interval: '5m', repeat_interval: '20h' });
  });
});

describe('quiet hours', () => {
  it('hold back all but what may pass', () => {
    const quiet = alertingOf({ quietHours: { from: '22:00', to: '07:00', except: { category: 'power' } } });
    expect(words(decide(quiet, told('critical', 'capacity')))).toBe('mail: at once, muted');
    expect(words(decide(quiet, told('warning', 'capacity')))).toBe('mail: gathered, muted');
    expect(words(decide(quiet, told('warning', 'power')))).toBe('mail: gathered');
  });

  it('let pass what is critical when nothing else is said, and the digest, which has its own hour', () => {
    const quiet = alertingOf({ quietHours: { from: '22:00', to: '07:00' }, digest: { at: '08:00' } });
    expect(words(decide(quiet, told('critical', 'capacity')))).toBe('mail: at once');
    expect(words(decide(quiet, told('warning', 'capacity')))).toBe('mail: digest');
  });
});

describe('the heartbeat', () => {
  const heartbeat = told('info', 'monitoring', { name: 'DeadMansSwitch', heartbeat: true });
  const url = { env: 'HOMELAB_HEARTBEAT_URL' };

  it('is no message without a watchdog, though a route names its severity', () => {
    const routed = { routes: [{ severity: 'info', to: 'admin' }] } as const;
    expect(words(decide(alertingOf(routed), heartbeat))).toBe('nobody');
    expect(words(decide(alertingOf({ ...routed, heartbeat: { url } }), heartbeat))).toBe(': heartbeat');
  });

  it('is never held back', () =>
    expect(
      words(decide(alertingOf({ heartbeat: { url }, quietHours: { from: '22:00', to: '07:00' } }), heartbeat)),
    ).toBe(': heartbeat'));

  it.each([
    ['5m', '1m30s'],
    ['10m', '3m30s'],
    ['1h', '23m30s'],
    ['1d', '9h35m30s'],
  ])('with a period of %s comes again after %s and the next minute', (period, repeat) => {
    const { heartbeat: resolved } = alertingOf({ heartbeat: { url, period } });
    const seconds = resolved?.period.seconds ?? 0;
    expect(paceOf('heartbeat', alertingOf({ heartbeat: { url, period } })).repeat_interval).toBe(repeat);
    // One message may be lost.
    expect(heartbeatMinutes(seconds) * 60 * 2).toBeLessThan(seconds);
  });
});

describe('the tree', () => {
  const lines = (alerting: AlertingSettings, alerts: readonly Told[]): readonly string[] =>
    branchesOf(alertingOf(alerting), alerts).map(
      ({ matches, decision }) =>
        `${matches.map(({ label, values }) => `${label}=${values.join('|')}`).join(' ')} -> ${words(decision)}`,
    );

  it('is one branch a severity where categories change nothing', () =>
    expect(lines({}, [])).toEqual([
      'severity=critical -> mail: at once',
      'severity=warning -> mail: gathered',
      'severity=info -> nobody',
    ]));

  it('puts first what is more special', () =>
    expect(
      lines(
        {
          heartbeat: { url: { env: 'A' } },
          routes: [{ severity: 'warning', category: ['power', 'capacity'], to: 'phone' }],
        },
        [
          told('critical', 'availability', { notify: ['admin'] }),
          told('critical', 'availability', { notify: [], part: { key: 'ab', words: 'host a or b' } }),
          told('critical', 'capacity', { name: 'HostFilesystemFull' }),
          told('info', 'monitoring', { name: 'DeadMansSwitch', heartbeat: true }),
        ],
      ),
    ).toEqual([
      'alertname=DeadMansSwitch -> : heartbeat',
      'alertname=HostDown|HostDown (host a or b) override=host a or b -> nobody',
      'alertname=HostDown -> admin: at once',
      'severity=critical -> mail: at once',
      'severity=warning category=capacity|power -> phone: gathered',
      'severity=warning -> mail: gathered',
      'severity=info -> nobody',
    ]));

  it('makes one message of a dead machine', () => {
    expect(groupsOf('at once')).toEqual({ withHost: 'host', without: 'alertname' });
    expect(groupsOf('gathered').withHost).toBe(groupsOf('gathered').without);
  });
});
