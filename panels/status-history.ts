import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statushistory';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, noLegend, rangeQuery } from './house';

/** One cell for each stretch of time, for what is asked rarely: backups, speed tests, renewals. */
export const statusHistory = (signal: Signal): PanelBuilder =>
  madeBy(() =>
    dress(
      new PanelBuilder(),
      'status-history',
      [signal],
      { width: tokens.width.full, height: tokens.height.timeline },
      rangeQuery,
    )
      .maxDataPoints(tokens.points.history)
      .showValue(VisibilityMode.Never)
      .rowHeight(tokens.timeline.rowHeight)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .legend(noLegend()),
  );
