import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import {
  MappingType,
  SpecialValueMatch,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { ThresholdsConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { recordFacts } from '../lib/panel-facts';
import { intervalOf, queryOf, shownValue, type Signal, type ValueNames } from '../lib/signals/signal';
import type { Levels } from '../lib/thresholds';
import { tokens } from '../lib/tokens';
import { dataSourceVariable } from '../lib/dashboards/data-source-variable';

/** What all panel builders of the SDK have in common. */
export interface AnyPanel {
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  span(columns: number): this;
  height(rows: number): this;
  min(value: number): this;
  max(value: number): this;
  noValue(text: string): this;
  datasource(reference: { type?: string; uid?: string }): this;
  interval(text: string): this;
  mappings(mappings: ValueMapping[]): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  withTarget(target: Builder<Dataquery>): this;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type Target = (signal: Signal, refId: string) => Builder<Dataquery>;

/** What a panel with values, limits and names for states gets beside its frame. */
export const dress = <B extends AnyPanel>(
  builder: B,
  look: string,
  signals: readonly Signal[],
  size: Size,
  target: Target,
): B => {
  frame(builder, look, signals, size, target);
  const { lead } = drawable(look, signals);
  if (lead.empty) builder.noValue(lead.empty);
  if (lead.range) builder.min(shownValue(lead, lead.range[0])).max(shownValue(lead, lead.range[1]));
  if (lead.values) builder.mappings([namedValues(lead.values)]);
  return builder.thresholds(lead.values ? statesAsThresholds(lead.values) : levelsAsThresholds(lead));
};

/**
 * What every panel of signals gets: title, description, unit, size, the data source, queries, and facts for render and lint.
 * Signals that this homelab cannot have are left out; the queries of the others are made by `target`.
 */
export const frame = <B extends AnyPanel>(
  builder: B,
  look: string,
  signals: readonly Signal[],
  size: Size,
  target: Target,
): B => {
  const { first, there, lead } = drawable(look, signals);
  builder
    .title(first.title)
    .description(describe(first))
    .unit(lead.shown.id)
    .span(size.width)
    .height(size.height)
    .datasource(dataSourceOf(lead))
    .interval(longestInterval(there.length > 0 ? there : [lead]));
  for (const [index, signal] of toldApart(there).entries()) builder.withTarget(target(signal, refIdOf(index)));

  const partly = signals.flatMap(({ title, missing }) => (missing ? [{ title, why: missing }] : []));
  recordFacts(builder, {
    key: `${look} ${signals.map(({ id }) => id).join(' ')}`,
    look: look.split(' ')[0] as string,
    signals: there,
    ...(there.length === 0 ? { missing: first.missing ?? 'it has no data here' } : partly.length > 0 && { partly }),
  });
  return builder;
};

/** The signal that names the panel, those that have data here, and the one of them that leads. */
const drawable = (
  look: string,
  signals: readonly Signal[],
): { first: Signal; there: readonly Signal[]; lead: Signal } => {
  const [first] = signals;
  if (!first) throw new Error(`${look}: a panel shows at least one signal`);
  const there = signals.filter(({ missing }) => !missing);
  return { first, there, lead: there[0] ?? first };
};

/** A query of what is, once: for stats, tables, gauges. */
export const instantQuery = (signal: Signal, refId: string, keep = labelsShown(signal)): DataqueryBuilder =>
  new DataqueryBuilder()
    .expr(queryOf(signal, keep))
    .refId(refId)
    .instant()
    .legendFormat(legendOf(signal))
    .interval(intervalOf(signal).text);

/** A query over the panel's time. */
export const rangeQuery = (signal: Signal, refId: string): DataqueryBuilder =>
  new DataqueryBuilder()
    .expr(queryOf(signal, labelsShown(signal)))
    .refId(refId)
    .range()
    .legendFormat(legendOf(signal))
    .interval(intervalOf(signal).text);

/** A query of what is, as rows with a column for each label. */
export const tableQuery = (signal: Signal, refId: string, keep: ReadonlySet<string>): DataqueryBuilder =>
  instantQuery(signal, refId, keep).format(PromQueryFormat.Table).legendFormat('');

/** `A` … `Z`, `AA` …, as Grafana names queries. */
export const refIdOf = (index: number): string =>
  (index < 26 ? '' : refIdOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/** The legend of a signal's series: as it says itself, else its labels but for those that are the same everywhere on the board. */
export const legendOf = (signal: Signal): string => {
  if (signal.legend !== undefined) return signal.legend;
  const labels = distinguishing(signal);
  const shown = labels.length > 0 ? labels : ['job', 'instance'].filter((label) => signal.labels.has(label));
  return shown.length > 0 ? shown.map((label) => `{{${label}}}`).join(' · ') : signal.title;
};

/** Signals of one panel whose series would be called alike are called by their titles, too. */
const toldApart = (signals: readonly Signal[]): readonly Signal[] => {
  const legends = signals.map(legendOf);
  return signals.map((signal, index) => {
    const legend = legends[index] as string;
    const alike = legends.filter((other) => other === legend).length > 1;
    return alike && legend !== signal.title ? { ...signal, legend: `${legend} · ${signal.title}` } : signal;
  });
};

/** Labels that the legend uses, in its order. */
export const legendLabels = (signal: Signal): readonly string[] =>
  [...legendOf(signal).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label as string);

/** No other labels need to be made. */
const labelsShown = (signal: Signal): ReadonlySet<string> => new Set(legendLabels(signal));

/** Labels by which a reader tells the series of a signal apart: entities first, without those that the board picked one of. */
export const distinguishing = (signal: Signal): readonly string[] => {
  const entities = ['host', 'service', 'container', 'device'];
  const rank = (label: string): number => (entities.includes(label) ? entities.indexOf(label) : entities.length);
  return [...signal.labels]
    .filter((label) => !['job', 'instance', 'le'].includes(label) && signal.context.variables[label] !== 'single')
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
};

/** The Grafana data source of a signal, by the board's variable. */
export const dataSourceOf = (signal: Signal): { type: string; uid: string } => {
  const keys = [...new Set(signal.sources.map(({ dataSource }) => dataSource))];
  if (keys.length > 1) throw new Error(`${signal.id} reads from ${keys.join(' and ')}: one query has one data source`);
  return { type: 'prometheus', uid: `\${${dataSourceVariable(keys[0] ?? 'prometheus')}}` };
};

/** Colours from the shared table of limits; a signal without any is a neutral number. */
export const levelsAsThresholds = (signal: Signal): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(signal));

const steps = (signal: Signal): Threshold[] =>
  signal.levels ? levelSteps(signal, signal.levels) : [{ value: null, color: tokens.colour.neutral }];

const levelSteps = (signal: Signal, { bad, warn, critical }: Levels): Threshold[] => {
  const { ok, warning, critical: red } = tokens.colour;
  const at = (value: number): number => shownValue(signal, value);
  if (bad === 'high') {
    return [
      { value: null, color: ok },
      ...(warn === undefined ? [] : [{ value: at(warn), color: warning }]),
      { value: at(critical), color: red },
    ];
  }
  return [
    { value: null, color: red },
    ...(warn === undefined ? [] : [{ value: at(critical), color: warning }]),
    { value: at(warn ?? critical), color: ok },
  ];
};

/**
 * Names of states for a coloured surface, where a missing value has no colour: nothing to show is neither good nor bad.
 * Grafana would paint it in the colour of the first step (`field/displayProcessor.ts`).
 */
export const surfaceMappings = ({ values }: Signal): ValueMapping[] => [
  ...(values ? [namedValues(values)] : []),
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.NullAndNan, result: { color: tokens.colour.none } },
  },
];

/** The names of lines or states as a list below. */
export const legendBelow = (): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);

/** No names, where there is one line. */
export const noLegend = (): VizLegendOptionsBuilder => legendBelow().showLegend(false);

/** A missing value says nothing, whatever the panel says when all are missing. */
export const withoutWords = (): ValueMapping => ({
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: '', color: tokens.colour.none } },
});

/** A word and a colour for each state. */
export const namedValues = (values: ValueNames): ValueMapping => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    Object.entries(values).map(([value, { text, state }], index) => [
      value,
      { text, color: tokens.colour[state], index },
    ]),
  ),
});

const statesAsThresholds = (values: ValueNames): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stateSteps(values));

const stateSteps = (values: ValueNames): Threshold[] =>
  Object.entries(values)
    .map(([value, { state }]) => ({ value: Number(value), color: tokens.colour[state] as string }))
    .sort((a, b) => a.value - b.value)
    .map(({ value, color }, index) => ({ value: index === 0 ? null : value, color }));

/** The signal's text, and where its colours begin, from the same table. */
const describe = ({ description, levels }: Signal): string =>
  levels ? `${description} ${capitalise(levels.why)}.` : description;

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const longestInterval = (signals: readonly Signal[]): string =>
  signals.map(intervalOf).reduce((a, b) => (a.seconds >= b.seconds ? a : b)).text;
