import { isProven, type ProofReport } from './report';

/** The whole report as one JSON document, its shape numbered. */
export const jsonReport = (report: ProofReport): string =>
  `${JSON.stringify({ version: 1, proven: isProven(report), ...report }, null, 2)}\n`;
