import type { Knowledge } from '../lib/lint/knowledge';
import { recordedKnowledge } from '../lib/lint/knowledge/recorded';
import { lint, subjectsIn, type Linted } from '../lib/lint/lint';
import { isAtLeast, type LintResult, type Problem } from '../lib/lint/report/result';
import { rules } from '../lib/lint/rules/index';
import type { Rule } from '../lib/lint/rule';
import type { LintArguments } from './commands/lint';
import { catalogsFor, withoutCatalogs } from './lint-catalogs';
import { exceptionsFor, withoutAllowed } from './lint-exceptions';
import { inputFor, type LintInput } from './lint-input';
import { fixFiles, written } from './lint-output';
import { chosenRules, leftWithoutServer, ruleCalled } from './lint-rules';

/** Lints what is asked for and prints what is found; gives the exit code. */
export const runLint = async (given: LintArguments): Promise<number> => {
  if (given.rules) return print(pages().listRules(rules));
  if (given.explain !== undefined) return print(pages().explainRule(ruleCalled(given.explain)));
  const asked = withoutCatalogs(given);
  const first = await resultOf(asked);
  // What is left after mending is what counts.
  const result = given.fix && fixFiles(first) ? await resultOf(asked) : first;
  print(written(result, given));
  if (result.problems.length > 0) return 2;
  return result.findings.some(({ severity }) => isAtLeast(severity, given.failOn)) ? 1 : 0;
};

const resultOf = async (given: LintArguments): Promise<LintResult> => {
  const chosen = chosenRules(given.only);
  const input = inputFor(given);
  const { documents, homelab } = input;
  const exceptions = exceptionsFor(given, input.exceptionsBeside);
  const today = new Date().toISOString().slice(0, 10);

  const recorded = recordedKnowledge({
    catalogs: () => catalogsFor(given),
    homelab,
    recordings: documents.flatMap(({ groups }) =>
      groups.flatMap((group) => group.rules.filter((rule) => rule.kind === 'recording')),
    ),
  });
  const server = isLive(given) ? await live(given, input, chosen, recorded, today) : undefined;
  const knowledge = server?.knowledge ?? recorded;
  const linted = lint(documents, chosen, {
    knowledge,
    homelab,
    today,
    answers: server?.answers,
    testedAlerts: input.testedAlerts,
  });

  const left = server?.left ?? leftWithoutServer(chosen);
  const notRun = new Set(left.map(({ rule }) => rule));
  const ran = new Set(chosen.map(({ id }) => id).filter((id) => !notRun.has(id)));
  return {
    ...withoutAllowed(linted, documents, exceptions, { ran, today }),
    problems: [...input.problems, ...exceptions.problems, ...(server?.problems ?? []), ...failuresOf(linted)],
    looked: lookedAt(input),
    evidence: [...new Set([knowledge.says, ...(server ? [recorded.says] : [])])],
    rules: chosen.map(({ id }) => id),
    left,
    notes: [
      ...input.notes,
      ...documents.flatMap(({ file, notes }) => notes.map((note) => `${file}: ${note}`)),
      ...(server?.notes ?? []),
    ],
  };
};

const isLive = ({ prometheus, grafana, loki }: LintArguments): boolean =>
  prometheus !== undefined || grafana !== undefined || loki !== undefined;

const live = async (
  given: LintArguments,
  { documents, homelab }: LintInput,
  chosen: readonly Rule[],
  recorded: Knowledge,
  today: string,
): ReturnType<(typeof import('./lint-live'))['askLive']> => {
  const { askLive } = require('./lint-live') as typeof import('./lint-live');
  return askLive(given, documents, chosen, recorded, { homelab, today });
};

/** A rule that breaks is our mistake: the file was not looked at in full. */
const failuresOf = ({ failures }: Linted): readonly Problem[] =>
  failures.map(({ rule, where, file, error }) => ({
    subject: file,
    message: `the rule ${rule} broke on ${where}`,
    evidence:
      error instanceof Error ? ((process.env['DEBUG'] ? error.stack : undefined) ?? error.message) : String(error),
    try: 'report it with the file; `--only` runs the other rules',
  }));

const lookedAt = ({ documents, files }: LintInput): LintResult['looked'] => {
  const boards = documents.flatMap((document) => document.boards);
  const alerts = documents.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return {
    files,
    boards: boards.length,
    panels: boards.reduce((sum, { panels }) => sum + panels.length, 0),
    queries: subjectsIn(documents).filter(({ kind }) => kind === 'query').length,
    alerts: alerts.filter(({ kind }) => kind === 'alert').length,
  };
};

const print = (text: string): number => {
  process.stdout.write(text);
  return 0;
};

const pages = (): typeof import('../lib/lint/report/page') =>
  require('../lib/lint/report/page') as typeof import('../lib/lint/report/page');
