import type { Comparison } from '../expression/expression';
import type { Signal } from '../signals/signal';
import { alertLevel } from '../thresholds';
import type { Condition } from './alert';

/** More than `value`, in the signal's own unit. */
export const above = (value: number): Condition => ({ above: value });
/** `value` or more, in the signal's own unit. */
export const atLeast = (value: number): Condition => ({ atLeast: value });
/** Less than `value`, in the signal's own unit. */
export const below = (value: number): Condition => ({ below: value });
/** Exactly `value`: for states and flags. */
export const is = (value: number): Condition => ({ is: value });
/** Anything but `value`: for states and flags. */
export const isNot = (value: number): Condition => ({ isNot: value });

/** Where the shared table of levels starts an alert of that severity: from there on, as the panel's colour does. */
export const atLevel = ({ id, levels }: Pick<Signal, 'id' | 'levels'>, severity: 'warning' | 'critical'): Condition => {
  if (!levels) throw new Error(`${id} has no levels: give it some in lib/thresholds.ts, or say above(n) or below(n)`);
  const level = alertLevel(levels, severity);
  return levels.bad === 'high' ? atLeast(level) : below(level);
};

/** A condition as both engines need it. */
export interface Comparing {
  readonly operator: Comparison;
  /** Grafana's name of the operator in a threshold node. */
  readonly evaluator: 'gt' | 'gte' | 'lt' | 'eq' | 'ne';
  /** In words: `above`. */
  readonly words: string;
  readonly value: number;
}

export const comparing = (condition: Condition): Comparing => {
  if ('above' in condition) return { operator: '>', evaluator: 'gt', words: 'above', value: condition.above };
  if ('atLeast' in condition) return { operator: '>=', evaluator: 'gte', words: 'at least', value: condition.atLeast };
  if ('below' in condition) return { operator: '<', evaluator: 'lt', words: 'below', value: condition.below };
  if ('is' in condition) return { operator: '==', evaluator: 'eq', words: 'equal to', value: condition.is };
  return { operator: '!=', evaluator: 'ne', words: 'other than', value: condition.isNot };
};

/** Whether a limit needs no reason of its own: a state, none at all, or one of the levels of the signal. */
export const isSelfEvident = ({ levels }: Pick<Signal, 'levels'>, condition: Condition): boolean => {
  if ('is' in condition || 'isNot' in condition) return true;
  const { value } = comparing(condition);
  const { warn, critical, alert } = levels ?? {};
  return value === 0 || [warn, critical, alert?.warning, alert?.critical].includes(value);
};
