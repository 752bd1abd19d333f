import { RE2JS } from 're2js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalsOf, matchesAnyText, matchesEverything, patternError, withoutAnchors } from './pattern';

const compiles = (pattern: string): boolean => {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
};

const pieces = [
  'a',
  'b',
  '.',
  '*',
  '+',
  '?',
  '(',
  ')',
  '(?:',
  '[',
  ']',
  '[a-z]',
  '[^0-9]',
  '|',
  '^',
  '$',
  '\\.',
  '\\d',
  '-',
  '{2}',
];

describe('patterns of matchers', () => {
  it('are taken and refused as RE2 does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
        (pattern) => {
          expect(patternError(pattern) === undefined).toBe(compiles(pattern));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('match the texts that are read from them, and no others', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('a', 'b', '|', '^', '$', '\\.', '(', ')', 'c.'), { maxLength: 6 })
          .map((parts) => parts.join('')),
        (pattern) => {
          const texts = literalsOf(pattern);
          if (!texts || !compiles(pattern)) return;
          const anchored = RE2JS.compile(`^(?:${pattern})$`);
          for (const text of texts) expect(anchored.matches(text), `${pattern} on ${text}`).toBe(true);
          for (const other of ['', 'a', 'b', 'ab', 'x'])
            if (!texts.includes(other)) expect(anchored.matches(other)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('match everything, or everything but nothing', () => {
    expect(['.*', '^.*$', '(.*)', 'a|.*', '.*.*'].every(matchesEverything)).toBe(true);
    expect(['.+', 'a.*', '.*a', '', '.*\\.'].some(matchesEverything)).toBe(false);
    expect(['.+', '^.+$', '.*.+', '(.+)'].every(matchesAnyText)).toBe(true);
    expect(['.*', 'a.+', '.+a', ''].some(matchesAnyText)).toBe(false);
  });

  it('lose anchors, and keep a dollar sign that is meant', () => {
    expect(withoutAnchors('^a$')).toBe('a');
    expect(withoutAnchors('a\\$')).toBe('a\\$');
    expect(withoutAnchors('a\\\\$')).toBe('a\\\\');
  });
});
