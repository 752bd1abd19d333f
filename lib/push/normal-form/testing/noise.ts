import { isObject, objectAt, type Json } from '../../../grafana-json/json';
import { panelDefaults, rangeOfShares } from '../panel-defaults';
import {
  addMissing,
  allPanels,
  isRow,
  listHeldBy,
  listIn,
  objectIn,
  oneOf,
  place,
  top,
  type Change,
  type Pick,
} from './change';

const variables = (dashboard: Json, ...types: readonly string[]): Json[] =>
  listHeldBy(dashboard, 'templating').filter(({ type }) => types.length === 0 || types.includes(String(type)));

/** To each of the list that the dice choose; says whether there was any. */
const toSome = <T>(list: readonly T[], pick: Pick, act: (one: T) => void): boolean => {
  list.forEach((one) => {
    if (pick(2) === 0) act(one);
  });
  return list.length > 0;
};

const always =
  (act: (dashboard: Json, pick: Pick) => void): Change['apply'] =>
  (dashboard, pick) => {
    act(dashboard, pick);
    return true;
  };

/** Turns the order of keys around at every depth. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
};

const objectsIn = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
};

/** All lists of threshold steps: of panels and of overrides. */
const stepsOf = (panel: Json): Json[][] => {
  const fieldConfig = isObject(panel['fieldConfig']) ? panel['fieldConfig'] : {};
  const defaults = isObject(fieldConfig['defaults']) ? fieldConfig['defaults'] : {};
  const properties = listIn(fieldConfig, 'overrides').flatMap((override) => listIn(override, 'properties'));
  return [defaults['thresholds'], ...properties.filter(({ id }) => id === 'thresholds').map(({ value }) => value)]
    .filter(isObject)
    .map((thresholds) => listIn(thresholds, 'steps'));
};

/** Moves everything from one of the rows on down, which a save would close up again. */
const openGap = (dashboard: Json, pick: Pick): boolean => {
  const row = oneOf(top(dashboard).filter(isRow), pick);
  if (row === undefined) return false;
  const from = place(row)['y'] ?? 0;
  const by = 1 + pick(5);
  for (const panel of top(dashboard)) {
    const at = place(panel);
    if ((at['y'] ?? 0) >= from) at['y'] = (at['y'] ?? 0) + by;
    at['static'] = 0;
  }
  return true;
};

