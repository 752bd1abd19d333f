import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { highest, lowest, max, min } from '../lib/expression/operators';
import { madeBy } from '../lib/panel-facts';
import { derive, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, instantQuery, legendLabels, surfaceMappings } from './house';

/** One number, as it is now, or one for each series, then with its name. Instant, so that a series that ended shows nothing and not its last value. */
export const stat = (...signals: readonly [Signal, ...Signal[]]): PanelBuilder =>
  madeBy(() => {
    const [first] = signals;
    const panel = dress(
      new PanelBuilder(),
      'stat',
      signals,
      { width: tokens.width.stat, height: tokens.height.stat },
      instantQuery,
    )
      .graphMode(BigValueGraphMode.None)
      .textMode(named(signals))
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
    // A neutral number has its colour in the text: words for no value must not get that of a missing surface, which is none.
    return first.levels || first.values
      ? panel.mappings(surfaceMappings(first)).colorMode(BigValueColorMode.Background)
      : panel.colorMode(BigValueColorMode.Value);
  });

/** Two numbers side by side need names, and so does one that may be of this or that; else the title says what it is. */
const named = ([first, ...others]: readonly [Signal, ...Signal[]]): BigValueTextMode => {
  if (others.length > 0 || first.missing || legendLabels(first).length === 0) return BigValueTextMode.Value;
  return first.sources.length > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto;
};

/** One number for each series, with its name. */
export const namedStat = (signal: Signal): PanelBuilder => stat(signal).textMode(BigValueTextMode.ValueAndName);

/** The worst of several: the fullest disk, the shortest time left. */
export const worstStat = (signal: Signal): PanelBuilder =>
  stat(
    derive(signal, 'worst', (expression) => (signal.levels?.bad === 'low' ? min(expression) : max(expression)), {
      // The labels that its legend may name are gone.
      legend: signal.title,
    }),
  );

/** The worst of several, with its name: which disk is the fullest. */
export const worstNamedStat = (signal: Signal): PanelBuilder =>
  namedStat(
    derive(signal, 'worst named', (expression) =>
      signal.levels?.bad === 'low' ? lowest(1, expression) : highest(1, expression),
    ),
  );
