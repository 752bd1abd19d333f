import { correctDashboard } from '../grafana-json/correct';
import { isObject, objectAt, objectsAt, textAt, type Json } from '../grafana-json/json';
import type { PanelFacts } from '../panel-facts';
import type { Levels } from '../thresholds';
import { deviations } from './deviations';
import { limitsInWords, nameOfLevels, namesInWords, otherNamesInWords, unitAndRange } from './fields';
import { formatPromql } from './format-promql';
import { linkInWords, type BoardNames } from './links';
import { code, fenced, type Block } from './outline';
import { columnsOf, transformationsInWords } from './transformations';
import { unitInWords } from './units';
import { nameInWords, optionInWords } from './words';
import { tokens } from '../tokens';

/** Ways to call a panel helper, in words. */
const looks: Readonly<Record<string, string>> = {
  timeseries: 'time series',
  stacked: 'stacked time series',
  mirrored: 'time series, in above zero and out below',
  'state-timeline': 'state timeline',
  'status-history': 'status history',
  'label-stat': 'stat of a label',
  'log-count': 'bars of lines of log',
  'by-hour': 'bars by hour of the day',
  bargauge: 'bar gauge',
  alertlist: 'list of alerts',
  dashlist: 'list of boards',
};

/** Everything about one panel that a reviewer judges: what it says, what it asks, how it differs from the house look. */
export const outlinePanel = (panel: Json, facts: PanelFacts, boards: BoardNames): Block => {
  const plain = plainPanel(facts);
  const points = [
    [looks[facts.look] ?? facts.look, ...ofSignals(facts), ...(facts.look === 'table' ? [] : inUnit(panel))].join(' '),
    ...(facts.look === 'table' ? tableInWords(panel, facts, boards) : fieldInWords(panel, plain, facts)),
    ...(facts.look === 'table' ? [] : overridesInWords(panel, plain, boards)),
    ...linksInWords(panel, boards),
    ...deviations(panel, plain ?? {}).map((text) => `differs: ${text}`),
  ];
  const description = withoutReason(textAt(panel, 'description') ?? '', facts);
  return {
    key: facts.key,
    lines: [
      `### ${textAt(panel, 'title') ?? ''}`,
      ...(description ? [description] : []),
      ...points.map((point) => `- ${point}`),
      ...contentOf(panel),
      ...queriesOf(panel),
    ],
  };
};

/** The panel as its helper makes it, corrected as the drawn one is. */
const plainPanel = ({ plain }: PanelFacts): Json | undefined => {
  if (!plain) return undefined;
  const { panels } = correctDashboard({ panels: [{ ...plain().build(), id: 1 }] });
  return Array.isArray(panels) && isObject(panels[0]) ? panels[0] : undefined;
};

const ofSignals = ({ signals }: PanelFacts): readonly string[] =>
  signals.length === 0 ? [] : ['of', signals.map(({ id }) => code(id)).join(', ')];

const inUnit = (panel: Json): readonly string[] => {
  const { unit, min, max, mappings } = defaultsOf(panel);
  return unit === undefined || namesInWords(mappings) ? [] : ['in', unitAndRange(unit as string, min, max)];
};

