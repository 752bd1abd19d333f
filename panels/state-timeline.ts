import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, legendLabels, legendOf, rangeQuery } from './house';

/**
 * One row for each series, in the order of its name, numbers as numbers (`.9` before `.10`). Joined by time, so that a
 * series that was not there is a gap and not its last state; *Organize fields* sorts by label since Grafana 12.0.
 */
export const stateTimeline = (signal: Signal): PanelBuilder =>
  madeBy(() => {
    const [first] = legendLabels(signal);
    const height = first ? tokens.height.timeline : tokens.height.singleTimeline;
    const panel = dress(
      new PanelBuilder(),
      'state-timeline',
      [signal],
      { width: tokens.width.full, height },
      rangeQuery,
    )
      .mergeValues(true)
      .showValue(VisibilityMode.Never)
      .rowHeight(tokens.timeline.rowHeight)
      .lineWidth(tokens.timeline.lineWidth)
      .fillOpacity(tokens.timeline.fill)
      // States have colours of their own by their names; with limits as the scheme the legend would show numbers instead.
      .colorScheme(
        new FieldColorBuilder().mode(signal.values ? FieldColorModeId.PaletteClassic : FieldColorModeId.Thresholds),
      )
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None))
      .legend(
        new VizLegendOptionsBuilder()
          .showLegend(true)
          .displayMode(LegendDisplayMode.List)
          .placement(LegendPlacement.Bottom)
          .calcs([]),
      );
    // Joining nothing is an error on the screen, so what may be empty stays unsorted.
    if (!first || signal.empty) return panel;
    return panel
      .displayName(legendOf(signal).replaceAll(/\{\{\s*(\w+)\s*\}\}/g, '${__field.labels.$1}'))
      .withTransformation({ id: 'joinByField', options: { byField: 'Time', mode: 'outer' } })
      .withTransformation({
        id: 'organize',
        options: { orderByMode: 'auto', orderBy: [{ type: 'label', name: first, desc: false }] },
      });
  });
