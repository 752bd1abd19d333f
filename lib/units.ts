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
  | 'seconds'
  | 'duration'
  | 'moment'
  | 'celsius'
  | 'watts'
  | 'volts'
  | 'amperes'
  | 'rpm'
  | 'hertz'
  | 'count'
  | 'state'
  | 'none';

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
    case 'seconds':
      return plain('s');
    case 'duration':
      return plain('dtdurations');
    case 'moment':
      return { id: 'dateTimeFromNow', scale: 1000, offset: 0 };
    case 'celsius':
      return display.temperature === 'fahrenheit' ? { id: 'fahrenheit', scale: 1.8, offset: 32 } : plain('celsius');
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
export const toShown = (value: number, { scale, offset }: Shown): number => Number((value * scale + offset).toPrecision(12));
