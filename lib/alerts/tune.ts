import { createHash } from 'node:crypto';
import { NarrowError } from '../expression/narrow';
import type { AlertOverride, AlertTuning, Select } from '../homelab/homelab';
import { allowedNames, closest } from '../homelab/nearest';
import { problem, type HomelabProblem, type Keys } from '../homelab/problem';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Levels } from '../thresholds';
import type { Alert, AlertPart, Condition } from './alert';
import { comparing } from './condition';
import { readLimit } from './limit';
import { select } from './select';
import { partition, type Match, type Selection } from './selection';
import { thresholdOf } from './text';
import { moveLevel } from './tuned-levels';

/** An alert as the homelab file has it. */
export interface Tuned {
  /** One rule for all, or one for each override and one for all others; none where everything is left out. */
  readonly alerts: readonly Alert[];
  /** What is wrong in the homelab file. */
  readonly problems: readonly HomelabProblem[];
  /** What is allowed, but perhaps not meant. */
  readonly notes: readonly string[];
  /** The levels of its signal, where they moved with its threshold. */
  readonly levels?: Levels;
}

/** Applies `alerting.alerts.<Name>` of the homelab file, and leaves out what sleeps. `levels`: those of the signal as others moved them. */
export const tuneAlert = (alert: Alert, homelab: ResolvedHomelab, levels = alert.signal.levels): Tuned => {
  const tuning = homelab.alerting.alerts[alert.name] ?? {};
  const keys: Keys = ['alerting', 'alerts', alert.name];
  const problems: HomelabProblem[] = [];
  const notes: string[] = [];

  const changed = change(alert, tuning, keys, problems);
  const moved = isMoved(alert.when, changed.when) ? movedLevels(alert, changed, levels) : undefined;
  const all = moved ? { ...changed, signal: { ...changed.signal, levels: moved } } : changed;
  const except = toSelects(tuning.except).map((one, index) =>
    toMatch(one, alert, [...keys, 'except', ...(Array.isArray(tuning.except) ? [index] : [])], problems),
  );
  const overrides = (tuning.overrides ?? []).map((override, index) => ({
    alert: { ...change(all, override, [...keys, 'overrides', index], problems), part: partOf(override.match) },
    match: toMatch(override.match, alert, [...keys, 'overrides', index, 'match'], problems),
  }));
  if (problems.length > 0) return { alerts: [], problems, notes };
  notes.push(...unknownHosts(alert, [...except, ...overrides.map(({ match }) => match)], homelab));

  const sleeping = asleep(alert, homelab);
  const leavesOut = [...sleeping.map((match) => `${inWords(match)}, which may sleep`), ...except.map(inWords)];
  const { base, parts } = partition(
    [...sleeping, ...except],
    overrides.map(({ match }) => match),
  );
  const rules = [
    { rule: all, selection: base },
    ...overrides.map((override, index) => ({ rule: override.alert, selection: parts[index] ?? [] })),
  ];
  const alerts = rules.flatMap(({ rule, selection }, index) => {
    if (index > 0 && selection.length === 0)
      notes.push(
        `${alert.name}: override ${index} (${rule.part?.words}) fits only what is left out or an earlier one fits`,
      );
    return narrowed({ ...rule, ...(leavesOut.length > 0 && { leavesOut }) }, selection, keys, problems);
  });
  if (alerts.length === 0 && except.length > 0)
    notes.push(`${alert.name}: \`except\` leaves out all that it could tell of here, so nobody is told of anything`);
  return { alerts: problems.length > 0 ? [] : alerts, problems, notes, ...(moved && { levels: moved }) };
};

/** Notes on worse stages of an alert that start before it does. */
export const stageNotes = (alerts: readonly Alert[], homelab: ResolvedHomelab): readonly string[] =>
  alerts.flatMap((worse) =>
    alerts.flatMap((milder) => {
      const tuned = [worse, milder].some(({ name }) => homelab.alerting.alerts[name] !== undefined);
      const isPair = worse.escalates === milder.name && worse.signal.id === milder.signal.id;
      const sameSeries = !worse.part || !milder.part || worse.part.key === milder.part.key;
      if (!tuned || !isPair || !sameSeries) return [];
      const [ahead, behind] = [comparing(milder.when), comparing(worse.when)];
      const rises = ahead.operator.startsWith('>');
      if (rises !== behind.operator.startsWith('>')) return [];
      if (rises ? ahead.value <= behind.value : ahead.value >= behind.value) return [];
      return [
        `${titleOf(milder)} starts at ${thresholdOf(milder)}, its worse stage ${titleOf(worse)} at ${thresholdOf(worse)}: ${rises ? 'raise' : 'lower'} that too`,
      ];
    }),
  );

/** `HostFilesystemAlmostFull (mountpoint /media)`. */
export const titleOf = ({ name, part }: Pick<Alert, 'name' | 'part'>): string =>
  part ? `${name} (${part.words})` : name;

/** Why a threshold or a time is what it is, where the homelab file says so. */
const asSaid = 'the homelab file says so';

const change = (
  alert: Alert,
  { threshold, for: holds, severity, notify }: AlertOverride | AlertTuning,
  keys: Keys,
  problems: HomelabProblem[],
): Alert => {
  const when = threshold === undefined ? undefined : readWhen(alert, threshold, [...keys, 'threshold'], problems);
  return {
    ...alert,
    ...(when && { when, whenReason: asSaid }),
    ...(holds !== undefined && { for: holds, forReason: 'The homelab file says so.' }),
    ...(severity && { severity }),
    ...(notify !== undefined && { notify: [...new Set(toList(notify))] }),
  };
};

