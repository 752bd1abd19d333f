/** Labels of a series. */
export type Labels = Readonly<Record<string, string>>;

/** What a query gave: one entry a series, `[seconds, value]` for each sample. */
export interface Series {
  readonly labels: Labels;
  readonly samples: readonly (readonly [number, number])[];
}

/** Something that Prometheus scrapes. */
export interface Target {
  readonly scrapeUrl: string;
  readonly labels: Labels;
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
}

/** A rule as the server evaluated it last. */
export interface EvaluatedRule {
  readonly group: string;
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly query: string;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError: string;
  /** Zero time (`0001-…`) before the first one. */
  readonly lastEvaluation: string;
  readonly state?: 'inactive' | 'pending' | 'firing';
}

/** A time range and the distance of its points, in seconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** A Prometheus that is asked: what `proof` needs of its HTTP API. */
export interface Prometheus {
  readonly instant: (query: string, time?: number) => Promise<readonly Series[]>;
  readonly range: (query: string, range: Range) => Promise<readonly Series[]>;
  /** Values of a label among the series that match, in the time given. */
  readonly labelValues: (
    label: string,
    match: string | undefined,
    start: number,
    end: number,
  ) => Promise<readonly string[]>;
  readonly targets: () => Promise<readonly Target[]>;
  readonly rules: () => Promise<readonly EvaluatedRule[]>;
}

/** Prometheus refused a query. */
export class QueryError extends Error {}

/** Asks one path of the API and gives what is in `data`. */
type Ask = (path: string, parameters?: Record<string, string>) => Promise<unknown>;

/** The Prometheus (or what speaks its API) at `url`. */
export const prometheusAt = (url: string): Prometheus => {
  const base = url.replace(/\/+$/, '');
  return prometheusApi(async (path, parameters = {}) => {
    const query = new URLSearchParams(parameters);
    const isLong = path.startsWith('/api/v1/query');
    const response = await fetch(`${base}${path}${isLong || query.size === 0 ? '' : `?${query}`}`, {
      ...(isLong && { method: 'POST', body: query }),
      signal: AbortSignal.timeout(patience),
    });
    return dataOf(response.status, await response.text(), `${base}${path}`);
  });
};

/** The API on top of any way to ask. */
export const prometheusApi = (ask: Ask): Prometheus => ({
  instant: async (query, time) =>
    toSeries(await ask('/api/v1/query', { query, ...(time !== undefined && { time: String(time) }) })),
  range: async (query, { start, end, step }) =>
    toSeries(await ask('/api/v1/query_range', { query, start: String(start), end: String(end), step: String(step) })),
  labelValues: async (label, match, start, end) =>
    (await ask(`/api/v1/label/${encodeURIComponent(label)}/values`, {
      ...(match && { 'match[]': match }),
      start: String(start),
      end: String(end),
    })) as readonly string[],
  targets: async () =>
    ((await ask('/api/v1/targets', { state: 'active' })) as { activeTargets: readonly Target[] }).activeTargets,
  rules: async () => {
    const { groups } = (await ask('/api/v1/rules')) as RuleGroups;
    return groups.flatMap(({ name: group, rules }) =>
      rules.map((rule) => ({ ...rule, group, lastError: rule.lastError ?? '' })),
    );
  },
});

/** Longer than the servers allow themselves: two minutes by default. */
const patience = 130_000;

interface RuleGroups {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly (Omit<EvaluatedRule, 'group'> & { lastError?: string })[];
  }[];
}

const dataOf = (status: number, text: string, url: string): unknown => {
  let answer: { status?: string; data?: unknown; errorType?: string; error?: string };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw new Error(`${url} answers ${status} and no JSON: ${text.slice(0, 200)}`);
  }
  if (answer.status === 'success') return answer.data;
  throw new QueryError(`${answer.errorType ?? status}: ${answer.error ?? text.slice(0, 200)}`);
};

type Sample = readonly [number, string];
interface Found {
  readonly metric: Labels;
  readonly value?: Sample;
  readonly values?: readonly Sample[];
}
type Answer =
  | { readonly resultType: 'scalar' | 'string'; readonly result: Sample }
  | { readonly resultType: 'vector' | 'matrix'; readonly result: readonly Found[] };

const toSeries = (data: unknown): readonly Series[] => {
  const answer = data as Answer;
  switch (answer.resultType) {
    case 'scalar':
    case 'string':
      return [{ labels: {}, samples: [read(answer.result)] }];
    case 'vector':
    case 'matrix':
      return answer.result.map(({ metric, value, values }) => ({
        labels: metric,
        samples: (values ?? (value ? [value] : [])).map(read),
      }));
  }
};

const read = ([time, text]: Sample): readonly [number, number] => [time, toNumber(text)];

/** Prometheus writes `+Inf`, which `Number` does not read. */
const toNumber = (text: string): number =>
  /Inf$/.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
