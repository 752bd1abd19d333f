import { readSeconds } from '../duration';
import { serverAddress } from './address';
import { authenticationFromEnv, type Environment } from './authentication';
import { Connection, type Answer, type ConnectionOptions, type Query } from './connection';
import { RefusedError } from './errors';
import { readScraping, type Scraping } from './scraping';
import { labels, list, openEnvelope, readData, record, ShapeError, string, strings } from './shape';

/** What a server remembers that an exporter said of a metric. */
export interface MetricMetadata {
  /** `counter`, `gauge`, `histogram`, `gaugehistogram`, `summary`, `info`, `stateset`, `unknown`; `untyped` from old ones. */
  readonly type: string;
  /** Empty where the exporter names none, or the server keeps none (VictoriaMetrics). */
  readonly unit: string;
  readonly help: string;
}

/** What one target said of one metric. */
export interface TargetMetadata extends MetricMetadata {
  readonly metric: string;
  readonly target: SeriesLabels;
}

export type SeriesLabels = Readonly<Record<string, string>>;

/** A series with its samples, `[seconds, value]` each. */
export interface Sampled {
  readonly labels: SeriesLabels;
  readonly samples: readonly (readonly [number, number])[];
}

/** What a query costs the server; undefined where it does not count. */
export interface QueryCost {
  readonly series: number;
  readonly seconds: number | undefined;
  readonly samples: number | undefined;
}

/** A time range, in seconds since 1970. */
export interface Period {
  readonly start?: number;
  readonly end?: number;
}

/** A rule that the server evaluates, or shows for a ruler. */
export interface ServerRule {
  readonly kind: 'recording' | 'alerting';
  readonly group: string;
  readonly file: string;
  /** The name of the recorded metric, or of the alert. */
  readonly name: string;
  readonly query: string;
  readonly labels: SeriesLabels;
  /** Seconds that an alert's condition must hold. */
  readonly for: number;
  /** Seconds between evaluations of its group. */
  readonly interval: number;
  /** Why its last evaluation failed; empty where it did not. */
  readonly lastError: string;
}

/** Something that is scraped. */
export interface ServerTarget {
  readonly labels: SeriesLabels;
  readonly discovered: SeriesLabels;
  readonly job: string;
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
  /** Seconds; undefined where the server does not say. */
  readonly interval: number | undefined;
}

/** A warning that came with an answer: its result may be a part only. */
export interface ServerWarning {
  readonly path: string;
  readonly text: string;
}

/**
 * What speaks Prometheus' HTTP API: Prometheus, Mimir, VictoriaMetrics, Thanos Query. Every method asks at most once; each throws
 * `UnreachableError`, `AuthError`, `RefusedError` (a status other than 200: a query it cannot parse, a path it does not have)
 * or `AnswerError`.
 */
export class PrometheusServer {
  private readonly warned = new Map<string, ServerWarning>();

  constructor(readonly connection: Connection) {}

  get url(): string {
    return this.connection.url;
  }

  /** Requests that went out so far. */
  get requests(): number {
    return this.connection.requests;
  }

  /** What the server warned of in its answers so far, each once. */
  get warnings(): readonly ServerWarning[] {
    return [...this.warned.values()];
  }

  /** What is known of each metric; several entries where exporters disagree. */
  async metadata(): Promise<ReadonlyMap<string, readonly MetricMetadata[]>> {
    return this.ask('/api/v1/metadata', {}, (data) => {
      const entries = Object.entries(record(data)).map(
        ([name, said]) =>
          [name, list(said, `data.${name}`).map((each) => readMetadata(each, `data.${name}[]`))] as const,
      );
      return new Map(entries);
    });
  }

  /** What each target said of its metrics; `match` chooses targets: `{job="node"}`. */
  async targetsMetadata(match?: string): Promise<readonly TargetMetadata[]> {
    return this.ask('/api/v1/targets/metadata', match ? { match_target: match } : {}, (data) =>
      list(data).map((each) => {
        const { metric, target } = record(each, 'data[]');
        return {
          ...readMetadata(each, 'data[]'),
          metric: string(metric, 'data[].metric'),
          target: labels(target, 'data[].target'),
        };
      }),
    );
  }

  /** Names of metrics that have series in the period. */
  names(period: Period = {}): Promise<readonly string[]> {
    return this.labelValues('__name__', { period });
  }

  /** Names of labels, of the series that fit a selector if one is given. */
  async labelNames(selector?: string, period: Period = {}): Promise<readonly string[]> {
    return this.askLong('/api/v1/labels', { ...matching(selector), ...times(period) }, (data) => strings(data));
  }

