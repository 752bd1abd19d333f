import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isObject, type Json } from '../../grafana-json/json';
import { kinds } from '../object';
import { hashOf, normalForms } from './index';

const words = [
  ...[
    'dashboard',
    'folderUid',
    'panels',
    'type',
    'row',
    'open',
    'collapsed',
    'lost',
    'id',
    'title',
    'repeat',
    'gridPos',
  ],
  ...['x', 'y', 'w', 'h', 'options', 'fieldConfig', 'defaults', 'overrides', 'properties', 'thresholds', 'steps'],
  ...['value', 'libraryPanel', 'targets', 'unit', 'annotations', 'templating', 'list', 'current', 'builtIn', 'custom'],
  ...['timepicker', 'rules', 'data', 'model', 'queryType', 'relativeTimeRange', 'for', 'interval', 'record', 'labels'],
  ...[
    'notification_settings',
    'object_matchers',
    'routes',
    'group_wait',
    'time_intervals',
    'weekdays',
    'months',
    'times',
  ],
  ...['days_of_month', 'years', 'location', 'name', 'template', 'settings', 'secureJsonFields', 'secureJsonData'],
  ...['jsonData', 'parentUid', '__proto__', 'toString', 'constructor', 'query', 'refId', 'transformations'],
];
const leaves = [
  ...['row', 'stat', 'text', 'constant', 'interval', 'query', 'switch', '__proto__', 'toString', 'A', '$__all', ''],
  ...[
    '90s',
    '24h',
    '1d12h',
    '0s',
    'monday:friday',
    'march:january',
    '13',
    '1:1',
    '""x""',
    '"',
    '{{ define "a" }}',
    ' x ',
  ],
  ...[0, 1, -1, 0.5, 24, 25, 1e300, null, true, false],
];

const { value: any } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(...leaves),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 6 }),
  ),
}));
const panel = fc.record(
  {
    id: fc.nat(9),
    type: fc.constantFrom('row', 'stat', 'timeseries', 'table', 'unknown'),
    collapsed: fc.boolean(),
    open: fc.boolean(),
    panels: fc.array(fc.record({ id: fc.nat(9), gridPos: fc.oneof(any, boxOf()) }), { maxLength: 3 }),
    gridPos: fc.oneof({ weight: 1, arbitrary: any }, { weight: 4, arbitrary: boxOf() }),
    repeat: fc.constantFrom('', 'host'),
    options: any,
    fieldConfig: any,
  },
  { requiredKeys: [] },
);

function boxOf(): fc.Arbitrary<unknown> {
  return fc.record({ x: fc.integer({ min: -3, max: 26 }), y: fc.nat(20), w: fc.nat(26), h: fc.nat(9) });
}

const body = fc.oneof(
  any.filter(isObject),
  fc.record({ dashboard: any, folderUid: any }),
  fc.record({ dashboard: fc.record({ title: any, panels: fc.array(fc.oneof(panel, any), { maxLength: 8 }) }) }),
  fc.dictionary(fc.constantFrom(...words), any),
);

it('take any JSON, change nothing the second time and nothing in what they got', () => {
  fc.assert(
    // One value for all kinds: to make it takes as long as to bring it into all the forms.
    fc.property(body, (value) => {
      // As it comes out of a file or an answer.
      const given = JSON.parse(JSON.stringify(value)) as Json;
      const before = JSON.stringify(given);
      const wrong = kinds.flatMap((kind) => {
        const once = normalForms[kind](given);
        const [isChanged, isOther] = [
          JSON.stringify(given) !== before,
          hashOf(normalForms[kind](once)) !== hashOf(once),
        ];
        return [...(isChanged ? [`${kind} changes it`] : []), ...(isOther ? [`${kind} differs the second time`] : [])];
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 700, seed: 6 },
  );
});
