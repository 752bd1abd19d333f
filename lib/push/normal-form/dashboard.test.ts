import { describe, expect, it } from 'vitest';
import type { Json } from '../../grafana-json/json';
import { hashOf, normalForms } from './index';

/** By rule of the contract, section 8.10: what a save makes of the first, and what a person does. */
type Case = readonly [rule: string, before: Json, noise: Json, edit: Json];

const variable = (value: object): Json => ({ templating: { list: [{ name: 'v', ...value }] } });
const panel = (value: object): Json => ({
  panels: [{ id: 1, type: 'stat', gridPos: { x: 0, y: 0, w: 6, h: 3 }, ...value }],
});
const place = (id: number, x: number, y: number, w: number, h: number, more: object = {}): Json => ({
  ...{ id, type: 'stat', gridPos: { x, y, w, h } },
  ...more,
});
const row = (y: number, more: object = {}): Json => ({
  ...{ id: 9, type: 'row', title: 'Row', collapsed: false, panels: [], gridPos: { x: 0, y, w: 24, h: 1 } },
  ...more,
});
const closed = (...panels: Json[]): Json => ({ panels: [row(0, { collapsed: true, panels })] });
const steps = (first: object, second = 80): Json =>
  panel({
    fieldConfig: { defaults: { thresholds: { mode: 'absolute', steps: [first, { color: 'blue', value: second }] } } },
  });
const builtIn = {
  ...{ builtIn: 1, enable: true, hide: true, iconColor: 'rgba(0, 211, 255, 1)', name: 'Annotations & Alerts' },
  ...{ datasource: { type: 'grafana', uid: '-- Grafana --' }, type: 'dashboard' },
};
const annotations = (...list: object[]): Json => ({ annotations: { list } });

