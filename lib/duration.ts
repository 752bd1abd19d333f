const seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 } as const;
type DurationUnit = keyof typeof seconds;

/** Seconds of a Prometheus duration such as `90s`, `1h30m`, `4w`. Throws on anything else. */
export const toSeconds = (duration: string): number => {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== duration) {
    throw new Error(`\`${duration}\` is not a duration; write it as 30s, 5m, 1h30m or 7d`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * seconds[unit as DurationUnit], 0);
};

/** The same, but nothing where it is not a duration. */
export const readSeconds = (duration: string): number | undefined => {
  try {
    return toSeconds(duration);
  } catch {
    return undefined;
  }
};

/** The shortest Prometheus duration of a number of whole seconds: 90 -> `1m30s`. */
export const formatDuration = (total: number): string => {
  let rest = Math.round(total);
  if (rest === 0) return '0s';
  let text = '';
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const amount = Math.floor(rest / seconds[unit]);
    rest -= amount * seconds[unit];
    if (amount > 0) text += `${amount}${unit}`;
  }
  return text;
};
