import type { ParsedQuery, Language } from '../query/parsed';
import type { Allowance } from './allowance';
import type { Place } from './place';

export type { Allowance, Place };

/** Keys from the top of a file to something in it. */
export type Path = readonly (string | number)[];

export type JsonObject = { readonly [key: string]: unknown };

/** One file that was understood. */
export interface LintDocument {
  /** As it is shown: relative to the working folder, `<stdin>`. */
  readonly file: string;
  readonly text: string;
  readonly format: Format;
  /**
   * Where something stands; positions are found at the first call only. Of a path that is not there: the nearest above it. `offset`:
   * that many characters into the text at the path, as the query says it.
   */
  placeOf(path: Path, offset?: number): Place;
  readonly boards: readonly Board[];
  readonly groups: readonly RuleGroup[];
  /** Rendered by this library: findings name the TypeScript line. */
  readonly own: boolean;
  /** What of it was passed over, and why: said once, never a silent pass. */
  readonly notes: readonly string[];
}

/** `loki-rules`: rule files whose expressions are LogQL. */
export type Format = 'classic-dashboard' | 'v2-dashboard' | 'grafana-alerting' | 'prometheus-rules' | 'loki-rules';

/** What a rule looks at. */
export type Subject = Board | Panel | Variable | Annotation | Query | RuleGroup | Alert | Recording;

interface Situated {
  readonly document: LintDocument;
  /** From the top of its file. */
  readonly at: Path;
  /** Where our own content declares it, `dashboards/host-use.ts:31`. */
  readonly declared?: string | undefined;
  /** Findings that its author allows. */
  readonly allowed: readonly Allowance[];
}

export interface Board extends Situated {
  readonly kind: 'board';
  readonly uid: string | undefined;
  readonly title: string;
  readonly description: string;
  /** Of the classic schema. */
  readonly schemaVersion: number | undefined;
  /** All, those of collapsed rows too; rows themselves are in `rows`. */
  readonly panels: readonly Panel[];
  readonly rows: readonly Row[];
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly links: readonly Link[];
  /** In seconds; undefined: not refreshed by itself. */
  readonly refresh: number | undefined;
  /** The dashboard as it stands in the file, without envelope. */
  readonly json: JsonObject;
  /** Meant to be imported by hand: `__inputs` are filled in then. */
  readonly isExport: boolean;
  /** No board: a library panel alone, which shows on boards that have their own variables. */
  readonly isLibraryPanel?: true;
}

export interface Row {
  readonly title: string;
  readonly collapsed: boolean;
  readonly at: Path;
  readonly panels: readonly Panel[];
  readonly grid: Grid | undefined;
  readonly repeat: string | undefined;
}

/** In columns of 24 and rows of 30 pixels. */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Panel extends Situated {
  readonly kind: 'panel';
  readonly board: Board;
  readonly id: number | undefined;
  /** Of the classic schema; what v2 calls the kind of the visualisation. */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly row: string | undefined;
  readonly grid: Grid | undefined;
  readonly queries: readonly Query[];
  readonly fields: FieldOptions;
  readonly overrides: readonly Override[];
  readonly options: JsonObject;
  readonly transformations: readonly JsonObject[];
  readonly links: readonly Link[];
  readonly repeat: string | undefined;
  readonly dataSource: DataSourceRef | undefined;
  /** Uid of the library panel that it stands for: what it shows is elsewhere. */
  readonly library: string | undefined;
  /** As it stands in the file. */
  readonly json: JsonObject;
}

/** What a panel says of its values; older panels (`graph`, `singlestat`, `table-old`) say the same elsewhere, the reader finds it. */
export interface FieldOptions {
  readonly unit: string | undefined;
  readonly decimals: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly noValue: string | undefined;
  readonly thresholds: Thresholds | undefined;
  readonly mappings: readonly JsonObject[];
  readonly displayName: string | undefined;
  readonly links: readonly Link[];
}

export interface Thresholds {
  readonly mode: 'absolute' | 'percentage';
  /** The base has `value: null`. */
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
  readonly at: Path;
}

