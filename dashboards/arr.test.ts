import { describe, expect, it } from 'vitest';
import { boardsOf, drawnOn, titlesIn } from './testing/boards-of';

const isOurs = (name: string): boolean => name === 'arr' || name === 'downloads';
const namesIn = (file: string): readonly string[] => Object.keys(drawnOn(boardsOf(file, isOurs)));
const titles = titlesIn(isOurs);

describe('the board of *arr apps', () => {
  it('is only there where there is one of them', () => {
    expect(namesIn('variant-downloads.ts')).toEqual(['downloads']);
    expect(namesIn('variant-arr-scraparr.ts')).toEqual(['arr']);
    expect(namesIn('minimal.ts')).toEqual([]);
  });

  it('has a part for indexers and subtitles where something tells of them', () => {
    expect(titles('variant-arr-exportarr.ts', 'arr', 'Do indexers work?')).toEqual([
      'Answer time',
      'Failed searches',
      'Grabs',
    ]);
    expect(titles('typical.ts', 'arr', 'Do indexers work?')).toEqual([]);
    expect(titles('typical.ts', 'arr', 'Subtitles')).toEqual([]);
  });

  it('draws what is stuck only where the exporter tells states apart', () => {
    expect(titles('variant-arr-exportarr.ts', 'arr', 'Is anything stuck?')).toContain('Stuck items');
    expect(titles('variant-arr-scraparr.ts', 'arr', 'Is anything stuck?')).toEqual(['Queue', 'Stuck']);
    expect(titles('variant-arr-exportarr-v2.ts', 'arr', 'Is anything stuck?')).toEqual(['Queue']);
  });
});
