import type { PushReport } from './report';

/** The document of `--json`, with a newline at the end. */
export const reportJson = (report: PushReport): string => `${JSON.stringify(report, null, 2)}\n`;
