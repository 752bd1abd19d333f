import { describe, expect, it } from 'vitest';
import { tokens } from '../tokens';
import { limitsInWords, meaningOf, namesInWords, otherNamesInWords, unitAndRange } from './fields';
import { unitInWords, valueInWords } from './units';

const steps = (...all: readonly (readonly [number | null, string])[]): object => ({
  mode: 'absolute',
  steps: all.map(([value, color]) => ({ value, color })),
});

describe('limits in words', () => {
  it('goes upwards where high is bad, downwards where low is', () => {
    expect(limitsInWords(steps([null, 'green'], [0.8, 'yellow'], [0.95, 'red']), 'percentunit')).toBe(
      'warning from 80%, critical from 95%',
    );
    expect(limitsInWords(steps([null, 'red'], [86_400, 'yellow'], [604_800, 'green']), 'dtdurations')).toBe(
      'critical below 1d, warning below 7d',
    );
  });

  it('says nothing of a neutral number, and what is always so', () => {
    expect(limitsInWords(steps([null, 'blue']), 'none')).toBeUndefined();
    expect(limitsInWords(steps([null, 'red']), 'none')).toBe('always critical');
  });

  it('names colours that are not of the house as they are', () => {
    expect(meaningOf('yellow')).toBe('warning');
    expect(meaningOf('#ff0000')).toBe('#ff0000');
    expect(limitsInWords(steps([null, 'purple'], [3, 'green']), 'none')).toBe('purple, ok from 3');
  });
});

describe('values in words', () => {
  it('gives them as they are shown', () => {
    expect(valueInWords(0.001, 'percentunit')).toBe('0.1%');
    expect(valueInWords(90, 'celsius')).toBe('90 °C');
    expect(valueInWords(90, 'fahrenheit')).toBe('90 °F');
    expect(valueInWords(1.25, 'short')).toBe('1.25');
    expect(valueInWords(3, 'nobody knows')).toBe('3');
  });

  it('never rounds a limit to nothing', () => {
    expect(valueInWords(1e-9, 'percentunit')).not.toMatch(/^0\D*$/);
  });

  it('says units and ranges', () => {
    expect(unitAndRange('percentunit', 0, 1)).toBe('percent, 0% to 100%');
    expect(unitAndRange('short', 0, undefined)).toBe('count, from 0');
    expect(unitAndRange('celsius', undefined, 100)).toBe('°C, up to 100 °C');
    expect(unitInWords('lengthm')).toBe('lengthm');
  });
});

describe('names of values', () => {
  it('says each value with what it means', () => {
    const options = { 0: { text: 'Down', color: 'red' }, 1: { text: 'Up', color: 'green' } };
    expect(namesInWords([{ type: 'value', options }])).toBe('0 is Down (critical), 1 is Up (ok)');
    expect(namesInWords([])).toBeUndefined();
  });

  it('says what else a value is called, but not that a missing one has no colour', () => {
    const special = (result: object): object => ({ type: 'special', options: { match: 'null+nan', result } });
    expect(otherNamesInWords([special({ text: 'Gone' })])).toBe('special match null+nan is Gone');
    expect(otherNamesInWords([special({ color: tokens.colour.none })])).toBeUndefined();
    expect(namesInWords([special({ color: tokens.colour.none })])).toBeUndefined();
  });
});