export interface Override {
  readonly at: Path;
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value: unknown; readonly at: Path }[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
  /** Of dashboard links: `dashboards` (by tags) has no url. */
  readonly type: 'link' | 'dashboards';
  readonly tags: readonly string[];
  readonly at: Path;
}

/** `uid` may be a variable (`$datasource`, `${DS_PROMETHEUS}`), as older boards' names may be. */
export interface DataSourceRef {
  /** Plugin id: `prometheus`, `loki`, `tempo`, `victoriametrics-metrics-datasource`, `__expr__`, `-- Mixed --`, … */
  readonly type: string | undefined;
  readonly uid: string | undefined;
}

export interface Variable extends Situated {
  readonly kind: 'variable';
  readonly board: Board;
  readonly name: string;
  readonly label: string | undefined;
  readonly type: string;
  /** Its query's text as Grafana has it, `label_values(up, job)`. */
  readonly definition: string | undefined;
  /** The query inside, where it has one. */
  readonly query: Query | undefined;
  /** Listed values; current first. */
  readonly values: readonly string[];
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue: string | undefined;
  readonly hide: 'no' | 'label' | 'variable';
  readonly regex: string | undefined;
  /** 0 never, 1 when the board is opened, 2 when the time range changes. */
  readonly refresh: number | undefined;
  readonly dataSource: DataSourceRef | undefined;
  readonly json: JsonObject;
}

export interface Annotation extends Situated {
  readonly kind: 'annotation';
  readonly board: Board;
  readonly name: string;
  readonly query: Query | undefined;
  readonly dataSource: DataSourceRef | undefined;
  readonly json: JsonObject;
}

/** A text in a query language. `at` is the path of the text itself. */
export interface Query extends Situated {
  readonly kind: 'query';
  /** How far into the text at `at` the query begins: 13 in `label_values(up, job)`, else 0. */
  readonly from: number;
  readonly owner: Panel | Variable | Annotation | Alert | Recording;
  readonly refId: string;
  readonly language: Language;
  readonly text: string;
  readonly parsed: ParsedQuery;
  readonly legend: string | undefined;
  readonly mode: 'range' | 'instant' | 'both';
  readonly format: 'time_series' | 'table' | 'heatmap';
  /** The minimum step as written: `15s`, `$interval`. */
  readonly interval: string | undefined;
  readonly hidden: boolean;
  /** Its own, else its panel's. */
  readonly dataSource: DataSourceRef | undefined;
  readonly json: JsonObject;
}

export interface RuleGroup extends Situated {
  readonly kind: 'group';
  readonly name: string;
  /** Grafana. */
  readonly folder: string | undefined;
  /** Seconds; undefined: the server's default. */
  readonly interval: number | undefined;
  readonly rules: readonly (Alert | Recording)[];
}

export interface Alert extends Situated {
  readonly kind: 'alert';
  readonly group: RuleGroup;
  readonly name: string;
  readonly engine: 'prometheus' | 'loki' | 'grafana';
  readonly uid: string | undefined;
  /** Those that a data source answers; Prometheus has one. */
  readonly queries: readonly Query[];
  /** Grafana: what is computed from them. */
  readonly nodes: readonly ExpressionNode[];
  /** Grafana: the refId that decides. */
  readonly condition: string | undefined;
  /** Seconds; undefined: not said. */
  readonly for: number | undefined;
  readonly keepFiringFor: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly noDataState: string | undefined;
  readonly execErrState: string | undefined;
  readonly dashboardUid: string | undefined;
  readonly panelId: number | undefined;
  readonly paused: boolean;
  readonly json: JsonObject;
}

/** A server-side expression of a Grafana rule. */
export interface ExpressionNode {
  readonly refId: string;
  readonly type: 'reduce' | 'threshold' | 'math' | 'resample' | 'classic_conditions' | 'sql' | string;
  /** The refIds that it reads. */
  readonly reads: readonly string[];
  readonly json: JsonObject;
  readonly at: Path;
}

export interface Recording extends Situated {
  readonly kind: 'recording';
  readonly group: RuleGroup;
  /** The metric that it writes. */
  readonly name: string;
  readonly query: Query;
  readonly labels: Readonly<Record<string, string>>;
}
