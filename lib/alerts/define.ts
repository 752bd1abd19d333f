import { here, placeOf } from '../panel-facts';
import type { ResolvedHomelab } from '../homelab/resolved';
import type { Omission } from '../render/artifact';
import { bindAll, type Signals } from '../signals/index';
import type { Alert } from './alert';
import { alertProblems } from './checks';
import { dataSourcesOf } from './rule';

/** The alerts of one subject: a rule group in every engine. */
export interface AlertGroup {
  /** Kebab-case, the file's name: `host`. */
  readonly name: string;
  /** `alerts/host.ts`, for messages. */
  readonly file: string;
  readonly alerts: (signals: Signals, homelab: ResolvedHomelab) => readonly Alert[];
}

/** Alerts of one group as they are for one homelab. */
export interface BuiltGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}

export interface BuiltAlerts {
  /** In the order given; none is empty. */
  readonly groups: readonly BuiltGroup[];
  readonly omissions: readonly Omission[];
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
}

/** The alerts that this homelab can have. Throws with all mistakes of their authors at once, each with the alert and its file. */
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

  const omissions: Omission[] = [];
  const built = declared.map(({ name, alerts }) => ({
    name,
    alerts: alerts.filter((alert) => {
      const why = whyLeftOut(alert, homelab, options);
      if (why) omissions.push({ what: 'alert', where: alert.name, why });
      return !why;
    }),
  }));
  return { groups: built.filter(({ alerts }) => alerts.length > 0), omissions };
};

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
  if (!everyEngine && alert.severity === 'info' && wouldBeSent(homelab)) {
    return 'info is no message, and with nobody in `alerting.receivers` Grafana would send it by its own policies';
  }
  const asked = dataSourcesOf(alert);
  return asked.length > 1
    ? `it compares series of the data sources ${asked.join(' and ')}, and one rule asks one`
    : undefined;
};

/** Grafana sends whatever fires; we can mute a rule only where we may name its receiver. */
const wouldBeSent = ({ alerting }: ResolvedHomelab): boolean =>
  alerting.engine === 'grafana' && alerting.defaultReceiver === null;
