import { defineHomelab } from '../../homelab/define';
import type { AlertingSettings, Homelab } from '../../homelab/homelab';
import { resolveHomelab } from '../../homelab/resolve';
import type { ResolvedHomelab } from '../../homelab/resolved';
import type { Signals } from '../../signals/index';
import type { Alert } from '../alert';
import { atLevel } from '../condition';
import { buildAlerts, defineAlerts, type AlertGroup, type BuiltAlerts } from '../define';

/** A homelab with one host, and whatever the test is about. */
export const sampleHomelab = (alerting: AlertingSettings = {}, rest: Partial<Homelab> = {}): ResolvedHomelab =>
  resolveHomelab(defineHomelab({ hosts: [{ name: 'nas' }], ...rest, alerting }));

/** A correct alert, but for what the test changes. */
export const sampleAlert = ({ host }: Signals, differs: Partial<Alert> = {}): Alert => ({
  name: 'HostCpuHigh',
  signal: host.cpuBusy,
  when: atLevel(host.cpuBusy, 'warning'),
  for: '30m',
  forReason: 'Backups are busy for minutes.',
  severity: 'warning',
  category: 'performance',
  summary: 'The processor of {host} is busy',
  description: '{host} is {value} busy, {threshold} or more for {for}.',
  impact: 'Everything is slow.',
  firstSteps: ['Run top on {host}.'],
  panel: { dashboard: 'host-use', signal: host.cpuBusy },
  noData: 'ok',
  noDataReason: 'HostDown tells.',
  ...differs,
});

type Change = Partial<Alert> | ((signals: Signals) => Partial<Alert>);

/** A group of sample alerts, one for each change. */
export const sampleGroup = (...changes: readonly Change[]): AlertGroup =>
  defineAlerts('host', (signals) =>
    changes.map((change) => sampleAlert(signals, typeof change === 'function' ? change(signals) : change)),
  );

/** The sample alerts of a homelab. */
export const buildSample = (homelab: ResolvedHomelab, ...changes: readonly Change[]): BuiltAlerts =>
  buildAlerts([sampleGroup(...changes)], homelab);
