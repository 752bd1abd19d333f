import type { Labels } from '../prometheus';

/** One series of a course while it is being written: a value for each minute, undefined where nothing is scraped. */
export interface Track {
  readonly metric: string;
  readonly labels: Labels;
  /** A level is what a gauge shows; a pace is what a counter grows by each minute. */
  readonly kind: 'level' | 'pace';
  readonly values: (number | undefined)[];
  /** Minutes at which a counter begins anew. */
  readonly resets: Set<number>;
}

/** What a series is while all is well. */
export type Wanted = Pick<Track, 'metric' | 'labels' | 'kind'> & { readonly value: number };

export const level = (metric: string, labels: Labels, value: number): Wanted => ({
  metric,
  labels,
  kind: 'level',
  value,
});

export const pace = (metric: string, labels: Labels, value: number): Wanted => ({
  metric,
  labels,
  kind: 'pace',
  value,
});

/** A track that is the same all the time. */
export const track = (metric: string, labels: Labels, kind: Track['kind'], value: number, minutes: number): Track => ({
  metric,
  labels,
  kind,
  values: Array.from({ length: minutes + 1 }, () => value),
  resets: new Set(),
});

/** `node_load1{host="nas"}`. */
export const selectorOf = ({ metric, labels }: Track): string =>
  `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`;

/** In promtool's notation, shortened. Where a series stops it is stale, as after a scrape that failed. */
export const notationOf = ({ kind, values, resets }: Track): string => {
  const samples = kind === 'level' ? values : grown(values, resets);
  const items: string[] = [];
  for (let at = 0; at < samples.length;) {
    const [item, next] = itemAt(samples, at);
    items.push(item);
    at = next;
  }
  return items.join(' ');
};

/** A counter had been counting before the course began. */
const start = 1_000_000;

const grown = (paces: Track['values'], resets: ReadonlySet<number>): Track['values'] => {
  let total = start;
  return paces.map((pace, minute) => {
    if (resets.has(minute)) total = 0;
    if (pace === undefined) return undefined;
    total += pace;
    return Math.round(total * 1e6) / 1e6;
  });
};

/** The longest run from a place on that is one item, and where it ends. */
const itemAt = (samples: Track['values'], at: number): readonly [string, number] => {
  const first = samples[at];
  let end = at + 1;
  if (first === undefined) {
    while (end < samples.length && samples[end] === undefined) end++;
    return [at > 0 ? ['stale', ...(end - at > 1 ? [`_x${end - at - 1}`] : [])].join(' ') : `_x${end - at}`, end];
  }
  const second = samples[end];
  if (second === undefined) return [String(first), end];
  const step = Math.round((second - first) * 1e6) / 1e6;
  while (end < samples.length && isOn(samples[end], first + step * (end - at))) end++;
  const times = end - at - 1;
  if (times === 0) return [String(first), end];
  return [step === 0 ? `${first}x${times}` : `${first}${step < 0 ? '-' : '+'}${Math.abs(step)}x${times}`, end];
};

const isOn = (value: number | undefined, expected: number): boolean =>
  value !== undefined && Math.abs(value - expected) < 1e-6;
