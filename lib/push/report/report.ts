import type { ResolvedTarget } from '../../homelab/resolved';
import { idOf, type Kind, type ObjectName } from '../object';
import type { Action, Plan } from '../plan';

/**
 * What a push would do, or did: the one document of `--json`, which the other forms are made of. Keys are added to it, never renamed or
 * given another meaning, as long as `version` is 1. It holds no secret and no name of a user.
 */
export interface PushReport {
  readonly version: 1;
  readonly target: ReportedTarget;
  /** In the order in which they are written. */
  readonly objects: readonly ReportedObject[];
  /** Objects by action; every action is there. */
  readonly counts: Readonly<Record<Action, number>>;
  /** Why nothing may be applied, each with the next command; empty where it may. */
  readonly refusals: readonly string[];
  /** Whether anything was tried to be written: false for `--plan`, and where it was refused. */
  readonly applied: boolean;
}

export interface ReportedTarget {
  readonly name: string;
  readonly kind: 'grafana' | 'ruler';
  /** Without user and password. */
  readonly url: string;
  /** Number of the organisation; null: that of the token, or a ruler. */
  readonly org: number | null;
  /** The prefix of uids, or the namespace. */
  readonly project: string;
  /** Of the server: `12.3.0`; null where it does not tell. */
  readonly serverVersion: string | null;
}

export interface ReportedObject {
  readonly kind: Kind;
  /** What tells it from others of its kind: mostly its uid. */
  readonly key: string;
  /** What a person calls it. */
  readonly name: string;
  readonly action: Action;
  /** In words, one each. Of a conflict: what the person changed. */
  readonly changes: readonly string[];
  /** Why the action is not the usual one. */
  readonly reason?: string;
  /** What `--on-drift overwrite` makes of a conflict. */
  readonly instead?: 'create' | 'update' | 'delete';
  /** Environment variables of which nobody can tell whether their values changed. */
  readonly cannotTell?: readonly string[];
  /** After an apply, of what was to be written. */
  readonly outcome?: ReportedOutcome;
}

export interface ReportedOutcome {
  /** `left`: somebody changed it since the plan was made. */
  readonly result: 'done' | 'left' | 'failed' | 'not reached';
  /** One sentence: why, or what is odd about it. */
  readonly reason?: string;
}

/** What became of a write, as `apply` tells it. */
export interface WrittenObject extends ObjectName {
  /** `already`: somebody else had made it so; `moved`: changed since the plan was made, and left. */
  readonly result: 'done' | 'already' | 'moved' | 'failed' | 'not reached';
  readonly reason?: string;
}

export interface ReportInput {
  readonly target: ResolvedTarget;
  readonly serverVersion?: string;
  readonly plan: Plan;
  /** Undefined: nothing was tried. */
  readonly outcomes?: readonly WrittenObject[];
}

/** The report on a plan, or on what became of it. */
export const reportOf = ({ target, serverVersion, plan, outcomes }: ReportInput): PushReport => {
  const ended = new Map((outcomes ?? []).map((outcome) => [idOf(outcome), outcome]));
  const objects = plan.steps.map((step): ReportedObject => {
    const { kind, key, title, action, changes, reason, instead, cannotTell } = step;
    const outcome = ended.get(idOf(step));
    return {
      kind,
      key,
      name: title,
      action,
      changes,
      ...(reason !== undefined && { reason }),
      ...(instead && { instead }),
      ...(cannotTell && cannotTell.length > 0 && { cannotTell }),
      ...(outcome && { outcome: reportedOutcome(outcome) }),
    };
  });
  const { name, kind, url, project } = target;
  return {
    version: 1,
    target: {
      name,
      kind,
      url,
      org: target.kind === 'grafana' ? target.org : null,
      project,
      serverVersion: serverVersion ?? null,
    },
    objects,
    counts: countsOf(objects),
    refusals: plan.refusals,
    applied: outcomes !== undefined,
  };
};

const reportedOutcome = ({ result, reason }: WrittenObject): ReportedOutcome => {
  if (result === 'already') return { result: 'done', reason: reason ?? 'somebody else had made it so' };
  const told = reason ?? (result === 'moved' ? 'it was changed since the plan was made, and left' : undefined);
  return { result: result === 'moved' ? 'left' : result, ...(told !== undefined && { reason: told }) };
};

/** In the order in which reports name them. */
export const actions = [
  'create',
  'update',
  'delete',
  'conflict',
  'foreign',
  'orphan',
  'unchanged',
] as const satisfies readonly Action[];

const countsOf = (objects: readonly ReportedObject[]): Readonly<Record<Action, number>> =>
  Object.fromEntries(
    actions.map((action) => [action, objects.filter((object) => object.action === action).length]),
  ) as Record<Action, number>;
