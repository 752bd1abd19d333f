import type { Measure } from './expression/measure';
import type { ResolvedDisplay } from './homelab/resolved';

/** What a signal's value is. The name says the thing; how Grafana spells it, and what the user prefers, is decided here. */
export type Unit =
  | 'ratio'
  | 'bytes'
  | 'bytesPerSecond'
  | 'bitsPerSecond'
  | 'packetsPerSecond'
  | 'operationsPerSecond'
  | 'requestsPerSecond'
  | 'perSecond'
  | 'framesPerSecond'
  | 'seconds'
  | 'duration'
  | 'moment'
  | 'celsius'
  | 'celsiusDifference'
  | 'watts'
  | 'volts'
  | 'amperes'
  | 'rpm'
  | 'hertz'
  | 'count'
  | 'state'
  | 'none';

/** What an expression may measure for each unit. */
const fitting: Readonly<Record<Exclude<Unit, 'none'>, readonly Measure[]>> = {
  ratio: ['ratio', 'seconds/s'],
  bytes: ['bytes'],
  bytesPerSecond: ['bytes/s'],
  bitsPerSecond: ['bits/s'],
  packetsPerSecond: ['count/s'],
  operationsPerSecond: ['count/s'],
  requestsPerSecond: ['count/s'],
  perSecond: ['count/s'],
  framesPerSecond: ['frames_per_second'],
  seconds: ['seconds'],
  duration: ['seconds'],
  moment: ['timestamp_seconds'],
  celsius: ['celsius'],
  celsiusDifference: ['celsius'],
  watts: ['watts', 'joules/s'],
  volts: ['volts'],
  amperes: ['amperes'],
  rpm: ['rpm'],
  hertz: ['hertz'],
  count: ['count'],
  state: ['bool', 'enum', 'info', 'count'],
};

/** Whether a value that measures this can be shown in that unit as it is. A plain number (`none`) can be of anything. */
export const fits = (measure: Measure, unit: Unit): boolean => unit === 'none' || fitting[unit].includes(measure);

/** Whether nothing is the natural end of what is measured: lengths on paper can only be compared from there. A temperature has none. */
export const startsAtNothing = (unit: Unit): boolean => amounts.has(unit);

const amounts: ReadonlySet<Unit> = new Set<Unit>([
  'bytes',
  'bytesPerSecond',
  'bitsPerSecond',
  'packetsPerSecond',
  'operationsPerSecond',
  'requestsPerSecond',
  'perSecond',
  'framesPerSecond',
  'seconds',
  'duration',
  'watts',
  'count',
]);

/** How a unit is shown: Grafana's id (`packages/grafana-data/src/valueFormats/categories.ts`), and what is done to the value before. */
export interface Shown {
  readonly id: string;
  /** Value = value * scale + offset. */
  readonly scale: number;
  readonly offset: number;
}

const plain = (id: string): Shown => ({ id, scale: 1, offset: 0 });

/** How Grafana shows a unit in this homelab. */
export const showUnit = (unit: Unit, display: Pick<ResolvedDisplay, 'temperature' | 'bytes'>): Shown => {
  const iec = display.bytes === 'iec';
  switch (unit) {
    case 'ratio':
      return plain('percentunit');
    case 'bytes':
      return plain(iec ? 'bytes' : 'decbytes');
    case 'bytesPerSecond':
      return plain(iec ? 'binBps' : 'Bps');
    case 'bitsPerSecond':
      return plain('bps');
    case 'packetsPerSecond':
      return plain('pps');
    case 'operationsPerSecond':
      return plain('iops');
    case 'requestsPerSecond':
      return plain('reqps');
    case 'perSecond':
      return plain('ops');
    case 'framesPerSecond':
      return plain('suffix:fps');
    case 'seconds':
      return plain('s');
    case 'duration':
      return plain('dtdurations');
    case 'moment':
      return { id: 'dateTimeFromNow', scale: 1000, offset: 0 };
    case 'celsius':
      return display.temperature === 'fahrenheit' ? { id: 'fahrenheit', scale: 1.8, offset: 32 } : plain('celsius');
    case 'celsiusDifference':
      return display.temperature === 'fahrenheit' ? { id: 'fahrenheit', scale: 1.8, offset: 0 } : plain('celsius');
    case 'watts':
      return plain('watt');
    case 'volts':
      return plain('volt');
    case 'amperes':
      return plain('amp');
    case 'rpm':
      return plain('rotrpm');
    case 'hertz':
      return plain('hertz');
    case 'count':
      return plain('short');
    case 'state':
    case 'none':
      return plain('none');
  }
};

/** A value of the signal as it is shown. */
export const toShown = (value: number, { scale, offset }: Shown): number =>
  Number((value * scale + offset).toPrecision(12));
