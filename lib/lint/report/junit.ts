import type { Finding, Severity } from '../finding';
import { byFile as byPlace, inOneText, isAtLeast, type LintResult } from './result';

/**
 * JUnit XML: a suite for each file with a finding, a failed case for each finding that counts, one passed case where all is well, so that a
 * reader who knows only tests sees what was looked at. What could not be read is an error.
 */
export const reportJunit = ({ findings, problems, looked }: LintResult, failOn: Severity): string => {
  const counting = findings.filter(({ severity }) => isAtLeast(severity, failOn));
  const byFile = byPlace(counting);
  const suites = [
    ...[...byFile].map(([file, those]) => suite(file, those.map(failedCase), those.length, 0)),
    ...(problems.length > 0
      ? [
          suite(
            'not understood',
            problems.map(
              ({ subject, message, evidence = '', try: remedy }) =>
                `<testcase classname="${xml(subject)}" name="${xml(message)}"><error message="${xml(message)}">${xml([evidence, remedy && `try: ${remedy}`].filter(Boolean).join('\n'))}</error></testcase>`,
            ),
            0,
            problems.length,
          ),
        ]
      : []),
  ];
  const fine = `<testcase classname="lint" name="${looked.files} files, ${looked.panels} panels, ${looked.alerts} alerts"/>`;
  const all = suites.length > 0 ? suites : [suite('lint', [fine], 0, 0)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="homelab-dashboards lint" tests="${Math.max(1, counting.length + problems.length)}" failures="${counting.length}" errors="${problems.length}">`,
    ...all,
    '</testsuites>',
    '',
  ].join('\n');
};

const suite = (name: string, cases: readonly string[], failures: number, errors: number): string =>
  [
    `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" errors="${errors}">`,
    ...cases.map((one) => `    ${one}`),
    '  </testsuite>',
  ].join('\n');

const failedCase = (finding: Finding): string =>
  `<testcase classname="${xml(finding.where)}" name="${xml(finding.rule)}" file="${xml(finding.place.file)}" line="${finding.place.line}"><failure type="${finding.severity}" message="${xml(finding.message)}">${xml(`${finding.place.file}:${finding.place.line}: ${inOneText(finding)}`)}</failure></testcase>`;

/** XML 1.0 has no place for most control characters, not even escaped. */
const xml = (text: string): string =>
  text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '�',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
