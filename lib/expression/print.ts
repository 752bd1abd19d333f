import { formatDuration } from '../duration';
import type { Engine } from '../homelab/homelab';
import type { ResolvedDisplay, ResolvedSource } from '../homelab/resolved';
import type { Absent, Binary, Buckets, Expression, Hole, Leaf, Observed, Range, Raw, Tag, Window } from './expression';
import { leavesOf } from './expression';
import {
  latest,
  offset,
  patienceOf,
  quote,
  replaceLabel,
  selecting,
  selector,
  sourceOf,
  withIdentity,
  type Need,
} from './selector';
import { isTarget } from './target';

/** Where an expression is printed for: the homelab's sources, and a panel's variables or an alert's plain windows. */
export interface PrintContext {
  readonly sources: Readonly<Record<string, ResolvedSource>>;
  readonly display: ResolvedDisplay;
  /** What evaluates the alerts: Grafana writes no `ALERTS`. Absent: whatever is written is there. */
  readonly engine?: Engine;
  /** What is probed: the groups of the homelab file's probes. Absent: whatever is asked for is there. */
  readonly probed?: readonly string[];
  readonly place: 'panel' | 'alert';
  /** Whether people may be named; absent: not. */
  readonly privacy?: 'aggregate' | 'full';
  /** Of the boards, as Grafana writes it. Absent: the reader's. */
  readonly timeZone?: string;
  /** Dashboard variables that narrow what is shown: name -> whether several values may be chosen. */
  readonly variables: Readonly<Record<string, 'single' | 'multi'>>;
}

/** The PromQL of an expression for one homelab, on one line. `keep` names the labels that are used; others need not be made. */
export const printExpression = (expression: Expression, context: PrintContext, keep?: ReadonlySet<string>): string =>
  print(expression, context, keep).text;

/** The standing window of alerts: five minutes, or four scrape intervals where that is longer, so that one missed scrape changes nothing. */
export const alertWindow = (intervalSeconds: number): string =>
  formatDuration(Math.max(300, Math.ceil((4 * intervalSeconds) / 60) * 60));

/** PromQL, and how tightly it holds together. */
interface Printed {
  readonly text: string;
  readonly binding: number;
}

const binding = {
  atom: 9,
  '*': 5, '/': 5,
  '+': 4, '-': 4,
  '==': 3, '!=': 3, '<=': 3, '<': 3, '>=': 3, '>': 3,
  and: 2, unless: 2,
  or: 1,
  unknown: 0,
} as const; // prettier-ignore

const atom = (text: string): Printed => ({ text, binding: binding.atom });

const print = ({ node }: Expression, context: PrintContext, need: Need): Printed => {
  switch (node.kind) {
    case 'leaf':
      return atom(withIdentity(node, latest(node, context), context, need));
    case 'range':
      return atom(printRange(node, context, need));
    case 'aggregate': {
      return atom(`${node.function}${by(node.by)}(${print(node.of, context, new Set(node.by)).text})`);
    }
    case 'buckets':
      return atom(printBuckets(node, context));
    case 'observed':
      return atom(printObserved(node, context, need));
    case 'binary':
      return printBinary(node, context, need);
    case 'call':
      return atom(
        `${node.function}(${[...node.before, print(node.of, context, need).text, ...node.after].join(', ')})`,
      );
    case 'tag':
      return atom(printTag(node, context, need));
    case 'subquery': {
      const window = printWindow(node.window, node.of, context);
      const parameter = node.parameter === undefined ? '' : `${node.parameter}, `;
      return atom(
        `${node.function}(${parameter}(${print(node.of, context, need).text})[${window}:${node.step}]${node.toTheEnd ? ' @ end()' : ''})`,
      );
    }
    case 'absent':
      return node.each ? printAbsentTargets(node, context, need) : atom(printAbsent(node, context, need));
    case 'raw':
      return { text: printRaw(node, context), binding: binding.unknown };
    case 'choice':
      throw new Error('a choice between exporters is settled when its signal is bound to a homelab (`settle`)');
    case 'number':
      return atom(String(node.value));
    case 'time':
      return atom('time()');
    case 'always':
      return atom('vector(1)');
  }
};

/** ` by (host, device) `, or nothing. */
const by = (labels: readonly string[]): string => (labels.length > 0 ? ` by (${labels.join(', ')}) ` : '');

const printRange = (node: Range, context: PrintContext, need: Need): string => {
  const series = ranged(node.of, node.window, context) + (node.toTheEnd ? ' @ end()' : '');
  const parameters =
    node.parameter === undefined
      ? [series]
      : node.function === 'predict_linear'
        ? [series, node.parameter]
        : [node.parameter, series];
  return withIdentity(node.of, `${node.function}(${parameters.join(', ')})`, context, need);
};

const ranged = (leaf: Leaf, window: Window, context: PrintContext): string =>
  `${selector(leaf, context)}[${printWindow(window, { node: leaf, labels: new Set() }, context)}]${offset(leaf)}`;

/** A native histogram is one series; a classic one is a series a bucket, told apart by `le`. */
const printBuckets = ({ q, of, window, ...rest }: Buckets, context: PrintContext): string => {
  const native = sourceOf(of, context).spelling.histograms === 'native';
  const leaf: Leaf = native ? of : { ...of, part: 'bucket' };
  const labels = native ? rest.by : ['le', ...rest.by];
  const rated = withIdentity(leaf, `rate(${ranged(leaf, window, context)})`, context, new Set(labels));
  const spread = `sum${by(labels)}(${rated})`;
  return q === undefined ? spread : `histogram_quantile(${q}, ${spread})`;
};

