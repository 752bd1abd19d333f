import type { Finding, Severity } from '../finding';

/** All that one run of the linter has to say. */
export interface LintResult {
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
  /** What could not be read, understood or reached: exit code 2. */
  readonly problems: readonly Problem[];
  /** Findings that an exception with a reason allows. */
  readonly allowed: number;
  /** What was looked at. */
  readonly looked: Looked;
  /** `85 recorded catalogs`, `Prometheus 3.15.0 at http://nas:9090, 2026-11-21 10:00 UTC`. */
  readonly evidence: readonly string[];
  /** Rules that were run, by id. */
  readonly rules: readonly string[];
  /** Rules that were not, or not fully, run, and why: a server that was not given, or does not offer what they ask. */
  readonly left: readonly { readonly rule: string; readonly why: string }[];
  /** What was passed over in files that were understood: one line each. */
  readonly notes: readonly string[];
}

export interface Looked {
  readonly files: number;
  readonly boards: number;
  readonly panels: number;
  readonly queries: number;
  readonly alerts: number;
}

/** Something that kept the linter from looking: never a pass. */
export interface Problem {
  /** The file, or the server's address without credentials. */
  readonly subject: string;
  readonly line?: number;
  readonly column?: number;
  /** What failed, in a sentence without a full stop. */
  readonly message: string;
  /** The text with a caret, what the server answered. */
  readonly evidence?: string;
  /** What to do. */
  readonly try?: string;
}

export const severities: readonly Severity[] = ['info', 'warning', 'error'];

/** Whether a severity is at or above another. */
export const isAtLeast = (severity: Severity, than: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(than);

/** `1 panel`, `2 panels`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Message, evidence, what was meant and what to do, in the order a reader needs them: for formats that hold one text a finding. */
export const inOneText = ({ message, expected, evidence, nearest, where }: Finding): string =>
  [
    `${where}: ${message}`,
    ...(nearest.length > 0 ? [`did you mean ${nearest.map((name) => `\`${name}\``).join(' or ')}?`] : []),
    ...(expected ? [expected] : []),
    ...(evidence ? [`(${evidence})`] : []),
  ]
    .join('; ')
    .replaceAll('; (', ' (')
    .replaceAll('?; ', '? ');

/** Findings of each file, in the order of their first. */
export const byFile = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const those = files.get(finding.place.file);
    if (those) those.push(finding);
    else files.set(finding.place.file, [finding]);
  }
  return files;
};
