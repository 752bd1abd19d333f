import type { JsonObject, Path } from '../../subject';
import { inBoards, inPanels, inVariables, misspelt, type Changes, type Mutator } from '../mutator';
import { listIn, panelsIn, valueAt, variablesIn } from '../seed';

const unitAt: Path = ['fieldConfig', 'defaults', 'unit'];
const stepsAt: Path = ['fieldConfig', 'defaults', 'thresholds', 'steps'];
const defaultsOf = (panel: JsonObject): JsonObject => (valueAt(panel, ['fieldConfig', 'defaults']) ?? {}) as JsonObject;
const unitOf = (panel: JsonObject): unknown => defaultsOf(panel)['unit'];
const stepsOf = (panel: JsonObject): readonly { readonly value: number | null; readonly color: string }[] =>
  (valueAt(panel, stepsAt) ?? []) as ReturnType<typeof stepsOf>;
const exprOf = (panel: JsonObject): string => String(listIn(panel, 'targets')[0]?.['expr']);

const set = (path: Path, value: unknown): Changes => ({ set: [[path, value]] });

const swappedUnit = (from: string, to: string, most = 3): Mutator =>
  inPanels('unit-fits', `${from} shown as ${to}`, (panel) => (unitOf(panel) === from ? set(unitAt, to) : undefined), {
    most,
  });

const units: readonly Mutator[] = [
  swappedUnit('bytes', 'bits', 4),
  swappedUnit('bytes', 's'),
  swappedUnit('s', 'ms', 6),
  swappedUnit('s', 'bytes'),
  swappedUnit('percentunit', 'percent', 8),
  swappedUnit('bps', 'bytes', 3),
  swappedUnit('bps', 'Bps', 3),
  swappedUnit('dtdurations', 'dtdurationms', 3),
  swappedUnit('dtdurations', 'dateTimeAsIso', 2),
  swappedUnit('celsius', 'fahrenheit'),
  inPanels(
    'unit-fits',
    'a moment as it is stored',
    (panel) =>
      /^time\(\) - max by \(\w+\) \([^)]*\)$/.test(exprOf(panel)) && unitOf(panel) === 'dtdurations'
        ? { set: [[['targets', 0, 'expr'], exprOf(panel).replace('time() - ', '')]] }
        : undefined,
    { most: 3 },
  ),
  ...['bytes', 's', 'percentunit', 'bps', 'dtdurations'].map((unit) =>
    inPanels(
      'unit-present',
      `no unit where ${unit} was`,
      (panel) => (unitOf(panel) === unit ? set(unitAt, undefined) : undefined),
      { most: 4 },
    ),
  ),
  inPanels(
    'unit-known',
    'the unit as Grafana writes it in its list',
    (panel) => (unitOf(panel) === 'bytes' ? set(unitAt, 'Bytes') : undefined),
    { most: 3 },
  ),
  inPanels(
    'unit-known',
    'a unit with another case',
    (panel) => (unitOf(panel) === 'percentunit' ? set(unitAt, 'percentUnit') : undefined),
    { most: 3 },
  ),
];

const scaled = (panel: JsonObject, by: number): readonly unknown[] =>
  stepsOf(panel).map((step) => ({ ...step, ...(step.value !== null && { value: step.value * by }) }));
const hasLevels = (panel: JsonObject): boolean => stepsOf(panel).length > 1;

/** Whether thresholds are to be seen. */
const drawsLevels = (panel: JsonObject): boolean =>
  ['stat', 'gauge', 'bargauge'].includes(String(panel['type'])) ||
  valueAt(defaultsOf(panel), ['custom', 'thresholdsStyle', 'mode']) !== undefined;

const editorSteps = [
  { color: 'green', value: null },
  { color: 'red', value: 80 },
];

