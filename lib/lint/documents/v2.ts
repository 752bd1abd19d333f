import type { Annotation, Board, DataSourceRef, Grid, JsonObject, Panel, Path, Row } from '../subject';
import { annotationOf, variableLanguage } from './classic';
import { dataSourceOf } from './data-source';
import { secondsOf } from './duration';
import { fromDefaults, overridesIn } from './field-options';
import { linksIn } from './links';
import { queryOf, type Reading } from './reading';
import { askedBy, modeOf, resolved, targetFields, type PluginOf } from './target';
import { isObject, numberIn, objectIn, objectsIn, textIn, wordIn, type Building } from './value';
import { definitionIn, knownVariables, variableOf } from './variable';

/** Whether a value is the `spec` of a dashboard of the v2 schema. */
export const isV2 = (value: unknown): value is JsonObject =>
  isObject(value) && isObject(value['elements']) && (isObject(value['layout']) || 'title' in value);

/** Reads the `spec` of a v2 dashboard; alpha and beta name the plugins in different fields. */
export const readV2 = (reading: Reading, json: JsonObject, at: Path, uid: string | undefined): Board => {
  const board: Building<Board> = {
    kind: 'board',
    document: reading.document,
    at,
    allowed: [],
    uid: uid ?? (wordIn(json, 'uid') || undefined),
    title: wordIn(json, 'title') ?? '',
    description: textIn(json, 'description') ?? '',
    schemaVersion: undefined,
    panels: [],
    rows: [],
    variables: [],
    annotations: [],
    links: linksIn(json, 'links', at),
    refresh: secondsOf(objectIn(json, 'timeSettings')['autoRefresh']) || undefined,
    json,
    isExport: false,
  };
  const pluginOf = pluginFinder(json);
  board.variables = objectsIn(json, 'variables').map(([variable, index]) => {
    const spec = objectIn(variable, 'spec');
    const path = [...at, 'variables', index, 'spec'];
    const kind = wordIn(variable, 'kind') ?? '';
    const type = variableTypes[kind];
    if (type === undefined) reading.note(`variables of kind \`${kind}\` are not known`);
    const query = isObject(spec['query']) ? spec['query'] : undefined;
    const dataSource = resolved(sourceOf(query ?? {}, spec['datasource']), pluginOf);
    const inner = query ? definitionIn(objectIn(query, 'spec'), [...path, 'query', 'spec']) : undefined;
    const text = inner?.text ?? textIn(spec, 'definition') ?? textIn(spec, 'query');
    return variableOf(reading, board, {
      json: type === 'datasource' ? { ...spec, query: spec['pluginId'] } : spec,
      at: path,
      type: type ?? kind,
      definition: text,
      definitionAt: inner?.text !== undefined ? inner.path : [...path, 'definition'],
      dataSource,
      language: variableLanguage(dataSource, text),
    });
  });
  readElements(reading, board, pluginOf);
  board.annotations = readAnnotations(reading, board, pluginOf);
  return board;
};

const variableTypes: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  CustomVariable: 'custom',
  IntervalVariable: 'interval',
  ConstantVariable: 'constant',
  TextVariable: 'textbox',
  DatasourceVariable: 'datasource',
  AdhocVariable: 'adhoc',
  GroupByVariable: 'groupby',
  SwitchVariable: 'switch',
};

const pluginFinder = (json: JsonObject): PluginOf => {
  const plugins = new Map<string, string>();
  for (const [variable] of objectsIn(json, 'variables')) {
    const spec = objectIn(variable, 'spec');
    const name = textIn(spec, 'name');
    const plugin = textIn(spec, 'pluginId');
    if (variable['kind'] === 'DatasourceVariable' && name !== undefined && plugin) plugins.set(name, plugin);
  }
  return (variable) => plugins.get(variable);
};

/** Beta: the query has `group`, the plugin, and `datasource.name`. Alpha: `kind` is the plugin, and a `datasource` stands beside. */
const sourceOf = (query: JsonObject, beside: unknown): DataSourceRef | undefined => {
  const kind = textIn(query, 'kind');
  const plugin = kind === 'DataQuery' ? textIn(query, 'group') : kind;
  const ref = dataSourceOf(query['datasource']) ?? dataSourceOf(beside);
  if (!plugin) return ref;
  return dataSourceOf({ type: plugin, ...(ref?.uid !== undefined && { uid: ref.uid }) });
};

