import type { Alert } from '../alerts/alert';
import { comparing, isSelfEvident } from '../alerts/condition';
import type { BuiltAlerts, BuiltGroup } from '../alerts/define';
import { conditionQuery } from '../alerts/rule';
import { plainText, renderText, thresholdOf } from '../alerts/text';
import { toSeconds } from '../duration';
import { formatPromql } from '../review/format-promql';
import type { Signal } from '../signals/signal';
import { writeLimit } from '../alerts/limit';
import { thresholds } from '../thresholds';
import type { Artifact } from './artifact';

/** Says what a board and the panel of a signal are called, where it is rendered. */
export type PanelTitleOf = (
  dashboard: string,
  signal: Signal,
) => { readonly board: string; readonly panel?: string } | undefined;

/** The first line of every page that is made from alerts. */
export const generated =
  '<!-- Made from alerts/ by `npm run snapshot -- --examples`: change the alert, not this page. -->';

/** `docs/runbooks/<AlertName>.md`, one an alert, and a list of them; made from the definitions, so that no number in them can be stale. */
export const renderRunbooks = ({ groups }: BuiltAlerts, titleOf: PanelTitleOf): readonly Artifact[] =>
  pages(groups, titleOf, {
    folder: 'docs/runbooks',
    generated,
    format: formatPromql,
    ours: true,
    whose: 'the example homelab',
  });

/** The same for one homelab, with its own limits: `runbooks/<AlertName>.md`. Queries stand on one line, which takes no time to write. */
export const renderOwnRunbooks = ({ groups }: BuiltAlerts, titleOf: PanelTitleOf): readonly Artifact[] =>
  pages(groups, titleOf, {
    folder: 'runbooks',
    generated: '<!-- Made by `npm run render` from your homelab file: change that, not this page. -->',
    format: (query) => query,
    ours: false,
    whose: 'this homelab',
  });

interface Style {
  readonly folder: string;
  readonly generated: string;
  readonly format: (query: string) => string;
  /** For the pages of this repository: also says where a limit is changed for everybody. */
  readonly ours: boolean;
  /** Whose labels the queries have. */
  readonly whose: string;
}

/** A page is about one alert, though the homelab file may have made several rules of it. */
interface Page {
  readonly group: string;
  readonly alert: Alert;
  readonly parts: readonly Alert[];
}

const pages = (groups: readonly BuiltGroup[], titleOf: PanelTitleOf, style: Style): readonly Artifact[] => {
  if (groups.length === 0) return [];
  const about = groups.map(({ name, alerts }) => ({ name, pages: pagesOf(name, alerts) }));
  return [
    {
      kind: 'runbook',
      path: `${style.folder}/README.md`,
      name: 'runbooks',
      title: 'Runbooks',
      text: list(about, style),
    },
    ...about.flatMap((group) =>
      group.pages.map((page): Artifact => ({
        kind: 'runbook',
        path: `${style.folder}/${page.alert.name}.md`,
        name: page.alert.name,
        title: page.alert.name,
        text: runbook(page, titleOf, style),
      })),
    ),
  ];
};

const pagesOf = (group: string, alerts: readonly Alert[]): readonly Page[] =>
  [...new Set(alerts.map(({ name }) => name))].flatMap((name) => {
    const [alert, ...parts] = alerts.filter((one) => one.name === name);
    return alert ? [{ group, alert, parts }] : [];
  });

const list = (
  groups: readonly { readonly name: string; readonly pages: readonly Page[] }[],
  { generated }: Style,
): string =>
  [
    generated,
    '',
    '# Runbooks',
    '',
    'One page an alert: what it means, who notices, what to do first.',
    ...groups.flatMap(({ name, pages }) => [
      '',
      `## ${name}`,
      '',
      '| Alert | Severity | For | About |',
      '| --- | --- | --- | --- |',
      ...pages.map(
        ({ alert }) =>
          `| [${alert.name}](${alert.name}.md) | ${alert.severity} | ${alert.for} | ${plain(alert.summary, alert)} |`,
      ),
    ]),
    '',
  ].join('\n');

