import { availability } from '../catalog/lookup';
import type { Evidence } from '../catalog/catalog';
import { leavesOf, type Expression } from '../expression/expression';
import { printExpression, type PrintContext } from '../expression/print';
import type { ResolvedSource } from '../homelab/resolved';
import { promqlError, withCaret } from '../query/promql';
import type { Levels } from '../thresholds';
import { showUnit, toShown, type Shown, type Unit } from '../units';
import { add, multiply } from '../expression/operators';

/** What a value is called, by its number: `{ 0: 'Down', 1: 'Up' }`, worst first where colours follow. */
export type ValueNames = Readonly<Record<number, { readonly text: string; readonly state: 'ok' | 'warning' | 'critical' | 'unknown' | 'neutral' }>>;

/** One measured thing, defined once; panels draw it and alerts watch it. */
export interface SignalDefinition<E extends Expression = Expression> {
  /** Sentence case, without unit: `CPU busy`. */
  readonly title: string;
  /** What it shows, what is normal, and what a bad value means. */
  readonly description: string;
  readonly unit: Unit;
  readonly expression: E | Variants;
  /** Where good ends. Absent: a neutral number. */
  readonly levels?: Levels;
  /** Names of states, for signals of unit `state`. */
  readonly values?: ValueNames;
  /** What it means, in a word or two, when there is no series: `No errors`. */
  readonly empty?: string;
  /** The lowest and highest value it can have, in its unit. */
  readonly range?: readonly [number, number];
  /** How one series is called beside others, with `{{label}}` for labels. Absent: from the labels kept. */
  readonly legend?: string;
}

/** The same signal from different exporters: source -> expression. All carry the same labels and mean the same. */
export interface Variants {
  readonly from: Readonly<Record<string, Expression>>;
}

export const isVariants = (expression: Expression | Variants): expression is Variants => 'from' in expression;

/** A signal bound to one homelab and to the place where it is shown. */
export interface Signal {
  /** `host.cpuBusy`: never changes, panel ids are made from it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  readonly shown: Shown;
  readonly levels?: Levels;
  readonly values?: ValueNames;
  readonly empty?: string;
  readonly range?: readonly [number, number];
  readonly legend?: string;
  readonly expression: Expression;
  /** Labels that the result carries. */
  readonly labels: ReadonlySet<string>;
  readonly context: PrintContext;
  /** Sources that feed it. */
  readonly sources: readonly ResolvedSource[];
  /** Metrics that it reads, with the evidence of each. */
  readonly metrics: readonly { readonly source: string; readonly name: string; readonly evidence: Evidence }[];
  /** Why this homelab cannot have it; absent when it can. */
  readonly missing?: string;
}

type Definitions = Readonly<Record<string, SignalDefinition>>;

/** Signals of one subject under one name; each is printed once here, so that a template that is no PromQL names its signal. */
export interface SignalGroup<D extends Definitions = Definitions> {
  readonly name: string;
  readonly definitions: D;
}

/** Declares the signals of one subject. Checks the raw templates among them: an error names the signal, with a caret under the place. */
export const defineSignals = <const D extends Definitions>(name: string, definitions: D): SignalGroup<D> => {
  for (const [key, { expression, legend, levels, values }] of Object.entries(definitions)) {
    for (const variant of isVariants(expression) ? Object.values(expression.from) : [expression]) {
      checkTemplates(variant, `${name}.${key}`);
      checkLegend(legend, variant, `${name}.${key}`);
    }
    if (levels && values) throw new Error(`${name}.${key}: states are coloured by \`values\`, so \`levels\` would be a second opinion`);
  }
  return { name, definitions };
};

/** The signals of a group for one homelab and place, each bound when it is first used. */
export const bindSignals = <D extends Definitions>(group: SignalGroup<D>, context: PrintContext): { readonly [K in keyof D]: Signal } => {
  const bound = {} as Record<string, Signal>;
  for (const [key, definition] of Object.entries(group.definitions)) {
    let made: Signal | undefined;
    Object.defineProperty(bound, key, { enumerable: true, get: () => (made ??= bind(`${group.name}.${key}`, definition, context)) });
  }
  return bound as { readonly [K in keyof D]: Signal };
};

