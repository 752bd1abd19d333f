import { isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { IncludedBoard } from '../included/dashboard';
import type { IncludedRules } from '../included/rules';
import { formatPromql } from './format-promql';
import { limitsInWords, namesInWords, otherNamesInWords, unitAndRange } from './fields';
import { code, fenced, type Block, type Outline } from './outline';
import { transformationsInWords } from './transformations';
import { optionInWords } from './words';

/**
 * A board of somebody else as a reviewer reads it: what can be read in any dashboard. It says nothing of how it differs from the
 * house look, which it never had. Never throws, whatever stands in the file.
 */
export const outlineIncludedBoard = ({ uid, title, folder, file, json }: IncludedBoard): Outline => {
  const key = uniqueKeys();
  const description = oneLine(json['description'] ?? '');
  return {
    name: `included-${uid}`,
    head: [
      `# ${title}`,
      '',
      ...(description ? [description, ''] : []),
      `- ${code(uid)} in the folder ${folder}${tagsOf(json)}, from ${code(file.path)}`,
      ...time(json),
      ...objectsAt(objectAt(json, 'templating'), 'list').map(([variable]) => variableInWords(variable)),
      ...objectsAt(json, 'links').map(([link]) => linkInWords(link)),
      ...objectsAt(objectAt(json, 'annotations'), 'list').flatMap(([mark]) => markInWords(mark)),
    ],
    blocks: [
      ...objectsAt(json, 'panels').flatMap(([panel]) => blocksOf(panel, key)),
      // Dashboards of before Grafana 5 have their panels in rows.
      ...objectsAt(json, 'rows').flatMap(([row]) => [rowBlock(row, key), ...nested(row, key)]),
    ],
  };
};

/** Rules of somebody else as a reviewer reads them; their comments stay in the file. */
export const outlineIncludedRules = ({ file, dialect, value }: IncludedRules, name: string): Outline => {
  const key = uniqueKeys();
  const namespace = textAt(value, 'namespace');
  return {
    name,
    head: [
      `# Rules: ${file.path}`,
      '',
      `- for ${dialect.title}${namespace === undefined ? '' : `, namespace ${code(namespace)}`}`,
    ],
    blocks: objectsAt(value, 'groups').flatMap(([group]): readonly Block[] => {
      const groupName = optionInWords(group['name']);
      return [
        { key: key(`group ${groupName}`), lines: [`## ${groupName}`, ...settingsOf(group, ['name', 'rules'])] },
        ...objectsAt(group, 'rules').map(([rule]) => ruleBlock(rule, groupName, dialect.name === 'loki', key)),
      ];
    }),
  };
};

/** A key for each block: what is called alike gets a number. */
const uniqueKeys = (): ((key: string) => string) => {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} (${count})`;
  };
};

type KeyOf = (key: string) => string;

const ruleBlock = (rule: Json, group: string, isLogs: boolean, key: KeyOf): Block => {
  const kind = 'alert' in rule ? 'alert' : 'record';
  const name = optionInWords(rule[kind]);
  const { labels, annotations } = rule;
  const expression = optionInWords(rule['expr']);
  return {
    key: key(`${group} ${name}`),
    lines: [
      `### ${name}`,
      kind === 'alert' ? '- alert' : '- recorded',
      ...settingsOf(rule, ['alert', 'record', 'expr', 'labels', 'annotations']),
      ...Object.entries(isObject(labels) ? labels : {}).map(([label, value]) => `- label ${label}: ${oneLine(value)}`),
      ...Object.entries(isObject(annotations) ? annotations : {}).map(
        ([label, value]) => `- ${label}: ${oneLine(value)}`,
      ),
      ...fenced(isLogs ? 'logql' : 'promql', [isLogs ? expression.trim() : formatPromql(expression)]),
    ],
  };
};

const settingsOf = (owner: Json, without: readonly string[]): readonly string[] =>
  Object.entries(owner)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `- ${name.replaceAll('_', ' ')}: ${oneLine(value)}`);

