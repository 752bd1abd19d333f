import type { Signal } from '../signals/signal';
import type { Unit } from '../units';
import { valueFormat } from './format';

/** A threshold as the homelab file writes it, in the signal's own unit; or what is wrong with it. */
export type Limit =
  { readonly value: number } | { readonly what: string; readonly allowed: string; readonly try?: string };

/** How a text says a value of some unit: what its unit may be, and how many of the signal's own unit one of it is. */
interface Spelling {
  /** For the reader: `'95%'`. */
  readonly example: string;
  readonly units: Readonly<Record<string, number>>;
  /** Added after multiplying, such as for Fahrenheit. */
  readonly offsets?: Readonly<Record<string, number>>;
}

/** A number in the signal's own unit, or a text with its unit. What the signal can never be, or always is, is refused. */
export const readLimit = (
  given: number | string,
  signal: Pick<Signal, 'id' | 'unit' | 'range'>,
  operator: string,
): Limit => {
  const spelling = spellings[signal.unit];
  if (!spelling)
    return { what: 'a threshold for what is a state and not an amount', allowed: 'none', try: 'take `threshold` out' };
  const value = typeof given === 'number' ? given : readText(given, spelling);
  if (value === undefined || !Number.isFinite(value))
    return { what: 'unreadable threshold', allowed: examplesOf(signal, spelling) };
  return outOfRange(given, value, signal, operator) ?? { value };
};

const outOfRange = (
  given: number | string,
  value: number,
  { unit, range }: Pick<Signal, 'unit' | 'range'>,
  operator: string,
): Limit | undefined => {
  const percent = typeof given === 'number' && unit === 'ratio' && value > 1 && value <= 100;
  const hint = percent ? { try: `write ${value / 100} or '${value}%'` } : {};
  const [lowest, highest] = range ?? [-Infinity, Infinity];
  if (percent && highest === Infinity && value > 10)
    return { what: 'a share that is meant as percent', allowed: 'shares, where 1 is 100 %', ...hint };
  const never =
    (operator.startsWith('>') && (value > highest || (operator === '>' && value === highest))) ||
    (operator.startsWith('<') && (value < lowest || (operator === '<' && value === lowest)));
  const always =
    (operator.startsWith('>') && (value < lowest || (operator === '>=' && value === lowest))) ||
    (operator.startsWith('<') && value > highest);
  if (!never && !always) return undefined;
  const written = (limit: number): string => valueFormat(unit, standard)?.text(limit) ?? String(limit);
  return {
    what: `out of range: the alert would ${never ? 'never fire' : 'always fire'}`,
    allowed: `from ${written(lowest)} to ${written(highest)}`,
    ...hint,
  };
};

const standard = { temperature: 'celsius', bytes: 'iec' } as const;

const examplesOf = ({ unit }: Pick<Signal, 'unit'>, { example }: Spelling): string =>
  unit === 'count' || unit === 'none' ? `a number, such as ${example}` : `a number in ${ownUnits[unit]}, or ${example}`;

/** `1h30m`, `95 %`, `1,5 GiB` no: a point is the only decimal sign. */
const readText = (text: string, { units, offsets = {} }: Spelling): number | undefined => {
  const parts = [...text.trim().matchAll(/\s*(-?\d+(?:\.\d+)?)\s*([^\s\d.-][^\d]*?)?\s*(?=-?\d|$)/gy)];
  const whole = parts.map(([part]) => part).join('');
  if (parts.length === 0 || whole.length !== text.trim().length) return undefined;
  const values = parts.map(([, amount, unit = '']) => {
    const name = Object.hasOwn(units, unit) ? unit : unit.toLowerCase();
    return Object.hasOwn(units, name) ? Number(amount) * (units[name] as number) + (offsets[name] ?? 0) : undefined;
  });
  // Only lengths of time are said in several parts.
  if (parts.length > 1 && !('h' in units)) return undefined;
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : Number((sum + value).toPrecision(12))),
    0,
  );
};

const scaled = (unit: string, factor = 1): Readonly<Record<string, number>> => ({
  [unit]: factor,
  ...Object.fromEntries(
    ['k', 'M', 'G', 'T', 'P'].map((prefix, index) => [prefix + unit, factor * 1000 ** (index + 1)]),
  ),
});

