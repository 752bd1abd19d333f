import * as common from '@grafana/grafana-foundation-sdk/common';
import * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import { HeatmapColorOptionsBuilder, PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as Logs } from '@grafana/grafana-foundation-sdk/logs';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { describe, expect, it } from 'vitest';
import { correctDashboard } from './correct';
import { corrections } from './corrections';
import { grafanaDefaults, keptDefaults, leftAlone, withoutDefaults } from './grafana-defaults';
import { isObject, objectAt, type Json } from './json';
import { panelSources } from './testing/samples';

/** What the SDK alone makes of it, and what must be left of that. */
interface Case {
  readonly build: () => object;
  readonly sdk: unknown;
  readonly corrected: unknown;
  /** Where to look, in the dashboard. */
  readonly at: string;
}

const board = (): sdk.DashboardBuilder => new sdk.DashboardBuilder('Sample');
const withPanel = (panel: { build: () => sdk.Panel }) => () => board().withPanel(panel).build();
const withVariable = (variable: { build: () => sdk.VariableModel }) => () => board().withVariable(variable).build();
const link = (): sdk.DashboardLinkBuilder => new sdk.DashboardLinkBuilder('Other').url('/d/other');
const variable = 'templating.list.0';
const panel = 'panels.0';

const cases: Readonly<Record<string, readonly Case[]>> = {
  'dashboard-lists': [
    { build: () => board().build(), at: 'templating', sdk: {}, corrected: { list: [] } },
    { build: () => board().build(), at: 'annotations', sdk: {}, corrected: { list: [] } },
  ],
  'dashboard-defaults': [
    { build: () => board().build(), at: 'editable', sdk: true, corrected: undefined },
    { build: () => board().build(), at: 'graphTooltip', sdk: 0, corrected: undefined },
    { build: () => board().build(), at: 'fiscalYearStartMonth', sdk: 0, corrected: undefined },
  ],
  'time-picker-defaults': [
    {
      build: () => board().timepicker(new sdk.TimePickerBuilder()).build(),
      at: 'timepicker',
      sdk: { hidden: false, refresh_intervals: ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h', '2h', '1d'] },
      corrected: undefined,
    },
  ],
  'link-placement': [
    { build: () => board().link(link()).build(), at: 'links.0.placement', sdk: 'inControlsMenu', corrected: undefined },
  ],
  'link-defaults': [
    { build: () => board().link(link()).build(), at: 'links.0.tooltip', sdk: '', corrected: undefined },
    { build: () => board().link(link()).build(), at: 'links.0.asDropdown', sdk: false, corrected: undefined },
    { build: () => board().link(link()).build(), at: 'links.0.tags', sdk: [], corrected: undefined },
  ],
  'data-link-keys': [
    {
      build: withPanel(new TimeSeries().links([link()])),
      at: `${panel}.links.0`,
      sdk: expect.objectContaining({ type: 'link', placement: 'inControlsMenu', includeVars: false }),
      corrected: { title: 'Other', url: '/d/other' },
    },
    {
      build: withPanel(new TimeSeries().dataLinks([link().targetBlank(true)])),
      at: `${panel}.fieldConfig.defaults.links.0`,
      sdk: expect.objectContaining({ type: 'link', placement: 'inControlsMenu', includeVars: false }),
      corrected: { title: 'Other', url: '/d/other', targetBlank: true },
    },
  ],
  'annotation-placement': [
    {
      build: () => board().annotation(new sdk.AnnotationQueryBuilder()).build(),
      at: 'annotations.list.0.placement',
      sdk: 'inControlsMenu',
      corrected: undefined,
    },
  ],
  'annotation-defaults': [
    {
      build: () => board().annotation(new sdk.AnnotationQueryBuilder()).build(),
      at: 'annotations.list.0.builtIn',
      sdk: 0,
      corrected: undefined,
    },
    {
      build: () => board().annotation(new sdk.AnnotationQueryBuilder()).build(),
      at: 'annotations.list.0.hide',
      sdk: false,
      corrected: undefined,
    },
  ],
  'variable-foreign-keys': [
    {
      build: withVariable(new sdk.QueryVariableBuilder('v')),
      at: `${variable}.auto_min`,
      sdk: '10s',
      corrected: undefined,
    },
    {
      build: withVariable(new sdk.TextBoxVariableBuilder('v')),
      at: `${variable}.allowCustomValue`,
      sdk: true,
      corrected: undefined,
    },
    {
      build: withVariable(new sdk.AdHocVariableBuilder('v').allowCustomValue(false)),
      at: `${variable}.multi`,
      sdk: false,
      corrected: undefined,
    },
  ],
  'variable-defaults': [
    {
      build: withVariable(new sdk.QueryVariableBuilder('v')),
      at: `${variable}.multi`,
      sdk: false,
      corrected: undefined,
    },
    {
      build: withVariable(new sdk.QueryVariableBuilder('v')),
      at: `${variable}.skipUrlSync`,
      sdk: false,
      corrected: undefined,
    },
    {
      build: withVariable(new sdk.IntervalVariableBuilder('v').values('1m')),
      at: `${variable}.auto_count`,
      sdk: 30,
      corrected: undefined,
    },
  ],
  'variable-refresh': [
    { build: withVariable(new sdk.QueryVariableBuilder('v')), at: `${variable}.refresh`, sdk: undefined, corrected: 1 },
    {
      build: withVariable(new sdk.DatasourceVariableBuilder('v')),
      at: `${variable}.refresh`,
      sdk: undefined,
      corrected: 1,
    },
    {
      build: withVariable(new sdk.IntervalVariableBuilder('v')),
      at: `${variable}.refresh`,
      sdk: undefined,
      corrected: 2,
    },
  ],
  'interval-current': [
    {
      build: withVariable(new sdk.IntervalVariableBuilder('v').values('1m, 5m')),
      at: `${variable}.current`,
      sdk: undefined,
      corrected: { text: '1m', value: '1m' },
    },
  ],
  'constant-hidden': [
    {
      build: withVariable(new sdk.ConstantVariableBuilder('v').value('x')),
      at: `${variable}.skipUrlSync`,
      sdk: false,
      corrected: true,
    },
  ],
  'row-id': [
    {
      build: () => board().withRow(new sdk.RowBuilder('Row')).build(),
      at: `${panel}.id`,
      sdk: 0,
      corrected: undefined,
    },
  ],
  'panel-defaults': [
    { build: withPanel(new Stat()), at: `${panel}.transparent`, sdk: false, corrected: undefined },
    { build: withPanel(new Stat()), at: `${panel}.repeatDirection`, sdk: 'h', corrected: undefined },
  ],
  'option-defaults': [
    { build: withPanel(new Stat()), at: `${panel}.options.graphMode`, sdk: 'area', corrected: undefined },
    {
      build: withPanel(new Table()),
      at: `${panel}.fieldConfig`,
      sdk: { defaults: { custom: { align: 'auto', inspect: false } }, overrides: [] },
      corrected: undefined,
    },
  ],
  'field-config-empty': [
    {
      build: withPanel(new TimeSeries()),
      at: `${panel}.fieldConfig`,
      sdk: { defaults: { custom: {} }, overrides: [] },
      corrected: undefined,
    },
  ],
  'reduce-calcs': [
    {
      build: withPanel(new Stat()),
      at: `${panel}.options.reduceOptions`,
      sdk: { calcs: [] },
      corrected: { calcs: ['lastNotNull'] },
    },
  ],
  'tooltip-sort': [
    { build: withPanel(new TimeSeries()), at: `${panel}.options.tooltip.sort`, sdk: 'asc', corrected: undefined },
  ],
  'timeline-pages': [
    {
      build: withPanel(new StateTimeline()),
      at: `${panel}.options.perPage`,
      sdk: 20,
      corrected: undefined,
    },
  ],
  'heatmap-colours': [
    {
      build: withPanel(new Heatmap().color(new HeatmapColorOptionsBuilder().scheme('Blues'))),
      at: `${panel}.options.color`,
      sdk: { exponent: 0, fill: '', reverse: false, scheme: 'Blues', steps: 0 },
      corrected: { scheme: 'Blues' },
    },
    {
      build: withPanel(new Heatmap().exemplarsColor('')),
      at: `${panel}.options.exemplars`,
      sdk: { color: '' },
      corrected: undefined,
    },
  ],
  'table-footer': [
    {
      build: withPanel(new Table()),
      at: `${panel}.options.footer`,
      sdk: { countRows: false, reducer: [], show: false },
      corrected: undefined,
    },
  ],
  'threshold-base': [
    {
      build: withPanel(
        new Stat().thresholds(
          new sdk.ThresholdsConfigBuilder()
            .mode(sdk.ThresholdsMode.Absolute)
            .steps([{ ...sdk.defaultThreshold(), color: 'green' }]),
        ),
      ),
      at: `${panel}.fieldConfig.defaults.thresholds.steps.0.value`,
      sdk: 0,
      corrected: null,
    },
  ],
};

const plain = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;
const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);

