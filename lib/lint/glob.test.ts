import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glob } from './glob';

describe('a glob', () => {
  it.each([
    ['own/a.json', 'own/a.json', true],
    ['own/a.json', 'own/aXjson', false],
    ['own/*.json', 'own/a.json', true],
    ['own/*.json', 'own/b/a.json', false],
    ['own/*.json', 'own/.json', true],
    ['own/**', 'own/b/a.json', true],
    ['**/a.json', 'a.json', true],
    ['**/a.json', 'b/c/a.json', true],
    ['**/a.json', 'ba.json', false],
    ['b/**/a.json', 'b/a.json', true],
    ['b/**/a.json', 'bc/a.json', false],
    ['?.json', 'a.json', true],
    ['?.json', '/.json', false],
    ['?.json', 'ab.json', false],
    ['*a*b', 'xaxb', true],
    ['*a*b', 'xaxbx', false],
    ['(a|b)+', 'a', false],
    ['(a|b)+', '(a|b)+', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s and %s: %s', (pattern, text, fits) => expect(glob(pattern, text)).toBe(fits));

  it('without wildcards fits itself alone', () => {
    const plain = fc.string().filter((text) => !/[*?]/.test(text));
    fc.assert(fc.property(plain, plain, (a, b) => glob(a, b) === (a === b)));
    fc.assert(fc.property(plain, (text) => glob(text, text) && glob('**', text)));
  });

  it('fits in no time what makes a regular expression hang', () => {
    expect(glob(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
