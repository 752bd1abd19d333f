import type { LintResult } from './result';

/** One JSON document: the whole result as it is. */
export const reportJson = (result: LintResult): string => `${JSON.stringify(result, null, 2)}\n`;
