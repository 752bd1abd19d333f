import type { PushReport } from './report';

/** The document of `--json`, with a newline at the end. `exitCode`: what the command ends with. */
export const reportJson = (report: PushReport, exitCode: number): string =>
  `${JSON.stringify({ ...report, exitCode }, null, 2)}\n`;

/** The same for a push that failed as a whole: `error` is what people are told. */
export const failureJson = (error: string, exitCode: number): string =>
  `${JSON.stringify({ version: 1, error, exitCode }, null, 2)}\n`;
