import type { Metric } from '../catalog/catalog';
import type { Content, Labels, Value } from './content';
import { boundOf, type Bound } from './bounds';
import { boundsAround, observationsOf } from './observations';
import type { Course } from './time/course';
import type { Life } from './time/life';

/** One line of a page. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: Value;
}

type Bounds = readonly Bound[] | undefined;

/** The samples of one metric, and what a page says about it. */
export interface Family {
  readonly name: string;
  /** As the text format spells it. */
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';
  readonly samples: readonly Sample[];
}

/** A series before it is samples. */
export interface Row {
  readonly labels: Labels;
  readonly content: Content;
}

/** When the program, and its machine, started. */
export interface Lives {
  readonly program: Life;
  readonly machine: Life;
}

/**
 * The samples of a metric's series; `seed` tells its observations from those of others; without `bounds` a histogram has a few that fit what
 * is observed. Throws where a histogram or a summary is not made of what is `observed`.
 */
export const familyOf = (
  name: string,
  metric: Pick<Metric, 'type' | 'unit'>,
  rows: readonly Row[],
  { lives, seed, bounds }: { readonly lives: Lives; readonly seed: string; readonly bounds?: Bounds },
): Family => ({
  name,
  type: typeOf(metric.type),
  samples: rows.flatMap(({ labels, content }) =>
    metric.type === 'histogram'
      ? histogram(name, labels, content, { lives, seed, bounds })
      : metric.type === 'summary'
        ? summary(name, labels, content, lives, seed)
        : [{ name, labels, value: single(content, metric, lives) }],
  ),
});

const typeOf = (type: Metric['type']): Family['type'] =>
  // The text format has no info metrics and no state sets: exporters write gauges.
  type === 'info' || type === 'stateset' ? 'gauge' : type;

const single = (content: Content, { unit }: Pick<Metric, 'unit'>, lives: Lives): Value => {
  if (typeof content === 'number') return () => content;
  if (typeof content === 'function') return content;
  // A metric that is not said to be of a histogram can only show how many there were.
  const paces = content.kind === 'counted' ? [content.pace] : content.phases.map(({ pace }) => pace);
  const start = content.kind === 'counted' ? lives[content.since] : lives.program;
  const digits = unit !== undefined && fractional.has(unit) ? 1000 : 1;
  const [pace] = paces;
  if (paces.length === 1 && pace) {
    const grown = since(pace, start);
    return (time) => Math.max(0, Math.floor(grown(time) * digits) / digits);
  }
  return (time) => countOf(paces, start, time);
};

/** Units in which a counter counts parts of a whole. */
const fractional: ReadonlySet<string> = new Set([
  'seconds',
  'milliseconds',
  'microseconds',
  'joules',
  'watt_hours',
  'ratio',
  'hours',
]);

const countOf = (paces: readonly Course[], start: Life, time: number): number =>
  paces.reduce((total, pace) => total + Math.max(0, Math.floor(pace.total(time) - pace.total(start(time)))), 0);

/** What a pace amounts to since the start; the beginning is the same for days, so it is reckoned once. */
const since = (pace: Course, start: Life): ((time: number) => number) => {
  let known = NaN;
  let begun = 0;
  return (time) => {
    const from = start(time);
    if (from !== known) begun = pace.total(from);
    known = from;
    return pace.total(time) - begun;
  };
};

/** Phases with the number of observations in each so far. */
const observedIn = (content: Content, seed: string, lives: Lives) => {
  if (typeof content !== 'object' || content.kind !== 'observed')
    throw new Error(`\`${seed}\` is a histogram or a summary: its content must be \`observed\``);
  return content.phases.map(({ pace, typical }) => ({
    typical,
    observations: observationsOf(`${seed} ${typical}`, typical),
    count: counting(pace, lives.program),
  }));
};

const counting = (pace: Course, start: Life): ((time: number) => number) => {
  const grown = since(pace, start);
  return (time) => Math.max(0, Math.floor(grown(time)));
};

const histogram = (
  name: string,
  labels: Labels,
  content: Content,
  { lives, seed, bounds: known }: { readonly lives: Lives; readonly seed: string; readonly bounds: Bounds },
): readonly Sample[] => {
  const phases = observedIn(content, `${seed} ${name} ${JSON.stringify(labels)}`, lives);
  const count: Value = (time) => phases.reduce((total, phase) => total + phase.count(time), 0);
  // Those of a program reach from what is quick to what is slow, so they are around both.
  const around = [...new Set(phases.flatMap(({ typical }) => boundsAround(typical)))].sort((one, other) => one - other);
  const bounds = known ?? around.map((bound) => boundOf(String(bound)));
  return [
    ...bounds.map(({ text, value: bound }) => ({
      name: `${name}_bucket`,
      labels: { ...labels, le: text },
      value: (time: number) =>
        phases.reduce((total, { observations, count: of }) => total + observations.atMost(bound, of(time)), 0),
    })),
    { name: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { name: `${name}_sum`, labels, value: sumOf(phases) },
    { name: `${name}_count`, labels, value: count },
  ];
};

const summary = (name: string, labels: Labels, content: Content, lives: Lives, seed: string): readonly Sample[] => {
  const phases = observedIn(content, `${seed} ${name} ${JSON.stringify(labels)}`, lives);
  const latest = (time: number) => phases.filter(({ count }) => count(time) > count(time - 600)).at(-1) ?? phases[0];
  return [
    ...['0.5', '0.9', '0.99'].map((quantile) => ({
      name,
      labels: { ...labels, quantile },
      value: (time: number) => latest(time)?.observations.quantile(Number(quantile)),
    })),
    { name: `${name}_sum`, labels, value: sumOf(phases) },
    {
      name: `${name}_count`,
      labels,
      value: (time: number) => phases.reduce((total, phase) => total + phase.count(time), 0),
    },
  ];
};

const sumOf =
  (phases: ReturnType<typeof observedIn>): Value =>
  (time) =>
    phases.reduce((total, { observations, count }) => total + observations.sum(count(time)), 0);
