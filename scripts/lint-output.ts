import { readFileSync, writeFileSync } from 'node:fs';
import type { LintResult } from '../lib/lint/report/result';
import { rules } from '../lib/lint/rules/index';
import { colours } from './colours';
import type { LintArguments } from './commands/lint';

/** The result in the format asked for; only its reporter is loaded. */
export const written = (result: LintResult, { format, failOn }: LintArguments): string => {
  switch (format) {
    case 'json':
      return (require('../lib/lint/report/json') as typeof import('../lib/lint/report/json')).reportJson(result);
    case 'sarif':
      return (require('../lib/lint/report/sarif') as typeof import('../lib/lint/report/sarif')).reportSarif(
        result,
        rules,
        (require('../package.json') as { version: string }).version,
      );
    case 'github':
      return (require('../lib/lint/report/github') as typeof import('../lib/lint/report/github')).reportGithub(result);
    case 'junit':
      return (require('../lib/lint/report/junit') as typeof import('../lib/lint/report/junit')).reportJunit(
        result,
        failOn,
      );
    default:
      return (require('../lib/lint/report/readable') as typeof import('../lib/lint/report/readable')).reportReadable(
        result,
        colours,
        failOn,
      );
  }
};

/** Writes what is mechanical into the files; says on stderr what was done where. Gives whether anything was. */
export const fixFiles = ({ findings }: LintResult): boolean => {
  const { fixed } = require('../lib/lint/fix') as typeof import('../lib/lint/fix');
  const changed = fixed(findings, (path) => readFileSync(path));
  for (const { file, text, fixes } of changed) {
    writeFileSync(file, text);
    for (const says of fixes) process.stderr.write(`${file}: ${says}\n`);
  }
  return changed.length > 0;
};
