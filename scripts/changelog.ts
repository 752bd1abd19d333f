import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withNotes, withRelease } from '../lib/review/release/changelog';
import { inOrderOfVersion, printRelease, readRelease, type Release } from '../lib/review/release/release';
import { releaseNotes } from '../lib/review/release/release-notes';
import { fromHere, type Snapshots } from './snapshots';

const root = join(__dirname, '..');
const changelog = 'CHANGELOG.md';
const releases = 'releases';

/** The changelog as it should be: what is unreleased is compared with the last release. */
export const changelogSnapshot = (now: Release, folder = root): Snapshots => ({
  folder,
  files: [{ path: changelog, text: withNotes(readChangelog(folder), releaseNotes(lastRelease(folder), now)) }],
});

/**
 * Records what the library has now as the version in package.json, and gives its section in the changelog that name. Throws where
 * that version is recorded already, because what was released does not change.
 */
export const writeRelease = (
  now: Release,
  folder = root,
): { readonly version: string; readonly files: readonly string[] } => {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  const path = `${releases}/${version}.json`;
  if (existsSync(join(folder, path)))
    throw new Error(
      `${path} is there: ${version} was recorded before, and a release does not change\n  try: npm version minor --no-git-tag-version, then again`,
    );
  const text = withRelease(readChangelog(folder), version, releaseNotes(lastRelease(folder), now));
  mkdirSync(join(folder, releases), { recursive: true });
  writeFileSync(join(folder, path), printRelease(now));
  writeFileSync(join(folder, changelog), text);
  return { version, files: [path, changelog].map((file) => fromHere(folder, file)) };
};

/** The latest by version; undefined where nothing was released yet. */
const lastRelease = (folder: string): Release | undefined => {
  const path = join(folder, releases);
  const versions = existsSync(path)
    ? readdirSync(path).flatMap((file) => /^(\d+\.\d+\.\d+)\.json$/.exec(file)?.[1] ?? [])
    : [];
  const last = inOrderOfVersion(versions).at(-1);
  if (last === undefined) return undefined;
  return readRelease(readFileSync(join(path, `${last}.json`), 'utf8'), `${releases}/${last}.json`);
};

const readChangelog = (folder: string): string => {
  const file = join(folder, changelog);
  return existsSync(file) ? readFileSync(file, 'utf8') : '# Changelog\n';
};
