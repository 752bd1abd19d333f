import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PushFileError } from './errors';
import { readJournal, type JournalLine } from './journal';

/** Where the files of the pushes to one target are: `.push/<target>` beside the homelab file. */
export const pushFolder = (homelabFolder: string, target: string): string =>
  join(homelabFolder, '.push', target.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_') || '_');

export type PushFile = 'backup.json' | 'journal.jsonl';

/** `2026-11-21T14-51-29.123Z-backup.json`: in the order of time, on any file system. */
export const pushFile = (folder: string, time: Date, what: PushFile): string =>
  join(folder, `${time.toISOString().replaceAll(':', '-')}-${what}`);

/** Makes the folder, with a note to git that nothing in it is to be committed. Throws `PushFileError`. */
export const makePushFolder = (folder: string): void => {
  const fail = (error: unknown): PushFileError =>
    new PushFileError('the backup', folder, error as NodeJS.ErrnoException);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fail(error);
  }
  const note = join(dirname(folder), '.gitignore');
  try {
    // A disk that was full leaves an empty one; one that says something else is somebody's.
    if (sizeOf(note) === 0) writeFileSync(note, '*\n');
  } catch (error) {
    throw fail(error);
  }
};

/** In bytes; 0 where there is no such file. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Writes a text, or its parts one after the other, whole or not at all, for its owner only: it has its name only once it is on the disk. Throws `PushFileError`. */
export const writePushFile = (what: string, file: string, text: string | Iterable<string>): void => {
  const temporary = `${file}.new`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      for (const part of typeof text === 'string' ? [text] : text) writeFileSync(handle, part);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // Where its folder is none, nothing was left behind.
    }
    throw new PushFileError(what, file, error as NodeJS.ErrnoException);
  }
};

/** The journals of the last pushes of this machine, the oldest first. Older ones than twenty tell nothing that matters. */
export const readJournals = (folder: string): readonly (readonly JournalLine[])[] => {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('-journal.jsonl'))
    .sort()
    .slice(-20)
    .map((name) => readJournal(readFileSync(join(folder, name), 'utf8')));
};
