import type { LiveFacts, LiveMetric } from '../live/live-facts';
import { selectorOf } from '../live/metric-question';
import type { Example } from '../rule';

/** What a server of an example told of some metrics, those that it has and others; it was asked on 2026-11-21 at noon. */
export const factsOf = (
  { now, series = {}, lastSeen = {} }: NonNullable<Example['server']>,
  names: readonly string[],
): LiveFacts => ({
  says: 'Prometheus 3.15.0 at http://prometheus:9090, 2026-11-21 12:00 UTC',
  product: 'Prometheus',
  asked: Date.UTC(2026, 10, 21, 12) / 1000,
  memory: 30 * 86_400,
  now: new Set(now),
  metadata: new Map(),
  metrics: new Map(names.map((name) => [name, metricOf(name, now.includes(name), series[name])])),
  lastSeen: new Map(Object.entries(lastSeen)),
  scraping: undefined,
  rules: [],
});

/** Series that are not given have the labels of scraping. */
const metricOf = (
  name: string,
  isThere: boolean,
  series: readonly Readonly<Record<string, string>>[] | undefined,
): LiveMetric => ({
  name,
  ask: series ? 'series' : 'labels',
  selector: selectorOf(name),
  labels: new Set(series ? series.flatMap(Object.keys) : isThere ? ['instance', 'job'] : []),
  series,
});
