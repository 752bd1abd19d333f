import { bare, type Aggregation, type Binary, type Call, type Expr, type Selector, type Span } from '../query/tree';
import type { Knowledge } from './knowledge';
import { isOftenAdded } from './promql/added-labels';
import { remembered } from './remembered';

type Has = 'yes' | 'maybe' | 'no';

/** The labels that the series of an expression carry. */
export interface Labels {
  /**
   * `yes`: all series of a metric that is known have it. `maybe`: somebody who scrapes may have added it. `no`: it cannot be there.
   * `__name__` counts as a label.
   */
  has(label: string): Has;
  /** Those that are known to be there, without `__name__`. */
  readonly names: ReadonlySet<string>;
  /** What took a label away: the aggregation or the join; undefined where it was never there. */
  lostAt(label: string): Span | undefined;
}

/** What labels are left of an expression, by the rules of PromQL (`promql/engine.go`, Prometheus 3). */
export const labelsOf = remembered((expr, knowledge): Labels => compute(expr, knowledge));

/** Whether it is a number without series: a literal, `time()`, `scalar(x)`, and what is reckoned of them. */
export const isScalar = (expr: Expr): boolean => {
  const node = bare(expr);
  switch (node.kind) {
    case 'number':
      return true;
    case 'unary':
      return isScalar(node.inner);
    case 'call':
      return scalars.has(node.name);
    case 'binary':
      return isScalar(node.left) && isScalar(node.right);
    default:
      return false;
  }
};

const scalars = new Set(['time', 'pi', 'scalar', 'now', 'start', 'end', 'step', 'range']);

const none: Labels = { has: () => 'no', names: new Set(), lostAt: () => undefined };
const unknown: Labels = { has: () => 'maybe', names: new Set(), lostAt: () => undefined };

const compute = (expr: Expr, knowledge: Knowledge): Labels => {
  switch (expr.kind) {
    case 'selector':
      return ofSelector(expr, knowledge);
    case 'parenthesised':
    case 'subquery':
      return labelsOf(expr.inner, knowledge);
    case 'unary':
      return expr.operator === '-'
        ? without(labelsOf(expr.inner, knowledge), ['__name__'], expr)
        : labelsOf(expr.inner, knowledge);
    case 'call':
      return ofCall(expr, knowledge);
    case 'aggregation':
      return ofAggregation(expr, knowledge);
    case 'binary':
      return ofBinary(expr, knowledge);
    default:
      return none;
  }
};

const ofSelector = (selector: Selector, knowledge: Knowledge): Labels => {
  const known = knowledge.of(selector);
  const own = known.state === 'known' ? known : undefined;
  const ofMetric = (label: string): Has => {
    if (label === '__name__') return 'yes';
    if (!own) return 'maybe';
    if (own.labels.taken?.has(label)) return 'no';
    if (own.labels.names.has(label)) return own.labels.optional?.has(label) ? 'maybe' : 'yes';
    if (!own.recording && (label === 'job' || label === 'instance')) return 'yes';
    if (knowledge.scraped.has(label)) return 'maybe';
    // Nobody adds by scraping what other metrics of the exporter have by themselves.
    if (own.labels.elsewhere?.has(label) && !isOftenAdded(label)) return 'no';
    return own.labels.open ? 'maybe' : 'no';
  };
  const has = (label: string): Has => {
    const before = ofMetric(label);
    const matcher = selector.matchers.find((each) => each.label === label && each.operator === '=');
    if (matcher && !matcher.open) return matcher.value === '' ? 'no' : 'yes';
    const asked = selector.matchers.some((each) => each.label === label);
    return before === 'no' && asked ? 'maybe' : before;
  };
  const candidates = new Set([
    ...(own?.labels.names ?? []),
    ...(own && !own.recording ? ['job', 'instance'] : []),
    ...selector.matchers.map(({ label }) => label),
  ]);
  return made(has, candidates, () => undefined);
};

const made = (find: (label: string) => Has, candidates: Iterable<string>, lostAt: Labels['lostAt']): Labels => {
  let names: ReadonlySet<string> | undefined;
  const known = new Map<string, Has>();
  const has = (label: string): Has => {
    const before = known.get(label);
    if (before) return before;
    const found = find(label);
    known.set(label, found);
    return found;
  };
  return {
    has,
    get names() {
      return (names ??= new Set([...candidates].filter((label) => label !== '__name__' && has(label) === 'yes')));
    },
    lostAt: (label) => (has(label) === 'no' ? lostAt(label) : undefined),
  };
};

