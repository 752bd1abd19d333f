import { compareFacts } from '../changes/compare';
import type { Change } from '../changes/change';
import { alertInWords, boardInWords, type Room } from '../changes/print';
import { newlyNeeded, type Needs } from './needs';
import type { Release } from './release';

/** Everything is listed. */
const all: Room = { lines: Infinity, names: Infinity };

/** What a release changes against the one before, as Markdown; counts alone where there is none before. */
export const releaseNotes = (was: Release | undefined, is: Release): string => {
  if (!was) return `First release: ${countsOf(is)}.\n`;
  const changes = compareFacts({ ...was, told: [] }, { ...is, told: [] });
  const boards = changes.flatMap((change) => (change.kind === 'board' ? [boardInWords(change, all)] : []));
  const parts = [
    list('Boards', boards),
    list('Alerts', [...alertLines(changes, is), ...renamed(was, is)]),
    list('Newly needed', newNeeds(was, is)),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'No board and no alert changes.\n' : parts.join('\n');
};

/** `2 boards with 108 panels, 54 alerts (10 critical, 30 warning, 14 info)`. */
const countsOf = ({ boards, alerts }: Release): string => {
  const panels = boards.reduce((sum, board) => sum + board.panels.length, 0);
  const bySeverity = ['critical', 'warning', 'info'].map(
    (severity) => `${alerts.filter((alert) => alert.severity === severity).length} ${severity}`,
  );
  return `${boards.length} boards with ${panels} panels, ${alerts.length} alerts (${bySeverity.join(', ')})`;
};

const alertLines = (changes: readonly Change[], { alerts }: Release): readonly string[] =>
  changes.flatMap((change) => {
    if (change.kind !== 'alert') return [];
    const pack = change.what === 'new' ? alerts.find(({ name }) => name === change.name)?.pack : undefined;
    return [`${alertInWords(change)}${pack ? `, pack ${pack}` : ''}`];
  });

/** A uid that is made otherwise breaks links and silences, though the alert is the same. */
const renamed = (was: Release, is: Release): readonly string[] =>
  is.alerts.flatMap(({ name, uid }) => {
    const earlier = was.alerts.find((alert) => alert.name === name);
    return earlier && earlier.uid !== uid ? [`${name} has the uid ${uid}, which was ${earlier.uid}`] : [];
  });

/** Of what was there before by metric; of what is new by source, with the labels that it must have. */
const newNeeds = (was: Release, is: Release): readonly string[] => {
  const usedBefore = new Set([...was.boards, ...was.alerts].flatMap(({ needs }) => Object.keys(needs)));
  const line = (name: string, before: Needs | undefined, now: Needs): readonly string[] =>
    Object.entries(newlyNeeded(before ?? {}, now)).map(([source, metrics]) => {
      const words = before ? metricsInWords(metrics) : inShort(metrics);
      return `${name}: ${words} of ${source}${usedBefore.has(source) ? '' : ', which nothing asked before'}`;
    });
  return [
    ...is.boards.flatMap(({ uid, title, needs }) =>
      line(title, was.boards.find((board) => board.uid === uid)?.needs, needs),
    ),
    ...is.alerts.flatMap(({ name, needs }) =>
      line(name, was.alerts.find((alert) => alert.name === name)?.needs, needs),
    ),
  ].sort();
};

/** `12 metrics with the labels device, host`. */
const inShort = (metrics: Needs[string]): string => {
  const count = Object.keys(metrics).length;
  if (count <= 2) return metricsInWords(metrics);
  const labels = [...new Set(Object.values(metrics).flat())].sort();
  return `${count} metrics${labels.length > 0 ? ` with the labels ${labels.join(', ')}` : ''}`;
};

/** `node_load1 (host), up`. */
const metricsInWords = (metrics: Needs[string]): string =>
  Object.entries(metrics)
    .map(([metric, labels]) => `${code(metric)}${labels.length > 0 ? ` (${labels.join(', ')})` : ''}`)
    .join(', ');

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `### ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}\n`;

const code = (text: string): string => `\`${text}\``;
