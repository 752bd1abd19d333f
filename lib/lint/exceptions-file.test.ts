import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExceptions } from './exceptions-file';

const file = 'homelab-lint.yaml';
const complaints = (text: string): readonly string[] =>
  readExceptions(file, text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a lint file', () => {
  it('holds exceptions with their places; a day stays as it is written', () => {
    const { exceptions, problems } = readExceptions(
      file,
      `# ours\nallow:\n  - rule: metric-exists\n    reason: 'a backup runs: nightly'\n    until: 2027-01-31\n    about: backup_*\n  - { rule: unit-fits, reason: x, dashboard: Hosts / USE, panel: CPU }\n`,
    );
    expect(problems).toEqual([]);
    expect(exceptions).toEqual([
      {
        rule: 'metric-exists',
        reason: 'a backup runs: nightly',
        until: '2027-01-31',
        about: 'backup_*',
        place: { file, line: 3, column: 5 },
      },
      {
        rule: 'unit-fits',
        reason: 'x',
        dashboard: 'Hosts / USE',
        panel: 'CPU',
        place: { file, line: 7, column: 5 },
      },
    ]);
  });

  it('may be empty of exceptions', () =>
    expect(readExceptions(file, 'allow: []\n')).toEqual({ exceptions: [], problems: [] }));

  it.each([
    ['', '1:1 no list of exceptions'],
    ['allow: metric-exists', '1:1 no list of exceptions'],
    ['allow:\n  - metric-exists\n', '2:5 an exception is a mapping'],
    ['allow:\n  - reason: x\n', '2:5 an exception without a rule'],
    ['allow:\n  - rule: a\n', '2:5 an exception without a reason'],
    ['allow:\n  - rule: a\n    reason:\n', '3:5 `reason` has no text'],
    ['allow:\n  - rule: a\n    reason: " "\n', '3:5 `reason` has no text'],
    ['allow:\n  - { rule: a, reason: x, until: tomorrow }\n', '2:5 `until: tomorrow` is no day'],
    ['allow:\n  - { rule: a, reason: x, until: 2027-02-30 }\n', '2:5 `until: 2027-02-30` is no day'],
    ['allow:\n  - { rule: a, reason: x, pannel: CPU }\n', '2:27 unknown key `pannel`'],
    ['allow: []\nignore: []\n', '2:1 unknown key `ignore`'],
    ['allow: [\n', expect.stringMatching(/^\d+:\d+ \S/)],
  ])('%j is told what is wrong, with its line', (text, complaint) =>
    expect(complaints(text)).toContainEqual(complaint),
  );

  it('with one that is wrong still has the others', () => {
    const { exceptions, problems } = readExceptions(file, 'allow:\n  - rule: a\n  - { rule: b, reason: x }\n');
    expect([exceptions.map(({ rule }) => rule), problems.length]).toEqual([['b'], 1]);
  });

  it('of any text is read or complained about, never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `allow:\n  - ${text}`),
        ),
        (text) => {
          const { exceptions, problems } = readExceptions(file, text);
          for (const { rule, reason } of exceptions) expect([typeof rule, typeof reason]).toEqual(['string', 'string']);
          for (const { line = 0 } of problems) expect(line).toBeGreaterThan(0);
        },
      ),
    );
  });
});
