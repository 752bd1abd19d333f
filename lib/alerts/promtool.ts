import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { formatDuration, toSeconds } from '../duration';
import type { ResolvedHomelab } from '../homelab/resolved';
import { prometheusRuleFile, type PrometheusRule } from '../render/prometheus-rules';
import type { Alert, AlertCases } from './alert';
import type { BuiltAlerts } from './define';
import { evaluationInterval } from './rule';

/** Cases by the alert's name. */
export type CasesByAlert = Readonly<Record<string, AlertCases>>;

/** One alert's rule and its cases, as files for `promtool test rules`. */
export interface PromtoolTest {
  readonly alert: string;
  readonly rules: string;
  readonly test: string;
}

/** Alerts that have no cases though they need some, and cases of alerts that do not exist: both are a mistake. */
export const unmatchedCases = ({ groups }: BuiltAlerts, cases: CasesByAlert): readonly string[] => {
  const alerts = groups.flatMap((group) => group.alerts);
  const names = new Set(alerts.map(({ name }) => name));
  return [
    ...alerts
      .filter(({ name, heartbeat }) => !heartbeat && !cases[name])
      .map(({ name }) => `${name} has no cases: add them beside the others, or it cannot be known to fire`),
    ...alerts
      .filter(({ name, heartbeat }) => heartbeat && cases[name])
      .map(({ name }) => `${name} is a heartbeat, which always fires: it has no cases`),
    ...Object.keys(cases)
      .filter((name) => !names.has(name))
      .map((name) => `cases for ${name}, which no alert is called`),
    ...alerts.flatMap((alert) => blindMiss(alert, cases[alert.name])),
  ];
};

/** A near miss without the metric itself is silent for want of data, which proves nothing. */
const blindMiss = ({ name, signal }: Alert, cases: AlertCases | undefined): readonly string[] => {
  const given = Object.keys(cases?.nearMiss.series ?? {}).map((selector) => selector.split('{')[0] as string);
  // Of a histogram there are series of its parts, not by its own name.
  const names = new Set(given.flatMap((name) => [name, name.replace(/_(bucket|sum|count)$/, '')]));
  const blind = cases !== undefined && !signal.metrics.some((metric) => names.has(metric.name));
  return blind
    ? [
        `${name}: its near miss has none of ${signal.metrics.map((metric) => metric.name).join(', ')}, so it is silent in any case`,
      ]
    : [];
};

/** A test for each alert that has cases: the rendered rule alone, with the last silent sample, the first firing one and the near miss. */
export const promtoolTests = (
  { groups }: BuiltAlerts,
  cases: CasesByAlert,
  homelab: ResolvedHomelab,
): readonly PromtoolTest[] =>
  groups.flatMap((group) => {
    const rules = prometheusRuleFile(group, homelab, () => undefined).groups.flatMap((file) => file.rules);
    return rules.flatMap((rule) => {
      const own = cases[rule.alert];
      return own ? [promtoolTest(rule, own)] : [];
    });
  });

const promtoolTest = (rule: PrometheusRule, { fires, nearMiss }: AlertCases): PromtoolTest => {
  // A long window sampled each minute would be more samples than promtool reads in one query, so those are evaluated at wider steps, too.
  const step = longer(evaluationInterval, fires.interval, nearMiss.interval);
  requireAdjacent(rule.alert, fires, step);
  const { summary, description } = rule.annotations;
  const texts = { ...(summary && { summary }), ...(description && { description }) };
  return {
    alert: rule.alert,
    rules: stringify({ groups: [{ name: rule.alert, interval: step, rules: [{ ...rule, annotations: texts }] }] }),
    test: stringify({
      rule_files: [`${rule.alert}.rules.yaml`],
      evaluation_interval: step,
      tests: [
        {
          name: `${rule.alert} fires`,
          interval: fires.interval ?? evaluationInterval,
          input_series: inputSeries(fires.series),
          alert_rule_test: [
            { eval_time: fires.silentAt, alertname: rule.alert, exp_alerts: [] },
            {
              eval_time: fires.firesAt,
              alertname: rule.alert,
              exp_alerts: [
                {
                  exp_labels: { ...rule.labels, ...fires.labels },
                  exp_annotations: { summary: fires.summary, description: fires.description },
                },
              ],
            },
          ],
        },
        {
          name: `${rule.alert} stays silent: ${nearMiss.because}`,
          interval: nearMiss.interval ?? evaluationInterval,
          input_series: inputSeries(nearMiss.series),
          alert_rule_test: [{ eval_time: nearMiss.at, alertname: rule.alert, exp_alerts: [] }],
        },
      ],
    }),
  };
};

const inputSeries = (series: Readonly<Record<string, string>>): readonly object[] =>
  Object.entries(series).map(([selector, values]) => ({ series: selector, values }));

const longer = (...durations: readonly (string | undefined)[]): string =>
  formatDuration(Math.max(...durations.flatMap((duration) => (duration === undefined ? [] : [toSeconds(duration)]))));

/** Between the last silent and the first firing evaluation nothing else may lie. */
const requireAdjacent = (alert: string, { silentAt, firesAt }: AlertCases['fires'], step: string): void => {
  if (toSeconds(firesAt) - toSeconds(silentAt) === toSeconds(step)) return;
  throw new Error(
    `${alert}: silent at ${silentAt} and firing at ${firesAt} are not neighbours; it is evaluated each ${step}`,
  );
};

/** What promtool said about all tests, run by one process; empty when every one holds. */
export const runPromtool = (tests: readonly PromtoolTest[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'alert-cases-'));
  try {
    for (const { alert, rules, test } of tests) {
      writeFileSync(join(folder, `${alert}.rules.yaml`), rules);
      writeFileSync(join(folder, `${alert}.test.yaml`), test);
    }
    const { status, stdout, stderr, error } = spawnSync(
      'promtool',
      ['test', 'rules', ...tests.map(({ alert }) => `${alert}.test.yaml`)],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    if (error) throw error;
    return status === 0 ? '' : failures(stdout + stderr) || `promtool ended with ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The files that failed, without the many that did not. */
const failures = (output: string): string =>
  output
    .split(/(?=Unit Testing: )/)
    .filter((part) => !/\n\s*SUCCESS\s*$/.test(part))
    .join('')
    .trim();
