import type { Unit } from '../catalog/catalog';
import { bare, type Aggregation, type Binary, type Call, type Expr, type Selector } from '../query/tree';
import type { Knowledge } from './knowledge';
import { natureOf } from './promql/nature';
import { remembered } from './remembered';

/** What the values of an expression are. */
export interface Value {
  readonly kind: Kind;
  /** Undefined: not known, or none that has a name. */
  readonly unit: Unit | undefined;
  /** What the unit was multiplied by: bytes / 1024 / 1024 is `bytes` with 1/1048576. 1 where the value is in the unit itself. */
  readonly scale: number;
  /** Seconds in each second: a ratio of one thing, a number of things busy where it is summed. */
  readonly busy?: true;
}

/**
 * `counter`: raw, only rises until a restart. `rate`: of a counter, per second. `increase`: over a window. `buckets`: of a histogram, raw or rated. `bool`: 0 or 1.
 * `number`: of things, as `count` gives. `constant`: written in the query. `unknown` stays unknown through everything reckoned of it.
 */
export type Kind = 'counter' | 'rate' | 'increase' | 'gauge' | 'bool' | 'buckets' | 'number' | 'constant' | 'unknown';

/** What kind of value an expression has, and in what unit, as far as catalogs and the query tell. */
export const valueOf = remembered((expr, knowledge): Value => normal(compute(expr, knowledge)));

/** The unit of an expression; undefined where nobody knows. `scale` 1: the value is in the unit itself. */
export const unitOf = (
  expr: Expr,
  knowledge: Knowledge,
): { readonly unit: Unit; readonly scale: number } | undefined => {
  const { unit, scale } = valueOf(expr, knowledge);
  return unit === undefined ? undefined : { unit, scale };
};

/** The number that is written, also as `1024 * 1024`; undefined for all else. */
export const constantOf = (expr: Expr): number | undefined => {
  const node = bare(expr);
  if (node.kind === 'number') return node.value;
  if (node.kind === 'unary') {
    const inner = constantOf(node.inner);
    return inner === undefined ? undefined : node.operator === '-' ? -inner : inner;
  }
  if (node.kind === 'call' && (node.name === 'vector' || node.name === 'scalar') && node.args[0])
    return constantOf(node.args[0]);
  if (node.kind !== 'binary') return undefined;
  const [left, right] = [constantOf(node.left), constantOf(node.right)];
  if (left === undefined || right === undefined) return undefined;
  switch (node.operator) {
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '^':
      return left ** right;
    default:
      return undefined;
  }
};

const valued = (kind: Kind, unit?: Unit, scale = 1): Value => ({ kind, unit, scale });
const unknown = valued('unknown');

const compute = (expr: Expr, knowledge: Knowledge): Value => {
  switch (expr.kind) {
    case 'selector':
      return ofSelector(expr, knowledge);
    case 'number':
      return valued('constant');
    case 'string':
      return unknown;
    case 'parenthesised':
    case 'subquery':
      return valueOf(expr.inner, knowledge);
    case 'unary': {
      const { kind, unit, scale } = valueOf(expr.inner, knowledge);
      return valued(kind === 'counter' ? 'gauge' : kind, unit, scale);
    }
    case 'call':
      return ofCall(expr, knowledge);
    case 'aggregation':
      return ofAggregation(expr, knowledge);
    case 'binary':
      return ofBinary(expr, knowledge);
  }
};

const ofSelector = (selector: Selector, knowledge: Knowledge): Value => {
  const known = knowledge.of(selector);
  if (known.state !== 'known') return unknown;
  const { type, part, unit } = known;
  if (part === 'created') return valued('gauge', 'timestamp_seconds');
  if (part === 'bucket') return valued('buckets', unit);
  if (part === 'count') return valued('counter', 'count');
  if (part === 'sum') return valued('counter', unit);
  if (type === 'counter' || type === 'gauge') {
    const nature = natureOf(known);
    if (nature !== 'gauge') return valued(nature ?? 'unknown', unit);
  }
  switch (type) {
    case 'histogram':
      return valued('buckets', unit);
    case 'info':
    case 'stateset':
      return valued('bool', unit);
    case 'gauge':
    case 'summary':
      return valued(unit === 'bool' ? 'bool' : 'gauge', unit);
    default:
      return valued('unknown', unit);
  }
};

