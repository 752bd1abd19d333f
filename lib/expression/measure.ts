import type { Unit } from '../catalog/catalog';
import type { Binary, Call, Expression, Node, Range } from './expression';

/** What one unit of an expression's value is: that of the metric, or so much of it per second. */
export type Measure = Unit | `${Unit}/s`;

/**
 * What an expression measures, as far as the catalog says it and the operators keep it; undefined where nobody knows. A choice
 * between exporters measures what each of them does.
 */
export const measuresOf = ({ node }: Expression): readonly (Measure | undefined)[] =>
  node.kind === 'choice' ? node.among.flatMap(({ of }) => measuresOf(of)) : [measureOf(node)];

const measureOf = (node: Node): Measure | undefined => {
  switch (node.kind) {
    case 'leaf':
      return asMeasure(node.facts.unit);
    case 'range':
      return ofRange(node);
    case 'buckets':
      return asMeasure(node.of.facts.unit);
    case 'observed': {
      const unit = node.part === 'count' ? 'count' : node.of.facts.unit;
      return node.function === 'rate' ? perSecond(unit) : unit;
    }
    case 'aggregate': {
      const inner = measureOf(node.of.node);
      if (node.function === 'group') return 'info';
      return node.function === 'count' ? 'count' : ofStates(inner, node.function);
    }
    case 'binary':
      return ofBinary(node);
    case 'call':
      return ofCall(node);
    case 'tag':
      return measureOf(node.of.node);
    case 'subquery':
      return node.function === 'count_over_time'
        ? 'count'
        : ofStates(measureOf(node.of.node), node.function.replace(/_over_time$/, ''));
    case 'absent':
      return 'bool';
    case 'choice': {
      const [first, ...others] = measuresOf({ node, labels: new Set() });
      return others.every((other) => other === first) ? first : undefined;
    }
    default:
      return undefined;
  }
};

const ofRange = ({ function: name, of }: Range): Measure | undefined => {
  if (name === 'changes' || name === 'count_over_time') return 'count';
  if (name === 'rate' || name === 'deriv') return perSecond(of.facts.unit);
  return ofStates(asMeasure(of.facts.unit), name.replace(/_over_time$/, ''));
};

/** Added up, states are a number of things; on average, a share. */
const ofStates = (measure: Measure | undefined, how: string): Measure | undefined => {
  if (measure !== 'bool') return measure;
  return how === 'sum' ? 'count' : how === 'avg' ? 'ratio' : measure;
};

const ofCall = (node: Call): Measure | undefined =>
  node.function === 'timestamp' ? 'timestamp_seconds' : measureOf(node.of.node);

const ofBinary = ({ operator, left, right, bool, group }: Binary): Measure | undefined => {
  const [a, b] = [measureOf(left.node), measureOf(right.node)];
  switch (operator) {
    case '+':
    case '-':
      if (left.node.kind === 'number') return b;
      if (left.node.kind === 'time' || right.node.kind === 'time') return 'seconds';
      if (operator === '-' && a === 'timestamp_seconds' && b === a) return 'seconds';
      return right.node.kind === 'number' || a === b ? a : undefined;
    case '*':
      // A join multiplies with 1.
      if (group && b === 'info') return a;
      return right.node.kind === 'number' ? times(a, right.node.value) : undefined;
    case '/':
      if (right.node.kind === 'number') return times(a, 1 / right.node.value);
      if (a === undefined || b === undefined) return undefined;
      if (a === b) return 'ratio';
      if (b === `${a}/s`) return 'seconds';
      if (b === 'count') return a;
      return b === 'count/s' && a.endsWith('/s') ? asMeasure(a.replace(/\/s$/, '') as Unit) : undefined;
    case 'or':
      return a === b ? a : undefined;
    case 'and':
    case 'unless':
      return a;
    default:
      return bool ? 'bool' : a;
  }
};

/** What is per second by itself, as a rate of it is. */
const asMeasure = (unit: Unit | undefined): Measure | undefined => {
  if (unit === 'bytes_per_second') return 'bytes/s';
  if (unit === 'bits_per_second') return 'bits/s';
  return unit === 'per_second' ? 'count/s' : unit;
};

const perSecond = (unit: Unit | undefined): Measure | undefined => unit && `${unit}/s`;

/** Factors that make one unit of another; any other number is a reckoning of its own. */
const factors: readonly (readonly [from: Unit, factor: number, to: Unit])[] = [
  ['milliseconds', 1e-3, 'seconds'],
  ['microseconds', 1e-6, 'seconds'],
  ['nanoseconds', 1e-9, 'seconds'],
  ['hours', 3600, 'seconds'],
  ['days', 86_400, 'seconds'],
  ['timestamp_milliseconds', 1e-3, 'timestamp_seconds'],
  ['percent', 0.01, 'ratio'],
  ['bytes', 8, 'bits'],
  ['bits', 1 / 8, 'bytes'],
  ['megahertz', 1e6, 'hertz'],
];

const times = (measure: Measure | undefined, factor: number): Measure | undefined => {
  if (factor === 0 || factor === 1 || factor === -1) return measure;
  const per = measure?.endsWith('/s') ? '/s' : '';
  const unit = measure?.replace(/\/s$/, '');
  const [found] = factors.filter(([from, by]) => from === unit && Math.abs(by / factor - 1) < 1e-9);
  return found && (`${found[2]}${per}` as Measure);
};
