import { expect, it } from 'vitest';
import { checkDataSources } from './data-sources';
import type { Json } from './json';
import { formatProblem } from './problem';

const byVariable = { type: 'prometheus', uid: '${metrics}' };
const known = { prom: 'prometheus', loki: 'loki' };
const variables = [
  { type: 'datasource', name: 'metrics', query: 'prometheus' },
  { type: 'custom', name: 'other' },
];
const told = (panel: Json, rest: Json = {}, options: Readonly<Record<string, string>> | undefined = known): string[] =>
  checkDataSources({ templating: { list: variables }, panels: [{ type: 'stat', ...panel }], ...rest }, options).map(
    formatProblem,
  );

it.each<[string, Json]>([
  ['by variable', { datasource: byVariable, targets: [{ refId: 'A' }] }],
  ['by variable without braces', { datasource: { ...byVariable, uid: '$metrics' } }],
  ['by uid', { datasource: { type: 'prometheus', uid: 'prom' } }],
  ['in the target alone', { targets: [{ refId: 'A', datasource: byVariable }] }],
  [
    'several',
    {
      datasource: { type: 'datasource', uid: '-- Mixed --' },
      targets: [
        { datasource: byVariable },
        { datasource: { type: 'loki', uid: 'loki' } },
        { datasource: { type: '__expr__', uid: '__expr__' } },
      ],
    },
  ],
  [
    'an expression beside any',
    { datasource: byVariable, targets: [{}, { datasource: { type: '__expr__', uid: '__expr__' } }] },
  ],
  ['none, for a panel that asks nothing', {}],
  ["Grafana's own", { datasource: { type: 'grafana', uid: '-- Grafana --' } }],
])('%s is right', (_, panel) => {
  expect(told(panel)).toEqual([]);
});

it.each<[string, Json, string]>([
  [
    'an unknown uid',
    { datasource: { type: 'prometheus', uid: 'pram' } },
    'panels[0].datasource.uid: no data source `pram` (did you mean `prom`?)',
  ],
  [
    'an unknown variable',
    { datasource: { type: 'prometheus', uid: '${metric}' } },
    'panels[0].datasource.uid: no data source `${metric}` (did you mean `${metrics}`?)',
  ],
  [
    'a variable of another kind',
    { datasource: { type: 'prometheus', uid: '${other}' } },
    'panels[0].datasource.uid: no data source `${other}` (there is `${metrics}`, `prom`, `loki`)',
  ],
  [
    'another type',
    { datasource: { type: 'loki', uid: '${metrics}' } },
    'panels[0].datasource.type: `${metrics}` is of type `prometheus`, not `loki`',
  ],
  ['a name', { datasource: 'Prometheus' }, 'panels[0].datasource: must be an object with `type` and `uid`'],
  ['no type', { datasource: { uid: 'prom' } }, 'panels[0].datasource: `type` is missing'],
  ['no uid', { datasource: { type: 'prometheus' } }, 'panels[0].datasource: `uid` is missing'],
  [
    'none at all',
    { targets: [{ refId: 'A' }] },
    'panels[0].targets[0].datasource: neither the target nor its panel names a data source',
  ],
  [
    'two in a panel of one',
    { datasource: byVariable, targets: [{ datasource: { type: 'loki', uid: 'loki' } }] },
    "panels[0].targets[0].datasource: asks `loki` in a panel of `${metrics}`: make the panel's `-- Mixed --`",
  ],
  [
    'none in a mixed panel',
    { datasource: { type: 'datasource', uid: '-- Mixed --' }, targets: [{}] },
    'panels[0].targets[0].datasource: is missing, in a panel of `-- Mixed --`',
  ],
])('%s is wrong', (_, panel, message) => {
  expect(told(panel)).toEqual([message]);
});

it('looks at variables and annotations too', () => {
  const list = [...variables, { type: 'query', name: 'q', datasource: { type: 'prometheus', uid: 'pram' } }];
  expect(told({}, { templating: { list } })).toEqual([expect.stringContaining('templating.list[2].datasource.uid')]);
  expect(told({}, { annotations: { list: [{ datasource: byVariable }, {}] } })).toEqual([
    'annotations.list[1]: names no data source',
  ]);
});

it('looks at what a variable of data sources is at first', () => {
  const first = (value: unknown): string[] =>
    told(
      {},
      { templating: { list: [{ type: 'datasource', name: 'metrics', query: 'prometheus', current: { value } }] } },
    );
  expect(first('prom')).toEqual([]);
  expect(first('default')).toEqual([]);
  expect(first(undefined)).toEqual([]);
  expect(first('loki')).toEqual([
    'templating.list[0].current.value: no data source `loki` of type `prometheus` (there is `prom`)',
  ]);
});

it('takes any uid where nobody says which there are', () => {
  const dashboard = { templating: { list: variables }, panels: [{ datasource: { type: 'prometheus', uid: 'any' } }] };
  expect(checkDataSources(dashboard, undefined)).toEqual([]);
});