/** Where the layout shows an element. */
interface Shown {
  readonly row: (Building<Row> & { panels: Panel[] }) | undefined;
  readonly grid: Grid | undefined;
  readonly repeat: string | undefined;
}

const readElements = (reading: Reading, board: Building<Board>, pluginOf: PluginOf): void => {
  const rows: Row[] = [];
  const order: (readonly [string, Shown])[] = [];
  readLayout(reading, board.json['layout'], [...board.at, 'layout'], undefined, rows, order);
  const elements = objectIn(board.json, 'elements');
  const shown = new Map<string, Shown>();
  for (const [name, place] of order) if (!shown.has(name)) shown.set(name, place);
  const names = [...new Set([...shown.keys(), ...Object.keys(elements)])].filter((name) =>
    Object.hasOwn(elements, name),
  );
  board.panels = names.flatMap((name) => {
    const place = shown.get(name);
    const panel = readElement(
      reading,
      board,
      objectIn(elements, name),
      [...board.at, 'elements', name],
      place,
      pluginOf,
    );
    if (panel) place?.row?.panels.push(panel);
    return panel ?? [];
  });
  board.rows = rows;
};

const readLayout = (
  reading: Reading,
  layout: unknown,
  at: Path,
  row: Shown['row'],
  rows: Row[],
  order: (readonly [string, Shown])[],
): void => {
  if (!isObject(layout)) return;
  const spec = objectIn(layout, 'spec');
  const path = [...at, 'spec'];
  const openRow = (part: JsonObject, partAt: Path): NonNullable<Shown['row']> => {
    const opened = {
      title: wordIn(part, 'title') ?? '',
      collapsed: part['collapse'] === true || part['collapsed'] === true,
      at: partAt,
      panels: [] as Panel[],
      grid: undefined,
      repeat: textIn(objectIn(part, 'repeat'), 'value'),
    };
    rows.push(opened);
    return opened;
  };
  const items = (list: JsonObject, key: string, listAt: Path, inside: Shown['row']): void => {
    for (const [item, index] of objectsIn(list, key)) {
      const part = objectIn(item, 'spec');
      if (item['kind'] === 'GridLayoutRow') {
        const itemAt = [...listAt, key, index, 'spec'];
        items(part, 'elements', itemAt, openRow(part, itemAt));
        continue;
      }
      const name = textIn(objectIn(part, 'element'), 'name');
      const w = numberIn(part, 'width');
      const h = numberIn(part, 'height');
      if (name === undefined) continue;
      const grid =
        w === undefined || h === undefined
          ? undefined
          : { x: numberIn(part, 'x') ?? 0, y: numberIn(part, 'y') ?? 0, w, h };
      order.push([name, { row: inside, grid, repeat: textIn(objectIn(part, 'repeat'), 'value') }]);
    }
  };
  switch (layout['kind']) {
    case 'GridLayout':
    case 'AutoGridLayout':
    case 'ResponsiveGridLayout':
      return items(spec, 'items', path, row);
    case 'RowsLayout':
      for (const [item, index] of objectsIn(spec, 'rows')) {
        const part = objectIn(item, 'spec');
        const partAt = [...path, 'rows', index, 'spec'];
        readLayout(reading, part['layout'], [...partAt, 'layout'], openRow(part, partAt), rows, order);
      }
      return;
    case 'TabsLayout':
      for (const [item, index] of objectsIn(spec, 'tabs')) {
        const part = objectIn(item, 'spec');
        readLayout(reading, part['layout'], [...path, 'tabs', index, 'spec', 'layout'], row, rows, order);
      }
      return;
    default:
      reading.problem(at, `a layout of kind \`${wordIn(layout, 'kind') ?? ''}\` is not known`);
  }
};

