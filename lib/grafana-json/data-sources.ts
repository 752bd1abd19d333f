import { isObject, objectAt, objectsAt, pathOf, textAt, type Json } from './json';
import { panelsIn } from './panels';
import { hint, inPanel, type Problem } from './problem';
import { soleVariable, variablesIn } from './variables';

/** The data sources that exist: uid -> id of the plugin. */
export type DataSources = Readonly<Record<string, string>>;

/** Every question is asked of a data source that exists: by a variable of the dashboard, or by a known uid. */
export const checkDataSources = (dashboard: Json, known: DataSources | undefined): Problem[] => {
  const variables = variablesIn(dashboard);
  const check = (owner: Json, path: string): Problem[] =>
    referenceProblems(owner['datasource'], pathOf(path, 'datasource'), variables, known);
  return [
    ...objectsAt(objectAt(dashboard, 'templating'), 'list').flatMap(([it, index]) => {
      const path = pathOf('templating.list', index);
      return it['type'] === 'datasource' ? choiceProblems(it, path, known) : check(it, path);
    }),
    ...objectsAt(objectAt(dashboard, 'annotations'), 'list').flatMap(([it, index]) => {
      const path = pathOf('annotations.list', index);
      return it['datasource'] === undefined ? [{ path, message: 'names no data source' }] : check(it, path);
    }),
    ...panelsIn(dashboard).flatMap(({ panel, path }) =>
      inPanel(panel, [
        ...check(panel, path),
        ...objectsAt(panel, 'targets').flatMap(([target, index]) => check(target, pathOf(path, 'targets', index))),
        ...agreementProblems(panel, path),
      ]),
    ),
  ];
};

/** What a variable of data sources is at first is one that exists, of the plugin that it offers. */
const choiceProblems = (variable: Json, path: string, known: DataSources | undefined): Problem[] => {
  const uid = textAt(variable['current'], 'value');
  if (known === undefined || uid === undefined || ['', 'default'].includes(uid)) return [];
  const allowed = Object.keys(known).filter((it) => known[it] === variable['query']);
  if (allowed.includes(uid)) return [];
  const message = `no data source \`${uid}\` of type \`${textAt(variable, 'query') ?? ''}\`${hint(uid, allowed)}`;
  return [{ path: pathOf(path, 'current', 'value'), message, got: uid, allowed }];
};

/** What Grafana itself answers, and the plugin each belongs to. */
const own: DataSources = {
  '-- Dashboard --': 'datasource',
  '-- Grafana --': 'grafana',
  '-- Mixed --': 'datasource',
  __expr__: '__expr__',
  grafana: 'grafana',
};

const referenceProblems = (
  reference: unknown,
  path: string,
  variables: ReadonlyMap<string, Json>,
  known: DataSources | undefined,
): Problem[] => {
  if (reference === undefined) return [];
  if (!isObject(reference)) return [{ path, message: 'must be an object with `type` and `uid`', got: reference }];
  const uid = textAt(reference, 'uid');
  const type = textAt(reference, 'type');
  if (uid === undefined) return [{ path, message: '`uid` is missing' }];
  if (type === undefined) return [{ path, message: '`type` is missing' }];

  const name = soleVariable(uid);
  const plugin = name === undefined ? (own[uid] ?? known?.[uid]) : pluginOfVariable(variables.get(name));
  if (plugin === undefined) {
    if (name === undefined && known === undefined) return [];
    const allowed = [...dataSourceVariables(variables).map((it) => `\${${it}}`), ...Object.keys(known ?? {})];
    return [{ path: `${path}.uid`, message: `no data source \`${uid}\`${hint(uid, allowed)}`, got: uid, allowed }];
  }
  if (plugin === type || (plugin === 'grafana' && type === 'datasource')) return [];
  return [
    {
      path: `${path}.type`,
      message: `\`${uid}\` is of type \`${plugin}\`, not \`${type}\``,
      got: type,
      allowed: [plugin],
    },
  ];
};

const pluginOfVariable = (variable: Json | undefined): string | undefined =>
  variable?.['type'] === 'datasource' ? textAt(variable, 'query') : undefined;

const dataSourceVariables = (variables: ReadonlyMap<string, Json>): string[] =>
  [...variables].filter(([, variable]) => variable['type'] === 'datasource').map(([name]) => name);

/** A panel has one data source for all its targets, or says `-- Mixed --`; expressions stand beside any. */
const agreementProblems = (panel: Json, path: string): Problem[] => {
  const uid = textAt(panel['datasource'], 'uid');
  return objectsAt(panel, 'targets').flatMap(([target, index]): Problem[] => {
    const at = pathOf(path, 'targets', index, 'datasource');
    const asked = textAt(target['datasource'], 'uid');
    if (asked === undefined) {
      if (target['datasource'] !== undefined) return [];
      if (uid === undefined) return [{ path: at, message: 'neither the target nor its panel names a data source' }];
      return uid === '-- Mixed --' ? [{ path: at, message: 'is missing, in a panel of `-- Mixed --`' }] : [];
    }
    if (asked === '__expr__' || uid === undefined || uid === '-- Mixed --' || uid === asked) return [];
    return [
      { path: at, message: `asks \`${asked}\` in a panel of \`${uid}\`: make the panel's \`-- Mixed --\``, got: asked },
    ];
  });
};
