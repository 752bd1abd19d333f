import {
  makeExpression,
  type AggregateFunction,
  type BinaryOperator,
  type Comparison,
  type Expression,
  type Leaf,
  type RangeFunction,
  type Window,
} from './expression';

/** How far back: a duration, or `range` for all that the panel shows. Left out: the standing window (see `Window`). */
export type Reach = 'range' | (string & {});

const toWindow = (reach: Reach | undefined): Window =>
  reach === undefined ? 'default' : reach === 'range' ? 'range' : { duration: reach };

// --- counters, gauges and their past -----------------------------------------------------------------------------

/** Per second, of a counter. */
export const rate = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => overRange('rate', of, reach, counters);
/** How much a counter grew. */
export const increase = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => overRange('increase', of, reach, counters);
/** How much a gauge changed. */
export const delta = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => overRange('delta', of, reach, gauges);
/** Per second, of a gauge, by linear regression. */
export const slope = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => overRange('deriv', of, reach, gauges);
/** How often a gauge changed its value. */
export const changes = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => overRange('changes', of, reach, gauges);
/** Where a gauge will be, `ahead` seconds from now, if it goes on as it did. */
export const predict = <L extends string>(of: Expression<L>, reach: Reach, ahead: number): Expression<L> =>
  overRange('predict_linear', of, reach, gauges, ahead);
/** The average, highest, lowest, last … of a gauge over time. */
export const overTime = <L extends string>(
  how: 'avg' | 'max' | 'min' | 'sum' | 'count' | 'last',
  of: Expression<L>,
  reach?: Reach,
): Expression<L> => overRange(`${how}_over_time`, of, reach, gauges);
/** The `q`-quantile (0 to 1) of a gauge over time. */
export const quantileOverTime = <L extends string>(q: number, of: Expression<L>, reach?: Reach): Expression<L> =>
  overRange('quantile_over_time', of, reach, gauges, q);

// --- across series -----------------------------------------------------------------------------------------------

const aggregate =
  (name: AggregateFunction) =>
  <L extends string, const B extends L = never>(of: Expression<L>, ...by: readonly B[]): Expression<B> => {
    requireLabels(`${name} by`, of, by);
    return makeExpression({ kind: 'aggregate', function: name, by, of }, by);
  };

export const sum = aggregate('sum');
export const avg = aggregate('avg');
export const max = aggregate('max');
export const min = aggregate('min');
export const count = aggregate('count');
/** 1 for each combination of the labels named. */
export const group = aggregate('group');

/** The `q`-quantile (0 to 1) of a histogram's observations, per combination of the labels named. */
export const quantile = <L extends string, const B extends L = never>(
  q: number,
  of: Expression<L>,
  by: readonly B[] = [],
  reach?: Reach,
): Expression<B> => {
  const leaf = requireLeaf('quantile', of, ['histogram'], 'a quantile needs the buckets of a histogram');
  requireLabels('quantile by', of, by);
  return makeExpression({ kind: 'quantile', q, of: leaf, by, window: toWindow(reach) }, by);
};

/** One quantile that a summary gives by itself, such as `0.9`. */
export const summaryQuantile = <L extends string>(q: string, of: Expression<L>): Expression<L> => {
  const leaf = requireLeaf('summaryQuantile', of, ['summary'], 'only a summary gives its own quantiles');
  const where = [...leaf.where, { label: 'quantile', operator: '=' as const, value: { text: q } }];
  return makeExpression({ ...leaf, where }, of.labels);
};

/** Observations of a histogram or summary, per second. */
export const observations = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => histogramPart('count', 'rate', of, reach);
/** What a histogram or summary observed, added up, per second. */
export const observed = <L extends string>(of: Expression<L>, reach?: Reach): Expression<L> => histogramPart('sum', 'rate', of, reach);

// --- two expressions ---------------------------------------------------------------------------------------------

export const add = <L extends string, M extends string>(a: Expression<L>, b: Expression<M> | number): Expression<L> => binary('+', a, b);
export const subtract = <L extends string, M extends string>(a: Expression<L>, b: Expression<M> | number): Expression<L> => binary('-', a, b);
export const multiply = <L extends string, M extends string>(a: Expression<L>, b: Expression<M> | number): Expression<L> => binary('*', a, b);
/** `a / b` where `b` is a number that is not 0; between expressions use `ratio`. */
export const divide = <L extends string>(a: Expression<L>, b: number): Expression<L> => binary('/', a, b);

/** `a / b`, and nothing where `b` is not above zero, so that idle differs from broken. */
export const ratio = <L extends string, M extends string>(a: Expression<L>, b: Expression<M>): Expression<L> =>
  binary('/', a, makeExpression({ kind: 'binary', operator: '>', left: b, right: number(0) }, b.labels));

/** `1 - of`: what is left of a share. */
export const rest = <L extends string>(of: Expression<L>): Expression<L> => makeExpression(binaryNode('-', number(1), of), of.labels);

