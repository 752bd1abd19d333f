import type { Category, Severity } from '../homelab/homelab';
import type { ResolvedAlerting, ResolvedRoute } from '../homelab/resolved';
import type { Alert } from './alert';

/** How often somebody is told, and how long messages wait for company. */
export interface Pace {
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
}

/** `critical` at once, the rest gathered; a heartbeat again and again, since its silence is the message. */
export const paceOf = (severity: Severity, heartbeat = false): Pace => {
  if (heartbeat) return { group_wait: '10s', group_interval: '1m', repeat_interval: '5m' };
  return severity === 'critical'
    ? { group_wait: '30s', group_interval: '5m', repeat_interval: '4h' }
    : { group_wait: '5m', group_interval: '1h', repeat_interval: '1d' };
};

/**
 * Who is told of an alert: the first route that fits, else the default receiver. `info` is no message: only a route that names
 * `info` itself sends it (which is how a heartbeat reaches its watchdog). Null: nobody.
 */
export const receiverOf = (
  alerting: ResolvedAlerting,
  { severity, category }: Pick<Alert, 'severity' | 'category'>,
): string | null => {
  const route = alerting.routes.find((one) => fits(one, severity, category));
  return route?.to ?? (severity === 'info' ? null : alerting.defaultReceiver);
};

const fits = (route: ResolvedRoute, severity: Severity, category: Category): boolean =>
  (route.severity === null ? severity !== 'info' : route.severity.includes(severity)) &&
  (route.category === null || route.category.includes(category));

/** A route with every severity spelled out: one without severities is about messages, so not about `info`. */
export const severitiesOf = (route: ResolvedRoute): readonly Severity[] => route.severity ?? ['critical', 'warning'];
