import { expect, it } from 'vitest';
import { house } from '../fleet/testing/house';
import { weakestGrade } from './grades';

const metric = (evidence?: 'live' | 'golden' | 'source' | 'docs') => ({
  type: 'gauge' as const,
  labels: {},
  ...(evidence && { evidence }),
});
const source = house.sources['node_exporter'];
if (!source) throw new Error('the house has no node_exporter');
const sources = {
  node_exporter: {
    ...source,
    catalog: {
      ...source.catalog,
      evidence: 'live' as const,
      metrics: { a: metric(), b: metric('source'), c_seconds: metric('golden') },
    },
  },
};

it('is that of the weakest metric, and says which it is', () => {
  expect(weakestGrade(['a / b'], { sources })).toEqual({ grade: 'source', metrics: ['b'] });
  expect(weakestGrade(['a'], { sources })).toEqual({ grade: 'live', metrics: ['a'] });
});

it('of a histogram is that of its parts', () => {
  expect(weakestGrade(['rate(c_seconds_bucket[5m])'], { sources })?.grade).toBe('golden');
});

it('is unknown where no catalog has any of them', () => {
  expect(weakestGrade(['other'], { sources })).toBeUndefined();
});
