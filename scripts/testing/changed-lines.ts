import { diffLines } from 'diff';
import type { SnapshotFile } from '../../lib/review/review';

/** How many lines a reviewer sees go or come between two states of the outlines. */
export const changedLines = (before: readonly SnapshotFile[], after: readonly SnapshotFile[]): number => {
  const paths = new Set([...before, ...after].map(({ path }) => path));
  const textOf = (files: readonly SnapshotFile[], path: string): string =>
    files.find((file) => file.path === path)?.text ?? '';
  return [...paths].reduce((sum, path) => sum + changedIn(textOf(before, path), textOf(after, path)), 0);
};

const changedIn = (before: string, after: string): number =>
  before === after
    ? 0
    : diffLines(before, after)
        .filter(({ added, removed }) => added || removed)
        .reduce((sum, { count }) => sum + (count ?? 0), 0);
