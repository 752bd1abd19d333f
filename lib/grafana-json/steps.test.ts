import { expect, it } from 'vitest';
import { formatProblem } from './problem';
import { checkSteps } from './steps';

const told = (...values: readonly unknown[]): string[] => {
  const thresholds = { mode: 'absolute', steps: values.map((value) => ({ color: 'red', value })) };
  const panel = { type: 'stat', fieldConfig: { defaults: { thresholds }, overrides: [] } };
  const overridden = {
    type: 'stat',
    fieldConfig: { overrides: [{ properties: [{ id: 'thresholds', value: thresholds }] }] },
  };
  const [first, second] = [panel, overridden].map((it) => checkSteps({ panels: [it] }).map(formatProblem));
  expect(second).toEqual(first?.map((text) => text.replace('defaults.thresholds', 'overrides[0].properties[0].value')));
  return (first ?? []).map((text) => text.replace('panels[0].fieldConfig.defaults.thresholds.', ''));
};

it('takes a base colour, and rising values', () => {
  expect(told(null)).toEqual([]);
  expect(told(null, -5, 0, 0.5)).toEqual([]);
  expect(told(undefined, 1)).toEqual([]);
});

it('refuses everything else', () => {
  expect(told()).toEqual(['steps: has no step: not even a base colour']);
  expect(told(0, 80)).toEqual(['steps[0].value: the first step is the base colour: its value is null']);
  expect(told(null, 80, 80)).toEqual(['steps[2].value: must be above 80, the step before it']);
  expect(told(null, 90, 80)).toEqual(['steps[2].value: must be above 90, the step before it']);
  expect(told(null, null)).toEqual(['steps[1].value: only the first step has no value']);
});

it('refuses percent where a share is meant, and takes the share', () => {
  const share = (value: number, unit: string): string[] => {
    const defaults = {
      unit,
      thresholds: {
        mode: 'absolute',
        steps: [
          { color: 'green', value: null },
          { color: 'red', value },
        ],
      },
    };
    return checkSteps({ panels: [{ type: 'stat', fieldConfig: { defaults, overrides: [] } }] }).map(
      ({ message }) => message,
    );
  };
  expect(share(80, 'percentunit')).toEqual([
    'stands at 8000 %: with the unit `percentunit` 1 is 100 % (did you mean 0.8?)',
  ]);
  expect(share(0.8, 'percentunit')).toEqual([]);
  expect(share(80, 'percent')).toEqual([]);
});
