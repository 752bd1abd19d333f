import {
  BarGaugeDisplayMode,
  TableCellDisplayMode,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { max } from '../lib/expression/operators';
import { madeBy } from '../lib/panel-facts';
import { derive, shownValue, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, levelsAsThresholds, refIdOf, surfaceMappings, tableQuery } from './house';

/** A column: a signal, and how its cells look. */
export interface Column {
  readonly signal: Signal;
  readonly cell: 'plain' | 'gauge' | 'colour';
  /** Default: the signal's title. */
  readonly title?: string;
}

/** A bar in the cell, for shares of a whole. */
export const asGauge = (signal: Signal, title?: string): Column => ({ signal, cell: 'gauge', ...(title && { title }) });
/** The cell coloured by the signal's limits or states. */
export const asColour = (signal: Signal, title?: string): Column => ({
  signal,
  cell: 'colour',
  ...(title && { title }),
});
/** The number alone. */
export const asNumber = (signal: Signal, title?: string): Column => ({
  signal,
  cell: 'plain',
  ...(title && { title }),
});

type Columns = readonly [Column, ...Column[]];

/**
 * One line for each combination of the labels named, a column for each signal, as it is now; the worst of the first column comes first.
 * Signals that carry more labels show their highest value.
 */
export const table = (rows: readonly string[], ...columns: Columns): PanelBuilder =>
  madeBy(() => {
    const shaped = columns.map((column) => ({ ...column, signal: shape(column.signal, rows) })) as unknown as Columns;
    const keep = new Set(rows);
    const panel = dress(
      new PanelBuilder(),
      `table ${rows.join(',')}`,
      shaped.map(({ signal }) => signal) as [Signal, ...Signal[]],
      { width: tokens.width.full, height: tokens.height.table },
      (signal, refId) => tableQuery(signal, refId, keep),
    );
    const there = shaped.filter(({ signal }) => !signal.missing);
    const titles = there.map(({ signal, title }) => title ?? signal.title);

    panel.withTransformation({ id: 'merge', options: {} }).withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        indexByName: indexes([...rows, ...there.map((_, index) => valueField(index, there.length))]),
        renameByName: {
          ...Object.fromEntries(rows.map((label) => [label, columnName(label)])),
          ...Object.fromEntries(titles.map((title, index) => [valueField(index, there.length), title])),
        },
      },
    });
    for (const [index, { signal, cell }] of there.entries())
      panel.overrideByName(titles[index] as string, cellProperties(signal, cell));
    const [first] = titles;
    if (first)
      panel.sortBy([
        new TableSortByFieldStateBuilder().displayName(first).desc(there[0]?.signal.levels?.bad !== 'low'),
      ]);
    return panel;
  });

/** The same, half as wide and low: for lists that are empty while all is well. */
export const shortTable = (rows: readonly string[], ...columns: Columns): PanelBuilder =>
  madeBy(() =>
    table(rows, ...columns)
      .span(tokens.width.half)
      .height(tokens.height.short),
  );

/** The labels of a signal whose value says nothing: versions, models, names. */
export const labelTable = (signal: Signal, ...labels: readonly string[]): PanelBuilder =>
  madeBy(() =>
    table(labels, asNumber(signal))
      .height(tokens.height.short)
      .overrideByName(signal.title, [{ id: 'custom.hideFrom.viz', value: true }]),
  );

/** Makes the cells of a label's column open a board with that value picked, in the same time range. */
export const linkRows = (panel: PanelBuilder, label: string, board: string): PanelBuilder =>
  panel.overrideByName(columnName(label), [
    {
      id: 'links',
      value: [
        { title: 'Open it', url: `board:${board}?var-${label}=\${__value.raw:percentencode}&\${__url_time_range}` },
      ],
    },
  ]);

/** `mountpoint` -> `Mountpoint`: what a label's column is called. */
export const columnName = (label: string): string =>
  (label.charAt(0).toUpperCase() + label.slice(1)).replaceAll('_', ' ');

const shape = (signal: Signal, rows: readonly string[]): Signal => {
  if (signal.missing || (signal.labels.size === rows.length && rows.every((label) => signal.labels.has(label))))
    return signal;
  return {
    ...derive(signal, rows.join(','), (expression) => max(expression, ...(rows as readonly never[]))),
    id: signal.id,
  };
};

/** Grafana names the value column `Value` while there is one query, `Value #A` and so on beside others. */
const valueField = (index: number, count: number): string => (count === 1 ? 'Value' : `Value #${refIdOf(index)}`);

const indexes = (fields: readonly string[]): Record<string, number> =>
  Object.fromEntries(fields.map((field, index) => [field, index]));

const cellProperties = (signal: Signal, cell: Column['cell']): DynamicConfigValue[] => [
  { id: 'unit', value: signal.shown.id },
  ...(signal.levels ? [{ id: 'thresholds', value: levelsAsThresholds(signal).build() }] : []),
  ...(cell === 'colour' || signal.values ? [{ id: 'mappings', value: surfaceMappings(signal) }] : []),
  ...(signal.range
    ? [
        { id: 'min', value: shownValue(signal, signal.range[0]) },
        { id: 'max', value: shownValue(signal, signal.range[1]) },
      ]
    : []),
  ...(cell === 'gauge'
    ? [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.Gauge, mode: BarGaugeDisplayMode.Basic } }]
    : []),
  ...(cell === 'colour'
    ? [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorBackground, mode: 'basic' } }]
    : []),
];
