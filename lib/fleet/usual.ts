import type { Metric } from '../catalog/catalog';
import { counted, lastOf, level, observed, whole, type Content } from './content';
import type { Place } from './place';
import { steady, wave, type Course } from './time/course';
import { fractionOf } from './time/seed';

/** Names of what should not happen: it is 0, or it stopped at some number. */
const unwanted =
  /(^|_)(errors?|errs|fail(ed|ures?|s)?|drop(ped|s)?|discard(ed|s)?|corrupt(ed|ions?)?|lost|loss|missed|missing|rejected|invalid|timeouts?|retr(y|ies|ied)|overruns?|dead|defects?|unhealthy|offline|degraded|alarm|warnings?|throttled|throttles|stalled|oom|unavailable|exceeded|aborted|cancel(led|s)|panics?|blocked|paused|stale|collisions?|uncorrectable|unknown|bad|broken|limited|limit_reached|overflow|full|killed|crit|fatal|conflict|expired|late|outage|violations?|reallocated|misses|faults?|deadlocks?|restarts?|out_of_order|out_of_bounds?|duplicates?|too_old|ooo|skipped|cut|leaks?|resets?|evicted|evictions?|restarting|reboot|disabled|pending|stuck|issues?)(_|$)/i;

/** What a metric holds that no behaviour names: by its type, its unit, its name. */
export const usualContent = (place: Place, name: string, metric: Metric, labels: string): Content => {
  const seed = `${place.key} ${name} ${labels}`;
  if (metric.type === 'histogram' || metric.type === 'summary')
    return observed(wave(seed, { mean: 0.4, day: 0.4 }), typicalOf(metric));
  if (metric.type === 'counter' || (metric.type === 'untyped' && /_total$/.test(name)))
    return counted(unwanted.test(name) ? steady(0) : wave(seed, { mean: paceOf(name, metric), day: 0.4, noise: 0.2 }));
  return gauge(place, name, metric, seed);
};

/** A typical observation in the metric's unit. */
const typicalOf = ({ unit }: Metric): number => typical[unit ?? ''] ?? 0.04;

const typical: Readonly<Record<string, number>> = {
  seconds: 0.04,
  milliseconds: 40,
  microseconds: 400,
  nanoseconds: 40_000,
  bytes: 2_000,
  count: 5,
  percent: 90,
  ratio: 0.9,
  per_second: 30,
};

/** Per second. */
const paceOf = (name: string, { unit }: Metric): number => {
  if (unit === 'seconds') return /cpu/.test(name) ? 0.02 : 0.05;
  return paces[unit ?? ''] ?? 0.8;
};

const paces: Readonly<Record<string, number>> = {
  bytes: 20_000,
  milliseconds: 50,
  microseconds: 50_000,
  nanoseconds: 5e7,
  joules: 12,
  percent: 0,
  info: 0,
  bool: 0,
  enum: 0,
};

const gauge = (place: Place, name: string, { unit }: Metric, seed: string): Content => {
  const around = (mean: number, noise = 0.1): Course => wave(seed, { mean, day: 0.15, noise });
  switch (unit) {
    case 'info':
      return 1;
    case 'bool':
      return unwanted.test(name) || /update_available|pending_restart|is_default|has_update/.test(name) ? 0 : 1;
    case 'enum':
      return 1;
    case 'timestamp_seconds':
    case 'timestamp_milliseconds': {
      const factor = unit === 'timestamp_seconds' ? 1 : 1000;
      return moment(place, name, seed, factor);
    }
    case 'ratio':
      return unwanted.test(name) ? 0 : level(around(0.3 + 0.3 * fractionOf(seed)));
    case 'percent': {
      if (unwanted.test(name)) return 0;
      const course = around(/battery|charge/.test(name) ? 90 : 30 + 30 * fractionOf(seed), 0.05);
      return (time) => Math.min(100, course.at(time));
    }
    case 'celsius':
      return level(around(/crit|max/.test(name) ? 95 : 42, 0.04));
    case 'bytes':
      if (unwanted.test(name)) return 0;
      // Less than what is said of the whole.
      if (/free|avail|remaining/.test(name)) return whole(around(9e9));
      if (/total|size|limit|max|capacity|quota|virtual/.test(name)) return 16e9;
      return whole(around(/(^|_)sys(_|$)/.test(name) ? 8e8 : 4e8));
    case 'count':
    case undefined:
      if (unwanted.test(name)) return 0;
      if (/limit|max|capacity/.test(name)) return 1000;
      // Fewer than there are in all.
      return whole(around(/(^|_)(online|connected)(_|$)/.test(name) ? 1.2 : 3 + 20 * fractionOf(seed)));
    default:
      return level(around(usual[unit] ?? 1));
  }
};

const usual: Readonly<Record<string, number>> = {
  seconds: 0.05,
  milliseconds: 25,
  microseconds: 300,
  nanoseconds: 20_000,
  hours: 2_000,
  days: 60,
  bytes_per_second: 250_000,
  bits_per_second: 2e6,
  bits: 3_000,
  kilobits_per_second: 4_000,
  volts: 12,
  amperes: 0.4,
  watts: 20,
  watt_hours: 50,
  joules: 100,
  hertz: 2.4e9,
  megahertz: 2_400,
  rpm: 1_100,
  decibels: 30,
  decibel_milliwatts: -5,
  frames_per_second: 60,
  per_second: 25,
};

/** When something was or will be, by its name. */
const moment = (place: Place, name: string, seed: string, factor: number): Content => {
  if (/expir|not_after|support_end|next/.test(name)) {
    // Certificates are renewed a month before they end, so there are always 30 to 90 days left.
    const renewed = 60 * 86_400;
    return (time) => (Math.floor(time / renewed) * renewed + renewed + 30 * 86_400) * factor;
  }
  if (/start|boot|created|added|modified|mtime/.test(name)) return (time) => place.lives.program(time) * factor;
  const period = /scrape|poll|sync|update|seen|reload|last/.test(name) ? 60 : 3_600;
  const offset = Math.floor(fractionOf(seed) * period);
  const last = lastOf(period, offset);
  return (time) => last(time) * factor;
};
