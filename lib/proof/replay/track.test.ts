import { describe, expect, it } from 'vitest';
import { readSeries } from '../series-notation';
import { notationOf, selectorOf, track, type Track } from './track';

const level = (...values: Track['values']): Track => ({ ...track('x', {}, 'level', 0, 0), values });

describe('a track', () => {
  it.each([
    [[1, 1, 1, 1], '1x3'],
    [[1, 2, 3, 7], '1+1x2 7'],
    [[5, 4, 3], '5-1x2'],
    [[-60, -60], '-60x1'],
    [[1], '1'],
    [[undefined, undefined, 1], '_x2 1'],
    [[1, 0.5, undefined, undefined, undefined, 1], '1-0.5x1 stale _x2 1'],
    [[1, undefined], '1 stale'],
  ])('of %j is `%s`', (values, notation) => {
    expect(notationOf(level(...values))).toBe(notation);
  });

  it('is read back as it was written', () => {
    const values = [3, 3, 4, 5, 6, 1e9, 0.1, 0.2, 0.30000000000000004, -2];
    const read = readSeries('x', notationOf(level(...values))).values;
    expect(read.map((value) => value?.toFixed(6))).toEqual(values.map((value) => value.toFixed(6)));
  });

  it('of a counter grows, and begins anew at a reset', () => {
    const counter = track('x', {}, 'pace', 60, 5);
    counter.values[2] = undefined;
    counter.resets.add(3);
    expect(notationOf(counter)).toBe('1000060+60x1 stale 60+60x2');
  });

  it('is named by its labels', () => {
    expect(selectorOf(track('up', { job: 'node', host: 'a "b"' }, 'level', 1, 1))).toBe(
      'up{job="node", host="a \\"b\\""}',
    );
  });
});
