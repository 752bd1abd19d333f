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
  cpuBusy: {
    bad: 'high',
    warn: 0.8,
    critical: 0.95,
    alert: { warning: 0.9 },
    why: 'a busy processor is fine; one that stays busy makes work queue',
  },
  cpuSteal: {
    bad: 'high',
    warn: 0.02,
    critical: 0.1,
    alert: { warning: 0.1 },
    why: 'from a tenth on, the machine feels slow for no reason of its own',
  },
  cpuPressure: {
    bad: 'high',
    warn: 0.1,
    critical: 0.4,
    alert: { warning: 0.4 },
    why: 'some task waits for a processor 40 % of the time',
  },
  ioPressure: {
    bad: 'high',
    warn: 0.1,
    critical: 0.2,
    alert: { warning: 0.2 },
    why: 'everything stands still for a disk 20 % of the time',
  },
  ioWaiting: {
    bad: 'high',
    warn: 0.2,
    critical: 0.6,
    why: 'waiting for a disk now and then is normal, most of the time is not',
  },
  memoryPressure: {
    bad: 'high',
    warn: 0.01,
    critical: 0.1,
    alert: { warning: 0.1 },
    why: 'memory stalls are felt at a few percent',
  },
  swapTraffic: {
    bad: 'high',
    warn: 100,
    critical: 1000,
    alert: { warning: 1000 },
    why: 'a thousand pages a second are 4 MB that a program waits for',
  },
  loadPerCore: {
    bad: 'high',
    warn: 1,
    critical: 2,
    alert: { warning: 2 },
    why: 'above 1 some task waits for each one that runs',
  },
  memoryUsed: {
    bad: 'high',
    warn: 0.8,
    critical: 0.92,
    alert: { warning: 0.95 },
    why: 'page cache counts as free, so little is left at 92 %',
  },
  filesystemUsed: {
    bad: 'high',
    warn: 0.8,
    critical: 0.9,
    alert: { warning: 0.95, critical: 0.97 },
    why: 'databases and downloads fail at full; a prediction warns earlier',
  },
  inodesUsed: {
    bad: 'high',
    warn: 0.8,
    critical: 0.9,
    alert: { warning: 0.95, critical: 0.97 },
    why: 'no inode left means no new file, however much space is free',
  },
  timeToFull: { bad: 'low', warn: 604_800, critical: 86_400, why: 'a week to plan, a day to act' },
  belowZero: { bad: 'low', critical: 0, why: 'below 0 it is full before that' },
  diskBusy: { bad: 'high', warn: 0.6, critical: 0.9, why: 'spinning disks slow down above 60 %' },
  diskQueue: { bad: 'high', warn: 4, critical: 10, alert: { warning: 10 }, why: 'ten requests wait on average' },
  networkUsed: { bad: 'high', warn: 0.7, critical: 0.9, why: 'above 90 % of the line rate packets wait' },
  networkErrors: {
    bad: 'high',
    warn: 0.0001,
    critical: 0.01,
    alert: { warning: 0.01 },
    why: 'one broken packet in a hundred halves what TCP reaches',
  },
  networkDrops: {
    bad: 'high',
    warn: 0.1,
    critical: 10,
    why: 'some drops are broadcasts nobody listens to; ten a second are not',
  },
  networkDropShare: {
    bad: 'high',
    warn: 0.001,
    critical: 0.01,
    why: 'some drops are broadcasts nobody listens to; one packet in a hundred is not',
  },
  retransmits: {
    bad: 'high',
    warn: 0.01,
    critical: 0.05,
    alert: { warning: 0.05 },
    why: 'one segment in twenty sent twice is felt in every transfer',
  },
  temperature: { bad: 'high', warn: 80, critical: 95, why: 'processors throttle between 90 and 105 degrees' },
  temperatureLeft: {
    bad: 'low',
    warn: 15,
    critical: 5,
    alert: { warning: 5 },
    why: 'at the critical temperature the machine slows down or switches itself off',
  },
  uptime: { bad: 'low', warn: 600, critical: 60, why: 'a machine that just started was off' },
  supportLeft: {
    bad: 'low',
    warn: 7_776_000,
    critical: 2_592_000,
    why: 'an upgrade of the system takes a free weekend',
  },
  unitRestarts: {
    bad: 'high',
    warn: 1,
    critical: 4,
    why: 'more than three restarts in a quarter of an hour are a loop',
  },
  scrapeDuration: { bad: 'high', warn: 2, critical: 8, why: 'Prometheus gives up after ten seconds' },
  anyShare: { bad: 'high', critical: 1e-9, why: 'none is normal' },
  clockOffset: {
    bad: 'high',
    warn: 0.01,
    critical: 0.05,
    alert: { warning: 0.05 },
    why: 'tokens and traces need clocks within some 50 ms',
  },
  conntrackUsed: {
    bad: 'high',
    warn: 0.6,
    critical: 0.75,
    alert: { warning: 0.75 },
    why: 'a full table drops new connections without a word',
  },
  fileDescriptorsUsed: {
    bad: 'high',
    warn: 0.6,
    critical: 0.7,
    alert: { warning: 0.7, critical: 0.9 },
    why: 'programs fail at the limit in ways that look like anything else',
  },
  certificateLeft: {
    bad: 'low',
    warn: 1_209_600,
    critical: 604_800,
    alert: { warning: 1_209_600, critical: 259_200 },
    why: 'renewal is tried at 30 days; at 14 it failed, at 3 nobody noticed',
  },
  roundTripLan: {
    bad: 'high',
    warn: 0.005,
    critical: 0.02,
    why: 'a wire answers within a millisecond, good Wi-Fi within five',
  },
  roundTripWan: { bad: 'high', warn: 0.05, critical: 0.15, why: 'calls and games suffer from 150 ms on' },
  busy: { bad: 'high', warn: 0.8, critical: 0.95, why: 'what is busy all the time has no room for more' },
  ofLimit: { bad: 'high', warn: 0.5, critical: 1, why: 'at 100 % it is at the red line of its own panel' },
  some: { bad: 'high', critical: 1, why: 'none is normal' },
  up: { bad: 'low', critical: 1, why: 'it answers, or it does not' },
  ruleGroupTime: {
    bad: 'high',
    warn: 0.5,
    critical: 0.9,
    why: 'a group that takes its whole interval misses evaluations',
  },
  seriesGrowth: {
    bad: 'high',
    warn: 1.2,
    critical: 1.5,
    alert: { warning: 1.5 },
    why: 'half as many series again as yesterday is a label that should not be one',
  },
  rejected: { bad: 'high', critical: 0.001, why: 'each one is data that is not there' },
  storageUsed: {
    bad: 'high',
    warn: 0.9,
    critical: 1.1,
    why: 'old data goes when the limit is reached; well above it something holds on',
  },
  remoteWriteLag: { bad: 'high', warn: 30, critical: 120, why: 'what is not sent within two hours is lost' },
  remoteWriteFailed: { bad: 'high', warn: 0.001, critical: 0.01, why: 'what fails for good is not sent again' },
  notificationErrors: {
    bad: 'high',
    warn: 0.01,
    critical: 0.03,
    why: 'a message that is lost was perhaps the one that mattered',
  },
  queryLoad: { bad: 'high', warn: 0.5, critical: 0.8, why: 'when all places are taken, alerts wait as well' },
  probeDuration: { bad: 'high', warn: 0.5, critical: 2, why: 'people notice half a second, and give up after a few' },
  loss: { bad: 'high', warn: 0.01, critical: 0.05, why: 'calls break at a few percent' },
  ofUsualSpeed: { bad: 'low', warn: 0.8, critical: 0.5, why: 'half of what the line gives on most days is felt' },
  lineAvailability: {
    bad: 'low',
    warn: 0.999,
    critical: 0.99,
    why: '0.99 over a week is more than an hour and a half without internet',
  },
  slower: { bad: 'high', warn: 2, critical: 3, why: 'three times as slow as usual is felt' },
} as const satisfies Readonly<Record<string, Levels>>;

/** The level at which an alert of that severity starts. */
export const alertLevel = (levels: Levels, severity: 'warning' | 'critical' | 'info'): number => {
  const own = severity === 'info' ? undefined : levels.alert?.[severity];
  return own ?? (severity === 'warning' ? (levels.alert?.warning ?? levels.warn ?? levels.critical) : levels.critical);
};
