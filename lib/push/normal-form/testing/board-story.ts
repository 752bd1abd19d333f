import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Json } from '../../../grafana-json/json';
import { normalForms } from '../index';
import { exampleBoards } from './boards';
import { changed, type Change } from './change';
import { edits } from './edits';
import { noise } from './noise';
import { after, dice, hash, tried, type Board } from './tried';

const named = (change: Change): [string, Change] => [`${change.rule} ${change.does}`, change];

/** Which boards are changed, and how often. */
export interface BoardStory {
  readonly homelabs: readonly string[];
  /** Boards that each change is tried on; default: all that have what it changes. */
  readonly most?: number;
  readonly numRuns: number;
}

/** What a browser or a server does by itself is no difference, and what a person does is one, on the boards of example homelabs. */
export const boardStory = ({ homelabs, most, numRuns }: BoardStory): void => {
  let boards: readonly Board[];
  let hashes: ReadonlyMap<string, string>;
  beforeAll(() => {
    boards = exampleBoards(...homelabs);
    hashes = new Map(boards.map(([name, board]) => [name, hash(board)]));
    // All boards are rendered: slow beside other work.
  }, 120_000);

  it.each(noise.map(named))('takes no notice of: %s', (_, change) => {
    const seen = tried(boards, change, { hashes, ...(most !== undefined && { most }) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ same }) => !same)).toEqual([]);
  });

  it.each(edits.map(named))('sees a person change: %s', (_, change) => {
    const seen = tried(boards, change, { hashes, ...(most !== undefined && { most }) });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ same }) => same)).toEqual([]);
  });

  it('sees an edit through any noise before and after it, and nothing else', () => {
    const steps = fc.array(fc.record({ change: fc.constantFrom(...noise), seed: fc.nat(1000) }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(), steps, fc.constantFrom(...edits), fc.nat(1000), steps, (index, first, edit, seed, then) => {
        const [name, board] = boards[index % boards.length] as Board;
        expect(hash(after(board, first))).toBe(hashes.get(name));
        const edited = changed(board, edit, dice(seed));
        fc.pre(edited !== undefined);
        const once = hash(edited);
        expect(hash(after(edited, then))).toBe(once);
        expect(once).not.toBe(hashes.get(name));
      }),
      { numRuns, seed: 6 },
    );
  });

  it('changes nothing the second time', () => {
    for (const [, board] of boards) {
      const once = normalForms.dashboard({ dashboard: board, folderUid: '' } as Json);
      expect(normalForms.dashboard(once)).toEqual(once);
    }
  });
};
