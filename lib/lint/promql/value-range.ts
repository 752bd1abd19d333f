import { isComparison, limitOf } from './comparison';
import type { Knowledge } from '../knowledge';
import { bare, type Binary, type Expr, type Selector } from '../../query/tree';

/** The values that an expression can have, ends included; `NaN` is not counted. */
export interface ValueRange {
  readonly from: number;
  readonly to: number;
  /** What makes it so, as a finding says it: `count() gives no series where it counts none`. */
  readonly because: string;
  /** Known only because a catalog knows the metric. */
  readonly byCatalog?: true;
}

const anything: ValueRange = { from: -Infinity, to: Infinity, because: '' };

/** What is certain of an expression's values by what its functions are, and by the recorded type of its metrics. */
export const valueRangeOf = (expr: Expr, knowledge: Knowledge): ValueRange => {
  const node = bare(expr);
  switch (node.kind) {
    case 'number':
      return node.value === undefined ? anything : { from: node.value, to: node.value, because: 'it is a constant' };
    case 'selector':
      return node.window ? anything : ofSelector(node, knowledge);
    case 'unary':
      return node.operator === '-' ? negated(valueRangeOf(node.inner, knowledge)) : valueRangeOf(node.inner, knowledge);
    case 'call':
      return ofCall(node.name, node.args, knowledge);
    case 'aggregation':
      return ofAggregation(node.name, node.inner, knowledge);
    case 'binary':
      return ofBinary(node, knowledge);
    default:
      return anything;
  }
};

const negated = ({ from, to, because }: ValueRange): ValueRange => ({ from: -to, to: -from, because });

const ofSelector = (selector: Selector, knowledge: Knowledge): ValueRange => {
  if (selector.name === 'up') return { from: 0, to: 1, because: '`up` is 0 or 1' };
  if (selector.name === 'ALERTS') return { from: 1, to: 1, because: '`ALERTS` is always 1' };
  const known = knowledge.of(selector);
  if (known.state !== 'known' || known.recording) return anything;
  const { name, type, unit, evidence } = known;
  const says = (words: string): string => `\`${name}\` is ${words} (${evidence})`;
  if (type === 'counter') return { from: 0, to: Infinity, because: says('a counter'), byCatalog: true };
  if (type === 'info') return { from: 1, to: 1, because: says('always 1'), byCatalog: true };
  if (type === 'stateset' || unit === 'bool') return { from: 0, to: 1, because: says('0 or 1'), byCatalog: true };
  if (known.part === 'count' || known.part === 'bucket')
    return { from: 0, to: Infinity, because: says('a count'), byCatalog: true };
  return anything;
};

const least = (from: number, because: string): ValueRange => ({ from, to: Infinity, because });

const ofCall = (name: string, args: readonly Expr[], knowledge: Knowledge): ValueRange => {
  const inner = args[0] ? bare(args[0]) : undefined;
  switch (name) {
    case 'absent':
    case 'absent_over_time':
    case 'present_over_time':
      return { from: 1, to: 1, because: `${name}() is 1 or no series at all` };
    case 'count_over_time':
      return least(1, 'count_over_time() gives no series where there are no samples');
    case 'rate':
    case 'irate':
    case 'increase':
      // Of a gauge that can be negative a rate can be, too: then the rule about gauges speaks.
      return least(0, `${name}() is never negative`);
    case 'changes':
    case 'resets':
    case 'abs':
    case 'sqrt':
    case 'exp':
    case 'stddev_over_time':
    case 'stdvar_over_time':
      return least(0, `${name}() is never negative`);
    case 'day_of_month':
      return { from: 1, to: 31, because: 'days of a month are 1 to 31' };
    case 'day_of_week':
      return { from: 0, to: 6, because: 'days of a week are 0 (Sunday) to 6' };
    case 'hour':
      return { from: 0, to: 23, because: 'hours are 0 to 23' };
    case 'minute':
      return { from: 0, to: 59, because: 'minutes are 0 to 59' };
    case 'month':
      return { from: 1, to: 12, because: 'months are 1 to 12' };
    case 'min_over_time':
    case 'max_over_time':
    case 'avg_over_time':
    case 'last_over_time': {
      if (inner?.kind === 'selector') return valueRangeOf({ ...inner, window: undefined }, knowledge);
      return inner?.kind === 'subquery' ? valueRangeOf(inner.inner, knowledge) : anything;
    }
    case 'label_replace':
    case 'label_join':
    case 'sort':
    case 'sort_desc':
      return args[0] ? valueRangeOf(args[0], knowledge) : anything;
    default:
      return anything;
  }
};

const ofAggregation = (name: string, inner: Expr, knowledge: Knowledge): ValueRange => {
  if (name === 'count') return least(1, '`count` gives no series where there is nothing to count');
  if (name === 'group') return { from: 1, to: 1, because: '`group` is always 1' };
  if (name === 'stddev' || name === 'stdvar') return least(0, `\`${name}\` is never negative`);
  const of = valueRangeOf(inner, knowledge);
  if (['min', 'max', 'avg', 'topk', 'bottomk', 'limitk'].includes(name)) return of;
  if (name === 'sum') {
    // Each group has one series at least.
    if (of.from >= 0) return { ...of, to: of.to === 0 ? 0 : Infinity };
    if (of.to <= 0) return { ...of, from: -Infinity };
  }
  return anything;
};

/** What a comparison lets through: the values of the left side; of the right where only that is a vector. */
const narrowed = (node: Binary, knowledge: Knowledge): ValueRange => {
  const limit = limitOf(node);
  if (!limit) return valueRangeOf(node.left, knowledge);
  const of = valueRangeOf(limit.of, knowledge);
  const { operator, value } = limit;
  const because = `\`${operator} ${value}\` lets nothing else through`;
  if (operator === '==') return { from: value, to: value, because };
  if (operator.startsWith('>') && value >= of.from) return { from: value, to: of.to, because };
  if (operator.startsWith('<') && value <= of.to) return { from: of.from, to: value, because };
  return of;
};

const ofBinary = (node: Binary, knowledge: Knowledge): ValueRange => {
  const { operator } = node;
  if (isComparison(operator)) {
    if (node.bool) return { from: 0, to: 1, because: 'a comparison with `bool` is 0 or 1' };
    return narrowed(node, knowledge);
  }
  if (operator === 'and' || operator === 'unless') return valueRangeOf(node.left, knowledge);
  const left = valueRangeOf(node.left, knowledge);
  const right = valueRangeOf(node.right, knowledge);
  const because =
    left.because && right.because ? `${left.because}, and ${right.because}` : left.because || right.because;
  const byCatalog = left.byCatalog || right.byCatalog ? { byCatalog: true as const } : {};
  if (operator === 'or') {
    return { from: Math.min(left.from, right.from), to: Math.max(left.to, right.to), because, ...byCatalog };
  }
  if (operator === '+') return { from: left.from + right.from, to: left.to + right.to, because, ...byCatalog };
  // Two that are not negative: their quotient and their product are not, either.
  if ((operator === '*' || operator === '/') && left.from >= 0 && right.from >= 0) {
    return { from: 0, to: operator === '*' && left.to === 0 ? 0 : Infinity, because, ...byCatalog };
  }
  return anything;
};
