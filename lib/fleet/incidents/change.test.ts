import { expect, it } from 'vitest';
import { counted, observed, type Content } from '../content';
import { familyOf } from '../families';
import { steady } from '../time/course';
import { changed } from './change';

const window = { from: 100, to: 200 };
const lives = { program: () => 0, machine: () => 0 };
const values = (type: 'gauge' | 'counter' | 'histogram', content: Content, sample = 0): readonly unknown[] => {
  const { samples } = familyOf('x', { type }, [{ labels: {}, content }], { lives, seed: 's' });
  return [90, 100, 150, 200, 300].map((time) => samples.at(sample)?.value(time));
};

it('makes something else of a gauge in the window only', () => {
  expect(values('gauge', changed(3, { to: 7 }, window))).toEqual([3, 7, 7, 3, 3]);
  expect(values('gauge', changed(3, { times: 2 }, window))).toEqual([3, 6, 6, 3, 3]);
  expect(
    values(
      'gauge',
      changed((time) => time, { stays: true }, window),
    ),
  ).toEqual([90, 100, 100, 200, 300]);
  expect(values('gauge', changed(3, { absent: true }, window))).toEqual([3, undefined, undefined, 3, 3]);
  expect(
    values(
      'gauge',
      changed(() => undefined, { present: 1 }, window),
    ),
  ).toEqual([undefined, 1, 1, undefined, undefined]);
});

it('leads a gauge somewhere, where it stays', () => {
  expect(values('gauge', changed(0, { rampTo: 10 }, window))).toEqual([0, 0, 5, 10, 10]);
});

it('changes the pace of a counter, which never falls', () => {
  expect(values('counter', changed(counted(steady(1)), { to: 3 }, window))).toEqual([90, 100, 250, 400, 500]);
  expect(values('counter', changed(counted(steady(1)), { times: 0 }, window))).toEqual([90, 100, 100, 100, 200]);
});

it('makes observations slower: as many, but larger', () => {
  const slow = changed(observed(steady(1), 2), { slower: 10 }, window);
  const [buckets, sum, count] = [0, -2, -1].map((sample) => values('histogram', slow, sample));
  expect(count).toEqual([90, 100, 150, 200, 300]);
  expect(Number(sum?.[3]) - Number(sum?.[1])).toBeGreaterThan(5 * Number(sum?.[1]));
  expect(buckets).toEqual([...(buckets ?? [])].sort((a, b) => Number(a) - Number(b)));
});
