import { describe, expect, it } from 'vitest';
import { isObject, pathOf, type Json } from './json';
import { formatProblem, type Problem } from './problem';
import { registeredFields, type PanelType } from './registered-fields';
import { dashboardOf, panelSources, sampleWorld } from './testing/samples';
import { validateDashboard, validateSet, type SetMember } from './validate';

const types = Object.keys(panelSources) as PanelType[];
const sample = (type: PanelType): Json => dashboardOf(panelSources[type]());
const check = (dashboard: unknown): Problem[] => validateDashboard(dashboard, sampleWorld);
const texts = (dashboard: unknown): string[] => check(dashboard).map(formatProblem);
/** The sample with something else in its one panel. */
const changed = (type: PanelType, change: (panel: Json) => Json): Json => {
  const dashboard = sample(type);
  return { ...dashboard, panels: (dashboard['panels'] as Json[]).map(change) };
};
const withField = (type: PanelType, defaults: Json, overrides: readonly Json[] = []): Json =>
  changed(type, (panel) => ({ ...panel, fieldConfig: { defaults, overrides } }));
const override = (id: string, value: unknown): Json => ({
  matcher: { id: 'byName', options: 'x' },
  properties: [{ id, value }],
});

/** A key of the options of each type, misspelt, and what was meant. */
const misspeltOptions: Readonly<Record<PanelType, readonly [string, string]>> = {
  alertlist: ['maxItmes', 'maxItems'],
  annolist: ['showTag', 'showTags'],
  barchart: ['xFeild', 'xField'],
  bargauge: ['displayMod', 'displayMode'],
  dashlist: ['showHeading', 'showHeadings'],
  gauge: ['showTresholdLabels', 'showThresholdLabels'],
  heatmap: ['cellGape', 'cellGap'],
  histogram: ['bucketCounts', 'bucketCount'],
  logs: ['showtime', 'showTime'],
  nodeGraph: ['zoommode', 'zoomMode'],
  piechart: ['pieTyp', 'pieType'],
  stat: ['colourMode', 'colorMode'],
  'state-timeline': ['rowheight', 'rowHeight'],
  'status-history': ['colWith', 'colWidth'],
  table: ['celHeight', 'cellHeight'],
  text: ['contents', 'content'],
  timeseries: ['ledgend', 'legend'],
  traces: ['spanFilter', 'spanFilters'],
  trend: ['tooltips', 'tooltip'],
};

describe.each(types)('a panel of type %s', (type) => {
  it('is right as the SDK builds it', () => {
    expect(texts(sample(type))).toEqual([]);
  });

  it('is wrong with a misspelt option, and told what was meant', () => {
    const [wrong, meant] = misspeltOptions[type];
    expect(
      texts(changed(type, (panel) => ({ ...panel, options: { ...(panel['options'] as Json), [wrong]: 1 } }))),
    ).toEqual([
      `panels[0].options.${wrong} (panel 1 "Panel 1"): unknown key \`${wrong}\` (did you mean \`${meant}\`?)`,
    ]);
  });

  it('is wrong with an unknown field option', () => {
    const [known] = registeredFields[type].custom.filter((path: string) => !path.includes('.'));
    const wrong = known === undefined ? 'lineWidth' : `${known}s`;
    const told = texts(withField(type, { custom: { [wrong]: 1 } }));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`unknown key \`${wrong}\``);
    if (known !== undefined) expect(told[0]).toContain(`did you mean \`${known}\``);
  });

  it('is wrong with an override of an unknown field option', () => {
    const ids = [
      ...registeredFields[type].standard,
      ...registeredFields[type].custom.map((path: string) => `custom.${path}`),
    ];
    const wrong = `${ids[0] ?? 'unit'}s`;
    const told = texts(withField(type, {}, [override(wrong, 'x')]));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`no field option \`${wrong}\` in a ${type} panel`);
    if (ids[0] !== undefined) expect(told[0]).toContain(`did you mean \`${ids[0]}\``);
  });

  it('is wrong in every key that is renamed', () => {
    const dashboard = sample(type);
    for (const [path, renamed] of renamings(dashboard)) {
      if (isFree(path)) continue;
      expect(check(renamed).length, `nothing is said of a misspelt ${path}`).toBeGreaterThan(0);
    }
  });
});

/** Maps with keys of the author's choice. */
const isFree = (path: string): boolean => /mappings\[\d\]\.options\[\d+\]$|transformations\[\d\]\.options\./.test(path);

/** The same value, once for each of its keys, with that key misspelt. */
const renamings = function* (value: unknown, path = ''): Generator<[string, unknown]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [at, other] of renamings(item, pathOf(path, index))) yield [at, value.with(index, other)];
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      yield [pathOf(path, key), { ...rest, [`${key}z`]: item }];
      for (const [at, other] of renamings(item, pathOf(path, key))) yield [at, { ...value, [key]: other }];
    }
  }
};