/** What the server and a save in the browser do to a dashboard by themselves. None of it is a person's edit. */
export const noise: readonly Change[] = [
  {
    rule: 'D1',
    does: 'the server sets id, uid and version',
    apply: always((board, pick) => Object.assign(board, { id: 1 + pick(99), uid: 'x', version: 1 + pick(99) })),
  },
  {
    rule: 'D1',
    does: 'keys come in another order',
    apply: always((board) => {
      const other = reversed(board) as Json;
      for (const key of Object.keys(board)) delete board[key];
      Object.assign(board, other);
    }),
  },
  { rule: 'D2', does: 'the schema version goes', apply: always((board) => delete board['schemaVersion']) },
  {
    rule: 'D3',
    does: 'defaults of a dashboard are added',
    apply: always((board) =>
      addMissing(board, {
        editable: true,
        preload: false,
        graphTooltip: 0,
        fiscalYearStartMonth: 0,
        links: [],
        tags: [],
        timezone: '',
        weekStart: '',
        refresh: '',
        timepicker: {},
        time: { from: 'now-6h', to: 'now' },
        templating: { list: [] },
        annotations: { list: [] },
      }),
    ),
  },
  { rule: 'D4', does: 'no refresh is spelled false', apply: always((board) => addMissing(board, { refresh: false })) },
  {
    rule: 'D5',
    does: 'the time picker gets its defaults',
    apply: always((board) =>
      addMissing(objectIn(board, 'timepicker'), {
        hidden: false,
        time_options: ['5m'],
        refresh_intervals: ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h', '2h', '1d'],
      }),
    ),
  },
  {
    rule: 'D6',
    does: 'the built-in annotation is added',
    apply: always((board) => {
      const list = listHeldBy(board, 'annotations');
      if (list.some(({ builtIn }) => builtIn === 1)) return;
      list.unshift({
        builtIn: 1,
        datasource: { type: 'grafana', uid: '-- Grafana --' },
        enable: true,
        hide: true,
        iconColor: 'rgba(0, 211, 255, 1)',
        name: 'Annotations & Alerts',
        type: 'dashboard',
      });
    }),
  },
  {
    rule: 'D7',
    does: 'annotations say that they are not hidden',
    apply: (board, pick) =>
      toSome(
        listHeldBy(board, 'annotations').filter(({ builtIn }) => builtIn !== 1),
        pick,
        (annotation) => addMissing(annotation, { hide: false }),
      ),
  },
  {
    rule: 'D8',
    does: 'nulls come',
    apply: always((board, pick) => {
      for (const one of objectsIn(board)) if (pick(4) === 0) addMissing(one, { nothing: null });
    }),
  },
  {
    rule: 'D8',
    does: 'nulls go',
    apply: always((board) => {
      for (const one of objectsIn(board)) for (const key of Object.keys(one)) if (one[key] === null) delete one[key];
    }),
  },
  {
    rule: 'D9',
    does: 'keys of other times are there',
    apply: always((board) =>
      Object.assign(board, { style: 'dark', iteration: 1, gnetId: 7, __requires: [], labels: {} }),
    ),
  },
  {
    rule: 'D10',
    does: 'liveNow is false',
    apply: always((board) => addMissing(board, { liveNow: false, description: '' })),
  },
  {
    rule: 'V1',
    does: 'defaults of variables',
    apply: (board, pick) =>
      toSome(variables(board, 'query', 'custom'), pick, (variable) =>
        addMissing(variable, { hide: 0, skipUrlSync: false, label: '', multi: false, sort: 0, description: '' }),
      ),
  },
  {
    rule: 'V2',
    does: 'keys foreign to the type',
    apply: (board, pick) =>
      toSome(variables(board, 'query', 'datasource'), pick, (variable) =>
        Object.assign(variable, { auto: false, auto_min: '10s', auto_count: 30, index: 1 }),
      ),
  },
  {
    rule: 'V3',
    does: 'options of a query',
    apply: (board, pick) =>
      toSome(variables(board, 'query', 'datasource'), pick, (variable) => {
        variable['options'] = pick(2) === 0 ? [] : [{ selected: true, text: 'nas', value: 'nas' }];
      }),
  },
  {
    rule: 'V4',
    does: 'what is chosen is marked',
    apply: (board, pick) =>
      toSome(variables(board), pick, ({ current }) => isObject(current) && addMissing(current, { selected: true })),
  },
  {
    rule: 'V6',
    does: 'the text beside the chosen value is another',
    apply: (board, pick) =>
      toSome(variables(board), pick, ({ current }) => {
        if (!isObject(current) || current['value'] === undefined) return;
        current['text'] = current['value'];
        if (Array.isArray(current['value']) && current['value'].length === 1) current['value'] = current['value'][0];
      }),
  },
  {
    rule: 'V8',
    does: 'a data source is read at load',
    apply: (board, pick) => toSome(variables(board, 'datasource'), pick, (variable) => (variable['refresh'] = 1)),
  },
  {
    rule: 'P1',
    does: 'what says nothing',
    apply: (board, pick) =>
      toSome(allPanels(board), pick, (panel) =>
        addMissing(panel, {
          transparent: false,
          title: '',
          description: '',
          links: [],
          transformations: [],
          options: {},
          fieldConfig: { defaults: {}, overrides: [] },
        }),
      ),
  },
  {
    rule: 'P2',
    does: 'the version of the plugin',
    apply: (board, pick) => toSome(allPanels(board), pick, (panel) => (panel['pluginVersion'] = '12.3.0')),
  },
  {
    rule: 'P3',
    does: 'defaults of the panels that were drawn',
    apply: (board, pick) =>
      toSome(allPanels(board), pick, (panel) => {
        const { options, field } = panelDefaults[String(panel['type'])] ?? {};
        addMissing(panel, { ...(options && { options }), ...(field && { fieldConfig: { defaults: field } }) });
      }),
  },
  {
    rule: 'P3',
    does: 'the range of shares',
    apply: (board, pick) =>
      toSome(
        allPanels(board).filter(({ type }) => type === 'stat' || type === 'bargauge'),
        pick,
        (panel) => {
          const defaults = objectAt(panel['fieldConfig'], 'defaults');
          addMissing(defaults, rangeOfShares(panel['type'], defaults['unit']));
        },
      ),
  },
  {
    rule: 'P4',
    does: 'the value of the first step of thresholds',
    apply: (board, pick) =>
      toSome(allPanels(board).flatMap(stepsOf), pick, ([first]) => {
        if (first === undefined) return;
        const value = [null, 0, undefined][pick(3)];
        if (value === undefined) delete first['value'];
        else first['value'] = value;
      }),
  },
  { rule: 'P5', does: 'a gap on the grid, and keys beside a place', apply: openGap },
  {
    rule: 'P5',
    does: 'panels come in another order',
    apply: always((board) => {
      const [rows, others] = [top(board).filter(isRow), top(board).filter((panel) => !isRow(panel))];
      if (top(board).length > 0) board['panels'] = [...others.reverse(), ...rows];
    }),
  },
  {
    rule: 'P6',
    does: 'panels in a closed row move down together',
    apply: (board, pick) =>
      toSome(top(board).filter(isRow), pick, (row) => {
        const by = 1 + pick(9);
        for (const panel of listIn(row, 'panels')) place(panel)['y'] = (place(panel)['y'] ?? 0) + by;
      }),
  },
  {
    rule: 'P7',
    does: 'the place of a row gets its width',
    apply: (board, pick) =>
      toSome(top(board).filter(isRow), pick, (row) => Object.assign(place(row), { x: 0, w: 24, h: 1 })),
  },
  {
    rule: 'P13',
    does: 'footers of tables',
    apply: (board, pick) =>
      toSome(
        allPanels(board).filter(({ type }) => type === 'table'),
        pick,
        (panel) => {
          objectIn(panel, 'options')['footer'] = { show: false, reducer: [] };
          addMissing(objectIn(objectIn(objectIn(panel, 'fieldConfig'), 'defaults'), 'custom'), {
            footer: { reducers: [] },
          });
        },
      ),
  },
  {
    rule: '3.3',
    does: 'spaces around the title',
    apply: always((board) => (board['title'] = ` ${String(board['title'])} `)),
  },
];
