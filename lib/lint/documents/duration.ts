import { readSeconds } from '../../duration';

/** Seconds of `5m`, `1h30m`, `0s`, `90` (a number counts as seconds), of Go's `1.5h` too; undefined: none of it. */
export const secondsOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const whole = text.length < 40 ? readSeconds(text) : undefined;
  if (whole !== undefined) return whole;
  const part = /^(\d+\.\d+)(ms|s|m|h|d)$/.exec(text);
  return part
    ? Number(part[1]) * { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }[part[2] as 'ms' | 's' | 'm' | 'h' | 'd']
    : undefined;
};
