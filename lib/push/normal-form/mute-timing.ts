import { isObject, type Json } from '../../grafana-json/json';
import { isSame, withoutEmpty, withoutKeys, withoutNulls, withoutUsual } from './without';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A mute timing whose ranges of weekdays and months are written out: the server and the browser each spell them their own way. */
export const normalMuteTiming = (body: Json): Json => {
  const { time_intervals: intervals, ...rest } = withoutKeys(withoutNulls(body) as Json, ['provenance', 'version']);
  return {
    ...rest,
    ...(Array.isArray(intervals)
      ? { time_intervals: intervals.map(normalInterval) }
      : intervals !== undefined && { time_intervals: intervals }),
  };
};

const normalInterval = (interval: unknown): unknown => {
  if (!isObject(interval)) return interval;
  const spelled = Object.entries(interval).map(([key, value]) => [key, spelledOut(key, value)]);
  return withoutUsual(withoutEmpty(Object.fromEntries(spelled) as Json), { location: 'UTC' });
};

const spelledOut = (key: string, value: unknown): unknown => {
  if (!Array.isArray(value)) return value;
  switch (key) {
    case 'weekdays':
      return value.some(isNoText)
        ? value
        : members(value, (name) => weekdays.indexOf(name), 0).map((day) => weekdays[Number(day)] ?? day);
    case 'months':
      return value.some(isNoText)
        ? value
        : members(value, (name) => months.indexOf(name) + 1 || Number(name), 1).map(String);
    case 'days_of_month':
    case 'years':
      return value.some(isNoText) ? value : unique(value.map((range) => withoutRepeat(String(range)))).sort();
    case 'times':
      return [...value].sort((left, right) => (startOf(left) < startOf(right) ? -1 : 1));
    default:
      return value;
  }
};

const isNoText = (value: unknown): boolean => typeof value !== 'string';
const startOf = (time: unknown): string =>
  JSON.stringify(isObject(time) ? [time['start_time'], time['end_time']] : time);
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** `3:3` is `3`. */
const withoutRepeat = (range: string): string => {
  const [from, to, ...more] = range.split(':').map((end) => end.trim());
  return more.length === 0 && to !== undefined && isSame(from, to) ? to : range.trim();
};

/** The numbers of all members of the ranges, ascending, and as they are those that are no range. */
const members = (
  ranges: readonly unknown[],
  numberOf: (name: string) => number,
  least: number,
): (number | string)[] => {
  const numbers: number[] = [];
  const others: string[] = [];
  for (const range of ranges.map(String)) {
    const [from = -1, to = from, ...more] = range
      .toLowerCase()
      .split(':')
      .map((end) => numberOf(end.trim()));
    const isRange = more.length === 0 && [from, to].every((end) => Number.isInteger(end) && end >= least && end <= 12);
    if (!isRange || from > to) others.push(range);
    else for (let member = from; member <= to; member++) numbers.push(member);
  }
  return [...unique(numbers).sort((a, b) => a - b), ...unique(others).sort()];
};
