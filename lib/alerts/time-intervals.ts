import type { Weekday } from '../homelab/homelab';
import type { ResolvedAlerting, ResolvedHomelab } from '../homelab/resolved';
import { weekdays } from '../homelab/weekdays';
import { digestWindow } from './routing';

/** A time interval as Grafana and Alertmanager spell it. */
export interface TimeInterval {
  readonly times: readonly { readonly start_time: string; readonly end_time: string }[];
  readonly weekdays?: readonly Weekday[];
  readonly location: string;
}

/** When nobody is told but of what may pass: until midnight, and after it on the day that follows. */
export const quietIntervals = (
  { from, to, days }: NonNullable<ResolvedAlerting['quietHours']>,
  { timeZone }: Pick<ResolvedHomelab, 'timeZone'>,
): readonly TimeInterval[] => between(from, to, days, timeZone);

/** The few minutes of a day in which the digest is told. */
export const digestIntervals = (
  { at }: NonNullable<ResolvedAlerting['digest']>,
  { timeZone }: Pick<ResolvedHomelab, 'timeZone'>,
): readonly TimeInterval[] => between(at, clock(minutesOf(at) + digestWindow), weekdays, timeZone);

/** No interval goes over midnight: one that does becomes two. */
const between = (from: string, to: string, days: readonly Weekday[], location: string): readonly TimeInterval[] => {
  const part = (start_time: string, end_time: string, on: readonly Weekday[]): TimeInterval => ({
    times: [{ start_time, end_time }],
    ...(on.length < weekdays.length && { weekdays: on }),
    location,
  });
  if (to > from) return [part(from, to, days)];
  const next = weekdays.filter((_, index) => days.includes(weekdays[(index + 6) % 7] as Weekday));
  return [part(from, '24:00', days), ...(to > '00:00' ? [part('00:00', to, next)] : [])];
};

/** Minutes since midnight of `HH:MM`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