/** What is left of a unit per second. */
const perSecond: Readonly<Partial<Record<Unit, Unit>>> = {
  bytes: 'bytes_per_second',
  bits: 'bits_per_second',
  count: 'per_second',
  joules: 'watts',
};

const rated = ({ unit, scale }: Value): Value => valued('rate', unit && perSecond[unit], scale);

const sameUnit = new Set(
  `abs ceil floor round clamp clamp_max clamp_min sort sort_desc sort_by_label sort_by_label_desc label_replace label_join scalar vector
  avg_over_time max_over_time min_over_time sum_over_time last_over_time first_over_time quantile_over_time stddev_over_time
  mad_over_time double_exponential_smoothing holt_winters predict_linear info`.split(/\s+/),
);
const numbers = new Set(['count_over_time', 'changes', 'resets', 'histogram_count']);
const bools = new Set(['absent', 'absent_over_time', 'present_over_time']);
const ofBuckets = new Set(['histogram_avg', 'histogram_stddev', 'histogram_sum']);
const times = new Set([
  'time',
  'timestamp',
  'ts_of_max_over_time',
  'ts_of_min_over_time',
  'ts_of_last_over_time',
  'ts_of_first_over_time',
]);

const ofCall = (call: Call, knowledge: Knowledge): Value => {
  const { name, args } = call;
  const [first] = args;
  if (times.has(name)) return valued('gauge', 'timestamp_seconds');
  if (bools.has(name)) return valued('bool', 'bool');
  if (!first) return unknown;
  const value = valueOf(first, knowledge);
  if (name === 'rate' || name === 'irate') {
    if (value.kind === 'buckets') return valued('buckets', value.unit, value.scale);
    return value.kind === 'unknown' ? valued('rate', rated(value).unit, value.scale) : ratedSeconds(value);
  }
  if (name === 'deriv') return valued('gauge', rated(value).unit, value.scale);
  if (name === 'increase') return value.kind === 'buckets' ? value : valued('increase', value.unit, value.scale);
  if (name === 'delta' || name === 'idelta')
    return valued(value.kind === 'counter' ? 'increase' : 'gauge', ofDifference(value.unit), value.scale);
  if (numbers.has(name)) return valued('number', 'count');
  if (name === 'histogram_quantile') {
    const buckets = args[1] ? valueOf(args[1], knowledge) : unknown;
    return valued('gauge', buckets.kind === 'buckets' ? buckets.unit : undefined, buckets.scale);
  }
  if (name === 'histogram_fraction') return valued('gauge', 'ratio');
  if (ofBuckets.has(name)) return valued('gauge', value.unit, value.scale);
  if (!sameUnit.has(name)) return unknown;
  if (name === 'label_replace' || name === 'label_join' || name.startsWith('sort') || name === 'last_over_time')
    return value;
  if (name === 'quantile_over_time') return args[1] ? valueOf(args[1], knowledge) : unknown;
  return value.kind === 'bool' && name !== 'max_over_time' && name !== 'min_over_time' && name !== 'clamp_max'
    ? valued('gauge', name === 'avg_over_time' ? 'ratio' : undefined)
    : value;
};

const ratedSeconds = (value: Value): Value => {
  if (value.unit === 'seconds') return { kind: 'rate', unit: 'ratio', scale: value.scale, busy: true };
  return rated(value);
};

