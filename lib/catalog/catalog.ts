/** What a metric's values are. `untyped` is what the exporter itself says; a signal on one states what it is, and why. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'untyped';

/**
 * How we know. `live`: seen on a running exporter of a running app. `golden`: the exporter's own output on made-up data, of its
 * tests or of a stand-in that answered in the app's place. `source`: read in its code. `docs`: only described. Only `live` and
 * `golden` are called proven.
 */
export type Evidence = 'live' | 'golden' | 'source' | 'docs';

/**
 * What one unit of the value is, as the exporter gives it: nothing is converted in a catalog. A word more is a decision, not a
 * typing mistake: the table of display units has to know it. `info`: always 1, the labels are the message. `enum`: a number
 * that stands for a word. `timestamp_*`: since 1970. `count`: things, named by the metric.
 */
export type Unit =
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds'
  | 'hours'
  | 'days'
  | 'timestamp_seconds'
  | 'timestamp_milliseconds'
  | 'bytes'
  | 'bits'
  | 'bytes_per_second'
  | 'bits_per_second'
  | 'kilobits_per_second'
  | 'ratio'
  | 'percent'
  | 'celsius'
  | 'volts'
  | 'amperes'
  | 'watts'
  | 'watt_hours'
  | 'joules'
  | 'hertz'
  | 'megahertz'
  | 'rpm'
  | 'decibels'
  | 'decibel_milliwatts'
  | 'frames_per_second'
  | 'per_second'
  | 'count'
  | 'bool'
  | 'enum'
  | 'info';

/** The recorded metrics of one source. Metrics, labels and closed label values are keys, so that TypeScript knows their names. */
export interface Catalog {
  /** Unique name, the file's name: `node_exporter`. */
  readonly source: string;
  /** What it describes, where that is an app: `jellyfin`. */
  readonly app?: string;
  /** The version that was read. */
  readonly version: string;
  /** Port it listens on by default; null where it has none, or none that is fixed. */
  readonly port: number | null;
  /** Path of the metrics page; empty where it is not scraped (pushed, or written by Prometheus itself). */
  readonly path: string;
  /** What a reader must know of the whole source, in our words. */
  readonly note?: string;
  readonly provenance: readonly Provenance[];
  /** Evidence of every metric that does not say otherwise. */
  readonly evidence: Evidence;
  /** Where metrics were seen on a page: the versions, and what ran. */
  readonly recordings?: readonly Recording[];
  /**
   * Beginnings of names that only this source has; a missing metric under one of them is an error, not somebody else's.
   * Catalogs of the same app (three exporters for Jellyfin) may share one.
   */
  readonly prefixes: readonly string[];
  /** Names made at run time, as regular expressions anchored at both ends: a metric that fits may exist without being listed. */
  readonly open?: readonly { readonly pattern: string; readonly why: string }[];
  readonly metrics: Readonly<Record<string, Metric>>;
}

export interface Recording {
  readonly version: string;
  readonly how: string;
  /** `golden`: a stand-in answered the exporter, not the app. Absent: `live`. */
  readonly evidence?: 'golden';
  /** The page, where it is kept: a file of `golden/`. */
  readonly page?: string;
}

export interface Provenance {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly note?: string;
}

export interface Metric {
  readonly type: MetricType;
  /** Absent: not known, or different per series. */
  readonly unit?: Unit;
  /** Label -> its closed set of values as keys; an empty object: any value. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, object>>>>;
  /** The part of the exporter that gives it; can be switched on or off in the homelab file. */
  readonly collector?: string;
  /** `false`: only with `flag`, or with its collector switched on. Absent: given by default. */
  readonly default?: boolean;
  /** The setting that switches it on, as the exporter spells it. */
  readonly flag?: string;
  /** First version that has it. */
  readonly since?: string;
  /** First version that no longer has it. */
  readonly until?: string;
  /** Labels that came later than the metric: label -> first version that writes it. */
  readonly labelSince?: Readonly<Record<string, string>>;
  readonly evidence?: Evidence;
  /** Other spellings of the same instrument (OpenTelemetry paths add or drop suffixes). */
  readonly variants?: readonly string[];
  /** Its OpenTelemetry name, where UTF-8 names are kept. */
  readonly utf8?: string;
  /** What a reader must know: quirks, in our words. */
  readonly note?: string;
}