/** What takes labels away: `keep` says whether it lets a label through. */
const narrowed = (inner: Labels, keeps: (label: string) => boolean | 'perhaps', taker: Span): Labels => {
  const has = (label: string): Has => {
    const before = inner.has(label);
    const kept = keeps(label);
    if (kept === true || before === 'no') return before;
    return kept === false ? 'no' : 'maybe';
  };
  return made(has, inner.names, (label) => (inner.has(label) === 'no' ? inner.lostAt(label) : taker));
};

const without = (inner: Labels, labels: readonly string[], taker: Span): Labels =>
  narrowed(inner, (label) => !labels.includes(label), taker);

const withAdded = (inner: Labels, label: string, has: Has): Labels =>
  made(
    (each) => (each === label ? has : inner.has(each)),
    [...inner.names, label],
    (each) => inner.lostAt(each),
  );

/** Everything may be there beside it. */
const loosened = (inner: Labels): Labels =>
  made(
    (label) => (inner.has(label) === 'no' ? 'maybe' : inner.has(label)),
    inner.names,
    () => undefined,
  );

/** Functions that keep the metric's name; the others take it away. */
const keepName = new Set([
  'last_over_time',
  'first_over_time',
  'sort',
  'sort_desc',
  'sort_by_label',
  'sort_by_label_desc',
  'label_replace',
  'label_join',
  'info',
]);

/** Functions of PromQL whose result has the labels of their argument (without the name, unless it is above). */
const keepLabels = new Set(
  `abs acos acosh asin asinh atan atanh avg_over_time ceil changes clamp clamp_max clamp_min cos cosh count_over_time day_of_month
  day_of_week day_of_year days_in_month deg delta deriv double_exponential_smoothing exp floor histogram_avg histogram_count
  histogram_stddev histogram_stdvar histogram_sum holt_winters hour idelta increase irate ln log10 log2 mad_over_time max_over_time
  min_over_time minute month predict_linear present_over_time quantile_over_time rad rate resets round sgn sin sinh sqrt
  stddev_over_time stdvar_over_time sum_over_time tan tanh timestamp ts_of_first_over_time ts_of_last_over_time
  ts_of_max_over_time ts_of_min_over_time year last_over_time first_over_time sort sort_desc sort_by_label sort_by_label_desc`.split(
    /\s+/,
  ),
);

const bucketed = new Set(['histogram_quantile', 'histogram_fraction']);

const ofCall = (call: Call, knowledge: Knowledge): Labels => {
  const { name, args } = call;
  if (scalars.has(name) || name === 'vector') return none;
  if (name === 'absent' || name === 'absent_over_time') return ofAbsent(args[0]);
  const vector = args.find((arg) => !isScalar(arg) && bare(arg).kind !== 'string');
  if (!vector) return keepLabels.has(name) ? none : unknown;
  const inner = labelsOf(vector, knowledge);
  const nameless = call.keepsNames || keepName.has(name) ? inner : without(inner, ['__name__'], call);
  if (keepLabels.has(name)) return nameless;
  if (bucketed.has(name)) return without(nameless, ['le'], call);
  if (name === 'histogram_quantiles') return loosened(without(nameless, ['le'], call));
  if (name === 'label_replace') return ofReplace(call, nameless);
  if (name === 'label_join') return withTarget(args[1], nameless, 'yes');
  if (name === 'info') return loosened(nameless);
  return unknown;
};

/** `label_replace(v, target, replacement, source, pattern)`. */
const ofReplace = ({ args }: Call, inner: Labels): Labels => {
  const replacement = args[2] && bare(args[2]);
  const empties = replacement?.kind === 'string' && replacement.value === '';
  return withTarget(args[1], inner, empties ? 'maybe' : 'yes');
};

const withTarget = (target: Expr | undefined, inner: Labels, has: Has): Labels => {
  const node = target && bare(target);
  if (node?.kind !== 'string' || node.value.includes('$')) return loosened(inner);
  return withAdded(inner, node.value, has);
};

/** Equality matchers of the selector inside, each label matched once (`createLabelsForAbsentFunction`). */
const ofAbsent = (argument: Expr | undefined): Labels => {
  const selector = argument && bare(argument);
  if (selector?.kind !== 'selector') return none;
  const { matchers } = selector;
  const kept = matchers.filter(
    ({ label, operator, value }) =>
      operator === '=' &&
      value !== '' &&
      label !== '__name__' &&
      matchers.filter((each) => each.label === label).length === 1,
  );
  const names = new Set(kept.map(({ label }) => label));
  return made(
    (label) => (names.has(label) ? 'yes' : 'no'),
    names,
    // What is absent has no labels of its own.
    (label) => (label === '__name__' ? undefined : argument),
  );
};

const keepSeries = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

