import { describe, expect, it } from 'vitest';
import type { Unit } from '../units';
import { valueFormat } from './format';

const iec = { temperature: 'celsius', bytes: 'iec' } as const;
const si = { temperature: 'fahrenheit', bytes: 'si' } as const;

describe('values in messages', () => {
  it.each<[Unit, typeof iec | typeof si, string, number, string]>([
    ['ratio', iec, '{{ $value | humanizePercentage }}', 0.95, '95%'],
    ['ratio', iec, '{{ $value | humanizePercentage }}', 0.0001, '0.01%'],
    ['duration', iec, '{{ $value | humanizeDuration }}', 86_400, '1d'],
    ['duration', iec, '{{ $value | humanizeDuration }}', 5400, '1h 30m'],
    ['seconds', iec, '{{ $value | humanizeDuration }}', 0.05, '50ms'],
    ['seconds', iec, '{{ $value | humanizeDuration }}', 0, '0s'],
    ['bytes', iec, '{{ $value | humanize1024 }}B', 10 * 1024 ** 3, '10GiB'],
    ['bytes', si, '{{ $value | humanize }}B', 1.5e9, '1.5GB'],
    ['bytesPerSecond', iec, '{{ $value | humanize1024 }}B/s', 1024, '1kiB/s'],
    ['bitsPerSecond', iec, '{{ $value | humanize }}bit/s', 1e9, '1Gbit/s'],
    ['celsius', iec, '{{ printf "%.0f" $value }} °C', 80, '80 °C'],
    ['celsius', si, '{{ printf "%.0f" $value }} °F', 176, '176 °F'],
    ['count', iec, '{{ printf "%.0f" $value }}', 3, '3'],
    ['none', iec, '{{ printf "%.1f" $value }}', 2, '2'],
  ])('%s', (unit, display, template, known, text) => {
    const format = valueFormat(unit, display);
    expect(format?.template('$value')).toBe(template);
    expect(format?.text(known)).toBe(text);
  });

  it('has none for states and moments, whose numbers say nothing', () => {
    expect(valueFormat('state', iec)).toBeUndefined();
    expect(valueFormat('moment', iec)).toBeUndefined();
  });
});
