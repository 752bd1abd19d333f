import { nearest } from '../nearest';

const shown = 8;

/** The candidate that was probably meant, if one is near enough. */
export const closest = (name: string, candidates: readonly string[]): string | undefined => {
  const [near] = nearest(name, candidates);
  if (near !== undefined) return near;
  const parts = withPart(name, candidates);
  return parts.length === 1 ? parts[0] : undefined;
};

/** What would be accepted, the nearest first; a long list is cut. */
export const allowedNames = (name: string, candidates: readonly string[]): string => {
  if (candidates.length === 0) return 'none yet';
  const sorted = [...new Set([...nearest(name, candidates), ...withPart(name, candidates), ...candidates])];
  const rest = sorted.length - shown;
  return sorted.slice(0, shown).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
};

/** `sonarr` is far from `exportarr_sonarr` by letters, but not by what it says. */
const withPart = (name: string, candidates: readonly string[]): readonly string[] => {
  const part = name.toLowerCase();
  return part.length > 2 ? candidates.filter((candidate) => candidate.toLowerCase().includes(part)) : [];
};
