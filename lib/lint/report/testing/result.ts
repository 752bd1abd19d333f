import type { Finding } from '../../finding';
import type { LintResult } from '../result';

/** Something of everything that a report shows. */
export const finding: Finding = {
  rule: 'metric-exists',
  severity: 'error',
  message: '`node_cpu_secnds_total` does not exist',
  culprit: 'node_cpu_secnds_total',
  place: { file: 'boards/my host.json', line: 12, column: 19 },
  where: 'Host › CPU › CPU busy › A',
  dashboard: 'Host',
  panel: 'CPU busy',
  query: { text: 'sum(\n  rate(node_cpu_secnds_total[5m])\n)', from: 12, to: 33 },
  nearest: ['node_cpu_seconds_total'],
  evidence: 'node_exporter 1.12.1, golden',
};

export const result: LintResult = {
  findings: [
    finding,
    { ...finding, rule: 'panel-unit', severity: 'info', message: 'no unit, <none> & "none"', nearest: [] },
  ],
  problems: [
    { subject: 'odd.json', line: 1, column: 2, message: 'no dashboard', evidence: '{"a":\n ^', try: 'give another' },
  ],
  allowed: 1,
  looked: { files: 2, boards: 1, panels: 3, queries: 4, alerts: 0 },
  evidence: ['85 recorded catalogs'],
  rules: ['metric-exists', 'panel-unit'],
  left: [{ rule: 'query-cost', why: 'needs a server: --prometheus URL' }],
  notes: [],
};
