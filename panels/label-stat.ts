import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, tableQuery } from './house';

/**
 * What a label says, such as a version, where the value itself says nothing. Asked as a table, whose column it is: a name beside
 * no value would leave the panel blank where there is nothing.
 */
export const labelStat = (signal: Signal, label: string): PanelBuilder => {
  if (!signal.labels.has(label)) throw new Error(`${signal.id} has no label \`${label}\` to show`);
  return madeBy(() =>
    dress(
      new PanelBuilder(),
      'label-stat',
      [signal],
      { width: tokens.width.stat, height: tokens.height.stat },
      (each, refId) => tableQuery(each, refId, new Set([label])),
    )
      .graphMode(BigValueGraphMode.None)
      .colorMode(BigValueColorMode.Value)
      .textMode(BigValueTextMode.Value)
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields(`/^${label}$/`)),
  );
};