describe.each(corrections)('correction $name', ({ name, why }) => {
  it('has a case and a reason', () => {
    expect(cases[name], `add a case for \`${name}\` to corrections.test.ts`).toBeDefined();
    expect(why.length).toBeGreaterThan(20);
  });

  it.each(cases[name] ?? [])('$at', ({ build, at, sdk: wrong, corrected }) => {
    const raw = plain(build());
    expect(
      valueAt(raw, at),
      `the SDK writes something else at ${at} now: if that is right, delete the correction \`${name}\` and this case`,
    ).toEqual(wrong);
    expect(valueAt(correctDashboard(raw), at)).toEqual(corrected);
  });
});

it('has no case without a correction', () => {
  expect(Object.keys(cases).sort()).toEqual(corrections.map(({ name }) => name).sort());
});

describe('what is chosen stays', () => {
  it('a legend that is switched off, which looks like the default of the SDK', () => {
    expect(leftAlone.map(({ path }) => path)).toContain('options.legend.showLegend');
    const hidden = new common.VizLegendOptionsBuilder().showLegend(false);
    expect(valueAt(correctDashboard(withPanel(new TimeSeries().legend(hidden))()), `${panel}.options.legend`)).toEqual({
      showLegend: false,
    });
    expect(
      valueAt(plain(withPanel(new TimeSeries())()), `${panel}.options.legend.showLegend`),
      'the SDK shows legends now: drop this entry of leftAlone',
    ).toBe(false);
  });

  it('the details of a log line', () => {
    expect(leftAlone.map(({ path }) => path)).toContain('options.enableLogDetails');
    expect(
      valueAt(plain(withPanel(new Logs())()), `${panel}.options.enableLogDetails`),
      'the SDK shows details now: drop this entry of leftAlone',
    ).toBe(false);
  });

  it('values that are no defaults', () => {
    const chosen = correctDashboard(
      board()
        .readonly()
        .tooltip(sdk.DashboardCursorSync.Tooltip)
        .tags(['x'])
        .liveNow(true)
        .timepicker(new sdk.TimePickerBuilder().hidden(true))
        .link(link().type(sdk.DashboardLinkType.Dashboards).tags([]).keepTime(true))
        .withVariable(
          new sdk.QueryVariableBuilder('q')
            .refresh(sdk.VariableRefresh.OnTimeRangeChanged)
            .allowCustomValue(false)
            .multi(true)
            .hide(sdk.VariableHide.HideLabel),
        )
        .withVariable(
          new sdk.IntervalVariableBuilder('i')
            .values('1m,5m')
            .auto(true)
            .minInterval('30s')
            .stepCount(50)
            .current({ text: '5m', value: '5m' }),
        )
        .withPanel(
          new Stat()
            .transparent(true)
            .repeat('q')
            .repeatDirection('h')
            .graphMode(common.BigValueGraphMode.None)
            .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['max'])),
        )
        .build(),
    );
    expect(chosen).toMatchObject({
      editable: false,
      graphTooltip: 2,
      tags: ['x'],
      liveNow: true,
      timepicker: { hidden: true },
      links: [{ title: 'Other', type: 'dashboards', tags: [], keepTime: true }],
      templating: {
        list: [
          { refresh: 2, allowCustomValue: false, multi: true, hide: 1 },
          { auto: true, auto_min: '30s', auto_count: 50, current: { text: '5m', value: '5m' }, refresh: 2 },
        ],
      },
      panels: [
        {
          transparent: true,
          repeat: 'q',
          repeatDirection: 'h',
          options: { graphMode: 'none', reduceOptions: { calcs: ['max'] } },
        },
      ],
    });
  });

  it('a footer that the old option asks for, so that validation can say where it went', () => {
    const footer = new common.TableFooterOptionsBuilder().show(true).reducer(['sum']);
    expect(
      valueAt(correctDashboard(withPanel(new Table().footer(footer))()), `${panel}.options.footer.reducer`),
    ).toEqual(['sum']);
  });

  it('the order of a tooltip with all series', () => {
    const tooltip = new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi);
    expect(
      valueAt(correctDashboard(withPanel(new TimeSeries().tooltip(tooltip))()), `${panel}.options.tooltip`),
    ).toEqual({
      mode: 'multi',
      sort: 'asc',
    });
  });

  it('thresholds above the base', () => {
    const steps = [
      { color: 'green', value: null },
      { color: 'red', value: 0 },
    ];
    const levels = new sdk.ThresholdsConfigBuilder().mode(sdk.ThresholdsMode.Absolute).steps(steps);
    const corrected = correctDashboard(withPanel(new Stat().thresholds(levels))());
    expect(valueAt(corrected, `${panel}.fieldConfig.defaults.thresholds.steps`)).toEqual(steps);
  });
});

