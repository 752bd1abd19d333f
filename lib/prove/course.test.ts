import { describe, expect, it } from 'vitest';
import { coursesOf } from './course';

const at = (minutes: readonly number[]) => [
  { labels: { __name__: 'up', host: 'nas' }, samples: minutes.map((minute) => [minute * 60, 1] as const) },
];
const evaluated = { start: 0, end: 600, step: 60 };
const minutes = (condition: readonly number[], wait: number, keepFiring = 0) =>
  coursesOf(at(condition), evaluated, { for: wait * 60, keepFiring: keepFiring * 60 }).map(
    ({ pendingFrom, firingFrom, until }) => [pendingFrom, firingFrom, until].map((time) => time && time / 60),
  );

describe('a rule', () => {
  it('fires at the evaluation at which its condition has held so long, not one before', () => {
    expect(minutes([1, 2, 3, 4], 3)).toEqual([[1, 4, 5]]);
    expect(minutes([1, 2, 3], 3)).toEqual([[1, undefined, 4]]);
  });

  it('fires at once without a wait', () => {
    expect(minutes([2], 0)).toEqual([[2, 2, 3]]);
  });

  it('begins anew after a gap', () => {
    expect(minutes([1, 2, 4, 5, 6], 2)).toEqual([
      [1, undefined, 3],
      [4, 6, 7],
    ]);
  });

  it('keeps firing over a gap that is shorter than what it keeps', () => {
    expect(minutes([1, 2, 4, 5], 1, 2)).toEqual([[1, 2, 8]]);
    expect(minutes([1, 2, 6], 1, 2)).toEqual([
      [1, 2, 5],
      [6, undefined, 7],
    ]);
  });

  it('is not over when it holds to the end', () => {
    expect(minutes([9, 10], 1)).toEqual([[9, 10, undefined]]);
  });

  it('is told apart by its labels, without the name of the metric', () => {
    expect(coursesOf(at([1]), evaluated, { for: 0, keepFiring: 0 })[0]?.labels).toEqual({ host: 'nas' });
  });
});