describe('targets', () => {
  const withTarget = (type: PanelType, change: (target: Json) => Json): Json =>
    changed(type, (panel) => ({ ...panel, targets: (panel['targets'] as Json[]).map(change) }));

  it.each([
    ['timeseries', 'legendFromat', 'legendFormat'],
    ['logs', 'maxLine', 'maxLines'],
    ['traces', 'limits', 'limit'],
  ] as const)('a misspelt key in a %s panel', (type, wrong, meant) => {
    expect(texts(withTarget(type, (target) => ({ ...target, [wrong]: 1 })))).toEqual([
      `panels[0].targets[0].${wrong} (panel 1 "Panel 1"): unknown key \`${wrong}\` (did you mean \`${meant}\`?)`,
    ]);
  });

  it('expressions, by their type', () => {
    const expression = {
      datasource: { type: '__expr__', uid: '__expr__' },
      refId: 'B',
      type: 'math',
      expression: '$A * 2',
    };
    const withExpression = (target: Json): Json =>
      changed('timeseries', (panel) => ({ ...panel, targets: [...(panel['targets'] as Json[]), target] }));
    expect(texts(withExpression(expression))).toEqual([]);
    expect(texts(withExpression({ ...expression, reducer: 'last' }))[0]).toContain('unknown key `reducer`');
    expect(texts(withExpression({ ...expression, type: 'maths' }))[0]).toContain('did you mean `math`');
    expect(texts(withExpression({ ...expression, type: 'reduce', expression: 'A', reducer: 'lst' }))[0]).toContain(
      'did you mean `last`',
    );
    expect(texts(withExpression({ ...expression, expression: '$C + $A' }))).toEqual([
      'panels[0].targets[1].expression (panel 1 "Panel 1"): no target `C` in this panel (did you mean `A`?)',
    ]);
  });

  it('of plugins that nobody here knows need a refId only', () => {
    const other = (target: Json): Json => ({
      ...changed('timeseries', (panel) => ({ ...panel, datasource: { type: 'other', uid: 'o' }, targets: [target] })),
    });
    const known = { ...sampleWorld, knownDatasources: { o: 'other' } };
    expect(validateDashboard(other({ refId: 'A', sql: 'select 1' }), known)).toEqual([]);
    expect(validateDashboard(other({ sql: 'select 1' }), known).map(({ message }) => message)).toEqual([
      '`refId` is missing',
    ]);
  });
});

