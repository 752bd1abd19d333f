import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

const timeZone = 'Europe/Berlin';
const url = { env: 'HOMELAB_HEARTBEAT_URL' };

describe('times of day', () => {
  test.each(['quietHours', 'digest'])('%s need a time zone', (key) => {
    const settings = key === 'digest' ? { digest: { at: '08:00' } } : { quietHours: { from: '22:00', to: '07:00' } };
    expect(complaints({ alerting: settings })).toContain(`error: alerting.${key}: times of day without a time zone`);
    expect(complaints({ timeZone, alerting: settings })).toBe('');
  });

  test.each([
    ['06:59', '22:00', '07:00', true],
    ['07:00', '22:00', '07:00', false],
    ['22:00', '22:00', '07:00', true],
    ['13:00', '12:00', '14:00', true],
    ['14:00', '12:00', '14:00', false],
  ])('a digest at %s, quiet from %s to %s: refused %s', (at, from, to, refused) => {
    const text = complaints({ timeZone, alerting: { quietHours: { from, to }, digest: { at } } });
    expect(text.includes('alerting.digest.at: a digest in the middle of the quiet hours')).toBe(refused);
  });
});

describe('the heartbeat', () => {
  test.each([
    ['4m59s', false],
    ['5m', true],
    ['1d', true],
    ['25h', false],
  ])('a period of %s: %s', (period, fine) =>
    expect(complaints({ alerting: { heartbeat: { url, period } } }) === '').toBe(fine),
  );

  test('is not for people', () => {
    const receivers = { mail: { kind: 'email', to: ['me@example.org'] } };
    expect(complaints({ alerting: { receivers, alerts: { DeadMansSwitch: { notify: 'mail' } } } })).toContain(
      'alerting.alerts.DeadMansSwitch.notify: DeadMansSwitch fires all the time',
    );
    expect(complaints({ alerting: { receivers, alerts: { DeadMansSwitch: { enabled: false } } } })).toBe('');
  });
});

describe('names of receivers', () => {
  test.each([
    ['heartbeat', false],
    ['nobody', false],
    ['phone+mail', false],
    ['heartbeats', true],
  ])('%s: %s', (name, fine) =>
    expect(complaints({ alerting: { receivers: { [name]: { kind: 'email', to: ['me@example.org'] } } } }) === '').toBe(
      fine,
    ),
  );
});

describe('the mail server', () => {
  test.each([
    ['mail.example.org:587', true],
    ['mail.example.org', false],
    ['https://mail.example.org:587', false],
  ])('%s: %s', (server, fine) =>
    expect(complaints({ alerting: { mail: { server, from: 'me@example.org' } } }) === '').toBe(fine),
  );
});
