import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert } from '../alerts/alert';
import type { BuiltAlerts } from '../alerts/define';
import { conditionQuery } from '../alerts/rule';
import { incidents, type Fleet, type Incident, type Window } from '../fleet';
import { prometheusAt, type Labels, type Prometheus } from '../proof/prometheus';
import { fillAlerts } from './alerts-block';
import { changedMetrics } from './changed-metrics';
import { fill, linkBlocks, moment, ownRanges, startFilled, trouble } from './fill';
import { isOfAlerts, looksAt, QuietPanels, readersOfQuiet, readsOfQuiet, type QuietPanel } from './quiet';
import { readsOf, type Reader, type Reads } from './reads';
import { evaluate, titleOf, type Evaluated } from './rules';

/** What an incident must tell, by the names of alerts. */
export interface Expected {
  /** Each fires, where the homelab has it. */
  readonly fires: readonly string[];
  /** At least one of these fires, where the homelab has any: which one depends on how it is watched. */
  readonly anyOf?: readonly string[];
  /** These may fire, too: whether they do depends on what else the homelab has. */
  readonly may?: readonly string[];
  /** Minutes until it has come about, for one that stays. Default: it lasts for all of the time. */
  readonly minutes?: number;
}

/** What came of an incident. */
export interface IncidentProof {
  readonly incident: string;
  readonly says: string;
  readonly subject: string;
  /** Alerts that fired, each with the labels of its first alert. */
  readonly fired: readonly { readonly alert: string; readonly labels: Labels; readonly after: number }[];
  /** Alerts that had to fire and did not. */
  readonly missing: readonly string[];
  /** Alerts that fired and had no reason to. */
  readonly unexpected: readonly string[];
  /** Rules that read what the incident changes: the others do what they do while all is well. */
  readonly rules: number;
  readonly seconds: number;
}

/** Whether it told what it must, and nothing else. */
export const incidentHolds = ({ missing, unexpected }: IncidentProof): boolean =>
  missing.length === 0 && unexpected.length === 0;

/** Those that can happen in a homelab, each with whom it befalls. */
export const incidentsIn = ({ homelab }: Fleet): readonly { readonly incident: Incident; readonly subject: string }[] =>
  incidents.flatMap((incident) => {
    const [subject] = incident.subjects(homelab);
    return subject === undefined ? [] : [{ incident, subject }];
  });

export interface IncidentStage {
  /** The homelab in which all is well. */
  readonly fleet: Fleet;
  readonly alerts: BuiltAlerts;
  /** Where everything is written. */
  readonly folder: string;
  /** Data folder with what was before the incident. */
  readonly shared: string;
  readonly expected: Readonly<Record<string, Expected | undefined>>;
  /** Panels that have nothing to show while all is well: whether they show something now. */
  readonly quiet: readonly QuietPanel[];
}

/** What came of incidents that happened together. */
export interface Together {
  readonly incidents: readonly IncidentProof[];
  /** The quiet panels that showed something, and the incident that made them. */
  readonly shown: ReadonlyMap<QuietPanel, string>;
}

/** What an incident changes, and who reads it. */
export interface Prepared {
  readonly incident: Incident;
  readonly subject: string;
  readonly window: Window;
  /** Metrics that are not what they are while all is well, of those that anybody reads. */
  readonly changed: ReadonlySet<string>;
  /** Rules that read any of them: the others do what they do while all is well. */
  readonly affected: ReadonlySet<Alert>;
  readonly quiet: readonly QuietPanel[];
  readonly seconds: number;
}

/** Lets an incident happen in the last two hours, and looks at what it changes. */
export const prepareIncident = (
  { incident, subject }: { readonly incident: Incident; readonly subject: string },
  { fleet, alerts, expected, quiet }: IncidentStage,
): Prepared => {
  const started = performance.now();
  const from = moment - trouble;
  const minutes = expected[incident.name]?.minutes;
  const window = { from, to: minutes === undefined ? moment + 60 : from + minutes * 60 };
  const troubled = fleet.withIncident(incident.name, window, subject);
  const rules = alerts.groups.flatMap((group) => group.alerts);
  const changed = changedMetrics(fleet, troubled, momentsBetween(from, moment), readOf(alerts, quiet));
  const isTouched = ({ reads }: Reads): boolean => [...changed].some(reads);
  return {
    incident,
    subject,
    window,
    changed,
    affected: new Set(rules.filter((alert) => isTouched(readsOfRule(alert)))),
    quiet: quiet.filter((panel) => isTouched(readsOfQuiet(panel))),
    seconds: (performance.now() - started) / 1000,
  };
};

