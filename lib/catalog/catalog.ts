/** What a metric's values are. `untyped` is what the exporter itself says; a signal on one states what it is, and why. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'untyped';

/**
 * How we know. `live`: seen on a running exporter. `golden`: in the exporter's own test output. `source`: read in its code.
 * `docs`: only described. Only `live` and `golden` are called proven.
 */
export type Evidence = 'live' | 'golden' | 'source' | 'docs';

/** The recorded metrics of one source. Metrics, labels and closed label values are keys, so that TypeScript knows their names. */
export interface Catalog {
  /** Unique name, the file's name: `node_exporter`. */
  readonly source: string;
  /** What it describes, where that is an app: `jellyfin`. */
  readonly app?: string;
  /** The version that was read. */
  readonly version: string;
  /** Port it listens on by default; null where it has none. */
  readonly port: number | null;
  /** Path of the metrics page. */
  readonly path: string;
  readonly provenance: readonly Provenance[];
  /** Evidence of every metric that does not say otherwise. */
  readonly evidence: Evidence;
  /** Where metrics were seen live: the versions, and what ran. */
  readonly recordings?: readonly { readonly version: string; readonly how: string }[];
  /** Beginnings of names that only this source has; a missing metric under one of them is an error, not somebody else's. */
  readonly prefixes: readonly string[];
  /** Names made at run time, as regular expressions anchored at both ends: a metric that fits may exist without being listed. */
  readonly open?: readonly { readonly pattern: string; readonly why: string }[];
  readonly metrics: Readonly<Record<string, Metric>>;
}

export interface Provenance {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly note?: string;
}

export interface Metric {
  readonly type: MetricType;
  /** Base unit as the exporter means it: `seconds`, `bytes`, `ratio`, `celsius` … Absent: not known. */
  readonly unit?: string;
  /** Label -> its closed set of values as keys; an empty object: any value. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, object>>>>;
  /** The part of the exporter that gives it; can be switched on or off in the homelab file. */
  readonly collector?: string;
  /** `false`: only with `flag`, or with its collector switched on. */
  readonly default?: boolean;
  readonly flag?: string;
  /** First version that has it. */
  readonly since?: string;
  /** First version that no longer has it. */
  readonly until?: string;
  readonly evidence?: Evidence;
  /** Other spellings of the same instrument (OpenTelemetry paths add or drop suffixes). */
  readonly variants?: readonly string[];
  /** Its OpenTelemetry name, where UTF-8 names are kept. */
  readonly utf8?: string;
  /** What a reader must know: quirks, in our words. */
  readonly note?: string;
}

