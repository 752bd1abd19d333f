import { dirname } from 'node:path';
import type { ResolvedHomelab } from '../lib/homelab/resolved';
import type { Problem as ReadProblem } from '../lib/lint/documents/source';
import type { Problem } from '../lib/lint/report/result';
import type { LintDocument } from '../lib/lint/subject';
import type { LintArguments } from './commands/lint';

/** What is looked at in one run. */
export interface LintInput {
  readonly documents: readonly LintDocument[];
  readonly problems: readonly Problem[];
  /** How many files were looked into. */
  readonly files: number;
  /** What runs at home, where that is known. */
  readonly homelab: ResolvedHomelab | undefined;
  readonly notes: readonly string[];
  /** Folder in which a file of exceptions is looked for. */
  readonly exceptionsBeside: string;
  /** Alerts that have cases, where somebody looked. */
  readonly testedAlerts?: ReadonlySet<string>;
}

/** The files given, or what the homelab file renders. */
export const inputFor = (given: LintArguments): LintInput => (given.paths.length > 0 ? fromPaths(given) : ours(given));

/** Files of anybody: no homelab says what runs, unless it is given. */
const fromPaths = (given: LintArguments): LintInput => {
  const { readPaths } = require('./lint-paths') as typeof import('./lint-paths');
  const { documents, problems, files, notes } = readPaths(given.paths);
  return {
    documents,
    problems: problems.map(toProblem),
    files,
    homelab: given.homelab === undefined ? undefined : homelabOf(given),
    notes,
    exceptionsBeside: process.cwd(),
  };
};

const homelabOf = (given: LintArguments): ResolvedHomelab => {
  const { renderHomelab } = require('./render-homelab') as typeof import('./render-homelab');
  return renderHomelab(given).homelab;
};

/** What the homelab file renders, and what joins in there. */
const ours = (given: LintArguments): LintInput => {
  const { renderHomelab } = require('./render-homelab') as typeof import('./render-homelab');
  const { documentsOf } = require('../lib/lint/documents/own') as typeof import('../lib/lint/documents/own');
  const { testedAlerts } = require('./alert-cases') as typeof import('./alert-cases');
  const { rendered, homelab, file, example } = renderHomelab({ ...given, forLint: true });
  if (example) process.stderr.write(`no homelab file found: linting the example ${file}\n  try: npm run init\n`);
  const own = documentsOf(rendered);
  const { boards, rules } = rendered.included;
  const others = boards.length + rules.length > 0 ? included(rendered.included) : { documents: [], problems: [] };
  return {
    documents: [...own, ...others.documents],
    problems: others.problems.map(toProblem),
    files: own.length + boards.length + rules.length,
    homelab,
    notes: [],
    exceptionsBeside: dirname(file),
    testedAlerts: testedAlerts(file, rendered.alerts),
  };
};

const included: (typeof import('../lib/lint/documents/included'))['readIncluded'] = (files) => {
  // Only where something joins in: our own files are not parsed.
  const { readIncluded } = require('../lib/lint/documents/included') as typeof import('../lib/lint/documents/included');
  return readIncluded(files);
};

const toProblem = ({ file, place, message, caret, expected }: ReadProblem): Problem => ({
  subject: file,
  ...(place && { line: place.line, column: place.column }),
  message,
  ...(caret && { evidence: caret }),
  ...(expected && { try: expected }),
});
