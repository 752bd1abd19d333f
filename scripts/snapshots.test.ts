import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderHomelab } from './render-homelab';
import {
  compareSnapshots,
  examplesFolder,
  inFull,
  ours,
  snapshotsOf,
  staleSnapshots,
  writeSnapshots,
} from './snapshots';

describe('the committed snapshots', () => {
  // Those of all examples, and the pages of docs/, are looked at by `npm run check`.
  it('of the example that is written out are what is rendered now', () => {
    const run = renderHomelab({ homelab: join(examplesFolder, `${inFull}.ts`), engine: undefined, mode: undefined });
    expect(snapshotsOf(run).files.length).toBeGreaterThan(20);
    expect(staleSnapshots(run), 'run `npm run snapshot -- --examples`, read what changes, and commit it').toEqual([]);
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
