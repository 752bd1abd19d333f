import { VisibilityMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { avg } from '../lib/expression/operators';
import { madeBy } from '../lib/panel-facts';
import { derive, type Signal } from '../lib/signals/signal';
import { tokens } from '../lib/tokens';
import { dress, noLegend, rangeQuery } from './house';

/**
 * The average of each hour of the day, over all days shown: when is it slow? Hours are those of the
 * homelab's time zone, which `formatTime` must be told: it asks no board. Prometheus knows the hour of UTC only, so Grafana groups the points.
 */
export const byHour = (signal: Signal): PanelBuilder =>
  madeBy(() => {
    // Hours differ by a little: an axis up to all that can be would show none of it.
    const { range: _, ...whole } = derive(signal, 'by-hour', (expression) => avg(expression), { legend: signal.title });
    const time = 'Time';
    const { timeZone } = signal.context;
    return dress(
      new PanelBuilder(),
      'by-hour',
      [whole],
      { width: tokens.width.half, height: tokens.height.graph },
      (each, refId) => rangeQuery(each, refId).interval(tokens.points.byHourStep),
    )
      .title(`${signal.title} by hour of day`)
      .maxDataPoints(tokens.points.byHour)
      .withTransformation({
        id: 'formatTime',
        options: { timeField: time, outputFormat: 'HH', ...(timeZone && { timezone: timeZone }) },
      })
      .withTransformation({
        id: 'groupBy',
        options: {
          fields: {
            [time]: { operation: 'groupby', aggregations: [] },
            [signal.title]: { operation: 'aggregate', aggregations: ['mean'] },
          },
        },
      })
      .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: time, desc: false }] } })
      .withTransformation({
        id: 'organize',
        options: {
          excludeByName: {},
          indexByName: {},
          renameByName: { [time]: 'Hour', [`${signal.title} (mean)`]: signal.title },
        },
      })
      .xField('Hour')
      .overrideByName('Hour', [{ id: 'unit', value: 'string' }])
      .min(0)
      .orientation(VizOrientation.Vertical)
      .xTickLabelMaxLength(tokens.points.hourLength)
      .showValue(VisibilityMode.Never)
      .barWidth(tokens.line.barWidth)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .legend(noLegend());
  });
