import { objectsAt, type Json } from '../grafana-json/json';
import { thresholds, type Levels } from '../thresholds';
import { tokens } from '../tokens';
import { deviations } from './deviations';
import { code, generated } from './outline';
import { nameInWords, optionInWords } from './words';

/** A look as its helper draws a signal, and the look that it is a change of. */
export interface HouseLook {
  readonly name: string;
  readonly panel: Json;
  readonly like?: string;
}

/** What is the same everywhere, once: tokens, limits, what each look is before a board changes anything, and the frame of every board. */
export const printHouse = (looks: readonly HouseLook[], board: Json): string =>
  `${[
    generated,
    '',
    '# The house',
    '',
    '## Tokens',
    '',
    ...Object.entries(tokens).flatMap(([group, values]) =>
      Object.entries(values).map(([name, value]) => `- ${group} ${name}: ${String(value)}`),
    ),
    '',
    '## Limits',
    '',
    'In the units of the signals: shares from 0 to 1, seconds, bytes.',
    '',
    ...Object.entries(thresholds).map(([name, levels]) => `- ${code(name)}: ${levelsInWords(levels)}`),
    '',
    '## Looks',
    ...looks.flatMap((look) => lookInWords(look, looks)),
    '',
    '## Every board',
    '',
    '- where a surface is coloured, a missing value has the colour `none`',
    ...frameInWords(board),
  ].join('\n')}\n`;

const levelsInWords = ({ bad, warn, critical, alert, why }: Levels): string => {
  const side = bad === 'high' ? 'from' : 'below';
  const colours = [...(warn === undefined ? [] : [`warning ${side} ${warn}`]), `critical ${side} ${critical}`];
  const alerts = Object.entries(alert ?? {}).map(([severity, value]) => `${severity} alerts ${side} ${value}`);
  return `${[...colours, ...alerts].join(', ')}: ${why}`;
};

const lookInWords = ({ name, panel, like }: HouseLook, looks: readonly HouseLook[]): readonly string[] => {
  const usual = looks.find((look) => look.name === like)?.panel ?? {};
  const points = deviations(panel, usual).map((text) => text.replace(/ \(house: .*\)$/, ''));
  return ['', `### ${name}${like ? `, as ${like} but` : ''}`, ...points.map((point) => `- ${point}`)];
};

const frameInWords = (board: Json): readonly string[] => [
  ...['editable', 'graphTooltip', 'timezone', 'schemaVersion'].map(
    (key) => `- ${nameInWords(key)}: ${optionInWords(board[key])}`,
  ),
  ...objectsAt(board, 'links')
    .filter(([{ type }]) => type === 'dashboards')
    .map(([{ title, tags }]) => `- a list of boards, ${String(title)}: all tagged ${optionInWords(tags)}`),
];
