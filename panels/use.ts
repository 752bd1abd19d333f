import type { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { divide, max, overPanelRange, tag, union } from '../lib/expression/operators';
import type { Expression } from '../lib/expression/expression';
import { section, type Section } from '../lib/dashboards/dashboard';
import { derive, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { thresholds, type Levels } from '../lib/thresholds';
import { stateTimeline } from './state-timeline';
import { bars, timeseries } from './timeseries';
import { asColour, table, type Column } from './table';

/** One resource, and what measures it. */
export interface Resource {
  /** Title of its row of graphs. */
  readonly title: string;
  /** Its line in the matrix, or one for each value of a label, such as `Disk {device}`. */
  readonly each: string;
  /** A share from 0 to 1. */
  readonly utilisation: Signal;
  /** Anything with limits; shown as a share of its own. */
  readonly saturation?: Signal;
  readonly errors?: Signal;
}

/** `resource('Disks', 'Disk {device}', busy, waiting, failing)`: the title of its graphs, its lines in the matrix, its measures. */
export const resource = (
  title: string,
  each: string,
  utilisation: Signal,
  saturation?: Signal,
  errors?: Signal,
): Resource => ({
  title,
  each,
  utilisation,
  ...(saturation && { saturation }),
  ...(errors && { errors }),
});

/**
 * The USE method: a matrix of all resources, then a row of graphs for each. Left to right they say how busy it is, who waits,
 * what fails, so that a column can be scanned.
 */
export const useSections = (...resources: readonly [Resource, ...Resource[]]): readonly Section[] => [
  section('Where is the bottleneck?', [useMatrix(...resources)]),
  ...resources.map((resource) => section(resource.title, useRow(resource))),
];

/** Utilisation, saturation and errors of one resource, side by side: lines for what is always there, bars or states for what happens. */
export const useRow = ({ utilisation, saturation, errors }: Resource): readonly Builder<Panel>[] => [
  timeseries(utilisation).span(tokens.width.third),
  ...(saturation ? [timeseries(saturation).span(tokens.width.third)] : []),
  ...(errors ? [(errors.values ? stateTimeline(errors) : bars(errors)).span(tokens.width.third)] : []),
];

/**
 * A line for each resource, now and at its worst in the time shown: where is the bottleneck? Measures of different units stand
 * in one column, so waiting and failing are shares of their own limit: 100 % is the red line of their own panel.
 */
export const useMatrix = (first: Resource, ...others: readonly Resource[]): TableBuilder => {
  const lines = [first, ...others];
  const busy = unite(lines, 'Busy', ({ utilisation }) => utilisation, thresholds.busy);
  const waiting = unite(lines, 'Waiting', ({ saturation }) => saturation && ofLimit(saturation), thresholds.ofLimit);
  const failing = unite(lines, 'Failing', ({ errors }) => errors && ofLimit(errors), thresholds.ofLimit);
  return table(
    ['resource'],
    ...([busy, waiting, failing].flatMap((now) => [asColour(now), asColour(highest(now))]) as [Column, ...Column[]]),
  )
    .title('Bottleneck')
    .description(
      'Each resource: how busy it is, how much waits for it, and whether it fails, now and at most in the time shown. Waiting and failing are shares of their limit: 100 % is the red line of their own panel.',
    );
};

/** The same measure of all resources as one signal with a `resource` label. */
const unite = (
  lines: readonly Resource[],
  title: string,
  measure: (line: Resource) => Signal | undefined,
  levels: Levels,
): Signal => {
  const measured = lines.flatMap((line) => {
    const signal = measure(line);
    return signal ? [{ signal, resource: line.each }] : [];
  });
  const there = measured.filter(({ signal }) => !signal.missing);
  const lead = (there[0] ?? measured[0])?.signal;
  if (!lead) throw new Error(`the matrix has no line that measures ${title.toLowerCase()}`);
  const [head, ...tail] = there.map(({ signal, resource }) => named(signal, resource));
  const { range: _, values: __, empty: ___, legend: ____, ...plain } = lead;
  const united = derive(plain, `matrix ${title}`, (expression) => (head ? union(head, ...tail) : expression), {
    title,
    unit: 'ratio',
    levels,
  });
  const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
  return {
    ...united,
    sources: unique(there.flatMap(({ signal }) => signal.sources)),
    metrics: unique(there.flatMap(({ signal }) => signal.metrics)),
  };
};

/** A signal as a share of the level at which it is red. */
const ofLimit = (signal: Signal): Signal => {
  if (signal.values?.[1]?.state === 'critical') return signal;
  if (!signal.levels) throw new Error(`${signal.id} has no limits, so nobody can say how much of them it uses`);
  const { critical } = signal.levels;
  return critical === 1 ? signal : derive(signal, 'of limit', (expression) => divide(expression, critical));
};

const named = ({ expression }: Signal, resource: string): Expression => {
  const label = /\{(\w+)\}/.exec(resource)?.[1] as never;
  return label
    ? max(tag(max(expression, label), 'resource', resource), 'resource')
    : tag(max(expression), 'resource', resource);
};

const highest = (signal: Signal): Signal =>
  derive(signal, 'highest', (expression) => overPanelRange('max', expression), { title: `${signal.title} at most` });
