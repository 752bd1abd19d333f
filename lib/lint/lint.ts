import type { ResolvedHomelab } from '../homelab/resolved';
import type { Finding, Report } from './finding';
import type { Knowledge } from './knowledge';
import { keyOf, type Answers, type Question } from './question';
import type { Context, Rule, RuleOf, SubjectKind, World } from './rule';
import type { Board, LintDocument, Panel, Path, Query, Subject } from './subject';

/** What rules may know beside the files. */
export interface LintOptions {
  readonly knowledge: Knowledge;
  readonly homelab?: ResolvedHomelab | undefined;
  /** `2026-11-21`. */
  readonly today: string;
  /** Absent: rules that need a server are left out. */
  readonly answers?: Answers | undefined;
  /** Names of our own alerts that have cases. */
  readonly testedAlerts?: ReadonlySet<string> | undefined;
}

/** A finding with what it is about, so that exceptions can be looked up; reporters want it without. */
export interface Found extends Finding {
  readonly subject: Subject;
}

/** A rule that broke on a subject: our mistake, not the file's. */
export interface RuleFailure {
  readonly rule: string;
  readonly where: string;
  readonly file: string;
  readonly error: unknown;
}

export interface Linted {
  /** By file, line, column, rule; exceptions are not applied yet. */
  readonly findings: readonly Found[];
  readonly failures: readonly RuleFailure[];
}

/** Looks at everything with every rule. */
export const lint = (documents: readonly LintDocument[], rules: readonly Rule[], options: LintOptions): Linted => {
  const context = contextOf(documents, options);
  const subjects = subjectsOf(documents);
  const findings: Found[] = [];
  const failures: RuleFailure[] = [];
  for (const written of rules) {
    const rule = written as AnyRule;
    if (rule.needs === 'server' && !options.answers) continue;
    for (const subject of subjects[rule.on]) {
      try {
        for (const report of rule.check(subject, context)) findings.push(findingOf(rule, subject, report));
      } catch (error) {
        failures.push({ rule: rule.id, where: whereOf(subject), file: subject.document.file, error });
      }
    }
  }
  return { findings: findings.sort(inOrder), failures };
};

/** What the rules want to ask a server before {@link lint} is called with its answers; each question once. */
export const questionsOf = (
  documents: readonly LintDocument[],
  rules: readonly Rule[],
  options: Omit<LintOptions, 'answers'>,
): { readonly questions: readonly Question[]; readonly failures: readonly RuleFailure[] } => {
  const context = contextOf(documents, options);
  const subjects = subjectsOf(documents);
  const questions = new Map<string, Question>();
  const failures: RuleFailure[] = [];
  for (const written of rules) {
    const rule = written as AnyRule;
    if (!rule.asks) continue;
    for (const subject of subjects[rule.on]) {
      try {
        for (const question of rule.asks(subject, context)) questions.set(keyOf(question), question);
      } catch (error) {
        failures.push({ rule: rule.id, where: whereOf(subject), file: subject.document.file, error });
      }
    }
  }
  return { questions: [...questions.values()], failures };
};

/** Which kind a rule looks at is matched by `subjects[rule.on]`, which the compiler cannot follow. */
type AnyRule = Omit<RuleOf<SubjectKind>, 'check' | 'asks'> & {
  check(subject: Subject, context: Context): Iterable<Report>;
  asks?(subject: Subject, context: Omit<Context, 'answers'>): Iterable<Question>;
};

const contextOf = (documents: readonly LintDocument[], options: LintOptions): Context => ({
  knowledge: options.knowledge,
  all: worldOf(documents),
  homelab: options.homelab,
  today: options.today,
  answers: options.answers,
  ...(options.testedAlerts && { testedAlerts: options.testedAlerts }),
});

const worldOf = (documents: readonly LintDocument[]): World => {
  const boards = documents.flatMap((document) => document.boards);
  const rules = documents.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return {
    documents,
    boards,
    alerts: rules.filter((rule) => rule.kind === 'alert'),
    recordings: rules.filter((rule) => rule.kind === 'recording'),
    boardByUid: new Map(boards.flatMap((board) => (board.uid === undefined ? [] : [[board.uid, board]]))),
  };
};

/** All subjects of some files. */
export const subjectsIn = (documents: readonly LintDocument[]): readonly Subject[] =>
  Object.values(subjectsOf(documents)).flat();

