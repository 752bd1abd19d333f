import { describe, expect, it } from 'vitest';
import { defineDashboard, section, type Dashboard } from '../lib/dashboards/dashboard';
import type { Homelab } from '../lib/homelab/homelab';
import { defineHomelab } from '../lib/homelab/define';
import { resolveHomelab } from '../lib/homelab/resolve';
import { render } from '../lib/render/render';
import type { Signal } from '../lib/signals/signal';
import * as panels from './index';

interface Json {
  readonly type: string;
  readonly title: string;
  readonly options?: Record<string, never>;
  readonly targets?: readonly {
    readonly expr?: string;
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
      panels.byHour(host.cpuBusy),
      panels.pagedTimeline(host.link),
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
      'alertlist', 'barchart', 'bargauge', 'dashlist', 'gauge', 'heatmap', 'logs', 'stat', 'state-timeline', 'status-history', 'table', 'text', 'timeseries',
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

  it('counts lines that name people, and shows them only where the homelab file says so', () => {
    const told = { title: 'Logins', description: 'Logins.', query: '{job="x"} |= "login"', dataSource: 'loki' };
    const shown = (personal: 'aggregate' | 'full') =>
      drawn(() => [panels.logCount(told), panels.logs({ ...told, personal })]);
    expect(shown('full').map(({ type }) => type)).toEqual(['timeseries', 'logs']);
    expect(shown('aggregate').map(({ type }) => type)).toEqual(['timeseries']);
    expect(shown('aggregate')[0]?.targets?.[0]?.expr).toBe('sum(count_over_time({job="x"} |= "login" [$__auto]))');
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

  it('leave the words for no value readable where the text is what has the colour', () => {
    const [neutral] = drawn(({ host }) => [panels.stat(host.networkSpeed)]);
    expect(neutral?.options?.['colorMode']).not.toBe('background');
    expect(neutral?.fieldConfig?.defaults['mappings'] ?? []).toEqual([]);
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
      'Mountpoint',
    ]);
  });

  it('has units and names by column, so that an address stays one beside a time', () => {
    const [panel] = drawn(({ lan }) => [panels.table(['device'], panels.asNumber(lan.lastSeen), panels.asColour(lan.present))], {
      ...homelab,
      probes: { lan: '192.168.1.0/24' },
    }); // prettier-ignore
    expect(panel?.fieldConfig?.defaults['unit']).toBe('string');
    expect(panel?.fieldConfig?.defaults['mappings']).toEqual([]);
    const units = panel?.fieldConfig?.overrides.flatMap(
      ({ properties }) => properties.find(({ id }) => id === 'unit')?.value ?? [],
    );
    expect(units).toEqual(['dateTimeFromNow', 'none']);
  });

  it('begins with the worst: what is down, what is an alarm, what has least left', () => {
    const sorts = drawn(
      ({ probe, host }) => [
        panels.table(['service'], panels.asColour(probe.up)),
        panels.table(['chip', 'alarm'], panels.asColour(host.hardwareAlarm)),
        panels.table(['service'], panels.asColour(probe.certificateTimeLeft)),
        panels.table(['host'], panels.asColour(host.cpuBusy)),
      ],
      { ...homelab, probes: { services: [{ name: 'jellyfin', url: 'https://nas:8096' }] } },
    ).map(({ options }) => (options?.['sortBy'] as unknown as readonly { desc: boolean }[])[0]?.desc);
    expect(sorts).toEqual([false, true, false, true]);
  });
});

describe('by hour of day', () => {
  it('groups points by the hour and gives the axis no more room than they need', () => {
    const [panel] = drawn(({ host }) => [panels.byHour(host.cpuBusy)]);
    expect(panel?.transformations?.map(({ id }) => id)).toEqual(['formatTime', 'groupBy', 'sortBy', 'organize']);
    expect(panel?.targets?.map(({ legendFormat, interval }) => [legendFormat, interval])).toEqual([
      ['CPU busy', '10m'],
    ]);
    expect(panel?.fieldConfig?.defaults['max']).toBeUndefined();
  });
});

describe('a label as the number', () => {
  it('is the one named; one that the signal lost is refused', () => {
    const [panel] = drawn(({ host }) => [panels.labelStat(host.kernel, 'release')]);
    expect(panel?.options?.['reduceOptions']).toMatchObject({ fields: '/^release$/' });
    expect(() => drawn(({ host }) => [panels.labelStat(host.cpuBusy, 'release')])).toThrow(
      'host.cpuBusy has no label `release` to show',
    );
  });
});

describe('a comparison', () => {
  it('draws the second signal faint, and the first not', () => {
    const [panel] = drawn(({ host }) => [panels.compared(host.memoryUsed, host.cpuBusy)]);
    expect(panel?.fieldConfig?.overrides.map(({ matcher }) => matcher.options)).toEqual(['B']);
  });
});

