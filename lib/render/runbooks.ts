import type { Alert } from '../alerts/alert';
import { comparing, isSelfEvident } from '../alerts/condition';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { conditionQuery } from '../alerts/rule';
import { plainText, renderText, thresholdOf } from '../alerts/text';
import { toSeconds } from '../duration';
import { formatPromql } from '../review/format-promql';
import type { Signal } from '../signals/signal';
import { thresholds } from '../thresholds';
import type { Artifact } from './artifact';

/** Says what a board and the panel of a signal are called, where it is rendered. */
export type PanelTitleOf = (
  dashboard: string,
  signal: Signal,
) => { readonly board: string; readonly panel?: string } | undefined;

/** `docs/runbooks/<AlertName>.md`, one an alert, and a list of them; made from the definitions, so that no number in them can be stale. */
export const renderRunbooks = ({ groups }: BuiltAlerts, titleOf: PanelTitleOf): readonly Artifact[] => [
  { kind: 'runbook', path: 'docs/runbooks/README.md', name: 'runbooks', title: 'Runbooks', text: list(groups) },
  ...groups.flatMap((group) =>
    group.alerts.map((alert): Artifact => ({
      kind: 'runbook',
      path: `docs/runbooks/${alert.name}.md`,
      name: alert.name,
      title: alert.name,
      text: runbook(alert, group.name, titleOf),
    })),
  ),
];

const generated = '<!-- Made from alerts/ by `npm run snapshot -- --examples`: change the alert, not this page. -->';

const list = (groups: readonly BuiltGroup[]): string =>
  [
    generated,
    '',
    '# Runbooks',
    '',
    'One page an alert: what it means, who notices, what to do first.',
    ...groups.flatMap(({ name, alerts }) => [
      '',
      `## ${name}`,
      '',
      '| Alert | Severity | For | About |',
      '| --- | --- | --- | --- |',
      ...alerts.map(
        (alert) =>
          `| [${alert.name}](${alert.name}.md) | ${alert.severity} | ${alert.for} | ${plain(alert.summary, alert)} |`,
      ),
    ]),
    '',
  ].join('\n');

const runbook = (alert: Alert, group: string, titleOf: PanelTitleOf): string =>
  [
    generated,
    '',
    `# ${alert.name}`,
    '',
    `${plain(alert.summary, alert)}`,
    '',
    `\`${alert.severity}\` · ${alert.category} · group \`${group}\``,
    ...section('Meaning', meaning(alert)),
    ...section('Impact', [plain(alert.impact, alert)]),
    ...section('Check', check(alert, titleOf)),
    ...section(
      'First steps',
      alert.firstSteps.map((step, index) => `${index + 1}. ${plain(step, alert)}`),
    ),
    ...section(
      'Usual causes',
      (alert.causes ?? ['None is known to be usual.']).map((cause) => `- ${plain(cause, alert)}`),
    ),
    ...section('Silence when', [
      plain(alert.silenceWhen ?? 'The thing it is about is being worked on, for as long as that takes.', alert),
    ]),
    ...section('Thresholds', threshold(alert, group)),
    ...section('No data', noData(alert)),
    '',
  ].join('\n');

const section = (title: string, lines: readonly string[]): readonly string[] => ['', `## ${title}`, '', ...lines];

const meaning = (alert: Alert): readonly string[] => [
  plain(alert.description, alert),
  '',
  `${alert.signal.title}: ${alert.signal.description}`,
  ...(alert.escalates ? ['', `A worse stage of [${alert.escalates}](${alert.escalates}.md).`] : []),
  ...(alert.only ? ['', `Of use with the engine ${alert.only.engines.join(', ')} only: ${alert.only.because}.`] : []),
];

const check = (alert: Alert, titleOf: PanelTitleOf): readonly string[] => {
  const title = alert.panel && titleOf(alert.panel.dashboard, alert.panel.signal);
  const where = title?.panel
    ? `the panel *${title.panel}* of the board *${title.board}*`
    : title
      ? `the board *${title.board}*`
      : undefined;
  return [
    ...(where ? [`Look at ${where}, or ask Prometheus:`] : ['Ask Prometheus:']),
    '',
    '```promql',
    formatPromql(conditionQuery(alert)),
    '```',
    '',
    'Each series of the answer is one alert. Job and other labels are those of the example homelab.',
  ];
};

const threshold = (alert: Alert, group: string): readonly string[] => {
  const { signal, when, whenReason, and = [], keepFiringFor } = alert;
  const shared = isSelfEvident(signal, when)
    ? Object.entries(thresholds).find(([, levels]) => levels === signal.levels)?.[0]
    : undefined;
  const why = whenReason ?? (shared && signal.levels?.why);
  return [
    `- Fires when ${inWords(signal, when)}${and.map((guard) => `, and ${inWords(guard.signal, guard.when)}`).join('')}, ${waits(alert)}.`,
    ...(why ? [`- Why there: ${why}.`] : []),
    `- Why that long: ${alert.forReason}`,
    ...(keepFiringFor ? [`- Stays for ${keepFiringFor} after it ended, because it comes and goes.`] : []),
    `- To change it: \`alerts/${group}.ts\`${shared ? `; its level is \`${shared}\` in \`lib/thresholds.ts\`, which panels and alerts share` : ''}.`,
  ];
};

const inWords = (signal: Signal, when: Alert['when']): string => {
  const words = 'is' in when ? '' : 'isNot' in when ? 'not ' : `${comparing(when).words} `;
  return `*${signal.title}* is ${words}${thresholdOf({ signal, when })}`;
};

const policies = {
  ok: 'means that nothing is wrong',
  alerting: 'is the trouble itself, so the alert fires',
  noData: 'means that we are blind, and is told as such',
} as const;

const noData = ({ noData, noDataReason }: Alert): readonly string[] => [
  `A query that gives nothing ${policies[noData]}. ${noDataReason}`,
  '',
  'That holds where Grafana evaluates; in Prometheus, Mimir and vmalert no data is never an alert. A query that fails is told as an error, whatever it asked.',
];

const plain = (text: string, alert: Alert): string =>
  renderText(text, alert, plainText).replaceAll('<', '`<').replaceAll('>', '>`');
const waits = (alert: Alert): string => (toSeconds(alert.for) === 0 ? 'at once' : `for ${alert.for}`);
