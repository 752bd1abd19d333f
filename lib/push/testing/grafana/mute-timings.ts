import { isObject, type Json } from '../../../grafana-json/json';
import { needs } from './auth';
import { conflict, demandProvenance, editDocument, fingerprint } from './alertmanager';
import { provenanceOf, rulesNaming } from './alert-rules';
import { badRequest, bodyOf, coded, copy, ok, route, textOf, type Asked, type Route } from './exchange';
import { routesOf } from './policies';
import type { AlertmanagerDocument, MuteTiming } from './state';

const path = '/api/v1/provisioning/mute-timings';

/** Contract 4.5. */
export const muteTimingRoutes: readonly Route[] = [
  route('GET', path, needs.notificationsRead, ({ state }) => ok(state.world.alertmanager.muteTimings.map(shown))),
  route('GET', `${path}/:name`, needs.notificationsRead, ({ state, params }) =>
    ok(shown(found(state.world.alertmanager, params['name']))),
  ),
  route('POST', path, needs.notificationsWrite, (asked) => create(asked)),
  route('PUT', `${path}/:name`, needs.notificationsWrite, (asked) => replace(asked)),
  route('DELETE', `${path}/:name`, needs.notificationsWrite, (asked) => remove(asked)),
];

const notFound = (): Error => coded(404, 'alerting.notifications.time-intervals.notFound', 'NotFound');

const found = ({ muteTimings }: AlertmanagerDocument, name = ''): MuteTiming => {
  const timing = muteTimings.find((one) => one.name === name);
  if (!timing) throw notFound();
  return timing;
};

const shown = ({ name, intervals, provenance }: MuteTiming): Json => ({
  name,
  time_intervals: copy(intervals),
  version: fingerprint([name, intervals]),
  ...(provenance && { provenance }),
});

const versionOf = (timing: MuteTiming): unknown => shown(timing)['version'];

const create = async (asked: Asked) => {
  const body = bodyOf(asked);
  const timing: MuteTiming = {
    name: textOf(body, 'name'),
    intervals: normalIntervals(body['time_intervals']),
    provenance: provenanceOf(asked),
  };
  if (timing.name === '') throw badRequest();
  await editDocument(asked, 'failed to create mute timing', (draft) => {
    if (draft.muteTimings.some(({ name }) => name === timing.name))
      throw coded(
        400,
        'alerting.notifications.time-intervals.nameExists',
        'Time interval with this name already exists. Use a different name or update existing one.',
      );
    draft.muteTimings = [...draft.muteTimings, timing];
  });
  return ok(shown(timing), 201);
};

const replace = async (asked: Asked) => {
  const body = bodyOf(asked);
  const name = asked.params['name'] ?? '';
  const provenance = provenanceOf(asked);
  const intervals = normalIntervals(body['time_intervals']);
  const wanted = textOf(body, 'version');
  // No rename: another name is not there.
  const timing = await editDocument(asked, 'failed to update mute timing', (draft) => {
    const before = found(draft, textOf(body, 'name') || name);
    if (before.name !== name) throw notFound();
    demandProvenance(before.provenance, provenance);
    if (wanted && wanted !== versionOf(before)) throw conflict();
    const after: MuteTiming = { name, intervals, provenance };
    draft.muteTimings = draft.muteTimings.map((one) => (one.name === name ? after : one));
    return after;
  });
  return ok(shown(timing), 202);
};

const remove = async (asked: Asked) => {
  const { state, params, query } = asked;
  const before = state.world.alertmanager.muteTimings.find(({ name }) => name === params['name']);
  if (!before) return { status: 204 };
  const wanted = query.get('version');
  demandProvenance(before.provenance, provenanceOf(asked));
  if (wanted && wanted !== versionOf(before)) throw conflict();
  await editDocument(asked, 'failed to delete mute timing', (draft) => {
    const named = routesOf(draft.route).some((one) =>
      ['mute_time_intervals', 'active_time_intervals'].some((key) => {
        const names = one[key];
        return Array.isArray(names) && names.includes(before.name);
      }),
    );
    if (named) throw used({ UsedByRoutes: true });
    const rules = rulesNaming(state, 'mute_time_intervals', before.name).map(({ uid }) => uid);
    if (rules.length > 0) throw used({ UsedByRules: rules });
    draft.muteTimings = draft.muteTimings.filter(({ name }) => name !== before.name);
  });
  return { status: 204 };
};

const used = (extra: Json): Error => coded(409, 'alerting.notifications.time-intervals.used', 'Conflict', extra);

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
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Names of months become numbers, all else stays. Throws the bare 400. */
export const normalIntervals = (sent: unknown): readonly Json[] => {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent) || !sent.every(isObject)) throw badRequest();
  return (sent as readonly Json[]).map((interval) => {
    const times = texts<Json>(interval, 'times', isObject).map(({ start_time: start, end_time: end }) => {
      if (!isClock(start) || !isClock(end)) throw badRequest();
      return { start_time: start, end_time: end };
    });
    const days = texts(interval, 'weekdays').map((text) => ranged(text, (day) => weekdays.includes(day.toLowerCase())));
    const location = interval['location'];
    if (location !== undefined && !isZone(location)) throw badRequest();
    return {
      ...(times.length > 0 && { times }),
      ...(days.length > 0 && { weekdays: days }),
      ...kept(
        'days_of_month',
        texts(interval, 'days_of_month').map((text) => ranged(text, (day) => /^-?\d+$/.test(day))),
      ),
      ...kept('months', texts(interval, 'months').map(monthRange)),
      ...kept(
        'years',
        texts(interval, 'years').map((text) => ranged(text, (year) => /^\d+$/.test(year))),
      ),
      ...(typeof location === 'string' && { location }),
    };
  });
};

const kept = (key: string, list: readonly string[]): Json => (list.length > 0 ? { [key]: list } : {});

const texts = <Item = string>(
  interval: Json,
  key: string,
  is: (value: unknown) => boolean = isText,
): readonly Item[] => {
  const list = interval[key];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every(is)) throw badRequest();
  return list as readonly Item[];
};

const isText = (value: unknown): boolean => typeof value === 'string';
const isClock = (value: unknown): boolean => typeof value === 'string' && /^\d\d:\d\d$/.test(value);

const ranged = (text: string, fits: (end: string) => boolean): string => {
  if (!text.split(':').every(fits)) throw badRequest();
  return text;
};

const monthRange = (text: string): string =>
  text
    .split(':')
    .map((end) => {
      const index = months.indexOf(end.toLowerCase());
      if (index < 0 && !/^\d+$/.test(end)) throw badRequest();
      return index < 0 ? end : String(index + 1);
    })
    .join(':');

const isZone = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
};
