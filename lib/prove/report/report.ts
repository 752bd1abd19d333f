import type { Evidence } from '../../catalog/catalog';
import { holds, type Verdict } from '../../proof/prove';
import type { HomeReason } from '../at-home';
import { incidentHolds, type IncidentProof } from '../incidents';
import type { OtherProof } from '../other-languages';
import { alertHolds, type AlertProof } from '../rules';

/** One query of a panel, as it was answered. */
export interface QueryReport {
  readonly refId: string;
  readonly expr: string;
  readonly verdict: Verdict;
  readonly why: string;
  readonly series: number;
  readonly seconds: number;
}

/** One panel, picker or mark of a board. */
export interface PanelReport {
  readonly board: string;
  readonly panel: string;
  readonly type: string;
  readonly verdict: Verdict;
  readonly why: string;
  /** How well its weakest metric is known: what the simulation cannot tell. Null where no catalog has any. */
  readonly evidence: { readonly grade: Evidence; readonly metrics: readonly string[] } | null;
  /** Names of series that do not resolve. */
  readonly legends: readonly string[];
  /** Values that the unit or the thresholds do not expect. */
  readonly values: readonly string[];
  readonly queries: readonly QueryReport[];
  /** Of one that is quiet while all is well: the incident in which it showed something; null: none of those that happened made it. */
  readonly shownBy?: string | null;
  /** Why it is empty on the user's own server. */
  readonly atHome?: readonly HomeReason[];
}

/** All that a proof found. */
export interface ProofReport {
  /** The homelab file. */
  readonly homelab: string;
  /** The server that was asked; null: one that was filled by the simulated homelab. */
  readonly server: string | null;
  readonly panels: readonly PanelReport[];
  readonly others: readonly OtherProof[];
  readonly alerts: readonly AlertProof[];
  readonly incidents: readonly IncidentProof[];
  readonly samples: number;
  readonly seconds: number;
}

/** A query that takes longer than so many seconds makes a board slow to open. */
export const budget = 2;

/** Whether a panel is as it should be. At home, what is not there is what the reader asks for. */
export const panelHolds = ({ verdict, legends, values, atHome }: PanelReport): boolean =>
  holds(verdict) && legends.length === 0 && values.length === 0 && atHome === undefined;

/** Whether a panel is quiet while all is well, and no incident that happened made it show anything. */
export const isNeverShown = ({ shownBy }: PanelReport): boolean => shownBy === null;

/** Whether a query of logs or traces is. */
export const otherHolds = ({ verdict }: OtherProof): boolean => verdict !== 'empty' && verdict !== 'error';

export const slowQueries = ({ queries }: PanelReport): readonly QueryReport[] =>
  queries.filter(({ seconds }) => seconds > budget);

/** Whether nothing is left to mend. Slow queries are told, and do not fail: a busy machine is slow, too. */
export const isProven = ({ panels, others, alerts, incidents }: ProofReport): boolean =>
  panels.every(panelHolds) && others.every(otherHolds) && alerts.every(alertHolds) && incidents.every(incidentHolds);
