import { describe, expect, it } from 'vitest';
import { constant } from '../expression/operators';
import { defineSignals } from './signal';

const share = (critical: number) => () =>
  defineSignals('own', {
    used: {
      title: 'Used',
      description: 'How much is used.',
      unit: 'ratio',
      range: [0, 1],
      levels: { bad: 'high', critical, why: 'full' },
      expression: constant(0.5) as never,
    },
  });

describe('limits of a signal', () => {
  it('are refused where the value cannot get, with the share that was meant', () => {
    expect(share(80)).toThrow(/own\.used: the limit `critical` is 80, the value goes from 0 to 1[\s\S]*try: 0\.8/);
  });
  it('may be the end of the range', () => expect(share(1)).not.toThrow());
});
