import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { max, min } from '../lib/expression/operators';
import { madeBy } from '../lib/panel-facts';
import { derive, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, instantQuery, surfaceMappings } from './house';

/** One number, as it is now. Instant, so that a series that ended shows nothing and not its last value. */
export const stat = (...signals: readonly [Signal, ...Signal[]]): PanelBuilder =>
  madeBy(() =>
    dress(new PanelBuilder(), 'stat', signals, { width: tokens.width.stat, height: tokens.height.stat }, instantQuery)
      .graphMode(BigValueGraphMode.None)
      .mappings(surfaceMappings(signals[0]))
      .colorMode(signals[0].levels || signals[0].values ? BigValueColorMode.Background : BigValueColorMode.Value)
      .textMode(BigValueTextMode.Value)
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull'])),
  );

/** One number for each series, with its name. */
export const namedStat = (signal: Signal): PanelBuilder => stat(signal).textMode(BigValueTextMode.ValueAndName);

/** The worst of several: the fullest disk, the shortest time left. */
export const worstStat = (signal: Signal): PanelBuilder =>
  stat(derive(signal, 'worst', (expression) => (signal.levels?.bad === 'low' ? min(expression) : max(expression))));
