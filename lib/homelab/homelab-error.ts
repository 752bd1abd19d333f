import path from 'node:path';
import type { HomelabProblem, Position } from './problem';

/** The homelab file cannot be used as it is; holds everything that is wrong with it. */
export class HomelabError extends Error {
  override readonly name = 'HomelabError';
  readonly problems: readonly HomelabProblem[];
  /** Where the homelab was read from, if from a file. */
  readonly file: string | undefined;

  constructor(problems: readonly HomelabProblem[], file?: string, options?: ErrorOptions) {
    super(problems.map((problem) => formatProblem(problem, file)).join('\n'), options);
    this.problems = problems;
    this.file = file;
  }

  /** The problems as text for a person, one after the other. */
  format(): string {
    return this.message;
  }
}

/** Also true of an error that another copy of this module made: the homelab file may import its own. */
export const isHomelabError = (error: unknown): error is HomelabError =>
  error instanceof Error && error.name === 'HomelabError' && Array.isArray((error as HomelabError).problems);

const formatProblem = (problem: HomelabProblem, file: string | undefined): string => {
  const got = problem.got === undefined ? '' : `, got ${problem.got}`;
  const place = [formatPlace(file, problem.at), problem.path].filter(Boolean).join(' ');
  return [
    `error: ${place === '' ? 'the homelab' : place}: ${problem.what}${got}`,
    ...(problem.allowed === undefined ? [] : [`  allowed: ${problem.allowed}`]),
    ...(problem.try === undefined ? [] : [`  try: ${problem.try}`]),
    ...(problem.at?.source === undefined ? [] : formatExcerpt(problem.at, problem.at.source)),
  ].join('\n');
};

const formatPlace = (file: string | undefined, at: Position | undefined): string => {
  if (file === undefined) return '';
  const relative = path.relative(process.cwd(), file);
  const name = relative.startsWith('..') ? file : relative;
  return at ? `${name}:${at.line}:${at.column}` : name;
};

const formatExcerpt = ({ line, column, length }: Position, source: string): readonly string[] => {
  const gutter = String(line);
  // A tab stays a tab, so that the caret stands under what it points at whatever the terminal's tab width.
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [`  ${gutter} | ${source}`, `  ${' '.repeat(gutter.length)} | ${indent}${'^'.repeat(Math.max(1, length))}`];
};
