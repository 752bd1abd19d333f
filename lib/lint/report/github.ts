import type { Severity } from '../finding';
import { inOneText, type LintResult } from './result';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows as annotations in the changed files.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const reportGithub = ({ findings, problems }: LintResult): string =>
  [
    ...findings.map((finding) =>
      command(
        commands[finding.severity],
        { file: finding.place.file, line: finding.place.line, col: finding.place.column, title: finding.rule },
        inOneText(finding),
      ),
    ),
    ...problems.map(({ subject, line, column, message, evidence, try: remedy }) =>
      command(
        'error',
        { file: subject, ...(line && { line }), ...(column && { col: column }), title: 'not understood' },
        [message, evidence, remedy && `try: ${remedy}`].filter(Boolean).join('\n'),
      ),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');

const command = (name: string, properties: Readonly<Record<string, string | number>>, message: string): string =>
  `::${name} ${Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
    .join(',')}::${escapeData(message)}`;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