const readElement = (
  reading: Reading,
  board: Board,
  element: JsonObject,
  at: Path,
  place: Shown | undefined,
  pluginOf: PluginOf,
): Panel | undefined => {
  const isLibrary = element['kind'] === 'LibraryPanel';
  if (element['kind'] !== 'Panel' && !isLibrary) {
    reading.problem(at, `an element of kind \`${wordIn(element, 'kind') ?? ''}\` is not known`);
    return undefined;
  }
  const spec = objectIn(element, 'spec');
  const path = [...at, 'spec'];
  const look = objectIn(spec, 'vizConfig');
  const lookSpec = objectIn(look, 'spec');
  const config = objectIn(lookSpec, 'fieldConfig');
  const configAt = [...path, 'vizConfig', 'spec', 'fieldConfig'];
  const type = (look['kind'] === 'VizConfig' ? textIn(look, 'group') : textIn(look, 'kind')) ?? '';
  if (type === '' && !isLibrary)
    reading.problem(at, `the panel \`${wordIn(spec, 'title') ?? ''}\` has no \`vizConfig\``);
  const data = objectIn(objectIn(spec, 'data'), 'spec');
  const dataAt = [...path, 'data', 'spec'];
  const interval = textIn(objectIn(data, 'queryOptions'), 'interval');
  const panel: Building<Panel> = {
    kind: 'panel',
    document: reading.document,
    board,
    at: path,
    allowed: [],
    id: numberIn(spec, 'id'),
    type,
    title: wordIn(spec, 'title') ?? '',
    description: textIn(spec, 'description') ?? '',
    row: place?.row?.title,
    grid: place?.grid,
    queries: [],
    fields: fromDefaults(objectIn(config, 'defaults'), [...configAt, 'defaults']),
    overrides: overridesIn(config, configAt),
    options: objectIn(lookSpec, 'options'),
    transformations: objectsIn(data, 'transformations').map(([{ kind, group, spec: inner }]) => ({
      id: kind === 'Transformation' ? group : kind,
      ...(isObject(inner) && inner),
    })),
    links: linksIn(spec, 'links', path),
    repeat: place?.repeat,
    dataSource: undefined,
    library: isLibrary ? (textIn(objectIn(spec, 'libraryPanel'), 'uid') ?? '') : undefined,
    json: spec,
  };
  panel.queries = objectsIn(data, 'queries').flatMap(([written, index]) => {
    const part = objectIn(written, 'spec');
    const query = objectIn(part, 'query');
    const target = objectIn(query, 'spec');
    const asked = askedBy({ ...target, datasource: undefined }, sourceOf(query, part['datasource']), pluginOf);
    if (!asked) return [];
    const fields = targetFields(target, index);
    return queryOf(
      {
        document: reading.document,
        at: [...dataAt, 'queries', index, 'spec', 'query', 'spec', ...asked.path],
        from: 0,
        allowed: [],
        owner: panel,
        language: asked.language,
        text: asked.text,
        mode: modeOf(target, type),
        ...fields,
        refId: wordIn(part, 'refId') ?? fields.refId,
        hidden: part['hidden'] === true || fields.hidden,
        interval: fields.interval ?? (interval || undefined),
        dataSource: asked.dataSource,
        json: target,
      },
      () => knownVariables(board),
    );
  });
  const sources = new Set(panel.queries.map(({ dataSource }) => `${dataSource?.type} ${dataSource?.uid}`));
  if (sources.size === 1) panel.dataSource = panel.queries[0]?.dataSource;
  return panel;
};

const readAnnotations = (reading: Reading, board: Board, pluginOf: PluginOf): readonly Annotation[] =>
  objectsIn(board.json, 'annotations').map(([json, index]) => {
    const spec = objectIn(json, 'spec');
    const at = [...board.at, 'annotations', index, 'spec'];
    const query = objectIn(spec, 'query');
    const options = objectIn(spec, 'legacyOptions');
    const isLegacy = textIn(options, 'expr') !== undefined;
    return annotationOf(reading, board, {
      json: spec,
      at,
      name: wordIn(spec, 'name') ?? '',
      holder: isLegacy ? options : { ...objectIn(query, 'spec'), datasource: undefined },
      holderAt: isLegacy ? [...at, 'legacyOptions'] : [...at, 'query', 'spec'],
      dataSource: resolved(sourceOf(query, spec['datasource']), pluginOf),
      pluginOf,
    });
  });
