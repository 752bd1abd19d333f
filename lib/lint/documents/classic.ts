import type { Annotation, Board, DataSourceRef, Grid, JsonObject, Panel, Path, Row } from '../subject';
import { dataSourceOf } from './data-source';
import type { BoardDeclarations } from './declarations';
import { secondsOf } from './duration';
import { fieldOptionsOf, overridesOf } from './field-options';
import { linksIn } from './links';
import { queryOf, type Reading } from './reading';
import { askedBy, modeOf, resolved, targetFields, type PluginOf } from './target';
import { isObject, numberIn, objectIn, objectsIn, textIn, wordIn, type Building } from './value';
import { definitionOf, knownVariables, variableOf } from './variable';
import { languageOfPlugin } from './data-source';
import { languageByLooks } from './reading';

/** What is known of a board beside its JSON. */
export interface Surroundings {
  /** Of the object around it, where the board itself has none. */
  readonly uid?: string | undefined;
  readonly declarations?: BoardDeclarations | undefined;
}

/** Whether a value is a dashboard of the classic schema, of any age. */
export const isClassic = (value: unknown): value is JsonObject => {
  if (!isObject(value)) return false;
  if (typeof value['schemaVersion'] === 'number' && !isV2Spec(value)) return true;
  const rows = value['rows'];
  if (Array.isArray(rows) && rows.some((row) => isObject(row) && 'panels' in row)) return true;
  return (
    'panels' in value &&
    ['title', 'uid', 'templating', 'time', 'annotations', '__inputs'].some((key) => key in value) &&
    !('type' in value && 'gridPos' in value)
  );
};

const isV2Spec = (value: JsonObject): boolean => isObject(value['elements']) && isObject(value['layout']);

/** Reads a dashboard of the classic schema. */
export const readClassic = (
  reading: Reading,
  json: JsonObject,
  at: Path,
  { uid, declarations }: Surroundings = {},
): Board => {
  const board: Building<Board> = {
    kind: 'board',
    document: reading.document,
    at,
    allowed: [],
    get declared() {
      return declarations?.board();
    },
    uid: wordIn(json, 'uid') || uid,
    title: wordIn(json, 'title') ?? '',
    description: textIn(json, 'description') ?? '',
    schemaVersion: numberIn(json, 'schemaVersion'),
    panels: [],
    rows: [],
    variables: [],
    annotations: [],
    links: linksIn(json, 'links', at),
    refresh: secondsOf(json['refresh']) || undefined,
    json,
    isExport: Array.isArray(json['__inputs']) && json['__inputs'].length > 0,
  };
  for (const key of ['panels', 'rows', 'links'] as const)
    if (key in json && json[key] !== null && !Array.isArray(json[key]))
      reading.problem([...at, key], `\`${key}\` should be a list`);
  for (const key of ['templating', 'annotations'] as const) {
    const holder = json[key];
    // Very old boards have an empty list there.
    if (holder === undefined || holder === null || (Array.isArray(holder) && holder.length === 0)) continue;
    const list = isObject(holder) ? holder['list'] : holder;
    if (list !== undefined && list !== null && !Array.isArray(list))
      reading.problem([...at, key], `\`${key}\` should hold a \`list\``);
  }

  const pluginOf = pluginFinder(json);
  board.variables = readVariables(reading, board, pluginOf, declarations);
  const { panels, rows } = readPanels(reading, board, pluginOf, declarations);
  board.panels = panels;
  board.rows = rows;
  board.annotations = readAnnotations(reading, board, pluginOf, declarations);
  return board;
};

/** Reads a library panel as a board that holds nothing else. */
export const readLibraryPanel = (reading: Reading, json: JsonObject, at: Path): Board => {
  const board = readClassic(reading, { title: wordIn(json, 'name') ?? '', panels: [] }, at) as Building<Board>;
  board.isLibraryPanel = true;
  const model = objectIn(json, 'model');
  const title = wordIn(model, 'title') ?? board.title;
  board.panels = [
    readPanel(reading, board, { ...model, title }, [...at, 'model'], undefined, () => undefined, undefined),
  ];
  return board;
};

