import { here, placeOf } from '../panel-facts';
import type { Pack } from '../homelab/homelab';
import { HomelabError } from '../homelab/homelab-error';
import { allowedNames, closest } from '../homelab/nearest';
import { problem, type HomelabProblem } from '../homelab/problem';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Omission } from '../render/artifact';
import { bindAll, type Signals } from '../signals/index';
import type { Levels } from '../thresholds';
import type { Alert } from './alert';
import { alertProblems } from './checks';
import type { Thing } from './dependencies';
import { quietWhileDown } from './quiet';
import { dataSourcesOf } from './rule';
import { stageNotes, titleOf, tuneAlert } from './tune';

/** The alerts of one subject: a rule group in every engine. */
export interface AlertGroup {
  /** Kebab-case, the file's name: `host`. */
  readonly name: string;
  /** `alerts/host.ts`, for messages. */
  readonly file: string;
  readonly alerts: (signals: Signals, homelab: ResolvedHomelab) => readonly Alert[];
}

/** Alerts of one group as they are for one homelab: one entry a rule, so several of one name where the homelab file treats some of its series differently. */
export interface BuiltGroup {
  readonly name: string;
  /** Where it is declared, `alerts/host.ts`: for findings. */
  readonly file?: string;
  readonly alerts: readonly Alert[];
}

export interface BuiltAlerts {
  /** In the order given; none is empty. */
  readonly groups: readonly BuiltGroup[];
  readonly omissions: readonly Omission[];
  /** Levels that moved with a threshold of the homelab file, by signal: panels draw these. */
  readonly levels: Readonly<Record<string, Levels>>;
  /** What the homelab file says about alerts that is allowed, but perhaps not meant. */
  readonly notes: readonly string[];
}

/**
 * Declares the alerts of one subject. Nothing is built before a homelab is rendered.
 *
 * @example defineAlerts('disk', ({ host }) => [{ name: 'DiskHot', signal: host.diskTemperature, when: above(55), … }])
 */
export const defineAlerts = (name: string, alerts: AlertGroup['alerts']): AlertGroup => {
  const declared = here();
  return {
    name,
    alerts,
    // Reading a stack takes longer than building the alerts, and only messages need it.
    get file() {
      return placeOf({ declared }).replace(/:\d+$/, '');
    },
  };
};

/** Which alerts `buildAlerts` keeps beside those that the homelab can have. */
export interface BuildAlertsOptions {
  /** Also those that are of use with another engine only: for runbooks and tests. */
  readonly everyEngine?: boolean;
  /** Also those of packs that are off, and those that the homelab file switches off: for runbooks and tests. */
  readonly everyPack?: boolean;
}

/**
 * The alerts that this homelab can have and wants, tuned as its file says. Throws with all mistakes of their authors at once, each
 * with the alert and its file; with a `HomelabError` for what the homelab file says about them and cannot be.
 */
export const buildAlerts = (
  groups: readonly AlertGroup[],
  homelab: ResolvedHomelab,
  options: BuildAlertsOptions = {},
): BuiltAlerts => {
  const signals = bindAll({ sources: homelab.sources, display: homelab.display, place: 'alert', variables: {} });
  const declared = groups.map((group) => ({
    name: group.name,
    alerts: group.alerts(signals, homelab),
    get file() {
      return group.file;
    },
  }));
  const problems = alertProblems(declared);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const wrong = unknownNames(
    declared.flatMap(({ alerts }) => alerts.map(({ name }) => name)),
    homelab,
  );
  const omissions: Omission[] = [];
  const off: Alert[] = [];
  const levels: Record<string, Levels> = {};
  const notes: string[] = [];
  const kept = declared.map(({ name, alerts }) => ({
    name,
    alerts: alerts.filter((alert) => {
      if (!options.everyPack && !isOn(alert, homelab)) {
        const tuning = homelab.alerting.alerts[alert.name];
        if (tuning?.enabled === false) return false;
        off.push(alert);
        if (tuning)
          notes.push(`${alert.name} is tuned and off, as its pack ${alert.pack} is: add \`enabled: true\` to have it`);
        return false;
      }
      const why = whyLeftOut(alert, homelab, options);
      if (why) omissions.push({ what: 'alert', where: alert.name, why });
      return !why;
    }),
  }));
  const tuned = kept.map(({ name, alerts }) => ({
    name,
    alerts: alerts.flatMap((alert) => {
      const one = tuneAlert(alert, homelab, levels[alert.signal.id]);
      wrong.push(...one.problems);
      notes.push(...one.notes);
      if (one.levels) levels[alert.signal.id] = one.levels;
      return one.alerts.filter((rule) => {
        const isSent =
          !options.everyEngine && rule.severity === 'info' && !beats(rule, homelab) && wouldBeSent(homelab);
        if (isSent) omissions.push({ what: 'alert', where: titleOf(rule), why: noMessage });
        return !isSent;
      });
    }),
  }));
  if (wrong.length > 0) throw new HomelabError(wrong);

  const told = toldOf(
    homelab,
    tuned.flatMap(({ alerts }) => alerts),
  );
  const rules = tuned.map(({ name, alerts }, index) => ({
    name,
    get file() {
      return groups[index]?.file ?? '';
    },
    alerts: alerts.map((alert) => quietWhileDown(alert, homelab, signals, told)),
  }));
  notes.push(
    ...stageNotes(
      rules.flatMap(({ alerts }) => alerts),
      homelab,
    ),
  );
  return {
    groups: rules.filter(({ alerts }) => alerts.length > 0),
    omissions: [...omissions, ...packsOff(off)],
    levels,
    notes,
  };
};

