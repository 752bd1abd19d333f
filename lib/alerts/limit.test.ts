import { describe, expect, it } from 'vitest';
import type { Unit } from '../units';
import { readLimit } from './limit';

const read = (given: number | string, unit: Unit, range?: readonly [number, number], operator = '>=') =>
  readLimit(given, { id: 'host.x', unit, ...(range && { range }) }, operator);

describe('a threshold', () => {
  it.each([
    [0.95, 'ratio', 0.95],
    ['95%', 'ratio', 0.95],
    ['99.5 %', 'ratio', 0.995],
    ['150%', 'ratio', 1.5],
    ['14d', 'seconds', 1_209_600],
    ['2 weeks', 'duration', 1_209_600],
    ['1h30m', 'duration', 5400],
    ['500 ms', 'seconds', 0.5],
    ['80 °C', 'celsius', 80],
    ['176 °F', 'celsius', 80],
    ['-4 °F', 'celsius', -20],
    ['9 °F', 'celsiusDifference', 5],
    ['10 GiB', 'bytes', 10 * 1024 ** 3],
    ['10 GB', 'bytes', 1e10],
    ['20 Mbit/s', 'bitsPerSecond', 2e7],
    ['8 Mbit/s', 'bytesPerSecond', 1e6],
    ['100', 'count', 100],
    ['10/s', 'perSecond', 10],
    ['150 W', 'watts', 150],
  ] as const)('%s of %s is %d', (given, unit, value) => expect(read(given, unit)).toEqual({ value }));

  it.each([
    ['95', 'ratio'],
    ['80 °C', 'ratio'],
    ['95%', 'celsius'],
    ['14d', 'bytes'],
    ['10 gib/s', 'bytes'],
    ['5% 3%', 'ratio'],
    ['', 'ratio'],
    ['a lot', 'count'],
    ['1,5 GiB', 'bytes'],
  ] as const)('%s of %s is refused', (given, unit) =>
    expect(read(given, unit)).toMatchObject({ what: 'unreadable threshold' }),
  );

  it('says what is meant by 95 for a share, bounded or not', () => {
    expect(read(95, 'ratio', [0, 1])).toEqual({
      what: 'out of range: the alert would never fire',
      allowed: 'from 0% to 100%',
      try: "write 0.95 or '95%'",
    });
    expect(read(95, 'ratio')).toMatchObject({ try: "write 0.95 or '95%'" });
    expect(read(3, 'ratio')).toEqual({ value: 3 });
  });

  it('may be the end of the range where that can be reached, and not where the alert would never or always fire', () => {
    expect(read(1, 'ratio', [0, 1])).toEqual({ value: 1 });
    expect(read(1, 'ratio', [0, 1], '>')).toMatchObject({ what: expect.stringContaining('never') });
    expect(read(0, 'ratio', [0, 1])).toMatchObject({ what: expect.stringContaining('always') });
    expect(read(0, 'ratio', [0, 1], '<')).toMatchObject({ what: expect.stringContaining('never') });
  });

  it('is nothing that a state could have', () => expect(read(1, 'state')).toMatchObject({ allowed: 'none' }));
});
