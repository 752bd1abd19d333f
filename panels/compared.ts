import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { madeBy } from '../lib/panel-facts';
import type { Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { refIdOf } from './house';
import { timeseries } from './timeseries';

/** What is, and as a faint dashed line what it is held against: yesterday, a usual week. */
export const compared = (signal: Signal, against: Signal): PanelBuilder =>
  madeBy(() =>
    timeseries(signal, against)
      .axisSoftMin(0)
      .overrideByQuery(refIdOf(signal.missing ? 0 : 1), [
        { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: tokens.colour.past } },
        { id: 'custom.lineStyle', value: { fill: 'dash', dash: [tokens.line.dash, tokens.line.dash] } },
        { id: 'custom.lineWidth', value: tokens.line.faintWidth },
        { id: 'custom.fillOpacity', value: tokens.line.noFill },
        { id: 'custom.showPoints', value: VisibilityMode.Never },
      ]),
  );

/** Lines of what is measured rarely: each measurement is a point where there is room for it. */
export const measured = (panel: PanelBuilder): PanelBuilder =>
  panel.showPoints(VisibilityMode.Auto).pointSize(tokens.line.pointSize);