/** A signal like `signal`, measured otherwise: `id` says how (`host.cpuBusy:highest`). */
export const derive = (signal: Signal, how: string, change: (expression: Expression) => Expression, differs: Partial<SignalDefinition> = {}): Signal => {
  const { expression: _, ...rest } = differs;
  const expression = change(signal.expression);
  return {
    ...signal,
    ...rest,
    id: `${signal.id}:${how}`,
    expression,
    labels: expression.labels,
    shown: differs.unit ? showUnit(differs.unit, signal.context.display) : signal.shown,
  };
};

/** The signal's query as Grafana or Prometheus gets it, in the unit in which it is shown. */
export const queryOf = (signal: Signal, keep: ReadonlySet<string> = signal.labels): string => {
  const { scale, offset } = signal.shown;
  const scaled = scale === 1 ? signal.expression : multiply(signal.expression, scale);
  return printExpression(offset === 0 ? scaled : add(scaled, offset), signal.context, keep);
};

/** A limit of the signal in the unit in which it is shown. */
export const shownValue = (signal: Signal, value: number): number => toShown(value, signal.shown);

/** The longest scrape interval of the sources that feed it, which is the least step that shows more. */
export const intervalOf = (signal: Signal): ResolvedSource['interval'] =>
  signal.sources.map(({ interval }) => interval).reduce((a, b) => (a.seconds >= b.seconds ? a : b), { seconds: 15, text: '15s' });

/** The weakest evidence among its metrics: a panel is as good as that. */
export const evidenceOf = (signal: Signal): Evidence => {
  const order: readonly Evidence[] = ['docs', 'source', 'golden', 'live'];
  return order.find((grade) => signal.metrics.some(({ evidence }) => evidence === grade)) ?? 'live';
};

const bind = (id: string, definition: SignalDefinition, context: PrintContext): Signal => {
  const { expression: given, ...rest } = definition;
  const candidates = isVariants(given) ? Object.values(given.from) : [given];
  const expression = candidates.find((candidate) => !whyMissing(candidate, context)) ?? (candidates[0] as Expression);
  const why = whyMissing(expression, context);
  const missing = why && candidates.length > 1 && isVariants(given) ? `needs one of ${Object.keys(given.from).join(', ')}` : why;
  const leaves = leavesOf(expression);
  return {
    ...rest,
    id,
    expression,
    labels: expression.labels,
    context,
    shown: showUnit(definition.unit, context.display),
    sources: [...new Set(leaves.map(({ source }) => source.name))].flatMap((name) => context.sources[name] ?? []),
    metrics: leaves.map(({ source, metric, facts }) => ({
      source: source.name,
      name: metric,
      evidence: facts.evidence ?? context.sources[source.name]?.catalog.evidence ?? 'source',
    })),
    ...(missing && { missing }),
  };
};

/** Why one of the metrics cannot be there: no such source, switched off, too old or too new everywhere. */
const whyMissing = (expression: Expression, context: PrintContext): string | undefined => {
  for (const { source: reference, metric, facts } of leavesOf(expression)) {
    const source = context.sources[reference.name];
    if (!source) return `nothing in the homelab file gives ${reference.name}`;
    const answers = source.instances.map((instance) => availability(facts, instance));
    const refused = answers.flatMap((answer) => (answer.available ? [] : [answer.why]));
    if (answers.length > 0 && refused.length === answers.length) return `\`${metric}\` of ${reference.name}: ${refused[0]}`;
  }
  return undefined;
};

const checkTemplates = (expression: Expression, id: string): void => {
  if (expression.node.kind !== 'raw') return;
  const { texts, holes } = expression.node;
  const text = texts.map((part, index) => part + (index < holes.length ? ('window' in (holes[index] as object) ? '5m' : 'x') : '')).join('').trim();
  const error = promqlError(text);
  if (error) throw new Error(`signal ${id} is not PromQL: ${error.message}\n${withCaret(text, error.at)}`);
};

const checkLegend = (legend: string | undefined, expression: Expression, id: string): void => {
  for (const [, label] of (legend ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
    if (!expression.labels.has(label as string)) {
      throw new Error(`signal ${id}: the legend uses \`${label}\`, which the expression does not carry; it has ${[...expression.labels].sort().join(', ') || 'no labels'}`);
    }
  }
};
