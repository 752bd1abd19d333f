/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date; undefined where it is none. */
export const retryAfter = (value: unknown, now = Date.now()): number | undefined => {
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
};