const tagsOf = (json: Json): string => {
  const tags = Array.isArray(json['tags']) ? json['tags'] : [];
  return tags.length > 0 ? `, tagged ${oneLine(tags)}` : '';
};

const time = (json: Json): readonly string[] => {
  const { from, to } = objectAt(json, 'time');
  const refresh = textAt(json, 'refresh');
  return [
    ...(from === undefined || to === undefined ? [] : [`- shows ${oneLine(from)} to ${oneLine(to)}`]),
    ...(refresh ? [`- asks again every ${oneLine(refresh)}`] : []),
  ];
};

const variableInWords = (variable: Json): string => {
  const name = code(`$${oneLine(variable['name'])}`);
  const query = textAt(variable, 'definition') || queryText(variable['query']);
  const how = variable['multi'] === true ? 'any number of ' : '';
  return `- variable ${name}: ${how}${oneLine(variable['type'])}${query ? ` ${code(oneLine(query))}` : ''}`;
};

const linkInWords = (link: Json): string =>
  link['type'] === 'dashboards'
    ? `- links to boards tagged ${oneLine(link['tags'])}`
    : `- link ${oneLine(link['title'])}: ${oneLine(link['url'])}`;

const markInWords = (mark: Json): readonly string[] => {
  if (mark['builtIn'] === 1) return [];
  const query = textAt(mark, 'expr') ?? queryText(mark['target']);
  return [`- marks ${oneLine(mark['name'])}${query ? `: ${code(oneLine(query))}` : ''}`];
};

const blocksOf = (panel: Json, key: KeyOf): readonly Block[] =>
  panel['type'] === 'row' ? [rowBlock(panel, key), ...nested(panel, key)] : [panelBlock(panel, key)];

const nested = (row: Json, key: KeyOf): readonly Block[] =>
  objectsAt(row, 'panels').map(([panel]) => panelBlock(panel, key));

const rowBlock = (row: Json, key: KeyOf): Block => {
  const title = oneLine(row['title'] ?? '');
  const isClosed = row['collapsed'] === true || row['collapse'] === true;
  const repeated = textAt(row, 'repeat');
  return {
    key: key(`row ${title}`),
    lines: [`## ${title}${isClosed ? ' (collapsed)' : ''}${repeated ? `, once for each ${oneLine(repeated)}` : ''}`],
  };
};

const panelBlock = (panel: Json, key: KeyOf): Block => {
  const title = oneLine(panel['title'] ?? '');
  const description = oneLine(panel['description'] ?? '');
  const library = textAt(panel['libraryPanel'], 'name');
  const repeated = textAt(panel, 'repeat');
  const content = textAt(objectAt(panel, 'options'), 'content') ?? textAt(panel, 'content');
  const source = sourceInWords(panel['datasource']);
  return {
    key: key(`panel ${title}`),
    lines: [
      `### ${title || 'Without a title'}`,
      ...(description ? [description] : []),
      `- ${library === undefined ? oneLine(panel['type'] ?? 'panel') : `library panel ${oneLine(library)}`}${inUnit(panel)}`,
      ...(source ? [`- asks ${source}`] : []),
      ...(repeated ? [`- once for each ${oneLine(repeated)}`] : []),
      ...limits(panel),
      ...overrides(panel),
      ...objectsAt(panel, 'links').map(([link]) => linkInWords(link)),
      ...transformationsInWords(panel['transformations']).map((step) => `- data: ${oneLine(step)}`),
      ...(content === undefined ? [] : content.split('\n').map((line) => `> ${line}`.trimEnd())),
      ...queries(panel),
    ],
  };
};

const defaultsOf = (panel: Json): Json => objectAt(objectAt(panel, 'fieldConfig'), 'defaults');

