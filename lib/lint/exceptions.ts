import type { Finding } from './finding';
import { glob } from './glob';
import { chainOf, inOrder, whereOf } from './lint';
import { nearest } from '../nearest';
import type { Allowance, Subject } from './subject';

/** A finding with the subject that it is about. */
export interface Situated {
  readonly finding: Finding;
  readonly subject: Subject;
}

/** An exception of a lint file: which findings it allows. What is not said fits all. */
export interface ListedException extends Allowance {
  /** Glob on the file as it is shown. */
  readonly file?: string;
  /** Title or uid. */
  readonly dashboard?: string;
  /** Title. */
  readonly panel?: string;
  readonly alert?: string;
}

export interface Excepted {
  readonly findings: readonly Finding[];
  /** How many were allowed. */
  readonly allowed: number;
}

export interface ExceptionOptions {
  /** `2026-11-21`. */
  readonly today: string;
  /** Ids of the rules that were run in full. */
  readonly ran: ReadonlySet<string>;
  /** Ids of all rules that there are. */
  readonly known: ReadonlySet<string>;
  /** Whether the lint file is also for files that were not looked at: nothing is said of exceptions for those. */
  readonly isPart?: boolean;
}

/**
 * Takes away what is allowed, beside the subject or in a lint file. An exception that allows nothing any more, or whose day is
 * past, is a finding itself, so that none stays by accident; nothing is said of exceptions from rules that were not run.
 */
export const applyExceptions = (
  situated: readonly Situated[],
  subjects: readonly Subject[],
  listed: readonly ListedException[],
  { today, ran, known, isPart = false }: ExceptionOptions,
): Excepted => {
  const isElsewhere = (one: ListedException): boolean => isPart && !subjects.some((subject) => isFor(one, subject));
  const used = new Set<Allowance>();
  const kept = situated.filter(({ finding, subject }) => {
    const fitting = [
      ...chainOf(subject).flatMap(({ allowed }) => allowed),
      ...listed.filter((one) => isListed(one, finding)),
    ].filter((one) => one.rule === finding.rule && (one.about === undefined || isAbout(one.about, finding.culprit)));
    for (const one of fitting) used.add(one);
    return !fitting.some((one) => !isPast(one, today));
  });
  // One exception may stand for several rules: those that tuning makes of an alert, those of a file that says it at its top.
  const beside = new Map(subjects.flatMap((subject) => subject.allowed.map((one) => [one, subject] as const)));
  const stale = [
    ...[...beside].flatMap(([one, subject]) => staleness(one, used, today, ran, known, placeOf(one, subject))),
    ...listed
      .filter((one) => !isElsewhere(one))
      .flatMap((one) => staleness(one, used, today, ran, known, { place: one.place ?? nowhere, where: 'exceptions' })),
  ];
  return {
    findings: [...kept.map(({ finding }) => finding), ...stale].sort(inOrder),
    allowed: situated.length - kept.length,
  };
};

/** Ids of the findings about exceptions themselves. */
export const exceptionRules = {
  unused: 'exception-unused',
  expired: 'exception-expired',
  unknown: 'exception-unknown-rule',
} as const;

const nowhere = { file: '', line: 1, column: 1 };

const isListed = ({ file, dashboard, panel, alert }: ListedException, finding: Finding): boolean =>
  (file === undefined || glob(file, finding.place.file)) &&
  (dashboard === undefined || dashboard === finding.dashboard || dashboard === finding.dashboardUid) &&
  (panel === undefined || panel === finding.panel) &&
  (alert === undefined || alert === finding.alert);

/** Whether a listed exception may be for something that was looked at. */
const isFor = ({ file, dashboard, panel, alert }: ListedException, subject: Subject): boolean => {
  const chain = chainOf(subject);
  return (
    (file === undefined || glob(file, subject.document.file)) &&
    (dashboard === undefined ||
      chain.some((one) => one.kind === 'board' && (one.title === dashboard || one.uid === dashboard))) &&
    (panel === undefined || chain.some((one) => one.kind === 'panel' && one.title === panel)) &&
    (alert === undefined || chain.some((one) => one.kind === 'alert' && one.name === alert))
  );
};

/** A culprit is a name, in which a slash is a letter like others. */
const isAbout = (pattern: string, culprit: string): boolean => glob(pattern.replace(/\*+/g, '**'), culprit);

const isPast = ({ until }: Allowance, today: string): boolean => until !== undefined && until < today;

const staleness = (
  one: Allowance,
  used: ReadonlySet<Allowance>,
  today: string,
  ran: ReadonlySet<string>,
  known: ReadonlySet<string>,
  at: Pick<Finding, 'place' | 'where' | 'declared'>,
): readonly Finding[] => {
  const base = { ...at, culprit: one.rule, nearest: [], severity: 'warning' as const };
  if (!known.has(one.rule))
    return [
      {
        ...base,
        rule: exceptionRules.unknown,
        severity: 'error',
        message: `there is no rule \`${one.rule}\` to allow`,
        nearest: nearest(one.rule, [...known]),
        expected: 'name a rule as findings do',
      },
    ];
  if (isPast(one, today) && used.has(one))
    return [
      {
        ...base,
        rule: exceptionRules.expired,
        message: `the exception from \`${one.rule}\` ended on ${one.until}: ${one.reason}`,
        expected: 'mend what it allowed, or give it a new day',
      },
    ];
  if (used.has(one) || !ran.has(one.rule)) return [];
  return [
    {
      ...base,
      rule: exceptionRules.unused,
      message: `the exception from \`${one.rule}\`${one.about ? ` about \`${one.about}\`` : ''} allows nothing any more`,
      expected: 'take it out',
    },
  ];
};

const placeOf = (one: Allowance, subject: Subject): Pick<Finding, 'place' | 'where' | 'declared'> => ({
  place: one.place ?? subject.document.placeOf(subject.at),
  where: whereOf(subject),
  ...(subject.declared && { declared: subject.declared }),
});
