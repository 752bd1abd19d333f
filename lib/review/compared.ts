import { printDifferences, type Pair } from './differences';
import type { Outline } from './outline';
import { outlineFiles, type Review, type SnapshotFile } from './review';

/** What differs from the homelab that is written out in full; boards and groups of alerts that only this one has are written out, too. */
export const comparedSnapshot = (
  name: string,
  review: Review,
  baseName: string,
  base: Review,
): readonly SnapshotFile[] => {
  const own = (outlines: readonly Outline[], usual: readonly Outline[]): readonly Outline[] =>
    outlines.filter((outline) => !usual.some((other) => other.name === outline.name));
  const pairs = [...pairUp('board', base.boards, review.boards), ...pairUp('alerts', base.alerts, review.alerts)];
  return [
    { path: 'differences.md', text: printDifferences(name, baseName, pairs) },
    ...outlineFiles({
      boards: own(review.boards, base.boards),
      alerts: own(review.alerts, base.alerts),
      routes: review.routes,
    }),
  ];
};

const pairUp = (kind: Pair['kind'], was: readonly Outline[], is: readonly Outline[]): readonly Pair[] =>
  [...new Set([...was, ...is].map(({ name }) => name))].sort().map((name) => ({
    kind,
    was: was.find((outline) => outline.name === name),
    is: is.find((outline) => outline.name === name),
  }));