  /** Values of a label, among the series that fit a selector if one is given. */
  async labelValues(
    label: string,
    { selector, period = {} }: { readonly selector?: string; readonly period?: Period } = {},
  ): Promise<readonly string[]> {
    return this.ask(
      `/api/v1/label/${encodeURIComponent(labelInPath(label))}/values`,
      { ...matching(selector), ...times(period) },
      (data) => strings(data),
    );
  }

  /** The series that fit a selector, or any of several, without samples. */
  async series(selector: string | readonly string[], period: Period = {}): Promise<readonly SeriesLabels[]> {
    return this.askLong('/api/v1/series', { ...matching(selector), ...times(period) }, (data) =>
      list(data).map((each) => labels(each, 'data[]')),
    );
  }

  /** A query at one moment (seconds since 1970; default: now). */
  async instant(query: string, time?: number): Promise<readonly Sampled[]> {
    return this.askLong('/api/v1/query', { query, ...(time !== undefined && { time: String(time) }) }, readResult);
  }

  /** A query over a period, a sample each `step` seconds. */
  async range(
    query: string,
    { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
  ): Promise<readonly Sampled[]> {
    return this.askLong(
      '/api/v1/query_range',
      { query, start: String(start), end: String(end), step: String(step) },
      readResult,
    );
  }

  /** What a query at one moment costs: its series, the samples that it read and the seconds that it took, where the server counts them. */
  async cost(query: string, time?: number): Promise<QueryCost> {
    const asked = { query, stats: 'all', ...(time !== undefined && { time: String(time) }) };
    return this.askLong('/api/v1/query', asked, (data) => {
      const { timings, samples } = (record(data)['stats'] ?? {}) as {
        readonly timings?: { readonly evalTotalTime?: unknown };
        readonly samples?: { readonly totalQueryableSamples?: unknown };
      };
      return {
        series: readResult(data).length,
        seconds: numberOf(timings?.evalTotalTime),
        samples: numberOf(samples?.totalQueryableSamples),
      };
    });
  }

  /** Recording and alerting rules. VictoriaMetrics gives them only with `-vmalert.proxyURL`, none otherwise. */
  async rules(): Promise<readonly ServerRule[]> {
    return this.ask('/api/v1/rules', {}, (data) =>
      list(record(data)['groups'], 'data.groups').flatMap((group) => readGroup(group)),
    );
  }

  /** What is scraped now. */
  async targets(): Promise<readonly ServerTarget[]> {
    return this.ask('/api/v1/targets', { state: 'active' }, (data) =>
      list(record(data)['activeTargets'], 'data.activeTargets').map(readTarget),
    );
  }

  /** How often each job is scraped, and external labels; undefined where the server does not scrape. */
  async scraping(): Promise<Scraping | undefined> {
    return this.ask('/api/v1/status/config', {}, (data) => readScraping(string(record(data)['yaml'], 'data.yaml')));
  }

  /** Its command line flags with their values. */
  async flags(): Promise<Readonly<Record<string, string>>> {
    return this.ask('/api/v1/status/flags', {}, (data) =>
      Object.fromEntries(Object.entries(record(data)).map(([name, value]) => [name, String(value)])),
    );
  }

  /** What the server says of how it was built; every product puts other things there. */
  async buildInfo(): Promise<Readonly<Record<string, unknown>>> {
    return this.ask('/api/v1/status/buildinfo', {}, (data) => record(data));
  }

  private async ask<T>(path: string, query: Query, read: (data: unknown) => T): Promise<T> {
    return this.read(path, await this.connection.get(path, query), read);
  }

  private async askLong<T>(path: string, query: Query, read: (data: unknown) => T): Promise<T> {
    const answer = await this.connection.getLong(path, query);
    if (answer.status !== 200 && typeof query['query'] === 'string') throw this.queryRefused(query['query'], answer);
    return this.read(path, answer, read);
  }

  private read<T>(path: string, answer: Answer, read: (data: unknown) => T): T {
    if (answer.status !== 200) throw this.connection.refused(path, answer);
    const { data, warnings } = openEnvelope(answer, path, this.connection);
    for (const text of warnings) this.warned.set(`${path} ${text}`, { path, text: this.connection.clean(text) });
    return readData(data, path, this.connection, read);
  }

  private queryRefused(query: string, answer: Answer): Error {
    return new RefusedError(
      `${this.connection.name} at ${this.url} refused the query ${shortened(query)} (${answer.status})`,
      this.connection.said(answer) || 'no reason was given',
      'run it by hand in its web page, or in Explore of Grafana',
      answer.status,
      undefined,
    );
  }
}

/**
 * The server at an address, asked with the `PROMETHEUS_…` variables: URL with the path before `/api/v1`
 * (`http://mimir:9009/prometheus`, `http://vmselect:8481/select/0/prometheus`). `name` says where the address comes from.
 */
export const prometheusServer = (
  url: string,
  environment: Environment,
  options: ConnectionOptions = {},
  name = '--prometheus',
): PrometheusServer =>
  new PrometheusServer(
    new Connection(
      serverAddress(url, name, `${name} http://localhost:9090`),
      'Prometheus',
      authenticationFromEnv('PROMETHEUS', environment),
      options,
    ),
  );

/** The selector of all series of a metric; works for names that PromQL can write only in quotes too. */
export const selectorOf = (metric: string): string => `{__name__=${JSON.stringify(metric)}}`;

/** Names beyond letters, digits and `_` are escaped in a path as Prometheus 3 wants it. */
const labelInPath = (label: string): string => {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) return label;
  const escaped = [...label.replace(/_/g, '__')].map((each, index) =>
    /[a-zA-Z_]/.test(each) || (index > 0 && /[0-9]/.test(each)) ? each : `_${each.codePointAt(0)?.toString(16)}_`,
  );
  return `U__${escaped.join('')}`;
};

