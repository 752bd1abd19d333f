import {
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, legendBelow, legendLabels, legendOf, namedValues, rangeQuery, withoutWords } from './house';

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
      .legend(legendBelow());
    // The words for no series would stand in the legend as a state of its own, for moments before the first sample.
    if (signal.empty) panel.mappings([...(signal.values ? [namedValues(signal.values)] : []), withoutWords()]);
    // An empty answer is a frame without fields, for which Grafana has words of its own; without the frame it takes ours.
    panel.withTransformation({ id: 'filterFieldsByName', options: { include: { pattern: '.*' } } });
    if (!first) return panel;
    return panel
      .displayName(legendOf(signal).replaceAll(/\{\{\s*(\w+)\s*\}\}/g, '${__field.labels.$1}'))
      .withTransformation({ id: 'joinByField', options: { byField: 'Time', mode: 'outer' } })
      .withTransformation({
        id: 'organize',
        options: { orderByMode: 'auto', orderBy: [{ type: 'label', name: first, desc: false }] },
      });
  });

/** How long each has run, by colour: a fresh start is seen where the colour falls back to the first. */
export const ageTimeline = (signal: Signal): PanelBuilder =>
  madeBy(() => {
    const { minutes, tenMinutes, hour, day } = tokens.age;
    return stateTimeline(signal).thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
        { value: null, color: minutes },
        { value: 600, color: tenMinutes },
        { value: 3600, color: hour },
        { value: 86_400, color: day },
      ]),
    );
  });
