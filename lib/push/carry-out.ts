import { apply, writesOf, type ApplyOptions, type Outcome } from './apply';
import { backupOf, type Backup } from './backup';
import { nextState, saysTheSame } from './next-state';
import type { BaseObject, Kind } from './object';
import type { Plan, PlanInput } from './plan';
import type { StateStore } from './state';
import type { Store } from './store';

export interface CarryOutOptions extends Omit<ApplyOptions, 'bases' | 'beforeFoldersGo'> {
  readonly plan: Plan;
  /** What the plan was made of; its base may know more than the state, from the journals of this machine. */
  readonly input: PlanInput;
  /** What the state said. */
  readonly stateBefore: ReadonlyMap<string, BaseObject> | undefined;
  readonly stores: ReadonlyMap<Kind, Store>;
  readonly state: StateStore;
  readonly project: string;
  readonly target: string;
  readonly time: Date;
  /** Keeps a backup; what it throws stops the push before the first write. */
  readonly keepBackup: (backup: Backup) => void;
  /** What the state should say afterwards; default: what was wanted, of all that was done. */
  readonly after?: (outcomes: readonly Outcome[]) => ReadonlyMap<string, BaseObject>;
}

export interface CarriedOut {
  readonly outcomes: readonly Outcome[];
  /** Why the state could not be written: what was done is done, and the next push on this machine finds it in the journal. */
  readonly stateFailure?: Error;
}

/**
 * A push from its plan to its end: backup, writes, state, in this order. The state leaves folders that are removed; it is written last, for whatever was done, and only when it
 * says something new. Throws before the first write, or not at all.
 */
export const carryOut = async (options: CarryOutOptions): Promise<CarriedOut> => {
  const { plan, input, stateBefore, stores, state, journal, project, normalForms, onDrift, secret } = options;
  if (plan.refusals.length > 0) throw new Error(`this plan may not be applied: ${plan.refusals.join('; ')}`);
  const backup = backupOf({ ...options, base: input.base, actual: input.actual });
  if (backup) options.keepBackup(backup);
  const outcomes = await apply(plan, stores, {
    ...options,
    bases: [stateBefore, input.base],
    beforeFoldersGo: (folders) => state.leave(folders),
  });
  try {
    const next = options.after
      ? options.after(outcomes)
      : await nextState({ plan, input, outcomes, onDrift, normalForms, secret });
    if (!saysTheSame(stateBefore, next) && (next.size > 0 || stateBefore))
      await state.write({ version: 1, project, objects: next });
    if (writesOf(plan, onDrift).length > 0) journal?.settled();
    return { outcomes };
  } catch (error) {
    return { outcomes, stateFailure: error as Error };
  }
};
