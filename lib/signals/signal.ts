import type { Evidence } from '../catalog/catalog';
import { leavesOf, partsOf, type Expression } from '../expression/expression';
import { measuresOf } from '../expression/measure';
import { printExpression, type PrintContext } from '../expression/print';
import { settle } from '../expression/settle';
import type { ResolvedSource } from '../homelab/resolved';
import { promqlError, withCaret } from '../query/promql';
import { expandForParsing } from '../query/variables';
import type { Levels } from '../thresholds';
import { fits, showUnit, toShown, type Shown, type Unit } from '../units';
import { add, multiply } from '../expression/operators';
import { isPersonal } from './personal';

/** What a value is called, by its number: `{ 0: 'Down', 1: 'Up' }`, worst first where colours follow. */
export type ValueNames = Readonly<
  Record<
    number,
    { readonly text: string; readonly state: 'ok' | 'warning' | 'critical' | 'unknown' | 'neutral' | 'absent' }
  >
>;

/** One measured thing, defined once; panels draw it and alerts watch it. */
export interface SignalDefinition {
  /** Sentence case, without unit: `CPU busy`. */
  readonly title: string;
  /** What it shows, what is normal, and what a bad value means. */
  readonly description: string;
  readonly unit: Unit;
  readonly expression: Expression;
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

/** Where signals are bound: where they are printed, and levels that this homelab has otherwise, by the signal's id. */
export interface BindContext extends PrintContext {
  readonly levels?: Readonly<Record<string, Levels>>;
}

type Definitions = Readonly<Record<string, SignalDefinition>>;

/** Signals of one subject under one name; each is printed once here, so that a template that is no PromQL names its signal. */
export interface SignalGroup<D extends Definitions = Definitions> {
  readonly name: string;
  readonly definitions: D;
}

/** Declares the signals of one subject. Checks the raw templates among them: an error names the signal, with a caret under the place. */
export const defineSignals = <const D extends Definitions>(name: string, definitions: D): SignalGroup<D> => {
  for (const [key, { expression, legend, levels, values, unit, range }] of Object.entries(definitions)) {
    const id = `${name}.${key}`;
    checkLevels(levels, range, id);
    checkTemplates(expression, id);
    checkLegend(legend, expression, id);
    checkUnit(unit, expression, id);
    if (levels && values)
      throw new Error(`${id}: states are coloured by \`values\`, so \`levels\` would be a second opinion`);
  }
  return { name, definitions };
};

/** The signals of a group for one homelab and place, each bound when it is first used. */
export const bindSignals = <D extends Definitions>(
  group: SignalGroup<D>,
  context: BindContext,
): { readonly [K in keyof D]: Signal } => {
  const bound = {} as Record<string, Signal>;
  for (const [key, definition] of Object.entries(group.definitions)) {
    let made: Signal | undefined;
    Object.defineProperty(bound, key, {
      enumerable: true,
      get: () => (made ??= bind(`${group.name}.${key}`, definition, context)),
    });
  }
  return bound as { readonly [K in keyof D]: Signal };
};

/** A signal like `signal`, measured otherwise: `id` says how (`host.cpuBusy:highest`). */
export const derive = (
  signal: Signal,
  how: string,
  change: (expression: Expression) => Expression,
  differs: Partial<SignalDefinition> = {},
): Signal => {
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
  try {
    return printExpression(shownExpression(signal), signal.context, keep);
  } catch (error) {
    throw new Error(`signal ${signal.id}: ${(error as Error).message}`, { cause: error });
  }
};

/** The signal's expression in the unit in which it is shown. */
export const shownExpression = ({ expression, shown: { scale, offset } }: Signal): Expression => {
  const scaled = scale === 1 ? expression : multiply(expression, scale);
  return offset === 0 ? scaled : add(scaled, offset);
};

/** A limit of the signal in the unit in which it is shown. */
export const shownValue = (signal: Signal, value: number): number => toShown(value, signal.shown);

/** The longest scrape interval of the sources that feed it, which is the least step that shows more. */
export const intervalOf = ({ sources }: Signal): ResolvedSource['interval'] => {
  const [first = { seconds: 15, text: '15s' }, ...others] = sources.map(({ interval }) => interval);
  return others.reduce((longest, each) => (each.seconds > longest.seconds ? each : longest), first);
};

/** The weakest evidence among its metrics: a panel is as good as that. */
export const evidenceOf = (signal: Signal): Evidence => {
  const order: readonly Evidence[] = ['docs', 'source', 'golden', 'live'];
  return order.find((grade) => signal.metrics.some(({ evidence }) => evidence === grade)) ?? 'live';
};

const bind = (id: string, { expression: given, ...rest }: SignalDefinition, context: BindContext): Signal => {
  const { expression, missing = whyPrivate(given, context) } = settle(given, context);
  const leaves = leavesOf(expression);
  const levels = context.levels?.[id];
  return {
    ...rest,
    ...(levels && { levels }),
    id,
    expression,
    labels: expression.labels,
    context,
    shown: showUnit(rest.unit, context.display),
    sources: [...new Set(leaves.map(({ source }) => source.name))].flatMap((name) => context.sources[name] ?? []),
    metrics: leaves.map(({ source, metric, facts }) => ({
      source: source.name,
      name: metric,
      evidence: facts.evidence ?? context.sources[source.name]?.catalog.evidence ?? 'source',
    })),
    ...(missing && { missing }),
  };
};

/** What names people is shown only where the homelab file allows it. */
const whyPrivate = ({ labels }: Expression, { privacy }: PrintContext): string | undefined =>
  privacy !== 'full' && [...labels].some(isPersonal)
    ? "it names people or what they watch, which only `privacy: 'full'` in the homelab file shows"
    : undefined;

/** Raw PromQL is parsed where it is written down, with a name in the place of each expression. */
const checkTemplates = (expression: Expression, id: string): void => {
  partsOf(expression.node).forEach((part) => checkTemplates(part, id));
  if (expression.node.kind !== 'raw') return;
  const { texts, holes } = expression.node;
  const standIns = holes.map((hole) => ('window' in hole ? '5m' : 'x'));
  const text = texts
    .map((part, index) => part + (standIns[index] ?? ''))
    .join('')
    .trim();
  const error = promqlError(expandForParsing(text));
  if (error) throw new Error(`signal ${id} is not PromQL: ${error.message}\n${withCaret(text, error.at)}`);
  const ranged = texts.findIndex((part, index) => standIns[index - 1] === 'x' && part.trimStart().startsWith('['));
  if (ranged > 0) {
    throw new Error(
      `signal ${id}: a range of a metric belongs into the hole (\`\${rate(x)}\`): only there can it get the labels of its entities\n${withCaret(text, text.indexOf('x['))}`,
    );
  }
};

/** A limit that the value cannot reach is one in another unit: 80 for a share from 0 to 1. */
const checkLevels = (levels: Levels | undefined, range: SignalDefinition['range'], id: string): void => {
  const [lowest, highest] = range ?? [-Infinity, Infinity];
  for (const [name, limit] of Object.entries({ warn: levels?.warn, critical: levels?.critical, ...levels?.alert })) {
    if (limit === undefined || (limit >= lowest && limit <= highest)) continue;
    const percent = highest === 1 && limit <= 100 ? `\n  try: ${limit / 100}, a share and not percent` : '';
    throw new Error(
      `signal ${id}: the limit \`${name}\` is ${limit}, the value goes from ${lowest} to ${highest}: limits are in the signal's own unit${percent}`,
    );
  }
};

const checkLegend = (legend: string | undefined, expression: Expression, id: string): void => {
  for (const [, label] of (legend ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
    if (!expression.labels.has(label as string)) {
      throw new Error(
        `signal ${id}: the legend uses \`${label}\`, which the expression does not carry; it has ${[...expression.labels].sort().join(', ') || 'no labels'}`,
      );
    }
  }
};

/** The catalog knows in what a metric is: milliseconds are not shown as seconds, nor percent as a share. */
const checkUnit = (unit: Unit, expression: Expression, id: string): void => {
  const wrong = measuresOf(expression).find((measure) => measure !== undefined && !fits(measure, unit));
  if (wrong)
    throw new Error(`signal ${id} is in ${wrong}, which is not shown as ${unit}: convert it, or take another unit`);
};
