import {
  AxisPlacement,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  GraphTransform,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { madeBy } from '../lib/panel-facts';
import { shownValue, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { startsAtNothing } from '../lib/units';
import { dress, legendBelow, rangeQuery, refIdOf } from './house';

type Signals = readonly [Signal, ...Signal[]];

/** One line for each series. Limits are dashed lines, gaps stay gaps, and nothing is smoothed: a curve invents values. */
export const timeseries = (...signals: Signals): PanelBuilder =>
  madeBy(() => {
    const panel = lines(signals, 'timeseries');
    return signals[0].levels
      ? panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
      : panel;
  });

/** Lines too many for a list below: their names stand in a table at the right, with their last and highest value. */
export const manyLines = (signal: Signal): PanelBuilder =>
  madeBy(() =>
    lines([signal], 'many-lines').legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Right)
        .width(tokens.legend.tableWidth)
        .calcs(['lastNotNull', 'max']),
    ),
  );

/** Shares of one whole, stacked. */
export const stacked = (...signals: Signals): PanelBuilder =>
  madeBy(() =>
    lines(signals, 'stacked')
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
      .fillOpacity(tokens.line.stackedFill),
  );

/** In above zero, out below: two directions of one thing. */
export const mirrored = (incoming: Signal, outgoing: Signal): PanelBuilder =>
  madeBy(() =>
    lines([incoming, outgoing], 'mirrored')
      .axisLabel('out (−) / in (+)')
      .overrideByQuery(refIdOf(1), [{ id: 'custom.transform', value: GraphTransform.NegativeY }]),
  );

/** How much happened in each stretch of time: events, restarts, errors. */
export const bars = (...signals: Signals): PanelBuilder =>
  madeBy(() =>
    lines(signals, 'bars')
      .drawStyle(GraphDrawStyle.Bars)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
      .fillOpacity(tokens.line.stackedFill)
      .maxDataPoints(tokens.points.bars)
      .min(0),
  );

/**
 * From nothing up to the limit the axis is always there, so that neither a flat line near nothing nor one far from it looks like a
 * mountain.
 */
const lines = (signals: Signals, look: string): PanelBuilder => {
  const [first] = signals;
  const panel = plainLines(signals, look);
  if (first.range) return panel;
  const isLimited = first.levels?.bad === 'high';
  if (isLimited || startsAtNothing(first.unit)) panel.axisSoftMin(0);
  // Where nothing happened Grafana's axis would go up to a hundred.
  if (first.unit === 'count') panel.axisSoftMax(1);
  return first.levels && isLimited ? panel.axisSoftMax(shownValue(first, first.levels.critical)) : panel;
};

const plainLines = (signals: Signals, look: string): PanelBuilder =>
  dress(new PanelBuilder(), look, signals, { width: tokens.width.half, height: tokens.height.graph }, rangeQuery)
    .lineWidth(tokens.line.width)
    .fillOpacity(tokens.line.fill)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisPlacement(AxisPlacement.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(legendBelow());
