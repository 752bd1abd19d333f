import type { Replayed, ReplayedMessage } from './replay';
import type { Play } from './play-scenes';
import type { Bar } from './scenes';
import type { Timeline } from './timeline';

/** What came of a scene. */
export interface Verdict extends Play {
  readonly timeline: Timeline;
  readonly replayed: Replayed;
}

/** How many messages told of trouble, and how many only that it is over. */
export const countMessages = ({ messages }: Replayed): { readonly messages: number; readonly resolutions: number } => {
  const resolutions = messages.filter(({ status }) => status === 'resolved').length;
  return { messages: messages.length - resolutions, resolutions };
};

/** What is not as the bar wants it, each with the messages that were too many; empty when all is well. */
export const missesOf = ({ scene, replayed }: Verdict): readonly string[] => {
  const { messages, resolutions } = countMessages(replayed);
  const { bar } = scene;
  return [
    ...(messages < bar.atLeast ? [`${scene.name}: ${messages} messages, at least ${bar.atLeast} wanted`] : []),
    ...(messages > bar.messages || resolutions > bar.resolutions
      ? [
          `${scene.name}: ${count(messages, resolutions)}, at most ${count(bar.messages, bar.resolutions)} wanted:\n${formatMessages(replayed)}`,
        ]
      : []),
  ];
};

const count = (messages: Bar['messages'], resolutions: Bar['resolutions']): string =>
  `${messages} messages and ${resolutions} resolutions`;

/** A line for each message: minute, receiver, what it says. */
export const formatMessages = ({ messages }: Replayed): string => messages.map(formatMessage).join('\n');

const formatMessage = ({ minute, receiver, status, alerts }: ReplayedMessage): string => {
  const shown = alerts.slice(0, 3).map(({ status: own, labels }) => `${labels['alertname']} ${subject(labels)} ${own}`);
  const more = alerts.length > shown.length ? `, and ${alerts.length - shown.length} more` : '';
  return `  minute ${minute.toFixed(1).padStart(6)} to ${receiver}, ${status}: ${shown.join(', ')}${more}`;
};

const subject = ({ alertname: _, severity: __, category: ___, ...labels }: Readonly<Record<string, string>>): string =>
  Object.values(labels).join(' ');

/** The numbers of all scenes, for a reader: alerts that fired, messages, resolutions, and how fast it was played. */
export const formatVerdicts = (verdicts: readonly Verdict[]): string =>
  table([
    ['scene', 'alerts', 'messages', 'resolutions', 'bar', 'factor', 'fired'],
    ...verdicts.map(({ scene, cast, timeline, replayed }) => {
      const { messages, resolutions } = countMessages(replayed);
      const { bar } = scene;
      return [
        scene.name,
        cast.name,
        String(messages),
        String(resolutions),
        `${bar.atLeast === bar.messages ? '' : `${bar.atLeast}-`}${bar.messages} + ${bar.resolutions}`,
        timeline.firings.length > 0 ? String(replayed.factor) : '',
        firedBy(timeline) || 'none',
      ];
    }),
  ]);

/** `ServiceDown 20, HostDown 1`. */
const firedBy = ({ firings }: Timeline): string => {
  const times = new Map<string, number>();
  for (const { labels } of firings)
    times.set(labels['alertname'] ?? '', (times.get(labels['alertname'] ?? '') ?? 0) + 1);
  return [...times].map(([name, number]) => `${name} ${number}`).join(', ');
};

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
