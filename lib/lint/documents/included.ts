import type { Included } from '../../included/include';
import type { Board } from '../subject';
import { read, type Read } from './read';
import type { Building } from './value';

/**
 * Dashboards and rule files of others that join in, as their authors wrote them: places are those of their files, not of what is
 * written of them. A board without a uid has the one that it is written with, so that links to it are found.
 */
export const readIncluded = ({ boards, rules }: Included): Read => {
  const uids = new Map(boards.map(({ file, uid }) => [file, uid]));
  const all = [...boards, ...rules].map(({ file }) => {
    const found = read(file.source, file.text);
    const uid = uids.get(file);
    for (const board of found.documents.flatMap((document) => document.boards) as Building<Board>[]) board.uid ??= uid;
    return found;
  });
  return {
    documents: all.flatMap(({ documents }) => documents),
    problems: all.flatMap(({ problems }) => problems),
  };
};
