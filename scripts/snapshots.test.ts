import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleSnapshots } from './example-snapshots';
import { compareSnapshots, ours, paths, writeSnapshots } from './snapshots';

describe('the committed snapshots', () => {
  it('are what is rendered now', { timeout: 60_000 }, () => {
    const stale = exampleSnapshots().flatMap((snapshots) => paths(snapshots, compareSnapshots(snapshots)));
    expect(stale, 'run `npm run snapshot -- --examples`, read what changes, and commit it').toEqual([]);
  });
});

describe('writeSnapshots', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'snapshots-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const files = [{ path: 'outlines/hosts.md', text: 'new\n' }];

  it('writes what differs, removes what is no longer rendered, and leaves alone what a person put there', () => {
    mkdirSync(join(folder, 'outlines'));
    mkdirSync(join(folder, 'json'));
    writeFileSync(join(folder, 'outlines', 'hosts.md'), 'old\n');
    writeFileSync(join(folder, 'json', 'hl-gone.json'), '{}\n');
    writeFileSync(join(folder, 'notes.txt'), 'mine\n');
    const snapshots = { folder, files, ours };

    expect(compareSnapshots(snapshots)).toEqual({
      missing: [],
      changed: ['outlines/hosts.md'],
      left: ['json/hl-gone.json'],
    });
    writeSnapshots(snapshots);
    expect(compareSnapshots(snapshots)).toEqual({ missing: [], changed: [], left: [] });
    expect(readFileSync(join(folder, 'outlines', 'hosts.md'), 'utf8')).toBe('new\n');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine\n');
  });

  it('makes folders that are not there', () => {
    const snapshots = { folder: join(folder, 'a', 'b'), files, ours };
    expect(compareSnapshots(snapshots).missing).toEqual(['outlines/hosts.md']);
    writeSnapshots(snapshots);
    expect(compareSnapshots(snapshots).missing).toEqual([]);
  });
});
