import type { ResolvedDisplay } from '../homelab/resolved';
import type { Unit } from '../units';

/** How a value is written in a message: by a Go template for what is measured, here and now for what is decided. */
export interface ValueFormat {
  /** The template around `value`, such as `$value`: Prometheus and Grafana have the same functions. */
  readonly template: (value: string) => string;
  /** A known value, in the same words. */
  readonly text: (value: number) => string;
}

type Display = Pick<ResolvedDisplay, 'temperature' | 'bytes'>;

/** How values of a unit are written; undefined for what has no value worth reading, such as a state. Values are as shown (`Shown`). */
export const valueFormat = (unit: Unit, display: Display): ValueFormat | undefined => {
  switch (unit) {
    case 'ratio':
      return { template: (value) => `{{ ${value} | humanizePercentage }}`, text: (value) => `${short(value * 100)}%` };
    case 'seconds':
    case 'duration':
      return { template: (value) => `{{ ${value} | humanizeDuration }}`, text: span };
    case 'bytes':
      return bytes('B', display);
    case 'bytesPerSecond':
      return bytes('B/s', display);
    case 'bitsPerSecond':
      return metric('bit/s');
    case 'hertz':
      return metric('Hz');
    case 'celsius':
    case 'celsiusDifference':
      return fixed(0, display.temperature === 'fahrenheit' ? ' °F' : ' °C');
    case 'watts':
      return fixed(0, ' W');
    case 'volts':
      return fixed(1, ' V');
    case 'amperes':
      return fixed(2, ' A');
    case 'rpm':
      return fixed(0, ' rpm');
    case 'count':
      return fixed(0, '');
    case 'none':
      return fixed(1, '');
    case 'packetsPerSecond':
      return fixed(1, ' packets/s');
    case 'operationsPerSecond':
      return fixed(1, ' operations/s');
    case 'requestsPerSecond':
      return fixed(1, ' requests/s');
    case 'perSecond':
      return fixed(1, '/s');
    case 'framesPerSecond':
      return fixed(0, ' fps');
    case 'moment':
    case 'state':
      return undefined;
  }
};

const fixed = (digits: number, suffix: string): ValueFormat => ({
  template: (value) => `{{ printf "%.${digits}f" ${value} }}${suffix}`,
  text: (value) => `${Number(value.toFixed(Math.max(digits, 2)))}${suffix}`,
});

const bytes = (suffix: string, { bytes: base }: Display): ValueFormat =>
  base === 'iec'
    ? {
        template: (value) => `{{ ${value} | humanize1024 }}${suffix}`,
        text: (value) => scaled(value, 1024, ['', 'ki', 'Mi', 'Gi', 'Ti', 'Pi']) + suffix,
      }
    : metric(suffix);

const metric = (suffix: string): ValueFormat => ({
  template: (value) => `{{ ${value} | humanize }}${suffix}`,
  text: (value) => scaled(value, 1000, ['', 'k', 'M', 'G', 'T', 'P']) + suffix,
});

const scaled = (value: number, base: number, prefixes: readonly string[]): string => {
  const steps = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(base));
  const index = Math.min(Math.max(steps, 0), prefixes.length - 1);
  return `${short(value / base ** index)}${prefixes[index] ?? ''}`;
};

/** Four digits, as Go's `%.4g`. */
const short = (value: number): string => String(Number(value.toPrecision(4)));

const span = (seconds: number): string => {
  if (Math.abs(seconds) < 1) return seconds === 0 ? '0s' : `${short(seconds * 1000)}ms`;
  let rest = Math.round(seconds);
  const parts = (
    [
      ['d', 86_400],
      ['h', 3600],
      ['m', 60],
      ['s', 1],
    ] as const
  ).flatMap(([unit, size]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount > 0 ? [`${amount}${unit}`] : [];
  });
  return parts.join(' ');
};