/** What plugin a variable stands for: a data source variable of the board, or an input that whoever imports it fills in. */
const pluginFinder = (json: JsonObject): PluginOf => {
  const plugins = new Map<string, string>();
  for (const [input] of objectsIn(json, '__inputs')) {
    const name = textIn(input, 'name');
    const plugin = textIn(input, 'pluginId');
    if (name !== undefined && plugin) plugins.set(name, plugin);
  }
  for (const [variable] of objectsIn(json['templating'], 'list')) {
    const name = textIn(variable, 'name');
    const plugin = textIn(variable, 'query');
    if (variable['type'] === 'datasource' && name !== undefined && plugin) plugins.set(name, plugin);
  }
  return (variable) => plugins.get(variable);
};

const readVariables = (
  reading: Reading,
  board: Board,
  pluginOf: PluginOf,
  declarations: BoardDeclarations | undefined,
): Board['variables'] =>
  objectsIn(board.json['templating'], 'list').map(([json, index]) => {
    const at = [...board.at, 'templating', 'list', index];
    const dataSource = resolved(dataSourceOf(json['datasource']), pluginOf);
    const definition = definitionOf(json);
    return variableOf(reading, board, {
      json,
      at,
      type: textIn(json, 'type') ?? 'query',
      definition: definition.text,
      definitionAt: [...at, ...definition.path],
      dataSource,
      language: variableLanguage(dataSource, definition.text),
      declared: declarations && (() => declarations.board()),
    });
  });

/** In what the query of a variable is written, where its data source is not known: by its calls. */
export const variableLanguage = (
  dataSource: DataSourceRef | undefined,
  text: string | undefined,
): 'promql' | 'logql' | 'traceql' | 'other' => {
  const language = languageOfPlugin(dataSource?.type);
  // Tempo's variables are a form.
  if (language) return language === 'traceql' ? 'other' : language;
  const inner = /^\s*(?:label_values|query_result|label_names)\s*\((.*)\)\s*$/s.exec(text ?? '');
  return inner ? languageByLooks(inner[1] ?? '') : 'other';
};

const readPanels = (
  reading: Reading,
  board: Building<Board>,
  pluginOf: PluginOf,
  declarations: BoardDeclarations | undefined,
): { readonly panels: readonly Panel[]; readonly rows: readonly Row[] } => {
  const panels: Panel[] = [];
  const rows: Row[] = [];
  const read = (json: JsonObject, at: Path, row: string | undefined): Panel => {
    const panel = readPanel(reading, board, json, at, row, pluginOf, declarations);
    panels.push(panel);
    return panel;
  };
  const addRow = (json: JsonObject, at: Path, collapsed: boolean): Building<Row> & { panels: Panel[] } => {
    const title = wordIn(json, 'title') ?? '';
    const inside = objectsIn(json, 'panels').map(([panel, index]) => read(panel, [...at, 'panels', index], title));
    const row = {
      title,
      collapsed,
      at,
      panels: inside,
      grid: gridOf(json),
      repeat: textIn(json, 'repeat') || undefined,
    };
    rows.push(row);
    return row;
  };
  let open: (Row & { readonly panels: Panel[] }) | undefined;
  for (const [json, index] of objectsIn(board.json, 'panels')) {
    const at = [...board.at, 'panels', index];
    if (json['type'] === 'row') {
      const row = addRow(json, at, json['collapsed'] === true);
      open = row.collapsed ? undefined : row;
      continue;
    }
    const panel = read(json, at, open?.title);
    open?.panels.push(panel);
  }
  // Before Grafana 5 all panels stood in rows.
  for (const [json, index] of objectsIn(board.json, 'rows'))
    addRow(json, [...board.at, 'rows', index], json['collapse'] === true);
  // An export carries the library panels that it uses.
  const carried = objectIn(board.json, '__elements');
  for (const name of Object.keys(carried)) {
    const model = objectIn(carried[name], 'model');
    if (typeof model['type'] === 'string') read(model, [...board.at, '__elements', name, 'model'], undefined);
  }
  return { panels, rows };
};