const printObserved = (node: Observed, context: PrintContext, need: Need): string => {
  const native = node.of.type === 'histogram' && sourceOf(node.of, context).spelling.histograms === 'native';
  const leaf: Leaf = native ? node.of : { ...node.of, part: node.part };
  const text = `${node.function}(${ranged(leaf, node.window, context)})`;
  return withIdentity(leaf, native ? `histogram_${node.part}(${text})` : text, context, need);
};

const printBinary = (node: Binary, context: PrintContext, need: Need): Printed => {
  const own = binding[node.operator];
  const needs = needOfSides(node, need);
  const side = (expression: Expression, onTheRight: boolean): string => {
    const printed = print(expression, context, needs);
    const loose = printed.binding < own || (printed.binding === own && onTheRight);
    return loose ? `(${printed.text})` : printed.text;
  };
  const bool = node.bool ? ' bool' : '';
  const on = node.on ? ` on (${node.on.join(', ')})` : '';
  // The brackets stay even when empty: without them Prometheus takes those of the right side.
  const group = node.group ? ` group_${node.group.side} (${node.group.include.join(', ')})` : '';
  const text = `${side(node.left, false)} ${node.operator}${bool}${on}${group} ${side(node.right, true)}`;
  return { text, binding: own };
};

/** What is matched on is needed. Without `on` that is all labels, but where neither side has any of them made. */
const needOfSides = ({ left, right, on, group }: Binary, need: Need): Need => {
  if (!need) return undefined;
  if (on) return new Set([...need, ...on, ...(group?.include ?? [])]);
  return isScalar(left) || isScalar(right) || (isAsScraped(left) && isAsScraped(right)) ? need : undefined;
};

const isAsScraped = ({ node }: Expression): boolean => {
  if (node.kind === 'binary') return !node.on && isAsScraped(node.left) && isAsScraped(node.right);
  if (node.kind === 'call') return isAsScraped(node.of);
  return ['leaf', 'range', 'observed', 'number', 'time'].includes(node.kind);
};

const isScalar = ({ node }: Expression): boolean => node.kind === 'number' || node.kind === 'time';

const printTag = ({ of, label, value, from = '', pattern = '' }: Tag, context: PrintContext, need: Need): string => {
  const inner = print(of, context, need && from ? new Set([...need, from]) : need).text;
  return replaceLabel(inner, label, value, from, pattern);
};

const printAbsent = (node: Absent, context: PrintContext, need: Need): string => {
  const text = absentSeries(selector(node.of, context), node.over ?? patienceOf(sourceOf(node.of, context)));
  // Only labels that are matched by equality are there to be renamed.
  const entities = node.of.source.entities.filter((entity) =>
    node.of.where.some(({ label, operator }) => label === entity && operator === '='),
  );
  const named: Leaf = { ...node.of, source: { ...node.of.source, entities } };
  return withIdentity(named, text, context, need);
};

const absentSeries = (series: string, over: string | undefined): string =>
  over ? `absent_over_time(${series}[${over}])` : `absent(${series})`;

/** One `absent` for each declared target, by the labels that our scrape configuration writes for it. */
const printAbsentTargets = ({ of }: Absent, context: PrintContext, need: Need): Printed => {
  const sources = of.source.name === 'scrape' ? Object.values(context.sources) : [sourceOf(of, context)];
  const texts = sources.flatMap((source) =>
    source.instances
      .filter(({ port, labels }) => port !== null && isTarget(of.where, source, labels))
      .map(({ labels }) => {
        const matchers = [
          ...selecting({ ...source, select: { job: source.select['job'] ?? [source.job] } }),
          ...Object.entries(labels).map(([label, value]) => `${label}=${quote(value)}`),
        ];
        const leaf: Leaf = { ...of, source: { ...of.source, name: source.source } };
        const text = absentSeries(`${of.metric}{${matchers.join(', ')}}`, patienceOf(source));
        return withIdentity(leaf, text, context, need);
      }),
  );
  const unique = [...new Set(texts)];
  if (unique.length === 0) return atom(absentSeries(selector(of, context), undefined));
  return { text: unique.join(' or '), binding: unique.length > 1 ? binding.or : binding.atom };
};

const printRaw = ({ texts, holes }: Raw, context: PrintContext): string =>
  texts.map((text, index) => text + (index < holes.length ? printHole(holes[index] as Hole, context) : '')).join('');

const printHole = (hole: Hole, context: PrintContext): string => {
  if ('window' in hole) return printWindow(hole.window, hole.of, context);
  // What a template does with its labels cannot be seen from here, so all are made.
  const { text, binding: holds } = print(hole, context, undefined);
  return holds === binding.atom ? text : `(${text})`;
};

const printWindow = (window: Window, of: Expression, context: PrintContext): string => {
  if (typeof window === 'object') return window.duration;
  if (context.place === 'panel') return window === 'range' ? '$__range' : '$__rate_interval';
  if (window === 'range') throw new Error('`range` is what a panel shows: an alert needs a duration of its own');
  return alertWindow(Math.max(...leavesOf(of).map((leaf) => sourceOf(leaf, context).interval.seconds)));
};
