import { expect, it } from 'vitest';
import type { Json } from './json';
import { formatProblem } from './problem';
import { checkRefIds } from './ref-ids';

const told = (...targets: readonly Json[]): string[] =>
  checkRefIds({ panels: [{ type: 'stat', targets }] }).map(formatProblem);
const expression = (type: string, text: string): Json => ({
  refId: 'Z',
  datasource: { type: '__expr__' },
  type,
  expression: text,
});

it('targets have names of their own', () => {
  expect(told({ refId: 'A' }, { refId: 'B' })).toEqual([]);
  expect(told({ refId: 'A' }, { refId: 'A' })).toEqual(["panels[0].targets[1].refId: `A` is another target's already"]);
  expect(told({ refId: '' })).toEqual(['panels[0].targets[0].refId: is empty']);
});

it('expressions name targets that are there', () => {
  expect(told({ refId: 'A' }, expression('math', '${A} + $A * abs($Z)'))).toEqual([]);
  expect(told({ refId: 'A' }, expression('reduce', 'A'))).toEqual([]);
  expect(told({ refId: 'A' }, expression('threshold', '$A'))).toEqual([]);
  expect(told({ refId: 'A' }, expression('reduce', 'B'))).toEqual([
    'panels[0].targets[1].expression: no target `B` in this panel (did you mean `A`?)',
  ]);
  expect(told({ refId: 'used' }, expression('math', '$usd * 100'))).toEqual([
    'panels[0].targets[1].expression: no target `usd` in this panel (did you mean `used`?)',
  ]);
});