describe('a table of machines', () => {
  it('puts what is down first, and what is high first where high is bad', () => {
    const sortOf = (first: (signals: Parameters<Dashboard['sections']>[0]) => Signal): unknown => {
      const [panel] = drawn((signals) => [panels.table(['host'], panels.asColour(first(signals), 'First'))]);
      return panel?.options?.['sortBy'];
    };
    expect(sortOf(({ host }) => host.up)).toEqual([{ displayName: 'First', desc: false }]);
    expect(sortOf(({ host }) => host.uptime)).toEqual([{ displayName: 'First', desc: false }]);
    expect(sortOf(({ host }) => host.cpuBusy)).toEqual([{ displayName: 'First', desc: true }]);
    expect(sortOf(({ host }) => host.restarted)).toEqual([{ displayName: 'First', desc: true }]);
  });

  it('shows the text of a label in the place of a value that says nothing', () => {
    const [panel] = drawn(({ host }) => [
      panels.table(['host'], panels.asNumber(host.cores), panels.asLabel(host.kernel, 'release', 'Kernel')),
    ]);
    const organize = panel?.transformations?.find(({ id }) => id === 'organize') as unknown as {
      options: { excludeByName: object; renameByName: Record<string, string> };
    };
    expect(organize.options.excludeByName).toEqual({ Time: true, 'Value #B': true });
    expect(organize.options.renameByName['release']).toBe('Kernel');
    expect(panel?.targets?.[1]?.expr).toMatch(/^max by \(host, release\)/);
  });

  it('says nothing in a cell of what it says when the whole table is empty', () => {
    const noValues = (field: string, panel?: Json): unknown =>
      panel?.fieldConfig?.overrides
        .filter(({ matcher }) => matcher.options === field)
        .flatMap(({ properties }) => properties.filter(({ id }) => id === 'noValue').map(({ value }) => value));
    const [several, one] = drawn(({ host }) => [
      panels.table(['host'], panels.asColour(host.hottest), panels.asNumber(host.cores)),
      panels.table(['host', 'collector'], panels.asColour(host.collectorsFailing)),
    ]);
    expect([noValues('Highest temperature', several), noValues('Cores', several)]).toEqual([['No sensors'], ['']]);
    expect(one?.fieldConfig?.defaults['noValue']).toBe('None failing');
    expect(noValues('string', one)).toEqual(['']);
  });
});

describe('the age of something', () => {
  it('has a colour of its own for a fresh start, and no red: to have started is no fault', () => {
    const [panel] = drawn(({ host }) => [panels.ageTimeline(host.uptime)]);
    const { steps } = panel?.fieldConfig?.defaults['thresholds'] as {
      steps: { value: number | null; color: string }[];
    };
    expect(steps.map(({ value }) => value)).toEqual([null, 600, 3600, 86_400]);
    expect(new Set(steps.map(({ color }) => color)).size).toBe(4);
    expect(steps.map(({ color }) => color)).not.toContain('red');
  });
});

describe('a state timeline', () => {
  // Grafana takes a text that is a number for the value of what is missing, and '' is 0: everything would be down.
  it('never gives moments without a sample a value, nor a line in the legend', () => {
    const [panel] = drawn(({ host }) => [panels.stateTimeline(host.hardwareAlarm)]);
    expect(panel?.fieldConfig?.defaults['mappings']).toContainEqual({
      type: 'special',
      options: { match: 'null+nan', result: { text: '', color: 'transparent' } },
    });
    expect(panel?.fieldConfig?.overrides).toEqual([]);
    expect(Number.isNaN(Number(panel?.fieldConfig?.defaults['noValue']))).toBe(true);
  });

  it('is sorted by name, and says its own words when it is empty', () => {
    const [sorted, maybeEmpty] = drawn(({ host }) => [
      panels.stateTimeline(host.link),
      panels.stateTimeline(host.hardwareAlarm),
    ]);
    for (const panel of [sorted, maybeEmpty])
      expect(panel?.transformations?.map(({ id }) => id)).toEqual(['filterFieldsByName', 'joinByField', 'organize']);
    expect(maybeEmpty?.fieldConfig?.defaults['noValue']).toBe('No alarms known');
  });
});

describe('a bar gauge', () => {
  it('names its bar also where there is one only, which Grafana does not by itself', () => {
    const [panel] = drawn(({ host }) => [panels.barGauge(host.fullest)]);
    expect(panel?.fieldConfig?.defaults['displayName']).toBe('${__field.labels.host}');
  });

  it('begins at nothing, so that equal amounts have equal bars, but not at no degrees', () => {
    const [bytes, celsius] = drawn(({ host }) => [
      panels.barGauge(host.memoryTotal),
      panels.barGauge(host.temperature),
    ]);
    expect([bytes, celsius].map((panel) => panel?.fieldConfig?.defaults['min'])).toEqual([0, undefined]);
  });
});

describe('numbers side by side', () => {
  it('have their names, and one that can be of nothing else has none', () => {
    const modes = drawn(({ host, scrape }) => [panels.stat(host.diskBusy), panels.stat(scrape.downCount)]).map(
      ({ options }) => options?.['textMode'] ?? 'auto',
    );
    expect(modes).toEqual(['auto', 'value']);
  });
});

describe('an axis', () => {
  const axis = ({ fieldConfig }: Json): readonly unknown[] => {
    const custom = fieldConfig?.defaults['custom'] as Record<string, unknown>;
    return [custom['axisSoftMin'], custom['axisSoftMax']];
  };

  it('begins at nothing where there is such a thing, and where Grafana likes where nobody knows', () => {
    const [bytes, load] = drawn(({ host }) => [panels.timeseries(host.memoryTotal), panels.timeseries(host.load)]);
    expect([axis(bytes as Json), axis(load as Json)]).toEqual([
      [0, undefined],
      [undefined, undefined],
    ]);
  });

  it('of a number of things does not go up to a hundred where there is none', () => {
    const [cores] = drawn(({ host }) => [panels.stacked(host.cores)]);
    expect(axis(cores as Json)).toEqual([0, 1]);
  });
});