const ofDifference = (unit: Unit | undefined): Unit | undefined => {
  if (unit === 'timestamp_seconds') return 'seconds';
  return unit === 'timestamp_milliseconds' ? 'milliseconds' : unit;
};

const ofAggregation = ({ name, inner }: Aggregation, knowledge: Knowledge): Value => {
  if (name === 'count' || name === 'count_values') return valued('number', 'count');
  if (name === 'group') return valued('bool', undefined);
  const value = valueOf(inner, knowledge);
  switch (name) {
    case 'sum':
      if (value.kind === 'bool') return valued('number', value.unit === 'bool' ? 'count' : undefined);
      if (value.busy) return { kind: value.kind, unit: undefined, scale: value.scale, busy: true };
      if (value.unit === 'ratio' || value.unit === 'percent' || value.unit?.startsWith('timestamp_'))
        return valued(value.kind);
      return value;
    case 'avg':
      if (value.kind === 'bool') return valued('gauge', value.unit === 'bool' ? 'ratio' : undefined);
      return value;
    case 'min':
    case 'max':
    case 'topk':
    case 'bottomk':
    case 'limitk':
    case 'limit_ratio':
    case 'quantile':
      return value;
    case 'stddev':
      return valued('gauge', ofDifference(value.unit), value.scale);
    default:
      return unknown;
  }
};

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);

const ofBinary = (binary: Binary, knowledge: Knowledge): Value => {
  const { operator, bool } = binary;
  const left = valueOf(binary.left, knowledge);
  const right = valueOf(binary.right, knowledge);
  const [leftNumber, rightNumber] = [constantOf(binary.left), constantOf(binary.right)];
  if (comparisons.has(operator)) {
    if (bool) return valued('bool', 'bool');
    return leftNumber === undefined ? left : right;
  }
  switch (operator) {
    case 'and':
    case 'unless':
    case 'if':
    case 'ifnot':
      return left;
    case 'or':
    case 'default':
      if (rightNumber !== undefined || isZeroOf(binary.right)) return left;
      return alike(left, right) ? left : valued(left.kind === right.kind ? left.kind : 'unknown');
    case '*':
      if (leftNumber !== undefined) return scaled(right, leftNumber);
      if (rightNumber !== undefined) return scaled(left, rightNumber);
      return product(left, right);
    case '/':
      if (rightNumber !== undefined) return scaled(left, 1 / rightNumber);
      if (leftNumber !== undefined) return valued('gauge');
      return quotient(left, right);
    case '+':
      if (leftNumber !== undefined) return shifted(right);
      if (rightNumber !== undefined) return shifted(left);
      return summed(left, right);
    case '-':
      if (leftNumber !== undefined) return shifted(right, 'gauge');
      if (rightNumber !== undefined) return shifted(left);
      return difference(left, right);
    case '%':
      return left;
    default:
      return unknown;
  }
};

/** `x * 0`, the zero of an `or`. */
const isZeroOf = (expr: Expr): boolean => {
  const node = bare(expr);
  return (
    node.kind === 'binary' && node.operator === '*' && (constantOf(node.left) === 0 || constantOf(node.right) === 0)
  );
};

const alike = (one: Value, other: Value): boolean =>
  one.kind === other.kind && one.unit === other.unit && one.scale === other.scale;

const sameMeasure = (one: Value, other: Value): boolean =>
  one.unit !== undefined && one.unit === other.unit && one.scale === other.scale;

const shifted = ({ kind, unit, scale }: Value, as: Kind = kind): Value =>
  valued(as === 'bool' ? 'gauge' : as, unit, scale);

const scaled = ({ kind, unit, scale }: Value, by: number): Value =>
  valued(
    kind === 'bool' || kind === 'number' ? (by === 1 ? kind : 'gauge') : kind,
    kind === 'bool' ? undefined : unit,
    scale * by,
  );

