import { isThere, type Outcome } from './apply';
import type { OnDrift, Plan, Step } from './plan';

/** Objects that an applied plan leaves otherwise than the code wants them. */
export const driftLeft = (
  { steps }: Plan,
  onDrift: OnDrift,
  outcomes: readonly Outcome[],
): readonly (Step | Outcome)[] => [
  ...steps.filter(({ action, instead }) => action === 'conflict' && !(instead && onDrift === 'overwrite')),
  ...outcomes.filter(({ result }) => result === 'moved'),
];

/**
 * What a push ends with. 0: all applied; 1: all applied but for drift, which was left; 4: applied in part; and where nothing was applied what the
 * first failure says: 3 not authorised, 2 anything else. One that was stopped is 4.
 */
export const exitCodeOf = (
  plan: Plan,
  onDrift: OnDrift,
  outcomes: readonly Outcome[],
  { stopped = false, stateFailed = false }: { readonly stopped?: boolean; readonly stateFailed?: boolean } = {},
): 0 | 1 | 2 | 3 | 4 => {
  const unfinished = outcomes.filter(({ result }) => result === 'failed' || result === 'not reached');
  if (stateFailed || (stopped && unfinished.length > 0)) return 4;
  if (unfinished.length > 0) {
    if (outcomes.some(isThere)) return 4;
    const failure = unfinished.find((outcome) => outcome.failure)?.failure;
    return (failure as { exitCode?: number } | undefined)?.exitCode === 3 ? 3 : 2;
  }
  return driftLeft(plan, onDrift, outcomes).length > 0 ? 1 : 0;
};
