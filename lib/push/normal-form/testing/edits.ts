import { isObject, type Json } from '../../../grafana-json/json';
import { allPanels, isRow, listHeldBy, listIn, objectIn, place, toOne, top, type Change } from './change';

const variables = (board: Json): Json[] => listHeldBy(board, 'templating');
const field = (panel: Json): Json => objectIn(objectIn(panel, 'fieldConfig'), 'defaults');
const steps = (panel: Json): Json[] => {
  const { thresholds } = field(panel);
  return isObject(thresholds) ? listIn(thresholds, 'steps').slice(1) : [];
};
const targets = (panel: Json): Json[] => listIn(panel, 'targets');

const set =
  (key: string, value: unknown): Change['apply'] =>
  (board) => {
    board[key] = value;
    return true;
  };

const inPanel =
  (act: (panel: Json) => void, fits: (panel: Json) => boolean = () => true): Change['apply'] =>
  (board, pick) =>
    toOne(allPanels(board).filter(fits), pick, act);

const inVariable =
  (act: (variable: Json) => void, fits: (variable: Json) => boolean = () => true): Change['apply'] =>
  (board, pick) =>
    toOne(variables(board).filter(fits), pick, act);

const inRow =
  (act: (row: Json) => void): Change['apply'] =>
  (board, pick) =>
    toOne(top(board).filter(isRow), pick, act);

const isDrawn = ({ type }: Json): boolean => type === 'timeseries' || type === 'stat' || type === 'table';

/** Puts the panels of a closed row behind it, as a click on it does. */
const openRow: Change['apply'] = (board, pick) => {
  const panels = top(board);
  return toOne(
    panels.filter((row) => isRow(row) && row['collapsed'] === true),
    pick,
    (row) => {
      const inside = listIn(row, 'panels');
      const from = place(row)['y'] ?? 0;
      const first = Math.min(...inside.map((panel) => place(panel)['y'] ?? 0));
      const height = Math.max(0, ...inside.map((panel) => (place(panel)['y'] ?? 0) - first + (place(panel)['h'] ?? 0)));
      for (const panel of panels) {
        const at = place(panel);
        if ((at['y'] ?? 0) > from) at['y'] = (at['y'] ?? 0) + height;
      }
      for (const panel of inside) place(panel)['y'] = (place(panel)['y'] ?? 0) - first + from + 1;
      Object.assign(row, { collapsed: false, panels: [] });
      board['panels'] = [...panels, ...inside];
    },
  );
};

/** The places of two panels in one line are swapped. */
const drag: Change['apply'] = (board, pick) => {
  const panels = top(board).filter((panel) => !isRow(panel));
  const pairs = panels.flatMap((left) =>
    panels
      .filter((right) => place(left)['y'] === place(right)['y'] && (place(left)['x'] ?? 0) < (place(right)['x'] ?? 0))
      .filter((right) => place(left)['w'] === place(right)['w'] && place(left)['h'] === place(right)['h'])
      .map((right) => [left, right] as const),
  );
  return toOne(pairs, pick, ([left, right]) => {
    const at = left['gridPos'];
    left['gridPos'] = right['gridPos'];
    right['gridPos'] = at;
  });
};

const deletePanel: Change['apply'] = (board, pick) => {
  const lists = [board, ...top(board)].map((holder) => holder['panels']).filter((list) => Array.isArray(list));
  const full = lists.filter((list) => list.some((panel) => isObject(panel) && !isRow(panel)));
  return toOne(full, pick, (list) => {
    const at = list.flatMap((panel, index) => (isObject(panel) && !isRow(panel) ? [index] : []));
    list.splice(at[pick(at.length)] ?? 0, 1);
  });
};

