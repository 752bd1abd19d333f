import type { MetricMetadata, SeriesLabels, ServerRule } from '../../server/prometheus';
import type { Scraping } from '../../server/scraping';
import type { MetricQuestion } from './metric-question';

/** What one server told, once, for all rules. */
export interface LiveFacts {
  /** `Prometheus 3.15.0 at http://nas:9090, 2026-11-21 10:00 UTC`. */
  readonly says: string;
  /** `VictoriaMetrics`; undefined where it does not say. */
  readonly product: string | undefined;
  /** Seconds since 1970. */
  readonly asked: number;
  /** How far back it was asked for what is not there now, in seconds. */
  readonly memory: number;
  /** Names of all metrics that have series now. */
  readonly now: ReadonlySet<string>;
  readonly metadata: ReadonlyMap<string, readonly MetricMetadata[]>;
  /** What it told of each metric that was asked about; those that it did not answer for are not in it. */
  readonly metrics: ReadonlyMap<string, LiveMetric>;
  /** Seconds since 1970 of the last sample of names that have none now, to ten minutes. */
  readonly lastSeen: ReadonlyMap<string, number>;
  readonly scraping: Scraping | undefined;
  readonly rules: readonly ServerRule[];
}

/** What it told of one metric: now, or where it has none now, of the time before. */
export interface LiveMetric extends MetricQuestion {
  /** Names of its labels; empty where nothing was selected. */
  readonly labels: ReadonlySet<string>;
  /** Its series, where they were asked for. */
  readonly series: readonly SeriesLabels[] | undefined;
}
