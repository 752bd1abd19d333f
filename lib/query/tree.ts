/** A part of a query; offsets are those of the query as the author wrote it, variables and all. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A PromQL expression as rules walk it: what the grammar says, with the meaning of Grafana's variables kept. */
export type Expr =
  Selector | Subquery | Call | Aggregation | Binary | Unary | Parenthesised | NumberLiteral | StringLiteral;

/** `metric{matchers}`, with `[window]` a range. */
export interface Selector extends Span, Shift {
  readonly kind: 'selector';
  /** As the query names it, `node_cpu_seconds_total`; undefined where it is a pattern, a variable, or not said. */
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  /** Without those on `__name__` that `name` stands for. */
  readonly matchers: readonly Matcher[];
  readonly window: Duration | undefined;
}

export interface Subquery extends Span, Shift {
  readonly kind: 'subquery';
  readonly inner: Expr;
  readonly window: Duration;
  readonly step: Duration | undefined;
}

export interface Shift {
  readonly offset?: Duration;
  readonly at?: string;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher extends Span {
  readonly label: string;
  readonly operator: MatchOperator;
  /** Unquoted; a variable in it as it is written. */
  readonly value: string;
  readonly valueSpan: Span;
  /** Whether a variable stands in the value, so that it can be anything. */
  readonly open: boolean;
}

/** `5m`, or a variable that Grafana fills in. */
export interface Duration extends Span {
  /** Undefined for a variable whose value is not known. */
  readonly seconds: number | undefined;
  /** `__rate_interval` for `$__rate_interval`. */
  readonly variable: string | undefined;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expr[];
  /** MetricsQL: `keep_metric_names` follows. */
  readonly keepsNames?: true;
}

export interface Aggregation extends Span {
  readonly kind: 'aggregation';
  readonly name: string;
  readonly nameSpan: Span;
  /** `by (...)` keeps only these; `without (...)` all but these; undefined: none is kept. */
  readonly grouping: { readonly mode: 'by' | 'without'; readonly labels: readonly LabelName[] } | undefined;
  /** The `5` of `topk(5, …)`, the `"version"` of `count_values("version", …)`. */
  readonly parameter: Expr | undefined;
  readonly inner: Expr;
}

export interface LabelName extends Span {
  readonly name: string;
  /** A variable stands for it. */
  readonly open: boolean;
}

export interface Binary extends Span {
  readonly kind: 'binary';
  /** `+ - * / % ^ atan2 == != > < >= <= and or unless`, and MetricsQL's `default if ifnot`. */
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly bool: boolean;
  readonly matching:
    | {
        readonly mode: 'on' | 'ignoring' | undefined;
        readonly labels: readonly LabelName[];
        readonly group: 'left' | 'right' | undefined;
        readonly include: readonly LabelName[];
      }
    | undefined;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly inner: Expr;
}

export interface Parenthesised extends Span {
  readonly kind: 'parenthesised';
  readonly inner: Expr;
}

export interface NumberLiteral extends Span {
  readonly kind: 'number';
  /** Undefined where a variable stands. */
  readonly value: number | undefined;
}

export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** The expressions directly inside one, in the order of the text. */
export const childrenOf = (expr: Expr): readonly Expr[] => {
  switch (expr.kind) {
    case 'subquery':
    case 'unary':
    case 'parenthesised':
      return [expr.inner];
    case 'call':
      return expr.args;
    case 'aggregation':
      return expr.parameter ? [expr.parameter, expr.inner] : [expr.inner];
    case 'binary':
      return [expr.left, expr.right];
    default:
      return [];
  }
};

/** An expression and all inside it, outermost first, each with those around it, innermost first. */
export function* walk(expr: Expr, around: readonly Expr[] = []): Generator<{ node: Expr; around: readonly Expr[] }> {
  yield { node: expr, around };
  for (const child of childrenOf(expr)) yield* walk(child, [expr, ...around]);
}

/** Without the parentheses around it. */
export const bare = (expr: Expr): Exclude<Expr, Parenthesised> =>
  expr.kind === 'parenthesised' ? bare(expr.inner) : expr;
