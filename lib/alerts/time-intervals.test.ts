import { describe, expect, it } from 'vitest';
import type { Weekday } from '../homelab/homelab';
import { digestIntervals, quietIntervals } from './time-intervals';

const place = { timeZone: 'Europe/Berlin' };
const except = { severity: null, category: null };
const every: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const quiet = (from: string, to: string, days = every) =>
  quietIntervals({ from, to, days, except }, place).map(({ times: [time], weekdays }) =>
    [`${time?.start_time}-${time?.end_time}`, ...(weekdays ?? [])].join(' '),
  );

describe('quiet hours', () => {
  it.each([
    ['12:00', '14:00', every, ['12:00-14:00']],
    ['22:30', '07:00', every, ['22:30-24:00', '00:00-07:00']],
    ['22:30', '00:00', every, ['22:30-24:00']],
    // The day said is that on which they begin.
    ['22:30', '07:00', ['friday', 'sunday'], ['22:30-24:00 friday sunday', '00:00-07:00 monday saturday']],
    ['12:00', '14:00', ['friday'], ['12:00-14:00 friday']],
  ] as const)('from %s to %s on %s', (from, to, days, expected) =>
    expect(quiet(from, to, [...days])).toEqual(expected),
  );
});

describe('the digest', () => {
  it.each([
    ['08:00', ['08:00-08:06']],
    ['23:57', ['23:57-24:00', '00:00-00:03']],
    ['23:54', ['23:54-24:00']],
  ])('at %s is open for six minutes', (at, expected) =>
    expect(
      digestIntervals({ at, of: except, to: null }, place).map(
        ({ times: [time] }) => `${time?.start_time}-${time?.end_time}`,
      ),
    ).toEqual(expected),
  );
});
