import type { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { max, overPanelRange, tag, union } from '../lib/expression/operators';
import type { Expression } from '../lib/expression/expression';
import { section, type Section } from '../lib/dashboards/dashboard';
import { derive, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { asColour, asNumber, table, type Column } from './table';

/** One resource on one line: how busy, who waits, what fails. Left to right on every board, so that a column can be scanned. */
export const useSection = (
  title: string,
  row: {
    readonly utilisation: TimeseriesBuilder;
    readonly saturation: TimeseriesBuilder;
    readonly errors: TimeseriesBuilder;
  },
): Section =>
  section(
    title,
    [row.utilisation, row.saturation, row.errors].map((panel) => panel.span(tokens.width.third)),
  );

/** A line of the matrix: one resource, or one for each value of a label (`Disk {device}`), and its three measures, all shares from 0 to 1. */
export interface UseLine {
  readonly resource: string;
  readonly utilisation: Signal;
  readonly saturation: Signal;
  readonly errors: Signal;
}

type Measure = 'utilisation' | 'saturation' | 'errors';

/** A line for each resource, now and at its worst in the time shown: where is the bottleneck? */
export const useMatrix = (first: UseLine, ...others: readonly UseLine[]): TableBuilder => {
  const lines = [first, ...others];
  const now = (measure: Measure): Signal => unite(lines, measure, first[measure]);
  const columns: readonly [Column, ...Column[]] = [
    asColour(now('utilisation'), 'Busy'),
    asColour(now('saturation'), 'Waiting'),
    asColour(now('errors'), 'Failing'),
    asNumber(highest(now('utilisation')), 'Busy at most'),
    asNumber(highest(now('saturation')), 'Waiting at most'),
    asNumber(highest(now('errors')), 'Failing at most'),
  ];
  return table(['resource'], ...columns);
};

/** The same measure of all resources as one signal with a `resource` label. */
const unite = (lines: readonly UseLine[], measure: Measure, lead: Signal): Signal => {
  const there = lines.filter((line) => !line[measure].missing);
  const tagged = there.map((line) => named(line[measure], line.resource));
  const [head, ...tail] = tagged;
  if (!head) return lead;
  const united = derive(lead, 'matrix', () => union(head, ...tail));
  const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
  return {
    ...united,
    sources: unique(there.flatMap((line) => line[measure].sources)),
    metrics: unique(there.flatMap((line) => line[measure].metrics)),
  };
};

const named = ({ expression }: Signal, resource: string): Expression => {
  const label = /\{(\w+)\}/.exec(resource)?.[1];
  return max(tag(label ? max(expression, label as never) : max(expression), 'resource', resource), 'resource' as never);
};

const highest = (signal: Signal): Signal =>
  derive(signal, 'highest', (expression) => overPanelRange('max', expression));
