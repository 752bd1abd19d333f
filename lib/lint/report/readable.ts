import type { Finding, Severity } from '../finding';
import { byFile, counted, isAtLeast, severities, type LintResult, type Problem } from './result';

/** How parts of the text are marked; each gives it as it is where there are no colours. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
}

/** For eyes: grouped by file, the query with a caret under what is wrong, then the next step, then a summary. */
export const reportReadable = (result: LintResult, paint: Paint, failOn: Severity): string => {
  const colour: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    info: paint.cyan,
  };
  const folded = foldedIn(result, failOn);
  const shown = result.findings.filter((finding) => !folded.includes(finding));
  const files = [...byFile(shown)].map(([file, findings]) =>
    [paint.bold(file), ...findings.map((finding) => block(finding, colour[finding.severity], paint))].join('\n'),
  );
  const problems = result.problems.map((problem) => problemBlock(problem, paint));
  return [...files, ...countsOf(folded, paint), ...problems, summary(result, colour, paint, failOn)]
    .map((part) => `${part}\n`)
    .join('\n');
};

/** So many conventions are read one by one; more would hide what is broken. */
const few = 5;

/** What is only counted: conventions, unless they were asked for by `--fail-on info` or by `--only` one rule. */
const foldedIn = ({ findings, rules }: LintResult, failOn: Severity): readonly Finding[] => {
  const infos = findings.filter(({ severity }) => severity === 'info');
  return failOn === 'info' || rules.length === 1 || infos.length <= few ? [] : infos;
};

/** A line a rule, the most frequent first, with the place of the first. */
const countsOf = (folded: readonly Finding[], paint: Paint): readonly string[] => {
  if (folded.length === 0) return [];
  const byRule = new Map<string, Finding[]>();
  for (const finding of folded) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const lines = [...byRule]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([rule, [first, ...more]]) => {
      const { message, place } = first as Finding;
      const where = paint.dim(`${place.file}:${place.line}${more.length > 0 ? ' and elsewhere' : ''}`);
      return `  ${String(1 + more.length).padStart(5)}  ${paint.cyan(rule)}  ${tame(message)}  ${where}`;
    });
  return [
    [`${paint.bold('conventions')}, which do not fail; each with --fail-on info or --only RULE`, ...lines].join('\n'),
  ];
};

/** Names of strangers on a terminal: control characters, escapes and ends of lines among them, are spaces. */
const tame = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');

const block = (finding: Finding, colour: (text: string) => string, paint: Paint): string => {
  const { rule, severity, place, declared, query, expected, evidence, nearest } = finding;
  const [message, where] = [tame(finding.message), tame(finding.where)];
  return [
    `  ${place.line}:${place.column}  ${colour(severity)}  ${message}  ${paint.dim(rule)}`,
    `    ${where}${declared ? paint.dim(`  ${declared}`) : ''}`,
    ...(query ? excerpt(query).map((line) => `      ${line}`) : []),
    ...(nearest.length > 0 ? [`    did you mean ${nearest.map((name) => `\`${tame(name)}\``).join(' or ')}?`] : []),
    ...(expected ? [`    ${tame(expected)}`] : []),
    ...(evidence ? [paint.dim(`    says: ${tame(evidence)}`)] : []),
  ].join('\n');
};

/** Columns that a line of a query may take before it is cut around what is wrong. */
const width = 110;

/** The line of a query with the wrong slice, and carets under it. */
const excerpt = ({ text, from: given, to }: NonNullable<Finding['query']>): readonly string[] => {
  // What begins with empty lines is shown from where something stands.
  const blank = /^\s*/.exec(text.slice(given, to))?.[0].length ?? 0;
  const from = given + blank < to ? given + blank : given;
  const start = from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', from);
  const end = newline === -1 ? text.length : newline;
  const line = tame(text.slice(start, end));
  const at = from - start;
  const length = Math.max(1, Math.min(to, end) - from);
  const cut = line.length > width ? Math.max(0, at - Math.floor((width - Math.min(length, width)) / 2)) : 0;
  const shown = line.slice(cut, cut + width);
  const before = cut > 0 ? '…' : '';
  const after = cut + width < line.length ? '…' : '';
  const carets = '^'.repeat(Math.min(length, Math.max(1, cut + width - at)));
  return [`${before}${shown}${after}`, `${' '.repeat(before.length + at - cut)}${carets}`];
};

const problemBlock = ({ subject, line, column, message, evidence, try: remedy }: Problem, paint: Paint): string =>
  [
    `${paint.red('not understood')}  ${paint.bold([subject, line, column].filter(Boolean).join(':'))}: ${message}`,
    ...(evidence ? evidence.split('\n').map((one) => `    ${one}`) : []),
    ...(remedy ? [`    try: ${remedy}`] : []),
  ].join('\n');

const summary = (
  result: LintResult,
  colour: Readonly<Record<Severity, (text: string) => string>>,
  paint: Paint,
  failOn: Severity,
): string => {
  const { findings, problems, looked, evidence, allowed, left, notes } = result;
  const counts = [...severities].reverse().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [colour[severity](severity === 'info' ? `${count} info` : counted(count, severity))];
  });
  const found = counts.length > 0 ? counts.join(', ') : paint.green('no findings');
  const seen = [
    counted(looked.files, 'file'),
    counted(looked.boards, 'board'),
    counted(looked.panels, 'panel'),
    looked.queries === 1 ? '1 query' : `${looked.queries} queries`,
    counted(looked.alerts, 'alert'),
  ].join(', ');
  const counting = findings.filter(({ severity }) => isAtLeast(severity, failOn));
  const [first] = counting;
  return [
    `${found}${allowed > 0 ? `, ${allowed} allowed with a reason` : ''}${problems.length > 0 ? `, ${paint.red(`${problems.length} not understood`)}` : ''}: ${seen}`,
    ...evidence.map((line) => paint.dim(`asked: ${line}`)),
    ...notes.map((note) => paint.dim(`note: ${note}`)),
    ...grouped(left).map((line) => paint.dim(line)),
    ...(first ? [`next: npm run -s lint -- --explain ${first.rule}`] : []),
  ].join('\n');
};

/** What was not run, one line a reason. */
const grouped = (left: LintResult['left']): readonly string[] => {
  const reasons = new Map<string, string[]>();
  for (const { rule, why } of left) reasons.set(why, [...(reasons.get(why) ?? []), rule]);
  return [...reasons].map(([why, rules]) =>
    rules.length > 4 ? `not run: ${rules.length} rules: ${why}` : `not run: ${rules.join(', ')}: ${why}`,
  );
};
