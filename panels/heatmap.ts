import { AxisPlacement } from '@grafana/grafana-foundation-sdk/common';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { TooltipDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { frame, rangeQuery } from './house';

/** How the observations of a histogram spread over time; the signal is a `distribution`. */
export const heatmap = (signal: Signal): PanelBuilder =>
  madeBy(() =>
    frame(
      new PanelBuilder(),
      'heatmap',
      [signal],
      { width: tokens.width.half, height: tokens.height.graph },
      (each, refId) => rangeQuery(each, refId).format(PromQueryFormat.Heatmap).legendFormat('{{le}}'),
    )
      .calculate(false)
      .color(new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Blues').steps(64))
      .yAxis(new YAxisConfigBuilder().axisPlacement(AxisPlacement.Left).unit(signal.shown.id))
      .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true).showColorScale(true))
      .hideLegend(),
  );
