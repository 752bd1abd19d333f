import { describe, expect, it } from 'vitest';
import { jsonReport } from './json';
import { markdownReport } from './markdown';
import { readableReport } from './readable';
import { budget, isProven, type PanelReport, type ProofReport } from './report';

const plain = (text: string): string => text;
const colours = { red: plain, green: plain, dim: plain, bold: plain };

const panel: PanelReport = {
  board: 'Hosts / USE',
  panel: 'CPU',
  type: 'stat',
  verdict: 'data',
  why: '1 series',
  evidence: { grade: 'live', metrics: ['node_cpu_seconds_total'] },
  legends: [],
  values: [],
  queries: [{ refId: 'A', expr: 'up', verdict: 'data', why: '1 series', series: 1, seconds: 0.1 }],
};
const report: ProofReport = {
  homelab: 'home/homelab.ts',
  server: null,
  panels: [panel],
  others: [],
  alerts: [{ alert: 'HostDown', group: 'host', expr: 'up == 0', verdict: 'silent', why: '', heartbeat: false }],
  incidents: [],
  samples: 1_000_000,
  seconds: 30,
};
const incident = {
  incident: 'host-down',
  says: 'A host is off.',
  subject: 'nas',
  fired: [{ alert: 'HostDown', labels: { host: 'nas' }, after: 180 }],
  missing: [],
  unexpected: [],
  rules: 3,
  seconds: 1,
};

describe('a report', () => {
  it('is of something proven while nothing is to be mended', () => {
    expect(isProven(report)).toBe(true);
    expect(readableReport(report, colours)).toContain('1 panels, 1 alerts: all proven (1.0 million samples, 30 s)');
  });

  it.each([
    ['a panel that is empty', { panels: [{ ...panel, verdict: 'empty' as const }] }],
    ['a legend that does not resolve', { panels: [{ ...panel, legends: ['A: a series has no name in the legend'] }] }],
    ['a value that nobody expects', { panels: [{ ...panel, values: ['A: 85, and the axis is from 0 to 1'] }] }],
    [
      'a panel that lacks something at home',
      { panels: [{ ...panel, atHome: [{ kind: 'metric missing' as const, what: 'x' }] }] },
    ],
    [
      'an alert that fires while all is well',
      { alerts: report.alerts.map((alert) => ({ ...alert, verdict: 'fires' as const })) },
    ],
    ['an alert that did not fire', { incidents: [{ ...incident, missing: ['HostDown'] }] }],
    ['an alert that should not', { incidents: [{ ...incident, unexpected: ['DiskFull'] }] }],
  ])('is not with %s', (_, wrong) => {
    expect(isProven({ ...report, ...wrong })).toBe(false);
  });

  it.each([
    ['a panel that is rightly quiet', { panels: [{ ...panel, verdict: 'quiet' as const }] }],
    ['a panel whose page lacks what it needs', { panels: [{ ...panel, verdict: 'lacking' as const }] }],
    [
      'a heartbeat',
      { alerts: report.alerts.map((alert) => ({ ...alert, verdict: 'fires' as const, heartbeat: true })) },
    ],
    ['an incident that tells what it must', { incidents: [incident] }],
    [
      'a slow query',
      { panels: [{ ...panel, queries: panel.queries.map((query) => ({ ...query, seconds: budget + 1 })) }] },
    ],
  ])('is with %s', (_, right) => {
    expect(isProven({ ...report, ...right })).toBe(true);
  });
});

it('says where, why and with which query, and never calls a simulation the truth', () => {
  const wrong: PanelReport = {
    ...panel,
    verdict: 'empty',
    why: 'nothing that is scraped has the labels of `up`',
    queries: panel.queries.map((query) => ({ ...query, verdict: 'empty' as const })),
  };
  const text = readableReport({ ...report, panels: [wrong], incidents: [incident] }, colours);
  expect(text).toContain('Hosts / USE › CPU\n  empty: nothing that is scraped has the labels of `up`\n  A: up');
  expect(text).toContain('ok  host-down nas  HostDown after 3 min');
  expect(text).toContain('1 panels to mend');
  expect(text).toContain('the weakest of each panel: 1 live');
});

it('says once what many panels and alerts lack at home', () => {
  const lacking = (name: string, what: string): PanelReport => ({
    ...panel,
    panel: name,
    verdict: 'lacking',
    queries: panel.queries.map((query) => ({ ...query, verdict: 'lacking' as const })),
    atHome: [{ kind: 'exporter missing', what }],
  });
  const down = 'nothing is scraped as job `node`';
  const alert = { group: 'host', expr: 'x', verdict: 'lacking' as const, why: down, heartbeat: false };
  const found: ProofReport = {
    ...report,
    server: 'http://prometheus',
    panels: [lacking('CPU', down), lacking('Disk', 'another reason'), lacking('Memory', down)],
    alerts: [
      { ...alert, alert: 'HostDown' },
      { ...alert, alert: 'HostFull' },
    ],
  };
  const text = readableReport(found, colours);
  expect(text).toContain(`Hosts / USE › CPU, Memory\n  exporter missing: ${down}\nHosts / USE › Disk\n`);
  expect(text).toContain('exporter missing: another reason\n  A: up');
  expect(text).toContain(`\n  HostDown, HostFull: ${down}\n`);
  expect(text).toContain('3 panels to mend');
  expect(markdownReport(found)).toContain(`- **Hosts / USE › CPU, Memory**: exporter missing: ${down}\n`);
});

it('tells a quiet panel that some incident showed from one that none did', () => {
  const quiet: PanelReport = { ...panel, panel: 'Failed units', verdict: 'quiet', why: 'says “None”' };
  const of = (shownBy: string | null): ProofReport => ({ ...report, panels: [{ ...quiet, shownBy }] });
  expect(readableReport(of(null), colours)).toContain('never shown: 1 panels');
  expect(readableReport(of(null), colours)).toContain('  Hosts / USE › Failed units: says “None”');
  expect(markdownReport(of(null))).toContain(
    'Never shown, as no incident gave them anything: Hosts / USE › Failed units.',
  );
  expect(readableReport(of('unit-failed'), colours)).not.toContain('never shown: ');
  expect(markdownReport(of('unit-failed'))).not.toContain('Never shown');
  // Without incidents nobody looked.
  expect(readableReport({ ...report, panels: [quiet] }, colours)).not.toContain('never shown: ');
});

it('in Markdown keeps its cells, whatever is in them', () => {
  const text = markdownReport({ ...report, panels: [{ ...panel, board: 'a|b', verdict: 'error', why: '<x>' }] });
  expect(text).toContain('| a\\|b | 1 | 0 | 0 |  | 0 | 1 | live |');
  expect(text).toContain('- **a\\|b › CPU**: error: &lt;x>');
  expect(text).toContain('## Proof of home/homelab.ts: to mend');
});

it('as JSON says at once whether it is proven', () => {
  expect(JSON.parse(jsonReport(report))).toMatchObject({ version: 1, proven: true, panels: [{ panel: 'CPU' }] });
});