const thresholds: readonly Mutator[] = [
  inPanels(
    'threshold-scale',
    'thresholds of a share in percent',
    (panel) => (unitOf(panel) === 'percentunit' && hasLevels(panel) ? set(stepsAt, scaled(panel, 100)) : undefined),
    { most: 10 },
  ),
  inPanels(
    'threshold-scale',
    'values in percent, thresholds left as a share',
    (panel) => {
      const max = defaultsOf(panel)['max'];
      return unitOf(panel) === 'percentunit' && hasLevels(panel) && max === 1
        ? {
            set: [
              [['targets', 0, 'expr'], `100 * (${exprOf(panel)})`],
              [unitAt, 'percent'],
              [['fieldConfig', 'defaults', 'max'], 100],
            ],
          }
        : undefined;
    },
    { most: 8 },
  ),
  inPanels(
    'threshold-scale',
    'thresholds beyond the maximum',
    (panel) =>
      unitOf(panel) === 'percentunit' &&
      stepsOf(panel).every(({ value }) => value === null || value > 0.1) &&
      hasLevels(panel) &&
      defaultsOf(panel)['max'] === 1
        ? set(stepsAt, scaled(panel, 10))
        : undefined,
    { most: 4 },
  ),
  ...['s', 'celsius', 'dtdurations', 'short', 'ops'].map((unit) =>
    inPanels(
      'threshold-default',
      `the editor's thresholds on ${unit}`,
      (panel) => (unitOf(panel) === unit && drawsLevels(panel) ? set(stepsAt, editorSteps) : undefined),
      { most: 3 },
    ),
  ),
  inPanels(
    'threshold-order',
    'thresholds that fall',
    (panel) => {
      const [base, ...rest] = stepsOf(panel);
      return rest.length > 1 ? set(stepsAt, [base, ...rest.reverse()]) : undefined;
    },
    { most: 5 },
  ),
  inPanels(
    'threshold-order',
    'a threshold twice',
    (panel) => {
      const steps = stepsOf(panel);
      return steps.length > 2 ? set([...stepsAt, 2, 'value'], steps[1]?.value) : undefined;
    },
    { most: 5 },
  ),
];

