import type { Evidence, MetricType, Unit } from '../catalog/catalog';
import type { Selector } from '../query/tree';
import type { Presence } from './live/presence';

/** What catalogs, a server and recording rules tell of metrics. Rules ask it and never mind where it comes from. */
export interface Knowledge {
  /** What is known of what a selector selects; its `job`, where it says one, decides the source. */
  of(selector: Selector): Known;
  /** Seconds between two samples of what it selects; undefined: not known. */
  intervalOf(selector: Selector): number | undefined;
  /** Labels that scraping adds to every series, beside a metric's own: `job`, `instance`, and what the homelab or the server says. */
  readonly scraped: ReadonlySet<string>;
  /** What the finding names as evidence when nothing more precise is known: `85 recorded catalogs`, `Prometheus 3.15 at http://…`. */
  readonly says: string;
  /** Whether a server answered, rather than recorded catalogs alone. */
  readonly live: boolean;
  /** What the server is, where it says: `VictoriaMetrics`. */
  readonly product?: string;
  /** Whether the server has what a selector asks for; only where a server answered. */
  presenceOf?(selector: Selector): Presence;
  /** Labels of log streams; only where a Loki answered. */
  readonly logs?: LogKnowledge;
}

/** What a Loki told of its streams. */
export interface LogKnowledge {
  readonly labels: ReadonlySet<string>;
  /** Values of a label, where they were asked for. */
  valuesOf(label: string): ReadonlySet<string> | undefined;
  readonly says: string;
}

/** `slip`: a metric that is known and differs by one letter, so that it was probably meant. */
export type Known =
  | KnownMetric
  /** A source that is covered does not have it. */
  | {
      readonly state: 'missing';
      readonly name: string;
      /** The catalogs that would own it: `node_exporter 1.12.1`. */
      readonly owner: string;
      /** Such as `gone since version 0.16.0` or `never seen in the 15 days that the server remembers`. */
      readonly why: string;
      readonly nearest: readonly string[];
      readonly evidence: string;
      /** Nothing of its owner's begins with its first two words: another program, or a text file, may write it. */
      readonly doubtful?: true;
    }
  /** Nothing that we have covers its source, named by the beginning that its metrics share, or by its job. */
  | { readonly state: 'uncovered'; readonly name: string; readonly source: string; readonly slip?: string }
  /** Made at run time under a name that a catalog expects: may exist. */
  | { readonly state: 'open'; readonly name: string; readonly why: string; readonly slip?: string }
  /** The selector names no metric, or a pattern. */
  | { readonly state: 'unnamed' };

export interface KnownMetric {
  readonly state: 'known';
  /** As the query has it. */
  readonly name: string;
  /** Histograms and summaries: the name without `_bucket`, `_sum`, `_count`. */
  readonly family: string;
  readonly part: 'bucket' | 'sum' | 'count' | 'created' | undefined;
  /** Of the family. Undefined: nobody says (a recording rule, a server without metadata, sources that differ). */
  readonly type: MetricType | undefined;
  readonly unit: Unit | undefined;
  readonly labels: KnownLabels;
  /** Who says so: `node_exporter 1.12.1, golden`. */
  readonly evidence: string;
  readonly grade: Evidence | undefined;
  /** Written by this recording rule. */
  readonly recording: boolean;
  /** What the catalog notes: quirks that a message may repeat. */
  readonly note: string | undefined;
}

export interface KnownLabels {
  /** The metric's own, without those that scraping adds; `le` and `quantile` where its part has them. */
  readonly names: ReadonlySet<string>;
  /** Those of `names` that not every version, or not every exporter that has the metric, writes. */
  readonly optional?: ReadonlySet<string>;
  /** Labels of other metrics of the same source: on this one they are a mistake, unless who scrapes adds them. */
  readonly elsewhere?: ReadonlySet<string>;
  /** Those that a recording rule took away: not there, whoever scrapes. */
  readonly taken?: ReadonlySet<string>;
  /** Whether others are possible, because who scrapes may add some: always, unless the homelab file or a server tells. */
  readonly open: boolean;
  /** The values that a label can have: `closed` is all there ever are; otherwise those that a server has now. Undefined: any. */
  valuesOf(label: string): { readonly values: ReadonlySet<string>; readonly closed: boolean } | undefined;
}
