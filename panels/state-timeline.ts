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
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { distinguishing, dress, rangeQuery } from './house';

/**
 * One row for each series, in the order of its name, numbers as numbers (`.9` before `.10`). Joined by time, so that a
 * series that was not there is a gap and not its last state; *Organize fields* sorts by label since Grafana 12.0.
 */
export const stateTimeline = (signal: Signal): PanelBuilder => {
  const [label] = distinguishing(signal);
  const panel = dress(
    new PanelBuilder(),
    'state-timeline',
    [signal],
    { width: tokens.width.full, height: tokens.height.timeline },
    rangeQuery,
  )
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(tokens.timeline.rowHeight)
    .perPage(tokens.timeline.rowsPerPage)
    .lineWidth(tokens.timeline.lineWidth)
    .fillOpacity(tokens.timeline.fill)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs([]),
    );
  if (!label) return panel;
  return panel
    .displayName(`\${__field.labels.${label}}`)
    .withTransformation({ id: 'joinByField', options: { byField: 'Time', mode: 'outer' } })
    .withTransformation({
      id: 'organize',
      options: { orderByMode: 'auto', orderBy: [{ type: 'label', name: label, desc: false }] },
    });
};