const inUnit = (panel: Json): string => {
  const { unit, min, max } = defaultsOf(panel);
  const known = typeof unit === 'string' ? unit : textAt(panel, 'format');
  return known === undefined ? '' : ` in ${oneLine(unitAndRange(known, numberOr(min), numberOr(max)))}`;
};

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const limits = (panel: Json): readonly string[] => {
  const { thresholds, unit, mappings } = defaultsOf(panel);
  const words = limitsInWords(cleanSteps(thresholds), textAt({ unit }, 'unit'));
  const names = [namesInWords(mappings), otherNamesInWords(mappings)].filter((each) => each !== undefined);
  return [
    ...(words === undefined
      ? []
      : [`- limits${isShares(thresholds) ? ' in percent of the range' : ''}: ${oneLine(words)}`]),
    ...names.map((each) => `- values: ${oneLine(each)}`),
  ];
};

const isShares = (thresholds: unknown): boolean => textAt(thresholds, 'mode') === 'percentage';

/** Steps with numbers, as Grafana writes them: what else stands there has no words. */
const cleanSteps = (thresholds: unknown): Json => ({
  steps: objectsAt(thresholds, 'steps')
    .map(([step]) => step)
    .filter(({ value }, index) => index === 0 || typeof value === 'number'),
});

const overrides = (panel: Json): readonly string[] =>
  objectsAt(objectAt(panel, 'fieldConfig'), 'overrides').flatMap(([override]) => {
    const { id, options } = objectAt(override, 'matcher');
    const whose = id === 'byName' ? oneLine(options) : `${oneLine(id)} ${oneLine(options)}`;
    const properties = objectsAt(override, 'properties').map(([property]) => property);
    const unit = properties.find((property) => property['id'] === 'unit')?.['value'];
    return properties.map((property) => {
      const value =
        property['id'] === 'thresholds'
          ? (limitsInWords(cleanSteps(property['value']), textAt({ unit }, 'unit')) ?? 'none')
          : optionInWords(property['value']);
      return `- ${whose}: ${oneLine(property['id'])} ${oneLine(value)}`;
    });
  });

/** A data source by its uid or name; as older dashboards have it, a text. */
const sourceInWords = (reference: unknown): string => {
  if (typeof reference === 'string') return code(oneLine(reference));
  const { type, uid } = isObject(reference) ? reference : {};
  return [type === undefined ? '' : oneLine(type), uid === undefined ? '' : code(oneLine(uid))]
    .filter(Boolean)
    .join(' ');
};

/** By the plugin of the data source. */
const languages = new Map([
  ['loki', 'logql'],
  ['tempo', 'traceql'],
  ['prometheus', 'promql'],
]);

const queries = (panel: Json): readonly string[] => {
  const targets = objectsAt(panel, 'targets').map(([target]) => target);
  if (targets.length === 0) return [];
  const type = (target: Json): string =>
    textAt(target['datasource'], 'type') ?? textAt(panel['datasource'], 'type') ?? '';
  const language = languages.get(type(targets[0] as Json)) ?? '';
  return fenced(
    language,
    targets.flatMap((target) => {
      const name = oneLine(target['legendFormat'] ?? '');
      const text = queryText(target);
      const shown = ['prometheus', ''].includes(type(target)) ? formatPromql(text) : text;
      return [`# ${oneLine(target['refId'] ?? '')}${name ? `: ${name}` : ''}`, withoutFence(shown)];
    }),
  );
};

/** What a target asks, wherever its data source keeps it. */
const queryText = (target: unknown): string => {
  if (typeof target === 'string') return target;
  for (const key of ['expr', 'query', 'rawSql', 'rawQuery', 'expression', 'target']) {
    const text = textAt(target, key);
    if (text) return text;
  }
  if (!isObject(target)) return '';
  // Some data sources keep it one level down: `azureLogAnalytics: { query }`.
  const below = Object.values(target).flatMap((value) => textAt(value, 'query') ?? textAt(value, 'rawQuery') ?? []);
  if (below[0]) return below[0];
  const { datasource: _, refId: __, hide: ___, legendFormat: ____, ...rest } = target;
  return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest);
};

const oneLine = (value: unknown): string =>
  (typeof value === 'string' ? value : optionInWords(value)).replace(/\s+/g, ' ').trim();

/** Three backticks in a query would end the fence. */
const withoutFence = (text: string): string => text.replaceAll('```', "'''");
