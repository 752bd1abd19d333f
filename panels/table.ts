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
  /** A label whose text is shown in the place of the value. */
  readonly label?: string;
  /** Default: as many as Grafana finds right. */
  readonly decimals?: number;
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

/** The text of a label: a version, a name. */
export const asLabel = (signal: Signal, label: string, title = signal.title): Column => ({
  signal,
  cell: 'plain',
  label,
  title,
});
/** The same column with so many digits after the point: 99.98 % is not 100 %. */
export const exact = (column: Column, decimals: number): Column => ({ ...column, decimals });

type Columns = readonly [Column, ...Column[]];

/**
 * One line for each combination of the labels named, a column for each signal, as it is now; the worst of the first column comes first.
 * Signals that carry more labels show their highest value.
 */
export const table = (rows: readonly string[], ...columns: Columns): PanelBuilder =>
  madeBy(() => {
    const panel = plainTable(rows, columns);
    // On a telephone a name is worth more room than a number.
    for (const label of rows)
      panel.overrideByName(columnName(label), [{ id: 'custom.minWidth', value: tokens.column.label }]);
    return panel;
  });

const plainTable = (rows: readonly string[], columns: Columns): PanelBuilder =>
  madeBy(() => {
    const shaped = columns.map((column) => ({
      ...column,
      signal: shape(column.signal, labelsOf(column, rows)),
    })) as unknown as Columns;
    const panel = dress(
      new PanelBuilder(),
      `table ${rows.join(',')}`,
      shaped.map(({ signal }) => signal) as [Signal, ...Signal[]],
      { width: tokens.width.full, height: tokens.height.table },
      (signal, refId) => tableQuery(signal, refId, signal.missing ? new Set(rows) : signal.labels),
    );
    // Columns have units and names of states of their own; those of the first would make nonsense of labels, such as a time of `10.0.0.1`.
    panel.unit('string').mappings([]).minWidth(tokens.column.least);
    const there = shaped.filter(({ signal }) => !signal.missing);
    const titles = there.map(({ signal, title }) => title ?? signal.title);
    const fields = there.map(({ label }, index) => label ?? valueField(index, there.length));
    const hidden = there.flatMap(({ label }, index) => (label === undefined ? [] : [valueField(index, there.length)]));

    panel.withTransformation({ id: 'merge', options: {} }).withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(['Time', ...hidden].map((field) => [field, true])),
        indexByName: indexes([...rows, ...fields]),
        renameByName: {
          ...Object.fromEntries(rows.map((label) => [label, columnName(label)])),
          ...Object.fromEntries(titles.map((title, index) => [fields[index], title])),
        },
      },
    });
    // The words for an empty table say nothing about a cell.
    if (there[0]?.signal.empty) panel.overrideByFieldType('string', [{ id: 'noValue', value: '' }]);
    for (const [index, column] of there.entries())
      panel.overrideByName(
        titles[index] as string,
        column.label === undefined
          ? cellProperties(column, emptyCell(column.signal, there, index === 0))
          : [{ id: 'custom.minWidth', value: tokens.column.name }],
      );
    const [first] = there;
    if (first)
      panel.sortBy([
        new TableSortByFieldStateBuilder().displayName(titles[0] as string).desc(worstIsHighest(first.signal)),
      ]);
    return panel;
  });

/** The same, half as wide and low: for lists that are empty while all is well. */
export const shortTable = (rows: readonly string[], ...columns: Columns): PanelBuilder =>
  madeBy(() => plainTable(rows, columns).span(tokens.width.half).height(tokens.height.short));

/** The same, a quarter wide and low: one label or two, and one value. */
export const smallTable = (rows: readonly string[], ...columns: Columns): PanelBuilder =>
  madeBy(() => shortTable(rows, ...columns).span(tokens.width.quarter));

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

/** `mountpoint` -> `Mountpoint`, `http_route` -> `Route`: what a label's column is called. */
export const columnName = (label: string): string =>
  label === 'alertname' ? 'Alert' : capitalised(label.replace(/^http_/, '')).replaceAll('_', ' ');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const labelsOf = ({ label }: Column, rows: readonly string[]): readonly string[] =>
  label === undefined ? rows : [...rows, label];

/** Whether what is worst has the highest value: of states, the one whose colour is. */
const worstIsHighest = ({ levels, values }: Signal): boolean => {
  if (!values) return levels?.bad !== 'low';
  const order = ['ok', 'neutral', 'absent', 'unknown', 'warning', 'critical'];
  const ranks = Object.keys(values)
    .map(Number)
    .sort((a, b) => a - b)
    .map((value) => order.indexOf(values[value]?.state ?? 'ok'));
  return (ranks.at(-1) ?? 0) >= (ranks[0] ?? 0);
};

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

/** What an empty cell says: the table's own words, which are those of the first column, say nothing about the others. */
const emptyCell = ({ empty }: Signal, all: readonly Column[], first: boolean): string | undefined => {
  const whole = all[0]?.signal.empty;
  if (all.length === 1) return undefined;
  if (empty !== undefined && (first || empty !== whole)) return empty;
  return whole === undefined ? undefined : '';
};

const cellProperties = ({ signal, cell, decimals }: Column, empty?: string): DynamicConfigValue[] => [
  { id: 'unit', value: signal.shown.id },
  ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
  ...(empty === undefined ? [] : [{ id: 'noValue', value: empty }]),
  ...(signal.levels ? [{ id: 'thresholds', value: levelsAsThresholds(signal).build() }] : []),
  ...(cell !== 'plain' || signal.values ? [{ id: 'mappings', value: surfaceMappings(signal) }] : []),
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