const runbook = (page: Page, titleOf: PanelTitleOf, style: Style): string => {
  const { alert, group } = page;
  return [
    style.generated,
    '',
    `# ${alert.name}`,
    '',
    `${plain(alert.summary, alert)}`,
    '',
    `\`${alert.severity}\` · ${alert.category} · group \`${group}\``,
    ...section('Meaning', meaning(alert)),
    ...section('Impact', [plain(alert.impact, alert)]),
    ...section('Check', check(page, titleOf, style)),
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
    ...section('Thresholds', threshold(page, style)),
    ...section('No data', noData(alert)),
    '',
  ].join('\n');
};

const section = (title: string, lines: readonly string[]): readonly string[] => ['', `## ${title}`, '', ...lines];

const meaning = (alert: Alert): readonly string[] => [
  plain(alert.description, alert),
  '',
  `${alert.signal.title}: ${alert.signal.description}`,
  ...(alert.escalates ? ['', `A worse stage of [${alert.escalates}](${alert.escalates}.md).`] : []),
  ...(alert.only ? ['', `Of use with the engine ${alert.only.engines.join(', ')} only: ${alert.only.because}.`] : []),
];

const check = ({ alert, parts }: Page, titleOf: PanelTitleOf, { format, whose }: Style): readonly string[] => {
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
    ...[alert, ...parts].map((one) => format(conditionQuery(one))),
    '```',
    '',
    `Each series of the answer is one alert. Job and other labels are those of ${whose}.`,
  ];
};

const threshold = ({ alert, parts, group }: Page, { ours }: Style): readonly string[] => {
  const { signal, when, whenReason } = alert;
  const shared = isSelfEvident(signal, when)
    ? Object.entries(thresholds).find(([, levels]) => levels === signal.levels)?.[0]
    : undefined;
  const why = whenReason ?? (shared && signal.levels?.why);
  return [
    `- ${alert.part ? `For ${alert.part.words}: fires` : 'Fires'} ${firesWhen(alert)}`,
    ...(why ? [`- Why there: ${why}.`] : []),
    `- Why that long: ${alert.forReason}`,
    ...(alert.keepFiringFor ? [`- Stays for ${alert.keepFiringFor} after it ended, because it comes and goes.`] : []),
    ...parts.map((part) => `- For ${part.part?.words}: \`${part.severity}\`, ${firesWhen(part)}`),
    ...(alert.leavesOut ?? []).map((what) => `- Not for ${what}.`),
    ...(alert.quietAbout ?? []).map((what) => `- Says nothing about ${what}.`),
    ...(alert.heartbeat || alert.pack === undefined
      ? [`- To change it: \`alerts/${group}.ts\`.`]
      : [`- To change it: \`alerting: { alerts: { ${alert.name}: { ${example(alert)} } } }\` in the homelab file.`]),
    ...(ours && alert.pack !== undefined && !alert.heartbeat
      ? [
          `- For everybody: \`alerts/${group}.ts\`${shared ? `; its level is \`${shared}\` in \`lib/thresholds.ts\`, which panels and alerts share` : ''}.`,
        ]
      : []),
  ];
};

const firesWhen = (alert: Alert): string =>
  `when ${inWords(alert.signal, alert.when)}${(alert.and ?? []).map((guard) => `, and ${inWords(guard.signal, guard.when)}`).join('')}, ${waits(alert)}.`;

/** What there is to change first, as it is now: where it starts, or for a state how long it holds. */
const example = ({ signal, when, for: holds }: Alert): string => {
  const isState = 'is' in when || 'isNot' in when || signal.values !== undefined;
  return isState ? `for: '${holds}'` : `threshold: ${writeLimit(comparing(when).value, signal.unit)}`;
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

/** One of our texts on a page that is about no alert in particular: labels stand as `<host>`. */
export const plain = (text: string, alert: Alert): string =>
  renderText(text, alert, plainText).replace(/<[^<>\n]+>/g, '`$&`');
const waits = (alert: Alert): string => (toSeconds(alert.for) === 0 ? 'at once' : `for ${alert.for}`);