const cases: readonly Case[] = [
  ['D1: id and version', { title: 'a' }, { version: 3, title: 'a', id: 7 }, { title: 'b', id: 7 }],
  ['D2: schema version', { schemaVersion: 42 }, {}, { schemaVersion: 42, title: 'b' }],
  [
    'D3: defaults',
    {},
    { editable: true, tags: [], timezone: '', time: { from: 'now-6h', to: 'now' } },
    { timezone: 'utc' },
  ],
  ['D3: not editable', { editable: false }, { editable: false, preload: false }, { editable: true }],
  ['D4: refresh', { refresh: false }, { refresh: '' }, { refresh: '1m' }],
  ['D5: time picker', { timepicker: { time_options: ['5m'] } }, { timepicker: {} }, { timepicker: { hidden: true } }],
  ['D6: built-in annotation', {}, annotations(builtIn), annotations({ ...builtIn, enable: false })],
  [
    'D7: hide',
    annotations({ name: 'a' }),
    annotations({ name: 'a', hide: false }),
    annotations({ name: 'a', hide: true }),
  ],
  [
    'D8: nulls',
    { links: [{ title: 'a', url: null }] },
    { links: [{ title: 'a' }] },
    { links: [{ title: 'a', url: '/' }] },
  ],
  ['D9: keys of other times', { style: 'dark', gnetId: 3 }, {}, { mine: 3 }],
  ['D10: live, description', { liveNow: false, description: '' }, {}, { liveNow: true }],
  [
    'V1: defaults',
    variable({ type: 'query' }),
    variable({ type: 'query', hide: 0, sort: 0 }),
    variable({ type: 'query', hide: 2 }),
  ],
  [
    'V2: foreign keys',
    variable({ type: 'textbox', query: 'a', multi: true, auto: false }),
    variable({ type: 'textbox', query: 'a' }),
    variable({ type: 'textbox', query: 'b' }),
  ],
  [
    'V3: options',
    variable({ type: 'query', query: 'a' }),
    variable({ type: 'query', query: 'a', options: [{ text: 'x' }] }),
    variable({ type: 'query', query: 'b' }),
  ],
  [
    'V3: options of a switch count',
    variable({ type: 'switch', options: [{ value: 'on' }, { value: 'off' }] }),
    variable({ type: 'switch', options: [{ value: 'on' }, { value: 'off' }], hide: 0 }),
    variable({ type: 'switch', options: [{ value: 'yes' }, { value: 'off' }] }),
  ],
  [
    'V4, V6: chosen value',
    variable({ type: 'custom', current: { text: ['All'], value: ['$__all'], selected: true } }),
    variable({ type: 'custom', current: { text: '$__all', value: '$__all' } }),
    variable({ type: 'custom', current: { text: 'a', value: 'a' } }),
  ],
  [
    'V5: options of a custom variable',
    variable({ type: 'custom', query: 'a,b' }),
    variable({ type: 'custom', query: 'a,b', options: [{ text: 'a', value: 'a' }], current: {} }),
    variable({ type: 'custom', query: 'a,c' }),
  ],
  [
    'V7: constant',
    variable({ type: 'constant', query: 'a' }),
    variable({ type: 'constant', query: 'a', hide: 2, skipUrlSync: true, current: { value: 'a' } }),
    variable({ type: 'constant', query: 'b' }),
  ],
  [
    'V8: data source',
    variable({ type: 'datasource', query: 'prometheus' }),
    variable({ type: 'datasource', query: 'prometheus', refresh: 1, options: [] }),
    variable({ type: 'datasource', query: 'prometheus', regex: '/a/' }),
  ],
  [
    'V9: filters',
    variable({ type: 'adhoc' }),
    variable({ type: 'adhoc', baseFilters: [], filters: [] }),
    variable({ type: 'adhoc', filters: [{ key: 'a', operator: '=', value: 'b' }] }),
  ],
  [
    'V10: a lost variable',
    variable({ type: 'groupby' }),
    variable({ type: 'groupby', label: '' }),
    { templating: { list: [] } },
  ],
  [
    'P1: what says nothing',
    panel({}),
    panel({ transparent: false, links: [], options: {}, title: '' }),
    panel({ transparent: true }),
  ],
  ['P1: no place', { panels: [{ id: 1, type: 'stat' }] }, panel({}), panel({ gridPos: { x: 6, y: 0, w: 6, h: 3 } })],
  [
    'P2: version of the plugin',
    panel({}),
    panel({ pluginVersion: '12.3.0' }),
    panel({ type: 'gauge', pluginVersion: '12.3.0' }),
  ],
  [
    'P3: defaults',
    panel({ options: { textMode: 'name' } }),
    panel({ options: { textMode: 'name', colorMode: 'value', reduceOptions: { calcs: ['lastNotNull'] } } }),
    panel({ options: { textMode: 'name', colorMode: 'none' } }),
  ],
  [
    'P3: the range of a share',
    panel({ fieldConfig: { defaults: { unit: 'percent' } } }),
    panel({ fieldConfig: { defaults: { unit: 'percent', min: 0, max: 100 } } }),
    panel({ fieldConfig: { defaults: { unit: 'percent', min: 0, max: 50 } } }),
  ],
  [
    'P3: the range of something else',
    panel({ fieldConfig: { defaults: { unit: 'bytes' } } }),
    panel({ fieldConfig: { defaults: { unit: 'bytes', mappings: [] } } }),
    panel({ fieldConfig: { defaults: { unit: 'bytes', min: 0 } } }),
  ],
  [
    'P4: first threshold',
    steps({ color: 'green', value: null }),
    steps({ color: 'green', value: 0 }),
    steps({ color: 'red' }),
  ],
  [
    'P4: second threshold',
    steps({ color: 'green' }),
    steps({ color: 'green', value: null }),
    steps({ color: 'green' }, 81),
  ],
  [
    'P4: threshold of an override',
    panel({
      fieldConfig: { overrides: [{ properties: [{ id: 'thresholds', value: { steps: [{ value: null }] } }] }] },
    }),
    panel({ fieldConfig: { overrides: [{ properties: [{ id: 'thresholds', value: { steps: [{ value: 0 }] } }] }] } }),
    panel({ fieldConfig: { overrides: [{ properties: [{ id: 'min', value: 0 }] }] } }),
  ],
  [
    'P5: gaps and order',
    { panels: [place(1, 0, 0, 12, 4), place(2, 0, 4, 12, 4)] },
    { panels: [place(2, 0, 9, 12, 4), place(1, 0, 3, 12, 4)] },
    { panels: [place(2, 0, 0, 12, 4), place(1, 0, 4, 12, 4)] },
  ],
  [
    'P5: over the edge, over each other',
    { panels: [place(1, 0, 0, 12, 4), place(2, 12, 0, 12, 4), place(3, 0, 4, 24, 4)] },
    { panels: [place(1, 0, 0, 12, 4), place(2, 20, 0, 12, 4), place(3, 0, 2, 24, 4)] },
    { panels: [place(1, 0, 0, 12, 5), place(2, 12, 0, 12, 4), place(3, 0, 5, 24, 4)] },
  ],
  [
    'P6: a repeated panel',
    panel({ repeat: 'v', gridPos: { x: 0, y: 0, w: 6, h: 3 } }),
    panel({ repeat: 'v', gridPos: { x: 0, y: 4, w: 24, h: 3 }, repeatDirection: 'h' }),
    panel({ repeat: 'v', repeatDirection: 'v', gridPos: { x: 0, y: 0, w: 6, h: 3 } }),
  ],
  ['P6: in a closed row', closed(place(1, 0, 1, 6, 3)), closed(place(1, 0, 7, 6, 3)), closed(place(1, 6, 1, 6, 3))],
  [
    'P7: a row',
    { panels: [row(0), place(1, 0, 1, 6, 3)] },
    { panels: [row(2, { gridPos: { x: 0, y: 2 } }), place(1, 0, 3, 6, 3)] },
    closed(place(1, 0, 1, 6, 3)),
  ],
  [
    'P7: panels that an open row loses',
    { panels: [row(0, { panels: [place(1, 0, 1, 6, 3)] })] },
    { panels: [row(4, { panels: [place(1, 0, 1, 6, 3)] })] },
    { panels: [row(0)] },
  ],
  [
    'P8: library panel',
    panel({ libraryPanel: { uid: 'a', name: 'A' }, options: { x: 1 } }),
    panel({ libraryPanel: { uid: 'a', name: 'A' }, type: 'library-panel-ref' }),
    panel({ libraryPanel: { uid: 'b', name: 'B' } }),
  ],
  ['P9: ids are pushed', panel({ id: 4 }), panel({ id: 4, pluginVersion: '1' }), panel({ id: 5 })],
  [
    'P10: no type',
    { panels: [{ id: 1, gridPos: { x: 0, y: 0, w: 6, h: 3 } }] },
    panel({ type: 'timeseries' }),
    panel({ type: 'table' }),
  ],
  [
    'P11: data source',
    panel({ datasource: 'a' }),
    panel({ datasource: 'a', title: '' }),
    panel({ datasource: { uid: 'a' } }),
  ],
  [
    'P12: queries',
    panel({ targets: [{ refId: 'A', expr: 'up', mine: 1 }] }),
    panel({ targets: [{ expr: 'up', mine: 1, refId: 'A', hide: null }] }),
    panel({ targets: [{ refId: 'A', expr: 'up', mine: 1, editorMode: 'code' }] }),
  ],
  [
    'P13: footer of a table',
    panel({ type: 'table', options: { footer: { show: false } } }),
    panel({ type: 'table', fieldConfig: { defaults: { custom: { footer: { reducers: [] } } } } }),
    panel({ type: 'table', fieldConfig: { defaults: { custom: { footer: { reducers: ['sum'] } } } } }),
  ],
  ['P14: what is lost', panel({ mine: 1 }), panel({ mine: 1, other: null }), panel({})],
  [
    'P15: own options',
    panel({ options: { mine: 1 } }),
    panel({ options: { mine: 1, not: null } }),
    panel({ options: { mine: 2 } }),
  ],
];

describe('normal form of a dashboard', () => {
  const hash = (dashboard: Json): string => hashOf(normalForms.dashboard({ dashboard, folderUid: 'f' }));

  it.each(cases)('%s', (_, before, noise, edit) => {
    expect(hash(noise)).toBe(hash(before));
    expect(hash(edit)).not.toBe(hash(before));
  });

  it('sees a move to another folder, and takes no folder, an empty one and General for the same', () => {
    const inFolder = (folderUid?: string): string =>
      hashOf(normalForms.dashboard({ dashboard: {}, ...(folderUid !== undefined && { folderUid }) }));
    expect(inFolder('')).toBe(inFolder());
    expect(inFolder('general')).toBe(inFolder());
    expect(inFolder('a')).not.toBe(inFolder());
    expect(inFolder('a')).not.toBe(inFolder('b'));
  });
});
