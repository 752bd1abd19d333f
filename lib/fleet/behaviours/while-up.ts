import type { Amount, Rows, Value } from '../content';
import type { Place } from '../place';
import { befalls } from '../world/world';

/** Whether the app answers the exporter. */
export const isUp =
  ({ world, service }: Place) =>
  (time: number): boolean =>
    !befalls(world, 'app-unreachable', service, time);

/** The same as the metric that most exporters have for it: 1 or 0. */
export const upOf =
  (place: Place): Amount =>
  (time) =>
    Number(isUp(place)(time));

/** A value while the app answers; else the series is not there. */
const whileUp =
  (place: Place, value: Value): Value =>
  (time) =>
    isUp(place)(time) ? value(time) : undefined;

/** The metrics of a page whose exporter has nothing to tell while its app does not answer; counters go on. */
export const allWhileUp = (place: Place, metrics: Readonly<Record<string, Rows>>): Readonly<Record<string, Rows>> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, rows]): [string, Rows] => [
      name,
      typeof rows === 'function'
        ? whileUp(place, rows)
        : typeof rows === 'number'
          ? whileUp(place, () => rows)
          : Array.isArray(rows)
            ? rows.map(([labels, content]) => [
                labels,
                typeof content === 'function'
                  ? whileUp(place, content)
                  : typeof content === 'number'
                    ? whileUp(place, () => content)
                    : content,
              ])
            : rows,
    ]),
  );
