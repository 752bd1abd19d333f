import {
  BarGaugeDisplayMode,
  BarGaugeSizing,
  BarGaugeValueMode,
  ReduceDataOptionsBuilder,
  VizTextDisplayOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { PanelBuilder as GaugeBuilder } from '@grafana/grafana-foundation-sdk/gauge';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { startsAtNothing } from '../lib/units';
import { dress, instantQuery, legendOf } from './house';

/** One bar for each series: which of these is the largest, now. */
export const barGauge = (signal: Signal): BarGaugeBuilder =>
  madeBy(() => {
    const panel = dress(
      new BarGaugeBuilder(),
      'bargauge',
      [signal],
      { width: tokens.width.half, height: tokens.height.graph },
      instantQuery,
    );
    // From the smallest on, where Grafana begins, bars of equal numbers have no length.
    if (startsAtNothing(signal.unit) && !signal.range) panel.min(0);
    return (
      panel
        .displayMode(BarGaugeDisplayMode.Basic)
        .valueMode(BarGaugeValueMode.Color)
        .orientation(VizOrientation.Horizontal)
        .showUnfilled(true)
        // Grafana leaves so much room for names as they take in its own size, which is never smaller: larger ones it cuts.
        .text(new VizTextDisplayOptionsBuilder().titleSize(tokens.text.barName).valueSize(tokens.text.barValue))
        .sizing(BarGaugeSizing.Manual)
        .maxVizHeight(tokens.bar.highest)
        // Grafana drops the name of a single bar unless it was asked for.
        .displayName(legendOf(signal).replaceAll(/\{\{\s*(\w+)\s*\}\}/g, '${__field.labels.$1}'))
        .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    );
  });

/** A dial: one share of a whole, for a screen across the room. */
export const gauge = (signal: Signal): GaugeBuilder =>
  madeBy(() =>
    dress(new GaugeBuilder(), 'gauge', [signal], { width: tokens.width.stat, height: tokens.height.stat }, instantQuery)
      .showThresholdMarkers(true)
      .showThresholdLabels(false)
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull'])),
  );
