import { isObject, objectsAt, type Json } from '../../grafana-json/json';
import { changesOfFields } from './fields';

/** `muted no longer: 22:00 to 07:00`, `muted: 23:00 to 07:00 on monday to friday (Europe/Berlin)`. */
export const changesOfMuteTiming = (was: Json, is: Json): readonly string[] => {
  const { time_intervals: _, ...others } = was;
  const { time_intervals: __, ...rest } = is;
  const [before, after] = [timesOf(was), timesOf(is)];
  return [
    ...before.filter((time) => !after.includes(time)).map((time) => `no longer: ${time}`),
    ...after.filter((time) => !before.includes(time)).map((time) => `now: ${time}`),
    ...changesOfFields(others, rest),
  ];
};

const timesOf = (timing: Json): readonly string[] =>
  objectsAt(timing, 'time_intervals').map(([interval]) => {
    const { times, weekdays, days_of_month: days, months, years, location, ...others } = interval;
    const words = [
      Array.isArray(times) ? times.map(timeInWords).join(' and ') : 'all day',
      ...(Array.isArray(weekdays) ? [`on ${weekdays.join(', ')}`] : []),
      ...(Array.isArray(days) ? [`on the days ${days.join(', ')} of the month`] : []),
      ...(Array.isArray(months) ? [`in the months ${months.join(', ')}`] : []),
      ...(Array.isArray(years) ? [`in ${years.join(', ')}`] : []),
      ...(location === undefined ? [] : [`(${String(location)})`]),
      ...(Object.keys(others).length > 0 ? [JSON.stringify(others)] : []),
    ];
    return words.join(' ');
  });

const timeInWords = (time: unknown): string =>
  isObject(time) ? `${String(time['start_time'])} to ${String(time['end_time'])}` : JSON.stringify(time);
