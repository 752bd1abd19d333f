import { nearest } from '../nearest';
import { textAt, type Json } from './json';

/** Something that Grafana would refuse, drop or show wrongly. */
export interface Problem {
  /** Where in the dashboard's JSON: `panels[3].options.legend.calcs[0]`. */
  readonly path: string;
  readonly panelId?: number;
  readonly panelTitle?: string;
  /** What is wrong, and what was probably meant. */
  readonly message: string;
  readonly got?: unknown;
  /** What would have been right, where that is a list. */
  readonly allowed?: readonly string[];
}

/** One line for eyes. */
export const formatProblem = ({ path, panelId, panelTitle, message }: Problem): string => {
  const panel = [panelId, panelTitle && JSON.stringify(panelTitle)].filter((part) => part !== undefined && part !== '');
  return `${path === '' ? 'dashboard' : path}${panel.length > 0 ? ` (panel ${panel.join(' ')})` : ''}: ${message}`;
};

/** Says of each problem which panel it is in. */
export const inPanel = (panel: Json, problems: readonly Problem[]): Problem[] => {
  const id = panel['id'];
  const title = textAt(panel, 'title');
  return problems.map((problem) => ({
    ...(typeof id === 'number' && { panelId: id }),
    ...(title !== undefined && { panelTitle: title }),
    ...problem,
  }));
};

/** ` (did you mean …?)`, or what there is where nothing is near. */
export const hint = (name: string, names: readonly string[]): string => {
  const [meant] = nearest(name, names);
  if (meant !== undefined) return ` (did you mean \`${meant}\`?)`;
  if (names.length === 0 || names.length > 24) return '';
  return ` (there is ${names.map((it) => `\`${it}\``).join(', ')})`;
};
