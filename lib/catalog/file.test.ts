import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogFileError } from './errors';
import { readCatalogFile, writeCatalogFile } from './file';
import { formatCatalog } from './format';
import { loadCatalog } from './load';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'catalog-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const catalog = loadCatalog('speedtest_exporter');
const put = (text: string): string => {
  const file = join(folder, 'x.json');
  writeFileSync(file, text);
  return file;
};
const failure = (work: () => unknown): CatalogFileError => {
  try {
    work();
  } catch (error) {
    if (error instanceof CatalogFileError) return error;
    throw error;
  }
  throw new Error('it went well');
};

describe('readCatalogFile', () => {
  it('gives back what was written', () => {
    const file = join(folder, 'new', 'x.json');
    writeCatalogFile(file, catalog);
    expect(formatCatalog(readCatalogFile(file))).toBe(formatCatalog(catalog));
    expect(readdirSync(join(folder, 'new'))).toEqual(['x.json']);
  });

  it('names the line that is no JSON', () => {
    const error = failure(() => readCatalogFile(put('{\n  "source": "x",\n  oops\n}\n')));
    expect(error.format()).toMatch(/^error: .*x\.json:3 cannot be used\n {2}not JSON: /);
  });

  it('names the lines that do not fit', () => {
    const text = formatCatalog(catalog).replace('"type": "gauge"', '"type": "gouge"');
    const line = text.split('\n').findIndex((each) => each.includes('gouge')) + 1;
    expect(failure(() => readCatalogFile(put(text))).problems[0]).toMatch(
      new RegExp(`^line ${line}: /metrics/\\w+/type must be`),
    );
  });

  it('wants to know where a catalog comes from', () => {
    const { recordings: _, ...rest } = catalog;
    expect(failure(() => readCatalogFile(put(JSON.stringify({ ...rest, provenance: [] })))).exitCode).toBe(2);
  });

  it('says the near name of a recorded one', () => {
    expect(failure(() => readCatalogFile('node_exportr')).next).toBe('did you mean node_exporter?');
  });
});

describe('writeCatalogFile', () => {
  it('replaces a catalog, and nothing else', () => {
    const file = put(formatCatalog(catalog));
    writeCatalogFile(file, { ...catalog, version: '9.9.9' });
    expect(readCatalogFile(file).version).toBe('9.9.9');
    put('{"name": "my package"}');
    expect(failure(() => writeCatalogFile(file, catalog)).problems).toEqual([
      'another file stands there, and only a catalog is overwritten',
    ]);
    expect(readFileSync(file, 'utf8')).toBe('{"name": "my package"}');
    expect(failure(() => writeCatalogFile(folder, catalog)).problems[0]).toContain('a folder stands there');
  });
});
