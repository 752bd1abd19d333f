import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/complaints';

describe('time zones', () => {
  test.each(['browser', 'UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])(
    '%s passes',
    (timeZone) => {
      expect(complaints({ timeZone })).toBe('');
    },
  );

  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['Europe/Berlim', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['Browser', 'browser'],
  ])('%s is near %s', (timeZone, meant) => {
    const text = complaints({ timeZone });
    expect(text).toContain(`error: timeZone: unknown time zone, got '${timeZone}'\n  allowed: ${meant}, `);
    expect(text).toContain(`try: write \`timeZone: '${meant}'\``);
  });

  test.each(['Mars/Olympus', '+01:00', ''])('%j is near none', (timeZone) => {
    expect(complaints({ timeZone })).toContain('error: timeZone: unknown time zone');
  });
});

describe('regular expressions', () => {
  const devices = (ignoredDevices: string): string => complaints({ display: { ignoredDevices } });

  test.each(['lo', 'lo|veth.*', '(docker|br-).*', ''])('%j passes', (text) => {
    expect(devices(text)).toBe('');
  });

  test('a shell pattern', () => {
    expect(devices('*lo|*veth')).toBe(
      [
        "error: display.ignoredDevices: no regular expression that Prometheus can read: nothing to repeat, got '*lo|*veth'",
        '  allowed: RE2 syntax, anchored at both ends, such as lo|veth.*',
        "  try: write `ignoredDevices: '.*lo|.*veth'`",
      ].join('\n'),
    );
  });

  test.each([
    ['(lo', 'unterminated group'],
    ['(?!eth).*', 'it has no (?=...)'],
    ['(a)\\1', 'it has no back references'],
  ])('%s', (text, why) => {
    expect(devices(text)).toContain(`display.ignoredDevices: no regular expression that Prometheus can read: ${why}`);
    expect(complaints({ display: { ignoredFilesystems: text } })).toContain('error: display.ignoredFilesystems');
  });
});

describe('mail addresses', () => {
  const mail = (...to: readonly string[]): string =>
    complaints({ alerting: { receivers: { mail: { kind: 'email', to } } } });

  test.each(['me', 'Me <me@example.org>', 'me@example.org, you@example.org'])('%s is not one', (address) => {
    expect(mail('me@example.org', address)).toBe(
      [
        `error: alerting.receivers.mail.to[1]: malformed mail address, got '${address}'`,
        '  allowed: one address without a name, such as me@example.com',
      ].join('\n'),
    );
  });

  test('several pass, none does not', () => {
    expect(mail('me@example.org', 'you+homelab@localhost')).toBe('');
    expect(mail()).toBe(['error: alerting.receivers.mail.to: empty list', '  allowed: at least one entry'].join('\n'));
  });
});
