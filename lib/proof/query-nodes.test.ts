import { expect, it } from 'vitest';
import { asVector, expressionIn } from './query-nodes';

const vectorOf = (query: string): string => asVector(expressionIn(query), query);

it.each(['x[5m]', 'x[5m] offset 1h', 'x[1d] @ end()', 'x[1d:1h]', 'x[1d] @ end() offset 1h'])(
  'a range is evaluated by its last value: %s',
  (query) => expect(vectorOf(query)).toBe(`last_over_time(${query})`),
);

it.each(['x', 'x offset 1h', 'x @ end()', 'rate(x[5m])'])('a vector as it is: %s', (query) =>
  expect(vectorOf(query)).toBe(query),
);
