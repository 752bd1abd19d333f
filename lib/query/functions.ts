/** What an expression is, as Prometheus' `promql/parser` types it. `any`: a variable or MetricsQL decides. */
export type ValueType = 'vector' | 'matrix' | 'scalar' | 'string' | 'any';

/** What a function of PromQL takes and gives. */
export interface Signature {
  readonly takes: readonly ValueType[];
  /** How many arguments may be left out or added at the end; -1: any number more. */
  readonly variadic: number;
  readonly gives: ValueType;
  /** Version of Prometheus that has it first, where that is not 2.0. */
  readonly since?: string;
  /** First version without it. */
  readonly until?: string;
  /** Behind `--enable-feature=promql-experimental-functions` in 3.15. */
  readonly experimental?: true;
}

const letters: Readonly<Record<string, ValueType>> = { v: 'vector', m: 'matrix', s: 'scalar', t: 'string' };

const group = (
  names: string,
  takes: string,
  more: Partial<Omit<Signature, 'takes'>> = {},
): (readonly [string, Signature])[] =>
  names.split(' ').map((name) => [
    name,
    {
      takes: [...takes].map((letter) => letters[letter] as ValueType),
      variadic: 0,
      gives: 'vector',
      ...more,
    },
  ]);

const experimental = true;

/**
 * Functions of PromQL: `promql/parser/functions.go` of Prometheus 3.15 and its change log; v instant vector, m range
 * vector, s scalar, t string.
 */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ...group('abs absent ceil exp floor ln log10 log2 sort sort_desc sqrt timestamp', 'v'),
  ...group('acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh', 'v', { since: '2.31' }),
  ...group('sgn', 'v', { since: '2.26' }),
  ...group('histogram_count histogram_sum', 'v', { since: '2.40' }),
  ...group('histogram_stddev histogram_stdvar', 'v', { since: '2.47' }),
  ...group('histogram_avg', 'v', { since: '2.51' }),
  ...group('start_timestamp', 'v', { since: '3.14', experimental }),
  ...group('avg_over_time changes count_over_time delta deriv idelta increase irate max_over_time min_over_time', 'm'),
  ...group('rate resets stddev_over_time stdvar_over_time sum_over_time', 'm'),
  ...group('absent_over_time', 'm', { since: '2.16' }),
  ...group('last_over_time', 'm', { since: '2.26' }),
  ...group('present_over_time', 'm', { since: '2.29' }),
  ...group('first_over_time', 'm', { since: '3.7' }),
  ...group('mad_over_time', 'm', { since: '2.49', experimental }),
  ...group('ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time', 'm', { since: '3.5', experimental }),
  ...group('ts_of_first_over_time', 'm', { since: '3.7', experimental }),
  ...group('clamp', 'vss', { since: '2.26' }),
  ...group('clamp_max clamp_min', 'vs'),
  ...group('round', 'vs', { variadic: 1 }),
  ...group('day_of_month day_of_week day_of_year days_in_month hour minute month year', 'v', { variadic: 1 }),
  ...group('double_exponential_smoothing', 'mss', { since: '3.0', experimental }),
  ...group('holt_winters', 'mss', { until: '3.0' }),
  ...group('histogram_fraction', 'ssv', { since: '2.40' }),
  ...group('histogram_quantile', 'sv'),
  ...group('histogram_quantiles', 'vtss', { variadic: 9, since: '3.11', experimental }),
  ...group('info', 'vv', { variadic: 1, since: '2.55', experimental }),
  ...group('label_join', 'vttt', { variadic: -1 }),
  ...group('label_replace', 'vtttt'),
  ...group('sort_by_label sort_by_label_desc', 'vt', { variadic: -1, since: '2.49', experimental }),
  ...group('predict_linear', 'ms'),
  ...group('quantile_over_time', 'sm'),
  ...group('scalar', 'v', { gives: 'scalar' }),
  ...group('vector', 's'),
  ...group('pi', '', { gives: 'scalar', since: '2.31' }),
  ...group('time', '', { gives: 'scalar' }),
  ...group('start end range step', '', { gives: 'scalar', since: '3.12', experimental }),
  ...group('max_of min_of', 'ss', { gives: 'scalar', since: '3.13', experimental }),
]);

/** Aggregations of PromQL, and the type of the parameter before the expression. */
export const aggregations: ReadonlyMap<string, 'scalar' | 'string' | undefined> = new Map([
  ...['sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar'].map((name) => [name, undefined] as const),
  ...['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'].map((name) => [name, 'scalar'] as const),
  ['count_values', 'string'],
]);
