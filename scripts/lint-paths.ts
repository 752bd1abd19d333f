import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { read, type Read } from '../lib/lint/documents/read';
import { exceptionsFileName } from '../lib/lint/exceptions-file';
import type { Problem } from '../lib/lint/documents/source';
import { standardInput } from './standard-input';

/** What was read of the paths given. */
export interface PathsRead extends Read {
  /** Files that were looked into. */
  readonly files: number;
  /** What of folders was passed over. */
  readonly notes: readonly string[];
}

/** Folders that hold what others made. */
const othersFolders = new Set(['node_modules', 'vendor']);

/**
 * Reads files, folders (walked: JSON, YAML and `.rules`; hidden ones and `node_modules` left out) and standard input. A path that is
 * not there, a file that cannot be read, and a folder without anything to lint are problems. In a folder, a file that is certainly
 * another program's is passed over with a note; given by its own path it is a problem.
 */
export const readPaths = (paths: readonly string[]): PathsRead => {
  const seen = new Set<string>();
  const all = paths.map((path) => readPath(path, seen));
  return {
    documents: all.flatMap(({ documents }) => documents),
    problems: all.flatMap(({ problems }) => problems),
    files: all.reduce((sum, { files }) => sum + files, 0),
    notes: all.flatMap(({ notes }) => notes),
  };
};

const readPath = (path: string, seen: Set<string>): PathsRead => {
  if (path === standardInput) return { ...reading(standardInput, () => readFileSync(0)), files: 1, notes: [] };
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return failed(path, `there is no ${path}`, 'give a file, a folder, or - for standard input');
  if (stats.isDirectory()) return readFolder(path, seen);
  const file = shown(path);
  if (seen.has(file)) return nothing;
  seen.add(file);
  return { ...reading(file, () => readFileSync(path)), files: 1, notes: [] };
};

const readFolder = (folder: string, seen: Set<string>): PathsRead => {
  const files = walk(folder);
  if (files.length === 0)
    return failed(folder, `no JSON or YAML file in ${folder}`, 'give the folder that holds dashboards or rules');
  const fresh = files.filter((file) => !seen.has(shown(file)));
  const found = fresh.map((file) => {
    seen.add(shown(file));
    return { file: shown(file), ...reading(shown(file), () => readFileSync(file)) };
  });
  const others = found.flatMap(({ file, documents, problems }) => {
    const [first] = problems;
    const isOther = documents.length === 0 && problems.every(({ recognised }) => recognised !== undefined);
    return isOther && first?.recognised !== undefined ? [{ file, is: first.recognised }] : [];
  });
  if (others.length > 0 && others.length === files.length)
    return failed(folder, `nothing to lint in ${folder}: ${listed(others)}`, 'give the folder that holds them');
  const passed = new Set(others.map(({ file }) => file));
  const kept = found.filter(({ file }) => !passed.has(file));
  return {
    documents: kept.flatMap(({ documents }) => documents),
    problems: kept.flatMap(({ problems }) => problems),
    files: kept.length,
    notes: others.length === 0 ? [] : [`passed over ${listed(others)}`],
  };
};

const shownAtMost = 8;

/** `2 files that are neither dashboards nor rules: a.yml (a Docker Compose file), package.json (an npm package.json)`. */
const listed = (others: readonly { readonly file: string; readonly is: string }[]): string => {
  const count =
    others.length === 1 ? '1 file that is neither dashboard' : `${others.length} files that are neither dashboards`;
  const names = others.slice(0, shownAtMost).map(({ file, is }) => `${file} (${is})`);
  const more = others.length - names.length;
  return `${count} nor ${others.length === 1 ? 'rule' : 'rules'}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const nothing: PathsRead = { documents: [], problems: [], files: 0, notes: [] };

const failed = (file: string, message: string, expected: string): PathsRead => ({
  ...nothing,
  problems: [{ file, message, expected }],
});

const reading = (file: string, bytes: () => Uint8Array): Read => {
  let content: Uint8Array;
  try {
    content = bytes();
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/, \w+ '.*'$/, '') : String(error);
    const problem: Problem = {
      file,
      message: `it cannot be read: ${message}`,
      expected: 'see whether it is there and may be read',
    };
    return { documents: [], problems: [problem] };
  }
  return read(file, content);
};

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return othersFolders.has(entry.name) ? [] : walk(path);
      return /\.(json|ya?ml|rules)$/i.test(entry.name) && entry.name !== exceptionsFileName ? [path] : [];
    });

/** Relative to the working folder where it is below it, with forward slashes. */
const shown = (file: string): string => {
  const near = relative(process.cwd(), file);
  return (near.startsWith('..') ? file : near).split(sep).join('/');
};
