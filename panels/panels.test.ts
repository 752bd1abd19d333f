import { describe, expect, it } from 'vitest';
import { defineDashboard, section, type Dashboard } from '../lib/dashboards/dashboard';
import type { Homelab } from '../lib/homelab/homelab';
import { defineHomelab } from '../lib/homelab/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import * as panels from './index';

interface Json {
  readonly type: string;
  readonly title: string;
  readonly options?: Record<string, never>;
  readonly targets?: readonly {
    readonly legendFormat?: string;
    readonly instant?: boolean;
    readonly range?: boolean;
    readonly interval?: string;
  }[];
  readonly fieldConfig?: {
    readonly defaults: Record<string, unknown>;
    readonly overrides: readonly {
      readonly matcher: { readonly options: unknown };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
  readonly transformations?: readonly { readonly id: string }[];
  readonly datasource?: { readonly uid: string };
}

const homelab: Homelab = {
  hosts: [{ name: 'nas' }],
  dataSources: { prometheus: { kind: 'prometheus', uid: 'prom' }, loki: { kind: 'loki', uid: 'loki' } },
};

/** Panels as Grafana gets them: rendering refuses what it would not take. */
const drawn = (
  sections: (signals: Parameters<Dashboard['sections']>[0]) => ReturnType<typeof section>['panels'],
  given = homelab,
): readonly Json[] => {
  const board = defineDashboard({
    name: 'own',
    title: 'Own',
    folder: 'Own',
    question: 'Does it?',
    tags: [],
    sections: (signals) => [section('All', sections(signals))],
  });
  const [rendered] = render(resolveHomelab(defineHomelab(given)), { dashboards: [board], alerts: [] }).boards;
  return (rendered?.json as { panels: readonly Json[] } | undefined)?.panels.slice(1) ?? [];
};

describe('every look', () => {
  it('is what Grafana takes, with its type', () => {
    const types = drawn(({ host, prometheus }) => [
      panels.stat(host.cpuBusy),
      panels.namedStat(host.diskBusy),
      panels.worstStat(host.filesystemUsed),
      panels.gauge(host.memoryUsed),
      panels.barGauge(host.timeToFull),
      panels.timeseries(host.memoryUsed),
      panels.manyLines(host.collectorDuration),
      panels.stacked(host.cpuByMode),
      panels.mirrored(host.networkReceived, host.networkSent),
      panels.bars(host.oomKills),
      panels.stateTimeline(host.up),
      panels.statusHistory(host.restarted),
      panels.heatmap(prometheus.requestSpread),
      panels.linkRows(panels.table(['host'], panels.asGauge(host.cpuBusy), panels.asNumber(host.cores)), 'host', 'own'),
      panels.shortTable(['host', 'collector'], panels.asColour(host.collectorsFailing)),
      panels.labelTable(host.kernel, 'host', 'release'),
      panels.logs({ title: 'Log', description: 'Lines.', query: '{job="x"}', dataSource: 'loki' }),
      panels.text('Note', 'A *word*.'),
      panels.alertList('Alerts', 'What fires.'),
      panels.dashboardList('Boards', 'Where to go.', ['homelab']),
    ]).map(({ type }) => type);
    expect([...new Set(types)].sort()).toEqual([
      'alertlist', 'bargauge', 'dashlist', 'gauge', 'heatmap', 'logs', 'stat', 'state-timeline', 'status-history', 'table', 'text', 'timeseries',
    ]); // prettier-ignore
  });

  it('asks once for what is, and over time for what was', () => {
    const [now, then] = drawn(({ host }) => [panels.stat(host.cpuBusy), panels.timeseries(host.cpuBusy)]);
    expect([now?.targets?.[0]?.instant, now?.targets?.[0]?.range]).toEqual([true, false]);
    expect([then?.targets?.[0]?.instant, then?.targets?.[0]?.range]).toEqual([false, true]);
    expect(then?.targets?.[0]?.interval).toBe('15s');
  });

  it('shows logs only where there is a data source for them', () => {
    const lines = (dataSource: string | undefined) =>
      drawn(({ host }) => [
        panels.stat(host.cpuBusy),
        panels.logs({ title: 'Log', description: 'Lines.', query: '{job="x"}', dataSource }),
      ]);
    expect(lines('loki').map(({ type }) => type)).toEqual(['stat', 'logs']);
    expect(lines(undefined).map(({ type }) => type)).toEqual(['stat']);
  });
});

describe('legends', () => {
  it('tell the series of two signals apart where their labels are the same', () => {
    const [wait, one] = drawn(({ host }) => [
      panels.timeseries(host.diskReadWait, host.diskWriteWait),
      panels.timeseries(host.diskReadWait),
    ]);
    expect(wait?.targets?.map(({ legendFormat }) => legendFormat)).toEqual([
      '{{host}} · {{device}} · Disk read wait',
      '{{host}} · {{device}} · Disk write wait',
    ]);
    expect(one?.targets?.map(({ legendFormat }) => legendFormat)).toEqual(['{{host}} · {{device}}']);
  });
});

describe('colours', () => {
  it('come from the shared limits, and say nothing where there is no value', () => {
    const [panel] = drawn(({ host }) => [panels.stat(host.cpuBusy)]);
    expect(panel?.fieldConfig?.defaults['thresholds']).toEqual({
      mode: 'absolute',
      steps: [
        { color: 'green', value: null },
        { color: 'yellow', value: 0.8 },
        { color: 'red', value: 0.95 },
      ],
    });
    expect(panel?.fieldConfig?.defaults['mappings']).toEqual([
      { type: 'special', options: { match: 'null+nan', result: { color: 'transparent' } } },
    ]);
  });

  it('run the other way where low is bad, and are converted with the unit', () => {
    const fahrenheit: Homelab = { ...homelab, display: { temperature: 'fahrenheit' } };
    const [uptime, hottest] = drawn(({ host }) => [panels.stat(host.uptime), panels.stat(host.hottest)], fahrenheit);
    expect((uptime?.fieldConfig?.defaults['thresholds'] as { steps: unknown[] }).steps).toEqual([
      { color: 'red', value: null },
      { color: 'yellow', value: 60 },
      { color: 'green', value: 600 },
    ]);
    expect(hottest?.fieldConfig?.defaults['unit']).toBe('fahrenheit');
    expect((hottest?.fieldConfig?.defaults['thresholds'] as { steps: unknown[] }).steps.at(-1)).toEqual({
      color: 'red',
      value: 203,
    });
  });
});

describe('a table', () => {
  it('has a line for each value of its labels: a signal without one of them is refused by name', () => {
    expect(() => drawn(({ host }) => [panels.table(['mountpoint'], panels.asNumber(host.cpuBusy))])).toThrow(
      /mountpoint/,
    );
    const [panel] = drawn(({ host }) => [
      panels.table(['mountpoint'], panels.asGauge(host.filesystemUsed), panels.asNumber(host.filesystemFree)),
    ]);
    expect(panel?.transformations?.map(({ id }) => id)).toEqual(['merge', 'organize']);
    expect(panel?.fieldConfig?.overrides.map(({ matcher }) => matcher.options)).toEqual([
      'Filesystem used',
      'Filesystem free',
    ]);
  });
});

describe('a state timeline', () => {
  it('is sorted by name, but for what may be empty, which would be an error to join', () => {
    const [sorted, maybeEmpty] = drawn(({ host }) => [
      panels.stateTimeline(host.link),
      panels.stateTimeline(host.hardwareAlarm),
    ]);
    expect(sorted?.transformations?.map(({ id }) => id)).toEqual(['joinByField', 'organize']);
    expect(maybeEmpty?.transformations).toBeUndefined();
  });
});
