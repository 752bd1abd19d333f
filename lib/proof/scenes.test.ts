import { expect, it } from 'vitest';
import { packScenes, type Scene } from './scenes';

const scene = (name: string, query: string, ...metrics: readonly string[]): Scene => ({
  alert: {} as Scene['alert'],
  name,
  query,
  step: 60,
  moments: [],
  series: metrics.map((metric) => ({ labels: { __name__: metric }, values: [1] })),
});

it('puts scenes together that share no metric, neither in their series nor in their query', () => {
  const packs = packScenes([
    scene('a', 'x > 1', 'x'),
    scene('b', 'y > 1', 'y'),
    scene('c', 'x / z', 'x', 'z'),
    scene('d', 'absent(y)'),
    scene('e', 'v', 'v', 'w'),
  ]);
  expect(packs.map((pack) => pack.map(({ name }) => name))).toEqual([
    ['a', 'b', 'e'],
    ['c', 'd'],
  ]);
});
