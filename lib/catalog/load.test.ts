import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as load from './load';
import './lookup';
import './page';
import './record';

const read = createRequire(__filename);
const inMemory = (): readonly string[] =>
  Object.keys(read.cache).filter((file) => file.includes(`${sep}catalog${sep}recorded${sep}`));

describe('loadCatalog', () => {
  it('reads the catalog asked for, once, and no other', () => {
    expect(load.catalogNames()).toContain('node_exporter');
    expect(inMemory()).toEqual([]);
    const catalog = load.loadCatalog('scrape');
    expect(catalog.metrics.up?.type).toBe('gauge');
    expect(load.loadCatalog('scrape')).toBe(catalog);
    expect(inMemory()).toHaveLength(1);
  });

  it.each([
    ['node-exporter', 'did you mean `node_exporter`'],
    ['sonarr', '`exportarr_sonarr`'],
    ['zzz', 'none is near'],
    ['../load', 'no catalog `../load`'],
  ])('refuses %s with what was meant', (name, said) => {
    expect(() => load.loadCatalog(name)).toThrow(said);
  });
});