const packs: readonly Pack[] = ['essential', 'standard', 'all'];

/** What the homelab file says of it, else whether its pack is on; one's own alerts have none. */
const isOn = ({ name, pack }: Alert, { alerting }: ResolvedHomelab): boolean =>
  alerting.alerts[name]?.enabled ?? (pack === undefined || packs.indexOf(pack) <= packs.indexOf(alerting.pack));

/** One line for all that the chosen pack does not hold. */
const packsOff = (off: readonly Alert[]): readonly Omission[] => {
  const theirs = packs.filter((pack) => off.some((alert) => alert.pack === pack));
  const [next] = theirs;
  if (next === undefined) return [];
  const count = `${off.length} of the ${theirs.length > 1 ? 'packs' : 'pack'} ${theirs.join(' and ')}`;
  const why = `off; \`alerting: { pack: '${next}' }\` in the homelab file switches ${theirs.length > 1 ? 'the next' : 'them'} on, \`alerts: { ${off[0]?.name}: { enabled: true } }\` a single one`;
  return [{ what: 'alerts', where: count, why }];
};

/** Names in `alerting.alerts` that no alert has, neither ours nor one of the user's. */
const unknownNames = (known: readonly string[], { alerting }: ResolvedHomelab): HomelabProblem[] =>
  Object.keys(alerting.alerts).flatMap((name) => {
    if (known.includes(name)) return [];
    const meant = closest(name, known);
    return problem(['alerting', 'alerts', name], {
      what: 'no alert is called so',
      allowed: allowedNames(name, known),
      ...(meant && { try: `write \`${meant}:\` instead of \`${name}:\`` }),
      onKey: true,
    });
  });

/** Where messages keep others quiet, by the labels of both: all but Grafana. What sleeps is not told of, so rules must ask for it themselves. */
const toldOf =
  ({ alerting, hosts }: ResolvedHomelab, alerts: readonly Alert[]) =>
  ({ kind, name }: Thing): boolean =>
    alerting.engine !== 'grafana' &&
    alerts.some(({ absenceOf }) => absenceOf === kind) &&
    !(kind === 'host' && hosts.some((host) => host.name === name && host.sleeps));

const whyLeftOut = (
  alert: Alert,
  homelab: ResolvedHomelab,
  { everyEngine }: BuildAlertsOptions,
): string | undefined => {
  if (!everyEngine && alert.only && !alert.only.engines.includes(homelab.alerting.engine)) return alert.only.because;
  const missing = [alert.signal, ...(alert.and ?? []).map(({ signal }) => signal)].find(
    (signal) => signal.missing,
  )?.missing;
  if (missing) return missing;
  const asked = dataSourcesOf(alert);
  return asked.length > 1
    ? `it compares series of the data sources ${asked.join(' and ')}, and one rule asks one`
    : undefined;
};

const noMessage =
  'info is no message, and with nobody in `alerting.receivers` Grafana would send it by its own policies';

/** It has a receiver of its own. */
const beats = ({ heartbeat }: Alert, { alerting }: ResolvedHomelab): boolean =>
  heartbeat === true && alerting.heartbeat !== null;

/** Grafana sends whatever fires; we can mute a rule only where we may name its receiver. */
const wouldBeSent = ({ alerting }: ResolvedHomelab): boolean =>
  alerting.engine === 'grafana' && alerting.defaultReceiver === null;
