import { isAbsolute, relative } from 'node:path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Severity } from '../finding';
import type { Rule } from '../rule';
import { inOneText, type LintResult, type Problem } from './result';

const levels: Readonly<Record<Severity, Result.level>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * SARIF 2.1.0 (OASIS), as code scanning of GitHub and others take it: each result with its rule, a relative URI, the line, and the
 * culprit in its message. What was not understood is a result as well, since who shows results passes over notifications. `version`: of
 * this package.
 */
export const reportSarif = (result: LintResult, rules: readonly Rule[], version: string): string => {
  const ids = [
    ...new Set([...result.findings.map(({ rule }) => rule), ...result.problems.map(() => notUnderstood)]),
  ].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'homelab-dashboards',
            semanticVersion: version,
            rules: ids.map((id) => descriptor(id, rules)),
          },
        },
        // Relative to the folder where the command ran: the root of a checkout in CI.
        originalUriBaseIds: { ROOT: { description: { text: 'The folder in which the linter ran' } } },
        results: [
          ...result.findings.map((finding) => toResult(finding, ids)),
          ...result.problems.map((problem) => ({
            ruleId: notUnderstood,
            ruleIndex: ids.indexOf(notUnderstood),
            ...aboutProblem(problem),
          })),
        ],
        invocations: [
          {
            executionSuccessful: result.problems.length === 0,
            toolExecutionNotifications: result.problems.map(aboutProblem),
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const notUnderstood = 'not-understood';

const descriptor = (id: string, rules: readonly Rule[]): ReportingDescriptor => {
  if (id === notUnderstood)
    return { id, shortDescription: { text: 'something that could not be read, understood or reached' } };
  const rule = rules.find((one) => one.id === id);
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: rule.says },
    fullDescription: { text: rule.why },
    ...(rule.instead && { help: { text: rule.instead } }),
    defaultConfiguration: { level: levels[rule.severity] },
  };
};

const toResult = (finding: Finding, ids: readonly string[]): Result => ({
  ruleId: finding.rule,
  ruleIndex: ids.indexOf(finding.rule),
  level: levels[finding.severity],
  message: { text: inOneText(finding) },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: toUri(finding.place.file), uriBaseId: 'ROOT' },
        region: { startLine: finding.place.line, startColumn: finding.place.column },
      },
      logicalLocations: [{ fullyQualifiedName: finding.where }],
    },
  ],
  // Lines move; what is wrong, and where in the board, stays.
  partialFingerprints: { 'finding/v1': [finding.rule, finding.where, finding.culprit].join('|') },
});

const aboutProblem = ({ subject, line, column, message, evidence, try: remedy }: Problem) => ({
  level: 'error' as const,
  message: { text: [`${subject}: ${message}`, evidence, remedy && `try: ${remedy}`].filter(Boolean).join('\n') },
  locations: [
    {
      physicalLocation: {
        ...(/^[a-z]+:\/\//.test(subject)
          ? { artifactLocation: { uri: subject } }
          : {
              artifactLocation: { uri: toUri(subject), uriBaseId: 'ROOT' },
              region: { startLine: line ?? 1, ...(column && { startColumn: column }) },
            }),
      },
    },
  ],
});

/** A path as a relative URI reference: `%20` for a space. What is elsewhere, too: an absolute one has no base in SARIF (3.4.4). */
const toUri = (file: string): string => {
  const near = isAbsolute(file) ? relative(process.cwd(), file) : file;
  // Through bytes, because half a surrogate pair has no URI.
  const path = Buffer.from(near.replaceAll('\\', '/')).toString();
  return path.split('/').map(encodeURIComponent).join('/');
};