const readWhen = (
  { when, signal, heartbeat, name }: Alert,
  given: number | string,
  keys: Keys,
  problems: HomelabProblem[],
): Condition | undefined => {
  const isState = 'is' in when || 'isNot' in when || heartbeat || signal.values !== undefined;
  const { operator } = comparing(when);
  const limit = isState
    ? {
        what: `a threshold for ${name}, which is about a state and not an amount`,
        allowed: 'none',
        try: 'take `threshold` out',
      }
    : readLimit(given, signal, operator);
  if ('value' in limit) return withValue(when, limit.value);
  problems.push(problem(keys, { ...limit, value: given }));
  return undefined;
};

const withValue = (when: Condition, value: number): Condition => {
  if ('above' in when) return { above: value };
  if ('atLeast' in when) return { atLeast: value };
  return { below: value };
};

/** A threshold that says what was so anyway moves nothing. */
const isMoved = (from: Condition, to: Condition): boolean =>
  from !== to && comparing(from).value !== comparing(to).value;

const movedLevels = (before: Alert, after: Alert, levels: Levels | undefined): Levels | undefined =>
  levels &&
  moveLevel(levels, {
    severity: before.severity,
    from: comparing(before.when).value,
    to: comparing(after.when).value,
    why: `${levels === before.signal.levels ? '' : `${levels.why}; `}${before.name} starts at ${thresholdOf(after)}, as the homelab file says`,
  });

const narrowed = (alert: Alert, selection: Selection, keys: Keys, problems: HomelabProblem[]): readonly Alert[] => {
  const { signal } = alert;
  try {
    const expression = select(signal.expression, selection, signal.context);
    if (!expression) return [];
    return [expression === signal.expression ? alert : { ...alert, signal: { ...signal, expression } }];
  } catch (error) {
    if (!(error instanceof NarrowError)) throw error;
    const labels = [...new Set(selection.flatMap((box) => Object.keys(box)))].join(', ');
    if (!problems.some(({ keys: known }) => known === keys))
      problems.push(problem(keys, { what: `${alert.name} cannot be told apart by ${labels}: ${error.message}` }));
    return [];
  }
};

/** What goes off by itself, and what runs on it, is missed by nobody. */
const asleep = ({ absenceOf, signal }: Alert, { hosts, services }: ResolvedHomelab): readonly Match[] => {
  const sleeping = hosts.filter(({ sleeps }) => sleeps).map(({ name }) => name);
  if (!absenceOf || sleeping.length === 0) return [];
  const onThem = services.filter(({ host }) => host !== null && sleeping.includes(host)).map(({ name }) => name);
  return [
    ...(signal.labels.has('host') ? [{ host: sleeping }] : []),
    ...(signal.labels.has('service') && onThem.length > 0 ? [{ service: onThem }] : []),
  ];
};

const toSelects = (given: Select | readonly Select[] | undefined): readonly Select[] => {
  if (given === undefined) return [];
  return Array.isArray(given) ? (given as readonly Select[]) : [given as Select];
};

const toMatch = (given: Select, { name, signal }: Alert, keys: Keys, problems: HomelabProblem[]): Match => {
  const known = [...signal.labels].sort();
  if (Object.keys(given).length === 0) {
    problems.push(
      problem(keys, {
        what: 'it fits everything',
        value: given,
        allowed: allowedNames('', known),
        try: `to switch the alert off write \`${name}: { enabled: false }\``,
      }),
    );
  }
  for (const label of Object.keys(given)) {
    if (signal.labels.has(label)) continue;
    const meant = closest(label, known);
    problems.push(
      problem([...keys, label], {
        what: `${name} has no label of that name`,
        allowed: known.length > 0 ? allowedNames(label, known) : 'none: it has no labels at all',
        ...(meant && { try: `write \`${meant}:\` instead of \`${label}:\`` }),
        onKey: true,
      }),
    );
  }
  return Object.fromEntries(Object.entries(given).map(([label, value]) => [label, toList(value)]));
};

/** Prometheus may know hosts that the homelab file does not, so this is no mistake for certain. */
const unknownHosts = ({ name }: Alert, matches: readonly Match[], { hosts }: ResolvedHomelab): readonly string[] => {
  const known = hosts.map((host) => host.name);
  const unknown = [...new Set(matches.flatMap(({ host = [] }) => host))].filter((host) => !known.includes(host));
  return unknown.map((host) => {
    const meant = closest(host, known);
    return `${name}: no host of the homelab file is called ${host}${meant ? `; perhaps ${meant}` : ''}`;
  });
};

/** Named by what it fits, so that neither another order nor another override changes the name. */
const partOf = (match: Select): AlertPart => {
  const sorted = sort(Object.fromEntries(Object.entries(match).map(([label, value]) => [label, toList(value)])));
  const key = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 8);
  return { key, words: shorten(inWords(sorted), key) };
};

/** Grafana takes titles of 190 bytes, and the alert's name is in them, too. */
const longestWords = 120;

const shorten = (words: string, key: string): string => {
  if (Buffer.byteLength(words) <= longestWords) return words;
  // A letter that is cut in two becomes a sign for that.
  const start = Buffer.from(words)
    .subarray(0, longestWords - 16)
    .toString()
    .replace(/\uFFFD+$/, '');
  return `${start.trimEnd()}… (${key})`;
};

/** `host nas, mountpoint /backup or /media`. */
const inWords = (match: Match): string =>
  Object.entries(sort(match))
    .map(([label, values]) => `${label} ${values.join(' or ')}`)
    .join(', ');

const sort = (match: Match): Match =>
  Object.fromEntries(
    Object.entries(match)
      .map(([label, values]) => [label, [...values].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const toList = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