/** What a person does to a dashboard. Each of it must be seen. */
export const edits: readonly Change[] = [
  { rule: '3.3', does: 'title', apply: set('title', 'Mine now') },
  { rule: 'D10', does: 'description', apply: set('description', 'Written by hand') },
  { rule: 'D3', does: 'tags', apply: set('tags', ['mine']) },
  { rule: 'D3', does: 'time range', apply: set('time', { from: 'now-13h', to: 'now' }) },
  { rule: 'D3', does: 'refresh', apply: set('refresh', '17m') },
  { rule: 'D3', does: 'time zone', apply: set('timezone', 'Asia/Tokyo') },
  { rule: 'D3', does: 'shared crosshair', apply: set('graphTooltip', 2) },
  { rule: 'D3', does: 'first day of the week', apply: set('weekStart', 'saturday') },
  { rule: 'D5', does: 'refresh intervals', apply: set('timepicker', { refresh_intervals: ['3m'] }) },
  { rule: 'D3', does: 'links', apply: set('links', [{ title: 'Mine', type: 'link', url: 'https://example.org' }]) },
  { rule: 'D9', does: 'an own key, by the JSON model', apply: set('mine', { note: 1 }) },
  {
    rule: 'D6',
    does: 'the built-in annotation switched off',
    apply: (board) => {
      listHeldBy(board, 'annotations').unshift({ builtIn: 1, enable: false, name: 'Annotations & Alerts' });
      return true;
    },
  },
  {
    rule: 'D7',
    does: 'annotation added',
    apply: (board) => {
      listHeldBy(board, 'annotations').push({ name: 'Mine', enable: true, iconColor: 'red' });
      return true;
    },
  },
  {
    rule: 'D7',
    does: 'annotation hidden',
    apply: (board, pick) =>
      toOne(
        listHeldBy(board, 'annotations').filter(({ builtIn }) => builtIn !== 1),
        pick,
        (annotation) => (annotation['hide'] = true),
      ),
  },
  { rule: 'V1', does: 'label of a variable', apply: inVariable((variable) => (variable['label'] = 'Mine')) },
  { rule: 'V1', does: 'variable hidden', apply: inVariable((variable) => (variable['hide'] = 2)) },
  {
    rule: 'V2',
    does: 'query of a variable',
    apply: inVariable(
      (variable) => (objectIn(variable, 'query')['query'] = 'label_values(mine)'),
      ({ query }) => isObject(query),
    ),
  },
  { rule: 'V2', does: 'regex of a variable', apply: inVariable((variable) => (variable['regex'] = '/mine/')) },
  { rule: 'V6', does: 'chosen value', apply: inVariable((variable) => (variable['current'] = { value: 'mine' })) },
  {
    rule: 'V2',
    does: 'variable added',
    apply: (board) => {
      variables(board).push({ name: 'mine', type: 'textbox', query: 'x' });
      return true;
    },
  },
  {
    rule: 'V2',
    does: 'variable deleted',
    apply: (board, pick) =>
      toOne(variables(board), pick, (one) => variables(board).splice(variables(board).indexOf(one), 1)),
  },
  {
    rule: 'V2',
    does: 'variables reordered',
    apply: (board) => {
      variables(board).reverse();
      return variables(board).length > 1;
    },
  },
  { rule: 'P1', does: 'title of a panel', apply: inPanel((panel) => (panel['title'] = 'Mine')) },
  { rule: 'P1', does: 'description of a panel', apply: inPanel((panel) => (panel['description'] = 'Mine')) },
  { rule: 'P1', does: 'panel without background', apply: inPanel((panel) => (panel['transparent'] = true)) },
  { rule: 'P1', does: 'link of a panel', apply: inPanel((panel) => (panel['links'] = [{ title: 'Mine', url: '/x' }])) },
  {
    rule: 'P1',
    does: 'transformation',
    apply: inPanel((panel) => (panel['transformations'] = [{ id: 'limit', options: { limitField: 3 } }])),
  },
  { rule: 'P3', does: 'unit', apply: inPanel((panel) => (field(panel)['unit'] = 'mine'), isDrawn) },
  { rule: 'P3', does: 'decimals', apply: inPanel((panel) => (field(panel)['decimals'] = 7), isDrawn) },
  {
    rule: 'P3',
    does: 'line width',
    apply: inPanel(
      (panel) => (objectIn(field(panel), 'custom')['lineWidth'] = 9),
      ({ type }) => type === 'timeseries',
    ),
  },
  {
    rule: 'P3',
    does: 'width of the legend',
    apply: inPanel(
      (panel) => (objectIn(objectIn(panel, 'options'), 'legend')['width'] = 321),
      ({ type }) => type === 'timeseries',
    ),
  },
  {
    rule: 'P4',
    does: 'threshold',
    apply: inPanel(
      (panel) => (steps(panel)[0] as Json | undefined) && ((steps(panel)[0] as Json)['value'] = 0.123),
      (panel) => steps(panel).length > 0,
    ),
  },
  {
    rule: 'P4',
    does: 'colour of the first threshold',
    apply: inPanel(
      (panel) => ((listIn(field(panel)['thresholds'] as Json, 'steps')[0] as Json)['color'] = 'mine'),
      (panel) => steps(panel).length > 0,
    ),
  },
  {
    rule: 'P15',
    does: 'override added',
    apply: inPanel((panel) => {
      objectIn(panel, 'fieldConfig')['overrides'] = [
        { matcher: { id: 'byName', options: 'x' }, properties: [{ id: 'unit', value: 's' }] },
      ];
    }, isDrawn),
  },
  {
    rule: 'P15',
    does: 'an own option',
    apply: inPanel((panel) => (objectIn(panel, 'options')['mine'] = true)),
  },
  { rule: 'P5', does: 'panel higher', apply: inPanel((panel) => (place(panel)['h'] = (place(panel)['h'] ?? 0) + 1)) },
  { rule: 'P5', does: 'panel narrower', apply: inPanel((panel) => (place(panel)['w'] = (place(panel)['w'] ?? 0) - 1)) },
  { rule: 'P5', does: 'panel dragged', apply: drag },
  {
    rule: 'P5',
    does: 'panel added',
    apply: (board) => {
      const added = { id: 99, type: 'timeseries', title: 'New panel', gridPos: { x: 0, y: 0, w: 12, h: 8 } };
      board['panels'] = [added, ...top(board)];
      return true;
    },
  },
  { rule: 'P5', does: 'panel deleted', apply: deletePanel },
  { rule: 'P7', does: 'row opened', apply: openRow },
  { rule: 'P7', does: 'title of a row', apply: inRow((row) => (row['title'] = 'Mine')) },
  { rule: 'P7', does: 'row repeated', apply: inRow((row) => (row['repeat'] = 'mine')) },
  { rule: 'P10', does: 'other type of panel', apply: inPanel((panel) => (panel['type'] = 'piechart')) },
  {
    rule: 'P12',
    does: 'query',
    apply: inPanel(
      (panel) => ((targets(panel)[0] as Json)['expr'] = 'mine'),
      (panel) => targets(panel).length > 0,
    ),
  },
  {
    rule: 'P12',
    does: 'query switched off',
    apply: inPanel(
      (panel) => ((targets(panel)[0] as Json)['hide'] = true),
      (panel) => targets(panel).length > 0,
    ),
  },
  {
    rule: 'P12',
    does: 'query added',
    apply: inPanel((panel) => (panel['targets'] = [...targets(panel), { refId: 'Mine', expr: 'up' }])),
  },
  { rule: 'P12', does: 'minimum interval', apply: inPanel((panel) => (panel['interval'] = '7m')) },
  { rule: 'P11', does: 'data source', apply: inPanel((panel) => (panel['datasource'] = { type: 'x', uid: 'mine' })) },
];
