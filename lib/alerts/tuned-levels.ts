import type { Severity } from '../homelab/homelab';
import { alertLevel, type Levels } from '../thresholds';

/**
 * The levels of a signal after an alert on it starts elsewhere: the line of the panel where the alert started moves with it, or,
 * where it had a place of its own, the line of the alert's colour. A line that would then be on the wrong side of the other goes
 * with it. `undefined`: the alert never started at one of the levels, so none of them moves.
 */
export const moveLevel = (
  levels: Levels,
  {
    severity,
    from,
    to,
    why,
  }: { readonly severity: Severity; readonly from: number; readonly to: number; readonly why: string },
): Levels | undefined => {
  const [warning, critical] = [alertLevel(levels, 'warning'), alertLevel(levels, 'critical')];
  if (![warning, critical, levels.warn, levels.critical].includes(from)) return undefined;
  const own = severity === 'critical' ? 'critical' : 'warning';
  const line =
    from === levels.critical ? 'critical' : from === levels.warn ? 'warn' : own === 'critical' ? 'critical' : 'warn';
  const moved = { warn: levels.warn, critical: levels.critical, [line]: to };
  const worse = (a: number, b: number): boolean => (levels.bad === 'high' ? a > b : a < b);
  if (moved.warn !== undefined && worse(moved.warn, moved.critical)) moved[line === 'warn' ? 'critical' : 'warn'] = to;
  return {
    bad: levels.bad,
    // One line is enough where both are at the same place.
    ...(moved.warn !== undefined && moved.warn !== moved.critical && { warn: moved.warn }),
    critical: moved.critical,
    alert: { warning: from === warning ? to : warning, critical: from === critical ? to : critical, [own]: to },
    why,
  };
};