const matching = (selector: string | readonly string[] | undefined): Query =>
  selector === undefined ? {} : { 'match[]': selector };

const times = ({ start, end }: Period): Query => ({
  ...(start !== undefined && { start: String(start) }),
  ...(end !== undefined && { end: String(end) }),
});

const readMetadata = (value: unknown, where: string): MetricMetadata => {
  const { type, unit, help } = record(value, where);
  return {
    type: string(type, `${where}.type`),
    unit: typeof unit === 'string' ? unit : '',
    help: typeof help === 'string' ? help : '',
  };
};

const readGroup = (value: unknown): readonly ServerRule[] => {
  const { name, file, interval, rules } = record(value, 'data.groups[]');
  return list(rules, 'data.groups[].rules').map((each) => {
    const where = 'data.groups[].rules[]';
    const rule = record(each, where);
    return {
      kind: rule['type'] === 'alerting' ? 'alerting' : 'recording',
      group: string(name, 'data.groups[].name'),
      file: typeof file === 'string' ? file : '',
      name: string(rule['name'], `${where}.name`),
      query: string(rule['query'], `${where}.query`),
      labels: labels(rule['labels'], `${where}.labels`),
      for: Number(rule['duration'] ?? 0),
      interval: Number(interval ?? 0),
      lastError: typeof rule['lastError'] === 'string' ? rule['lastError'] : '',
    };
  });
};

const readTarget = (value: unknown): ServerTarget => {
  const where = 'data.activeTargets[]';
  const target = record(value, where);
  const own = labels(target['labels'], `${where}.labels`);
  const discovered = labels(target['discoveredLabels'], `${where}.discoveredLabels`);
  const interval = target['scrapeInterval'] ?? discovered['__scrape_interval__'];
  return {
    labels: own,
    discovered,
    job: own['job'] ?? '',
    scrapeUrl: string(target['scrapeUrl'], `${where}.scrapeUrl`),
    health: string(target['health'], `${where}.health`),
    lastError: typeof target['lastError'] === 'string' ? target['lastError'] : '',
    interval: typeof interval === 'string' ? readSeconds(interval) : undefined,
  };
};

const readResult = (data: unknown): readonly Sampled[] => {
  const { resultType, result } = record(data);
  if (resultType === 'scalar' || resultType === 'string') return [{ labels: {}, samples: [readSample(result)] }];
  if (resultType !== 'vector' && resultType !== 'matrix')
    throw new ShapeError('`data.resultType` is none that Prometheus gives');
  return list(result, 'data.result').map((each) => {
    const { metric, value, values } = record(each, 'data.result[]');
    const samples = values !== undefined ? list(values, 'data.result[].values') : value !== undefined ? [value] : [];
    return { labels: labels(metric, 'data.result[].metric'), samples: samples.map(readSample) };
  });
};

const readSample = (value: unknown): readonly [number, number] => {
  const [time, text] = list(value, 'a sample');
  if (typeof time !== 'number' || typeof text !== 'string') throw new ShapeError('a sample is no time with a value');
  // Prometheus writes `+Inf`, which `Number` does not read.
  return [time, /Inf$/.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text)];
};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const shortened = (query: string): string => `\`${query.length > 200 ? `${query.slice(0, 200)}…` : query}\``;
