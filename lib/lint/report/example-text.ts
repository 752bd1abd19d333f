import { stringify } from 'yaml';
import type { Example } from '../rule';

/** A part of an example, as its author would write it. */
export interface ExampleText {
  readonly language: 'promql' | 'logql' | 'traceql' | 'yaml' | 'json';
  /** The file that it stands in, where that matters. */
  readonly file?: string;
  readonly text: string;
}

/** What an example lays over something clean: queries bare, rules as YAML, boards and panels as JSON. */
export const exampleTexts = (example: Example): readonly ExampleText[] => {
  const { query, language, files, panel, board, variable, alert, grafanaAlert, recording } = example;
  if (files)
    return Object.entries(files).map(([file, text]) => ({
      language: file.endsWith('.json') ? 'json' : 'yaml',
      file,
      text: text.trimEnd(),
    }));
  const parts: readonly (ExampleText | undefined)[] = [
    query === undefined ? undefined : { language: language ?? 'promql', text: query },
    // What is not said is as in any alert: a name, a duration, a severity, a summary.
    alert && yaml([{ alert: 'Example', ...alert }]),
    grafanaAlert && yaml([{ title: 'Example', ...grafanaAlert }]),
    recording && yaml([{ record: 'instance:example:rate5m', ...recording }]),
    variable && json(variable),
    panel && json(panel),
    board && json(board),
  ];
  return parts.filter((part) => part !== undefined);
};

const yaml = (value: object): ExampleText => ({
  language: 'yaml',
  text: stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd(),
});

const json = (value: object): ExampleText => ({ language: 'json', text: compact(value, '') });

/** JSON with what is short on one line. */
const compact = (value: unknown, indent: string): string => {
  const flat = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, ' ') ?? 'null';
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= 100) return flat;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one: unknown) => compact(one, inner))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => `${JSON.stringify(key)}: ${compact(one, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
};
