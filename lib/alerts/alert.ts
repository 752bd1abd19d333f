import type { Category, Engine, Pack, Severity } from '../homelab/homelab';
import type { Allowance } from '../lint/allowance';
import type { Signal } from '../signals/signal';

/** A condition on a signal's value, in the signal's own unit. */
export type Condition =
  | { readonly above: number }
  | { readonly atLeast: number }
  | { readonly below: number }
  | { readonly is: number }
  | { readonly isNot: number };

/** Another condition that must hold at the same time, on the labels that both signals carry. */
export interface Guard {
  readonly signal: Signal;
  readonly when: Condition;
}

/** What does not answer. */
export type AbsentThing = 'host' | 'service' | 'target' | 'router' | 'internet';

/** Some of an alert's series, by an override of the homelab file. */
export interface AlertPart {
  /** Stays when the order of the overrides changes: uids are made from it. */
  readonly key: string;
  /** For titles: `mountpoint /media`. */
  readonly words: string;
}

/** What somebody is told about, when, and what to do first. */
export interface Alert {
  /** `<Thing><Condition>`: `HostDown`. Never changes: uids and runbooks are named by it. */
  readonly name: string;
  readonly signal: Signal;
  readonly when: Condition;
  /** Why there, where the limit is neither the shared table's (`lib/thresholds.ts`) nor a matter of course such as `above(0)`. */
  readonly whenReason?: string;
  /** All of these hold too. */
  readonly and?: readonly Guard[];
  /** How long it holds before anybody is told, such as `5m`; `0s` for facts that cannot flap. */
  readonly for: string;
  /** Why that long. */
  readonly forReason: string;
  /** Keeps it firing that long after it ended, for what comes and goes. */
  readonly keepFiringFor?: string;
  /** `critical`: now. `warning`: today. `info`: on dashboards only; a message only where a route of the homelab names `info`. */
  readonly severity: Severity;
  readonly category: Category;
  /** The smallest pack that it is in. Absent: always on, as one's own alerts are. */
  readonly pack?: Pack;
  /** Why somebody should get up for it: for those in `essential`. */
  readonly packReason?: string;
  /**
   * It tells that something does not answer, and what: the host or the service that its label of that name says, a `target` of
   * Prometheus, the router, the internet. Such alerts leave out what sleeps, and are quiet while what it depends on is down.
   */
  readonly absenceOf?: AbsentThing;
  /**
   * Of what it depends on, what its own query or guards leave out while that is down, in every engine: the `host` that a thing runs
   * on, the `router`. Nobody else needs to see to it.
   */
  readonly leavesOutWhileDown?: readonly ('host' | 'router')[];
  /** Names in `alerting.receivers`, instead of what the routes say; empty: nobody. Set by the homelab file. */
  readonly notify?: readonly string[];
  /** Which of an alert's series it is about, where the homelab file treats them differently. Absent: all, or all others. */
  readonly part?: AlertPart;
  /** What it leaves out here, in words: `mountpoint /mnt/scratch`. Set by the homelab file. */
  readonly leavesOut?: readonly string[];
  /** What it says nothing about while something else is down, in words. Set by the homelab file. */
  readonly quietAbout?: readonly string[];
  /** What, where: 80 characters at most, `{label}` for labels, no value (it would change at every evaluation). */
  readonly summary: string;
  /** A sentence or two with `{value}` (in the signal's unit), `{threshold}`, `{for}` and `{label}`. */
  readonly description: string;
  /** Who notices what. */
  readonly impact: string;
  /** What to do, in order; each begins with a verb. They are the runbook. */
  readonly firstSteps: readonly [string, ...string[]];
  /** Usual causes, likeliest first. */
  readonly causes?: readonly string[];
  /** When it is right to silence it. */
  readonly silenceWhen?: string;
  /** The panel that shows it: a board's name, and the signal that the panel draws. Absent: the heartbeat alone. */
  readonly panel?: { readonly dashboard: string; readonly signal: Signal };
  /**
   * What it means when the query gives nothing: `ok`, nothing is wrong; `alerting`, that is the trouble itself; `noData`, tell that
   * we are blind. With `and` it must be `ok`: those conditions stay in Grafana's query, which gives nothing while one does not hold.
   */
  readonly noData: 'ok' | 'alerting' | 'noData';
  readonly noDataReason: string;
  /** Fires always, so that its absence is noticed elsewhere: it has no cases. */
  readonly heartbeat?: true;
  /** Name of the milder alert that has nothing to add while this one fires. */
  readonly escalates?: string;
  /** Findings of the linter that are right here, and why. */
  readonly allowed?: readonly Allowance[];
  /** Of use only where one of these evaluates the alerts. */
  readonly only?: { readonly engines: readonly Engine[]; readonly because: string };
}

/** Series in, alerts out: the last silent sample, the first firing one, and a near miss that stays silent. */
export interface AlertCases {
  readonly fires: {
    /** In promtool's notation: selector -> values, one each `interval`. */
    readonly series: Readonly<Record<string, string>>;
    /** Between samples; default `1m`. */
    readonly interval?: string;
    readonly silentAt: string;
    readonly firesAt: string;
    /** Labels beside alertname, severity, category. */
    readonly labels: Readonly<Record<string, string>>;
    readonly summary: string;
    readonly description: string;
  };
  readonly nearMiss: {
    /** What makes it harmless. */
    readonly because: string;
    readonly series: Readonly<Record<string, string>>;
    readonly interval?: string;
    readonly at: string;
  };
}
