import type { Json } from '../../../grafana-json/json';
import { hashOf, normalForms } from '../index';
import { changed, type Change, type Pick } from './change';

/** Name and body. */
export type Board = readonly [string, Json];

export const hash = (dashboard: Json): string => hashOf(normalForms.dashboard({ dashboard, folderUid: '' }));

/** Always the same dice for the same seed. */
export const dice = (seed: number): Pick => {
  let state = seed + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

/** What became of a change on so many of the boards that have what it touches, the first ones first, with two throws of the dice each. */
export const tried = (
  boards: readonly Board[],
  change: Change,
  { hashes, most = Infinity }: { readonly hashes: ReadonlyMap<string, string>; readonly most?: number },
): readonly { readonly name: string; readonly same: boolean }[] => {
  const found: { readonly name: string; readonly same: boolean }[][] = [];
  for (const [name, board] of boards) {
    if (found.length >= most) break;
    const after = [1, 2].map((seed) => changed(board, change, dice(seed))).filter((one) => one !== undefined);
    if (after.length > 0) found.push(after.map((one) => ({ name, same: hash(one) === hashes.get(name) })));
  }
  return found.flat();
};

/** A board after all that happened to it. */
export const after = (board: Json, happened: readonly { readonly change: Change; readonly seed: number }[]): Json =>
  happened.reduce((now, { change, seed }) => changed(now, change, dice(seed)) ?? now, board);