/**
 * Incidents that can share a Prometheus, because no rule reads what two of them change: each rule sees one incident at most, as if it
 * were alone. One that no rule reads is told by panels only: these must not read what another one changes.
 */
export const packIncidents = (prepared: readonly Prepared[]): readonly (readonly Prepared[])[] => {
  const packs: Prepared[][] = [];
  for (const one of prepared) {
    const pack = packs.find((members) => !members.some((other) => disturb(one, other)));
    if (pack) pack.push(one);
    else packs.push([one]);
  }
  return packs;
};

const disturb = (one: Prepared, other: Prepared): boolean =>
  overlap(one.affected, other.affected) ||
  ((one.affected.size === 0 || other.affected.size === 0) && overlap(new Set(one.quiet), new Set(other.quiet)));

const overlap = <T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean =>
  [...some].some((each) => others.has(each));

/** Evaluates each rule that reads anything of what some incidents change by a real Prometheus, and asks quiet panels again. */
export const proveTogether = async (
  members: readonly Prepared[],
  { fleet, alerts, folder, shared, expected, quiet: open }: IncidentStage,
): Promise<Together> => {
  const started = performance.now();
  const from = moment - trouble;
  const affected = only(alerts, new Set(members.flatMap((one) => [...one.affected])));
  const quiet = open.filter((panel) => isOfAlerts(panel) || members.some((one) => one.quiet.includes(panel)));
  const shown = new Map<QuietPanel, string>();
  let evaluated: readonly Evaluated[] = [];
  const hasFired = ({ affected: own }: Prepared): boolean => firedOf(evaluated, own, from).length > 0;
  if (affected.groups.length > 0 || members.some((one) => one.quiet.some((panel) => open.includes(panel)))) {
    const troubled = fleet.withIncidents(
      members.map(({ incident, subject, window }) => ({ name: incident.name, subject, window })),
    );
    const data = `incident-${members[0]?.incident.name}`;
    mkdirSync(join(folder, data), { recursive: true });
    linkBlocks(join(folder, shared), join(folder, data));
    const reads = readsOf([...readersOf(affected), ...quiet.flatMap(readersOfQuiet)]);
    await fill(troubled, ownRanges(reads.reads), join(folder, data));
    const within = { from: from - 5 * 60, to: moment };
    const show = async (open: readonly QuietPanel[], prometheus: Prometheus): Promise<void> => {
      const panels = new QuietPanels(prometheus);
      for (const panel of open) {
        const causes = members.filter((one) => one.quiet.includes(panel) || (isOfAlerts(panel) && hasFired(one)));
        const by = await shownBy(panel, causes, panels);
        if (by) shown.set(panel, by.incident.name);
      }
    };
    await asked(folder, data, async (prometheus) => {
      evaluated = await evaluate(affected, prometheus, within);
      await show(
        quiet.filter((panel) => !isOfAlerts(panel)),
        prometheus,
      );
    });
    const broken = evaluated.find(({ error }) => error !== undefined);
    if (broken) throw new Error(`${broken.alert.name} cannot be evaluated: ${broken.error}`);
    const ofAlerts = quiet.filter(isOfAlerts);
    if (ofAlerts.length > 0) {
      // A server that runs does not see blocks that are written meanwhile.
      await fillAlerts(evaluated, within, { folder, data });
      await asked(folder, data, (prometheus) => show(ofAlerts, prometheus));
    }
    rmSync(join(folder, data), { recursive: true, force: true });
  }
  const seconds = (performance.now() - started) / 1000 / members.length;
  return {
    shown,
    incidents: members.map((one) => {
      const fired = firedOf(evaluated, one.affected, from);
      return {
        incident: one.incident.name,
        says: one.incident.says,
        subject: one.subject,
        fired,
        ...judge(
          fired.map(({ alert }) => alert.replace(/ \(.*$/, '')),
          expected[one.incident.name],
          alerts,
        ),
        rules: one.affected.size,
        seconds: one.seconds + seconds,
      };
    }),
  };
};

/** Which of some incidents make a quiet panel show something; of several the first. */
const shownBy = async (
  panel: QuietPanel,
  causes: readonly Prepared[],
  panels: QuietPanels,
): Promise<Prepared | undefined> => {
  if (causes.length > 0 && (await panels.showsAsOpened(panel))) return causes[0];
  for (const one of causes)
    for (const look of looksAt(one.subject, { from: one.window.from, to: moment }))
      if (await panels.showsTo(look, panel)) return one;
  return undefined;
};

/** Asks a server that has what is in a data folder. */
const asked = async <T>(folder: string, data: string, ask: (prometheus: Prometheus) => Promise<T>): Promise<T> => {
  const server = await startFilled(folder, data);
  try {
    return await ask(prometheusAt(server.url));
  } finally {
    await server.stop();
  }
};

const firedOf = (evaluated: readonly Evaluated[], affected: ReadonlySet<Alert>, from: number): IncidentProof['fired'] =>
  evaluated.flatMap(({ alert, courses }) => {
    if (alert.heartbeat || !affected.has(alert)) return [];
    const first = courses.find(({ firingFrom }) => firingFrom !== undefined);
    return first?.firingFrom === undefined
      ? []
      : [{ alert: titleOf(alert), labels: first.labels, after: first.firingFrom - from }];
  });

/** What fired against what must; an alert that this homelab cannot have is not missed. */
export const judge = (
  fired: readonly string[],
  { fires, anyOf = [], may = [] }: Expected = { fires: [] },
  { groups }: { readonly groups: readonly { readonly alerts: readonly { readonly name: string }[] }[] },
): Pick<IncidentProof, 'missing' | 'unexpected'> => {
  const there = new Set(groups.flatMap(({ alerts }) => alerts.map(({ name }) => name)));
  const choice = anyOf.filter((name) => there.has(name));
  const known = [...fires, ...anyOf, ...may];
  return {
    missing: [
      ...fires.filter((name) => there.has(name) && !fired.includes(name)),
      ...(choice.length > 0 && !choice.some((name) => fired.includes(name)) ? [choice.join(' or ')] : []),
    ],
    unexpected: [...new Set(fired)].filter((name) => !known.includes(name)),
  };
};

const only = (alerts: BuiltAlerts, kept: ReadonlySet<Alert>): BuiltAlerts => ({
  ...alerts,
  groups: alerts.groups
    .map((group) => ({ ...group, alerts: group.alerts.filter((alert) => kept.has(alert)) }))
    .filter((group) => group.alerts.length > 0),
});

const readerOf = (alert: Alert): Reader => ({ expr: conditionQuery(alert), seconds: 0 });

/** Incidents are many, and rules stay the same: each is read once. */
const known = new WeakMap<Alert, Reads>();

const readsOfRule = (alert: Alert): Reads => {
  const reads = known.get(alert) ?? readsOf([readerOf(alert)]);
  known.set(alert, reads);
  return reads;
};

/** Whether any rule or any quiet panel reads a metric: the same for all incidents. */
const readOf = (alerts: BuiltAlerts, quiet: readonly QuietPanel[]): ((name: string) => boolean) => {
  const before = asksOf.get(quiet);
  if (before) return before;
  const readers = [...alerts.groups.flatMap((group) => group.alerts.map(readsOfRule)), ...quiet.map(readsOfQuiet)];
  const names = new Map<string, boolean>();
  const isRead = (name: string): boolean => {
    const is = names.get(name) ?? readers.some(({ reads }) => reads(name));
    names.set(name, is);
    return is;
  };
  asksOf.set(quiet, isRead);
  return isRead;
};

const asksOf = new WeakMap<readonly QuietPanel[], (name: string) => boolean>();

const readersOf = ({ groups }: BuiltAlerts): readonly Reader[] => groups.flatMap((group) => group.alerts.map(readerOf));

/** Each second minute: nothing comes and goes quicker, but what does so all the time. */
const momentsBetween = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / 120) + 1 }, (_, index) => from + index * 120);
