import { isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { RenderedDashboard } from '../render/render';
import { evidenceOf, type Signal } from '../signals/signal';
import { meaningOf } from './fields';
import { formatPromql } from './format-promql';
import { linkInWords, type BoardNames } from './links';
import { code, fenced, type Block, type Outline } from './outline';
import { outlinePanel } from './panel';
import { optionInWords } from './words';

/** The boards that are there, by uid, for links. */
export const boardNames = (boards: readonly RenderedDashboard[]): BoardNames =>
  new Map(boards.map(({ uid, definition }) => [uid, definition.name]));

/** One board as a reviewer reads it. Places, sizes and ids are left out: they follow from the order and the look. */
export const outlineBoard = (board: RenderedDashboard, names: BoardNames): Outline => {
  const json = board.json as Json;
  const { definition } = board;
  return {
    name: definition.name,
    head: [
      `# ${definition.title}`,
      '',
      definition.question,
      '',
      `- ${code(definition.name)} in the folder ${definition.folder}, tagged ${definition.tags.join(', ')}`,
      ...time(json),
      ...madeFor([...board.panels.values()].flatMap(({ facts }) => facts.signals)),
      ...variables(json),
      ...links(json, names),
      ...leftOut(board),
      ...marks(json),
    ],
    blocks: sections(board, names),
  };
};

const time = (json: Json): readonly string[] => {
  const { from, to } = objectAt(json, 'time');
  const refresh = textAt(json, 'refresh');
  const asks = refresh ? `asks again every ${refresh}` : 'asks again when told';
  return [`- shows ${String(from)} to ${String(to)}, ${asks}`];
};

const madeFor = (signals: readonly Signal[]): readonly string[] => {
  const sources = new Map(
    signals.flatMap((signal) => signal.sources.map((source) => [source.source, source] as const)),
  );
  const grades = [...new Set(signals.map(evidenceOf))].sort();
  return [
    ...[...sources.values()].map(
      ({ source, catalog, interval }) => `- from ${source} ${catalog.version}, scraped every ${interval.text}`,
    ),
    ...(grades.length > 0 ? [`- evidence of its metrics: ${grades.join(', ')}`] : []),
  ];
};

const variables = (json: Json): readonly string[] =>
  objectsAt(objectAt(json, 'templating'), 'list').map(([variable]) => {
    const label = textAt(variable, 'label') ?? textAt(variable, 'name') ?? '';
    if (variable['type'] === 'datasource')
      return `- data source ${label}: ${textAt(variable, 'query')}, at first ${textAt(objectAt(variable, 'current'), 'text')}`;
    const how = variable['multi'] === true ? 'any number' : 'one';
    const regex = textAt(variable, 'regex');
    const query = `${code(textAt(variable, 'definition') ?? '')}${regex ? ` by ${code(regex)}` : ''}`;
    return `- picks ${label}, ${how} as ${code(`$${String(variable['name'])}`)}: ${query}`;
  });

/** Links to single boards; the list of all boards is on every board. */
const links = (json: Json, names: BoardNames): readonly string[] =>
  objectsAt(json, 'links')
    .filter(([{ type }]) => type !== 'dashboards')
    .map(([link]) => `- link ${linkInWords({ ...link, title: 'to' }, names)}`);

const leftOut = ({ omissions }: RenderedDashboard): readonly string[] =>
  omissions.map(({ what, where, why }) => {
    const [, section, ...panel] = where.split(' › ');
    return `- left out: ${what} ${panel.length > 0 ? panel.join(' › ') : section}: ${why}`;
  });

const marks = (json: Json): readonly string[] =>
  objectsAt(objectAt(json, 'annotations'), 'list')
    .filter(([{ builtIn }]) => builtIn !== 1)
    .flatMap(([mark]) => [
      `- marks ${textAt(mark, 'name')} (${meaningOf(mark['iconColor'])}) on every graph, with the text ${code(textAt(mark, 'textFormat') ?? '')}`,
      ...fenced('promql', [formatPromql(textAt(objectAt(mark, 'target'), 'expr') ?? '')]),
    ]);

const sections = (board: RenderedDashboard, names: BoardNames): readonly Block[] => {
  const rows = objectsAt(board.json, 'panels').map(([panel]) => panel);
  return rows.flatMap((panel) => {
    if (panel['type'] !== 'row') return [panelBlock(panel, board, names)];
    const inside = objectsAt(panel, 'panels').map(([inner]) => panelBlock(inner, board, names));
    const title = textAt(panel, 'title') ?? '';
    const repeated = panel['repeat'] === undefined ? '' : `, once for each ${optionInWords(panel['repeat'])}`;
    const heading = `## ${title}${panel['collapsed'] === true ? ' (collapsed)' : ''}${repeated}`;
    return [{ key: `section ${title}`, lines: [heading] }, ...inside];
  });
};

const panelBlock = (panel: Json, { panels }: RenderedDashboard, names: BoardNames): Block => {
  const drawn = panels.get(panel['id'] as number);
  if (!drawn || !isObject(panel)) throw new Error(`panel ${String(panel['title'])} is drawn, but nobody knows of it`);
  return outlinePanel(panel, drawn.facts, names);
};
