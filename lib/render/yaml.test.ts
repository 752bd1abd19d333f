import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toYaml } from './yaml';

describe('toYaml', () => {
  it('writes blocks, in the order given, with a reason on top', () => {
    expect(
      toYaml(
        { groups: [{ name: 'host', rules: [{ alert: 'HostDown', for: '3m' }], none: [] }], also: {}, gone: undefined },
        'About.',
      ),
    ).toBe(
      [
        '# About.',
        '# Written by homelab-dashboards from your homelab file: change that, then render again.',
        'groups:',
        '  - name: host',
        '    rules:',
        '      - alert: HostDown',
        '        for: "3m"',
        '    none: []',
        'also: {}',
        '',
      ].join('\n'),
    );
  });

  it.each([
    'yes',
    'Null',
    '~',
    '1e3',
    '08:00',
    '0x1f',
    '- a',
    'a: b',
    'a #b',
    '"',
    "'",
    '',
    ' a',
    'a ',
    '\n',
    '\u2028',
    '{{ $labels.host }}',
    '%',
    '@at',
    '*x',
    '&x',
    '!x',
    '1.5',
    '.inf',
  ])('keeps the text %j a text', (text) =>
    expect(parse(toYaml({ key: text, list: [text], [text]: 1 }, 'x'))).toEqual({ key: text, list: [text], [text]: 1 }),
  );

  it('is read back as it was by a library for all of YAML, whatever is in it', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('any'),
          { maxKeys: 4 },
        ),
      ),
    })).any;
    fc.assert(
      fc.property(value, (item) => {
        expect(parse(toYaml({ item }, 'x'), { uniqueKeys: false })).toEqual({ item });
      }),
      { numRuns: 500 },
    );
  });
});