/** Reads a panel of the classic schema. */
const readPanel = (
  reading: Reading,
  board: Board,
  json: JsonObject,
  at: Path,
  row: string | undefined,
  pluginOf: PluginOf,
  declarations: BoardDeclarations | undefined,
): Panel => {
  const id = numberIn(json, 'id');
  const library = isObject(json['libraryPanel']) ? (textIn(json['libraryPanel'], 'uid') ?? '') : undefined;
  const type = textIn(json, 'type') ?? '';
  const title = wordIn(json, 'title') ?? '';
  const dataSource = resolved(dataSourceOf(json['datasource']), pluginOf);
  if (type === '' && library === undefined)
    reading.problem(
      at,
      `${title === '' ? 'a panel' : `the panel \`${title}\``} has no type, so nobody knows what it shows`,
    );
  const declared = declarations && id !== undefined ? () => declarations.panel(id) : undefined;
  const panel: Building<Panel> = {
    kind: 'panel',
    document: reading.document,
    board,
    at,
    allowed: id === undefined ? [] : (declarations?.allowed(id) ?? []),
    get declared() {
      return declared?.();
    },
    id,
    type,
    title,
    description: textIn(json, 'description') ?? '',
    row,
    grid: gridOf(json),
    queries: [],
    fields: fieldOptionsOf(json, at),
    overrides: overridesOf(json, at),
    options: objectIn(json, 'options'),
    transformations: objectsIn(json, 'transformations').map(([transformation]) => transformation),
    links: linksIn(json, 'links', at),
    repeat: textIn(json, 'repeat') || undefined,
    dataSource,
    library,
    json,
  };
  panel.queries = objectsIn(json, 'targets').flatMap(([target, index]) => {
    const asked = askedBy(target, dataSource, pluginOf);
    if (!asked) return [];
    return queryOf(
      {
        document: reading.document,
        at: [...at, 'targets', index, ...asked.path],
        from: 0,
        allowed: [],
        owner: panel,
        language: asked.language,
        text: asked.text,
        mode: modeOf(target, type),
        ...targetFields(target, index),
        dataSource: asked.dataSource,
        json: target,
      },
      () => knownVariables(board),
      declared,
    );
  });
  return panel;
};

const gridOf = (json: JsonObject): Grid | undefined => {
  const grid = json['gridPos'];
  const w = numberIn(grid, 'w');
  const h = numberIn(grid, 'h');
  return w === undefined || h === undefined
    ? undefined
    : { x: numberIn(grid, 'x') ?? 0, y: numberIn(grid, 'y') ?? 0, w, h };
};

const readAnnotations = (
  reading: Reading,
  board: Board,
  pluginOf: PluginOf,
  declarations: BoardDeclarations | undefined,
): readonly Annotation[] =>
  objectsIn(board.json['annotations'], 'list').map(([json, index]) => {
    const at = [...board.at, 'annotations', 'list', index];
    const target = isObject(json['target']) ? json['target'] : undefined;
    const isInTarget =
      target !== undefined &&
      (textIn(target, 'expr') ?? textIn(target, 'query')) !== undefined &&
      textIn(json, 'expr') === undefined;
    const holder = isInTarget ? target : json;
    const dataSource = resolved(dataSourceOf(json['datasource']), pluginOf);
    return annotationOf(reading, board, {
      json,
      at,
      name: wordIn(json, 'name') ?? '',
      holder,
      holderAt: isInTarget ? [...at, 'target'] : at,
      dataSource,
      pluginOf,
      declared: declarations && (() => declarations.board()),
    });
  });

/** An annotation of any schema, with the query that `holder` has. */
export const annotationOf = (
  reading: Reading,
  board: Board,
  written: {
    readonly json: JsonObject;
    readonly at: Path;
    readonly name: string;
    readonly holder: JsonObject;
    readonly holderAt: Path;
    readonly dataSource: DataSourceRef | undefined;
    readonly pluginOf: PluginOf;
    readonly declared?: (() => string | undefined) | undefined;
  },
): Annotation => {
  const { json, at, name, holder, holderAt, dataSource, declared } = written;
  const annotation: Building<Annotation> = {
    kind: 'annotation',
    document: reading.document,
    board,
    at,
    allowed: [],
    get declared() {
      return declared?.();
    },
    name,
    query: undefined,
    dataSource,
    json,
  };
  const asked = dataSource?.type === 'grafana' ? undefined : askedBy(holder, dataSource, written.pluginOf);
  if (asked)
    annotation.query = queryOf(
      {
        document: reading.document,
        at: [...holderAt, ...asked.path],
        from: 0,
        allowed: [],
        owner: annotation,
        language: asked.language,
        text: asked.text,
        mode: 'range',
        ...targetFields(holder, 0),
        dataSource: asked.dataSource,
        json: holder,
      },
      () => knownVariables(board),
      declared,
    );
  return annotation;
};
