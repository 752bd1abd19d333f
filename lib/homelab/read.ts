import fs from 'node:fs';
import path from 'node:path';
import { catalogsBeside } from './catalogs';
import { define, isDefined, withCatalogs } from './define';
import type { Homelab } from './homelab';
import { HomelabError, isHomelabError } from './homelab-error';
import { allowedNames } from './nearest';
import { withPosition } from './position';
import { problem } from './problem';
import { readTypeScript } from './read-typescript';
import { readYaml } from './read-yaml';

/** Where a homelab is written down. */
export interface HomelabFile {
  readonly file: string;
  readonly kind: 'ts' | 'yaml';
  /** It is the example of the package, because the user has no file yet. */
  readonly example: boolean;
}

const places = [
  'home/homelab.ts',
  'home/homelab.yaml',
  'home/homelab.yml',
  'homelab.ts',
  'homelab.yaml',
  'homelab.yml',
];
const kinds: Readonly<Record<string, HomelabFile['kind']>> = {
  '.ts': 'ts',
  '.cts': 'ts',
  '.js': 'ts',
  '.cjs': 'ts',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'yaml',
};

/** The homelab file that is meant: the one given, else the user's in `home/` or in the folder itself, else our example. */
export const findHomelab = (cwd: string, explicit?: string): HomelabFile => {
  if (explicit !== undefined) return toHomelabFile(path.resolve(cwd, explicit));
  const [own] = ownHomelabs(cwd);
  if (own !== undefined) return toHomelabFile(own);
  // Compiled, the example is JavaScript like this module.
  const example = path.join(__dirname, '../../examples/homelabs', `typical${path.extname(__filename)}`);
  return { file: example, kind: 'ts', example: true };
};

/** The user's homelab files, the one that is read first. */
export const ownHomelabs = (cwd: string): readonly string[] =>
  places.map((place) => path.join(cwd, place)).filter((file) => fs.existsSync(file));

/** The homelab that the file holds, checked and frozen. Throws a `HomelabError` with everything that is wrong, and where. */
export const readHomelab = (file: string): Homelab => {
  const { file: absolute, kind } = toHomelabFile(path.resolve(file));
  const catalogs = catalogsBeside(absolute);
  const { value, locate } = withCatalogs(catalogs, () => readers[kind](absolute));
  if (isDefined(value)) return value;
  try {
    return define(value, catalogs);
  } catch (error) {
    if (!isHomelabError(error) || error.file !== undefined) throw error;
    throw new HomelabError(
      error.problems.map((one) => withPosition(one, locate)),
      absolute,
    );
  }
};

/** Runs something with a homelab that was read from the file: what it finds wrong in it gets its line. */
export const withPlaces = <Result>(file: string, run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    if (!isHomelabError(error) || error.file !== undefined) throw error;
    const { file: absolute, kind } = toHomelabFile(path.resolve(file));
    const { locate } = withCatalogs(catalogsBeside(absolute), () => readers[kind](absolute));
    throw new HomelabError(
      error.problems.map((one) => withPosition(one, locate)),
      absolute,
      { cause: error },
    );
  }
};

const readers = { ts: readTypeScript, yaml: readYaml } as const;

const toHomelabFile = (file: string): HomelabFile => {
  const extension = path.extname(file);
  const kind = Object.hasOwn(kinds, extension) ? kinds[extension] : undefined;
  if (!fs.existsSync(file))
    throw refuse(file, 'no such file', nearbyFiles(file), 'copy examples/homelabs/minimal.ts there and change it');
  if (!fs.statSync(file).isFile()) throw refuse(file, 'not a file', nearbyFiles(path.join(file, 'homelab.ts')));
  if (kind === undefined)
    throw refuse(file, `a homelab file of a kind that we do not read, '${extension}'`, 'homelab.ts, homelab.yaml');
  return { file, kind, example: false };
};

const refuse = (file: string, what: string, allowed?: string, remedy?: string): HomelabError =>
  new HomelabError([problem([], { what, ...(allowed && { allowed }), ...(remedy && { try: remedy }) })], file);

/** Homelab files beside the one that is not there. */
const nearbyFiles = (file: string): string | undefined => {
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) return undefined;
  const candidates = fs.readdirSync(folder).filter((name) => Object.hasOwn(kinds, path.extname(name)));
  return candidates.length > 0 ? allowedNames(path.basename(file), candidates) : undefined;
};