/** The description without the reason of the limits, which the house has once. */
const withoutReason = (description: string, { signals: [signal] }: PanelFacts): string => {
  const why = signal?.levels?.why ?? '';
  const text = description.replaceAll('\n', ' ');
  const tail = ` ${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  return why && text.endsWith(tail) ? text.slice(0, -tail.length) : text;
};

const fieldInWords = (panel: Json, plain: Json | undefined, { signals }: PanelFacts): readonly string[] => {
  const { unit, thresholds, mappings, noValue } = defaultsOf(panel);
  const names = namesInWords(mappings);
  const otherNames = otherNamesInWords(mappings);
  return [
    ...(otherNames ? [`values: ${otherNames}`] : []),
    ...(names ? [`values: ${names}`] : limits(thresholds, unit, signals[0]?.levels, defaultsOf(plain)['thresholds'])),
    ...(noValue === undefined ? [] : [`without data: ${optionInWords(noValue)}`]),
    ...changedSteps(panel, plain),
  ];
};

const limits = (
  config: unknown,
  unit: unknown,
  levels: Levels | undefined,
  house: unknown = config,
): readonly string[] => {
  const words = limitsInWords(config, unit as string | undefined);
  if (words === undefined) return [];
  const isHouse = JSON.stringify(config) === JSON.stringify(house);
  const name = isHouse ? nameOfLevels(levels) : undefined;
  return [`limits ${name ? `${code(name)}` : 'of its own'}: ${words}`];
};

const changedSteps = (panel: Json, plain: Json | undefined): readonly string[] => {
  const steps = transformationsInWords(panel['transformations']);
  const house = transformationsInWords(plain?.['transformations']);
  return steps.join('\n') === house.join('\n') ? [] : steps.map((step) => `data: ${step}`);
};

/** The rows, then a line for each column of values. */
const tableInWords = (panel: Json, { signals }: PanelFacts, boards: BoardNames): readonly string[] => {
  const columns = columnsOf(panel['transformations']);
  const rows = columns.filter(({ field }) => !field.startsWith('Value'));
  const [sort] = objectsAt(objectAt(panel, 'options'), 'sortBy').map(([it]) => it);
  const others = transformationsInWords(panel['transformations']).filter(
    (step) => !/^merge$|^without Time;/.test(step),
  );
  const { noValue } = defaultsOf(panel);
  return [
    `a row for each ${rows.map(({ title }) => title).join(', ')}${sort ? `; ${textAt(sort, 'displayName')} ${sort['desc'] === true ? 'highest' : 'lowest'} first` : ''}`,
    ...columns
      .filter(({ field }) => field.startsWith('Value'))
      .map(({ title }, index) => `column ${title}: ${columnInWords(panel, title, signals[index]?.levels)}`),
    ...(noValue === undefined ? [] : [`without data: ${optionInWords(noValue)}`]),
    ...others.map((step) => `data: ${step}`),
    ...overridesOf(panel)
      .filter(({ name }) => !columns.some(({ title, field }) => title === name && field.startsWith('Value')))
      .filter(({ properties }) => !isWidthOfNames(properties))
      .flatMap(({ name, properties }) => propertiesInWords(properties, boards).map((text) => `${name}: ${text}`)),
  ];
};

/** The least width that each table gives its names: the same everywhere, so nothing to review. */
const isWidthOfNames = ({ 'custom.minWidth': width, ...others }: Json): boolean =>
  (width === tokens.column.label || width === tokens.column.name) && Object.keys(others).length === 0;

const columnInWords = (panel: Json, title: string, levels: Levels | undefined): string => {
  const properties = Object.assign(
    {},
    ...overridesOf(panel)
      .filter(({ name }) => name === title)
      .map((override) => override.properties),
  ) as Json;
  const { unit, min, max, thresholds, mappings, 'custom.cellOptions': cell, ...others } = properties;
  const names = namesInWords(mappings);
  const otherNames = otherNamesInWords(mappings);
  return [
    ...(names ? [names] : [unitAndRange(unit as string | undefined, min, max), ...limits(thresholds, unit, levels)]),
    ...(otherNames ? [otherNames] : []),
    ...(cell === undefined ? [] : [cellInWords(cell)]),
    ...propertiesInWords(others, new Map()),
  ].join('; ');
};

const cellInWords = (cell: unknown): string => {
  const type = textAt(cell, 'type') ?? '';
  return { gauge: 'a bar in the cell', 'color-background': 'the cell coloured' }[type] ?? `cell ${type}`;
};

/** Overrides that the helper does not make by itself. */
const overridesInWords = (panel: Json, plain: Json | undefined, boards: BoardNames): readonly string[] => {
  const house = new Set(overridesOf(plain).map((override) => JSON.stringify(override)));
  return overridesOf(panel)
    .filter((override) => !house.has(JSON.stringify(override)))
    .flatMap(({ name, properties }) => propertiesInWords(properties, boards).map((text) => `${name}: ${text}`));
};

interface Override {
  readonly name: string;
  readonly properties: Json;
}

const overridesOf = (panel: Json | undefined): readonly Override[] =>
  objectsAt(objectAt(panel, 'fieldConfig'), 'overrides').map(([override]) => {
    const { id, options } = objectAt(override, 'matcher');
    const properties = objectsAt(override, 'properties').map(([property]) => [property['id'], property['value']]);
    const isNamed = id === 'byName' || id === 'byFrameRefID';
    return {
      name: isNamed ? String(options) : `${nameInWords(String(id))} ${optionInWords(options)}`,
      properties: Object.fromEntries(properties) as Json,
    };
  });

const propertiesInWords = (properties: Json, boards: BoardNames): readonly string[] =>
  Object.entries(properties).flatMap(([id, value]): readonly string[] => {
    if (id === 'unit') return [unitInWords(String(value))];
    if (id === 'thresholds') return limits(value, properties['unit'], undefined);
    if (id === 'mappings') return [`values ${namesInWords(value) ?? otherNamesInWords(value) ?? 'as they are'}`];
    if (id === 'links') return (Array.isArray(value) ? value : []).map((link) => `link ${linkInWords(link, boards)}`);
    return [`${nameInWords(id)} ${optionInWords(value)}`];
  });

const linksInWords = (panel: Json, boards: BoardNames): readonly string[] =>
  [...objectsAt(panel, 'links'), ...objectsAt(defaultsOf(panel), 'links')].map(
    ([link]) => `link ${linkInWords(link, boards)}`,
  );

const defaultsOf = (panel: Json | undefined): Json => objectAt(objectAt(panel, 'fieldConfig'), 'defaults');

/** The words of a text panel, quoted. */
const contentOf = (panel: Json): readonly string[] => {
  const content = textAt(objectAt(panel, 'options'), 'content');
  return content === undefined ? [] : content.split('\n').map((line) => `> ${line}`.trimEnd());
};

const queriesOf = (panel: Json): readonly string[] => {
  const titles = new Map(columnsOf(panel['transformations']).map(({ field, title }) => [field, title]));
  const targets = objectsAt(panel, 'targets').map(([target]) => target);
  const lines = targets.flatMap((target) => {
    const refId = textAt(target, 'refId') ?? '';
    const column = titles.get(targets.length === 1 ? 'Value' : `Value #${refId}`);
    const name = textAt(target, 'legendFormat') || column;
    return [`# ${refId}${name ? `: ${name}` : ''}`, formatPromql(textAt(target, 'expr') ?? '')];
  });
  const isLogs = textAt(objectAt(panel, 'datasource'), 'type') === 'loki';
  return lines.length === 0 ? [] : fenced(isLogs ? 'logql' : 'promql', lines);
};
