import type { AlertChange, BoardChange, Change, FieldChange, PanelChange, ToldChange } from './change';

/** Lines of one kind, or names in one line, before the rest is only counted. */
export interface Room {
  readonly lines: number;
  readonly names: number;
}

/** What fits on a terminal beside the list of files. */
export const terminal: Room = { lines: 12, names: 6 };

/** Changes as lines of words, without a heading; what has no room is counted, never left out in silence. */
export const changesInWords = (changes: readonly Change[], room: Room = terminal): readonly string[] => [
  ...linesOf(changes, 'not compared', room, ({ path, why }) => `  ${path} cannot be compared: ${why}`),
  ...linesOf(changes, 'board', room, (change) => `  board   ${boardInWords(change, room)}`),
  ...linesOf(changes, 'engine', room, ({ was, is }) => `  alerts  move from ${was} to ${is}`),
  ...alertsInWords(worthALine(changes), room),
  ...otherTexts(changes, room),
  ...linesOf(changes, 'told', room, (change) => `  told    ${toldInWords(change)}`),
];

/** `Hosts / USE (hl-host-use): panels new: Disk wait; changed: CPU busy (query)`. */
export const boardInWords = ({ title, uid, what, fields, panels }: BoardChange, room: Room): string => {
  if (what !== 'changed') return `${title} (${uid}): ${what}`;
  const parts = [...(fields.length > 0 ? [fieldsInWords(fields, ' changed')] : []), ...panelsInWords(panels, room)];
  return `${title} (${uid}): ${parts.join('; ')}`;
};

/** `HostDown: for 3m to 5m, warning to critical`. */
export const alertInWords = (change: AlertChange): string => `${change.name}: ${whatOfAlert(change)}`;

const whatOfAlert = ({ what, severity, fields }: AlertChange): string => {
  if (what === 'changed') return fieldsInWords(fields, ' changed');
  return `${what}${what === 'new' && severity ? ` (${severity})` : ''}`;
};

/** Alerts that change in the same way are named together, where the first of them stands: another receiver is one change. */
const alertsInWords = (changes: readonly Change[], room: Room): readonly string[] => {
  const ways = new Map<string, AlertChange[]>();
  for (const change of changes.filter((one) => one.kind === 'alert'))
    ways.set(whatOfAlert(change), [...(ways.get(whatOfAlert(change)) ?? []), change]);
  const alerts = changes.filter((one) => one.kind === 'alert');
  const lines = alerts.flatMap((change) => {
    const alike = ways.get(whatOfAlert(change)) ?? [];
    if (alike.length < many) return [`  alert   ${alertInWords(change)}`];
    const names = cut(
      alike.map(({ name }) => name),
      room.lines,
      (rest) => `and ${rest} more`,
    );
    const all = names.join(', ').replace(/, (and \d+ more)$/, ' $1');
    return alike[0] === change ? [`  alerts  ${all}: ${whatOfAlert(change)}`] : [];
  });
  return cut(lines, room.lines, (rest) => `          and ${rest} more`);
};

/** From here on, what is the same is said once. */
const many = 4;

const toldInWords = ({ name, what, fields }: ToldChange): string =>
  `${name}: ${[...(what === 'changed' ? [] : [what]), ...(fields.length > 0 ? [fieldsInWords(fields)] : [])].join(', ')}`;

const panelsInWords = (panels: readonly PanelChange[], room: Room): readonly string[] => {
  const of = (what: PanelChange['what']): readonly string[] =>
    panels.filter((panel) => panel.what === what).map(({ title }) => title);
  // Panels that changed in the same way are named together.
  const ways = new Map<string, string[]>();
  for (const { title, fields } of panels.filter(({ what }) => what === 'changed')) {
    const words = fieldsInWords(fields);
    ways.set(words, [...(ways.get(words) ?? []), title]);
  }
  const changed = [...ways].map(([words, titles]) => `${named(titles, room)} (${words})`);
  const parts = [
    ...(of('new').length > 0 ? [`new: ${named(of('new'), room)}`] : []),
    ...(of('gone').length > 0 ? [`gone: ${named(of('gone'), room)}`] : []),
    ...(changed.length > 0
      ? [`changed: ${cut(changed, room.names, (rest) => `and ${rest} more ways`).join(', ')}`]
      : []),
  ];
  return parts.length > 0 ? [`panels ${parts.join('; ')}`] : [];
};

const named = (names: readonly string[], room: Room): string =>
  cut(names, room.names, (rest) => `and ${rest} more`)
    .join(', ')
    .replace(/, (and \d+ more)$/, ' $1');

/** `withoutValues` follows a field whose values are not told. */
const fieldsInWords = (fields: readonly FieldChange[], withoutValues = ''): string =>
  fields.map((field) => fieldInWords(field, withoutValues)).join(', ');

const fieldInWords = ({ field, was, is }: FieldChange, withoutValues: string): string => {
  if (was === undefined || is === undefined) return field + withoutValues;
  if (field === 'title') return `was ${was}`;
  // Severities say what they are.
  return field === 'severity' ? `${was} to ${is}` : `${field} ${was} to ${is}`;
};

const isTextOnly = (change: Change): change is AlertChange =>
  change.kind === 'alert' && change.fields.length === 1 && change.fields[0]?.field === 'text';

const worthALine = (changes: readonly Change[]): readonly Change[] => changes.filter((change) => !isTextOnly(change));

const otherTexts = (changes: readonly Change[], room: Room): readonly string[] => {
  const names = changes.filter(isTextOnly).map(({ name }) => name);
  return names.length === 0 ? [] : [`  alerts  other words only: ${named(names, room)}`];
};

const linesOf = <Kind extends Change['kind']>(
  changes: readonly Change[],
  kind: Kind,
  room: Room,
  line: (change: Extract<Change, { readonly kind: Kind }>) => string,
): readonly string[] => {
  const ofKind = changes.filter((change): change is Extract<Change, { readonly kind: Kind }> => change.kind === kind);
  return cut(ofKind.map(line), room.lines, (rest) => `          and ${rest} more`);
};

/** A list that is one longer than there is room for is not cut: the count would take the place of the last. */
const cut = (items: readonly string[], most: number, rest: (count: number) => string): readonly string[] => {
  if (items.length <= most + 1) return items;
  return [...items.slice(0, most), rest(items.length - most)];
};
