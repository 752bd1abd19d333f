import { distance } from 'fastest-levenshtein';

/** The candidates that a misspelt name may have meant, nearest first: at most three, none that is far. */
export const nearest = (name: string, candidates: Iterable<string>): readonly string[] => {
  const limit = Math.max(2, Math.floor(name.length * 0.3));
  const folded = name.toLowerCase();
  return [...candidates]
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, far: distance(folded, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};
