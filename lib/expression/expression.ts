import type { Metric } from '../catalog/catalog';
import type { EntityName } from '../homelab/homelab';

/**
 * A typed PromQL expression: immutable data, printed late, when the homelab is known (`print.ts`).
 * `L` names the labels that it carries, at least: what carries more can stand where fewer are asked for.
 */
export interface Expression<L extends string = never> {
  readonly node: Node;
  /** Labels that the result carries. */
  readonly labels: ReadonlySet<string>;
  /** Compile-time only. */
  readonly carries?: (label: L) => void;
}

/** What a leaf needs to know of its source; the homelab adds the rest when it is bound. */
export interface SourceReference {
  readonly name: string;
  readonly entities: readonly EntityName[];
  /** Labels of the exporter that clash with one that our scrape configuration writes: Prometheus calls them `exported_…`. */
  readonly exported: readonly string[];
  /** Labels that series get on their way, beside those of the scrape. */
  readonly added: readonly string[];
  /** Its series are written by rules: they carry entities by name, and are told apart by their metric alone. */
  readonly byRules?: true;
}

/** How long a range reaches back. `default`: `$__rate_interval` in panels, four intervals or more in alerts. `range`: what the panel shows. */
export type Window = 'default' | 'range' | { readonly duration: string };

export type OverTime = 'avg' | 'max' | 'min' | 'sum' | 'count' | 'last' | 'stddev';

export type RangeFunction =
  | 'rate'
  | 'increase'
  | 'delta'
  | 'deriv'
  | 'changes'
  | `${OverTime}_over_time`
  | 'quantile_over_time'
  | 'predict_linear';

export type AggregateFunction = 'sum' | 'avg' | 'max' | 'min' | 'count' | 'group';

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';
export type Arithmetic = '+' | '-' | '*' | '/';
export type SetOperator = 'and' | 'or' | 'unless';
export type BinaryOperator = Arithmetic | Comparison | SetOperator;

export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: MatcherValue;
}

/** A text, a setting of the homelab file, or what the reader picked in a dashboard variable (no matcher where the board has none). */
export type MatcherValue =
  | { readonly text: string }
  | { readonly setting: 'ignoredDevices' | 'ignoredFilesystems' }
  | { readonly picked: string };

/** The series of one metric. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly source: SourceReference;
  readonly metric: string;
  readonly facts: Metric;
  /** What the signal says an `untyped` metric is. */
  readonly type: Metric['type'];
  readonly where: readonly Matcher[];
  /** Which of a histogram's or summary's series. */
  readonly part?: 'bucket' | 'sum' | 'count';
  readonly offset?: string;
}

/** A function of what one metric was. */
export interface Range {
  readonly kind: 'range';
  readonly function: RangeFunction;
  readonly of: Leaf;
  readonly window: Window;
  readonly parameter?: number;
  /** Up to the end of what is shown, at each point of a graph alike, and not up to the point itself. */
  readonly toTheEnd?: true;
}

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly function: AggregateFunction;
  readonly by: readonly string[];
  readonly of: Expression;
}

/** A quantile of a histogram, or (without `q`) how its observations are spread. */
export interface Buckets {
  readonly kind: 'buckets';
  readonly q?: number;
  readonly of: Leaf;
  readonly by: readonly string[];
  readonly window: Window;
}

/** How often a histogram or summary observed something, or what that adds up to. */
export interface Observed {
  readonly kind: 'observed';
  readonly part: 'count' | 'sum';
  readonly function: 'rate' | 'increase';
  readonly of: Leaf;
  readonly window: Window;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly on?: readonly string[];
  readonly group?: { readonly side: 'left' | 'right'; readonly include: readonly string[] };
  /** 0 or 1 instead of filtering. */
  readonly bool?: boolean;
}

/** A function of an instant vector that changes values only; `before` and `after` are its other arguments. */
export interface Call {
  readonly kind: 'call';
  readonly function: 'abs' | 'clamp' | 'timestamp' | 'topk' | 'bottomk';
  readonly before: readonly number[];
  readonly of: Expression;
  readonly after: readonly number[];
}

/** A label more: what `pattern` finds in the label `from`, as `value` says (`$1`), or a fixed text. */
export interface Tag {
  readonly kind: 'tag';
  readonly of: Expression;
  readonly label: string;
  readonly value: string;
  readonly from?: string;
  readonly pattern?: string;
}

/** What a computed expression was over time. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly function: `${OverTime}_over_time` | 'quantile_over_time';
  readonly of: Expression;
  readonly window: Window;
  readonly step: string;
  /** Which quantile. */
  readonly parameter?: number;
  /** Looked at from the end of what is shown, at each point of a graph alike. */
  readonly toTheEnd?: true;
}

/** 1 while no series fits. `each`: for each target that the homelab file declares. */
export interface Absent {
  readonly kind: 'absent';
  readonly of: Leaf;
  readonly over?: string;
  readonly each?: true;
}

export interface Raw {
  readonly kind: 'raw';
  readonly texts: readonly string[];
  readonly holes: readonly Hole[];
}

/** The same thing from different exporters. `first`: the first that this homelab has. `all`: every one that it has, together. */
export interface Choice {
  readonly kind: 'choice';
  readonly take: 'first' | 'all';
  readonly among: readonly Alternative[];
}

export interface Alternative {
  /** For the reader of a message: a source, or what differs. */
  readonly name: string;
  readonly of: Expression;
}

export type Node =
  | Leaf
  | Range
  | Aggregate
  | Buckets
  | Observed
  | Binary
  | Call
  | Tag
  | Subquery
  | Absent
  | Raw
  | Choice
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'time' }
  | { readonly kind: 'always' };

/** What a PromQL template may hold: an expression, or the standing window of where it is printed. */
export type Hole = Expression | { readonly window: Window; readonly of: Expression };

/** Labels that a scrape adds beside the exporter's own. */
export type ScrapeLabel = 'job' | 'instance';

export const makeExpression = <L extends string>(node: Node, labels: Iterable<string>): Expression<L> => ({
  node,
  labels: new Set(labels),
});

export * from './walk';