const texts: readonly Mutator[] = [
  inPanels('panel-title', 'no title', () => set(['title'], ''), { most: 6 }),
  inPanels('panel-title', 'the title of the editor', () => set(['title'], 'Panel Title'), { most: 4 }),
  inPanels('panel-title', 'the title of a new panel', () => set(['title'], 'New panel'), { most: 3 }),
  inPanels('panel-description', 'no description', () => set(['description'], undefined), { most: 8 }),
  inPanels('panel-description', 'an empty description', () => set(['description'], ' '), { most: 4 }),
  inPanels(
    'no-data-text',
    'a count without a text for nothing',
    (panel) =>
      panel['type'] === 'stat' && / or count\(/.test(exprOf(panel))
        ? {
            set: [
              [['targets', 0, 'expr'], exprOf(panel).replace(/ or count\([\s\S]*$/, '')],
              [['fieldConfig', 'defaults', 'noValue'], undefined],
            ],
          }
        : undefined,
    { most: 8 },
  ),
  inPanels(
    'no-data-text',
    'a stat of what fails',
    (panel) =>
      panel['type'] === 'stat'
        ? {
            set: [
              [['targets', 0, 'expr'], 'count(up{job="node"} == 0)'],
              [['fieldConfig', 'defaults', 'noValue'], undefined],
            ],
          }
        : undefined,
    { most: 4 },
  ),
  inPanels(
    'mapping-duplicates',
    'a value mapped twice',
    (panel) => {
      const mappings = listIn(defaultsOf(panel), 'mappings');
      const first = mappings.find(({ type }) => type === 'value');
      const [value] = Object.keys((first?.['options'] as JsonObject | undefined) ?? {});
      return value !== undefined
        ? set(
            ['fieldConfig', 'defaults', 'mappings'],
            [...mappings, { type: 'value', options: { [value]: { text: 'Off', index: 9 } } }],
          )
        : undefined;
    },
    { most: 6 },
  ),
];

const grid = (panel: JsonObject): { x: number; y: number; w: number; h: number } =>
  panel['gridPos'] as ReturnType<typeof grid>;

const layout: readonly Mutator[] = [
  inPanels(
    'layout',
    'a panel over its neighbour',
    (panel) => (grid(panel).x >= 4 ? set(['gridPos', 'x'], grid(panel).x - 2) : undefined),
    { most: 8 },
  ),
  inPanels(
    'layout',
    'a panel that begins a line too high',
    (panel, { at }) =>
      at.length === 2 && grid(panel).x === 0 && panel['type'] === 'timeseries'
        ? set(['gridPos', 'y'], grid(panel).y - 3)
        : undefined,
    { most: 6 },
  ),
  inPanels(
    'layout',
    'beyond the last column',
    (panel) =>
      grid(panel).x > 0 && grid(panel).x + grid(panel).w === 24 ? set(['gridPos', 'w'], grid(panel).w + 4) : undefined,
    { most: 6 },
  ),
  inPanels('layout', 'to the right of everything', (panel) => set(['gridPos', 'x'], 24 + grid(panel).w), { most: 3 }),
  inPanels('layout', 'no width', () => set(['gridPos', 'w'], 0), { most: 3 }),
  inPanels('layout', 'no height', () => set(['gridPos', 'h'], 0), { most: 3 }),
  inBoards(
    'layout',
    'a copy of a panel stays where it was made',
    (board, seed) => {
      const [first] = panelsIn(seed).filter(({ at }) => at.length === 2);
      const panels = listIn(board, 'panels');
      return first
        ? {
            set: [[['panels'], [...panels, { ...first.json, id: 4711, title: 'Copy' }]]],
            at: ['panels', panels.length],
            what: `a copy of ${String(first.json['title'])}`,
          }
        : undefined;
    },
    { most: 4 },
  ),
  inBoards(
    'layout',
    'a row without panels',
    (board) => {
      const panels = listIn(board, 'panels');
      return {
        set: [
          [
            ['panels'],
            [
              ...panels,
              {
                type: 'row',
                id: 4712,
                title: 'Later',
                collapsed: true,
                panels: [],
                gridPos: { x: 0, y: 900, w: 24, h: 1 },
              },
            ],
          ],
        ],
        at: ['panels', panels.length],
        naming: 'Later',
        what: 'a row without panels',
      };
    },
    { most: 3 },
  ),
];

const timeSteps: readonly Mutator[] = [
  inPanels(
    'min-step',
    'a minimum step of a second',
    (panel) =>
      panel['type'] === 'timeseries' && exprOf(panel).includes('[$__rate_interval]')
        ? { set: [[['targets', 0, 'interval'], '1s']] }
        : undefined,
    { most: 6 },
  ),
  inPanels(
    'min-step',
    'no minimum step',
    (panel) =>
      panel['type'] === 'timeseries'
        ? {
            set: [
              [['targets', 0, 'interval'], undefined],
              [['interval'], undefined],
            ],
          }
        : undefined,
    { most: 4, own: true },
  ),
  inPanels(
    'data-source-exists',
    'a data source of another Grafana',
    () => set(['datasource'], { type: 'prometheus', uid: 'PBFA97CFB590B2093' }),
    { most: 5, own: true },
  ),
];

const fixed = { type: 'prometheus', uid: 'PBFA97CFB590B2093' };

const targets: readonly Mutator[] = [
  inPanels(
    'ref-id-unique',
    'two queries of one refId',
    (panel) =>
      listIn(panel, 'targets').length > 1
        ? set(['targets', 1, 'refId'], listIn(panel, 'targets')[0]?.['refId'])
        : undefined,
    { most: 6 },
  ),
  inPanels(
    'ref-id-exists',
    'an override for a query that is not there',
    () =>
      set(
        ['fieldConfig', 'overrides'],
        [{ matcher: { id: 'byFrameRefID', options: 'Z' }, properties: [{ id: 'unit', value: 's' }] }],
      ),
    { most: 5 },
  ),
  inPanels(
    'ref-id-exists',
    'a transformation for a query that is not there',
    () => set(['transformations'], [{ id: 'filterByRefId', options: { include: 'Q' } }]),
    { most: 4 },
  ),
  inPanels('panel-query', 'no queries', () => set(['targets'], []), { most: 4 }),
  inPanels(
    'panel-query',
    'all queries hidden',
    (panel) => ({ set: listIn(panel, 'targets').map((_, index) => [['targets', index, 'hide'], true] as const) }),
    { most: 4 },
  ),
  inPanels(
    'panel-query',
    'an empty query',
    (panel) => (listIn(panel, 'targets').length === 1 ? set(['targets', 0, 'expr'], '') : undefined),
    { most: 4 },
  ),
  inPanels(
    'panel-type-exists',
    'a type, two letters swapped',
    (panel) => set(['type'], misspelt.swapped(String(panel['type']))),
    { most: 6 },
  ),
  inPanels('panel-type-exists', 'a plugin of AngularJS', () => set(['type'], 'grafana-piechart-panel'), { most: 2 }),
  inPanels('panel-type-exists', 'a type that never was', () => set(['type'], 'linegraph'), { most: 2 }),
  inPanels(
    'instant-or-range',
    'a graph of a moment',
    (panel) =>
      panel['type'] === 'timeseries'
        ? {
            set: [
              [['targets', 0, 'instant'], true],
              [['targets', 0, 'range'], false],
            ],
          }
        : undefined,
    { most: 6 },
  ),
  inPanels(
    'instant-or-range',
    'a state timeline of a moment',
    (panel) =>
      panel['type'] === 'state-timeline'
        ? {
            set: [
              [['targets', 0, 'instant'], true],
              [['targets', 0, 'range'], false],
            ],
          }
        : undefined,
    { most: 3 },
  ),
  inPanels(
    'instant-or-range',
    'a single number of a time range',
    (panel) =>
      panel['type'] === 'stat'
        ? {
            set: [
              [['targets', 0, 'instant'], false],
              [['targets', 0, 'range'], true],
            ],
          }
        : undefined,
    { most: 6 },
  ),
  inPanels(
    'data-source-variable',
    'a panel with the uid of a data source',
    () => ({ ...set(['datasource'], fixed), naming: fixed.uid }),
    { most: 4 },
  ),
  inPanels(
    'data-source-variable',
    'a query with the uid of a data source',
    () => ({ ...set(['targets', 0, 'datasource'], fixed), naming: fixed.uid }),
    { most: 4 },
  ),
  inPanels(
    'data-source-variable',
    'a data source by its name',
    () => ({ ...set(['datasource'], 'Prometheus'), naming: 'Prometheus' }),
    { most: 2 },
  ),
];

const linked = (panel: JsonObject, change: (url: string) => string): Changes | undefined => {
  const links = listIn(defaultsOf(panel), 'links');
  const index = links.findIndex(({ url }) => String(url).startsWith('/d/'));
  const url = String(links[index]?.['url']);
  const to = change(url);
  return index < 0 || to === url ? undefined : set(['fieldConfig', 'defaults', 'links', index, 'url'], to);
};

const links: readonly Mutator[] = [
  inPanels(
    'links-resolve',
    'a link to a board, two letters swapped',
    (panel) => linked(panel, (url) => url.replace(/^\/d\/([\w-]+)/, (_, uid: string) => `/d/${misspelt.swapped(uid)}`)),
    { most: 6, together: true, own: true },
  ),
  inPanels(
    'links-resolve',
    'a link that sets a variable, a letter missing',
    (panel) =>
      linked(panel, (url) => url.replace(/var-(\w{4,})=/, (_, name: string) => `var-${misspelt.dropped(name)}=`)),
    { most: 6, together: true, own: true },
  ),
  inPanels(
    'links-resolve',
    'a link to a panel that is not there',
    (panel) => linked(panel, (url) => `${url}${url.includes('?') ? '&' : '?'}viewPanel=99`),
    { most: 4, together: true, own: true },
  ),
  inBoards(
    'links-resolve',
    'a link of a board to one that was renamed',
    (board) => {
      const index = listIn(board, 'links').findIndex(({ url }) => String(url).startsWith('/d/'));
      const url = String(listIn(board, 'links')[index]?.['url']);
      return index < 0 ? undefined : { set: [[['links', index, 'url'], `${url}-old`]], naming: `${url.slice(3)}-old` };
    },
    { most: 6, together: true, own: true },
  ),
];

const variables: readonly Mutator[] = [
  inPanels(
    'variable-defined',
    'a variable of a query, two letters swapped',
    (panel) => {
      const [, name] = /"\$(\w{4,})"/.exec(exprOf(panel)) ?? [];
      return name === undefined
        ? undefined
        : set(['targets', 0, 'expr'], exprOf(panel).replace(`"$${name}"`, `"$${misspelt.swapped(name)}"`));
    },
    { most: 6 },
  ),
  inPanels(
    'variable-defined',
    'a variable of another board',
    (panel) =>
      /\{job="\w+"/.test(exprOf(panel))
        ? set(['targets', 0, 'expr'], exprOf(panel).replace(/\{job="(\w+)"/, '{job="$1", instance="$node"'))
        : undefined,
    { most: 5 },
  ),
  inPanels(
    'variable-defined',
    'a variable in a title',
    (panel) => set(['title'], `${String(panel['title'])} of $hostname`),
    { most: 3 },
  ),
  inPanels('variable-defined', 'a variable in a legend', () => set(['targets', 0, 'legendFormat'], '$node'), {
    most: 3,
  }),
  inPanels(
    'variable-defined',
    'a variable as data source',
    () => set(['datasource'], { type: 'prometheus', uid: '${DS_PROMETHEUS}' }),
    { most: 3 },
  ),
  inBoards(
    'variable-defined',
    'a variable is taken away that panels use',
    (_, seed) => {
      const list = variablesIn(seed);
      const gone = list.find(({ json }) => json['type'] === 'query');
      if (!gone) return undefined;
      const name = String(gone.json['name']);
      return {
        set: [[['templating', 'list'], list.filter((each) => each !== gone).map(({ json }) => json)]],
        naming: name,
        what: `$${name} is gone`,
      };
    },
    { most: 5 },
  ),
  inBoards(
    'variable-used',
    'a variable that nothing uses',
    (_, seed) => {
      const list = variablesIn(seed).map(({ json }) => json);
      const spare = {
        type: 'query',
        name: 'spare',
        label: 'Spare',
        datasource: { type: 'prometheus', uid: '${datasource}' },
        definition: 'label_values(up, job)',
        query: { query: 'label_values(up, job)', refId: 'x' },
        refresh: 2,
      };
      return {
        set: [
          [
            ['templating', 'list'],
            [...list, spare],
          ],
        ],
        at: ['templating', 'list', list.length],
        what: 'a variable more',
      };
    },
    { most: 5 },
  ),
  inBoards(
    'variable-used',
    'a variable that no query asks for any more',
    (board, seed) => {
      const last = variablesIn(seed).at(-1);
      const name = String(last?.json['name']);
      if (!last || last.json['type'] !== 'query' || name === 'host') return undefined;
      const text = JSON.stringify(board)
        .replaceAll(new RegExp(`, \\w+=~?\\\\"\\$${name}\\\\"`, 'g'), '')
        .replaceAll(new RegExp(`\\\\?\\$\\{?${name}\\b[^"}&]*\\}?`, 'g'), 'x')
        .replaceAll(`var-${name}=`, 'var-x=');
      return {
        set: Object.entries(JSON.parse(text) as JsonObject).map(([key, value]) => [[key], value] as const),
        at: last.at,
        what: `$${name} is in no query`,
      };
    },
    { most: 4 },
  ),
  inPanels(
    'variable-multi-match',
    '`=` with a variable of several values',
    (panel, { seed }) => {
      const several = variablesIn(seed).find(
        ({ json }) => json['multi'] === true && exprOf(panel).includes(`=~"$${String(json['name'])}"`),
      );
      const name = String(several?.json['name']);
      return several ? set(['targets', 0, 'expr'], exprOf(panel).replace(`=~"$${name}"`, `="$${name}"`)) : undefined;
    },
    { most: 8 },
  ),
  inBoards(
    'variable-multi-match',
    'a variable that takes several values now',
    (_, seed) => {
      const one = variablesIn(seed).find(({ json }) => json['type'] === 'query' && json['multi'] !== true);
      return one
        ? {
            set: [[[...one.at, 'multi'], true]],
            at: [],
            naming: String(one.json['name']),
            what: `$${String(one.json['name'])}: multi`,
          }
        : undefined;
    },
    { most: 4 },
  ),
  inVariables(
    'variable-cycle',
    'two variables that wait for each other',
    (variable, { seed }) => {
      const name = String(variable['name']);
      const reader = variablesIn(seed).find(({ json }) => String(json['definition']).includes(`"$${name}"`));
      if (!reader) return undefined;
      const definition = String(variable['definition']).replace('{', `{device=~"$${String(reader.json['name'])}", `);
      return {
        set: [
          [['definition'], definition],
          [['query', 'query'], definition],
        ],
        at: [],
        naming: name,
      };
    },
    { most: 4 },
  ),
  inVariables(
    'variable-cycle',
    'a variable that waits for itself',
    (variable) => {
      if (variable['type'] !== 'query') return undefined;
      const definition = String(variable['definition']).replace('{', `{host="$${String(variable['name'])}", `);
      return {
        set: [
          [['definition'], definition],
          [['query', 'query'], definition],
        ],
        at: [],
        naming: String(variable['name']),
      };
    },
    { most: 4 },
  ),
  ...(
    [
      [
        'the values of a label that the metric does not have',
        (text: string) => text.replace(/, (\w+)\)$/, (_, label: string) => `, ${misspelt.dropped(label)})`),
      ],
      ['the values of a label of another metric', (text: string) => text.replace(/, \w+\)$/, ', collector)')],
      ['a function, a letter missing', (text: string) => text.replace('label_values', 'label_value')],
      ['a bracket is missing', (text: string) => text.replace(/\)$/, '')],
      [
        'the label before the metric',
        (text: string) => text.replace(/^label_values\((.*), (\w+)\)$/, 'label_values($2, $1)'),
      ],
    ] as const
  ).map(([name, change]) =>
    inVariables(
      'variable-query',
      name,
      (variable) => {
        if (variable['type'] !== 'query' || String(variable['definition']).includes('(up{')) return undefined;
        const definition = change(String(variable['definition']));
        return {
          set: [
            [['definition'], definition],
            [['query', 'query'], definition],
          ],
        };
      },
      { most: 4 },
    ),
  ),
  inVariables(
    'metric-exists',
    'the metric of a variable, a letter missing',
    (variable) => {
      const definition = String(variable['definition']).replace(
        /\((\w+)\{/,
        (_, name: string) => `(${misspelt.dropped(name)}{`,
      );
      return variable['type'] === 'query'
        ? {
            set: [
              [['definition'], definition],
              [['query', 'query'], definition],
            ],
          }
        : undefined;
    },
    { most: 4 },
  ),
  inBoards('schema-version', 'the schema of years ago', () => ({ set: [[['schemaVersion'], 14]] }), { most: 3 }),
];

const boards: readonly Mutator[] = [
  inBoards('board-identity', 'no title', () => ({ set: [[['title'], '']], naming: '' }), { most: 3 }),
  inBoards('board-identity', 'the title of a new board', () => ({ set: [[['title'], 'New dashboard']], naming: '' }), {
    most: 3,
  }),
  inBoards('board-identity', 'no uid', () => ({ set: [[['uid'], undefined]], naming: '' }), { most: 3 }),
  inBoards('board-load', 'asked again every second', () => ({ set: [[['refresh'], '1s']], naming: '' }), { most: 4 }),
  inBoards(
    'board-uid-unique',
    'a board is copied with its uid',
    (_, seed) => {
      const uid = seed.file.includes('home.json') ? undefined : seed.file.replace(/^.*\/(\w+)-.*$/, '$1-home');
      return uid === undefined ? undefined : { set: [[['uid'], uid]], naming: uid };
    },
    { most: 5, together: true },
  ),
  inBoards(
    'panel-id-unique',
    'a panel has the id of another',
    (_, seed) => {
      const [first, second] = panelsIn(seed);
      return first && second
        ? { set: [[[...second.at, 'id'], first.json['id']]], at: [], naming: String(first.json['id']) }
        : undefined;
    },
    { most: 6 },
  ),
  inBoards(
    'panel-title-unique',
    'a panel is copied with its title',
    (_, seed) => {
      const [first, second] = panelsIn(seed).filter(({ at }) => at.length === 2);
      return first && second
        ? { set: [[[...second.at, 'title'], first.json['title']]], at: [], naming: String(first.json['title']) }
        : undefined;
    },
    { most: 6 },
  ),
];

export const panelMutators: readonly Mutator[] = [
  ...units,
  ...thresholds,
  ...texts,
  ...layout,
  ...targets,
  ...timeSteps,
  ...links,
  ...variables,
  ...boards,
];
