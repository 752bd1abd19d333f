import type { Metric } from '../catalog/catalog';
import type { EntityName } from '../homelab/homelab';

/**
 * A typed PromQL expression: immutable data, printed late, when the homelab is known (`print.ts`).
 * `L` names the labels that it still carries; it exists at compile time only.
 */
export interface Expression<L extends string = string> {
  readonly node: Node;
  /** Labels that the result carries. */
  readonly labels: ReadonlySet<string>;
  /** Compile-time only. */
  readonly carries?: L;
}

/** What a leaf needs to know of its source; the homelab adds the rest when it is bound. */
export interface SourceReference {
  readonly name: string;
  readonly entities: readonly EntityName[];
}

/** How long a range reaches back. `default`: `$__rate_interval` in panels, four intervals or more in alerts. `range`: what the panel shows. */
export type Window = 'default' | 'range' | { readonly duration: string };

export type RangeFunction =
  | 'rate'
  | 'increase'
  | 'delta'
  | 'deriv'
  | 'changes'
  | 'resets'
  | 'avg_over_time'
  | 'max_over_time'
  | 'min_over_time'
  | 'sum_over_time'
  | 'count_over_time'
  | 'last_over_time'
  | 'quantile_over_time'
  | 'predict_linear';

export type AggregateFunction = 'sum' | 'avg' | 'max' | 'min' | 'count' | 'group';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | 'and' | 'or' | 'unless' | Comparison;
export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

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

export type Node =
  | Leaf
  | {
      readonly kind: 'range';
      readonly function: RangeFunction;
      readonly of: Expression;
      readonly window: Window;
      readonly parameter?: number;
    }
  | {
      readonly kind: 'aggregate';
      readonly function: AggregateFunction;
      readonly by: readonly string[];
      readonly of: Expression;
    }
  | { readonly kind: 'quantile'; readonly q: number; readonly of: Leaf; readonly by: readonly string[]; readonly window: Window }
  | { readonly kind: 'histogram-part'; readonly part: 'count' | 'sum'; readonly of: Leaf; readonly function: 'rate' | 'increase'; readonly window: Window }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly on?: readonly string[];
      readonly group?: { readonly side: 'left' | 'right'; readonly include: readonly string[] };
      /** 0 or 1 instead of filtering. */
      readonly bool?: boolean;
    }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly function: string; readonly before?: readonly string[]; readonly of: Expression; readonly after?: readonly string[] }
  | { readonly kind: 'time' }
  | { readonly kind: 'absent'; readonly of: Leaf; readonly over?: string }
  | { readonly kind: 'tag'; readonly of: Expression; readonly label: string; readonly value: string; readonly from?: string; readonly pattern?: string }
  | { readonly kind: 'subquery'; readonly function: RangeFunction; readonly of: Expression; readonly window: Window; readonly step?: string }
  | { readonly kind: 'raw'; readonly texts: readonly string[]; readonly holes: readonly Hole[] };

/** What a PromQL template may hold: an expression, or the standing window of where it is printed. */
export type Hole = Expression | { readonly window: Window; readonly of: Expression };

/** Labels that a scrape adds beside the exporter's own. */
export type ScrapeLabel = 'job' | 'instance';

export const makeExpression = <L extends string>(node: Node, labels: Iterable<string>): Expression<L> => ({
  node,
  labels: new Set(labels),
});

/** Every leaf below, in order of appearance. */
export const leavesOf = (expression: Expression): readonly Leaf[] => {
  const { node } = expression;
  switch (node.kind) {
    case 'leaf':
      return [node];
    case 'quantile':
    case 'histogram-part':
    case 'absent':
      return [node.of];
    case 'range':
    case 'aggregate':
    case 'call':
    case 'tag':
    case 'subquery':
      return leavesOf(node.of);
    case 'binary':
      return [...leavesOf(node.left), ...leavesOf(node.right)];
    case 'raw':
      return node.holes.flatMap((hole) => leavesOf('window' in hole ? hole.of : hole));
    case 'number':
    case 'time':
      return [];
  }
};