/** `a`, and where it has nothing, `b`. */
export const fallback = <L extends string, M extends string>(a: Expression<L>, b: Expression<M>): Expression<L & M> => {
  const labels = [...a.labels].filter((label) => b.labels.has(label));
  const same = sameLabels(a, b);
  return makeExpression({ kind: 'binary', operator: 'or', left: a, right: b, ...(!same && { on: labels }) }, labels);
};

/** Several expressions as one set of series. */
export const union = <L extends string>(first: Expression<L>, ...others: readonly Expression<L>[]): Expression<L> =>
  others.reduce<Expression<L>>(
    (left, right) => makeExpression({ kind: 'binary', operator: 'or', left, right }, commonLabels(left, right)),
    first,
  );

/** `of` while `condition` holds. */
export const when = <L extends string, M extends string>(of: Expression<L>, condition: Expression<M>): Expression<L> => setOperation('and', of, condition);
/** `of` unless `condition` holds. */
export const except = <L extends string, M extends string>(of: Expression<L>, condition: Expression<M>): Expression<L> => setOperation('unless', of, condition);

/** Only the series for which the comparison holds, with their values. */
export const where = <L extends string, M extends string>(
  of: Expression<L>,
  operator: Comparison,
  against: Expression<M> | number,
): Expression<L> => binary(operator, of, against);

/** 1 where the comparison holds, else 0. */
export const compare = <L extends string, M extends string>(
  of: Expression<L>,
  operator: Comparison,
  against: Expression<M> | number,
): Expression<L> => {
  const made = binary(operator, of, against);
  return makeExpression({ ...(made.node as Extract<Expression['node'], { kind: 'binary' }>), bool: true }, made.labels);
};

/** How many series hold the comparison, counting presence: 0 while there are series and none holds it, nothing while blind. */
export const countWhere = <L extends string, const B extends L = never>(
  of: Expression<L>,
  operator: Comparison,
  against: number,
  ...by: readonly B[]
): Expression<B> => {
  const zero = multiply(count(of, ...by), 0);
  const hits = count(where(of, operator, against), ...by);
  return makeExpression(binaryNode('or', hits, zero), by);
};

/** `of` with labels of `info` added, matched on the labels named: the info metric's value is left out. */
export const join = <L extends string, M extends string, const I extends M>(
  of: Expression<L>,
  info: Expression<M>,
  on: readonly (L & M)[],
  include: readonly I[],
): Expression<L | I> => {
  requireLabels('join on', of, on);
  requireLabels('join on', info, on);
  requireLabels('join including', info, include);
  return makeExpression(
    { kind: 'binary', operator: '*', left: of, right: group(info, ...(on as readonly M[]), ...include), on, group: { side: 'left', include } },
    [...of.labels, ...include],
  );
};

// --- time, absence, naming ---------------------------------------------------------------------------------------

/** Seconds since the moment that a timestamp gauge (seconds since 1970) holds. */
export const age = <L extends string>(of: Expression<L>): Expression<L> =>
  makeExpression(binaryNode('-', makeExpression({ kind: 'time' }, []), of), of.labels);

/** Seconds until the moment that a timestamp gauge holds. */
export const timeLeft = <L extends string>(of: Expression<L>): Expression<L> =>
  makeExpression(binaryNode('-', of, makeExpression({ kind: 'time' }, [])), of.labels);

/** As it was `by` ago. */
export const shift = <L extends string>(of: Expression<L>, by: string): Expression<L> => {
  const shifted = shiftNode(of, by);
  if (!shifted) throw new Error('shift applies to a metric or to a range function of one; shift before combining');
  return shifted as Expression<L>;
};

/** 1 while no series fits; carries the labels that were matched by equality. */
export const absent = <L extends string>(of: Expression<L>, over?: string): Expression<L> => {
  const leaf = requireLeaf('absent', of, undefined, 'only the absence of a metric itself can be seen');
  if (leaf.where.some(({ operator }) => operator === '=~' || operator === '!~')) {
    throw new Error(`absent(\`${leaf.metric}\`) with a regular expression stays silent while one of the series is there; match by equality, one alert each`);
  }
  const labels = leaf.where.filter(({ operator }) => operator === '=').map(({ label }) => label);
  return makeExpression({ kind: 'absent', of: leaf, ...(over && { over }) }, labels);
};

/** Adds a label with a fixed text, in which `{label}` stands for another label's value. */
export const tag = <L extends string, const N extends string>(of: Expression<L>, label: N, value: string): Expression<L | N> => {
  const from = /\{(\w+)\}/.exec(value)?.[1];
  if (from) requireLabels('tag from', of, [from as L]);
  return makeExpression({ kind: 'tag', of, label, value, ...(from && { from }) }, [...of.labels, label]);
};

/** Keeps the value between two limits. */
export const clamp = <L extends string>(of: Expression<L>, lowest: number, highest: number): Expression<L> =>
  makeExpression({ kind: 'call', function: 'clamp', of, after: [String(lowest), String(highest)] }, of.labels);

export const abs = <L extends string>(of: Expression<L>): Expression<L> => makeExpression({ kind: 'call', function: 'abs', of }, of.labels);