/** All subjects of some files, by kind, in the order of the files. */
const subjectsOf = (documents: readonly LintDocument[]): Readonly<Record<SubjectKind, readonly Subject[]>> => {
  const found: Record<SubjectKind, Subject[]> = {
    board: [],
    panel: [],
    variable: [],
    annotation: [],
    query: [],
    group: [],
    alert: [],
    recording: [],
  };
  const add = (subject: Subject): void => void found[subject.kind].push(subject);
  for (const { boards, groups } of documents) {
    for (const board of boards) {
      add(board);
      for (const owner of [...board.variables, ...board.annotations]) {
        add(owner);
        if (owner.query) add(owner.query);
      }
      for (const panel of board.panels) {
        add(panel);
        panel.queries.forEach(add);
      }
    }
    for (const group of groups) {
      add(group);
      for (const rule of group.rules) {
        add(rule);
        if (rule.kind === 'alert') rule.queries.forEach(add);
        else add(rule.query);
      }
    }
  }
  return found;
};

const findingOf = (rule: AnyRule, subject: Subject, report: Report): Found => {
  // What an alert as a whole lacks is nowhere in its query.
  const isOfAlert = subject.kind === 'alert' && !report.span && report.at === undefined && rule.needs === 'nothing';
  const query = isOfAlert ? undefined : queryOf(subject, report.at);
  const { board, panel, alert } = aroundOf(subject);
  const span = query && report.span;
  const at = report.at ?? subject.at;
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    message: report.message,
    culprit: report.culprit,
    place:
      span && (report.at === undefined || subject.kind !== 'query')
        ? query.document.placeOf(query.at, query.from + span.from)
        : subject.document.placeOf(at),
    ...declaredOf(subject),
    where: whereOf(subject),
    ...(board && { dashboard: board.title }),
    ...(board?.uid !== undefined && { dashboardUid: board.uid }),
    ...(panel && { panel: panel.title }),
    ...(alert && { alert: alert.name }),
    ...(query && { query: { text: query.text, from: span?.from ?? 0, to: span?.to ?? query.text.length } }),
    ...(report.expected !== undefined && { expected: report.expected }),
    ...(report.evidence !== undefined && { evidence: report.evidence }),
    nearest: report.nearest ?? [],
    ...(report.fix && { fix: report.fix }),
    subject,
  };
};

/** The query that a finding shows: the subject itself, or the one of the alert, variable … that its path or its span means. */
const queryOf = (subject: Subject, at: Path | undefined): Query | undefined => {
  if (subject.kind === 'query') return subject;
  const queries =
    subject.kind === 'alert' || subject.kind === 'panel'
      ? subject.queries
      : 'query' in subject && subject.query
        ? [subject.query]
        : [];
  if (at === undefined) return queries.length === 1 ? queries[0] : undefined;
  const key = at.join('\0');
  return queries.find((query) => query.at.join('\0') === key);
};

/** What stands around a subject, innermost first, itself included. */
export const chainOf = (subject: Subject): readonly Subject[] => {
  switch (subject.kind) {
    case 'query':
      return [subject, ...chainOf(subject.owner)];
    case 'panel':
    case 'variable':
    case 'annotation':
      return [subject, subject.board];
    case 'alert':
    case 'recording':
      return [subject, subject.group];
    default:
      return [subject];
  }
};

const aroundOf = (
  subject: Subject,
): {
  readonly board: Board | undefined;
  readonly panel: Panel | undefined;
  readonly alert: { readonly name: string } | undefined;
} => {
  const chain = chainOf(subject);
  return {
    board: chain.find((one) => one.kind === 'board'),
    panel: chain.find((one) => one.kind === 'panel'),
    alert: chain.find((one) => one.kind === 'alert'),
  };
};

const declaredOf = (subject: Subject): { readonly declared?: string } => {
  for (const { declared } of chainOf(subject)) if (declared !== undefined) return { declared };
  return {};
};

/** `Hosts / USE › CPU › CPU busy › A`, `host › HostDown`. */
export const whereOf = (subject: Subject): string => {
  switch (subject.kind) {
    case 'board':
      return subject.title || (subject.uid ?? 'a board without a title');
    case 'panel':
      return [whereOf(subject.board), subject.row, subject.title || `panel ${subject.id ?? '?'}`]
        .filter(Boolean)
        .join(' › ');
    case 'variable':
      return `${whereOf(subject.board)} › $${subject.name}`;
    case 'annotation':
      return `${whereOf(subject.board)} › annotation ${subject.name}`;
    case 'group':
      return subject.name;
    case 'alert':
    case 'recording':
      return `${subject.group.name} › ${subject.name}`;
    case 'query': {
      const isOnly =
        subject.owner.kind !== 'panel' && !(subject.owner.kind === 'alert' && subject.owner.queries.length > 1);
      return isOnly ? whereOf(subject.owner) : `${whereOf(subject.owner)} › ${subject.refId}`;
    }
  }
};

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Findings as they are printed: by file, line, column, rule. */
export const inOrder = (a: Finding, b: Finding): number =>
  compare(a.place.file, b.place.file) ||
  compare(a.place.line, b.place.line) ||
  compare(a.place.column, b.place.column) ||
  compare(a.rule, b.rule) ||
  compare(a.message, b.message);
