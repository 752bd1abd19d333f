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
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, rangeQuery, refIdOf } from './house';

type Signals = readonly [Signal, ...Signal[]];

/** One line for each series. Limits are dashed lines, gaps stay gaps, and nothing is smoothed: a curve invents values. */
export const timeseries = (...signals: Signals): PanelBuilder => {
  const [{ levels }] = signals;
  const panel = lines(signals, 'timeseries');
  return levels
    ? panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
    : panel;
};

/** Shares of one whole, stacked. */
export const stacked = (...signals: Signals): PanelBuilder =>
  lines(signals, 'stacked')
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    .fillOpacity(tokens.line.stackedFill);

/** In above zero, out below: two directions of one thing. */
export const mirrored = (incoming: Signal, outgoing: Signal): PanelBuilder =>
  lines([incoming, outgoing], 'mirrored')
    .axisLabel('out (−) / in (+)')
    .overrideByQuery(refIdOf(1), [{ id: 'custom.transform', value: GraphTransform.NegativeY }]);

/** How much happened in each stretch of time: events, restarts, errors. */
export const bars = (...signals: Signals): PanelBuilder =>
  lines(signals, 'bars')
    .drawStyle(GraphDrawStyle.Bars)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    .fillOpacity(tokens.line.stackedFill)
    .maxDataPoints(tokens.points.bars)
    .min(0);

const lines = (signals: Signals, look: string): PanelBuilder =>
  dress(new PanelBuilder(), look, signals, { width: tokens.width.half, height: tokens.height.graph }, rangeQuery)
    .lineWidth(tokens.line.width)
    .fillOpacity(tokens.line.fill)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisPlacement(AxisPlacement.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    );
