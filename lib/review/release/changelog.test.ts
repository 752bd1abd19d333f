import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withNotes, withRelease } from './changelog';

const head = '# Changelog\n\nHow it is made.\n';
const older = '## 0.1.0\n\nFirst.\n';

describe('withNotes', () => {
  it('puts a made list below the heading, and makes it again in the same place', () => {
    const once = withNotes(`${head}\n## Unreleased\n\n${older}`, '- one\n');
    expect(once).toContain('- one');
    expect(once.endsWith(`\n${older}`)).toBe(true);
    expect(withNotes(once, '- one\n')).toBe(once);
    const twice = withNotes(once, '- two\n');
    expect(twice).toContain('- two');
    expect(twice).not.toContain('- one');
  });

  it('keeps sentences that a person wrote above and below it', () => {
    const written = withNotes(`${head}\n## Unreleased\n`, '- one\n')
      .replace('## Unreleased\n', '## Unreleased\n\nBecause of *this*.\n')
      .concat('\nBelow.\n');
    const again = withNotes(written, '- two\n');
    expect(again).toContain('Because of *this*.');
    expect(again).toContain('Below.');
    expect(again).not.toContain('- one');
    expect(withNotes(again, '- two\n')).toBe(again);
  });

  it.each([
    ['has no such heading', `${head}\n${older}`],
    ['has no releases', head],
    ['is empty', ''],
  ])('makes the heading in a file that %s', (_, text) => {
    const made = withNotes(text, '- one\n');
    expect(made.match(/^## .*/gm)?.[0]).toBe('## Unreleased');
    expect(made.includes(older)).toBe(text.includes(older));
    expect(withNotes(made, '- one\n')).toBe(made);
  });

  it('settles at once, whatever was written', () => {
    const line = fc.constantFrom('## Unreleased', '## 0.1.0', '', 'Words.', '### Alerts', '- one');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const once = withNotes(lines.join('\n'), '- made\n');
        expect(withNotes(once, '- made\n')).toBe(once);
        expect(once.match(/^- made$/gm)).toHaveLength(1);
      }),
    );
  });
});

describe('withRelease', () => {
  it('gives the section the name of the version, with its sentences, and begins an empty one', () => {
    const before = withNotes(`${head}\n## Unreleased\n\nBecause.\n\n${older}`, '- one\n');
    const after = withRelease(before, '0.2.0', '- one\n');
    expect(after.match(/^## .*/gm)).toEqual(['## Unreleased', '## 0.2.0', '## 0.1.0']);
    expect(after.slice(after.indexOf('## 0.2.0'))).toBe(`## 0.2.0\n\nBecause.\n\n- one\n\n${older}`);
    expect(after.slice(0, after.indexOf('## 0.2.0'))).not.toContain('Because.');
    expect(withNotes(after, 'No board and no alert changes.')).toBe(after);
  });
});