describe('values', () => {
  it.each([
    ['a unit', { unit: 'percentunits' }, 'unit', '"percentunits" is not known here (did you mean `percentunit`?)'],
    ['decimals', { decimals: 1.5 }, 'decimals', 'must be a whole number, got 1.5'],
    [
      'a colour mode',
      { color: { mode: 'palet-classic' } },
      'color.mode',
      '"palet-classic" is not known here (did you mean `palette-classic`?)',
    ],
    [
      'a mapping',
      { mappings: [{ type: 'valu', options: {} }] },
      'mappings[0].type',
      '"valu" is not known here (did you mean `value`?)',
    ],
    [
      'a draw style',
      { custom: { drawStyle: 'lines' } },
      'custom.drawStyle',
      '"lines" is not known here (did you mean `line`?)',
    ],
    ['a line width', { custom: { lineWidth: '2' } }, 'custom.lineWidth', 'must be a number, got "2"'],
    ['a scale', { custom: { scaleDistribution: { log: 2 } } }, 'custom.scaleDistribution', '`type` is missing'],
  ])('%s of another kind', (_, defaults, at, message) => {
    expect(check(withField('timeseries', defaults))).toMatchObject([
      { path: `panels[0].fieldConfig.defaults.${at}`, panelId: 1, panelTitle: 'Panel 1', message },
    ]);
  });

  it.each([
    ['a unit of its own', { unit: 'suffix: cats' }],
    ['a currency', { unit: 'currency:CHF' }],
    ['percentunit', { unit: 'percentunit' }],
    ['a number where true or false would do', { custom: { spanNulls: 60_000 } }],
    [
      'all kinds of mappings',
      {
        mappings: [
          { type: 'range', options: { from: null, to: 1, result: { color: 'red' } } },
          { type: 'regex', options: { pattern: '^a$', result: { text: 'b' } } },
          { type: 'special', options: { match: 'nan', result: { text: '-' } } },
        ],
      },
    ],
  ])('%s is right', (_, defaults) => {
    expect(texts(withField('timeseries', defaults))).toEqual([]);
  });

  it('an override is checked as the field option that it overrides', () => {
    expect(texts(withField('timeseries', {}, [override('custom.lineWidth', 'thick')]))).toEqual([
      'panels[0].fieldConfig.overrides[0].properties[0].value (panel 1 "Panel 1"): must be a number, got "thick"',
    ]);
    expect(texts(withField('timeseries', {}, [override('color', { mode: 'fixd' })]))).toEqual([
      'panels[0].fieldConfig.overrides[0].properties[0].value.mode (panel 1 "Panel 1"): "fixd" is not known here (did you mean `fixed`?)',
    ]);
    expect(texts(withField('table', {}, [override('custom.cellOptions', { type: 'pill', mode: 'x' })]))).toEqual([
      'panels[0].fieldConfig.overrides[0].properties[0].value.mode (panel 1 "Panel 1"): unknown key `mode` (there is `type`)',
    ]);
    expect(texts(withField('table', {}, [override('custom.hideFrom.viz', 'yes')]))[0]).toContain(
      'must be true or false',
    );
    expect(texts(withField('table', {}, [override('custom.tooltip.placement', 'top')]))).toEqual([]);
  });

  it('matchers are known, and have what they need', () => {
    const matching = (matcher: Json): string[] =>
      texts(withField('timeseries', {}, [{ matcher, properties: [{ id: 'unit', value: 's' }] }]));
    expect(matching({ id: 'byNam', options: 'x' })[0]).toContain('did you mean `byName`');
    expect(matching({ id: 'byRegexp', options: '/(/' })[0]).toContain('a regular expression that compiles');
    expect(matching({ id: 'byFrameRefID', options: 'B' })[0]).toContain('no target `B` in this panel');
    expect(matching({ id: 'byFrameRefID', options: 'A' })).toEqual([]);
    expect(matching({ id: 'byRegexp', options: '/^a$/i' })).toEqual([]);
    expect(matching({ id: 'byType', options: 'time' })).toEqual([]);
  });

  it('transformations are known', () => {
    const transforming = (id: string): string[] =>
      texts(changed('table', (panel) => ({ ...panel, transformations: [{ id, options: {} }] })));
    expect(transforming('organise')[0]).toContain('did you mean `organize`');
    expect(transforming('joinByField')).toEqual([]);
  });

  it('field options that a type of panel does not have', () => {
    expect(texts(withField('heatmap', { decimals: 2 }))).toEqual([
      'panels[0].fieldConfig.defaults.decimals (panel 1 "Panel 1"): Grafana drops `decimals` from a heatmap panel',
    ]);
    expect(texts(withField('timeseries', { custom: { lineColor: 'red' } }))[0]).toContain('Grafana drops it');
  });

  it('says where a key of older Grafanas went', () => {
    expect(texts(withField('table', { custom: { displayMode: 'basic' } }))[0]).toContain('moved to `cellOptions`');
    expect(texts(withField('table', {}, [override('custom.hidden', true)]))[0]).toContain('moved to `hideFrom.viz`');
    expect(texts(changed('table', (panel) => ({ ...panel, options: { footer: { show: true } } })))[0]).toContain(
      'moved to `custom.footer.reducers`',
    );
  });

  it('types of panels', () => {
    const typed = (type: string): Problem[] => check(changed('text', (panel) => ({ ...panel, type, options: {} })));
    expect(typed('timeserie')[0]?.message).toBe('no panel type `timeserie` (did you mean `timeseries`?)');
    expect(typed('candlestick')).toEqual([]);
    expect(
      validateDashboard(
        changed('text', (panel) => ({ ...panel, type: 'my-panel' })),
        { knownPanelTypes: ['my-panel'] },
      ),
    ).toEqual([]);
  });

  it('whatever comes', () => {
    for (const value of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { panels: {} },
      { panels: [1, null, [], { panels: [{}] }] },
      { templating: 1, annotations: { list: [3] } },
    ]) {
      expect(check(value).length).toBeGreaterThan(0);
    }
  });
});

describe('validateSet', () => {
  const member = (name: string, folder: string, uid: string, title: string): SetMember => ({
    name,
    folder,
    dashboard: { uid, title },
  });
  const told = (...members: readonly SetMember[]): string[] => validateSet(members).map(formatProblem);

  it('takes dashboards that differ, and one title in two folders', () => {
    expect(told(member('a', 'f', 'a', 'Hosts'), member('b', 'g', 'b', 'Hosts'))).toEqual([]);
  });

  it('refuses one uid for two, also in another case', () => {
    expect(told(member('a', 'f', 'hosts', 'A'), member('b', 'g', 'Hosts', 'B'))).toEqual([
      'b: uid: `Hosts` is the uid of a too',
    ]);
  });

  it('refuses one title for two in one folder', () => {
    expect(told(member('a', 'f', 'a', 'Hosts'), member('b', 'f', 'b', 'Hosts '))).toEqual([
      'b: title: `Hosts ` is the title of a too, in the folder `f`',
    ]);
  });

  it('refuses the uid of a folder', () => {
    expect(told(member('a', 'f', 'f', 'A'))).toEqual(['a: uid: `f` is the uid of a folder too']);
  });
});
