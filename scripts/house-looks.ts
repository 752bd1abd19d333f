import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { makeExpression } from '../lib/expression/expression';
import { correctDashboard } from '../lib/grafana-json/correct';
import { objectsAt } from '../lib/grafana-json/json';
import type { ResolvedHomelab } from '../lib/homelab/resolved';
import type { HouseLook } from '../lib/review/house';
import type { Signal } from '../lib/signals/signal';
import { thresholds } from '../lib/thresholds';
import { showUnit } from '../lib/units';
import * as panels from '../panels/index';

/** Every look that a panel helper has, drawn with a signal that is nothing in particular. */
export const houseLooks = ({ display }: Pick<ResolvedHomelab, 'display'>): readonly HouseLook[] => {
  const signal = sample(display);
  return [
    look('stat', panels.stat(signal)),
    look('stat with names', panels.namedStat(signal), 'stat'),
    look('time series', panels.timeseries(signal)),
    look('stacked time series', panels.stacked(signal), 'time series'),
    look('bars', panels.bars(signal), 'stacked time series'),
    look('mirrored time series', panels.mirrored(signal, signal), 'time series'),
    look('state timeline', panels.stateTimeline(signal)),
    look('paged state timeline', panels.pagedTimeline(signal), 'state timeline'),
    look('bars by hour of the day', panels.byHour(signal)),
    look('status history', panels.statusHistory(signal), 'state timeline'),
    look('table', panels.table([...signal.labels], panels.asNumber(signal))),
    look('gauge', panels.gauge(signal)),
    look('bar gauge', panels.barGauge(signal), 'gauge'),
    look('heatmap', panels.heatmap(signal)),
    look('logs', panels.logs({ title: '', description: '', query: '{}', dataSource: 'loki' })),
    look('text', panels.text('', '')),
    look('list of alerts', panels.alertList('', '')),
    look('list of boards', panels.dashboardList('', '', [])),
  ];
};

/** Data source, interval and expression are the signal's, not the look's. */
const look = (name: string, builder: Builder<Panel>, like?: string): HouseLook => {
  const [panel] = objectsAt(correctDashboard({ panels: [{ ...builder.build(), id: 1 }] }), 'panels').map(([it]) => it);
  const { targets: _, interval: __, datasource: ___, ...drawn } = panel ?? {};
  const [target] = objectsAt(panel, 'targets').map(([it]) => it);
  const { instant, format } = target ?? {};
  return { name, panel: { ...drawn, ...(target && { query: { instant, format } }) }, ...(like && { like }) };
};

const sample = (display: ResolvedHomelab['display']): Signal => ({
  id: 'sample.signal',
  title: 'Sample',
  description: 'A sample.',
  unit: 'ratio',
  shown: showUnit('ratio', display),
  levels: thresholds.busy,
  expression: makeExpression({ kind: 'number', value: 1 }, ['name']),
  labels: new Set(['name']),
  context: { sources: {}, display, place: 'panel', variables: {} },
  sources: [],
  metrics: [],
});
