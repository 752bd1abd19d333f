import { badRequest } from './exchange';

const units = [
  ['y', 31_536_000_000, true],
  ['w', 604_800_000, true],
  ['d', 86_400_000, false],
  ['h', 3_600_000, false],
  ['m', 60_000, false],
  ['s', 1000, false],
  ['ms', 1, false],
] as const;

/** A Prometheus duration in milliseconds. Throws the bare 400 (contract 4.2) for a number, a blank, a sign. */
export const durationOf = (value: unknown): number => {
  if (typeof value !== 'string' || value === '') throw badRequest();
  if (value === '0') return 0;
  const found = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(value);
  if (!found) throw badRequest();
  return units.reduce((sum, [, size], index) => sum + Number(found[index + 1] ?? 0) * size, 0);
};

/** Contract 4.2, 4.4: as the server writes them: `90s` is `1m30s`, `24h` is `1d`. */
export const canonicalDuration = (milliseconds: number): string => {
  if (milliseconds === 0) return '0s';
  let rest = milliseconds;
  let text = '';
  for (const [unit, size, exact] of units) {
    if (exact && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
};