it('corrects the panels of collapsed rows and the values of overrides too', () => {
  const inRow = new Stat().overrideByName('x', [
    { id: 'links', value: [link().build()] },
    { id: 'thresholds', value: { mode: 'absolute', steps: [{ color: 'red' }] } },
  ]);
  const corrected = correctDashboard(board().withRow(new sdk.RowBuilder('Row').withPanel(inRow)).build());
  expect(valueAt(corrected, `${panel}.panels.0`)).not.toHaveProperty('transparent');
  expect(valueAt(corrected, `${panel}.panels.0.fieldConfig.overrides.0.properties`)).toEqual([
    { id: 'links', value: [{ title: 'Other', url: '/d/other' }] },
    { id: 'thresholds', value: { mode: 'absolute', steps: [{ color: 'red', value: null }] } },
  ]);
});

describe('the defaults of panels', () => {
  const leaves = (value: unknown, path: string): string[] =>
    isObject(value) && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`))
      : isObject(value)
        ? []
        : [path];
  /** Corrected by a rule of their own. */
  const corrected = ['options.reduceOptions.calcs', 'options.tooltip.sort', 'options.footer', 'options.perPage'];
  const bare = Object.entries(panelSources).filter(([type]) => !['alertlist', 'traces'].includes(type));

  it.each(bare)('of %s are those that the SDK writes, all of them', (type, source) => {
    const Builder = source().constructor as new () => { build: () => sdk.Panel };
    const raw = plain(new Builder().build());
    const written = {
      options: objectAt(raw, 'options'),
      custom: objectAt(objectAt(objectAt(raw, 'fieldConfig'), 'defaults'), 'custom'),
    };
    const { options = {}, custom = {} } = grafanaDefaults[type] ?? {};
    const left = leaves(
      { options: withoutDefaults(written.options, options), custom: withoutDefaults(written.custom, custom) },
      '',
    ).filter((path) => !corrected.some((it) => path.startsWith(it)));
    expect(left.sort(), 'the SDK has a new default: add it to grafanaDefaults, or to keptDefaults').toEqual(
      [...(keptDefaults[type] ?? [])].sort(),
    );

    const known = leaves({ options, custom }, '');
    expect(
      known.filter(
        (path) => JSON.stringify(valueAt(written, path)) !== JSON.stringify(valueAt({ options, custom }, path)),
      ),
      'the SDK does not write this default any more: drop it from grafanaDefaults',
    ).toEqual([]);
  });
});
