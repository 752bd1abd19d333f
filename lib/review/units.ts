import { valueFormat } from '../alerts/format';
import type { Unit } from '../units';

interface Known {
  readonly words: string;
  readonly unit: Unit;
  readonly bytes?: 'si';
  readonly temperature?: 'fahrenheit';
}

/** Units as Grafana spells them, and what they are. */
const units: Readonly<Record<string, Known>> = {
  percentunit: { words: 'percent', unit: 'ratio' },
  bytes: { words: 'bytes (1 KiB = 1024)', unit: 'bytes' },
  decbytes: { words: 'bytes (1 kB = 1000)', unit: 'bytes', bytes: 'si' },
  binBps: { words: 'bytes a second (1 KiB = 1024)', unit: 'bytesPerSecond' },
  Bps: { words: 'bytes a second (1 kB = 1000)', unit: 'bytesPerSecond', bytes: 'si' },
  bps: { words: 'bits a second', unit: 'bitsPerSecond' },
  pps: { words: 'packets a second', unit: 'packetsPerSecond' },
  iops: { words: 'operations a second', unit: 'operationsPerSecond' },
  reqps: { words: 'requests a second', unit: 'requestsPerSecond' },
  ops: { words: 'times a second', unit: 'perSecond' },
  'suffix:fps': { words: 'frames a second', unit: 'framesPerSecond' },
  s: { words: 'seconds', unit: 'seconds' },
  dtdurations: { words: 'duration', unit: 'duration' },
  dateTimeFromNow: { words: 'how long ago', unit: 'moment' },
  celsius: { words: '°C', unit: 'celsius' },
  fahrenheit: { words: '°F', unit: 'celsius', temperature: 'fahrenheit' },
  watt: { words: 'watts', unit: 'watts' },
  volt: { words: 'volts', unit: 'volts' },
  amp: { words: 'amperes', unit: 'amperes' },
  rotrpm: { words: 'rpm', unit: 'rpm' },
  hertz: { words: 'hertz', unit: 'hertz' },
  short: { words: 'count', unit: 'count' },
  none: { words: 'plain number', unit: 'none' },
};

/** A unit of Grafana in words; one that we do not use keeps its name. */
export const unitInWords = (id: string): string => units[id]?.words ?? id;

/** A value as it is shown in a unit of Grafana: `80%`, `1d`, `95 °C`. */
export const valueInWords = (value: number, id: string | undefined): string => {
  const known = units[id ?? 'none'];
  const format =
    known && valueFormat(known.unit, { bytes: known.bytes ?? 'iec', temperature: known.temperature ?? 'celsius' });
  // What the format would round away is a limit all the same.
  const text = known?.unit === 'none' || known?.unit === 'count' ? String(value) : format?.text(value);
  return text === undefined || (value !== 0 && /^-?0\D*$/.test(text)) ? String(value) : text;
};