const product = (left: Value, right: Value): Value => {
  // `x * on (host) group_left (name) info`: what is always 1 only brings labels.
  if (isOne(right)) return left;
  if (isOne(left)) return right;
  if (left.unit === 'ratio' && left.scale === 1) return valued('gauge', right.unit, right.scale);
  if (right.unit === 'ratio' && right.scale === 1) return valued('gauge', left.unit, left.scale);
  return valued('gauge');
};

const isOne = ({ kind, unit }: Value): boolean => kind === 'bool' && (unit === 'info' || unit === undefined);

const quotient = (left: Value, right: Value): Value => {
  if (left.busy && right.busy) return valued('gauge', 'ratio', left.scale / right.scale);
  // Seconds busy by events, both a second: seconds for each event.
  if (left.busy)
    return right.unit === 'per_second' ? valued('gauge', 'seconds', left.scale / right.scale) : valued('gauge');
  // Things by things: a share, or so many of one for each of the other; names alone do not tell.
  if (left.unit === 'count' || left.unit === 'per_second') return valued('gauge');
  // `100 * used / size`: a share, times what one of them was multiplied by.
  if (left.unit !== undefined && left.unit === right.unit) return valued('gauge', 'ratio', left.scale / right.scale);
  if (left.unit === 'bytes_per_second' && right.unit === 'per_second')
    return valued('gauge', 'bytes', left.scale / right.scale);
  if (right.unit === 'count' && left.unit !== undefined) return valued('gauge', left.unit, left.scale / right.scale);
  if (left.unit === 'bytes' && right.unit === 'seconds')
    return valued('gauge', 'bytes_per_second', left.scale / right.scale);
  return valued('gauge');
};

const summed = (left: Value, right: Value): Value => {
  const kind = left.kind === right.kind ? left.kind : 'unknown';
  return sameMeasure(left, right) ? valued(kind, left.unit, left.scale) : valued(kind);
};

const difference = (left: Value, right: Value): Value => {
  // Two readings of a counter, or of two counters: no longer one that only rises.
  const kind = left.kind === 'counter' ? 'increase' : left.kind === right.kind ? left.kind : 'gauge';
  if (sameMeasure(left, right)) return valued(kind, ofDifference(left.unit), left.scale);
  return valued(kind);
};

/** Scales that are units of their own. */
const rescaled: readonly (readonly [from: Unit, by: number, to: Unit])[] = [
  ['bytes', 8, 'bits'],
  ['bytes_per_second', 8, 'bits_per_second'],
  ['bits', 1 / 8, 'bytes'],
  ['bits_per_second', 1 / 8, 'bytes_per_second'],
  ['bits_per_second', 1 / 1000, 'kilobits_per_second'],
  ['kilobits_per_second', 1000, 'bits_per_second'],
  ['seconds', 1000, 'milliseconds'],
  ['seconds', 1e6, 'microseconds'],
  ['seconds', 1e9, 'nanoseconds'],
  ['seconds', 1 / 3600, 'hours'],
  ['seconds', 1 / 86400, 'days'],
  ['milliseconds', 1 / 1000, 'seconds'],
  ['microseconds', 1e-6, 'seconds'],
  ['nanoseconds', 1e-9, 'seconds'],
  ['hours', 3600, 'seconds'],
  ['days', 86400, 'seconds'],
  ['timestamp_seconds', 1000, 'timestamp_milliseconds'],
  ['timestamp_milliseconds', 1 / 1000, 'timestamp_seconds'],
  ['ratio', 100, 'percent'],
  ['percent', 1 / 100, 'ratio'],
];

const normal = (value: Value): Value => {
  if (value.scale === 1 || value.unit === undefined) return value;
  const found = rescaled.find(([from, by]) => from === value.unit && isClose(value.scale, by));
  if (found) return valued(value.kind, found[2]);
  return isClose(value.scale, 1) ? valued(value.kind, value.unit) : value;
};

const isClose = (one: number, other: number): boolean => Math.abs(one / other - 1) < 1e-9;
