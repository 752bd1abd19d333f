import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Homelab } from '../lib/homelab/homelab';
import { includedFor } from './included';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'included-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (...paths: readonly string[]): void => {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `text of ${path}`);
  }
};
const found = (...include: NonNullable<Homelab['include']>) =>
  includedFor(join(folder, 'homelab.ts'), { hosts: [], include });
const paths = (...include: NonNullable<Homelab['include']>): readonly string[] =>
  found(...include)
    .map(({ path }) => path)
    .sort();

describe('the files that join in', () => {
  it('are those that the patterns name, read', () => {
    write('own/a.json', 'own/deep/b.json', 'own/c.yaml', 'other/d.json');
    expect(paths('own/**/*.json')).toEqual(['own/a.json', 'own/deep/b.json']);
    expect(paths('own/*.{json,yaml}')).toEqual(['own/a.json', 'own/c.yaml']);
    expect(paths('own/a.json', { files: ['other/*', './own/c.yaml'] })).toEqual([
      'other/d.json',
      'own/a.json',
      'own/c.yaml',
    ]);
    expect(found('own/a.json')).toEqual([
      {
        path: 'own/a.json',
        source: join(folder, 'own/a.json'),
        text: 'text of own/a.json',
        entry: 0,
        folder: 'Included',
        inputs: {},
      },
    ]);
  });

  it('are there once, for the first entry that names them', () => {
    write('own/a.json', 'own/b.json');
    const files = found(
      { files: 'own/a.json', folder: 'First', inputs: { DS_A: 'x' } },
      { files: 'own/*', folder: 'Rest' },
    );
    expect(files.map(({ path, entry, folder: title, inputs }) => ({ path, entry, title, inputs }))).toEqual([
      { path: 'own/a.json', entry: 0, title: 'First', inputs: { DS_A: 'x' } },
      { path: 'own/b.json', entry: 1, title: 'Rest', inputs: {} },
    ]);
  });

  it('are not what we wrote, and not what was installed', () => {
    write(
      'own.json',
      'dist/a.json',
      'snapshots/json/b.json',
      'catalogs/c.json',
      'node_modules/x/d.json',
      'own/dist/e.json',
    );
    expect(paths('**/*.json')).toEqual(['own.json', 'own/dist/e.json']);
  });

  it('may stand elsewhere, behind a symbolic link', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    writeFileSync(join(elsewhere, 'a.json'), '{}');
    symlinkSync(elsewhere, join(folder, 'linked'));
    expect(paths('linked/*.json')).toEqual(['linked/a.json']);
    rmSync(elsewhere, { recursive: true });
  });

  it('are none without patterns', () => expect(includedFor(join(folder, 'homelab.ts'), { hosts: [] })).toEqual([]));
});

describe('a pattern that matches nothing', () => {
  it('is refused, each with its place in the homelab file', () => {
    write('own/a.json');
    expect(() => found('own/*.json', { files: ['own/*.yaml', 'own/a.json'] }, 'on/*')).toThrow(
      [
        "error: include[1].files[0]: matches no file, got 'own/*.yaml'",
        `  allowed: patterns from ${folder}; node_modules, catalogs, dist and snapshots are passed over`,
        '  try: put a file there, or take the pattern out',
        "error: include[2]: matches no file, got 'on/*'",
      ].join('\n'),
    );
  });
});
