import type { ResolvedHomelab } from '../../homelab/resolved';
import type { Labels } from '../prometheus';
import type { Course } from './timeline';
import { ordinaryDay } from './ordinary-day';
import { notationOf, selectorOf, track, type Track } from './track';

/** From one minute of the scene to another, which is the first in which all is well again. Without an end: to the end of the scene. */
interface Span {
  readonly from: number;
  readonly until?: number;
}

/** Which series: a metric (all, where it is not said) with these labels, among others. */
interface Which {
  readonly metric?: string;
  readonly labels?: Labels;
}

/** Something that happens in a house. Minutes count from the beginning of the scene. */
export type Event =
  /** Nothing on it answers; when it is back, its services follow one after the other within `servicesTake` minutes (default 0). */
  | ({ readonly what: 'host off'; readonly host: string; readonly servicesTake?: number } & Span)
  /** The service does not answer, and neither does its exporter; the machine is well. */
  | ({ readonly what: 'service down'; readonly service: string } & Span)
  /** Nothing outside of the house answers. */
  | ({ readonly what: 'internet gone' } & Span)
  /** Prometheus does not run: nothing is recorded, and its own counters begin anew. */
  | ({ readonly what: 'Prometheus off' } & Span)
  /** Something else than usual: a gauge shows `to`, a counter grows by `to` each minute. */
  | ({ readonly what: 'changed'; readonly to: number } & Required<Pick<Which, 'metric'>> & Which & Span)
  /** These series are not there. */
  | ({ readonly what: 'missing' } & Which & Span)
  /** A series that no ordinary day has. */
  | ({ readonly what: 'new'; readonly metric: string; readonly labels: Labels; readonly value: number } & Span);

/** An ordinary day in which this happens, as series. Throws when an event is about something that the house does not have. */
export const courseOf = (
  { name, minutes, events }: { readonly name: string; readonly minutes: number; readonly events: readonly Event[] },
  homelab: ResolvedHomelab,
): Course => {
  const tracks = [...ordinaryDay(homelab, minutes)];
  for (const event of events) apply(event, tracks, minutes);
  return { name, minutes, series: Object.fromEntries(tracks.map((each) => [selectorOf(each), notationOf(each)])) };
};

const apply = (event: Event, tracks: Track[], minutes: number): void => {
  const { from, until = minutes + 1 } = event;
  const chosen = (which: Which): readonly Track[] => {
    const found = tracks.filter((each) => fits(each, which));
    if (found.length === 0) throw new Error(`${event.what}: this house has no series ${JSON.stringify(which)}`);
    return found;
  };
  switch (event.what) {
    case 'host off':
      return hostOff(event, chosen({ labels: { host: event.host } }), minutes);
    case 'service down':
      return chosen({ labels: { service: event.service } }).forEach((each) => notAnswering(each, from, until, 0.01));
    case 'internet gone':
      return chosen({ labels: { reach: 'external' } }).forEach((each) => notAnswering(each, from, until, 5));
    case 'Prometheus off':
      chosen({ metric: 'prometheus_tsdb_head_series' });
      for (const each of tracks) {
        fill(each, from, until, undefined);
        if (each.metric.startsWith('prometheus_')) each.resets.add(until);
      }
      return;
    case 'changed':
      return chosen(event).forEach((each) => fill(each, from, until, event.to));
    case 'missing':
      return chosen(event).forEach((each) => fill(each, from, until, undefined));
    case 'new': {
      const made = track(event.metric, event.labels, 'level', event.value, minutes);
      fill(made, 0, from, undefined);
      fill(made, until, minutes + 1, undefined);
      tracks.push(made);
    }
  }
};

const fits = ({ metric, labels }: Track, which: Which): boolean =>
  (which.metric === undefined || which.metric === metric) &&
  Object.entries(which.labels ?? {}).every(([name, value]) => labels[name] === value);

const fill = ({ values }: Track, from: number, until: number, value: number | undefined): void => {
  for (let minute = from; minute < Math.min(until, values.length); minute++) values[minute] = value;
};

const hostOff = (
  { from, until = Infinity, servicesTake = 0 }: Extract<Event, { what: 'host off' }>,
  tracks: readonly Track[],
  minutes: number,
): void => {
  const probes = tracks.filter(({ metric }) => metric === 'probe_success');
  for (const each of tracks) {
    const place = probes.findIndex(({ labels }) => labels['instance'] === each.labels['instance']);
    const later = place < 0 ? 0 : Math.ceil(((place + 1) * servicesTake) / probes.length);
    notAnswering(each, from, Math.min(until + later, minutes + 1), 9.5);
    if (until > minutes) continue;
    if (each.kind === 'pace') each.resets.add(until);
    if (each.metric === 'node_boot_time_seconds') fill(each, until, minutes + 1, until * 60 - 30);
  }
};

/** What is asked says 0, what is counted of a failed probe is as blackbox_exporter writes it, all else is gone. */
const notAnswering = (each: Track, from: number, until: number, seconds: number): void => {
  const isProbe = each.labels['group'] !== undefined;
  if (each.metric === 'up') return isProbe ? undefined : fill(each, from, until, 0);
  if (isProbe && each.metric in failed) return fill(each, from, until, failed[each.metric]);
  if (each.metric === 'probe_duration_seconds') return fill(each, from, until, seconds);
  fill(each, from, until, undefined);
};

const failed: Readonly<Record<string, number>> = {
  probe_success: 0,
  probe_http_status_code: 0,
  probe_http_ssl: 0,
  probe_dns_query_succeeded: 0,
};
