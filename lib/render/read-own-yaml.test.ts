import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readOwnYaml } from './read-own-yaml';
import { toYaml } from './yaml';

/** As a file can hold it: JSON has no negative zero. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('readOwnYaml', () => {
  it('reads what toYaml writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readOwnYaml(toYaml(value, 'About.'))).toEqual({ value: plain(value) });
      }),
    );
  });

  it.each([
    ['another indentation', 'a:\n    b: x\n'],
    ['a list at the indentation of its key', 'a:\n- x\n'],
    ['a word that is no text in YAML', 'a: yes\n'],
    ['a number spelled in YAML only', 'a: 0x1f\n'],
    ['a text in single quotes', "a: 'x'\n"],
    ['a text of several lines', 'a: |\n  x\n'],
    ['a remark after a value', 'a: x # why\n'],
    ['a list on one line', 'a: [x]\n'],
    ['a key twice', 'a: x\na: x\n'],
    ['a key without a value', 'a:\nb: x\n'],
    ['no YAML at all', '{"a"\n'],
    ['nothing', ''],
  ])('leaves %s to a library', (_, text) => {
    expect(readOwnYaml(text)).toBeUndefined();
  });

  it('agrees with the library on what it reads of an edited file', () => {
    const ours = toYaml({ groups: [{ name: 'host', for: '3m', params: [0.5, -1e21] }] }, 'About.');
    const edit = fc.tuple(fc.nat(ours.length), fc.nat(3), fc.constantFrom('', ' ', '\n', '-', ':', '"', '#', 'x', '1'));
    fc.assert(
      fc.property(edit, ([at, drop, add]) => {
        const edited = ours.slice(0, at) + add + ours.slice(at + drop);
        const read = readOwnYaml(edited);
        if (read) expect(read.value).toEqual(parse(edited));
      }),
      { numRuns: 2000 },
    );
  });
});
