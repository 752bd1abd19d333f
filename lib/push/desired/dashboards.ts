import type { Rendered } from '../../render/render';
import type { DesiredObject } from '../object';
import { plain } from './plain';

/** Ours and those that join in. Files make ours read-only; what a push makes people may edit, and their edits are kept. */
export const desiredDashboards = ({
  boards,
  included,
}: Pick<Rendered, 'boards' | 'included'>): readonly DesiredObject[] =>
  [
    ...boards.map(({ uid, definition, folderUid, json }) => ({
      uid,
      title: definition.title,
      folderUid,
      json: editable(json),
    })),
    ...included.boards,
  ].map(({ uid, title, folderUid, json }) => ({
    kind: 'dashboard',
    key: uid,
    title,
    body: { dashboard: plain(json), folderUid },
  }));

const editable = <Board extends object>(json: Board) => ({ ...json, editable: true });
