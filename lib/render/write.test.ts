import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Artifact } from './artifact';
import { compareWithDisk, manifestName, readRulesBefore, writeArtifacts } from './write';

const artifact = (path: string, text: string): Artifact => ({ kind: 'dashboard', path, name: path, text });

let out: string;
beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'render-'))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(out, path), 'utf8');

describe('rules of Grafana', () => {
  const rules: Artifact = { ...artifact('rules.yaml', ''), kind: 'alert-rules' };

  it('are remembered for good, once they were written', () => {
    expect(readRulesBefore(out)).toEqual([]);
    writeArtifacts([rules], out, false, ['hl-b', 'hl-a']);
    writeArtifacts([artifact('a/one', '1')], out, false, []);
    writeArtifacts([rules], out, false, ['hl-c']);
    expect(readRulesBefore(out)).toEqual(['hl-a', 'hl-b', 'hl-c']);
  });

  it('that were not written with the rest are not', () => {
    writeArtifacts([artifact('a/one', '1')], out, true, ['hl-a']);
    expect(readRulesBefore(out)).toEqual([]);
  });

  it('are none where somebody changed our list into something else', () => {
    writeArtifacts([rules], out, false, ['hl-a']);
    writeFileSync(join(out, manifestName), JSON.stringify({ files: [], rules: ['../x y', 3, 'hl-a'] }));
    expect(readRulesBefore(out)).toEqual(['hl-a']);
    writeFileSync(join(out, manifestName), '{"rules": 1}');
    expect(readRulesBefore(out)).toEqual([]);
  });
});

describe('writeArtifacts', () => {
  it('says what was created, changed, unchanged and deleted', () => {
    writeArtifacts([artifact('a/one', '1'), artifact('a/two', '2'), artifact('b/gone', 'x')], out);
    const written = writeArtifacts([artifact('a/one', '1'), artifact('a/two', '22'), artifact('c/new', '3')], out);
    expect(written).toEqual({ created: ['c/new'], changed: ['a/two'], unchanged: ['a/one'], deleted: ['b/gone'] });
    expect(read('a/two')).toBe('22');
    expect(existsSync(join(out, 'b'))).toBe(false);
  });

  it('leaves a file alone that does not change, and the folders where they are', () => {
    writeArtifacts([artifact('a/one', '1')], out);
    const [file, folder] = [statSync(join(out, 'a/one')).ino, statSync(join(out, 'a')).ino];
    writeArtifacts([artifact('a/one', '1'), artifact('a/two', '2')], out);
    expect([statSync(join(out, 'a/one')).ino, statSync(join(out, 'a')).ino]).toEqual([file, folder]);
  });

  it("never deletes a stranger's file, also beside ours", () => {
    writeArtifacts([artifact('a/one', '1')], out);
    writeFileSync(join(out, 'a/mine'), 'hand-made');
    writeArtifacts([], out);
    expect(read('a/mine')).toBe('hand-made');
    expect(existsSync(join(out, 'a/one'))).toBe(false);
  });

  it('writes nothing at all when one file cannot be written', () => {
    mkdirSync(join(out, 'a'));
    writeFileSync(join(out, 'b'), 'a file where a folder is needed');
    expect(() => writeArtifacts([artifact('a/one', '1'), artifact('b/two', '2')], out)).toThrow();
    expect(readdirSync(join(out, 'a'))).toEqual([]);
    expect(existsSync(join(out, manifestName))).toBe(false);
  });

  it('keeps what it was not asked about in a partial run', () => {
    writeArtifacts([artifact('a/one', '1'), artifact('b/two', '2')], out);
    expect(writeArtifacts([artifact('a/one', '11')], out, true).deleted).toEqual([]);
    expect(writeArtifacts([artifact('a/one', '11')], out).deleted).toEqual(['b/two']);
  });

  it('does not follow a manifest out of the folder', () => {
    const outside = join(out, 'outside');
    writeFileSync(outside, 'precious');
    mkdirSync(join(out, 'dist'));
    writeFileSync(join(out, 'dist', manifestName), JSON.stringify({ files: ['../outside', '/etc/hostname'] }));
    expect(writeArtifacts([], join(out, 'dist')).deleted).toEqual([]);
    expect(read('outside')).toBe('precious');
  });
});

describe('compareWithDisk', () => {
  it('reads only', () => {
    expect(compareWithDisk([artifact('a', '1')], out).created).toEqual(['a']);
    expect(readdirSync(out)).toEqual([]);
  });
});
