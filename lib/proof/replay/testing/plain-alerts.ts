import type { Alert } from '../../../alerts/alert';
import { is } from '../../../alerts/condition';
import { defineAlerts } from '../../../alerts/define';
import type { Signal } from '../../../signals/signal';

/** Alerts on what does not answer, as plain as they can be: nothing in the rules themselves keeps them from making a storm. */
export const plainAlerts = defineAlerts('plain', ({ host, probe }) => [
  { ...plain('HostDown', host.up, '3m', '{host} does not answer'), absenceOf: 'host' },
  plain('ServiceDown', probe.up, '5m', '{service} does not answer'),
]);

const plain = (name: string, signal: Signal, duration: string, summary: string): Alert => ({
  name,
  signal,
  when: is(0),
  for: duration,
  forReason: 'A restart takes a minute or two.',
  severity: 'critical',
  category: 'availability',
  summary,
  description: `${summary} for {for}.`,
  impact: 'Nobody can use it.',
  firstSteps: ['Open it in a browser.'],
  panel: { dashboard: 'host-use', signal },
  noData: 'ok',
  noDataReason: 'TargetAbsent tells.',
});