/** The highest, lowest … of a computed expression over the panel's range (a subquery: dear, so for tables and stats only). */
export const overPanelRange = <L extends string>(how: 'max' | 'min' | 'avg', of: Expression<L>, step = '1m'): Expression<L> =>
  makeExpression({ kind: 'subquery', function: `${how}_over_time`, of, window: 'range', step }, of.labels);

export const number = (value: number): Expression<never> => makeExpression({ kind: 'number', value }, []);

// --- what holds the rules ----------------------------------------------------------------------------------------

interface Kinds {
  readonly allowed: readonly Leaf['type'][];
  readonly hint: string;
}
const counters: Kinds = { allowed: ['counter'], hint: 'a gauge has no rate: use delta, slope or overTime' };
const gauges: Kinds = {
  allowed: ['gauge', 'info', 'stateset', 'counter'],
  hint: 'use rate or increase for what only grows, quantile or observations for a histogram',
};

const overRange = <L extends string>(
  name: RangeFunction,
  of: Expression<L>,
  reach: Reach | undefined,
  kinds: Kinds,
  parameter?: number,
): Expression<L> => {
  const node = of.node;
  if (node.kind !== 'leaf') throw new Error(`${name} applies to a metric, before anything else is done with it (rate, then sum)`);
  const onlyCounterByMistake = kinds === gauges && node.type === 'counter' && !['changes', 'last_over_time', 'count_over_time'].includes(name);
  if (!kinds.allowed.includes(node.type) || onlyCounterByMistake) {
    throw new Error(`${name} of \`${node.metric}\`, which is a ${node.type}: ${kinds.hint}`);
  }
  return makeExpression(
    { kind: 'range', function: name, of, window: toWindow(reach), ...(parameter !== undefined && { parameter }) },
    of.labels,
  );
};

const histogramPart = <L extends string>(part: 'count' | 'sum', name: 'rate' | 'increase', of: Expression<L>, reach?: Reach): Expression<L> => {
  const leaf = requireLeaf(part === 'count' ? 'observations' : 'observed', of, ['histogram', 'summary'], 'only histograms and summaries observe');
  return makeExpression({ kind: 'histogram-part', part, of: leaf, function: name, window: toWindow(reach) }, of.labels);
};

const requireLeaf = (name: string, of: Expression, types: readonly Leaf['type'][] | undefined, hint: string): Leaf => {
  const { node } = of;
  if (node.kind !== 'leaf') throw new Error(`${name} applies to a metric, before anything else is done with it`);
  if (types && !types.includes(node.type)) throw new Error(`${name} of \`${node.metric}\`, which is a ${node.type}: ${hint}`);
  return node;
};

const requireLabels = (what: string, of: Expression, labels: readonly string[]): void => {
  const lost = labels.filter((label) => !of.labels.has(label));
  if (lost.length === 0) return;
  throw new Error(`${what} ${lost.map((label) => `\`${label}\``).join(', ')}: not carried here; it has ${[...of.labels].sort().join(', ') || 'no labels'}`);
};

const sameLabels = (a: Expression, b: Expression): boolean => a.labels.size === b.labels.size && [...a.labels].every((label) => b.labels.has(label));
const commonLabels = (a: Expression, b: Expression): readonly string[] => [...a.labels].filter((label) => b.labels.has(label));

const binaryNode = (operator: BinaryOperator, left: Expression, right: Expression): Expression['node'] => ({ kind: 'binary', operator, left, right });

/** Arithmetic and comparison: equal labels match as they are; where one side has fewer, it is matched on those. */
const binary = <L extends string>(operator: BinaryOperator, a: Expression<L>, b: Expression | number): Expression<L> => {
  if (typeof b === 'number') return makeExpression(binaryNode(operator, a, number(b)), a.labels);
  if (isScalar(b) || sameLabels(a, b)) return makeExpression(binaryNode(operator, a, b), a.labels);
  const common = commonLabels(a, b);
  if (common.length !== b.labels.size) {
    const extra = [...b.labels].filter((label) => !a.labels.has(label));
    throw new Error(`\`${operator}\`: the right side carries ${extra.join(', ')}, which the left side lacks: aggregate it away, or join`);
  }
  return makeExpression({ ...(binaryNode(operator, a, b) as Extract<Expression['node'], { kind: 'binary' }>), on: common, group: { side: 'left', include: [] } }, a.labels);
};

const isScalar = ({ node }: Expression): boolean => node.kind === 'number' || node.kind === 'time';

const setOperation = <L extends string>(operator: 'and' | 'unless', of: Expression<L>, condition: Expression): Expression<L> => {
  const common = commonLabels(of, condition);
  const on = sameLabels(of, condition) ? {} : { on: common };
  return makeExpression({ kind: 'binary', operator, left: of, right: condition, ...on }, of.labels);
};

const shiftNode = (of: Expression, by: string): Expression | undefined => {
  const { node } = of;
  if (node.kind === 'leaf') return makeExpression({ ...node, offset: by }, of.labels);
  if (node.kind === 'range') {
    const inner = shiftNode(node.of, by);
    return inner && makeExpression({ ...node, of: inner }, of.labels);
  }
  return undefined;
};
