import type { Unit } from '../../catalog/catalog';
import { dimensionOf, type Dimension } from './grafana-units';

/** What a catalog's unit measures, in the base units of Grafana's dimensions; absent: nothing that is compared. */
const measures: Readonly<Partial<Record<Unit, Dimension>>> = {
  seconds: { of: 'time', factor: 1 },
  milliseconds: { of: 'time', factor: 1e-3 },
  microseconds: { of: 'time', factor: 1e-6 },
  nanoseconds: { of: 'time', factor: 1e-9 },
  hours: { of: 'time', factor: 3600 },
  days: { of: 'time', factor: 86400 },
  timestamp_seconds: { of: 'moment', factor: 1000 },
  timestamp_milliseconds: { of: 'moment', factor: 1 },
  bytes: { of: 'data', factor: 1 },
  bits: { of: 'data', factor: 1 / 8 },
  bytes_per_second: { of: 'data rate', factor: 1 },
  bits_per_second: { of: 'data rate', factor: 1 / 8 },
  kilobits_per_second: { of: 'data rate', factor: 125 },
  ratio: { of: 'share', factor: 1 },
  percent: { of: 'share', factor: 0.01 },
  celsius: { of: 'temperature', factor: 1 },
  volts: { of: 'voltage', factor: 1 },
  amperes: { of: 'current', factor: 1 },
  watts: { of: 'power', factor: 1 },
  watt_hours: { of: 'energy', factor: 3600 },
  joules: { of: 'energy', factor: 1 },
  hertz: { of: 'events', factor: 1 },
  megahertz: { of: 'events', factor: 1e6 },
  rpm: { of: 'events', factor: 1 / 60 },
  per_second: { of: 'events', factor: 1 },
  frames_per_second: { of: 'events', factor: 1 },
};

/** What the values of an expression measure. */
export const measureOf = ({ unit, scale }: { readonly unit: Unit; readonly scale: number }): Dimension | undefined => {
  const base = measures[unit];
  return base && { of: base.of, factor: base.factor / Math.abs(scale) };
};

/** The Grafana unit to take for a value: the plainest of those that show it as it is. */
const preferred: readonly string[] = [
  ...[
    's',
    'ms',
    'µs',
    'ns',
    'h',
    'd',
    'bytes',
    'bits',
    'kbytes',
    'mbytes',
    'gbytes',
    'tbytes',
    'Bps',
    'bps',
    'Kbits',
    'Mbits',
  ],
  ...[
    'KBs',
    'MBs',
    'percentunit',
    'percent',
    'dateTimeAsIso',
    'celsius',
    'fahrenheit',
    'volt',
    'amp',
    'watt',
    'joule',
    'watth',
    'kwatth',
  ],
  ...['ops', 'opm', 'rotmhz'],
];

/** How far two scales may lie apart and still be taken for the same: a KiB for a kB, a TiB for a TB. */
export const alike = (one: Dimension, other: Dimension): boolean => {
  const ratio = one.factor / other.factor;
  return one.of === other.of && ratio > 0.87 && ratio < 1.15;
};

/** The unit of Grafana that shows such values; undefined where none does. */
export const unitFor = (measure: Dimension): string | undefined =>
  preferred.find((id) => {
    const shown = dimensionOf(id);
    return shown !== undefined && shown.of === measure.of && Math.abs(shown.factor / measure.factor - 1) < 0.001;
  });
