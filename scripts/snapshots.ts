import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { Json } from '../lib/grafana-json/json';
import { printHouse } from '../lib/review/house';
import { jsonFiles, outlineFiles, reviewOf, type SnapshotFile } from '../lib/review/review';
import { houseLooks } from './house-looks';
import type { Run } from './render-homelab';

/** Snapshots as they should be, and the folder that they stand in. */
export interface Snapshots {
  readonly folder: string;
  readonly files: readonly SnapshotFile[];
  /** Paths in the folder that only we write: what a person puts beside them stays. Absent: nothing is ever left over. */
  readonly ours?: RegExp;
}

export interface Stale {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Of something that is no longer rendered. */
  readonly left: readonly string[];
}

/** The example that is written out; of the others only what differs is. */
export const inFull = 'typical';

const root = join(__dirname, '..');
export const examplesFolder = join(root, 'examples', 'homelabs');
export const snapshotsFolder = join(root, 'snapshots');

export const ours =
  /^([\w-]+\/)?((outlines|alerts)\/[\w-]+\.md|json\/[\w.-]+\.json|differences\.md|routes\.md|house\.md)$/;

/** The snapshots of one homelab: a user's beside its file, an example's among ours. */
export const snapshotsOf = (run: Run): Snapshots => {
  const file = resolve(run.file);
  const files = [...outlineFiles(reviewOf(run.rendered)), ...jsonFiles(run.rendered)];
  if (dirname(file) === examplesFolder)
    return { folder: join(snapshotsFolder, basename(file, extname(file))), files, ours };
  return {
    folder: join(dirname(file), 'snapshots'),
    files: [{ path: 'house.md', text: houseOf(run) }, ...files],
    ours,
  };
};

/** What is the same on all boards of a homelab. */
export const houseOf = ({ homelab, rendered }: Run): string =>
  printHouse(houseLooks(homelab), (rendered.boards[0]?.json ?? {}) as Json);

/**
 * Snapshot files of a homelab that are not as it renders now, as paths from where the command runs; for `render --check`.
 * Nothing is stale where the user takes no snapshots. Of our examples, the one that is written out is looked at.
 */
export const staleSnapshots = (run: Run): readonly string[] => {
  const snapshots = snapshotsOf(run);
  const isOtherExample = dirname(resolve(run.file)) === examplesFolder && basename(snapshots.folder) !== inFull;
  return isOtherExample || !existsSync(snapshots.folder) ? [] : paths(snapshots, compareSnapshots(snapshots));
};

/** What writing the snapshots would change; reads only. */
export const compareSnapshots = ({ folder, files, ours }: Snapshots): Stale => {
  const wanted = new Map(files.map(({ path, text }) => [path, text]));
  const there = ours ? filesIn(folder) : files.map(({ path }) => path).filter((path) => existsSync(join(folder, path)));
  return {
    missing: [...wanted.keys()].filter((path) => !there.includes(path)),
    changed: there.filter((path) => wanted.has(path) && readFileSync(join(folder, path), 'utf8') !== wanted.get(path)),
    left: there.filter((path) => !wanted.has(path) && ours?.test(path)),
  };
};

/** Writes what differs and removes what nothing renders any more. */
export const writeSnapshots = (snapshots: Snapshots): Stale => {
  const { folder, files } = snapshots;
  const found = compareSnapshots(snapshots);
  const touched = new Set([...found.missing, ...found.changed]);
  for (const { path, text } of files.filter((file) => touched.has(file.path))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const path of found.left) rmSync(join(folder, path));
  return found;
};

/** Sorted, as the reader finds them from where the command runs. */
export const paths = ({ folder }: Snapshots, { missing, changed, left }: Stale): readonly string[] =>
  [...missing, ...changed, ...left].sort().map((path) => fromHere(folder, path));

export const fromHere = (folder: string, path: string): string =>
  relative(process.cwd(), join(folder, path)).split(sep).join('/');

const filesIn = (folder: string, below = ''): readonly string[] => {
  if (!existsSync(join(folder, below))) return [];
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below ? `${below}/${name}` : name;
    return statSync(join(folder, path)).isDirectory() ? filesIn(folder, path) : [path];
  });
};
