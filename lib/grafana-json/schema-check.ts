import { schemaProblems } from './explain';
import { fieldOptionProblems } from './field-options';
import { isObject, objectAt, objectsAt, pathOf, textAt, type Json } from './json';
import { placedIn, pluginOf } from './panels';
import { hint, inPanel, type Problem } from './problem';
import { isPanelType, registeredFields } from './registered-fields';

/** Keys and values: what of the dashboard is not as the schema says, each panel and target by its own type. */
export const checkSchema = (dashboard: Json, knownPanelTypes: readonly string[] = []): Problem[] => [
  ...schemaProblems('Dashboard', dashboard, ''),
  ...objectsAt(objectAt(dashboard, 'annotations'), 'list').flatMap(([annotation, index]) =>
    annotationProblems(annotation, pathOf('annotations.list', index)),
  ),
  ...objectsAt(objectAt(dashboard, 'templating'), 'list').flatMap(([variable, index]) =>
    variableQueryProblems(variable, pathOf('templating.list', index, 'query')),
  ),
  ...placedIn(dashboard).flatMap(({ panel, path, isRow, row }) => {
    if (!isRow) return inPanel(panel, panelProblems(panel, path, knownPanelTypes));
    if (row !== undefined) return inPanel(panel, [{ path, message: 'a row cannot stand in a row' }]);
    return inPanel(panel, schemaProblems('RowPanel', panel, path));
  }),
];

/** Core panels of 12.3 whose options nothing here knows. */
const unchecked = [
  ...['candlestick', 'canvas', 'datagrid', 'debug', 'flamegraph', 'geomap', 'gettingstarted', 'live', 'news'],
  ...['radialbar', 'welcome', 'xychart'],
];

const panelProblems = (panel: Json, path: string, knownPanelTypes: readonly string[]): Problem[] => {
  const type = textAt(panel, 'type');
  const fromLibrary = panel['libraryPanel'] !== undefined;
  const problems = schemaProblems('Panel', panel, path).filter(
    ({ message }) => !(fromLibrary && message === '`type` is missing'),
  );
  problems.push(
    ...objectsAt(panel, 'targets').flatMap(([target, index]) =>
      targetProblems(target, panel, pathOf(path, 'targets', index)),
    ),
  );
  if (type === undefined) return problems;
  if (isPanelType(type)) {
    problems.push(...schemaProblems(`options.${type}`, objectAt(panel, 'options'), pathOf(path, 'options')));
    problems.push(...fieldOptionProblems(type, panel, path));
  } else if (!unchecked.includes(type) && !knownPanelTypes.includes(type)) {
    const allowed = [...Object.keys(registeredFields), ...unchecked, ...knownPanelTypes, 'row'].sort();
    problems.push({
      path: pathOf(path, 'type'),
      message: `no panel type \`${type}\`${hint(type, allowed)}`,
      got: type,
      allowed,
    });
  }
  return problems;
};

const targetDefinitions: Readonly<Record<string, string>> = {
  __expr__: 'target.__expr__',
  datasource: 'target.datasource',
  grafana: 'target.grafana',
  loki: 'target.loki',
  prometheus: 'target.prometheus',
  tempo: 'target.tempo',
};

const targetProblems = (target: Json, panel: Json, path: string): Problem[] => {
  const definition = targetDefinitions[pluginOf(target, panel) ?? ''];
  if (definition !== undefined) return schemaProblems(definition, target, path);
  return textAt(target, 'refId') === undefined ? [{ path, message: '`refId` is missing' }] : [];
};

/** An annotation asks with a target of its own, or, of Prometheus, with keys beside it. */
const annotationProblems = (annotation: Json, path: string): Problem[] => {
  const target = annotation['target'];
  if (target === undefined) return [];
  const plugin = pluginOf(annotation, annotation) ?? '';
  const definition = plugin === 'grafana' || plugin === 'datasource' ? 'annotation.grafana' : targetDefinitions[plugin];
  if (definition === undefined) return [];
  return schemaProblems(definition, target, pathOf(path, 'target')).filter(
    ({ message }) => message !== '`refId` is missing',
  );
};

/** What the plugins of one family ask for the values of a variable; other plugins have keys of their own. */
const variableQueryProblems = (variable: Json, path: string): Problem[] => {
  const known = ['prometheus', 'loki', 'tempo'].includes(pluginOf(variable, variable) ?? '');
  return known && isObject(variable['query']) ? schemaProblems('VariableQuery', variable['query'], path) : [];
};