const binary = (unit: string, factor = 1): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'].map((prefix, index) => [prefix + unit, factor * 1024 ** (index + 1)]),
  );

const day = 86_400;
const times = {
  ms: 0.001,
  s: 1, sec: 1, second: 1, seconds: 1,
  m: 60, min: 60, minute: 60, minutes: 60,
  h: 3600, hour: 3600, hours: 3600,
  d: day, day, days: day,
  w: 7 * day, week: 7 * day, weeks: 7 * day,
  y: 365 * day, year: 365 * day, years: 365 * day,
} as const; // prettier-ignore

const rate = (...words: readonly string[]): Spelling => ({
  example: `'10/s'`,
  units: {
    '': 1,
    '/s': 1,
    ...Object.fromEntries(
      words.flatMap((word) => [
        [word, 1],
        [`${word}/s`, 1],
      ]),
    ),
  },
});

const length: Spelling = { example: "'14d', '1h30m' or '500 ms'", units: times };

/** Undefined: no amount. */
const spellings: Readonly<Record<Unit, Spelling | undefined>> = {
  ratio: { example: "'95%'", units: { '%': 0.01, percent: 0.01 } },
  bytes: { example: "'10 GiB' or '10 GB'", units: { ...scaled('B'), ...binary('B') } },
  bytesPerSecond: {
    example: "'10 MB/s'",
    units: { ...scaled('B/s'), ...binary('B/s'), ...scaled('bit/s', 1 / 8), ...binary('bit/s', 1 / 8) },
  },
  bitsPerSecond: {
    example: "'20 Mbit/s'",
    units: { ...scaled('bit/s'), ...binary('bit/s'), ...scaled('bps'), ...scaled('B/s', 8), ...binary('B/s', 8) },
  },
  packetsPerSecond: rate('packets', 'pps'),
  operationsPerSecond: rate('operations'),
  requestsPerSecond: rate('requests'),
  perSecond: rate(),
  framesPerSecond: { example: '25', units: { '': 1, fps: 1 } },
  seconds: length,
  duration: length,
  celsius: {
    example: "'80 °C' or '176 °F'",
    units: { '°c': 1, c: 1, '°f': 5 / 9, f: 5 / 9 },
    offsets: { '°f': -160 / 9, f: -160 / 9 },
  },
  celsiusDifference: { example: "'5 °C' or '9 °F'", units: { '°c': 1, c: 1, '°f': 5 / 9, f: 5 / 9 } },
  watts: { example: "'150 W'", units: scaled('W') },
  volts: { example: "'11.5 V'", units: { V: 1, v: 1, mV: 0.001 } },
  amperes: { example: "'2 A'", units: { A: 1, a: 1, mA: 0.001 } },
  rpm: { example: "'500 rpm'", units: { rpm: 1 } },
  hertz: { example: "'50 Hz'", units: scaled('Hz') },
  count: { example: '5', units: { '': 1 } },
  none: { example: '1.5', units: { '': 1 } },
  moment: undefined,
  state: undefined,
};

const ownUnits: Readonly<Record<Unit, string>> = {
  ratio: 'shares (1 is 100 %)',
  bytes: 'bytes',
  bytesPerSecond: 'bytes a second',
  bitsPerSecond: 'bits a second',
  packetsPerSecond: 'packets a second',
  operationsPerSecond: 'operations a second',
  requestsPerSecond: 'requests a second',
  perSecond: 'times a second',
  framesPerSecond: 'frames a second',
  seconds: 'seconds',
  duration: 'seconds',
  celsius: 'degrees Celsius',
  celsiusDifference: 'degrees Celsius',
  watts: 'watts',
  volts: 'volts',
  amperes: 'amperes',
  rpm: 'turns a minute',
  hertz: 'hertz',
  count: 'pieces',
  none: 'its own unit',
  moment: 'seconds',
  state: 'states',
};

/** A threshold as one would write it in the homelab file; it reads back as the same. */
export const writeLimit = (value: number, unit: Unit): string => {
  if (unit === 'ratio') return `'${Number((value * 100).toPrecision(6))}%'`;
  if ((unit === 'seconds' || unit === 'duration') && value >= 60)
    return `'${valueFormat(unit, standard)?.text(value).replaceAll(' ', '')}'`;
  return String(value);
};