/** Aggregations of PromQL and MetricsQL that group; others of MetricsQL (`topk_max`, `outliersk`) pick series. */
const groups = new Set(
  `sum avg count min max group stddev stdvar count_values quantile
  any distinct geomean mad median mode share sum2 zscore iqr`.split(/\s+/),
);

const ofAggregation = (aggregation: Aggregation, knowledge: Knowledge): Labels => {
  const { name, grouping, parameter } = aggregation;
  const inner = labelsOf(aggregation.inner, knowledge);
  if (keepSeries.has(name)) return inner;
  if (!groups.has(name) && !grouping) return unknown;
  const taker = { from: aggregation.nameSpan.from, to: aggregation.nameSpan.to };
  const listed = (label: string): boolean =>
    grouping?.labels.some((each) => !each.open && each.name === label) ?? false;
  const isOpen = grouping?.labels.some(({ open }) => open) ?? false;
  const kept = narrowed(
    inner,
    (label) => {
      if (grouping?.mode === 'without') {
        if (label === '__name__' || listed(label)) return false;
        return isOpen ? 'perhaps' : true;
      }
      if (listed(label)) return true;
      return isOpen ? 'perhaps' : false;
    },
    taker,
  );
  if (name !== 'count_values') return groups.has(name) ? kept : loosened(kept);
  return withTarget(parameter, kept, 'yes');
};

const comparisons = new Set(['==', '!=', '>', '<', '>=', '<=']);

/** What `on` and `ignoring` match: whether a label must be the same on both sides. */
export const isMatched = ({ matching }: Binary, label: string): boolean | 'perhaps' => {
  const listed = matching?.labels.some((each) => !each.open && each.name === label) ?? false;
  const isOpen = matching?.labels.some(({ open }) => open) ?? false;
  if (matching?.mode === 'on') return listed || (isOpen ? 'perhaps' : false);
  if (label === '__name__' || listed) return false;
  return isOpen ? 'perhaps' : true;
};

const ofBinary = (binary: Binary, knowledge: Knowledge): Labels => {
  const { operator, matching, bool } = binary;
  const dropsName = bool || !comparisons.has(operator);
  const unnamed = (labels: Labels): Labels => (dropsName ? without(labels, ['__name__'], binary) : labels);
  if (isScalar(binary.left)) return isScalar(binary.right) ? none : unnamed(labelsOf(binary.right, knowledge));
  if (isScalar(binary.right)) return unnamed(labelsOf(binary.left, knowledge));
  const left = labelsOf(binary.left, knowledge);
  const right = labelsOf(binary.right, knowledge);
  switch (operator) {
    case 'and':
    case 'unless':
    case 'if':
    case 'ifnot':
      return left;
    case 'or':
    case 'default':
      return either(left, right);
  }
  if (matching?.group) return ofGroup(binary, left, right, unnamed);
  return oneToOne(binary, left, right, unnamed);
};

/** `or`: series of both sides. */
const either = (left: Labels, right: Labels): Labels =>
  made(
    (label) => {
      const [one, other] = [left.has(label), right.has(label)];
      return one === other ? one : 'maybe';
    },
    left.names,
    (label) => left.lostAt(label) ?? right.lostAt(label),
  );

/** The matched labels of the left side; without `on`, both sides have all the same but those ignored. */
const oneToOne = (binary: Binary, left: Labels, right: Labels, unnamed: (labels: Labels) => Labels): Labels => {
  const matched = narrowed(
    left,
    (label) => (label === '__name__' ? binary.matching?.mode !== 'on' : isMatched(binary, label)),
    binary.operatorSpan,
  );
  const agreed = made(
    (label) => {
      const has = matched.has(label);
      if (has !== 'maybe' || label === '__name__' || isMatched(binary, label) !== true) return has;
      return right.has(label);
    },
    [...left.names, ...right.names],
    (label) => matched.lostAt(label) ?? right.lostAt(label),
  );
  return unnamed(agreed);
};

/** All labels of the many side, and those that `group_left (...)` brings over. */
const ofGroup = ({ matching }: Binary, left: Labels, right: Labels, unnamed: (labels: Labels) => Labels): Labels => {
  const [many, one] = matching?.group === 'left' ? [left, right] : [right, left];
  const kept = unnamed(many);
  const include = matching?.include ?? [];
  if (include.some(({ open }) => open)) return loosened(kept);
  const brought = new Set(include.map(({ name }) => name));
  return made(
    (label) => (brought.has(label) ? one.has(label) : kept.has(label)),
    [...many.names, ...brought],
    (label) => (brought.has(label) ? one.lostAt(label) : kept.lostAt(label)),
  );
};
