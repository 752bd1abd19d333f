import type { Expr, Selector, Span } from './tree';

/** What a query is written in. `other`: a data source that none of our parsers reads. */
export type Language = 'promql' | 'logql' | 'traceql' | 'other';

/** What Grafana knows of a variable on the board where a query stands. */
export interface KnownVariable {
  readonly name: string;
  /** As the board says: `query`, `custom`, `interval`, `constant`, `textbox`, `datasource`, `adhoc`, `groupby`, `switch`. */
  readonly type: string;
  /** Values it can have where the board lists them (custom, interval, constant), current first; empty: known only at run time. */
  readonly values: readonly string[];
  readonly multi: boolean;
  readonly includeAll: boolean;
  /** What `All` becomes, where the board says it itself. */
  readonly allValue?: string;
}

/** A query, read. */
export interface ParsedQuery {
  readonly language: Language;
  /** As the author wrote it. */
  readonly text: string;
  /** PromQL only, and only where it parses (or is MetricsQL that our reader of it takes). */
  readonly tree: Expr | undefined;
  /** The first place where it does not parse; `span` in `text`. */
  readonly error: { readonly message: string; readonly span: Span } | undefined;
  /** Uses what only MetricsQL has. */
  readonly metricsql: boolean;
  /** Every selector of metrics, outermost first; of LogQL and TraceQL none. */
  readonly selectors: readonly Selector[];
  /** Stream selectors of LogQL: their matchers, each a selector without a name. */
  readonly streams: readonly Selector[];
  /** Names of variables in the text, without `$`, in order, once each; macros (`__rate_interval`) too. */
  readonly variables: readonly { readonly name: string; readonly format: string | undefined; readonly span: Span }[];
}
