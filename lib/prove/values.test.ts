import { expect, it } from 'vitest';
import type { BoardPanel } from '../proof/board';
import { valueFaults } from './values';

type Defaults = NonNullable<NonNullable<BoardPanel['fieldConfig']>['defaults']>;
const faults = (defaults: Defaults, ...values: readonly number[]): readonly string[] =>
  valueFaults({ id: 1, type: 'timeseries', fieldConfig: { defaults } }, [
    {
      refId: 'A',
      expr: 'x',
      verdict: 'data',
      why: '',
      seconds: 0,
      series: [{ labels: {}, samples: values.map((value, index) => [index, value] as const) }],
    },
  ]);

it('lets a share be on its axis, with a little that rounding leaves', () => {
  expect(faults({ unit: 'percentunit', min: 0, max: 1 }, 0, 0.5, 1.005)).toEqual([]);
  expect(faults({ unit: 'percentunit', min: 0, max: 1 }, 85)).toEqual(['A: 85, and the axis is from 0 to 1']);
});

it('lets a share without an axis be how much something grew, but no percentage', () => {
  expect(faults({ unit: 'percentunit' }, 1.2, -0.3)).toEqual([]);
  expect(faults({ unit: 'percentunit' }, 5_000)).toEqual(['A: 5000, and that is ten thousand percent']);
});

it('knows that bytes are not negative, and that a date is in milliseconds', () => {
  expect(faults({ unit: 'bytes' }, 0, 1e12)).toEqual([]);
  expect(faults({ unit: 'bytes' }, -1)).toEqual(['A: -1, and bytes of anything cannot be below 0']);
  expect(faults({ unit: 'dateTimeFromNow' }, 1.79e12)).toEqual([]);
  expect(faults({ unit: 'dateTimeFromNow' }, 1.79e9)).toEqual([
    'A: 1790000000, and a date is in milliseconds since 1970',
  ]);
});

it('takes infinity for a fault, and no number for none: a ratio of nothing is that', () => {
  expect(faults({ unit: 's' }, 1, Infinity)).toEqual(['A: a value is infinite']);
  expect(faults({ unit: 's' }, 1, NaN)).toEqual([]);
});

it('notices a threshold in another unit, where more is worse', () => {
  const thresholds = (first: string) => ({
    mode: 'absolute',
    steps: [
      { value: null, color: first },
      { value: 0.5, color: 'red' },
    ],
  });
  expect(faults({ unit: 's', thresholds: thresholds('green') }, 90_000)).toEqual([
    'every value is above 90000, and the highest threshold is 0.5: another unit?',
  ]);
  expect(faults({ unit: 's', thresholds: thresholds('red') }, 90_000)).toEqual([]);
  expect(faults({ unit: 's', thresholds: thresholds('green') }, 0.2, 90_000)).toEqual([]);
});
