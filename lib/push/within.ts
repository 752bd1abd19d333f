import { textAt, type Json } from '../grafana-json/json';
import type { ObjectName } from './object';

/** Uid of the folder in which an object lies; undefined at the root, and for kinds that lie in none. */
export const folderOf = ({ kind, key, body }: ObjectName & { readonly body: Json }): string | undefined => {
  if (kind === 'folder') return textAt(body, 'parentUid') || undefined;
  if (kind === 'dashboard') return textAt(body, 'folderUid') || undefined;
  // A uid holds no slash, the name of a group may.
  if (kind === 'rule-group') return key.slice(0, key.indexOf('/'));
  return undefined;
};
