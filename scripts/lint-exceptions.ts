import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { applyExceptions, exceptionRules, type Excepted, type ListedException } from '../lib/lint/exceptions';
import { exceptionsFileName, readExceptions } from '../lib/lint/exceptions-file';
import { subjectsIn, type Linted } from '../lib/lint/lint';
import type { Problem } from '../lib/lint/report/result';
import { rules } from '../lib/lint/rules/index';
import type { LintDocument } from '../lib/lint/subject';
import type { LintArguments } from './commands/lint';

/** What a lint file says. */
export interface Exceptions {
  readonly exceptions: readonly ListedException[];
  readonly problems: readonly Problem[];
  /** Whether the lint file is for more than what is looked at in this run. */
  readonly isPart: boolean;
}

/** Reads the lint file that is given, else the one beside the homelab file or in the folder where the command runs. */
export const exceptionsFor = ({ exceptions: given, paths }: LintArguments, beside: string): Exceptions => {
  const candidates = given === undefined ? [beside, '.'].map((folder) => join(folder, exceptionsFileName)) : [given];
  const file = candidates.find((path) => existsSync(path));
  if (file === undefined && given !== undefined)
    throw new Error(
      `there is no ${given}\n  try: the path of a file with exceptions, docs/lint/README.md says what stands in it`,
    );
  if (file === undefined) return { exceptions: [], problems: [], isPart: false };
  const isWhole = given !== undefined || paths.length === 0 || paths.some((path) => holds(path, file));
  return { ...readExceptions(shown(file), readFileSync(file, 'utf8')), isPart: !isWhole };
};

/** Whether a path is the folder of a file, or one above it. */
const holds = (path: string, file: string): boolean => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
  const below = relative(resolve(path), resolve(dirname(file)));
  return below !== '..' && !below.startsWith(`..${sep}`);
};

const shown = (file: string): string => relative(process.cwd(), file).split(sep).join('/');

/** What is left of the findings, with those about exceptions themselves. `ran`: ids of the rules that were run in full. */
export const withoutAllowed = (
  { findings }: Linted,
  documents: readonly LintDocument[],
  { exceptions, isPart }: Exceptions,
  { ran, today }: { readonly ran: ReadonlySet<string>; readonly today: string },
): Excepted =>
  applyExceptions(
    findings.map(({ subject, ...finding }) => ({ subject, finding })),
    subjectsIn(documents),
    exceptions,
    { today, ran, isPart, known: new Set([...rules.map(({ id }) => id), ...Object.values(exceptionRules)]) },
  );
