import type { Homelab } from '../../homelab/homelab';
import { resolveHomelab } from '../../homelab/resolve';
import { include, type Included, type Taken } from '../include';
import { usualFolder, type IncludedFile } from '../included-file';

/** A file of somebody else; objects are written as JSON. */
export const fileOf = (path: string, content: unknown, differs: Partial<IncludedFile> = {}): IncludedFile => ({
  path,
  source: `home/${path}`,
  text: typeof content === 'string' ? content : JSON.stringify(content, null, 2),
  entry: 0,
  folder: usualFolder,
  inputs: {},
  ...differs,
});

/** What a small homelab makes of files. */
export const included = (
  files: readonly IncludedFile[],
  changed: Partial<Homelab> = {},
  taken: readonly Taken[] = [],
): Included => include(files, resolveHomelab({ hosts: [{ name: 'nas', address: '192.168.1.10' }], ...changed }), taken);

/** What is said against files; empty where they are taken. */
export const complaintsAbout = (...parameters: Parameters<typeof included>): string => {
  try {
    included(...parameters);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
