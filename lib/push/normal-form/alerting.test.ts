import { describe, expect, it } from 'vitest';
import type { Json } from '../../grafana-json/json';
import type { Kind } from '../object';
import { hashOf, normalForms } from './index';

interface Case {
  readonly of: string;
  readonly before: Json;
  /** What the server or the browser makes of it. */
  readonly noise: Json;
  readonly edit: Json;
}

const query = (model: object, more: object = {}): Json => ({
  data: [{ refId: 'A', datasourceUid: 'p', model: { refId: 'A', ...model }, ...more }],
});
const rule = (value: object, group: object = {}): Json => ({
  title: 'hosts',
  folderUid: 'f',
  interval: 60,
  rules: [{ uid: 'r', title: 't', ...value }],
  ...group,
});
const during = (value: object): Json => ({ name: 'quiet', time_intervals: [value] });

const cases: Partial<Record<Kind, readonly Case[]>> = {
  'rule-group': [
    {
      of: '4.2: what the server keeps for itself',
      before: rule({}),
      noise: rule({
        id: 3,
        updated: '2026-01-01T00:00:00Z',
        provenance: 'api',
        orgID: 1,
        folderUID: 'f',
        ruleGroup: 'hosts',
      }),
      edit: rule({ title: 'another' }),
    },
    { of: '4.2: durations', before: rule({ for: '90s' }), noise: rule({ for: '1m30s' }), edit: rule({ for: '91s' }) },
    {
      of: '4.2: no duration',
      before: rule({}),
      noise: rule({ for: '0s', keep_firing_for: '0s' }),
      edit: rule({ keep_firing_for: '1m' }),
    },
    { of: '4.2: empty maps', before: rule({ labels: {} }), noise: rule({}), edit: rule({ labels: { a: 'b' } }) },
    { of: '4.2: not paused', before: rule({}), noise: rule({ isPaused: false }), edit: rule({ isPaused: true }) },
    {
      of: '4.2: defaults of a query model',
      before: rule(query({ expr: 'up' })),
      noise: rule(query({ expr: 'up', intervalMs: 1000, maxDataPoints: 43_200 })),
      edit: rule(query({ expr: 'up', intervalMs: 2000 })),
    },
    {
      of: '4.2: type of a query',
      before: rule(query({ queryType: 'range' })),
      noise: rule(query({ queryType: 'range' }, { queryType: 'range' })),
      edit: rule(query({ queryType: 'instant' })),
    },
    {
      of: '4.2: time range of an expression',
      before: rule(query({})),
      noise: rule(query({}, { relativeTimeRange: { from: 0, to: 0 }, queryType: '' })),
      edit: rule(query({}, { relativeTimeRange: { from: 600, to: 0 } })),
    },
    {
      of: '4.2: a recording rule has no states',
      before: rule({ record: { metric: 'm', from: 'A' }, noDataState: 'OK', condition: 'A', for: '5m' }),
      noise: rule({ record: { metric: 'm', from: 'A' }, noDataState: '', condition: '' }),
      edit: rule({ record: { metric: 'm', from: 'B' } }),
    },
    {
      of: '4.2: states of an alert',
      before: rule({ noDataState: 'OK' }),
      noise: rule({ noDataState: 'OK', record: null }),
      edit: rule({ noDataState: 'NoData' }),
    },
    {
      of: '4.2: notification settings',
      before: rule({ notification_settings: { receiver: 'x', group_wait: '60s', mute_time_intervals: [] } }),
      noise: rule({ notification_settings: { receiver: 'x', group_wait: '1m' } }),
      edit: rule({ notification_settings: { receiver: 'y', group_wait: '1m' } }),
    },
    {
      of: '4.2: interval as a duration',
      before: rule({}),
      noise: rule({}, { interval: '1m' }),
      edit: rule({}, { interval: 70 }),
    },
    {
      of: 'order of rules counts',
      before: { rules: [{ uid: 'a' }, { uid: 'b' }] },
      noise: {
        rules: [
          { uid: 'a', id: 1 },
          { uid: 'b', id: 2 },
        ],
      },
      edit: { rules: [{ uid: 'b' }, { uid: 'a' }] },
    },
  ],
  'contact-point': [
    {
      of: '4.3: what says nothing',
      before: { uid: 'u', name: 'n', type: 'webhook', settings: { url: 'http://a' } },
      noise: {
        uid: 'u',
        name: 'n',
        type: 'webhook',
        settings: { url: 'http://a' },
        disableResolveMessage: false,
        provenance: 'api',
      },
      edit: { uid: 'u', name: 'n', type: 'webhook', settings: { url: 'http://b' } },
    },
    {
      of: '4.3: messages when it is over',
      before: { name: 'n', settings: {} },
      noise: { name: 'n', settings: { nothing: null } },
      edit: { name: 'n', settings: {}, disableResolveMessage: true },
    },
    {
      of: '4.3: a secret that reads as [REDACTED] stays text',
      before: { settings: { url: '[REDACTED]' } },
      noise: { settings: { url: '[REDACTED]' }, provenance: '' },
      edit: { settings: {} },
    },
  ],
  'mute-timing': [
    {
      of: '4.5: months',
      before: during({ months: ['january:march'] }),
      noise: during({ months: ['1:3'] }),
      edit: during({ months: ['1:4'] }),
    },
    {
      of: '8.10: weekdays',
      before: during({ weekdays: ['monday:wednesday'] }),
      noise: during({ weekdays: ['wednesday', 'Monday', 'tuesday'] }),
      edit: during({ weekdays: ['monday:thursday'] }),
    },
    {
      of: '4.5: empty lists, version',
      before: during({ years: ['2026'] }),
      noise: { ...during({ years: ['2026:2026'], months: [], location: '' }), version: 'abc', provenance: 'api' },
      edit: during({ years: ['2027'] }),
    },
    {
      of: '4.5: order of days and times',
      before: during({
        days_of_month: ['1', '-1'],
        times: [
          { start_time: '08:00', end_time: '09:00' },
          { start_time: '01:00', end_time: '02:00' },
        ],
      }),
      noise: during({
        days_of_month: ['-1', '1'],
        times: [
          { start_time: '01:00', end_time: '02:00' },
          { end_time: '09:00', start_time: '08:00' },
        ],
      }),
      edit: during({ days_of_month: ['-1', '2'], times: [{ start_time: '01:00', end_time: '02:00' }] }),
    },
    {
      of: '4.5: time zone',
      before: during({ weekdays: ['monday'] }),
      noise: during({ weekdays: ['monday'], location: 'UTC' }),
      edit: during({ weekdays: ['monday'], location: 'Europe/Berlin' }),
    },
  ],
  template: [
    {
      of: '4.6: trimmed',
      before: { name: 'n', template: '{{ define "n" }}x{{ end }}\n' },
      noise: { name: 'n', template: '{{ define "n" }}x{{ end }}', version: 'v', provenance: '' },
      edit: { name: 'n', template: '{{ define "n" }}y{{ end }}' },
    },
    {
      of: '4.6: wrapped',
      before: { name: 'n', template: ' a\nb ' },
      noise: { name: 'n', template: '{{ define "n" }}\n  a\n  b\n{{ end }}' },
      edit: { name: 'n', template: '{{ define "m" }}\n  a\n  b\n{{ end }}' },
    },
  ],
  policy: [
    {
      of: '4.4: matchers',
      before: {
        receiver: 'x',
        object_matchers: [
          ['z', '=', '"1"'],
          ['a', '!=', '2'],
        ],
      },
      noise: {
        receiver: 'x',
        object_matchers: [
          ['a', '!=', '2'],
          ['z', '=', '1'],
        ],
        provenance: 'api',
      },
      edit: {
        receiver: 'x',
        object_matchers: [
          ['a', '=', '2'],
          ['z', '=', '1'],
        ],
      },
    },
    {
      of: '4.4: durations, below too',
      before: { receiver: 'x', group_wait: '60s', routes: [{ repeat_interval: '24h' }] },
      noise: { receiver: 'x', group_wait: '1m', routes: [{ repeat_interval: '1d' }] },
      edit: { receiver: 'x', group_wait: '1m', routes: [{ repeat_interval: '25h' }] },
    },
    {
      of: '4.4: what says nothing',
      before: { receiver: 'x', continue: false, routes: [], mute_time_intervals: [] },
      noise: { receiver: 'x' },
      edit: { receiver: 'x', continue: true },
    },
    {
      of: 'order of routes counts',
      before: { routes: [{ receiver: 'a' }, { receiver: 'b' }] },
      noise: { routes: [{ receiver: 'a', continue: false }, { receiver: 'b' }] },
      edit: { routes: [{ receiver: 'b' }, { receiver: 'a' }] },
    },
  ],
  folder: [
    {
      of: '2.2: what the server adds',
      before: { uid: 'f', title: 'Home', description: 'x' },
      noise: { uid: 'f', title: 'Home', id: 3, version: 2, url: '/x', canSave: true, parentUid: '' },
      edit: { uid: 'f', title: 'House' },
    },
    {
      of: '2.2: where it is',
      before: { title: 'Home', parentUid: 'p' },
      noise: { title: 'Home ', parentUid: 'p', parents: [{ uid: 'p' }] },
      edit: { title: 'Home' },
    },
  ],
  'data-source': [
    {
      of: '6.1: what the server adds',
      before: { uid: 'p', name: 'P', type: 'prometheus', url: 'http://a', jsonData: {} },
      noise: {
        ...{ uid: 'p', name: 'P', type: 'prometheus', url: 'http://a', access: 'proxy', user: '', basicAuth: false },
        ...{ id: 1, orgId: 1, version: 3, readOnly: false, typeName: 'Prometheus', isDefault: false },
      },
      edit: { uid: 'p', name: 'P', type: 'prometheus', url: 'http://b' },
    },
    {
      of: '6.1: secrets that are there',
      before: { name: 'P', secureJsonData: { password: '[REDACTED]' } },
      noise: { name: 'P', secureJsonFields: { password: true, other: false } },
      edit: { name: 'P', secureJsonFields: {} },
    },
  ],
};

describe.each(Object.entries(cases))('normal form of a %s', (kind, list) => {
  const hash = (body: Json): string => hashOf(normalForms[kind as Kind](body));

  it.each(list.map((one): [string, Case] => [one.of, one]))('%s', (_, { before, noise, edit }) => {
    expect(hash(noise)).toBe(hash(before));
    expect(hash(edit)).not.toBe(hash(before));
    expect(hash(edit)).not.toBe(hash(noise));
  });
});
