import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { HomelabError } from '../lib/homelab/homelab-error';
import type { Homelab, IncludeEntry } from '../lib/homelab/homelab';
import { problem, type HomelabProblem, type Keys } from '../lib/homelab/problem';
import { usualFolder, type IncludedFile } from '../lib/included/included-file';

/** What we write or record beside a homelab file, and what no one means: never included, whatever the pattern. */
const passedOver = ['**/node_modules/**', 'catalogs/**', 'dist/**', 'snapshots/**'];

/**
 * The files that `include` names, read; each once, for the first entry that names it. Throws a `HomelabError` for a pattern that
 * matches nothing. Symbolic links are followed: that is the way to files elsewhere.
 */
export const includedFor = (homelabFile: string, { include = [] }: Homelab): readonly IncludedFile[] => {
  const folder = dirname(homelabFile);
  const found = new Map<string, IncludedFile>();
  const problems: HomelabProblem[] = [];
  for (const [entry, given] of include.entries()) {
    const { folder: title = usualFolder, inputs = {} } = typeof given === 'string' ? {} : given;
    for (const { keys, pattern } of patternsOf(given, ['include', entry])) {
      const paths = filesAt(folder, pattern);
      if (paths.length === 0) problems.push(nothingAt(keys, pattern, folder));
      for (const path of paths.filter((each) => !found.has(each))) {
        const file = join(folder, path);
        found.set(path, { path, source: named(file), text: readFileSync(file, 'utf8'), entry, folder: title, inputs });
      }
    }
  }
  if (problems.length > 0) throw new HomelabError(problems);
  return [...found.values()];
};

/** Relative to where the command runs, where it is below it. */
const named = (file: string): string => {
  const below = relative(process.cwd(), file);
  return (below.startsWith('..') ? file : below).split(sep).join('/');
};

const patternsOf = (
  entry: string | IncludeEntry,
  keys: Keys,
): readonly { readonly keys: Keys; readonly pattern: string }[] => {
  if (typeof entry === 'string') return [{ keys, pattern: entry }];
  const { files } = entry;
  if (typeof files === 'string') return [{ keys: [...keys, 'files'], pattern: files }];
  return files.map((pattern, index) => ({ keys: [...keys, 'files', index], pattern }));
};

/** From the folder, with forward slashes. */
const filesAt = (folder: string, pattern: string): readonly string[] => {
  // Loaded only where somebody includes something.
  const { globSync } = require('tinyglobby') as typeof import('tinyglobby');
  return globSync(pattern, { cwd: folder, ignore: passedOver, expandDirectories: false, onlyFiles: true });
};

const nothingAt = (keys: Keys, pattern: string, folder: string): HomelabProblem =>
  problem(keys, {
    what: 'matches no file',
    value: pattern,
    allowed: `patterns from ${named(folder) || '.'}; node_modules, catalogs, dist and snapshots are passed over`,
    try: 'put a file there, or take the pattern out',
  });
