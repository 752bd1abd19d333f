/**
 * Where good ends. One table for panels and alerts, so that the colour and the message cannot disagree.
 * Values are in the signal's own unit (ratios 0 to 1, seconds, bytes, degrees Celsius).
 */
export interface Levels {
  /** Which end is bad. */
  readonly bad: 'high' | 'low';
  /** From here on the panel is yellow. */
  readonly warn?: number;
  /** From here on the panel is red. */
  readonly critical: number;
  /** Where alerts start, where that is not `critical`: colours may speak earlier than messages. */
  readonly alert?: { readonly warning?: number; readonly critical?: number };
  readonly why: string;
}

export const thresholds = {
  availability: {
    bad: 'low',
    warn: 0.999,
    critical: 0.99,
    why: '0.99 over a day is a quarter of an hour without it',
  },
  cpuBusy: { bad: 'high', warn: 0.8, critical: 0.95, alert: { warning: 0.9 }, why: 'a busy processor is fine; one that stays busy makes work queue' },
  cpuPressure: { bad: 'high', warn: 0.1, critical: 0.4, alert: { warning: 0.4 }, why: 'some task waits for a processor 40 % of the time' },
  ioPressure: { bad: 'high', warn: 0.1, critical: 0.2, alert: { warning: 0.2 }, why: 'everything stands still for a disk 20 % of the time' },
  memoryPressure: { bad: 'high', warn: 0.01, critical: 0.1, alert: { warning: 0.1 }, why: 'memory stalls are felt at a few percent' },
  loadPerCore: { bad: 'high', warn: 1, critical: 2, alert: { warning: 2 }, why: 'above 1 some task waits for each one that runs' },
  memoryUsed: { bad: 'high', warn: 0.8, critical: 0.92, alert: { warning: 0.95 }, why: 'page cache counts as free, so little is left at 92 %' },
  filesystemUsed: { bad: 'high', warn: 0.8, critical: 0.9, alert: { warning: 0.95, critical: 0.97 }, why: 'databases and downloads fail at full; a prediction warns earlier' },
  inodesUsed: { bad: 'high', warn: 0.8, critical: 0.9, alert: { warning: 0.95, critical: 0.97 }, why: 'no inode left means no new file, however much space is free' },
  timeToFull: { bad: 'low', warn: 604_800, critical: 86_400, why: 'a week to plan, a day to act' },
  diskBusy: { bad: 'high', warn: 0.6, critical: 0.9, why: 'spinning disks slow down above 60 %' },
  diskQueue: { bad: 'high', warn: 4, critical: 10, alert: { warning: 10 }, why: 'ten requests wait on average' },
  networkUsed: { bad: 'high', warn: 0.7, critical: 0.9, why: 'above 90 % of the line rate packets wait' },
  networkErrors: { bad: 'high', warn: 0.0001, critical: 0.01, alert: { warning: 0.01 }, why: 'one broken packet in a hundred halves what TCP reaches' },
  networkDrops: { bad: 'high', warn: 0.1, critical: 10, why: 'some drops are broadcasts nobody listens to; ten a second are not' },
  retransmits: { bad: 'high', warn: 0.01, critical: 0.05, alert: { warning: 0.05 }, why: 'one segment in twenty sent twice is felt in every transfer' },
  temperature: { bad: 'high', warn: 80, critical: 95, why: 'processors throttle between 90 and 105 degrees' },
  uptime: { bad: 'low', warn: 600, critical: 60, why: 'a machine that just started was off' },
  clockOffset: { bad: 'high', warn: 0.01, critical: 0.05, alert: { warning: 0.05 }, why: 'tokens and traces need clocks within some 50 ms' },
  conntrackUsed: { bad: 'high', warn: 0.6, critical: 0.75, alert: { warning: 0.75 }, why: 'a full table drops new connections without a word' },
  fileDescriptorsUsed: { bad: 'high', warn: 0.6, critical: 0.7, alert: { warning: 0.7, critical: 0.9 }, why: 'programs fail at the limit in ways that look like anything else' },
  certificateLeft: { bad: 'low', warn: 1_209_600, critical: 604_800, alert: { warning: 1_209_600, critical: 259_200 }, why: 'renewal is tried at 30 days; at 14 it failed, at 3 nobody noticed' },
  roundTripLan: { bad: 'high', warn: 0.005, critical: 0.02, why: 'a wire answers within a millisecond, good Wi-Fi within five' },
  roundTripWan: { bad: 'high', warn: 0.05, critical: 0.15, why: 'calls and games suffer from 150 ms on' },
  some: { bad: 'high', critical: 1, why: 'none is normal' },
  up: { bad: 'low', critical: 1, why: 'it answers, or it does not' },
  ruleGroupTime: { bad: 'high', warn: 0.5, critical: 0.9, why: 'a group that takes its whole interval misses evaluations' },
  seriesGrowth: { bad: 'high', warn: 1.2, critical: 1.5, alert: { warning: 1.5 }, why: 'half as many series again as yesterday is a label that should not be one' },
} as const satisfies Readonly<Record<string, Levels>>;

export type ThresholdName = keyof typeof thresholds;

/** The level at which an alert of that severity starts. */
export const alertLevel = (levels: Levels, severity: 'warning' | 'critical' | 'info'): number => {
  const own = severity === 'info' ? undefined : levels.alert?.[severity];
  return own ?? (severity === 'warning' ? (levels.alert?.warning ?? levels.warn ?? levels.critical) : levels.critical);
};
