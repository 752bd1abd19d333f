import { expect, it } from 'vitest';
import { readSeries } from './series-notation';

it.each([
  ['1 2 _ 3', [1, 2, undefined, 3]],
  ['0+10x3', [0, 10, 20, 30]],
  ['-2+4x3', [-2, 2, 6, 10]],
  ['1x4', [1, 1, 1, 1, 1]],
  ['10-2x2 _x2 NaN', [10, 8, 6, undefined, undefined, NaN]],
  ['1x1 stale _ 2', [1, 1, undefined, undefined, 2]],
  ['0.5 +Inf 1e3x1', [0.5, Infinity, 1000, 1000]],
])('%s', (text, values) =>
  expect(readSeries('up{job="a"}', text)).toEqual({ labels: { __name__: 'up', job: 'a' }, values }),
);

it('refuses what cannot be written into blocks', () => {
  expect(() => readSeries('up', '1 stail')).toThrow('`stail` is no value');
});
